"""Which days a mentor is insured for (S2)."""

from datetime import date
from pathlib import Path

import pytest

from schemas.mentors import Checks, Engagements
from schemas.people import Exceptions
from services import cover, records
from services.cover import CoverState
from services.records import Rows
from services.rules.spans import on_any
from services.workbook import Workbook
from tests.cast import ANGHARAD, as_, new_workbook
from tests.services.staff import GETHIN_ID, MAIR_ID, TODAY, insured, put, staffed

WARN = (60, 30)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return staffed(tmp_path)


@pytest.fixture
def rows(workbook: Workbook) -> Rows:
    return records.ground(as_(ANGHARAD, workbook))


def test_the_hosts_policy_covers_its_mentor_and_nobody_else(workbook: Workbook, rows: Rows) -> None:
    assert on_any(cover.cover_of(rows, MAIR_ID), TODAY)
    put(workbook, Engagements, "ENG-DIRECT", mentor=MAIR_ID, terms="direct", from_on=date(2026, 10, 1))
    assert on_any(cover.cover_of(rows, MAIR_ID), date(2026, 9, 30))
    assert not on_any(cover.cover_of(rows, MAIR_ID), date(2026, 10, 1))


def test_training_is_no_insurance_and_a_policy_without_an_end_is_not_relied_on(
    workbook: Workbook, rows: Rows
) -> None:
    put(workbook, Engagements, "ENG-DIRECT", mentor=MAIR_ID, terms="direct", from_on=date(2020, 1, 1))
    put(workbook, Checks, "CHK-TRAINI", kind="training", mentor=MAIR_ID, to_on=date(2030, 1, 1))
    put(workbook, Checks, "CHK-NOEND1", kind="public liability insurance", mentor=MAIR_ID)
    assert not on_any(cover.cover_of(rows, MAIR_ID), TODAY)


@pytest.mark.parametrize(
    ("to_on", "state", "days_left"),
    [
        (date(2027, 1, 1), CoverState.VALID, 88),
        (date(2026, 12, 4), CoverState.DUE, 60),
        (date(2026, 10, 5), CoverState.DUE, 0),
        (date(2026, 10, 4), CoverState.LAPSED, None),
    ],
)
def test_the_standing_is_warned_of_60_days_ahead(
    tmp_path: Path, to_on: date, state: CoverState, days_left: int | None
) -> None:
    workbook = new_workbook(tmp_path / "other.sqlite3")
    from schemas.mentors import Mentors

    put(workbook, Mentors, GETHIN_ID, name="Gethin Llywelyn", status="applied")
    insured(workbook, "CHK-GETHIN", mentor=GETHIN_ID, to_on=to_on)
    found = cover.standing(records.ground(as_(ANGHARAD, workbook)), GETHIN_ID, TODAY, WARN)
    assert (found.state, found.days_left, found.ends_on) == (state, days_left, to_on)
    assert found.holds is (state is not CoverState.LAPSED)


def test_no_policy_at_all_is_missing(rows: Rows) -> None:
    assert cover.standing(rows, "MEN-NOBODY", TODAY, WARN).state is CoverState.MISSING


def test_a_gap_allowed_is_a_span_of_its_own(workbook: Workbook, rows: Rows) -> None:
    gap = {
        "kind": "pay for work in an insurance gap",
        "mentor": MAIR_ID,
        "reason": "renewal lost in the post",
    }
    put(workbook, Exceptions, "EXC-AAAAAA", from_on=date(2026, 9, 1), to_on=date(2026, 9, 3), **gap)
    waived = cover.waived_of(rows, MAIR_ID)
    assert [on_any(waived, date(2026, 9, day)) for day in (1, 3, 4)] == [True, True, False]
    assert cover.waived_of(rows, GETHIN_ID) == ()
