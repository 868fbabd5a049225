"""One tab: its grid of cells and everything that hangs on it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.sheets_standin.areas import Area, Box
from tests.sheets_standin.cells import EMPTY, Cell, Row
from tests.sheets_standin.defaults import COLUMNS, ROWS

Json = dict[str, Any]
_NO_CELLS: Row = {}
Move = Callable[[int | None, int | None], tuple[int | None, int | None] | None]
"""Where a span goes when rows or columns come, go or move; None when it is gone."""

THINGS = (
    "conditionalFormats",
    "filterViews",
    "protectedRanges",
    "charts",
    "bandedRanges",
    "developerMetadata",
    "rowGroups",
    "columnGroups",
    "slicers",
    "tables",
)


class Sheet:
    """A tab. Rows are lists of small dicts that are replaced, never changed, so a copy is shallow."""

    __slots__ = (
        "cells",
        "column_count",
        "filter",
        "grid",
        "id",
        "look",
        "merges",
        "row_count",
        "sizes",
        "things",
        "title",
    )

    def __init__(self, number: int, title: str, rows: int = ROWS, columns: int = COLUMNS):
        self.id, self.title = number, title
        self.row_count, self.column_count = rows, columns
        self.grid: Json = {}
        """Other gridProperties: frozenRowCount, hideGridlines, ..."""
        self.look: Json = {}
        """Other properties: hidden, tabColorStyle, rightToLeft, ..."""
        self.cells: list[Row] = []
        self.merges: tuple[Area, ...] = ()
        self.filter: Json | None = None
        self.sizes: tuple[dict[int, Json], dict[int, Json]] = ({}, {})
        """DimensionProperties that are not the default: of rows, of columns."""
        self.things: dict[str, tuple[Json, ...]] = {}
        """Lists of Google's own things by their name in Sheet; each thing is replaced, never changed."""

    def clone(self) -> "Sheet":
        """A tab that can be changed without changing this one."""
        made = Sheet.__new__(Sheet)
        made.id, made.title, made.row_count, made.column_count = (
            self.id,
            self.title,
            self.row_count,
            self.column_count,
        )
        made.grid, made.look = self.grid.copy(), self.look.copy()
        made.cells, made.merges, made.filter = self.cells.copy(), self.merges, self.filter
        made.sizes = (self.sizes[0].copy(), self.sizes[1].copy())
        made.things = self.things.copy()
        return made

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place (0-based); EMPTY where nothing is."""
        return self.cells[row].get(column, EMPTY) if row < len(self.cells) else EMPTY

    def row(self, row: int) -> Mapping[int, Cell]:
        """The cells of a row by column."""
        return self.cells[row] if row < len(self.cells) else {}

    def put(self, row: int, changes: Mapping[int, Cell]) -> None:
        """Replace cells of one row."""
        while len(self.cells) <= row:
            self.cells.append({})
        made = {**self.cells[row], **changes}
        for column, cell in changes.items():
            if cell == EMPTY:
                del made[column]
        self.cells[row] = made

    def change(self, box: Box, how: Callable[[Cell], Cell]) -> None:
        """Replace each cell of a rectangle; `how` gives the same cell for the same cell."""
        self.cells.extend(_NO_CELLS for _ in range(box.bottom - len(self.cells)))
        self._replace_rows(box, lambda row: {c: how(row.get(c, EMPTY)) for c in range(box.left, box.right)})

    def change_present(self, box: Box, how: Callable[[Cell], Cell]) -> None:
        """Replace each cell of a rectangle that has anything at all; `how` gives the same for the same."""
        self._replace_rows(
            box, lambda row: {c: how(cell) for c, cell in row.items() if box.left <= c < box.right}
        )

    def _replace_rows(self, box: Box, changes: Callable[[Row], Row]) -> None:
        """Rows that are one and the same, as blank ones are, are worked out once and stay one and the same."""
        made: dict[int, Row] = {}
        for at in range(box.top, min(box.bottom, len(self.cells))):
            row = self.cells[at]
            if id(row) not in made:
                new = changes(row)
                made[id(row)] = {
                    c: cell for c, cell in {**row, **new}.items() if c not in new or cell != EMPTY
                }
            self.cells[at] = made[id(row)]

    def last_row(self) -> int:
        """The number of rows up to the last one in which something is written."""
        for row in range(len(self.cells) - 1, -1, -1):
            if any(not cell.blank for cell in self.cells[row].values()):
                return row + 1
        return 0

    @property
    def whole(self) -> Box:
        return Box(0, self.row_count, 0, self.column_count)

    def count(self, rows: bool) -> int:
        """How many rows or columns the grid has."""
        return self.row_count if rows else self.column_count

    def resize(self, rows: int, columns: int) -> None:
        """Grow or cut the grid; what stood beyond the cut is gone."""
        del self.cells[rows:]
        if columns < self.column_count:
            self.cells = [{c: cell for c, cell in row.items() if c < columns} for row in self.cells]
        self.row_count, self.column_count = rows, columns

    def insert(self, rows: bool, start: int, count: int, before: bool) -> None:
        """Put empty rows or columns in; they take the formats of the line before or after them."""
        source = start - 1 if before else start
        if rows:
            blank = _formats(self.row(source)) if source >= 0 else {}
            if start < len(self.cells) or blank:
                self.cells.extend({} for _ in range(start - len(self.cells)))
                self.cells[start:start] = [blank] * count
            self.row_count += count
        else:
            self.cells = [_with_columns(row, start, count, source) for row in self.cells]
            self.column_count += count
        self._sizes_move(rows, lambda at: at + count if at >= start else at)

    def delete(self, rows: bool, start: int, end: int) -> None:
        """Take rows or columns out."""
        if rows:
            del self.cells[start:end]
            self.row_count -= end - start
        else:
            gone = end - start
            self.cells = [
                {(c if c < start else c - gone): x for c, x in row.items() if not start <= c < end}
                for row in self.cells
            ]
            self.column_count -= gone
        self._sizes_move(rows, lambda at: None if start <= at < end else at - (end - start) * (at >= end))

    def move(self, rows: bool, start: int, end: int, to: int) -> None:
        """Move rows or columns to before the one that is number `to` now."""
        order = moved_order(self.count(rows), start, end, to)
        where = {old: new for new, old in enumerate(order)}
        if rows:
            self.cells.extend({} for _ in range(self.row_count - len(self.cells)))
            self.cells = [self.cells[old] for old in order]
        else:
            self.cells = [{where[c]: cell for c, cell in row.items()} for row in self.cells]
        self._sizes_move(rows, lambda at: where.get(at))

    def _sizes_move(self, rows: bool, where: Callable[[int], int | None]) -> None:
        side = 0 if rows else 1
        found = {where(at): size for at, size in self.sizes[side].items()}
        kept = {at: size for at, size in found.items() if at is not None}
        self.sizes = (kept, self.sizes[1]) if rows else (self.sizes[0], kept)


def moved_order(count: int, start: int, end: int, to: int) -> list[int]:
    """The old numbers in their new order."""
    block = list(range(start, end))
    if to >= end:
        return [*range(start), *range(end, to), *block, *range(to, count)]
    return [*range(to), *block, *range(to, start), *range(end, count)]


def _formats(row: Mapping[int, Cell]) -> Row:
    """An empty row with another's formats and rules."""
    kept = {c: Cell(format=cell.format, rule=cell.rule) for c, cell in row.items()}
    return {c: cell for c, cell in kept.items() if cell != EMPTY}


