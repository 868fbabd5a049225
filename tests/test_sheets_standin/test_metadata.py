"""Developer metadata and data filters, as the API description has them."""

from typing import Any

from tests.sheets_standin.workbook import Spreadsheet

Json = dict[str, Any]


def tagged(book: Spreadsheet) -> Spreadsheet:
    book.values_update("Sheet1!A1", {"values": [["a"], ["b"], ["c"]]}, valueInputOption="RAW")
    span = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    entry = {
        "metadataKey": "id",
        "metadataValue": "B",
        "visibility": "DOCUMENT",
        "location": {"dimensionRange": span},
    }
    book.batch_update({"requests": [{"createDeveloperMetadata": {"developerMetadata": entry}}]})
    return book


LOOKUP: Json = {"developerMetadataLookup": {"metadataKey": "id", "metadataValue": "B"}}


def test_metadata_on_a_row_follows_it(book: Spreadsheet) -> None:
    tagged(book)
    span = {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 3}
    book.batch_update({"requests": [{"insertDimension": {"range": span}}]})
    found = book.metadata_search({"dataFilters": [LOOKUP]})["matchedDeveloperMetadata"][0]
    location = found["developerMetadata"]["location"]
    assert location["locationType"] == "ROW"
    assert location["dimensionRange"] == {"dimension": "ROWS", "startIndex": 4, "endIndex": 5}
    assert found["dataFilters"] == [LOOKUP]


def test_values_are_read_and_written_by_data_filter(book: Spreadsheet) -> None:
    tagged(book)
    grid = {"gridRange": {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 1}}
    answer = book.values_batch_get_by_data_filter({"dataFilters": [LOOKUP, grid, {"a1Range": "Sheet1!A3"}]})
    assert [one["valueRange"]["values"] for one in answer["valueRanges"]] == [[["b"]], [["a"]], [["c"]]]
    data = [{"dataFilter": LOOKUP, "values": [["B", "new"]]}]
    written = book.values_batch_update_by_data_filter({"valueInputOption": "RAW", "data": data})
    assert written["responses"][0] == {
        "updatedRange": "Sheet1!A2:B2",
        "updatedRows": 1,
        "updatedColumns": 2,
        "updatedCells": 2,
        "dataFilter": LOOKUP,
    }
    assert book.values_get("Sheet1")["values"] == [["a"], ["B", "new"], ["c"]]


def test_nothing_found_is_an_empty_answer(book: Spreadsheet) -> None:
    assert book.metadata_search({"dataFilters": [LOOKUP]}) == {}
