"""The workbook as one process holds it: read and checked once, shared by all visitors (design 4).

Holds every programme's rows and nobody's view: `services.records` filters by actor afterwards. A commit
patches it from the receipt; another process's change is read alone; only an edit made outside re-reads all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import RLock
from typing import Any, TypeVar

from schemas.column import Column, Register, Row
from schemas.errors import Problem
from schemas.frames import faults
from schemas.kinds import Unreadable
from schemas.registers import BY_TAB, REGISTERS
from services.seals import Sealed, Seals
from services.store.interface import Cells, Receipt, Store, Tab

T = TypeVar("T")


def tabs() -> tuple[Tab, ...]:
    """What the store needs to know of the registers."""
    return tuple(Tab(register.tab, tuple(register.columns)) for register in REGISTERS)


@dataclass(frozen=True)
class Table:
    """One register's good rows by id, its wrong cells, and indexes made on first use."""

    register: type[Register]
    rows: Mapping[str, Row]
    problems: tuple[Problem, ...] = ()
    wrong: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    version: int = 0
    _indexes: dict[str, dict[Any, dict[str, Row]]] = field(default_factory=dict)

    def where(self, column: str, value: Any) -> Iterable[Row]:
        """The rows with that value in that column; by an index, except for blank and yes or no.

        Half the register stands in such a bucket: copying it at each save would cost more than it saves.
        """
        if value is None or isinstance(value, bool):
            return [row for row in self.rows.values() if row.get(column) is value]
        return self._index(column).get(value, {}).values()

    def _index(self, column: str) -> dict[Any, dict[str, Row]]:
        if column not in self._indexes:
            index: dict[Any, dict[str, Row]] = {}
            for id_, row in self.rows.items():
                if row[column] is not None:
                    index.setdefault(row[column], {})[id_] = row
            self._indexes[column] = index
        return self._indexes[column]

    def patched(
        self, changed: Sequence[Row], wrong: Mapping[str, tuple[Problem, ...]], version: int
    ) -> "Table":
        """A new table with those rows in place of their former selves; unchanged indexes are kept."""
        touched = {row.id for row in changed} | set(wrong)
        rows = {**self.rows, **{row.id: row for row in changed}}
        for id_ in wrong:
            rows.pop(id_, None)
        all_wrong = {id_: said for id_, said in self.wrong.items() if id_ not in touched} | dict(wrong)
        indexes = {name: self._moved(name, index, touched, changed) for name, index in self._indexes.items()}
        problems = tuple(problem for said in all_wrong.values() for problem in said)
        return Table(self.register, rows, problems, all_wrong, version, indexes)

    def _moved(
        self, column: str, index: dict[Any, dict[str, Row]], touched: set[str], changed: Sequence[Row]
    ) -> dict[Any, dict[str, Row]]:
        moved = dict(index)
        for id_ in (each for each in touched if each in self.rows):
            value = self.rows[id_][column]
            if value is not None:
                moved[value] = {key: row for key, row in moved[value].items() if key != id_}
        for row in changed:
            if row[column] is not None:
                moved[row[column]] = {**moved.get(row[column], {}), row.id: row}
        return moved


