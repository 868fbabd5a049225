"""values.append: how Google finds the table, and the trap recorded from it."""

import gspread
import pytest

from tests.sheets_standin.workbook import Spreadsheet

RAW = {"valueInputOption": "RAW"}
ROW = {"values": [["a", "", "b"]]}


def test_the_first_append_finds_no_table(book: Spreadsheet) -> None:
    answer = book.values_append("Sheet1", ROW, **RAW)
    assert "tableRange" not in answer
    assert answer["updates"]["updatedRange"] == "Sheet1!A1:C1"


def test_a_row_with_a_blank_shifts_the_next_append_to_c2_e2(book: Spreadsheet) -> None:
    book.values_append("'Sheet1'", ROW, **RAW)
    answer = book.values_append("'Sheet1'", ROW, **RAW)
    assert (answer["tableRange"], answer["updates"]["updatedRange"]) == ("Sheet1!C1", "Sheet1!C2:E2")


def test_anchored_at_a1_the_row_does_not_shift(book: Spreadsheet) -> None:
    book.values_append("'Sheet1'!A1", ROW, **RAW)
    answer = book.values_append("'Sheet1'!A1", ROW, **RAW)
    assert (answer["tableRange"], answer["updates"]["updatedRange"]) == ("Sheet1!A1", "Sheet1!A2:C2")


def two_tables(book: Spreadsheet) -> Spreadsheet:
    """The sheet of Google's guide: one table A1:C2, another B4:D6 with holes."""
    rows = [["x"] * 3, ["x"] * 3, [], ["", "x", "y"], ["", "", "y", "z"], ["", "x", "y", "z"]]
    book.values_update("Sheet1!A1", {"values": rows}, **RAW)
    return book


@pytest.mark.parametrize(
    ("asked", "table", "start"),
    [
        ("Sheet1", "B4:D6", "B7"),
        ("Sheet1!B4", "B4:D6", "B7"),
        ("Sheet1!C5:D5", "B4:D6", "B7"),
        ("Sheet1!B2:D4", "B4:D6", "B7"),
        ("Sheet1!A3:G10", "B4:D6", "B7"),
        ("Sheet1!A1", "A1:C2", "A3"),
        ("Sheet1!E4", None, "E4"),
        ("Sheet1!A4", None, "A4"),
    ],
)
def test_tables_are_found_as_googles_guide_says(
    book: Spreadsheet, asked: str, table: str | None, start: str
) -> None:
    answer = two_tables(book).values_append(asked, {"values": [["new"]]}, **RAW)
    assert answer.get("tableRange") == (f"Sheet1!{table}" if table else None)
    assert answer["updates"]["updatedRange"] == f"Sheet1!{start}"


def test_overwrite_writes_over_what_stands_below(book: Spreadsheet) -> None:
    book.values_update("Sheet1!A1", {"values": [["t"], [], ["kept?"]]}, **RAW)
    book.values_append("Sheet1!A1", {"values": [["1"], ["2"]]}, **RAW)
    assert book.values_get("Sheet1")["values"] == [["t"], ["1"], ["2"]]


def test_insert_rows_moves_what_stands_below(book: Spreadsheet) -> None:
    book.values_update("Sheet1!A1", {"values": [["t"], [], ["kept"]]}, **RAW)
    book.values_append("Sheet1!A1", {"values": [["1"], ["2"]]}, insertDataOption="INSERT_ROWS", **RAW)
    assert book.values_get("Sheet1")["values"] == [["t"], ["1"], ["2"], [], ["kept"]]


def test_appending_to_a_full_grid_adds_rows(book: Spreadsheet) -> None:
    book.values_update("Sheet1!A1", {"values": [[str(row)] for row in range(1000)]}, **RAW)
    book.values_append("Sheet1", {"values": [["1000"], ["1001"]]}, **RAW)
    assert book.get(fields="sheets.properties.gridProperties.rowCount")["sheets"] == [
        {"properties": {"gridProperties": {"rowCount": 1002}}}
    ]


def test_gspreads_append_row_shifts_unless_it_is_anchored(tab: gspread.Worksheet) -> None:
    tab.append_row(["a", "", "b"])
    tab.append_row(["a", "", "b"])
    assert tab.row_values(2) == ["", "", "a", "", "b"]
    tab.append_row(["c"], table_range="A1")
    assert tab.row_values(2) == ["c", "", "a", "", "b"]
