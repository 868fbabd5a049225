"""ValueRanges: cells of a rectangle as lists, trimmed and rendered as Google does."""

from typing import Any

from tests.sheets_standin.areas import Box, a1_box
from tests.sheets_standin.book import Book
from tests.sheets_standin.cells import Cell, Fault, Scalar
from tests.sheets_standin.sheet import Sheet
from tests.sheets_standin.showing import is_date_format, show

Json = dict[str, Any]
FORMATTED, UNFORMATTED, FORMULA = "FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA"


def value_range(book: Book, sheet: Sheet, box: Box, options: Json) -> Json:
    """A ValueRange; `values` is absent when nothing is there. options: majorDimension and the two render options."""
    columns = options.get("majorDimension") == "COLUMNS"
    made: Json = {"range": a1_box(sheet.title, box), "majorDimension": "COLUMNS" if columns else "ROWS"}
    values = trimmed_values(book, sheet, box, options, columns)
    if values:
        made["values"] = values
    return made


def trimmed_values(book: Book, sheet: Sheet, box: Box, options: Json, columns: bool) -> list[list[Any]]:
    """The values without blank ends: rows are ragged, inner blanks are empty texts, inner blank rows []."""
    how, dates = (
        options.get("valueRenderOption") or FORMATTED,
        options.get("dateTimeRenderOption") or "SERIAL_NUMBER",
    )
    found = _rows(book, sheet, box, how, dates)
    if columns:
        found = _turned(found)
    while found and not found[-1]:
        found.pop()
    return found


def _rows(book: Book, sheet: Sheet, box: Box, how: str, dates: str) -> list[list[Any]]:
    """Each row; one that is the very same as a blank row before it is blank too, without a look."""
    found: list[list[Any]] = []
    blank: Any = None
    for row in range(box.top, min(box.bottom, len(sheet.cells))):
        cells = sheet.cells[row]
        values = [] if cells is blank else _row(book, sheet, row, box, how, dates)
        blank = blank if values else cells
        found.append(values)
    return found


def _row(book: Book, sheet: Sheet, row: int, box: Box, how: str, dates: str) -> list[Any]:
    made: list[Any] = []
    cells = sheet.cells[row]
    for column in sorted(c for c, cell in cells.items() if box.left <= c < box.right and not cell.blank):
        made.extend([""] * (column - box.left - len(made)))
        cell = cells[column]
        value = cell.value if cell.formula is None else book.value(sheet, row, column)
        made.append(rendered(book, cell, value, how, dates))
    while made and made[-1] == "":
        made.pop()
    return made


def _turned(rows: list[list[Any]]) -> list[list[Any]]:
    """Rows as columns, trimmed again."""
    width = max((len(row) for row in rows), default=0)
    turned = [[row[at] if at < len(row) else "" for row in rows] for at in range(width)]
    for column in turned:
        while column and column[-1] == "":
            column.pop()
    return turned


def rendered(book: Book, cell: Cell, value: Scalar, how: str, dates: str) -> Any:
    """One value as the render options ask."""
    if how == FORMULA and cell.formula is not None:
        return cell.formula
    if value is None:
        return ""
    if how == FORMATTED or isinstance(value, Fault):
        return show(value, cell.format, book.locale)
    if dates == "FORMATTED_STRING" and isinstance(value, int | float) and is_date_format(cell.format):
        return show(value, cell.format, book.locale)
    return value
