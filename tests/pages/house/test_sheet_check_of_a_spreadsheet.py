"""The sheet check's page on a spreadsheet that hands have been in (X2, X5)."""

from collections.abc import Iterator

import pytest

from pages.ui import house
from pages.ui.house import House
from schemas.mentors import Mentors
from services import records
from services.programmes import all_programmes
from services.seals import Seals
from services.settings import Settings
from services.store.sheets.check import letters
from services.store.sheets.store import SheetsStore
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, FINN, KEY, MAIR, MARC, NOW, Actor
from tests.desk import Desk, all_words, closed
from tests.services.test_sheet_check import Hand, made_ready
from tests.sheets_standin.server import Server
from tests.spreadsheets import open_spreadsheet

PAGE = "pages/house/sheet_check.py"


@pytest.fixture(scope="module")
def google() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def store(google: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[SheetsStore]:
    monkeypatch.setenv("SHEETS_API_BASE", google.base)
    made = open_spreadsheet(google, fresh_seconds=0, scene=made_ready)
    made.save_seconds, made.connection.wire.slowest_read = 60, 10
    yield made
    made.close()


@pytest.fixture
def at_google(store: SheetsStore) -> Iterator[Desk]:
    """The app on a spreadsheet with the cast and one mentor, made ready."""
    workbook = Workbook(store, Seals([KEY]))
    settings = Settings(store.connection.key, (KEY,), has_sign_in=True, today=NOW.date())
    house.settle(House(settings, workbook, all_programmes()))
    yield Desk(workbook)
    closed()


@pytest.fixture
def hand(google: Server, store: SheetsStore) -> Hand:
    return Hand(google, store.connection.key)


def at(column: str, row: int) -> str:
    return f"{letters(list(Mentors.columns).index(column))}{row}"


def test_a_spreadsheet_in_order_says_so_with_its_good_rows(at_google: Desk) -> None:
    words = all_words(at_google.page(PAGE, ANGHARAD))
    assert "The spreadsheet is in order." in words and "Good rows" in words


def test_both_kinds_stand_in_one_list_the_worst_first(at_google: Desk, hand: Hand) -> None:
    hand.edit("Mentors", at("days_a_month", 2), "=1+1")
    hand.edit("Mentors", at("recruited_on", 3), "soon")
    hand.rename_tab("Plans", "Our plans")
    hand.filter("Mentors")
    table = at_google.page(PAGE, ANGHARAD).dataframe[0].value
    assert list(table["found"]) == ["Wrong value", "Formula", "Tab renamed", "Filter or hidden rows"]
    assert list(table["row"].fillna(0)) == [3, 2, 0, 0]


def test_a_heading_gets_its_name_back_at_the_press_of_a_button(at_google: Desk, hand: Hand) -> None:
    hand.edit("Mentors", at("name", 1), "Enw")
    test = at_google.page(PAGE, MARC)
    assert "Column missing" in all_words(test)
    (button,) = [each for each in test.button if each.label == "Give the heading its name back"]
    button.click().run(timeout=30)
    assert not test.exception
    words = all_words(test)
    assert "Done: Column missing." in words and "The spreadsheet is in order." in words
    assert records.view(at_google.as_(MARC)).get(Mentors, MAIR.mentor).name == "Mair Pritchard"


def test_what_changed_since_it_was_shown_is_refused_in_words(at_google: Desk, hand: Hand) -> None:
    hand.edit("Mentors", at("name", 1), "Enw")
    test = at_google.page(PAGE, MARC)
    hand.edit("Mentors", at("name", 1), "Enwau")
    (button,) = [each for each in test.button if each.label == "Give the heading its name back"]
    button.click().run(timeout=30)
    assert not test.exception
    assert "no longer says what was shown" in test.error[0].proto.title


def test_an_administrator_sees_the_place_but_no_value_and_no_button(at_google: Desk, hand: Hand) -> None:
    hand.edit("Mentors", at("days_a_month", 2), "=1+1")
    test = at_google.page(PAGE, ADA)
    table = test.dataframe[0].value
    assert list(table["value"]) == ["••••"]
    assert "Keep the value, as it should be kept" not in {button.label for button in test.button}
    assert "Somebody who works with this register" in all_words(test)


def test_it_is_read_again_at_the_press_of_a_button(at_google: Desk, hand: Hand) -> None:
    test = at_google.page(PAGE, ANGHARAD)
    hand.rename_tab("Plans", "Our plans")
    test.button(key="refresh").click().run(timeout=30)
    assert "Tab renamed" in all_words(test)


@pytest.mark.parametrize("person", [FINN, MAIR])
def test_the_page_is_closed_to_others(at_google: Desk, person: Actor) -> None:
    assert at_google.page(PAGE, person).error
