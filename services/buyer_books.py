"""The buyer's own workbook, filled through a map of its cells that is programme data (2.31, 3.7, 3.9; D13, D14).

Until the buyer's file is there, returns leave in our own wording. A map names a sheet ("sheet"), the row the first
line goes to ("first_row"), and for each of our fields its column ("C") or its cell ("C7").
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from schemas.errors import NotYet, TemplateProblem
from schemas.words import N_, Message, message
from services.exports import FORMULA_MARKS
from services.imports import excel

SHEET, FIRST_ROW = "sheet", "first_row"
_MEND = Message(N_("Put the names of its cells into the programme’s folder as they are in this workbook."))


def chosen(book: bytes, at: Mapping[str, str]) -> bytes:
    """The buyer's workbook and the map of its cells, or what is missing of the two."""
    if not book:
        raise NotYet(
            Message(N_("The programme’s folder maps the buyer’s workbook, and no workbook was chosen.")),
            Message(N_("Choose the buyer’s workbook.")),
        )
    if not at:
        raise NotYet(
            Message(N_("Nobody has said yet which column of the buyer’s workbook holds what.")),
            Message(N_("Put the map of its columns into the programme’s folder, or send ours.")),
        )
    return book


def with_rows(book: bytes, columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The buyer's workbook with a line for each row; a column of ours that the map does not name is left out."""
    opened, sheet = _opened(book, columns)
    first = int(columns.get(FIRST_ROW, "2"))
    places = {name: column for name, column in columns.items() if name not in {SHEET, FIRST_ROW}}
    for number, row in enumerate(rows, start=first):
        for name, column in places.items():
            _put(sheet, f"{column}{number}", row.get(name))
    return _saved(opened)


def with_cells(book: bytes, cells: Mapping[str, str], values: Mapping[str, Any]) -> bytes:
    """The buyer's workbook with each value in its cell."""
    opened, sheet = _opened(book, cells)
    for name, at in cells.items():
        if name not in {SHEET, FIRST_ROW}:
            if name not in values:
                raise TemplateProblem(
                    message(N_("The map of cells names {name}, which is no measure."), name=name), _MEND
                )
            _put(sheet, at, values[name])
    return _saved(opened)


def _opened(book: bytes, at: Mapping[str, str]) -> tuple[Any, Any]:
    from openpyxl import load_workbook

    excel.check(book)
    opened = load_workbook(io.BytesIO(book))
    name = at.get(SHEET, opened.sheetnames[0])
    if name not in opened.sheetnames:
        raise TemplateProblem(
            message(N_("The buyer’s workbook has no sheet called {name}."), name=name), _MEND
        )
    return opened, opened[name]


def _put(sheet: Any, at: str, value: Any) -> None:
    from openpyxl.utils.exceptions import CellCoordinatesException

    try:
        cell = sheet[at]
        cell.value = value
    except (CellCoordinatesException, ValueError, AttributeError):
        raise TemplateProblem(message(N_("{at} is no cell that can be filled."), at=at), _MEND) from None
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_MARKS)


def _saved(opened: Any) -> bytes:
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()
