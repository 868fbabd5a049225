"""Every order of events of two or three processes, people's hands and a bad network: nothing lost, nothing told wrongly.

`pytest -s` prints how many ends were looked at. The second half breaks the protocol on purpose, one part at a time:
each of its parts is needed, and the check can fail.

The ordinary run looks at half of the scenes with fewer events, which is enough to find each of the broken parts;
`make proof` goes through all of them to their full depth.
"""

import os
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from services.store.sheets import batch, looking, protocol, settle
from services.store.sheets.memory import Memory
from services.store.sheets.settle import _Mending
from tests.services.store.sheets.replay import no_rest
from tests.services.store.sheets.scenes import (
    ROWS,
    TABS,
    Judge,
    add_line,
    approve,
    approve_and_add,
    delete,
    insert,
    sort,
    unaudit,
    view,
    write,
    write_notes,
)
from tests.services.store.sheets.world import READ_FAULTS, SEND_FAULTS, Scene, World

FAULTS = (*READ_FAULTS, *SEND_FAULTS)
TYPED = write("M-1", "Status", "Held")
SAME = write("M-1", "Status", "Approved")
FULL = os.environ.get("PROOF") == "full"


@dataclass(frozen=True)
class Story:
    """A scene, and at least how many ends it has; `ordinary` is what is less in the ordinary run, and its ends."""

    scene: Scene
    ends: int
    ordinary: tuple[dict[str, Any], int] | None = None

    @property
    def now(self) -> tuple[Scene, int]:
        """The scene as this run looks at it."""
        if FULL or self.ordinary is None:
            return self.scene, self.ends
        less, ends = self.ordinary
        return replace(self.scene, **less), ends


SCENES = {
    "two approve the same row": Story(
        Scene(
            TABS,
            ROWS,
            ((approve("op-1", "M-1"),), (approve("op-2", "M-1"),)),
            acts=(sort(), insert(), delete("M-2"), TYPED, SAME, write("M-1", "Notes", "H1")),
            most_acts=1,
            faults=FAULTS,
            most_faults=1,
        ),
        2_500,
    ),
    "two write to rows that change places": Story(
        Scene(
            TABS,
            ROWS,
            ((approve("op-1", "M-1"),), (write_notes("op-2", "M-3"),)),
            acts=(sort(), delete("M-2"), write("M-3", "Notes", "H1")),
            most_acts=1,
            faults=("mixed", "down", "reply lost", "late", "died"),
            most_faults=1,
        ),
        2_000,
    ),
    "one writes to two rows and adds one": Story(
        Scene(
            TABS,
            ROWS,
            ((approve_and_add("op-1", "M-1", "M-3"),),),
            acts=(sort(), insert(), delete("M-3"), write("M-3", "Status", "Queried")),
            most_acts=2,
            faults=("reply lost", "late", "died"),
            most_faults=1,
        ),
        1_000,
        ({"acts": (sort(), write("M-3", "Status", "Queried"))}, 200),
    ),
    "somebody types over what went astray": Story(
        Scene(
            TABS,
            ROWS,
            ((write_notes("op-1", "M-3"),),),
            acts=(sort(), write("M-1", "Notes", "H1"), write("M-3", "Notes", "H3"), insert()),
            most_acts=3,
            faults=("died",),
            most_faults=1,
        ),
        1_500,
        ({"most_acts": 2}, 200),
    ),
    "one presses again while Google is away": Story(
        Scene(
            TABS,
            ROWS,
            ((replace(approve("op-1", "M-1"), presses=2),), (write_notes("op-2", "M-3"),)),
            acts=(sort(), TYPED),
            most_acts=1,
            faults=("down", "late"),
            most_faults=2,
        ),
        2_000,
        ({"most_faults": 1}, 1_500),
    ),
    "answers are lost twice": Story(
        Scene(
            TABS,
            ROWS,
            ((approve("op-1", "M-1"),), (approve("op-2", "M-1"),)),
            acts=(sort(),),
            most_acts=1,
            faults=("reply lost", "late", "died late"),
            most_faults=2,
        ),
        4_000,
        ({"most_faults": 1}, 500),
    ),
    "three at once, one adding unread": Story(
        Scene(
            TABS,
            ROWS,
            ((approve("op-1", "M-1"),), (approve("op-2", "M-1"),), (view, add_line("op-3"))),
            warm=(False, False, True),
            acts=(sort(),),
            most_acts=1,
            faults=("reply lost",),
            most_faults=1,
        ),
        2_000,
    ),
    "one saves twice while another saves": Story(
        Scene(
            TABS,
            ROWS,
            ((view, approve("op-1", "M-1"), add_line("op-3")), (write_notes("op-2", "M-3"),)),
            warm=(True, False),
            acts=(sort(), write("M-3", "Notes", "H1")),
            most_acts=1,
            faults=("reply lost", "died"),
            most_faults=1,
        ),
        2_000,
    ),
}


