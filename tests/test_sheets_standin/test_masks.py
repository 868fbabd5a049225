"""Field masks and what spreadsheets.get answers."""

from tests.sheets_standin.looks import colour
from tests.sheets_standin.masks import Mask, parse_mask, prune
from tests.sheets_standin.workbook import Spreadsheet


def noted(book: Spreadsheet) -> Spreadsheet:
    rows = [{"values": [{}, {"note": "x"}]}]
    request = {"start": {"rowIndex": 1}, "rows": rows, "fields": "note"}
    book.batch_update({"requests": [{"updateCells": request}]})
    return book


def test_a_new_spreadsheet_is_as_google_makes_one(book: Spreadsheet) -> None:
    answer = book.get()
    assert list(answer) == ["spreadsheetId", "properties", "sheets", "spreadsheetUrl"]
    names = ["title", "locale", "autoRecalc", "timeZone", "defaultFormat", "spreadsheetTheme"]
    assert list(answer["properties"]) == names
    grid = {"rowCount": 1000, "columnCount": 26}
    properties = {"sheetId": 0, "title": "Sheet1", "index": 0, "sheetType": "GRID", "gridProperties": grid}
    assert answer["sheets"] == [{"properties": properties}]
    assert answer["spreadsheetUrl"] == "https://docs.google.com/spreadsheets/d/KEY/edit"


def test_a_mask_keeps_the_places_of_a_list(book: Spreadsheet) -> None:
    assert book.get(fields="sheets.properties.tabColorStyle") == {"sheets": [{"properties": {}}]}


def test_dots_slashes_and_brackets_say_the_same() -> None:
    asked: Mask = {"a": {"b": {}, "c": {"d": {}}}, "e": {}}
    assert parse_mask("a.b,a.c.d,e") == parse_mask("a/b,a/c/d,e") == parse_mask("a(b,c/d),e") == asked
    assert parse_mask("a.b,a") == parse_mask("a,a.b") == {"a": {}}
    assert prune({"a": [{"b": 1, "x": 2}, {"x": 3}], "z": 4}, parse_mask("a.b")) == {"a": [{"b": 1}, {}]}
    assert prune({"a": {"p": {"v": 1, "w": 2}, "q": {"v": 3}}}, parse_mask("a.*.v")) == {
        "a": {"p": {"v": 1}, "q": {"v": 3}}
    }


def test_notes_are_answered_by_place_with_empty_ends_trimmed(book: Spreadsheet) -> None:
    fields = "sheets.data.rowData.values.note"
    answer = noted(book).get(["'Sheet1'!A2:C3"], fields=fields)
    assert answer == {"sheets": [{"data": [{"rowData": [{"values": [{}, {"note": "x"}]}]}]}]}
    assert book.get(["'Sheet1'!A1"], fields=fields) == {"sheets": [{"data": [{}]}]}


def test_a_mask_overrides_include_grid_data(book: Spreadsheet) -> None:
    assert "data" in noted(book).get(include_grid_data=False, fields="sheets.data")["sheets"][0]
    assert "data" not in book.get(include_grid_data=True, fields="sheets.properties")["sheets"][0]


def test_grid_data_says_where_it_starts_and_how_large_its_lines_are(book: Spreadsheet) -> None:
    book.values_update("Sheet1!B2", {"values": [["x"]]}, valueInputOption="RAW")
    data = book.get(["Sheet1!B2:C3"], include_grid_data=True)["sheets"][0]["data"][0]
    assert (data["startRow"], data["startColumn"]) == (1, 1)
    assert data["rowMetadata"] == [{"pixelSize": 21}] * 2
    assert data["columnMetadata"] == [{"pixelSize": 100}] * 2
    cell = data["rowData"][0]["values"][0]
    assert cell["userEnteredValue"] == cell["effectiveValue"] == {"stringValue": "x"}
    assert cell["formattedValue"] == "x"
    assert cell["effectiveFormat"]["textFormat"]["fontFamily"] == "Arial"


def test_only_the_tabs_asked_for_are_answered(book: Spreadsheet) -> None:
    book.batch_update({"requests": [{"addSheet": {"properties": {"title": "Two"}}}]})
    assert [s["properties"]["title"] for s in book.get(["Two!A1"])["sheets"]] == ["Two"]


def test_a_colour_is_answered_both_ways(book: Spreadsheet) -> None:
    form = {"backgroundColor": {"green": 1}, "textFormat": {"foregroundColor": {"red": 1}, "bold": True}}
    fields = "userEnteredFormat(backgroundColor,textFormat)"
    request = {
        "range": {"endRowIndex": 1, "endColumnIndex": 1},
        "cell": {"userEnteredFormat": form},
        "fields": fields,
    }
    book.batch_update({"requests": [{"repeatCell": request}]})
    data = book.get(fields="sheets.data.rowData.values.userEnteredFormat")["sheets"][0]["data"][0]
    assert data["rowData"][0]["values"][0]["userEnteredFormat"] == {
        "backgroundColor": {"green": 1},
        "backgroundColorStyle": {"rgbColor": {"green": 1}},
        "textFormat": {
            "foregroundColor": {"red": 1},
            "foregroundColorStyle": {"rgbColor": {"red": 1}},
            "bold": True,
        },
    }


def test_a_colour_is_kept_in_255_shades_and_its_zeros_left_out() -> None:
    assert colour({"red": 1, "green": 0, "blue": 0}) == {"red": 1}
    assert colour({"red": 0.2588, "green": 0.5215, "blue": 0.9568}) == {
        "red": 0.25882354,
        "green": 0.52156866,
        "blue": 0.95686275,
    }
    assert colour({"red": 0.2, "blue": 0.8}) == {"red": 0.2, "blue": 0.8}
