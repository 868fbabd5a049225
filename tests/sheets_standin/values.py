"""The `spreadsheets.values` calls on a book."""

from collections.abc import Sequence
from typing import Any

from tests.sheets_standin.areas import Area, Box, a1_box
from tests.sheets_standin.book import Book
from tests.sheets_standin.errors import invalid
from tests.sheets_standin.rendering import value_range
from tests.sheets_standin.sheet import Sheet, inserted
from tests.sheets_standin.tables import last_table
from tests.sheets_standin.writing import Written, check_option, rows_of, write_range, write_rows

Json = dict[str, Any]


def get_values(book: Book, text: str, options: Json) -> Json:
    """ValueRange of one A1 range."""
    sheet, box = book.find_box(text)
    return value_range(book, sheet, box, options)


def response_options(given: Json) -> Json:
    """The render options of a write's own answer."""
    return {
        "valueRenderOption": given.get("responseValueRenderOption"),
        "dateTimeRenderOption": given.get("responseDateTimeRenderOption"),
    }


def update_values(book: Book, text: str, body: Json, options: Json) -> Json:
    """UpdateValuesResponse of one range."""
    _check_same_range(text, body)
    sheet, area = book.find(text)
    return _answered(book, _update(book, sheet, area, body, options), options)


def _check_same_range(text: str, body: Json) -> None:
    named = body.get("range")
    if named and named != text and named.replace("'", "") != text.replace("'", ""):
        raise invalid(f"Request range[{text}] does not match value's range[{named}]")


def _update(book: Book, sheet: Sheet, area: Area, body: Json, options: Json) -> Written:
    return write_range(book, sheet, area, rows_of(body), check_option(options.get("valueInputOption")))


def _answered(book: Book, written: Written, options: Json) -> Json:
    """UpdateValuesResponse, with what now stands there if that is asked for."""
    made = written.json(book.key)
    if options.get("includeValuesInResponse"):
        made["updatedData"] = value_range(book, written.sheet, written.box, response_options(options))
    return made


def batch_update_values(book: Book, found: Sequence[tuple[Sheet, Area, Json]], options: Json) -> Json:
    """BatchUpdateValuesResponse; a row or column touched twice counts once."""
    done = [_update(book, sheet, area, data, options) for sheet, area, data in found]
    totals = {
        "totalUpdatedRows": len({(one.sheet.id, row) for one in done for row in one.rows}),
        "totalUpdatedColumns": len({(one.sheet.id, column) for one in done for column in one.columns}),
        "totalUpdatedCells": sum(one.cells for one in done),
        "totalUpdatedSheets": len({one.sheet.id for one in done if one.cells}),
    }
    made: Json = {"spreadsheetId": book.key} | {name: total for name, total in totals.items() if total}
    return made | ({"responses": [_answered(book, one, options) for one in done]} if done else {})


def append_values(book: Book, text: str, body: Json, options: Json) -> Json:
    """AppendValuesResponse: the rows go below the last table found in the range."""
    sheet, area = book.find(text)
    parse, rows = check_option(options.get("valueInputOption")), rows_of(body)
    asked = book.within_grid(sheet, area)
    table = last_table(sheet, asked)
    top, left = (table.bottom, table.left) if table else (asked.top, asked.left)
    made: Json = {"spreadsheetId": book.key}
    if table:
        made["tableRange"] = a1_box(sheet.title, table)
    covered = Box(top, top + len(rows), left, left + max((len(row) for row in rows), default=0))
    _make_room(book, sheet, covered, options.get("insertDataOption") == "INSERT_ROWS" and table is not None)
    written = write_rows(book, sheet, covered, rows, parse)
    return made | {"updates": _answered(book, written, options)}


def _make_room(book: Book, sheet: Sheet, covered: Box, insert: bool) -> None:
    """New rows where they are asked for, and a grid that is large enough."""
    if insert and covered.top < sheet.row_count:
        count = covered.bottom - covered.top
        sheet.insert(True, covered.top, count, before=True)
        book.follow(sheet, True, inserted(covered.top, count))
    sheet.resize(max(sheet.row_count, covered.bottom), max(sheet.column_count, covered.right))


def clear_values(book: Book, sheet: Sheet, box: Box) -> str:
    """Clear the values of a rectangle, formats and notes stay; the range cleared."""
    sheet.change_present(box, lambda cell: cell._replace(value=None, formula=None, runs=None, chips=None))
    return a1_box(sheet.title, box)
