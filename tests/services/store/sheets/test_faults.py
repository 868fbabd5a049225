"""Bad weather over the whole store and real gspread: all or nothing each time, and everybody told what is so (X3)."""

from collections.abc import Callable

import pytest

from services.store.interface import Append
from tests.bench.faults import MENTORS, Desk, Run, Save, commit, own_time
from tests.sheets_standin.calls import Call

ROWS_OF_A_FILE = 200
KINDS: dict[str, Callable[[], Save]] = {
    "append": lambda: Save("op", adds=(_line(),)),
    "update": lambda: Save("op", {"M-1": _cells("M-1")}, {"M-1": "first Status M-1"}),
    "several rows in two registers": lambda: Save(
        "op", {id_: _cells(id_) for id_ in ("M-1", "M-3", "M-4")}, adds=(_line(),)
    ),
    "200 rows": lambda: Save("op", adds=tuple(_mentor(n) for n in range(ROWS_OF_A_FILE))),
}
FAULTS = ("429", "500", "502", "503", "500_after", "reset_before", "reset_after", "cut", "stall:20", "stale")

FEW = ("500_after", "reset_before", "cut", "stall:20")
"""A large save takes a while in the stand-in."""


def _cells(id_: str) -> dict[str, str]:
    return {name: f"op {name} {id_}" for name in ("Status", "Notes")}


def _line() -> Append:
    return Append("Lines", {"_id": "L-op", "programme": "ssw", "Text": "op Text L-op"})


def _mentor(number: int) -> Append:
    id_ = f"M-op-{number}"
    texts = {name: f"op {name} {id_}" for name in ("Name", "Status", "Notes")}
    return Append(MENTORS.name, {"_id": id_, "programme": "ssw", **texts})


@pytest.mark.parametrize("seed", [1, 2])
def test_sixty_saves_in_bad_weather_lose_double_and_misplace_nothing(seed: int) -> None:
    run = Run(seed, 60)
    found = run.run()
    assert not found.total(), found
    assert run.longest <= 10
    assert run.deeds["saved"] >= 30 and sum(run.deeds[kind] for kind in ("sort", "people: sort")) >= 5


@pytest.mark.parametrize("is_rival_there", [False, True], ids=["alone", "two processes"])
@pytest.mark.parametrize(
    ("kind", "fault"),
    [(kind, fault) for kind in KINDS for fault in (FEW if kind == "200 rows" else FAULTS)],
)
def test_any_call_of_a_save_may_fail_and_it_is_all_or_nothing(
    kind: str, fault: str, is_rival_there: bool
) -> None:
    """Call N fails for every N there is, once alone and once with another process saving just before it."""
    for number in range(1, 20):
        if not _fail_call(number, kind, fault, is_rival_there):
            assert number > 1
            return
    raise AssertionError("a save never ends")


def _fail_call(number: int, kind: str, fault: str, is_rival_there: bool) -> bool:
    """Whether the save made so many calls at all; whatever it said is so in the sheet."""
    desk, save = Desk(rows=6), KINDS[kind]()
    calls: list[Call] = []
    rival = Save("rival", {"M-5": {"Notes": "rival Notes M-5"}})
    told: list[str] = []

    def plan(call: Call) -> str | None:
        if told:  # the rival's own calls
            return None
        calls.append(call)
        if len(calls) != number:
            return None
        if is_rival_there:
            told.append("")
            told[0] = commit(desk.stores[1], desk.operation("rival"), rival)[0]
            told.clear()
        return fault if fault != "stale" or call.kind == "read" else None

    with own_time(desk.clock), desk.weather(plan):
        word, _ = commit(desk.stores[0], desk.operation("op"), save)
    with own_time(desk.clock):
        fresh = desk.calm_down()
        assert _state(desk, save) in {"saved": {"all"}, "refused": {"none"}, "unknown": {"all", "none"}}[word]
        if word == "unknown":
            assert commit(fresh, desk.operation("op"), save)[0] == "saved"
            assert _state(desk, save) == "all"
        if is_rival_there and len(calls) >= number:
            assert _state(desk, rival) == "all"
    return len(calls) >= number


