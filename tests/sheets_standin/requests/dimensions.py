"""Requests about rows and columns: insert, append, delete, move, and their sizes."""

from typing import Any

from tests.sheets_standin.book import Book
from tests.sheets_standin.defaults import ROW_PIXELS
from tests.sheets_standin.errors import Refusal
from tests.sheets_standin.masks import overlay
from tests.sheets_standin.requests.contents import fields_of
from tests.sheets_standin.sheet import Sheet, deleted, inserted, moved_order, shuffled
from tests.sheets_standin.showing import show

Json = dict[str, Any]


def span_of(book: Book, given: Json) -> tuple[Sheet, bool, int, int]:
    """(tab, whether rows, start, end) of a DimensionRange; open ends reach the grid's."""
    sheet, dimension = book.sheet(given.get("sheetId", 0)), given.get("dimension")
    if dimension not in ("ROWS", "COLUMNS"):
        raise Refusal("dimension must be set.")
    rows = dimension == "ROWS"
    return sheet, rows, given.get("startIndex", 0), given.get("endIndex", sheet.count(rows))


def insert_dimension(book: Book, given: Json) -> Json:
    """Put empty rows or columns in."""
    sheet, rows, start, end = span_of(book, given.get("range") or {})
    before, count = bool(given.get("inheritFromBefore")), sheet.count(rows)
    if end <= start:
        raise Refusal(f"range.endIndex[{end}] must be after range.startIndex[{start}]")
    if before and start == 0:
        raise Refusal("Cannot inherit from before when inserting at the start of the sheet.")
    if start > count or (start == count and not before):
        raise Refusal(
            f"range.startIndex[{start}] must be less than the grid size ({count}) if inheritFromBefore is false."
        )
    sheet.insert(rows, start, end - start, before)
    book.follow(sheet, rows, inserted(start, end - start))
    return {}


def append_dimension(book: Book, given: Json) -> Json:
    """Add rows or columns at the end."""
    sheet, length = book.sheet(given.get("sheetId", 0)), given.get("length", 0)
    if length <= 0:
        raise Refusal("length must be greater than 0.")
    rows = given.get("dimension") == "ROWS"
    sheet.resize(sheet.row_count + length * rows, sheet.column_count + length * (not rows))
    return {}


def delete_dimension(book: Book, given: Json) -> Json:
    """Take rows or columns out."""
    sheet, rows, start, end = span_of(book, given.get("range") or {})
    word, count = ("row" if rows else "column"), sheet.count(rows)
    if end <= start:
        raise Refusal(f"range.endIndex[{end}] must be after range.startIndex[{start}]")
    if start >= count or end > count:
        at = max(start, end - 1)
        raise Refusal(
            f"Cannot delete a {word} that doesn't exist. Tried to delete {word} index {at} but there are only {count} {word}s."
        )
    if end - start >= count:
        raise Refusal(f"You can't delete all the {word}s on the sheet.")
    frozen = sheet.grid.get("frozenRowCount" if rows else "frozenColumnCount", 0)
    if frozen and start <= frozen and end == count:
        raise Refusal(f"Sorry, it is not possible to delete all non-frozen {word}s.")
    if frozen > start:
        _set_frozen(sheet, rows, frozen - (min(frozen, end) - start))
    sheet.delete(rows, start, end)
    book.follow(sheet, rows, deleted(start, end))
    return {}


def _set_frozen(sheet: Sheet, rows: bool, count: int) -> None:
    name = "frozenRowCount" if rows else "frozenColumnCount"
    sheet.grid = {key: value for key, value in sheet.grid.items() if key != name} | (
        {name: count} if count else {}
    )


def move_dimension(book: Book, given: Json) -> Json:
    """Move rows or columns."""
    sheet, rows, start, end = span_of(book, given.get("source") or {})
    to, count = given.get("destinationIndex", 0), sheet.count(rows)
    if end <= start:
        raise Refusal(f"range.endIndex[{end}] must be after range.startIndex[{start}]")
    if end > count or to > count:
        raise Refusal(f"Cannot move beyond the end of the grid ({count}).")
    if start < to < end:
        raise Refusal("Cannot move a dimension into itself.")
    sheet.move(rows, start, end, to)
    book.follow(sheet, rows, shuffled(moved_order(count, start, end, to)))
    return {}


def update_dimension_properties(book: Book, given: Json) -> Json:
    """Hide or size rows or columns."""
    mask = fields_of(given)
    sheet, rows, start, end = span_of(book, given.get("range") or {})
    properties, found = given.get("properties") or {}, sheet.sizes[0 if rows else 1]
    for at in range(start, min(end, sheet.count(rows))):
        made = overlay(found.get(at, {}), properties, mask)
        found[at] = {key: value for key, value in made.items() if value is not False}
    return {}


def auto_resize(book: Book, given: Json) -> Json:
    """Fit columns to their widest text, at about seven pixels a letter; rows get their default back."""
    if "dimensions" not in given:
        raise Refusal("dimensions must be set.")
    sheet, rows, start, end = span_of(book, given["dimensions"])
    found = sheet.sizes[0 if rows else 1]
    for at in range(start, min(end, sheet.count(rows))):
        pixels = ROW_PIXELS if rows else _fitting_width(book, sheet, at)
        if pixels:
            found[at] = found.get(at, {}) | {"pixelSize": pixels}
    return {}


def _fitting_width(book: Book, sheet: Sheet, column: int) -> int:
    """Pixels; 0 where nothing is written."""
    cells = ((row, cells[column]) for row, cells in enumerate(sheet.cells) if column in cells)
    texts = (show(book.value(sheet, row, column), cell.format, book.locale) for row, cell in cells)
    widest = max((len(line) for text in texts for line in text.splitlines()), default=0)
    return 7 * widest + 7 if widest else 0


HANDLERS = {
    "insertDimension": insert_dimension,
    "appendDimension": append_dimension,
    "deleteDimension": delete_dimension,
    "moveDimension": move_dimension,
    "updateDimensionProperties": update_dimension_properties,
    "autoResizeDimensions": auto_resize,
}
