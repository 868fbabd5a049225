"""Requests that write cells: updateCells, appendCells, repeatCell, setDataValidation."""

from collections.abc import Mapping
from typing import Any

from tests.sheets_standin.areas import Box
from tests.sheets_standin.book import Book
from tests.sheets_standin.cells import EMPTY, Cell, entered
from tests.sheets_standin.errors import Refusal
from tests.sheets_standin.looks import with_styles
from tests.sheets_standin.masks import Mask, overlay, parse_mask
from tests.sheets_standin.sheet import Sheet

Json = dict[str, Any]
NO_FIELDS = "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
READ_ONLY = ("effectiveValue", "formattedValue", "effectiveFormat", "hyperlink")
WRITABLE = ("userEnteredValue", "userEnteredFormat", "note", "dataValidation", "textFormatRuns", "chipRuns")


def fields_of(given: Json) -> Mask:
    """The mask of a request, which must name something."""
    text = given.get("fields")
    if not text:
        raise Refusal(NO_FIELDS)
    return parse_mask(text)


def changed(cell: Cell, data: Mapping[str, Any], mask: Mask) -> Cell:
    """The cell with the masked parts of a CellData."""
    names = WRITABLE if "*" in mask else mask
    parts: Json = {}
    for name in names:
        parts |= _part(cell, data, name, mask.get(name) or {})
    return cell._replace(**parts)


def _part(cell: Cell, data: Mapping[str, Any], name: str, inner: Mask) -> Json:
    given = data.get(name)
    if name == "userEnteredValue":
        value, formula = entered(given)
        return {"value": value, "formula": formula}
    if name == "userEnteredFormat":
        made = overlay(cell.format or {}, with_styles(given or {}), _paired(inner))
        return {"format": made or None}
    if name == "note":
        return {"note": given or None}
    if name == "dataValidation":
        return {"rule": _kept_rule(given)}
    if name in ("textFormatRuns", "chipRuns"):
        return {"runs" if name == "textFormatRuns" else "chips": tuple(given) if given else None}
    if name in READ_ONLY:
        return {}
    raise Refusal(f"the stand-in does not model the field {name} of a cell.")


def _kept_rule(rule: Json | None) -> Json | None:
    """A validation rule as answered: what is false or empty is left out."""
    return {key: part for key, part in rule.items() if part not in (False, "", None)} if rule else None


def _paired(mask: Mask) -> Mask:
    """A mask that names a colour also covers its other spelling."""
    made = {name: _paired(inner) for name, inner in mask.items()}
    for name in list(made):
        if name in ("backgroundColor", "foregroundColor"):
            made[f"{name}Style"] = {}
        elif name in ("backgroundColorStyle", "foregroundColorStyle"):
            made[name.removesuffix("Style")] = {}
    return made


def update_cells(book: Book, given: Json) -> Json:
    """Write rows of CellData from a corner or within a range, where the rest of the range is cleared."""
    mask, rows = fields_of(given), given.get("rows") or []
    if "range" in given:
        sheet, box = book.box(given["range"])
        _check_within(rows, box)
        whole = range(box.left, box.right)
        for at, row in enumerate(range(box.top, box.bottom)):
            values = (rows[at].get("values") or []) if at < len(rows) else []
            padded = [*values, *({} for _ in range(len(whole) - len(values)))]
            _write(sheet, row, box.left, padded, mask)
        return {}
    sheet, top, left = _start(book, given.get("start") or {})
    for row, one in enumerate(rows, start=top):
        _check_in_grid(sheet, row, left + len(one.get("values") or []))
        _write(sheet, row, left, one.get("values") or [], mask)
    return {}


def _start(book: Book, start: Json) -> tuple[Sheet, int, int]:
    sheet = book.sheet(start.get("sheetId", 0))
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    for name, at, count in (("row", top, sheet.row_count), ("column", left, sheet.column_count)):
        if at >= count:
            raise Refusal(f"GridCoordinate.{name}Index[{at}] is after last {name} in grid[{count}]")
    return sheet, top, left


def _check_in_grid(sheet: Sheet, row: int, right: int) -> None:
    if row >= sheet.row_count:
        text = f"Attempting to write row: {row}, beyond the last requested row of: {sheet.row_count - 1}"
        raise Refusal(text)
    _check_columns(right - 1, sheet.column_count - 1)


def _check_within(rows: list[Json], box: Box) -> None:
    if len(rows) > box.bottom - box.top:
        text = f"Attempting to write row: {box.bottom}, beyond the last requested row of: {box.bottom - 1}"
        raise Refusal(text)
    for row in rows:
        _check_columns(box.left + len(row.get("values") or []) - 1, box.right - 1)


def _check_columns(last: int, most: int) -> None:
    if last > most:
        text = f"Attempting to write column: {most + 1}, beyond the last requested column of: {most}"
        raise Refusal(text)


def _write(sheet: Sheet, row: int, left: int, values: list[Json], mask: Mask) -> None:
    if not values:
        return
    found = sheet.row(row)
    changes = {c: changed(found.get(c, EMPTY), data, mask) for c, data in enumerate(values, start=left)}
    if any(cell != EMPTY or column in found for column, cell in changes.items()):
        sheet.put(row, changes)


def append_cells(book: Book, given: Json) -> Json:
    """Write rows after the last one in which something is written, growing the grid if need be."""
    if "tableId" in given:
        raise Refusal("the stand-in does not model appending to a table by tableId.")
    sheet, mask = book.sheet(given.get("sheetId", 0)), fields_of(given)
    rows, top = given.get("rows") or [], sheet.last_row()
    width = max((len(row.get("values") or []) for row in rows), default=0)
    sheet.resize(max(sheet.row_count, top + len(rows)), max(sheet.column_count, width))
    for row, one in enumerate(rows, start=top):
        _write(sheet, row, 0, one.get("values") or [], mask)
    return {}


def repeat_cell(book: Book, given: Json) -> Json:
    """Write one CellData into each cell of a range."""
    mask, data = fields_of(given), given.get("cell") or {}
    sheet, box = book.box(given.get("range") or {})
    sheet.change(box, lambda cell: changed(cell, data, mask))
    return {}


def set_data_validation(book: Book, given: Json) -> Json:
    """Set or clear the rule of each cell of a range."""
    sheet, box = book.box(given.get("range") or {})
    rule = _kept_rule(given.get("rule"))
    if given.get("filteredRowsIncluded") is None and rule is None:
        sheet.change_present(box, lambda cell: cell._replace(rule=None))
        return {}
    sheet.change(box, lambda cell: cell._replace(rule=rule))
    return {}


HANDLERS = {
    "updateCells": update_cells,
    "appendCells": append_cells,
    "repeatCell": repeat_cell,
    "setDataValidation": set_data_validation,
}
