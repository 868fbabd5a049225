"""spreadsheets.batchUpdate: in order, all or nothing, and what the save of section 6 needs."""

import copy
import json
from typing import Any

import pytest

from tests.sheets_standin.book import QUIRKS
from tests.sheets_standin.errors import GoogleError
from tests.sheets_standin.workbook import Spreadsheet

Json = dict[str, Any]
RAW = {"valueInputOption": "RAW"}


def text(value: str) -> Json:
    return {"userEnteredValue": {"stringValue": value}}


def number(value: float) -> Json:
    return {"userEnteredValue": {"numberValue": value}}


def do(book: Spreadsheet, kind: str, **given: Any) -> Json:
    return book.batch_update({"requests": [{kind: given}]})


def put(book: Spreadsheet, *rows: list[object], at: str = "Sheet1!A1") -> Spreadsheet:
    book.values_update(at, {"values": list(rows)}, **RAW)
    return book


def values(book: Spreadsheet, asked: str = "Sheet1") -> list[list[object]]:
    return list(book.values_get(asked, valueRenderOption="UNFORMATTED_VALUE").get("values", []))


def refusal(book: Spreadsheet, *requests: Json) -> str:
    with pytest.raises(GoogleError) as caught:
        book.batch_update({"requests": list(requests)})
    assert (caught.value.code, caught.value.status) == (400, "INVALID_ARGUMENT")
    return caught.value.message


def register(book: Spreadsheet) -> Spreadsheet:
    """A register of two rows, an audit tab with the ticket on its header."""
    put(book, ["_id", "Day", "Status"], ["R-1", 43831, "new"], ["R-2", "0042", "=x"])
    do(book, "addSheet", properties={"title": "_audit", "sheetId": 7})
    put(book, ["mark", "who", "_id", "Day", "Status"], at="_audit!A1")
    ticket = {"namedRangeId": "1-a", "name": "app_ticket", "range": {"sheetId": 7, "endRowIndex": 1}}
    do(book, "addNamedRange", namedRange=ticket)
    return book