@pytest.mark.parametrize("name", SCENES)
def test_no_order_of_events_loses_doubles_misplaces_or_misreports(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """X3: whatever happens in whatever order, the sheet is as everybody was told."""
    no_rest(monkeypatch)
    scene, least = SCENES[name].now
    world = World(scene, Judge())
    orders = world.explore()
    print(f"\n{name}: {orders:,} orders of events, {len(world.paths):,} states, {world.ends:,} ends")
    assert world.wrong == {}
    assert orders > world.ends >= least


def test_a_person_who_deletes_history_is_noticed_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    """Section 6: a crash, a move and that very audit row deleted together are not repaired, but noticed."""
    no_rest(monkeypatch)
    programs = ((approve("op-1", "M-1"),), (write_notes("op-2", "M-3"),))
    judge = Judge()
    world = World(
        Scene(TABS, ROWS, programs, acts=(sort(), unaudit()), most_acts=2, faults=("died",), most_faults=1),
        judge,
    )
    orders = world.explore()
    print(
        f"\nhistory deleted: {orders:,} orders, {world.ends:,} ends, {judge.notices:,} of them with a notice"
    )
    assert [words for words in world.wrong if not words.endswith("(noticed)")] == []
    assert world.ends > 1_000 and judge.notices


# --- broken on purpose -----------------------------------------------------------------------------

Break = Callable[[pytest.MonkeyPatch], None]


def nothing(*about: Any) -> Generator[Any, Any, None]:
    return
    yield


def yes(*about: Any) -> Generator[Any, Any, bool]:
    return True
    yield


def put_back_whatever_stands(self: _Mending, entry: Any, spot: Any, back: Any) -> None:
    if spot is not None:
        self.rows[spot] = {**self._row(spot), **back}


BROKEN: dict[str, tuple[str, Break]] = {
    "no ticket": (
        "two approve the same row",
        lambda patch: patch.setattr(batch, "_ticket", lambda *about: []),
    ),
    "no before image": (
        "two write to rows that change places",
        lambda patch: (
            patch.setattr(protocol, "is_astray", lambda *about: False),
            patch.setattr(looking, "suspects", lambda *about: []),
        )[0],
    ),
    "nobody settles": (
        "two write to rows that change places",
        lambda patch: patch.setattr(looking, "steps", lambda *about: []),
    ),
    "an answer lost is a save lost": (
        "one writes to two rows and adds one",
        lambda patch: patch.setattr(protocol.Save, "_earlier", nothing),
    ),
    "not saved is said while a request is under way": (
        "two approve the same row",
        lambda patch: patch.setattr(protocol.Save, "_used_up", yes),
    ),
    "what was not known is forgotten": (
        "one presses again while Google is away",
        lambda patch: patch.setattr(protocol.Save, "_note_unclear", lambda *about: None),
    ),
    "a reading is never too old": (
        "two approve the same row",
        lambda patch: patch.setattr(looking.Looking, "_may_be_stale", lambda *about: False),
    ),
    "what was met is told only to whoever saved": (
        "two approve the same row",
        lambda patch: patch.setattr(Memory, "note_met", lambda *about: None),
    ),
    "half a change may stand": (
        "one writes to two rows and adds one",
        lambda patch: patch.setattr(settle, "_MADE", frozenset()),
    ),
    "putting back overwrites what was typed since": (
        "somebody types over what went astray",
        lambda patch: patch.setattr(_Mending, "_back", put_back_whatever_stands),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_check_finds_what_is_broken_on_purpose(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every part of the protocol is needed."""
    no_rest(monkeypatch)
    scene, break_it = BROKEN[name]
    break_it(monkeypatch)
    world = World(SCENES[scene].now[0], Judge(), most_wrong=1)
    world.explore()
    assert world.wrong, "the check did not notice"
    print(f"\n{name}: {next(iter(world.wrong))}")
