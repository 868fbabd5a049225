"""Wrong cells and their repair on the page (X2)."""

import sqlite3
from decimal import Decimal
from pathlib import Path

from pages.ui import house
from schemas.mentors import Mentors
from services import records
from services.records import New
from services.store.interface import Needs
from tests.cast import ADA, ANGHARAD, FINN, MAIR, MARC, op
from tests.desk import Desk, all_words

PAGE = "pages/house/sheet_check.py"


def spoilt(desk: Desk) -> None:
    """A mentor whose days a month somebody wrote as a word in the sheet."""
    for id_, name in ((MAIR.mentor, "Mair Pritchard"), ("MEN-GETHIN", "Gethin Llywelyn")):
        add = [New(Mentors, {"name": name, "status": "applied", "days_a_month": Decimal(2)}, id_)]
        records.commit(desk.as_(MARC), op(), "mentors.edit", name, Needs(), lambda fresh, add=add: add)
    connection = sqlite3.connect(Path(house.house().settings.store))
    with connection:
        connection.execute('UPDATE "Mentors" SET "days_a_month" = ? WHERE "_id" = ?', ("two", MAIR.mentor))
    connection.close()


def test_a_wrong_cell_is_mended_from_the_page(desk: Desk) -> None:
    spoilt(desk)
    test = desk.page(PAGE, MARC)
    test.text_input(key=f"mend:Mentors:{MAIR.mentor}:0:days_a_month").set_value("3")
    test.button(key=f"mend:Mentors:{MAIR.mentor}:button").click().run()
    assert records.view(desk.as_(MARC)).get(Mentors, MAIR.mentor).days_a_month == 3
    assert "Row 2 is mended" in all_words(test)


def test_a_wrong_cell_is_told_by_tab_row_column_value_and_what_is_expected(desk: Desk) -> None:
    spoilt(desk)
    table = desk.page(PAGE, ANGHARAD).dataframe[0].value
    line = table[table["tab"] == "Mentors"].iloc[0]
    assert (line["row"], line["column"], line["value"]) == (2, "Days a month", "two")
    assert "number" in line["expected"]


def test_a_wrong_value_is_refused_beside_the_field(desk: Desk) -> None:
    spoilt(desk)
    test = desk.page(PAGE, MARC)
    test.text_input(key=f"mend:Mentors:{MAIR.mentor}:0:days_a_month").set_value("many")
    test.button(key=f"mend:Mentors:{MAIR.mentor}:button").click().run()
    assert test.error
    assert test.text_input(key=f"mend:Mentors:{MAIR.mentor}:0:days_a_month").value == "many"


def test_an_administrator_sees_where_but_not_what_and_gets_no_form(desk: Desk) -> None:
    spoilt(desk)
    test = desk.page(PAGE, ADA)
    table = test.dataframe[0].value
    assert list(table[table["tab"] == "Mentors"]["value"]) == ["••••"]
    assert f"mend:Mentors:{MAIR.mentor}:button" not in {button.key for button in test.button}


def test_the_page_is_closed_to_others(desk: Desk) -> None:
    assert desk.page(PAGE, FINN).error