def save(read: str, mark: str, row: int, status: str) -> Json:
    """One commit as section 6 sends it."""
    ticket = {"namedRangeId": mark, "name": "app_ticket", "range": {"sheetId": 7, "endRowIndex": 1}}
    source = {
        "sheetId": 0,
        "startRowIndex": row,
        "endRowIndex": row + 1,
        "startColumnIndex": 0,
        "endColumnIndex": 3,
    }
    target = {"sheetId": 7, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 2, "endColumnIndex": 5}
    dimension = {"sheetId": 7, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    cells = {"start": {"sheetId": 0, "rowIndex": row, "columnIndex": 2}, "rows": [{"values": [text(status)]}]}
    words = {"start": {"sheetId": 7, "rowIndex": 1}, "rows": [{"values": [text(mark), text("Ann")]}]}
    return {
        "requests": [
            {"deleteNamedRange": {"namedRangeId": read}},
            {"addNamedRange": {"namedRange": ticket}},
            {"insertDimension": {"range": dimension}},
            {"copyPaste": {"source": source, "destination": target, "pasteType": "PASTE_VALUES"}},
            {"updateCells": cells | {"fields": "userEnteredValue"}},
            {"updateCells": words | {"fields": "userEnteredValue"}},
        ],
        "includeSpreadsheetInResponse": True,
        "responseRanges": ["'Sheet1'!A3:C3", "'_audit'!A1:E2"],
        "responseIncludeGridData": True,
    }


FIELDS = "replies,updatedSpreadsheet.sheets(properties.sheetId,data(startRow,rowData.values.effectiveValue))"


def test_a_save_keeps_the_row_before_and_answers_with_the_row_after(book: Spreadsheet) -> None:
    answer = register(book).batch_update(save("1-a", "2-b", 2, "done"), fields=FIELDS)
    assert [list(reply) for reply in answer["replies"]] == [[], ["addNamedRange"], [], [], [], []]
    sheet, audit = answer["updatedSpreadsheet"]["sheets"]
    assert sheet["properties"] == {"sheetId": 0}
    after = sheet["data"][0]
    assert after["startRow"] == 2
    assert after["rowData"][0]["values"][2] == {"effectiveValue": {"stringValue": "done"}}
    assert "startRow" not in audit["data"][0]
    assert values(book, "_audit!A2:E2") == [["2-b", "Ann", "R-2", "0042", "=x"]]


def test_a_stale_ticket_changes_nothing(book: Spreadsheet) -> None:
    register(book).batch_update(save("1-a", "2-b", 1, "done"))
    before = json.dumps(book.get(include_grid_data=True))
    with pytest.raises(
        GoogleError, match=r"Invalid requests\[0\].deleteNamedRange: No NamedRange with id: 1-a"
    ):
        book.batch_update(save("1-a", "2-c", 1, "other"))
    assert json.dumps(book.get(include_grid_data=True)) == before


def test_a_refused_request_undoes_the_earlier_ones_of_its_batch(book: Spreadsheet) -> None:
    words = refusal(
        put(book, ["a"]),
        {"updateCells": {"start": {}, "rows": [{"values": [text("b")]}], "fields": "userEnteredValue"}},
        {"deleteSheet": {"sheetId": 99}},
    )
    assert words == "Invalid requests[1].deleteSheet: No grid with id: 99"
    assert values(book) == [["a"]]


def test_later_requests_see_what_earlier_ones_did(book: Spreadsheet) -> None:
    put(book, ["a"], ["b"])
    source = {"endRowIndex": 1, "endColumnIndex": 1}
    target = {"startRowIndex": 2, "endRowIndex": 3, "endColumnIndex": 1}
    cells = {"start": {}, "rows": [{"values": [text("new")]}], "fields": "userEnteredValue"}
    requests = [{"updateCells": cells}, {"copyPaste": {"source": source, "destination": target}}]
    book.batch_update({"requests": requests})
    assert values(book) == [["new"], ["b"], ["new"]]


def test_a_name_or_an_id_in_use_is_refused(book: Spreadsheet) -> None:
    register(book)
    again = {"namedRangeId": "9-z", "name": "app_ticket", "range": {}}
    words = "Cannot add named range with name app_ticket, a named range with that name already exists."
    assert (
        refusal(book, {"addNamedRange": {"namedRange": again}})
        == f"Invalid requests[0].addNamedRange: {words}"
    )
    same = {"namedRangeId": "1-a", "name": "another", "range": {}}
    assert "1-a" in refusal(book, {"addNamedRange": {"namedRange": same}})


def test_deleting_the_tab_under_a_name_leaves_it_taken_and_unlisted(book: Spreadsheet) -> None:
    do(register(book), "deleteSheet", sheetId=7)
    assert book.get(fields="namedRanges") == {}
    again = {"name": "app_ticket", "range": {}}
    assert "already exists" in refusal(book, {"addNamedRange": {"namedRange": again}})


def test_deleting_the_row_under_a_name_loses_it_too(book: Spreadsheet) -> None:
    do(
        register(book),
        "deleteDimension",
        range={"sheetId": 7, "dimension": "ROWS", "startIndex": 0, "endIndex": 1},
    )
    assert book.get(fields="namedRanges") == {}
    again = {"name": "app_ticket", "range": {}}
    assert "already exists" in refusal(book, {"addNamedRange": {"namedRange": again}})


def test_the_undocumented_can_be_turned_round(book: Spreadsheet) -> None:
    register(book).quirks = frozenset(QUIRKS)
    twin = book.clone()
    do(twin, "deleteNamedRange", namedRangeId="never")
    again = {"namedRangeId": "1-a", "name": "app_ticket", "range": {}}
    made = do(twin, "addNamedRange", namedRange=again)["replies"][0]["addNamedRange"]["namedRange"]
    assert made["namedRangeId"] != "1-a"
    assert [one["name"] for one in twin.named.values()] == ["app_ticket", "app_ticket"]


def test_a_grid_range_in_an_answer_leaves_sheet_0_out_and_keeps_row_0(book: Spreadsheet) -> None:
    reply = do(book, "addNamedRange", namedRange={"name": "x", "range": {"sheetId": 0, "startRowIndex": 0}})
    assert reply["replies"][0]["addNamedRange"]["namedRange"]["range"] == {"startRowIndex": 0}


def test_named_ranges_follow_inserted_rows(book: Spreadsheet) -> None:
    span = {"startRowIndex": 1, "endRowIndex": 3}
    do(book, "addNamedRange", namedRange={"name": "rows", "range": span})
    do(book, "insertDimension", range={"dimension": "ROWS", "startIndex": 2, "endIndex": 4})
    do(book, "insertDimension", range={"dimension": "ROWS", "startIndex": 0, "endIndex": 1})
    assert book.get(fields="namedRanges.range")["namedRanges"] == [
        {"range": {"startRowIndex": 2, "endRowIndex": 6}}
    ]


def test_append_cells_goes_below_the_last_written_row_and_grows_the_grid(book: Spreadsheet) -> None:
    do(
        put(book, ["a", "", "b"]),
        "updateSheetProperties",
        properties={"gridProperties": {"rowCount": 1}},
        fields="gridProperties/rowCount",
    )
    do(
        book,
        "appendCells",
        sheetId=0,
        rows=[{"values": [text("c")]}, {"values": [number(2.0)]}],
        fields="userEnteredValue",
    )
    assert values(book) == [["a", "", "b"], ["c"], [2]]
    assert book.values_get("Sheet1")["range"] == "Sheet1!A1:Z3"


def test_pasted_values_are_values_and_blanks_are_pasted_too(book: Spreadsheet) -> None:
    book.values_update(
        "Sheet1!A1", {"values": [["=1+1", None, "0042"], ["x", "y", "z"]]}, valueInputOption="USER_ENTERED"
    )
    source = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 3}
    target = source | {"startRowIndex": 1, "endRowIndex": 2}
    do(book, "copyPaste", source=source, destination=target, pasteType="PASTE_VALUES")
    assert book.values_get("Sheet1!A2:C2", valueRenderOption="FORMULA")["values"] == [[2, "", 42]]


