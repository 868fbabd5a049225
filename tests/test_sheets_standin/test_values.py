"""Reading and writing values: the shapes recorded from Google (google-sheets.md, section 2)."""

import pytest

from tests.sheets_standin.errors import GoogleError
from tests.sheets_standin.workbook import Spreadsheet

RAW = {"valueInputOption": "RAW"}


def filled(book: Spreadsheet) -> Spreadsheet:
    book.values_update(
        "Sheet1!A1", {"values": [["A1", "B1", "", "D1"], ["", "b2"], [], ["A4", "", "", ""]]}, **RAW
    )
    return book


def test_values_are_absent_when_nothing_is_there(book: Spreadsheet) -> None:
    assert book.values_get("Sheet1!A1:B2") == {"range": "Sheet1!A1:B2", "majorDimension": "ROWS"}


def test_ends_are_trimmed_and_inner_blanks_kept(book: Spreadsheet) -> None:
    values = filled(book).values_get("Sheet1")["values"]
    assert values == [["A1", "B1", "", "D1"], ["", "b2"], [], ["A4"]]


def test_columns_are_trimmed_in_the_same_way(book: Spreadsheet) -> None:
    values = filled(book).values_get("Sheet1", majorDimension="COLUMNS")["values"]
    assert values == [["A1", "", "", "A4"], ["B1", "b2"], [], ["D1"]]


@pytest.mark.parametrize(
    ("asked", "echoed"),
    [
        ("'Sheet1'", "Sheet1!A1:Z1000"),
        ("'Sheet1'!A1:A", "Sheet1!A1:A1000"),
        ("A1:1", "Sheet1!A1:Z1"),
        ("'Sheet1'!D4:A1", "Sheet1!A1:D4"),
        ("Sheet1!D4", "Sheet1!D4"),
        ("Sheet1!B:C", "Sheet1!B1:C1000"),
        ("Sheet1!3:4", "Sheet1!A3:Z4"),
        ("Sheet1!A2:C", "Sheet1!A2:C1000"),
        ("Sheet1!Y999:ZZ5000", "Sheet1!Y999:Z1000"),
        ("Sheet1!$A$1:$B$2", "Sheet1!A1:B2"),
        ("Sheet1!R1C1:R2C2", "Sheet1!A1:B2"),
        ("sheet1!a1", "Sheet1!A1"),
    ],
)
def test_the_range_is_echoed_whole_and_cut_to_the_grid(book: Spreadsheet, asked: str, echoed: str) -> None:
    assert book.values_get(asked)["range"] == echoed


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("D3", "'D3'"),
        ("My tab", "'My tab'"),
        ("🥕", "'🥕'"),
        ("Bob's", "'Bob''s'"),
        ("_audit", "_audit"),
        ("2026", "'2026'"),
        ("Café", "Café"),
        ("R1C1", "'R1C1'"),
    ],
)
def test_a_tab_is_quoted_only_where_it_could_be_misread(book: Spreadsheet, title: str, shown: str) -> None:
    properties = {"sheetId": 0, "title": title}
    book.batch_update(
        {"requests": [{"updateSheetProperties": {"properties": properties, "fields": "title"}}]}
    )
    quoted = "'" + title.replace("'", "''") + "'"
    assert book.values_get(f"{quoted}!A1:D4")["range"] == f"{shown}!A1:D4"


def test_an_update_answers_what_it_covered(book: Spreadsheet) -> None:
    answer = book.values_update("Sheet1!A1:B2", {"values": [["x", "y"]]}, **RAW)
    counts = {"updatedRows": 1, "updatedColumns": 2, "updatedCells": 2}
    assert answer == {"spreadsheetId": "KEY", "updatedRange": "Sheet1!A1:B1"} | counts


def test_null_skips_a_cell_and_an_empty_text_clears_it(book: Spreadsheet) -> None:
    filled(book).values_update("Sheet1!A1", {"values": [[None, ""]], "majorDimension": None}, **RAW)
    assert book.values_get("Sheet1!A1:D1")["values"] == [["A1", "", "", "D1"]]


def test_a_batch_get_answers_in_order(book: Spreadsheet) -> None:
    answer = filled(book).values_batch_get(["Sheet1!D1", "Sheet1!A1:B1", "Sheet1!F1"])
    assert [one.get("values") for one in answer["valueRanges"]] == [[["D1"]], [["A1", "B1"]], None]


def test_a_batch_update_adds_up(book: Spreadsheet) -> None:
    data = [{"range": "Sheet1!A1:B1", "values": [["a", "b"]]}, {"range": "Sheet1!A4", "values": [["c"]]}]
    answer = book.values_batch_update({"valueInputOption": "RAW", "data": data})
    totals = {name: count for name, count in answer.items() if name.startswith("total")}
    assert totals == {
        "totalUpdatedRows": 2,
        "totalUpdatedColumns": 2,
        "totalUpdatedCells": 3,
        "totalUpdatedSheets": 1,
    }
    assert [one["updatedRange"] for one in answer["responses"]] == ["Sheet1!A1:B1", "Sheet1!A4"]


