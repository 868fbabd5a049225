"""Requests that carry cells elsewhere: copyPaste and cutPaste."""

from collections.abc import Callable
from typing import Any

from tests.sheets_standin.areas import Box
from tests.sheets_standin.book import Book
from tests.sheets_standin.cells import EMPTY, Cell
from tests.sheets_standin.errors import Refusal
from tests.sheets_standin.references import shifted
from tests.sheets_standin.sheet import Sheet

Json = dict[str, Any]
Block = list[list[Cell]]
BORDERS = "borders"


def _values(old: Cell, new: Cell) -> Cell:
    return old._replace(value=new.value, formula=None, runs=None, chips=new.chips)


def _formula(old: Cell, new: Cell) -> Cell:
    return old._replace(value=new.value, formula=new.formula, runs=new.runs, chips=new.chips)


def _no_borders(old: Cell, new: Cell) -> Cell:
    kept = {BORDERS: old.format[BORDERS]} if old.format and BORDERS in old.format else {}
    form = {key: part for key, part in (new.format or {}).items() if key != BORDERS} | kept
    return new._replace(format=form or None)


PASTES: dict[str, Callable[[Cell, Cell], Cell]] = {
    "PASTE_NORMAL": lambda old, new: new,
    "PASTE_VALUES": _values,
    "PASTE_FORMULA": _formula,
    "PASTE_FORMAT": lambda old, new: old._replace(format=new.format),
    "PASTE_NO_BORDERS": _no_borders,
    "PASTE_DATA_VALIDATION": lambda old, new: old._replace(rule=new.rule),
}


def how_to_paste(given: Json) -> Callable[[Cell, Cell], Cell]:
    """What a paste takes over of a cell."""
    kind = given.get("pasteType") or "PASTE_NORMAL"
    if kind not in PASTES:
        raise Refusal(f"the stand-in does not model {kind}.")
    return PASTES[kind]


def taken(book: Book, sheet: Sheet, box: Box, values: bool) -> Block:
    """The cells of a rectangle; with `values`, formulas as what they come to."""
    block = [
        [sheet.cell(row, column) for column in range(box.left, box.right)]
        for row in range(box.top, box.bottom)
    ]
    if not values:
        return block
    return [
        [
            cell
            if cell.formula is None
            else cell._replace(value=book.value(sheet, box.top + i, box.left + j))
            for j, cell in enumerate(row)
        ]
        for i, row in enumerate(block)
    ]


def copy_paste(book: Book, given: Json) -> Json:
    """Copy a range to another, repeated where the other is a multiple of it."""
    how, (sheet, source) = how_to_paste(given), book.box(given.get("source") or {})
    target, box = book.box(given.get("destination") or {})
    block = taken(book, sheet, source, given.get("pasteType") == "PASTE_VALUES")
    if given.get("pasteOrientation") == "TRANSPOSE":
        block = [list(column) for column in zip(*block, strict=True)]
    height, width = len(block), len(block[0])
    down, across = _times(box.bottom - box.top, height), _times(box.right - box.left, width)
    made = Box(box.top, box.top + down * height, box.left, box.left + across * width)
    if made.bottom > target.row_count or made.right > target.column_count:
        raise Refusal("The destination of the paste is outside the grid.")
    steps = (made.top - source.top, made.left - source.left)
    for row in range(made.top, made.bottom):
        line = block[(row - made.top) % height]
        _paste_line(target, row, made, line, how, steps)
    return {}


def _times(room: int, size: int) -> int:
    return room // size if room % size == 0 and room else 1


def _paste_line(
    target: Sheet,
    row: int,
    made: Box,
    line: list[Cell],
    how: Callable[[Cell, Cell], Cell],
    steps: tuple[int, int],
) -> None:
    found, changes = target.row(row), {}
    for column in range(made.left, made.right):
        old, new = found.get(column, EMPTY), line[(column - made.left) % len(line)]
        if new.formula is not None:
            new = new._replace(formula=shifted(new.formula, *steps))
        cell = how(old, new)
        if cell != old:
            changes[column] = cell
    if changes:
        target.put(row, changes)


def cut_paste(book: Book, given: Json) -> Json:
    """Move a range's cells."""
    how, (sheet, source) = how_to_paste(given), book.box(given.get("source") or {})
    block = taken(book, sheet, source, given.get("pasteType") == "PASTE_VALUES")
    start = given.get("destination") or {}
    target, top, left = (
        book.sheet(start.get("sheetId", 0)),
        start.get("rowIndex", 0),
        start.get("columnIndex", 0),
    )
    made = Box(top, top + len(block), left, left + len(block[0]))
    if made.bottom > target.row_count or made.right > target.column_count:
        raise Refusal("The destination of the paste is outside the grid.")
    sheet.change_present(source, lambda cell: EMPTY)
    for row, line in enumerate(block, start=top):
        _paste_line(target, row, made, line, how, (0, 0))
    return {}


HANDLERS = {"copyPaste": copy_paste, "cutPaste": cut_paste}
