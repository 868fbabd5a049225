"""The workbook as one process holds it: read and checked once, shared by all visitors (design 4).

Holds every programme's rows and nobody's view: `services.records` filters by actor afterwards. A commit
patches it from the receipt; another process's change is read alone; only an edit made outside re-reads all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from schemas.column import Column, Register, Row
from schemas.errors import Problem, StoreUnavailable
from schemas.frames import faults
from schemas.kinds import Unreadable
from schemas.registers import BY_TAB, REGISTERS
from services.seals import Sealed, Seals
from services.store.interface import Cells, Look, Receipt, Store, Tab

T = TypeVar("T")


def tabs() -> tuple[Tab, ...]:
    """What the store needs to know of the registers, and what a spreadsheet shows of them."""
    return tuple(
        Tab(register.tab, tuple(register.columns), _looks(register), tuple(register.label.split()))
        for register in REGISTERS
    )


def _looks(register: type[Register]) -> dict[str, Look]:
    """Headings and choices are English in the sheet, whoever reads it (design 5)."""
    return {
        name: Look(
            column.title,
            "text" if column.sealed else column.kind.value,
            column.choices,
            column.help,
            column.to,
        )
        for name, column in register.columns.items()
    }


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
        self._reading = Lock()
        self._tables: dict[str, Table] = {}
        self._broken: Mapping[str, StoreUnavailable] = {}
        self._edition: int | None = None
        self._version = 0
        self._read_at: datetime | None = None
        self._trouble: StoreUnavailable | None = None
        self._derived: dict[Any, tuple[Any, Any]] = {}

    @property
    def read_at(self) -> datetime | None:
        """When the rows shown were read."""
        return self._read_at

    @property
    def trouble(self) -> StoreUnavailable | None:
        """Why the rows shown could not be read again just now; `None` where they are up to date."""
        return self._trouble

    @property
    def broken(self) -> Mapping[str, StoreUnavailable]:
        """Registers whose tab or columns somebody must mend before they can be read or written."""
        return self._broken

    def table(self, tab: str) -> Table:
        """One register as last read; reads the workbook on first use."""
        if not self._tables:
            self.refresh()
        if tab not in self._tables and tab in self._broken:
            raise self._broken[tab]
        return self._tables[tab]

    def refresh(self, *, wait: bool = False) -> None:
        """Bring the tables up to the store: nothing where nothing changed, else only what did.

        Where the store can't be reached the last good copy stays, and `trouble` says so. Nobody waits for a
        reading that another visitor has begun, unless they must.
        """
        if not self._reading.acquire(blocking=wait or not self._tables):
            return
        try:
            self._read_changes()
            self._trouble = None
        except StoreUnavailable as error:
            if not self._tables:
                raise
            self._trouble = error
        finally:
            self._reading.release()

    def _read_changes(self) -> None:
        edition = self.store.edition() if self._tables else None
        if edition is not None and edition == self._edition:
            return
        reading = self.store.read(*BY_TAB, since=self._edition if self._tables else None)
        self._version += 1
        for tab, cells in reading.rows.items():
            self._take(tab, cells, whole=reading.whole)
        self._broken = reading.broken
        self._edition, self._read_at = reading.edition, reading.at

    def take(self, receipt: Receipt) -> None:
        """Patch the tables from one's own commit, without reading."""
        by_tab: dict[str, list[Cells]] = {}
        for tab, cells in receipt.saved:
            by_tab.setdefault(tab, []).append(cells)
        with self._reading:
            if self._tables and receipt.follows == self._edition:
                self._version += 1
                for tab, cells_of in by_tab.items():
                    self._take(tab, cells_of, whole=False)
                self._edition = receipt.edition
                return
        self.refresh(wait=True)

    def look_again(self) -> None:
        """Read everything anew and forget what was worked out: an erased person is in no memory either (X6)."""
        with self._reading:
            self._edition, self._derived = None, {}
        self.store.look_again()
        self.refresh(wait=True)

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

    def _take(self, tab: str, cells: Sequence[Cells], *, whole: bool) -> None:
        if not cells and not whole:
            return
        good, wrong = read_rows(BY_TAB[tab], cells)
        before = None if whole else self._tables.get(tab)
        empty = Table(BY_TAB[tab], {})
        self._tables[tab] = (before or empty).patched(good, wrong, self._version)


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