def test_a_row_and_a_column_count_once_and_only_where_a_cell_was_written(book: Spreadsheet) -> None:
    values = [["x", None], [None, None], [None, "y"]]
    answer = book.values_update("Sheet1!A1:B3", {"values": values}, **RAW)
    counts = {"updatedRows": 2, "updatedColumns": 2, "updatedCells": 2}
    assert answer == {"spreadsheetId": "KEY", "updatedRange": "Sheet1!A1:B3"} | counts


def test_the_example_of_googles_guide_adds_up_as_there(book: Spreadsheet) -> None:
    columns = [["Item", "Wheel", "Door", "Engine"]]
    rows = [["Cost", "Stocked", "Ship Date"], ["$20.50", "4", "3/1/2016"]]
    data = [
        {"range": "Sheet1!A1:A4", "majorDimension": "COLUMNS", "values": columns},
        {"range": "Sheet1!B1:D2", "majorDimension": "ROWS", "values": rows},
    ]
    answer = book.values_batch_update({"valueInputOption": "USER_ENTERED", "data": data})
    assert (answer["totalUpdatedRows"], answer["totalUpdatedColumns"], answer["totalUpdatedCells"]) == (
        4,
        4,
        10,
    )
    assert book.values_get("Sheet1!B2:D2")["values"] == [["$20.50", "4", "3/1/2016"]]


def test_a_batch_update_with_one_wrong_range_writes_nothing(book: Spreadsheet) -> None:
    data = [{"range": "Sheet1!A1", "values": [["a"]]}, {"range": "Nowhere!A1", "values": [["c"]]}]
    with pytest.raises(GoogleError, match="Unable to parse range: Nowhere!A1"):
        book.values_batch_update({"valueInputOption": "RAW", "data": data})
    assert "values" not in book.values_get("Sheet1")


def test_clearing_answers_the_whole_range(book: Spreadsheet) -> None:
    assert filled(book).values_clear("Sheet1") == {"spreadsheetId": "KEY", "clearedRange": "Sheet1!A1:Z1000"}
    assert "values" not in book.values_get("Sheet1")


def test_several_ranges_are_cleared_at_once(book: Spreadsheet) -> None:
    answer = filled(book).values_batch_clear({"ranges": ["Sheet1!A1:B1", "Sheet1!D1"]})
    assert answer["clearedRanges"] == ["Sheet1!A1:B1", "Sheet1!D1"]
    assert book.values_get("Sheet1")["values"] == [[], ["", "b2"], [], ["A4"]]


@pytest.mark.parametrize(
    ("asked", "values", "words"),
    [
        (
            "Sheet1!A100000",
            [["x"]],
            "Range (Sheet1!A100000) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
        (
            "Sheet1!A1:B1",
            [["x", "y", "z"]],
            "Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]",
        ),
        (
            "Sheet1!A1:B1",
            [["x"], ["y"]],
            "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]",
        ),
        ("Sheet1!A1:B2:C3", [["x"]], "Unable to parse range: Sheet1!A1:B2:C3"),
        (
            "Sheet1!A1",
            [[[1]]],
            "Invalid values[0][0]: list_value \t {\n  values {\n    number_value: 1.0\n  }\n}\n",
        ),
    ],
)
def test_a_wrong_write_is_refused_in_googles_words(
    book: Spreadsheet, asked: str, values: list[list[object]], words: str
) -> None:
    with pytest.raises(GoogleError) as refusal:
        book.values_update(asked, {"values": values}, **RAW)
    assert (refusal.value.code, refusal.value.message) == (400, words)


def test_a_tab_named_as_a_cell_is_not_that_cell(book: Spreadsheet) -> None:
    properties = {"sheetId": 0, "title": "CO2"}
    book.batch_update(
        {"requests": [{"updateSheetProperties": {"properties": properties, "fields": "title"}}]}
    )
    with pytest.raises(
        GoogleError, match=r"Range \('CO2'!CO2\) exceeds grid limits. Max rows: 1000, max columns: 26"
    ):
        book.values_get("CO2")


def test_a_cell_holds_50000_characters_and_no_more(book: Spreadsheet) -> None:
    book.values_update("Sheet1!A1", {"values": [["ŵ" * 50_000]]}, **RAW)
    with pytest.raises(GoogleError, match="more than the maximum of 50000 characters"):
        book.values_update("Sheet1!A1", {"values": [["x" * 50_001]]}, **RAW)


def test_a_named_range_can_be_read_by_its_name(book: Spreadsheet) -> None:
    named = {"name": "heads", "range": {"endRowIndex": 1}}
    filled(book).batch_update({"requests": [{"addNamedRange": {"namedRange": named}}]})
    assert book.values_get("heads")["range"] == "Sheet1!A1:Z1"
