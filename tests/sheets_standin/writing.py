"""Lists of values into cells: RAW and USER_ENTERED, within or beyond the range asked for."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from tests.sheets_standin.areas import Area, Box, a1_box, column_letters
from tests.sheets_standin.book import Book, beyond_grid
from tests.sheets_standin.cells import EMPTY, Cell, Scalar, checked_text, plain_number
from tests.sheets_standin.errors import Refusal, invalid
from tests.sheets_standin.sheet import Sheet
from tests.sheets_standin.typing_in import typed_in

Json = dict[str, Any]
OPTIONS = ("RAW", "USER_ENTERED")


class Written(NamedTuple):
    """What a write covered, and the rows and columns in which it touched a cell."""

    sheet: Sheet
    box: Box
    cells: int
    rows: frozenset[int]
    columns: frozenset[int]

    def json(self, key: str) -> Json:
        """UpdateValuesResponse; counts of nothing are left out."""
        box = (
            self.box
            if self.box.cells
            else Box(self.box.top, self.box.top + 1, self.box.left, self.box.left + 1)
        )
        made: Json = {"spreadsheetId": key, "updatedRange": a1_box(self.sheet.title, box)}
        counts = {
            "updatedRows": len(self.rows),
            "updatedColumns": len(self.columns),
            "updatedCells": self.cells,
        }
        return made | {name: count for name, count in counts.items() if count}


def check_option(option: str | None) -> bool:
    """Whether values are parsed as if typed."""
    if option in OPTIONS:
        return option == "USER_ENTERED"
    raise invalid("'valueInputOption' is required but not specified")


def rows_of(given: Json) -> list[list[Any]]:
    """The values of a ValueRange as rows."""
    values = given.get("values") or []
    _check_values(values)
    if given.get("majorDimension") != "COLUMNS":
        return [list(row) for row in values]
    height = max((len(column) for column in values), default=0)
    return [[column[at] if at < len(column) else None for column in values] for at in range(height)]


def _check_values(values: Sequence[Sequence[Any]]) -> None:
    for i, row in enumerate(values):
        for j, value in enumerate(row):
            if isinstance(value, list | dict):
                kind = "list_value" if isinstance(value, list) else "struct_value"
                raise invalid(f"Invalid values[{i}][{j}]: {kind} \t {_proto(value, 0)}")


def _proto(value: Any, depth: int) -> str:
    """A value as protocol buffers print it, within its braces."""
    pad = "  " * depth
    if isinstance(value, list):
        inner = "".join(f"{pad}  values {{\n{_kind(one, depth + 2)}{pad}  }}\n" for one in value)
        return f"{{\n{inner}{pad}}}\n"
    lines = [
        f'{pad}  fields {{\n{pad}    key: "{key}"\n{pad}    value {{\n{_kind(one, depth + 3)}{pad}    }}\n{pad}  }}\n'
        for key, one in value.items()
    ]
    return f"{{\n{''.join(lines)}{pad}}}\n"


def _kind(value: Any, depth: int) -> str:
    pad = "  " * depth
    if isinstance(value, list | dict):
        return f"{pad}{'list' if isinstance(value, list) else 'struct'}_value {_proto(value, depth)}"
    if value is None:
        return f"{pad}null_value: NULL_VALUE\n"
    if isinstance(value, bool):
        return f"{pad}bool_value: {str(value).lower()}\n"
    if isinstance(value, str):
        return f'{pad}string_value: "{value}"\n'
    return f"{pad}number_value: {float(value)}\n"


def write_range(book: Book, sheet: Sheet, area: Area, rows: list[list[Any]], parse: bool) -> Written:
    """Write rows into a range. Only a range of one cell may be outgrown."""
    box = book.within_grid(sheet, area)
    height, width = len(rows), max((len(row) for row in rows), default=0)
    single = area.bottom is not None and area.right is not None and box.cells == 1
    if not single:
        _check_fits(sheet, area, box, height, width)
    covered = Box(box.top, box.top + height, box.left, box.left + width)
    if covered.bottom > sheet.row_count or covered.right > sheet.column_count:
        raise beyond_grid(sheet, Area(sheet.id, *covered))
    return write_rows(book, sheet, covered, rows, parse)


def _check_fits(sheet: Sheet, area: Area, box: Box, height: int, width: int) -> None:
    if area.bottom is not None and height > box.bottom - box.top:
        tried = f"row [{box.bottom + 1}]"
    elif area.right is not None and width > box.right - box.left:
        tried = f"column [{column_letters(box.right)}]"
    else:
        return
    within = a1_box(sheet.title, box)
    raise invalid(f"Requested writing within range [{within}], but tried writing to {tried}")


def write_rows(book: Book, sheet: Sheet, covered: Box, rows: list[list[Any]], parse: bool) -> Written:
    """Write rows at a place; null leaves a cell alone, an empty text clears it."""
    count = 0
    touched: set[int] = set()
    columns: set[int] = set()
    for row, values in enumerate(rows, start=covered.top):
        changes: dict[int, Cell] = {}
        for column, value in enumerate(values, start=covered.left):
            if value is not None:
                changes[column] = _written(book, sheet.cell(row, column), value, parse)
        if changes:
            count += len(changes)
            touched.add(row)
            columns.update(changes)
            sheet.put(row, changes)
    return Written(sheet, covered, count, frozenset(touched), frozenset(columns))


def _written(book: Book, old: Cell, value: Any, parse: bool) -> Cell:
    try:
        if isinstance(value, str):
            return _text(book, old, checked_text(value), parse)
    except Refusal as refusal:
        raise invalid(str(refusal)) from None
    return _with_value(old, plain_number(value) if isinstance(value, float) else value)


def _with_value(old: Cell, value: Scalar) -> Cell:
    """The cell with another value; its looks, note and rule stay."""
    return Cell(value) if old is EMPTY else Cell(value, None, old.format, old.note, old.rule)


def _text(book: Book, old: Cell, text: str, parse: bool) -> Cell:
    cell = _with_value(old, text or None)
    return typed_in(cell, text, book.locale) if parse and text else cell
