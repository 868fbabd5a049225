"""Payees: masked, proposed by one and confirmed by another; the proposed numbers in a drawer alone (S18)."""

from collections.abc import Callable
from typing import Any

import pytest

from pages import ui
from schemas.organisations import Payees
from services import payees
from tests.cast import ADA, ANGHARAD, EVAN, FINN, GETHIN, MARC, op
from tests.desk import Desk
from tests.pages.programme.reading import REFUSED, assert_no_bug, fill, press, words
from tests.services.staff import HOST_ID, rows_of
from tests.services.staff import fill as fill_workbook

PAGE = "pages/finance/payees.py"
BANK = {"account_name": "G Llywelyn", "sort_code": "20-30-40", "account_number": "55779911"}


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A host without details, and Gethin, who has just proposed his."""
    fill_workbook(desk.workbook)
    gethin = desk.as_(GETHIN)
    payees.propose(gethin, op(), payees.own(gethin), BANK)
    return desk


def test_a_host_without_details_is_listed_as_such(busy: Desk) -> None:
    page = busy.page(PAGE, FINN)
    assert_no_bug(page)
    said = words(page)
    assert "Menter y Bryn" in said and "no details yet" in said
    assert "waiting for the Programme Manager" in said


def test_proposed_numbers_show_to_the_manager_alone_and_only_when_opened(busy: Desk) -> None:
    """RM18, RM21."""
    page = busy.page(PAGE, ANGHARAD)
    assert "55779911" not in words(page)
    press(page, "Show the proposed details")
    assert "Account number: 55779911" in words(page)
    assert "Show the proposed details" not in words(busy.page(PAGE, FINN))


def test_the_manager_confirms_and_the_numbers_are_masked_again(busy: Desk) -> None:
    page = press(busy.page(PAGE, ANGHARAD), "Show the proposed details")
    press(page, "Confirm the details")
    (row,) = rows_of(busy.workbook, Payees)
    assert (row["mentor"], row["status"]) == (GETHIN.mentor, "confirmed")
    said = words(busy.page(PAGE, ANGHARAD))
    assert "••••911" in said and "55779911" not in said


def test_the_manager_refuses_with_a_reason_and_nothing_changes(busy: Desk) -> None:
    page = press(busy.page(PAGE, ANGHARAD), "Show the proposed details")
    fill(page, "Reason", "The bank does not know the name.")
    press(page, "Refuse them")
    assert rows_of(busy.workbook, Payees) == []
    assert payees.waiting(busy.as_(ANGHARAD)) == []


def test_who_proposed_it_is_told_that_somebody_else_confirms(busy: Desk) -> None:
    """RM22: finance proposes for the host; the same human as manager may not confirm."""
    finance = busy.as_(FINN)
    (host,) = [each for each in payees.without_row(finance) if each.organisation == HOST_ID]
    payees.propose(finance, op(), host, BANK)
    assert "You proposed this yourself." in words(busy.page(PAGE, FINN))


def test_an_opened_drawer_drawn_again_is_one_view_in_the_log(
    busy: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """RM21: the log counts views; the browser draws an open drawer anew at every click in it."""

    def drawn_three_times(heading: str, body: Callable[[], None], **more: Any) -> None:
        for _ in range(3):
            body()

    page = busy.page(PAGE, ANGHARAD)
    monkeypatch.setattr(ui, "form", lambda *given, **more: None)
    monkeypatch.setattr(ui, "act", lambda *given, **more: None)
    monkeypatch.setattr(ui, "drawer", drawn_three_times)
    with caplog.at_level("INFO", logger="mentor_desk.access"):
        said = words(press(page, "Show the proposed details"))
    assert said.count("Account number: 55779911") == 3
    views = [each for each in caplog.messages if each.startswith("opened column=content")]
    assert len(views) == 1
    assert "55779911" not in "".join(caplog.messages)


@pytest.mark.parametrize("actor", [MARC, GETHIN, EVAN, ADA])
def test_others_are_refused_and_see_no_payee(busy: Desk, actor: Any) -> None:
    said = words(busy.page(PAGE, actor))
    assert REFUSED in said
    assert "Menter y Bryn" not in said


def test_an_empty_programme_says_who_will_show_here(desk: Desk) -> None:
    assert "No payee yet." in words(desk.page(PAGE, FINN))
