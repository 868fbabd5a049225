"""Reading the Audit tab, where the newest change stands on top (X4): one record's past, the latest changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from gspread.utils import rowcol_to_a1

from services.store.interface import Cells, Tab
from services.store.sheets.audit import COLUMNS, Entry, entries_of
from services.store.sheets.batch import Place
from services.store.sheets.cells import Raw
from services.store.sheets.ready import title_range
from services.store.sheets.wire import Connection

T = TypeVar("T")
FIRST_ROW = 2
MORE_AT_ONCE = 30
FEW_RECORDS = 5
LAST_ROW = 5_000_000
"""Beyond what a spreadsheet can hold: a range that goes so far goes to the end."""


@dataclass
class History:
    """The Audit tab of one spreadsheet. What was read is kept as long as `newest` change is still the newest."""

    connection: Connection
    place: Place
    tabs: dict[str, Tab]
    _kept: dict[object, object] = field(default_factory=dict)
    _kept_at: int = -1
    _records: int = 0

    def of_record(self, register: str, id_: str, newest: int) -> list[Cells]:
        """The changes of one record, newest first."""
        return self._keep(newest, ("record", register, id_), lambda: self._of_record(register, id_))

    def latest(self, limit: int, before: int | None, newest: int) -> list[Cells]:
        """The newest rows of changes numbered below `before`, whole changes only, newest first."""
        return self._keep(newest, ("latest", limit, before), lambda: self._latest(limit, before))

    def of_change(self, number: int) -> list[Entry]:
        """The entries of one change."""
        return self._where(("number",), lambda cells: cells == [str(number)])

    def operations(self) -> list[tuple[str, str, int]]:
        """(op id, digest, number) of every operation."""
        names = ("number", "op_id", "digest")
        rows = zip(*self._columns(names), strict=True)
        return [(op, digest, int(number)) for number, op, digest in rows if op and number.isdecimal()]

    def everything(self) -> list[Entry]:
        """All entries, in the order of the sheet."""
        return self._rows([(FIRST_ROW, LAST_ROW)])

    def _of_record(self, register: str, id_: str) -> list[Cells]:
        if self._records < FEW_RECORDS:
            self._records += 1
            found = self._where(("register", "row"), lambda cells: cells == [register, id_])
        else:
            found = self._by_record().get((register, id_), [])
        return [entry.cells for entry in newest_first(found)]

    def _by_record(self) -> dict[tuple[str, str], list[Entry]]:
        """The whole history by record, read once: somebody asks for many records, as the sheet check does."""

        def made() -> dict[tuple[str, str], list[Entry]]:
            found: dict[tuple[str, str], list[Entry]] = {}
            for entry in self.everything():
                found.setdefault((entry.cells["register"], entry.cells["row"]), []).append(entry)
            return found

        return self._keep(self._kept_at, "records", made)

    def _latest(self, limit: int, before: int | None) -> list[Cells]:
        first, depth = FIRST_ROW, max(limit, 1) + MORE_AT_ONCE
        if before is not None:
            first = self._first_below(before)
        while True:
            entries = self._rows([(first, first + depth - 1)])
            is_cut = len(entries) >= depth
            if is_cut:  # the oldest change read may go on below
                entries = [entry for entry in entries if entry.number > entries[-1].number]
            ordered = newest_first(entries)
            if len(ordered) >= limit or not is_cut:
                last = ordered[: max(limit, 1)][-1].number if ordered else 0
                return [entry.cells for entry in ordered if entry.number >= last]
            depth *= 4

    def _first_below(self, number: int) -> int:
        (numbers,) = self._columns(("number",))
        found = (
            at for at, text in enumerate(numbers, start=FIRST_ROW) if text.isdecimal() and int(text) < number
        )
        return next(found, FIRST_ROW + len(numbers))

    def _where(self, names: Sequence[str], is_wanted: Callable[[list[str]], bool]) -> list[Entry]:
        """The entries with such cells; rows may move down meanwhile, so those read are looked at again."""
        rows = [list(cells) for cells in zip(*self._columns(names), strict=True)]
        wanted = [at for at, cells in enumerate(rows, start=FIRST_ROW) if is_wanted(cells)]
        found = [entry for entry in self._rows(_spans(wanted)) if is_wanted([entry.cells[n] for n in names])]
        if len({entry.id for entry in found}) < len(wanted):
            return [entry for entry in self.everything() if is_wanted([entry.cells[n] for n in names])]
        return found

    def _columns(self, names: Sequence[str]) -> list[list[str]]:
        letters = [rowcol_to_a1(1, COLUMNS.index(name) + 1)[:-1] for name in names]
        ranges = [title_range(self.place, f"{each}{FIRST_ROW}:{each}") for each in letters]
        read = [[_first(line) for line in lines] for lines in self.connection.values(ranges)]
        longest = max(map(len, read), default=0)
        return [column + [""] * (longest - len(column)) for column in read]

    def _rows(self, spans: Sequence[tuple[int, int]]) -> list[Entry]:
        if not spans:
            return []
        ranges = [title_range(self.place, f"{first}:{last}") for first, last in spans]
        lines = [line for found in self.connection.values(ranges) for line in found]
        return entries_of(lines, [], self.tabs)

    def _keep(self, newest: int, key: object, make: Callable[[], T]) -> T:
        if self._kept_at != newest:
            self._kept.clear()
            self._kept_at, self._records = newest, 0
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]  # type: ignore[return-value]


def newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """By change and by place in it."""
    return sorted(entries, key=lambda entry: (-entry.number, -entry.count))


def _first(line: Sequence[Raw]) -> str:
    return str(line[0]) if line else ""


def _spans(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows that follow each other, as (first, last)."""
    spans: list[tuple[int, int]] = []
    for row in rows:
        if spans and spans[-1][1] + 1 == row:
            spans[-1] = (spans[-1][0], row)
        else:
            spans.append((row, row))
    return spans