def test_an_ordinary_paste_moves_the_references(book: Spreadsheet) -> None:
    put(book, [1], [2])
    book.values_update("Sheet1!B1", {"values": [["=A1*10"]]}, valueInputOption="USER_ENTERED")
    source = {"endRowIndex": 1, "startColumnIndex": 1, "endColumnIndex": 2}
    do(book, "copyPaste", source=source, destination=source | {"startRowIndex": 1, "endRowIndex": 2})
    assert values(book) == [[1, 10], [2, 20]]


def test_update_cells_over_a_range_clears_what_it_does_not_name(book: Spreadsheet) -> None:
    put(book, ["a", "b"], ["c", "d"])
    whole = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    do(book, "updateCells", range=whole, rows=[{"values": [text("x")]}], fields="userEnteredValue")
    assert values(book) == [["x"]]


def test_update_cells_changes_only_the_masked_parts(book: Spreadsheet) -> None:
    cell = {"note": "n", "userEnteredFormat": {"textFormat": {"bold": True}}}
    put(book, ["a"])
    do(
        book,
        "updateCells",
        start={},
        rows=[{"values": [cell]}],
        fields="note,userEnteredFormat.textFormat.bold",
    )
    do(book, "updateCells", start={}, rows=[{"values": [text("b")]}], fields="userEnteredValue")
    data = book.get(
        fields="sheets.data.rowData.values(note,userEnteredFormat,userEnteredValue)", ranges=["Sheet1!A1"]
    )
    assert data["sheets"][0]["data"][0]["rowData"][0]["values"] == [cell | text("b")]


def test_sorting_moves_contents_and_puts_blanks_last(book: Spreadsheet) -> None:
    put(book, ["h", "n"], ["b", 2], ["", 9], ["A", 3], [5, 1], ["c", 4])
    grid = {"startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 2}
    do(book, "sortRange", range=grid, sortSpecs=[{"dimensionIndex": 0, "sortOrder": "ASCENDING"}])
    assert values(book) == [["h", "n"], [5, 1], ["A", 3], ["b", 2], ["c", 4], ["", 9]]
    do(book, "sortRange", range=grid, sortSpecs=[{"dimensionIndex": 0, "sortOrder": "DESCENDING"}])
    assert [row[1] for row in values(book)] == ["n", 4, 2, 3, 1, 9]


def test_rows_and_columns_come_go_and_move(book: Spreadsheet) -> None:
    put(book, ["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"])
    do(book, "deleteDimension", range={"dimension": "ROWS", "startIndex": 1, "endIndex": 2})
    do(
        book,
        "moveDimension",
        source={"dimension": "COLUMNS", "startIndex": 0, "endIndex": 1},
        destinationIndex=3,
    )
    do(book, "insertDimension", range={"dimension": "COLUMNS", "startIndex": 1, "endIndex": 2})
    do(book, "appendDimension", sheetId=0, dimension="ROWS", length=5)
    assert values(book) == [["b", "", "c", "a"], ["h", "", "i", "g"]]
    assert book.values_get("Sheet1")["range"] == "Sheet1!A1:AA1004"


def test_find_and_replace_counts_what_it_changed(book: Spreadsheet) -> None:
    put(book, ["MEN-1#7", "x"], ["MEN-1#70", "MEN-1#7"])
    given = {"find": "MEN-1#7", "replacement": "MEN-1#8", "matchEntireCell": True, "sheetId": 0}
    reply = do(book, "findReplace", **given)["replies"][0]["findReplace"]
    assert reply == {"valuesChanged": 2, "rowsChanged": 2, "sheetsChanged": 1, "occurrencesChanged": 2}
    assert values(book) == [["MEN-1#8", "x"], ["MEN-1#70", "MEN-1#8"]]


def test_a_validation_rule_is_kept_and_shown_without_defaults(book: Spreadsheet) -> None:
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "y"}]}, "strict": True}
    cell = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    do(book, "setDataValidation", range=cell, rule=rule | {"showCustomUi": False})
    data = book.get(fields="sheets.data.rowData.values.dataValidation")["sheets"][0]["data"]
    assert data == [{"rowData": [{"values": [{"dataValidation": rule}]}]}]


