"""The approvals page: ready lines in one click, the exceptions left out and explained (S10, S11)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from schemas.work import Timesheets
from services import records
from tests.cast import ADA, ANGHARAD, EVAN, FINN, GETHIN, MARC
from tests.desk import Desk, all_words
from tests.pages.programme.reading import REFUSED, words
from tests.services.staff import assigned, fill
from tests.services.test_timesheets import recorded, submitted

PAGE = "pages/programme/approvals.py"


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """One line ready and one whose Activity Record is missing."""
    fill(desk.workbook)
    assigned(desk.workbook)
    gethin = desk.as_(GETHIN)
    submitted(gethin, session=recorded(desk.workbook))
    submitted(gethin, kind="Workshop")
    return desk


def test_the_manager_approves_all_ready_lines_with_one_button(busy: Desk) -> None:
    page = busy.page(PAGE, ANGHARAD)
    assert not page.exception
    (approve,) = [button for button in page.button if button.label.startswith("Approve")]
    assert approve.label == "Approve 1 line, £125.00"
    approve.click().run()
    lines = records.view(busy.as_(ANGHARAD)).all(Timesheets)
    assert sorted(line.status for line in lines) == ["approved", "submitted"]


def test_what_is_held_says_why_and_who_can_clear_it(busy: Desk) -> None:
    said = words(busy.page(PAGE, ANGHARAD))
    assert "Activity Record not in" in said
    assert "Send in the Activity Record for this work." in said


def test_each_line_says_how_many_of_the_days_agreed_are_left(busy: Desk) -> None:
    """Two lines of 3.5 hours on five days of 7 hours: four are left."""
    assert list(busy.page(PAGE, ANGHARAD).dataframe[0].value["left"]) == ["4 of 5", "4 of 5"]
    submitted(busy.as_(GETHIN), worked_on=date(2026, 9, 29), hours=Decimal(7), kind="Site visit")
    assert list(busy.page(PAGE, ANGHARAD).dataframe[0].value["left"]) == ["3 of 5"] * 3


@pytest.mark.parametrize("actor", [MARC, FINN])
def test_colleagues_look_but_have_no_button(busy: Desk, actor: Any) -> None:
    page = busy.page(PAGE, actor)
    assert not page.exception
    assert not [button for button in page.button if button.label.startswith("Approve")]


@pytest.mark.parametrize("actor", [GETHIN, EVAN, ADA])
def test_others_are_refused_and_see_nothing(busy: Desk, actor: Any) -> None:
    said = words(busy.page(PAGE, actor))
    assert REFUSED in said
    assert "Ynys Fawr Growers" not in said


def test_an_empty_list_says_so_kindly(desk: Desk) -> None:
    assert "Nothing waits for you." in all_words(desk.page(PAGE, ANGHARAD))
