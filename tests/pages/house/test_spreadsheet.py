"""The administrator's page of the spreadsheet: how it stands, and making it ready again (X1, X2)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pages.ui import house, visitor
from pages.ui.house import House
from schemas.registers import REGISTERS
from services import spreadsheet
from services.programmes import all_programmes
from services.seals import Seals
from services.settings import Settings
from services.store.interface import Needs, Operation
from services.store.sheets import wire
from services.store.sheets.store import SheetsStore
from services.workbook import Workbook, tabs
from tests.cast import ADA, ANGHARAD, KEY, NOW, _people
from tests.desk import Desk, all_words, closed
from tests.sheets_standin.server import Server
from tests.spreadsheets import DESK, new_address

PAGE = "pages/house/spreadsheet.py"


@pytest.fixture(scope="module")
def google() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def sheets(google: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[SheetsStore]:
    """A spreadsheet with the cast in it, as `open` makes it and before it was ever dressed."""
    monkeypatch.setenv("SHEETS_API_BASE", google.base)
    monkeypatch.setattr(wire, "TRIES", 1)
    made = spreadsheet.unopened(new_address(google), {"token": "tester"})
    made.connection = replace(made.connection, account=DESK)
    made.open(tabs())
    made.commit(Operation("cast", "", "test", "start", NOW, "ssw"), Needs(), lambda fresh: _people())
    yield made
    made.close()


@pytest.fixture
def at_google(sheets: SheetsStore, google: Server) -> Iterator[Desk]:
    """The app on that spreadsheet, with a sign-in."""
    workbook = Workbook(sheets, Seals([KEY]))
    settings = Settings(sheets.connection.key, (KEY,), has_sign_in=True, today=NOW.date())
    house.settle(House(settings, workbook, all_programmes()))
    yield Desk(workbook)
    closed()
    google.service.plan = None


def test_it_says_how_the_spreadsheet_stands_and_whom_to_share_it_with(at_google: Desk) -> None:
    test = at_google.page(PAGE, ADA)
    words = all_words(test)
    assert "Registers" in words and f"{len(REGISTERS) + 2} there" in words
    assert "as in en_US, Etc/GMT. Make it ready again." in words
    assert "not tried yet" in words
    assert [code.value for code in test.code] == [DESK]


def test_the_button_makes_it_ready_and_lists_what_was_done(at_google: Desk) -> None:
    test = at_google.page(PAGE, ADA)
    test.button(key="ready:button").click().run(timeout=60)
    assert not test.exception
    words = all_words(test)
    assert "The spreadsheet is ready." in words
    assert "the British way: 3/4/2026 is 3 April" in words and "passed on " in words
    assert "Of two saves at the same moment exactly one goes through." in words
    assert "look at this" not in words


def test_a_tab_deleted_by_hand_is_named_with_the_way_back(
    at_google: Desk, sheets: SheetsStore, google: Server
) -> None:
    at_google.workbook.refresh()
    with google.service.person(sheets.connection.key) as person:
        person.delete_tab("Invoices")
    assert "deleted by hand: Invoices" in all_words(at_google.page(PAGE, ADA))


def test_a_spreadsheet_no_longer_shared_is_told_with_the_address_to_share_it_with(
    at_google: Desk, sheets: SheetsStore, google: Server
) -> None:
    at_google.workbook.refresh()
    google.service.plan = lambda call: None if "values" in call.path else "403"
    test = at_google.page(PAGE, ADA)
    assert f"The spreadsheet is not shared with {DESK}" in test.error[0].proto.title.replace("\\", "")
    assert f"click Share, type {DESK}" in str(test.error[0].value).replace("\\", "")
    assert test.button(key="ready:button")


def test_a_file_says_what_it_is_and_how_to_move(desk: Desk) -> None:
    test = desk.page(PAGE, ADA)
    words = all_words(test)
    assert "The workbook is a file on the server" in words and "docs/google-sheets.md" in words
    assert "Make ready again" not in words


@pytest.mark.parametrize("person", [ANGHARAD])
def test_it_is_the_administrator_s_alone(desk: Desk, person: object) -> None:
    assert desk.page(PAGE, person).error  # type: ignore[arg-type]


def test_without_sign_in_nobody_comes_in_to_a_spreadsheet(
    sheets: SheetsStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """X5: not even at this very machine, where the example lets one choose an invented person."""
    monkeypatch.setattr(visitor, "is_at_this_machine", lambda: True)
    settings = Settings(sheets.connection.key, (KEY,), has_sign_in=False)
    workbook = Workbook(sheets, Seals([KEY]))
    house.settle(House(settings, workbook, all_programmes()))
    test = Desk(workbook).app()
    closed()
    assert test.error[0].proto.title == "Sign-in is not set up, so nobody can come in from here."
    assert not test.button
