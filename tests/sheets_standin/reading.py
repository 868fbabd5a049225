"""Answers about a spreadsheet: its properties, tabs and cells, made only as far as the mask asks."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.sheets_standin.areas import Area, Box
from tests.sheets_standin.book import Book
from tests.sheets_standin.cells import Cell, Scalar, extended, user_entered
from tests.sheets_standin.defaults import COLUMN_PIXELS, ROW_PIXELS
from tests.sheets_standin.looks import effective_format
from tests.sheets_standin.masks import EVERYTHING, Mask, below, prune
from tests.sheets_standin.sheet import THINGS, Sheet
from tests.sheets_standin.showing import show

Json = dict[str, Any]
URL = "https://docs.google.com/spreadsheets/d/{}/edit"


def spreadsheet_answer(
    book: Book, areas: Sequence[tuple[Sheet, Area]] | None, grid: bool, mask: Mask | None
) -> Json:
    """A Spreadsheet. `areas` limits tabs and cells; without a mask `grid` says whether cells are given."""
    wanted = EVERYTHING if mask is None else mask
    with_cells = grid if mask is None else True
    made: Json = {"spreadsheetId": book.key} if below(wanted, "spreadsheetId") is not None else {}
    if (inner := below(wanted, "properties")) is not None:
        made["properties"] = prune(dict(book.properties), inner)
    if (inner := below(wanted, "sheets")) is not None:
        shown = book.sheets if not areas else [s for s in book.sheets if any(s is one for one, _ in areas)]
        made["sheets"] = [sheet_answer(book, sheet, areas, with_cells, inner) for sheet in shown]
    if (inner := below(wanted, "namedRanges")) is not None and book.named:
        made["namedRanges"] = prune(list(book.named.values()), inner)
    if below(wanted, "spreadsheetUrl") is not None:
        made["spreadsheetUrl"] = URL.format(book.key)
    if (inner := below(wanted, "developerMetadata")) is not None and (found := _spreadsheet_metadata(book)):
        made["developerMetadata"] = prune(found, inner)
    return made


def _spreadsheet_metadata(book: Book) -> list[Json]:
    return [one for one in book.metadata if one["location"]["locationType"] == "SPREADSHEET"]


def sheet_answer(
    book: Book, sheet: Sheet, areas: Sequence[tuple[Sheet, Area]] | None, cells: bool, mask: Mask
) -> Json:
    """A Sheet."""
    made: Json = {}
    if (inner := below(mask, "properties")) is not None:
        made["properties"] = prune(sheet_properties(book, sheet), inner)
    if cells and (inner := below(mask, "data")) is not None:
        asked = [area for one, area in areas or () if one is sheet] or [Area(sheet.id)]
        made["data"] = [grid_data(book, sheet, book.within_grid(sheet, area), inner) for area in asked]
    if (inner := below(mask, "merges")) is not None and sheet.merges:
        made["merges"] = prune([area.json() for area in sheet.merges], inner)
    if (inner := below(mask, "basicFilter")) is not None and sheet.filter:
        made["basicFilter"] = prune(sheet.filter, inner)
    for kind in THINGS:
        things = sheet.things.get(kind) or (
            _sheet_metadata(book, sheet) if kind == "developerMetadata" else None
        )
        if things and (inner := below(mask, kind)) is not None:
            made[kind] = prune(list(things), inner)
    return made


def _sheet_metadata(book: Book, sheet: Sheet) -> list[Json]:
    found = [one for one in book.metadata if one["location"]["locationType"] == "SHEET"]
    return [one for one in found if one["location"].get("sheetId", 0) == sheet.id]


def sheet_properties(book: Book, sheet: Sheet) -> Json:
    """SheetProperties, defaults left out."""
    return {
        "sheetId": sheet.id,
        "title": sheet.title,
        "index": next(at for at, one in enumerate(book.sheets) if one is sheet),
        "sheetType": "GRID",
        "gridProperties": {"rowCount": sheet.row_count, "columnCount": sheet.column_count} | sheet.grid,
    } | sheet.look


def grid_data(book: Book, sheet: Sheet, box: Box, mask: Mask) -> Json:
    """A GridData: the cells of one rectangle and the sizes of its lines; 0 and empty ends left out."""
    made: Json = {}
    if box.top and below(mask, "startRow") is not None:
        made["startRow"] = box.top
    if box.left and below(mask, "startColumn") is not None:
        made["startColumn"] = box.left
    if (inner := below(mask, "rowData")) is not None and (rows := row_data(book, sheet, box, inner)):
        made["rowData"] = rows
    for name, side, (start, end) in (("rowMetadata", 0, box[:2]), ("columnMetadata", 1, box[2:])):
        if (inner := below(mask, name)) is not None:
            made[name] = [prune(one, inner) for one in _lines(book, sheet, side, start, end)]
    return made


def _lines(book: Book, sheet: Sheet, side: int, start: int, end: int) -> list[Json]:
    """DimensionProperties of rows (side 0) or columns (1), with the metadata noted on them."""
    kind, pixels = (("ROW", ROW_PIXELS), ("COLUMN", COLUMN_PIXELS))[side]
    made = [{"pixelSize": pixels} | sheet.sizes[side].get(at, {}) for at in range(start, end)]
    for one in book.metadata:
        span = one["location"].get("dimensionRange", {})
        here = one["location"]["locationType"] == kind and span.get("sheetId", 0) == sheet.id
        if here and start <= span["startIndex"] < end:
            line = made[span["startIndex"] - start]
            line["developerMetadata"] = [*line.get("developerMetadata", []), one]
    return made


def row_data(book: Book, sheet: Sheet, box: Box, mask: Mask) -> list[Json]:
    """RowData of each row, empty ends trimmed."""
    inner = below(mask, "values")
    if inner is None:
        return []
    rows: list[Json] = []
    for row in range(box.top, min(box.bottom, len(sheet.cells))):
        values = _row_values(book, sheet, row, box, inner)
        rows.append({"values": values} if values else {})
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _row_values(book: Book, sheet: Sheet, row: int, box: Box, mask: Mask) -> list[Json]:
    found = sheet.row(row)
    values: list[Json] = []
    for column in range(box.left, min(box.right, max(found, default=-1) + 1)):
        cell = found.get(column)
        values.append(cell_data(book, sheet, cell, row, column, mask) if cell else {})
    while values and not values[-1]:
        values.pop()
    return values


MAKERS: dict[str, Callable[[Book, Cell, Scalar], Any]] = {
    "userEnteredValue": lambda book, cell, value: user_entered(cell),
    "effectiveValue": lambda book, cell, value: extended(value),
    "formattedValue": lambda book, cell, value: _shown(book, cell, value),
    "userEnteredFormat": lambda book, cell, value: cell.format,
    "effectiveFormat": lambda book, cell, value: effective_format(book, cell, value),
    "hyperlink": lambda book, cell, value: _link(cell),
    "note": lambda book, cell, value: cell.note,
    "textFormatRuns": lambda book, cell, value: cell.runs and list(cell.runs),
    "dataValidation": lambda book, cell, value: cell.rule,
    "chipRuns": lambda book, cell, value: cell.chips and list(cell.chips),
}


def cell_data(book: Book, sheet: Sheet, cell: Cell, row: int, column: int, mask: Mask) -> Json:
    """A CellData, as much of it as is asked for and there."""
    value = cell.value if cell.formula is None else book.value(sheet, row, column)
    made: Json = {}
    for name in MAKERS if not mask or "*" in mask else mask:
        part = MAKERS[name](book, cell, value) if name in MAKERS else None
        if part is not None:
            inner = below(mask, name)
            made[name] = prune(part, inner) if inner else part
    return made


def _shown(book: Book, cell: Cell, value: Scalar) -> str | None:
    return None if value is None else show(value, cell.format, book.locale)


def _link(cell: Cell) -> str | None:
    """The address a whole cell links to."""
    text = cell.formula if cell.formula is not None else cell.value
    if isinstance(text, str) and text.upper().startswith("=HYPERLINK("):
        parts = text.split('"')
        return parts[1] if len(parts) > 1 else None
    if isinstance(text, str) and text.startswith(("http://", "https://")) and " " not in text:
        return text
    return None
