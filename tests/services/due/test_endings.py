"""What waits between start and end: of whom it is asked, and when it is late (X10, D8, D10, D11, D22)."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.cases import Cases, Refunds
from services import due, endings, refunds
from services.context import Context
from services.workbook import Workbook
from tests.dwp import COLIN, DEE, FERN, NORA, OMAR, TODAY, as_, on
from tests.services.mentoring import (
    JUNE_CASE,
    STARTED,
    agreed_plan,
    op,
    opened,
    planned,
    row_of,
    rows_of,
    session,
)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return opened(tmp_path)


def said(ctx: Context, kind: str) -> list[tuple[str, date | None]]:
    return [(str(each.about), each.on) for each in due.of(ctx) if each.kind == kind]


def test_a_plan_is_due_ten_working_days_after_the_start_and_no_more_once_agreed(workbook: Workbook) -> None:
    """The spring bank holiday of 27 May lies between: 29 May, not 28."""
    ctx = as_(DEE, workbook)
    assert said(ctx, "plan") == [("June Hale", date(2024, 5, 29))]
    agreed_plan(workbook)
    assert said(ctx, "plan") == []


def test_a_dropout_waits_for_its_mentor_and_the_staff_from_the_day_it_falls_due(workbook: Workbook) -> None:
    day = STARTED + timedelta(weeks=5)
    waits = ("June Hale", day)
    assert said(on(as_(DEE, workbook), day - timedelta(days=1)), "dropout") == []
    assert said(on(as_(DEE, workbook), day), "dropout") == [waits]
    assert waits in said(on(as_(COLIN, workbook), day), "dropout")
    assert waits not in said(on(as_(OMAR, workbook), day), "dropout")


def test_the_jobcentre_is_to_be_told_of_a_customers_end_until_it_is(workbook: Workbook) -> None:
    ctx = as_(DEE, workbook)
    left = {"left_on": date(2024, 6, 10), "left_reason": "Moved away"}
    endings.leave(ctx, op(), row_of(workbook, Cases, JUNE_CASE), left)
    assert said(ctx, "tell-end") == [("June Hale", date(2024, 6, 15))]
    endings.tell_contact(ctx, op(), row_of(workbook, Cases, JUNE_CASE))
    assert said(ctx, "tell-end") == []


def test_an_appointment_of_today_waits_for_its_record(workbook: Workbook) -> None:
    planned(workbook, TODAY)
    assert said(as_(DEE, workbook), "session") == [("June Hale, 12 June 2024", TODAY)]


def test_refunds_wait_for_the_manager_then_for_finance(workbook: Workbook) -> None:
    session(workbook, TODAY)
    claim = {"travelled_on": TODAY, "journey": "By bus", "purpose": "a session", "pounds": Decimal("3.20")}
    refunds.claim(as_(DEE, workbook), op(), JUNE_CASE, {**claim, "receipt_seen": True})

    (row,) = rows_of(workbook, Refunds)
    assert said(as_(NORA, workbook), "refunds") == [("1 refund, £3.20", date(2024, 6, 19))]
    assert said(as_(FERN, workbook), "refunds") == []
    refunds.decide(as_(NORA, workbook), op(), row, approves=True)
    assert said(as_(NORA, workbook), "refunds") == []
    assert said(as_(FERN, workbook), "refunds") == [("1 refund, £3.20", date(2024, 6, 26))]