class Workbook:
    """The registers of one store, with the seals that open their sealed cells."""

    def __init__(self, store: Store, seals: Seals) -> None:
        self.store, self.seals = store, seals
        self._lock = RLock()
        self._tables: dict[str, Table] = {}
        self._number: int | None = None
        self._read_at: datetime | None = None
        self._derived: dict[Any, tuple[Any, Any]] = {}

    @property
    def read_at(self) -> datetime | None:
        """When the rows shown were read."""
        return self._read_at

    def table(self, tab: str) -> Table:
        """One register as last read; reads the workbook on first use."""
        if not self._tables:
            self.refresh()
        return self._tables[tab]

    def refresh(self) -> None:
        """Bring the tables up to the store: nothing where nothing changed, else only what did."""
        with self._lock:
            number = self.store.number()
            if self._tables and number is not None and number == self._number:
                return
            reading = self.store.read(*BY_TAB, since=self._number if self._tables else None)
            for tab, cells in reading.rows.items():
                self._take(tab, cells, whole=reading.whole, version=reading.number)
            self._number, self._read_at = reading.number, reading.at

    def take(self, receipt: Receipt) -> None:
        """Patch the tables from one's own commit, without reading."""
        by_tab: dict[str, list[Cells]] = {}
        for tab, cells in receipt.saved:
            by_tab.setdefault(tab, []).append(cells)
        with self._lock:
            if not self._tables or (self._number is not None and receipt.number > self._number + 1):
                self.refresh()
                return
            for tab, cells_of in by_tab.items():
                self._take(tab, cells_of, whole=False, version=receipt.number)
            self._number = max(self._number or 0, receipt.number)

    def derived(self, name: str, tabs_used: Sequence[str], programme: str, make: Callable[[], T]) -> T:
        """A value worked out from whole registers, kept until one of them changes."""
        versions = tuple(self.table(tab).version for tab in tabs_used)
        key = (name, programme)
        kept = self._derived.get(key)
        if kept is None or kept[0] != versions:
            kept = (versions, make())
            self._derived[key] = kept
        value: T = kept[1]
        return value

    def of(self, tab: str, programme: str) -> Mapping[str, Row]:
        """One programme's rows of a register, archived ones left out, by id."""
        table = self.table(tab)

        def sift() -> dict[str, Row]:
            return {
                id_: row
                for id_, row in table.rows.items()
                if row["programme"] == programme and row["_archived"] is None
            }

        return self.derived(f"rows of {tab}", [tab], programme, sift)

    def _take(self, tab: str, cells: Sequence[Cells], *, whole: bool, version: int) -> None:
        if not cells and not whole:
            return
        good, wrong = read_rows(BY_TAB[tab], cells)
        before = None if whole else self._tables.get(tab)
        empty = Table(BY_TAB[tab], {})
        self._tables[tab] = (before or empty).patched(good, wrong, version)


def read_rows(
    register: type[Register], cells_of: Sequence[Cells]
) -> tuple[list[Row], dict[str, tuple[Problem, ...]]]:
    """Typed rows, and by id the problems of the rows that have any: one bad cell hides nobody else's.

    `Problem.row` is the place in the tab, the header being row 1.
    """
    wrong: dict[str, list[Problem]] = {}
    rows, places = [], []
    reader = CellReader(register)
    for place, cells in enumerate(cells_of, start=2):
        row, problems = reader.row(cells, place)
        if problems:
            wrong.setdefault(row.id, []).extend(problems)
        else:
            rows.append(row)
            places.append(place)
    for problem in faults(register, rows):
        position = problem.row or 0
        placed = Problem(problem.field, problem.words, places[position], problem.register, problem.value)
        wrong.setdefault(rows[position].id, []).append(placed)
    return [row for row in rows if row.id not in wrong], {id_: tuple(said) for id_, said in wrong.items()}


class CellReader:
    """Reads cells by kind, remembering texts it has read: registers repeat themselves."""

    def __init__(self, register: type[Register]) -> None:
        self.columns = list(register.columns.values())
        self.known: dict[str, dict[str, Any]] = {name: {"": None} for name in register.columns}

    def row(self, cells: Cells, place: int) -> tuple[Row, list[Problem]]:
        values, problems = Row(), []
        for column in self.columns:
            cell = cells.get(column.name, "")
            known = self.known[column.name]
            try:
                value = known[cell] if cell in known else known.setdefault(cell, _read(column, cell))
            except Unreadable as error:
                value = None
                problems.append(column.problem(error.words, place, cell))
            values[column.name] = value
        return values, problems


def _read(column: Column, cell: str) -> Any:
    return Sealed(cell) if column.sealed else column.read(cell)
