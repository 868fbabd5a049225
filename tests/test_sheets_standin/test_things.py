"""What hangs on a tab is added, changed and taken away again; no kind of request breaks the stand-in."""

from contextlib import suppress
from typing import Any

import pytest

from tests.sheets_standin.errors import GoogleError
from tests.sheets_standin.requests import HANDLERS
from tests.sheets_standin.workbook import Spreadsheet

Json = dict[str, Any]
CORNER = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}


def do(book: Spreadsheet, kind: str, **given: Any) -> Json:
    return dict(book.batch_update({"requests": [{kind: given}]})["replies"][0].get(kind, {}))


def kept(book: Spreadsheet, kind: str) -> list[Json]:
    return list(book.get(fields=f"sheets.{kind}")["sheets"][0].get(kind, []))


def test_a_named_range_is_renamed_and_pointed_elsewhere(book: Spreadsheet) -> None:
    key = do(book, "addNamedRange", namedRange={"name": "old", "range": CORNER})["namedRange"]["namedRangeId"]
    changed = {"namedRangeId": key, "name": "new", "range": {"endRowIndex": 9}}
    do(book, "updateNamedRange", namedRange=changed, fields="name,range")
    assert book.get(fields="namedRanges")["namedRanges"] == [changed]
    do(book, "deleteNamedRange", namedRangeId=key)
    assert book.get(fields="namedRanges") == {}


def test_a_protection_is_changed_and_taken_away(book: Spreadsheet) -> None:
    made = do(book, "addProtectedRange", protectedRange={"range": CORNER})["protectedRange"]
    changed = {"protectedRangeId": made["protectedRangeId"], "warningOnly": True}
    do(book, "updateProtectedRange", protectedRange=changed, fields="warningOnly")
    assert kept(book, "protectedRanges") == [changed | {"range": CORNER, "requestingUserCanEdit": True}]
    do(book, "deleteProtectedRange", protectedRangeId=made["protectedRangeId"])
    assert kept(book, "protectedRanges") == []


def test_filters_formats_and_bands_come_and_go(book: Spreadsheet) -> None:
    view = do(book, "addFilterView", filter={"title": "mine", "range": CORNER})["filter"]
    rule = {"ranges": [CORNER], "booleanRule": {"condition": {"type": "BLANK"}, "format": {}}}
    do(book, "addConditionalFormatRule", rule=rule, index=0)
    band = do(book, "addBanding", bandedRange={"range": CORNER, "rowProperties": {}})["bandedRange"]
    kinds = ("filterViews", "conditionalFormats", "bandedRanges")
    assert [len(kept(book, kind)) for kind in kinds] == [1, 1, 1]
    do(book, "deleteFilterView", filterId=view["filterViewId"])
    assert do(book, "deleteConditionalFormatRule", sheetId=0, index=0)["rule"]["ranges"] == [CORNER]
    do(book, "deleteBanding", bandedRangeId=band["bandedRangeId"])
    assert [kept(book, kind) for kind in kinds] == [[], [], []]


def test_cells_are_shifted_by_inserting_and_deleting_a_range(book: Spreadsheet) -> None:
    book.values_update("Sheet1!A1", {"values": [["a", "b"], ["c", "d"]]}, valueInputOption="RAW")
    cell = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    do(book, "insertRange", range=cell, shiftDimension="ROWS")
    assert book.values_get("Sheet1")["values"] == [["", "b"], ["a", "d"], ["c"]]
    do(book, "deleteRange", range=cell, shiftDimension="COLUMNS")
    assert book.values_get("Sheet1")["values"] == [["b"], ["a", "d"], ["c"]]


def test_doubled_rows_and_blanks_round_texts_are_taken_out(book: Spreadsheet) -> None:
    book.values_update("Sheet1!A1", {"values": [[" a  b "], ["x"], ["X"], ["y"]]}, valueInputOption="RAW")
    whole = {"startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 1}
    assert do(book, "trimWhitespace", range=whole) == {"cellsChangedCount": 1}
    assert do(book, "deleteDuplicates", range=whole) == {"duplicatesRemovedCount": 1}
    assert book.values_get("Sheet1")["values"] == [["a b"], ["x"], ["y"]]


@pytest.mark.parametrize("kind", HANDLERS)
def test_an_empty_request_is_done_or_refused_and_never_breaks(book: Spreadsheet, kind: str) -> None:
    with suppress(GoogleError):
        do(book, kind)
    assert len(book.get(include_grid_data=True)["sheets"]) >= 1
