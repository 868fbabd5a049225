"""Mentors at their offices each week: noted by themselves, on days the office was open; what is missing (D16, 2.26)."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.contracts import Visits
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.work import Development
from services import presence, records
from services.workbook import Workbook
from tests import dwp
from tests.cast import op
from tests.dwp import COLIN, DEE, FERN, NORA, OMAR, as_
from tests.services.test_postings import contract_of, post

MONDAY = date(2024, 6, 10)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    found = dwp.new_workbook(tmp_path / "workbook.sqlite3")
    post(found)
    post(found, OMAR.mentor, offices=("Rhyl",))
    return found


def note(workbook: Workbook, actor: Any = DEE, taught: dict[str, Any] | None = None, **more: Any) -> None:
    values = {"office": "Rhyl", "visited_on": MONDAY}
    presence.note(as_(actor, workbook), op(), values | more, taught)


def test_a_visit_is_the_mentors_own_and_knows_its_area(workbook: Workbook) -> None:
    note(workbook, mentor=OMAR.mentor)
    (row,) = presence.visits(as_(DEE, workbook))
    assert (row["mentor"], row["area"], row["office"]) == (DEE.mentor, "9", "Rhyl")
    assert presence.visits(as_(OMAR, workbook)) == []


def test_staff_note_a_visit_for_a_mentor(workbook: Workbook) -> None:
    note(workbook, COLIN, mentor=OMAR.mentor)
    assert [row["mentor"] for row in presence.visits(as_(NORA, workbook))] == [OMAR.mentor]


@pytest.mark.parametrize(
    ("more", "error", "words"),
    [
        ({"office": "Shotton"}, NotYet, "not one of the mentor's offices"),
        ({"visited_on": date(2023, 4, 1)}, NotYet, "not one of the mentor's offices"),
        ({"visited_on": date(2024, 6, 13)}, InvalidEntry, "future"),
        ({"visited_on": date(2024, 6, 9)}, InvalidEntry, "weekend or a bank holiday"),
        ({"visited_on": date(2024, 5, 27)}, InvalidEntry, "weekend or a bank holiday"),
        ({"office": None}, InvalidEntry, "needed"),
    ],
)
def test_an_impossible_visit_is_refused_in_words(
    workbook: Workbook, more: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error) as caught:
        note(workbook, **more)
    assert words in str(caught.value)
    assert records.ground(as_(NORA, workbook)).all(Visits) == []


def test_a_visit_is_noted_once(workbook: Workbook) -> None:
    note(workbook)
    with pytest.raises(NotYet):
        note(workbook)


def test_a_week_shows_each_mentor_at_each_office_and_what_is_missing(workbook: Workbook) -> None:
    note(workbook)
    found = presence.week(as_(NORA, workbook), contract_of(workbook), presence.week_of(date(2024, 6, 16)))
    assert [(each.office, each.mentor, each.visits, each.days) for each in found] == [
        ("Rhyl", DEE.mentor, (MONDAY,), ("Monday",)),
        ("Rhyl", OMAR.mentor, (), ("Monday",)),
        ("Wrexham", DEE.mentor, (), ("Monday",)),
    ]
    assert {each.due_on for each in found} == {date(2024, 6, 14)}
    assert [each.is_missing(date(2024, 6, 15)) for each in found] == [False, True, True]
    assert not any(each.is_missing(date(2024, 6, 14)) for each in found)


def test_a_week_of_bank_holidays_ends_sooner_and_one_before_the_delivery_is_not_asked_for(
    workbook: Workbook,
) -> None:
    ctx, contract = as_(NORA, workbook), contract_of(workbook)
    (easter, *_) = presence.week(ctx, contract, presence.week_of(date(2024, 3, 25)))
    assert easter.due_on == date(2024, 3, 28)
    assert presence.week(ctx, contract, presence.week_of(date(2023, 3, 27))) == []


def test_a_mentor_sees_their_own_weeks_only(workbook: Workbook) -> None:
    own = presence.own_week(as_(OMAR, workbook), presence.week_of(MONDAY))
    assert [(each.office, each.mentor) for each in own] == [("Rhyl", OMAR.mentor)]
    missing = presence.missing_weeks(as_(OMAR, workbook), dwp.TODAY)
    assert {each.mentor for each in missing} == {OMAR.mentor}
    assert len(missing) == 2
    with pytest.raises(NotAllowed):
        presence.week(as_(FERN, workbook), contract_of(workbook), presence.week_of(MONDAY))


def test_what_staff_were_shown_is_noted_with_the_visit(workbook: Workbook) -> None:
    note(workbook, taught={"title": "How to raise it", "people_reached": Decimal(4), "minutes": None})
    (row,) = records.view(as_(DEE, workbook)).where(Development, "kind", "staff upskilled")
    assert (row["office"], row["held_on"], row["people_reached"], row["mentor"]) == (
        "Rhyl",
        MONDAY,
        4,
        DEE.mentor,
    )
    found = {each.office: each for each in presence.upskilled(as_(NORA, workbook), contract_of(workbook))}
    assert (found["Rhyl"].times, found["Rhyl"].people, found["Rhyl"].last_on) == (1, 4, MONDAY)
    assert found["Shotton"].times == 0
    assert len(found) == 9


def test_half_a_note_of_what_was_shown_saves_neither_it_nor_the_visit(workbook: Workbook) -> None:
    with pytest.raises(InvalidEntry) as caught:
        note(workbook, taught={"people_reached": Decimal(4)})
    assert [problem.field for problem in caught.value.problems] == ["title"]
    assert presence.visits(as_(DEE, workbook)) == []