def test_a_protected_range_is_answered_with_its_editors(book: Spreadsheet) -> None:
    given = {"range": {"endRowIndex": 1}, "description": "app: header"}
    reply = do(book, "addProtectedRange", protectedRange=given)["replies"][0]["addProtectedRange"][
        "protectedRange"
    ]
    assert reply.pop("protectedRangeId") > 0
    assert reply == given | {"requestingUserCanEdit": True, "editors": {}}
    assert len(book.get()["sheets"][0]["protectedRanges"]) == 1


def test_a_new_tab_has_a_random_number_and_its_place(book: Spreadsheet) -> None:
    grid = {"rowCount": 1, "columnCount": 1}
    given = {"title": "T", "sheetType": "GRID", "gridProperties": grid}
    made = do(book, "addSheet", properties=given)["replies"][0]["addSheet"]["properties"]
    assert 0 < made.pop("sheetId") < 2**31
    assert made == given | {"index": 1}


def row_range(**given: int) -> Json:
    return {"dimension": "ROWS"} | given


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (
            {"addSheet": {"properties": {"title": "Sheet1"}}},
            'Invalid requests[0].addSheet: A sheet with the name "Sheet1" already exists. Please enter another name.',
        ),
        (
            {"updateSheetProperties": {"properties": {"hidden": True}, "fields": "hidden"}},
            "Invalid requests[0].updateSheetProperties: You can't hide all the sheets in a document.",
        ),
        (
            {"deleteSheet": {"sheetId": 0}},
            "Invalid requests[0].deleteSheet: You can't remove all the visible sheets in a document.",
        ),
        (
            {"repeatCell": {"range": {}, "cell": {}}},
            "Invalid requests[0].repeatCell: At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
        ),
        (
            {"deleteDimension": {"range": row_range(startIndex=1000, endIndex=1001)}},
            "Invalid requests[0].deleteDimension: Cannot delete a row that doesn't exist. Tried to delete row index 1000 but there are only 1000 rows.",
        ),
        (
            {"deleteDimension": {"range": row_range(startIndex=0, endIndex=1000)}},
            "Invalid requests[0].deleteDimension: You can't delete all the rows on the sheet.",
        ),
        (
            {"insertDimension": {"range": row_range(startIndex=1000, endIndex=1001)}},
            "Invalid requests[0].insertDimension: range.startIndex[1000] must be less than the grid size (1000) if inheritFromBefore is false.",
        ),
        (
            {"updateCells": {"start": {"rowIndex": 1000}, "rows": [], "fields": "*"}},
            "Invalid requests[0].updateCells: GridCoordinate.rowIndex[1000] is after last row in grid[1000]",
        ),
    ],
)
def test_a_wrong_request_is_refused_in_googles_words(book: Spreadsheet, request_: Json, words: str) -> None:
    assert refusal(book, request_) == words


def test_no_requests_at_all_are_refused(book: Spreadsheet) -> None:
    assert refusal(book) == "Must specify at least one request."


def test_a_kind_that_is_not_modelled_is_refused_by_name(book: Spreadsheet) -> None:
    with pytest.raises(GoogleError, match="addTable") as caught:
        do(book, "addTable", table={})
    assert caught.value.code == 501


def test_a_clone_and_its_original_go_their_own_ways(book: Spreadsheet) -> None:
    register(book)
    twin, copied = book.clone(), copy.deepcopy(book)
    twin.batch_update(save("1-a", "2-b", 1, "twin"))
    do(copied, "deleteSheet", sheetId=7)
    put(book, ["changed"])
    assert values(twin, "Sheet1!C2") == [["twin"]]
    assert values(book, "Sheet1!A1:C2") == [["changed", "Day", "Status"], ["R-1", 43831, "new"]]
    assert list(book.named) == ["1-a"]
    assert list(twin.named) == ["2-b"]
    assert list(copied.named) == []