def _state(desk: Desk, save: Save) -> str:
    """All of a save's cells are there, none, or some."""
    found = []
    tables = {register: desk.table(register) for register in ("Mentors", "Lines")}
    for (register, id_), cells in save.rows().items():
        rows = [row for row in tables[register] if row["_id"] == id_]
        found.append(len(rows) == 1 and cells.items() <= rows[0].items())
    return "all" if all(found) else "some" if any(found) else "none"


def test_a_column_moved_in_the_moment_of_a_save_is_told_and_left_in_the_history() -> None:
    """What stands in a wrong column is not put back, but nobody is told that all is well."""
    desk, save = Desk(rows=6), KINDS["update"]()

    def plan(call: Call) -> None:
        if call.kind == "write":
            with desk.service.person() as person:
                person.move_column("Mentors", "E", "C")

    with own_time(desk.clock):
        desk.stores[0].read("Mentors")
        with desk.weather(plan):
            assert commit(desk.stores[0], desk.operation("op"), save)[0] == "refused"
        newest = desk.stores[0].history("Mentors", "M-1")[0]
        assert newest["action"] == "sheet.edited" and "programme, Notes, Name" in newest["fields"]
        other = Save("other", {"M-2": {"Notes": "other Notes M-2"}})
        assert commit(desk.stores[0], desk.operation("other"), other)[0] == "saved"
        told = desk.calm_down().history("Mentors", "M-1")
    assert "sheet.edited" in [entry["action"] for entry in told]


def test_a_newest_change_of_more_rows_than_are_looked_at_is_read_whole() -> None:
    """Rows moved under 40 of them at once: all are put right, by a process that knows nothing."""
    desk = Desk(rows=60)
    ids = [f"M-{number}" for number in range(10, 50)]
    save = Save("op", {id_: {"Notes": f"op Notes {id_}"} for id_ in ids})
    writes: list[Call] = []

    def plan(call: Call) -> str | None:
        if call.kind != "write":
            return "503" if writes else None
        writes.append(call)
        with desk.service.person() as person:
            person.sort("Mentors", "E", descending=True)
        return "reset_after"

    with own_time(desk.clock):
        with desk.weather(plan):
            assert commit(desk.stores[0], desk.operation("op"), save)[0] == "unknown"
        fresh = desk.calm_down()
        assert _state(desk, save) == "all"
        strays = [
            row
            for row in desk.table("Mentors")
            if any(row.values()) and not row["Notes"].endswith(row["_id"])
        ]
        assert strays == [] and commit(fresh, desk.operation("op"), save)[0] == "saved"


def test_a_save_given_up_long_ago_is_not_taken_for_saved() -> None:
    """Moved away and typed over, so it ended as a conflict: forty changes later that is still known."""
    desk, save = Desk(rows=6), Save("op", {"M-1": {"Notes": "op Notes M-1"}})

    def plan(call: Call) -> str | None:
        if call.kind == "write" and not seen:
            seen.append(call)
            with desk.service.person() as person:
                person.insert_row("Mentors", 2)
                row = [each["_id"] for each in desk.table("Mentors")].index("M-1") + 2
                person.edit("Mentors", f"E{row}", "typed Notes M-1")
            return "reset_after"
        return "503" if seen else None

    seen: list[Call] = []
    with own_time(desk.clock):
        with desk.weather(plan):
            assert commit(desk.stores[0], desk.operation("op"), save)[0] == "unknown"
        fresh = desk.calm_down()
        for number in range(40):
            other = Save(f"other-{number}", {"M-2": {"Notes": f"other-{number} Notes M-2"}})
            assert commit(fresh, desk.operation(other.op), other)[0] == "saved"
        assert _state(desk, save) == "none"
        assert commit(desk.calm_down(), desk.operation("op"), save)[0] == "saved"
        assert _state(desk, save) == "all"
