"""The quarter's page: what is payable, what is held and by what, one run for all letters (S11, S12)."""

from decimal import Decimal
from typing import Any

import pytest

from schemas.work import Timesheets
from services import approvals, invoices
from tests.cast import ADA, ANGHARAD, EVAN, FINN, GETHIN, MARC, op
from tests.desk import Desk
from tests.pages.programme.reading import REFUSED, words
from tests.services.staff import assigned, fill, row_of
from tests.services.test_timesheets import recorded, submitted

PAGE = "pages/finance/invoices.py"


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Three and a half hours approved, as many held for their Activity Record."""
    fill(desk.workbook)
    assigned(desk.workbook)
    gethin = desk.as_(GETHIN)
    ready = submitted(gethin, session=recorded(desk.workbook))
    submitted(gethin, kind="Workshop")
    approvals.approve(desk.as_(ANGHARAD), op(), [row_of(desk.workbook, Timesheets, ready.id)])
    return desk


def test_finance_sees_what_is_payable_and_what_holds_the_rest(busy: Desk) -> None:
    said = words(busy.page(PAGE, FINN))
    for text in ("£125.00", "Gethin Llywelyn", "Activity Record not in", "Send in the Activity Record"):
        assert text in said


def test_one_click_issues_every_letter_and_a_second_finds_nothing(busy: Desk) -> None:
    page = busy.page(PAGE, FINN)
    (issue,) = [button for button in page.button if button.label.startswith("Issue")]
    assert issue.label == "Issue 1 letter, £125.00"
    issue.click().run()
    (row,) = invoices.register(busy.as_(FINN))
    assert (row["number"], row["total_pounds"]) == ("SSW-2026-0001", Decimal("125.00"))
    again = busy.page(PAGE, FINN)
    (issue,) = [button for button in again.button if button.label.startswith("Issue")]
    assert issue.disabled
    assert "SSW-2026-0001" in words(again)


def test_the_manager_sees_the_quarter_but_does_not_issue(busy: Desk) -> None:
    page = busy.page(PAGE, ANGHARAD)
    assert "£125.00" in words(page)
    assert not [button for button in page.button if button.label.startswith("Issue")]


@pytest.mark.parametrize("actor", [MARC, GETHIN, EVAN, ADA])
def test_others_are_refused_and_see_no_amount(busy: Desk, actor: Any) -> None:
    said = words(busy.page(PAGE, actor))
    assert REFUSED in said
    assert "£" not in said


def test_a_period_nobody_knows_is_refused_in_plain_words(busy: Desk) -> None:
    assert "That is not a period." in words(busy.page(PAGE, FINN, period="yesterday"))


def test_an_empty_quarter_says_what_would_fill_it(busy: Desk) -> None:
    assert "Nothing is payable in this period." in words(busy.page(PAGE, FINN, period="2025-Q1"))
