"""Everything in the spreadsheet that a sheet check looks at, read in three calls at most (X2).

Cells are read as they were entered, so that a formula shows itself; values are asked for besides only where a tab
has something that looks like one. Of the history only short columns are read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gspread.utils import rowcol_to_a1

from services.store.interface import AUDIT, Cells, Tab
from services.store.sheets import ready
from services.store.sheets.audit import COLUMNS
from services.store.sheets.cells import Raw
from services.store.sheets.grid import Grid, Line
from services.store.sheets.wire import Connection

MORE_FIELDS = ("merges", "data(rowMetadata(hiddenByUser,hiddenByFilter))")
AUDIT_READ = ("_id", "programme", "action", "why", "register", "row", "of")


@dataclass(frozen=True)
class Inspection:
    """The spreadsheet as it stood: its description, our tabs, what each cell was entered as, the history's columns.

    `entered` has, per tab and row below the heading, the cells as entered where any of the tab begins with `=`.
    `audit` is the history as it stands, newest on top; `deleted` are (register, id) of rows that this process held
    and that are gone, with nothing said about them in the history yet.
    """

    at: datetime
    description: Mapping[str, Any]
    found: ready.Found
    grids: Mapping[str, Grid]
    entered: Mapping[str, Sequence[Line]]
    audit: Sequence[Cells]
    deleted: frozenset[tuple[str, str]] = frozenset()
    account: str = ""

    def sheet(self, name: str) -> Mapping[str, Any]:
        """The description of one of our tabs."""
        wanted = self.found.book[name].sheet_id
        sheets: Sequence[Mapping[str, Any]] = self.description["sheets"]
        return next(sheet for sheet in sheets if sheet["properties"].get("sheetId", 0) == wanted)

    def formula(self, name: str, place: int, column: int) -> str:
        """What was entered into a cell where that is a formula; its result is not what was entered."""
        lines = self.entered.get(name, ())
        entered = _cell(lines[place], column) if place < len(lines) else ""
        value = _cell(self.grids[name].lines[place], column)
        return entered if isinstance(entered, str) and entered.startswith("=") and entered != value else ""


def inspect(
    connection: Connection,
    tabs: Mapping[str, Tab],
    names: Iterable[str],
    at: datetime,
    deleted: Iterable[tuple[str, str]] = (),
) -> Inspection:
    """Read the named registers and the history; those whose tab is gone are left out."""
    description = connection.describe(*MORE_FIELDS)
    found = ready.find(description, [*ready.OWN_TABS, *tabs.values()])
    there = [name for name in names if name in found.book]
    lines, audit = _as_entered(connection, found, there)
    suspects = [name for name in there if _has_formulas(lines[name])]
    values = _values(connection, found, suspects)
    grids = {
        name: Grid(tabs[name], rows[0] if rows else [], list(rows[1:]))
        for name in there
        for rows in [values.get(name, lines[name])]
    }
    entered = {name: lines[name][1:] for name in suspects if _is_aligned(lines[name], values[name])}
    return Inspection(at, description, found, grids, entered, audit, frozenset(deleted), connection.account)


def _as_entered(
    connection: Connection, found: ready.Found, names: Sequence[str]
) -> tuple[dict[str, list[list[Raw]]], list[Cells]]:
    tabs = [ready.title_range(found.book[name]) for name in names]
    read = connection.values([*_audit_ranges(found), *tabs], formulas=True)
    count = len(read) - len(tabs)
    return dict(zip(names, read[count:], strict=True)), _audit(read[:count])


def _audit_ranges(found: ready.Found) -> list[str]:
    if AUDIT not in found.book:
        return []
    letters = [rowcol_to_a1(1, COLUMNS.index(name) + 1)[:-1] for name in AUDIT_READ]
    return [ready.title_range(found.book[AUDIT], f"{letter}2:{letter}") for letter in letters]


def _audit(columns: Sequence[Sequence[Sequence[Raw]]]) -> list[Cells]:
    """Rows of the history by column; a column whose last cells are blank comes shorter."""
    length = max(map(len, columns), default=0)
    texts = [[str(_cell(line, 0)) for line in lines] + [""] * (length - len(lines)) for lines in columns]
    return [dict(zip(AUDIT_READ, row, strict=True)) for row in zip(*texts, strict=True)]


def _values(connection: Connection, found: ready.Found, names: Sequence[str]) -> dict[str, list[list[Raw]]]:
    if not names:
        return {}
    read = connection.values([ready.title_range(found.book[name]) for name in names])
    return dict(zip(names, read, strict=True))


def _has_formulas(lines: Sequence[Line]) -> bool:
    return any(isinstance(raw, str) and raw.startswith("=") for line in lines for raw in line)


def _is_aligned(entered: Sequence[Line], values: Sequence[Line]) -> bool:
    """Whether nobody moved a row between the two readings, as far as what was entered plainly shows."""
    if len(entered) < len(values):
        return False
    pairs = (
        (one, other)
        for line, seen in zip(entered, values, strict=False)
        for one, other in zip(line, seen, strict=False)
    )
    return all(one == other or (isinstance(one, str) and one.startswith("=")) for one, other in pairs)


def _cell(line: Line, column: int) -> Raw:
    return line[column] if column < len(line) else ""
