"""One save as one batch of requests: ticket, copies of the rows before, cells, new rows, history (X3).

Google applies the requests of a batch in order, and none of them if one is refused. The first two hand in the
ticket that was read and take the next: whoever decided on an older state is refused.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from gspread.utils import absolute_range_name, rowcol_to_a1

from services.store.interface import AUDIT, Cells
from services.store.sheets.audit import BEFORE, COLUMNS, Entry, before_line, length, lines_of
from services.store.sheets.cells import Raw, format_of, received, sent
from services.store.sheets.grid import Grid, Line
from services.store.sheets.settle import Spot

TICKET = "app_ticket"
HEADER_ROWS = 1
COPY_FROM = 2  # columns of `Rows before` that are not the copied row
VALUES = "userEnteredValue"
Request = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """A tab of the spreadsheet: Google's id of it, its title, and how large its grid is."""

    sheet_id: int
    title: str
    rows: int
    columns: int


@dataclass
class Batch:
    """What one change writes: cells of rows that are there, new rows, and what the history says of both.

    `entries` go with the row they touch, if any; `before` are those of them whose row is copied first.
    """

    old_mark: str
    mark: str
    entries: list[tuple[Entry, Spot | None]] = field(default_factory=list)
    writes: dict[Spot, Cells] = field(default_factory=dict)
    added: dict[str, list[Cells]] = field(default_factory=dict)
    more: list[Request] = field(default_factory=list)
    """Requests of a repair that touch no row: a heading, a tab's name, the locale."""

    @property
    def copied(self) -> list[tuple[Entry, Spot]]:
        """The entries whose row is copied, in the order of their copies."""
        return [(entry, spot) for entry, spot in self.entries if spot is not None]

    def tabs(self) -> list[str]:
        """The registers it writes to."""
        return list(dict.fromkeys([*(register for register, _ in self.writes), *self.added]))


def requests(batch: Batch, book: Mapping[str, Place], grids: Mapping[str, Grid]) -> list[Request]:
    """The requests of a batch, in the order that keeps it safe."""
    audit, before = book[AUDIT], book[BEFORE]
    copied = batch.copied
    made = [*_ticket(batch, audit.sheet_id), _room(audit.sheet_id, length(e for e, _ in batch.entries))]
    if copied:
        width = COPY_FROM + max(grids[register].width for _, (register, _) in copied)
        if width > before.columns:
            made.append(wider(before.sheet_id, width - before.columns))
        made.append(_room(before.sheet_id, len(copied)))
        made += _copies(copied, before.sheet_id, book, grids)
    for register in batch.tabs():
        made += _cells(register, batch.writes, book[register].sheet_id, grids[register])
    for register, rows in batch.added.items():
        made.append(append_rows(rows, book[register].sheet_id, grids[register]))
    made += batch.more
    lines = [line for entry, _ in batch.entries for line in lines_of(entry)]
    made.append(_write(audit.sheet_id, HEADER_ROWS, 0, lines))
    if copied:
        heads = [before_line(entry, grids[register].places) for entry, (register, _) in copied]
        made.append(_write(before.sheet_id, HEADER_ROWS, 0, heads))
    return made


def _ticket(batch: Batch, sheet_id: int) -> list[Request]:
    return [{"deleteNamedRange": {"namedRangeId": batch.old_mark}}, add_ticket(batch.mark, sheet_id)]


def add_ticket(mark: str, sheet_id: int) -> Request:
    """The one named range whose id is the newest change's mark; its name is fixed, so there is only ever one."""
    header = {
        "sheetId": sheet_id,
        "startRowIndex": 0,
        "endRowIndex": 1,
        "startColumnIndex": 0,
        "endColumnIndex": len(COLUMNS),
    }
    return {"addNamedRange": {"namedRange": {"namedRangeId": mark, "name": TICKET, "range": header}}}


