"""A further programme of people's cases: the folder copied and edited as data, no Python, and the app runs it (X10).

Other words, routes, areas and limits; the rows of its example say the new names too.
"""

import csv
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pages.ui import house
from pages.ui.house import House
from pages.ui.navigation import BY_URL
from schemas.people import People
from services import cases, complaints, contracts, example, journeys, meetings, records, returns
from services.context import Actor, Context
from services.people import actor_of
from services.programmes import TEMPLATES, all_programmes
from services.rules.levels import State
from services.seals import Seals
from services.settings import Settings
from services.store import create_store
from services.workbook import Workbook, tabs
from tests.cast import KEY
from tests.desk import Desk
from tests.pages.programme.reading import REFUSED, assert_no_bug, words

TODAY = date(2026, 11, 16)
EDITS = (
    ('code = "dwp"', 'code = "steady"'),
    ('en = "Peer Mentoring for People with a Substance Dependency"', 'en = "Steady Hands"'),
    ('en = "Peer Mentoring"', 'en = "Steady Hands"'),
    ('mentee = { en = "Mentee", cy = "Mentorai" }', 'mentee = { en = "Member", cy = "Aelod" }'),
    ('"Group" = { en = "Mentee", cy = "Mentorai" }', '"Group" = { en = "Member", cy = "Aelod" }'),
    ("initial_meeting_working_days = 10", "initial_meeting_working_days = 4"),
    ("\nsessions = 8", "\nsessions = 6"),
    ('digital_percent = "20"', 'digital_percent = "50"'),
    ("dropout_weeks = 5", "dropout_weeks = 3"),
    ('en = "Jobcentre Plus"', 'en = "Library"'),
    ('en = "Third party"', 'en = "Friend"'),
    ('en = "9"\ncy = "9"', 'en = "Dyffryn"\ncy = "Dyffryn"'),
    ('en = "the Independent Case Examiner"', 'en = "the Ombudsman"'),
    ('"complaints", "concerns", ', '"complaints", '),
)
# The names that its rows use: heading -> {old: new}.
NAMES = {
    "Route": {"Jobcentre Plus": "Library", "Third party": "Friend"},
    **dict.fromkeys(("Area", "Areas", "Moved from"), {"9": "Dyffryn"}),
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Workbook]:
    """The edited copy with its own example, filled once: these tests read."""
    path = tmp_path_factory.mktemp("steady")
    folder = Path(shutil.copytree(TEMPLATES / "dwp", path / "templates" / "steady"))
    _edit(folder / "programme.toml")
    for file in (folder / "example").glob("*.csv"):
        _rename(file)
    store, seals = create_store(str(path / "workbook.sqlite3"), tabs()), Seals([KEY])
    example.fill(store, seals, all_programmes(folder.parent), TODAY)
    return path, Workbook(store, seals)


def _edit(file: Path) -> None:
    text = file.read_text()
    for old, new in EDITS:
        assert old in text, old
        text = text.replace(old, new, 1)
    file.write_text(text)


def _rename(file: Path) -> None:
    with file.open(newline="") as lines:
        heading, *rows = csv.reader(lines)
    named = [NAMES.get(title, {}) for title in heading]
    with file.open("w", newline="") as out:
        csv.writer(out).writerows(
            [heading, *([_said(*pair) for pair in zip(named, row, strict=True)] for row in rows)]
        )


def _said(names: dict[str, str], cell: str) -> str:
    return "; ".join(names.get(item, item) for item in cell.split("; ")) if names else cell


@pytest.fixture
def desk(copied: tuple[Path, Workbook]) -> Iterator[Desk]:
    """An installation whose only programme is the edited copy."""
    path, workbook = copied
    settings = Settings(str(path / "workbook.sqlite3"), (KEY,), has_sign_in=False, today=TODAY)
    house.settle(House(settings, workbook, all_programmes(path / "templates")))
    yield Desk(workbook)
    house.settle(None)


def person(desk: Desk, role: str) -> Actor:
    """The first of the copy's own people in a role."""
    rows = desk.workbook.of(People.tab, "steady").values()
    return actor_of(next(row for row in rows if row["role"] == role))


def ctx_of(desk: Desk, role: str, language: str = "en") -> Context:
    """A context of the copied programme."""
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
    programme = house.house().programmes["steady"]
    return Context(desk.workbook, programme, person(desk, role), now, language)


@pytest.mark.parametrize(
    ("url", "role", "fact"),
    [
        ("today", "Facilitator", "Find a mentor"),
        ("cases", "Programme Manager", "Dyffryn"),
        ("mine", "Mentor", "Bethan Foulkes"),
        ("complaints", "Facilitator", "the Ombudsman"),
        ("team", "Programme Manager", "Rhian Kendrick"),
        ("pool", "Programme Manager", "Rhian Kendrick"),
        ("people", "Administrator", "Callum Reid"),
        ("guide", "Mentor", "Member"),
    ],
)
def test_its_pages_open_on_its_own_example(desk: Desk, url: str, role: str, fact: str) -> None:
    page = desk.page(BY_URL[url].file, person(desk, role))
    assert_no_bug(page)
    said = words(page)
    assert fact in said
    assert "Substance Dependency" not in said


def test_its_own_limits_measure_its_cases(desk: Desk) -> None:
    """Four working days to the first meeting instead of ten; half of the sessions may be digital."""
    ctx = ctx_of(desk, "Programme Manager")
    entries = {entry.mentee: entry for entry in cases.listed(ctx)}
    (meeting,) = [step for step in entries["Rory Maxwell"].journey.line if step.code == "initial-meeting"]
    assert meeting.due_on == date(2026, 11, 16)
    (meeting,) = [step for step in entries["Bethan Foulkes"].journey.line if step.code == "initial-meeting"]
    assert (meeting.state, meeting.due_on) == (State.MISSED, date(2026, 9, 11))
    assert journeys.terms(ctx.programme).sessions == 6
    assert meetings.would_pass(ctx, entries["Malcolm Orr"].case.id, TODAY) is None


def test_its_own_routes_count_in_its_returns(desk: Desk) -> None:
    ctx = ctx_of(desk, "Programme Manager")
    contract = contracts.listed(ctx)[0]
    made = returns.fresh_pmi(ctx, contract, returns.month_of(date(2026, 10, 1)))
    keys = " ".join(measure.key for measure in made.measures)
    assert "Library" in keys and "Friend" in keys and "Jobcentre" not in keys


def test_its_own_words_stand_in_both_languages(desk: Desk) -> None:
    assert complaints.examiner(ctx_of(desk, "Facilitator")) == "the Ombudsman"
    page = desk.page(BY_URL["guide"].file, person(desk, "Programme Manager"), "cy")
    assert "Aelod" in words(page)


def test_a_part_it_does_not_use_is_not_there(desk: Desk) -> None:
    """Its `pages` leave out the route for concerns: no page, no duty to give."""
    assert REFUSED in words(desk.page(BY_URL["concerns"].file, person(desk, "Mentor")))
    assert "safeguarding lead" not in words(desk.page(BY_URL["people"].file, person(desk, "Administrator")))


def test_its_rows_are_nobody_elses(desk: Desk) -> None:
    """RM08: the same workbook read in another programme holds none of them."""
    other = replace(ctx_of(desk, "Programme Manager"), programme=all_programmes()["dwp"])
    assert not records.view(other).all(People)
    assert not cases.listed(other)