def _with_columns(row: Row, start: int, count: int, source: int) -> Row:
    made = {(c + count if c >= start else c): cell for c, cell in row.items()}
    pattern = row.get(source, EMPTY)
    blank = Cell(format=pattern.format, rule=pattern.rule)
    if blank != EMPTY:
        made.update(dict.fromkeys(range(start, start + count), blank))
    return made


def inserted(start: int, count: int) -> Move:
    """How spans move when `count` lines come in at `start`."""

    def move(first: int | None, end: int | None) -> tuple[int | None, int | None]:
        shifted = None if first is None else first + count if first >= start else first
        return shifted, None if end is None else end + count if end > start else end

    return move


def deleted(start: int, end: int) -> Move:
    """How spans move when lines go out; a span wholly inside goes too."""

    def shrink(at: int) -> int:
        return at if at <= start else max(start, at - (end - start))

    def move(first: int | None, last: int | None) -> tuple[int | None, int | None] | None:
        new_first = None if first is None else shrink(first)
        new_last = None if last is None else shrink(last)
        if last is not None and new_last == (new_first or 0):
            return None
        return new_first, new_last

    return move


def shuffled(order: Iterable[int]) -> Move:
    """How spans move when lines change places: with their own lines where those stay together."""
    where = {old: new for new, old in enumerate(order)}

    def move(first: int | None, last: int | None) -> tuple[int | None, int | None]:
        if first is None or last is None or last - first > 10_000:
            return first, last
        places = [where.get(at, at) for at in range(first, last)]
        if places and max(places) - min(places) == len(places) - 1:
            return min(places), max(places) + 1
        return first, last

    return move