def _room(sheet_id: int, rows: int) -> Request:
    span = {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": 1, "endIndex": 1 + rows}
    return {"insertDimension": {"range": span, "inheritFromBefore": False}}


def wider(sheet_id: int, columns: int) -> Request:
    """More columns at the right edge of a tab."""
    return {"appendDimension": {"sheetId": sheet_id, "dimension": "COLUMNS", "length": columns}}


def _copies(
    copied: Sequence[tuple[Entry, Spot]], to: int, book: Mapping[str, Place], grids: Mapping[str, Grid]
) -> Iterator[Request]:
    """Rows that stand together are copied together."""
    spots = [spot for _, spot in copied]
    for start, end in _runs(spots):
        register, place = spots[start]
        width = grids[register].width
        source = _area(book[register].sheet_id, HEADER_ROWS + place, end - start, 0, width)
        target = _area(to, HEADER_ROWS + start, end - start, COPY_FROM, width)
        yield {"copyPaste": {"source": source, "destination": target, "pasteType": "PASTE_VALUES"}}


def _runs(spots: Sequence[Spot]) -> Iterator[tuple[int, int]]:
    """Stretches of rows of one register that follow each other, as (start, end) in the sequence."""
    start = 0
    for at, (before, here) in enumerate(pairwise(spots), start=1):
        if here != (before[0], before[1] + 1):
            yield start, at
            start = at
    if spots:
        yield start, len(spots)


def _cells(register: str, writes: Mapping[Spot, Cells], sheet_id: int, grid: Grid) -> Iterator[Request]:
    """Only the cells that change; the same columns of rows that stand together go in one request."""
    spots = [spot for spot in writes if spot[0] == register]
    for start, end in _alike(spots, writes):
        rows = [grid.raw(writes[spot]) for spot in spots[start:end]]
        for names in _together(grid, rows[0]):
            lines = [[row[name] for name in names] for row in rows]
            yield _write(sheet_id, HEADER_ROWS + spots[start][1], grid.places[names[0]], lines)


def _alike(spots: Sequence[Spot], writes: Mapping[Spot, Cells]) -> Iterator[tuple[int, int]]:
    for start, end in _runs(spots):
        begin = start
        for at in range(start + 1, end):
            if writes[spots[at]].keys() != writes[spots[begin]].keys():
                yield begin, at
                begin = at
        yield begin, end


def _together(grid: Grid, row: Iterable[str]) -> list[list[str]]:
    """The columns in the order of the sheet, those side by side together."""
    found: list[list[str]] = []
    for name in sorted(row, key=lambda name: grid.places[name]):
        if found and grid.places[found[-1][-1]] + 1 == grid.places[name]:
            found[-1].append(name)
        else:
            found.append([name])
    return found


def append_lines(lines: Sequence[Line], sheet_id: int) -> Request:
    """Rows as they are, below the last one that holds anything."""
    rows = [{"values": [sent(raw) for raw in line]} for line in lines]
    return {"appendCells": {"sheetId": sheet_id, "rows": rows, "fields": VALUES}}


def append_rows(rows: Sequence[Cells], sheet_id: int, grid: Grid) -> Request:
    """New rows below the last one that holds anything, each cell with its kind's format."""
    formats = {at: format_of(grid.tab.look(name).kind) for name, at in grid.places.items()}
    lines = [
        {"values": [sent(raw) | formats.get(at, {}) for at, raw in enumerate(grid.line(cells))]}
        for cells in rows
    ]
    fields = f"{VALUES},userEnteredFormat.numberFormat"
    return {"appendCells": {"sheetId": sheet_id, "rows": lines, "fields": fields}}


def _write(sheet_id: int, row: int, column: int, lines: Sequence[Sequence[Raw]]) -> Request:
    start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
    rows = [{"values": [sent(raw) for raw in line]} for line in lines]
    return {"updateCells": {"start": start, "rows": rows, "fields": VALUES}}


def _area(sheet_id: int, row: int, rows: int, column: int, columns: int) -> Request:
    return {
        "sheetId": sheet_id,
        "startRowIndex": row,
        "endRowIndex": row + rows,
        "startColumnIndex": column,
        "endColumnIndex": column + columns,
    }


# --- the answer ------------------------------------------------------------------------------------


def answer_ranges(batch: Batch, book: Mapping[str, Place], grids: Mapping[str, Grid]) -> list[str]:
    """What the answer shall bring along: the copied rows, and headings and rows written as they stand after."""
    found = []
    if copied := batch.copied:
        width = COPY_FROM + max(grids[register].width for _, (register, _) in copied)
        found.append(_range(book[BEFORE].title, HEADER_ROWS, len(copied), width))
    for register in batch.tabs():
        grid, title = grids[register], book[register].title
        found.append(_range(title, 0, 1, max(grid.width, len(grid.header))))
        spots = [spot for spot in batch.writes if spot[0] == register]
        for start, end in _runs(spots):
            found.append(_range(title, HEADER_ROWS + spots[start][1], end - start, grid.width))
    return found


def _range(title: str, row: int, rows: int, columns: int) -> str:
    corners = f"{rowcol_to_a1(row + 1, 1)}:{rowcol_to_a1(row + rows, columns)}"
    return absolute_range_name(title, corners)


@dataclass(frozen=True)
class Reply:
    """The rows that an answer brought along, by Google's id of the tab and the row's index, the heading being 0."""

    rows: Mapping[tuple[int, int], Line]

    def row(self, sheet_id: int, index: int) -> Line:
        """A row; blank where the answer has none."""
        return self.rows.get((sheet_id, index), ())


def reply_of(answer: Mapping[str, Any]) -> Reply:
    """The grid data of a `batchUpdate` answer."""
    rows: dict[tuple[int, int], Line] = {}
    for sheet in (answer.get("updatedSpreadsheet") or {}).get("sheets", ()):
        sheet_id = (sheet.get("properties") or {}).get("sheetId", 0)
        for data in sheet.get("data", ()):
            for offset, row in enumerate(data.get("rowData") or ()):
                line = [received(cell) for cell in row.get("values", ())]
                rows[(sheet_id, data.get("startRow", 0) + offset)] = line
    return Reply(rows)
