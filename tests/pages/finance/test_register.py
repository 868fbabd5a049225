"""The register's page: who acts next on each letter, paid, voided, and what it all comes to (S12)."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import lists
from schemas.money import Invoices
from services import credits, invoices
from tests.cast import ADA, ANGHARAD, EVAN, FINN, GETHIN, MAIR, MARC, op
from tests.desk import Desk
from tests.pages.programme.reading import REFUSED, assert_no_bug, fill, press, words
from tests.services.letters import approved, issued
from tests.services.staff import MAIR_ID, OTHER_GROUP_ID, assigned, rows_of
from tests.services.staff import fill as fill_workbook
from tests.services.test_timesheets import MAIRS

PAGE = "pages/finance/register.py"
WHY = "The host was another"


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A letter of Gethin's for £125.00 and one of Mair's host for £300.00."""
    fill_workbook(desk.workbook)
    assigned(desk.workbook)
    assigned(desk.workbook, MAIRS, MAIR_ID, OTHER_GROUP_ID)
    approved(desk.workbook)
    approved(desk.workbook, MAIR, hours="7", assignment=MAIRS)
    issued(desk.workbook)
    return desk


def tick(desk: Desk, page: AppTest, *places: int) -> AppTest:
    """Choose rows of the table, newest letter first, as a click on their boxes does."""
    key = f"table:register:{lists.fingerprint(invoices.register(desk.as_(FINN)))}"
    page.session_state[key] = {"selection": {"rows": list(places), "columns": [], "cells": []}}
    return page.run()


def test_the_letters_stand_with_who_acts_next_and_their_totals(busy: Desk) -> None:
    page = busy.page(PAGE, FINN)
    assert_no_bug(page)
    said = words(page)
    for text in (
        "SSW-2026-0001",
        "SSW-2026-0002",
        "Menter y Bryn",
        "waiting for the payee to confirm",
        "£425.00",
    ):
        assert text in said


def test_the_filters_and_the_totals_go_together(busy: Desk) -> None:
    invoices.mark_paid(busy.as_(FINN), op(), rows_of(busy.workbook, Invoices)[0], date(2026, 10, 5))
    page = busy.page(PAGE, FINN, status="paid", year="2026")
    assert [metric.value for metric in page.metric] == ["£125.00", "£0.00", "£125.00", "£0.00"]


def test_finance_marks_the_ticked_letters_paid_in_one_go(busy: Desk) -> None:
    page = tick(busy, busy.page(PAGE, FINN), 0, 1)
    press(page, "Mark 2 letters paid, £425.00")
    press(page, "Mark paid")
    assert {row["status"] for row in rows_of(busy.workbook, Invoices)} == {"paid"}
    assert "paid on 5 October 2026" in words(busy.page(PAGE, FINN))


def test_finance_proposes_to_void_and_the_manager_makes_the_credit_note(busy: Desk) -> None:
    page = press(tick(busy, busy.page(PAGE, FINN), 0), "Propose to void it")
    fill(page, "Reason", WHY)
    [button for button in page.button if button.label == "Propose to void it"][-1].click().run()
    assert "Credit it" not in words(busy.page(PAGE, FINN))
    asked = busy.page(PAGE, ANGHARAD)
    assert WHY in words(asked) and "Ffion Nash asked on 5 October 2026" in words(asked)
    press(asked, "Credit it")
    letters = {row["number"]: row["status"] for row in rows_of(busy.workbook, Invoices)}
    assert letters == {"SSW-2026-0001": "issued", "SSW-2026-0002": "credited", "SSW-2026-0003": "issued"}
    assert "takes back SSW-2026-0002" in words(busy.page(PAGE, FINN))


def test_the_manager_keeps_the_letter(busy: Desk) -> None:
    credits.propose(busy.as_(FINN), op(), rows_of(busy.workbook, Invoices)[0], WHY)
    press(busy.page(PAGE, ANGHARAD), "Keep the letter")
    assert {row["status"] for row in rows_of(busy.workbook, Invoices)} == {"issued"}


def test_the_manager_reads_a_letter_and_pays_none(busy: Desk) -> None:
    said = words(tick(busy, busy.page(PAGE, ANGHARAD), 0))
    assert "Mair Pritchard" in said
    assert "Mark 1 letter paid" not in said


@pytest.mark.parametrize("actor", [MARC, GETHIN, EVAN, ADA], ids=lambda actor: actor.role)
def test_others_are_refused_and_see_no_amount(busy: Desk, actor: Any) -> None:
    said = words(busy.page(PAGE, actor))
    assert REFUSED in said
    assert "£" not in said


def test_an_empty_register_says_where_letters_come_from(desk: Desk) -> None:
    assert "No letter has been issued yet." in words(desk.page(PAGE, FINN))
