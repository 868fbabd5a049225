"""The workbook as a Google spreadsheet (X1): the same promises as the other engines, people editing it by hand."""

import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import RLock
from typing import Any, TypeVar

from schemas.errors import UnknownOutcome
from services.store.changes import instant, mark
from services.store.interface import (
    AUDIT,
    Cells,
    Change,
    Erasure,
    Fresh,
    Needs,
    NotEmpty,
    Operation,
    Reading,
    Receipt,
    Tab,
)
from services.store.sheets import filling, ready, troubles
from services.store.sheets.asks import (
    Ask,
    FindTicket,
    Inspect,
    ListOps,
    Look,
    Lost,
    PutTicket,
    Refused,
    Rest,
    Seen,
    Send,
    Unreachable,
    mark_of,
)
from services.store.sheets.audit import BEFORE, entries_of
from services.store.sheets.batch import Place, add_ticket, answer_ranges, reply_of, requests
from services.store.sheets.cells import Raw
from services.store.sheets.check import Finding, Repair
from services.store.sheets.grid import Grid
from services.store.sheets.history import History, newest_first
from services.store.sheets.inspection import Inspection, inspect
from services.store.sheets.looking import DEPTH, Looking
from services.store.sheets.memory import Edit, Memory, notes
from services.store.sheets.mending import Repairing, nothing
from services.store.sheets.names import called
from services.store.sheets.protocol import Save
from services.store.sheets.wire import OPEN_CALL_SECONDS, OPEN_SECONDS, SAVE_SECONDS, Connection, rest, within

T = TypeVar("T")
FRESH_SECONDS = 15.0
QUICK_READ_SECONDS = 0.75
"""A large workbook is read less often: a reading of 5 seconds holds for 100."""
DOWN_SECONDS = 5.0
OPENING_TRIES = 4


@dataclass(eq=False)
class SheetsStore:
    """One spreadsheet. Saves of this process go one after the other; readers never wait for them."""

    connection: Connection
    clock: Callable[[], datetime]
    fresh_seconds: float = FRESH_SECONDS
    save_seconds: float = SAVE_SECONDS
    memory: Memory = field(default_factory=Memory)
    tabs: dict[str, Tab] = field(default_factory=dict)
    found: ready.Found | None = None
    _saving: Any = field(default_factory=RLock)
    _reading: Any = field(default_factory=RLock)
    _read_at: dict[str, tuple[float, datetime]] = field(default_factory=dict)
    _read_seconds: float = 0.0
    _down_until: float = 0.0
    _past: History | None = None

    # --- opening -----------------------------------------------------------------------------------

    def open(self, tabs: Sequence[Tab]) -> None:
        """Find our tabs; make those, and columns, that this spreadsheet never had."""
        _refuse_alike(tabs)
        self.tabs = {tab.name: tab for tab in tabs if tab.name != AUDIT}
        with within(OPEN_SECONDS, OPEN_CALL_SECONDS):
            for _ in range(OPENING_TRIES):
                try:
                    if self._open_once():
                        return
                except (Refused, Lost):  # somebody else is opening it too: look again
                    rest(0.5)
                except Unreachable as error:
                    raise error.error from error
        raise troubles.busy()

    def _open_once(self) -> bool:
        found = self._find()
        made = ready.missing_tabs(found, self._ours())
        if not made and found.ticket is None and AUDIT in found.book:
            made = [add_ticket(mark_of(self._look(Look((), DEPTH), found)), found.book[AUDIT].sheet_id)]
        if made:
            self.connection.batch(made)
            return False
        made = [*ready.missing_columns(found, self._headers(found)), *ready.old_copies(found)]
        if made:
            self.connection.batch(made)
            return False
        self.found = found
        self.memory.book = found.book
        return True

    def _find(self) -> ready.Found:
        return ready.find(self.connection.describe(), self._ours())

    def _ours(self) -> list[Tab]:
        return [*ready.OWN_TABS, *self.tabs.values()]

    def _headers(self, found: ready.Found) -> dict[str, Grid]:
        names = [name for name in self.tabs if name in found.book]
        read = self.connection.values([ready.title_range(found.book[name], "1:1") for name in names])
        return {
            name: Grid(self.tabs[name], rows[0] if rows else [], [])
            for name, rows in zip(names, read, strict=True)
        }

    def close(self) -> None:
        """Let go of the connection."""
        self.connection.wire.session.close()

    # --- reading -----------------------------------------------------------------------------------

    def number(self) -> int:
        """The newest change's number; asks Google only where nothing was read for a while."""
        if not self._is_fresh(()):
            self._refresh(())
        return self.memory.newest

    def edition(self) -> int | None:
        """The state that is held, as long as it is fresh enough to be shown without asking Google."""
        names = [name for name in self.tabs if name in self.memory.tabs]
        return self.memory.edition if names and self._is_fresh(names) else None

    def held(self, register: str) -> tuple[Cells, ...] | None:
        """A register's last good reading."""
        return self._rows(register) if register in self.memory.tabs else None

    def look_again(self) -> None:
        """The next reading goes to Google."""
        self._read_at.clear()

    def read(self, *registers: str, since: int | None = None) -> Reading:
        """The named registers; from memory while they are fresh, else all asked for in one call."""
        for name in registers:
            if name != AUDIT and name not in self.tabs:
                raise ValueError(f"no register {name!r} in this workbook")
        names = [name for name in registers if name != AUDIT]
        if not self._is_fresh(names):
            self._refresh(names)
        with self.memory.lock:
            held = [name for name in names if name in self.memory.tabs]
            changed = None if since is None else self.memory.since(held, since)
            rows = {name: self._rows(name) for name in held} if changed is None else changed
            broken = {name: fault for name, fault in self.memory.broken.items() if name in names}
            number, edition = self.memory.newest, self.memory.edition
        if AUDIT in registers:
            rows[AUDIT] = tuple(
                reversed([e.cells for e in newest_first(self._ask(self._history().everything))])
            )
        at = min((self._read_at[name][1] for name in held if name in self._read_at), default=self.clock())
        return Reading(number, at, rows, changed is None, edition, broken)

    def _rows(self, name: str) -> tuple[Cells, ...]:
        with self.memory.lock:
            grid = self.memory.tabs[name].grid
            return tuple(dict(grid.cells(place)) for place in grid.filled())

    def _is_fresh(self, names: Sequence[str]) -> bool:
        longest = self.fresh_seconds * max(1, self._read_seconds / QUICK_READ_SECONDS)
        oldest = time.monotonic() - longest
        return all(self._read_at.get(name, (float("-inf"),))[0] > oldest for name in (*names, AUDIT))

    def _may_append_unread(self, name: str) -> bool:
        """Whether a tab's headings were seen whole a moment ago: the answer shows whether they still stand."""
        return name in self.memory.tabs and name not in self.memory.broken and self._is_fresh((name,))

    def _refresh(self, names: Sequence[str]) -> None:
        """Read anew; where an earlier change is astray, settle it first."""
        looking = Looking(self.memory, self.tabs, self.clock, dict.fromkeys(names))
        with self._reading, within(OPEN_SECONDS, OPEN_CALL_SECONDS):
            started = time.monotonic()
            self._run(looking.look(), looking)
            self._read_seconds = time.monotonic() - started

    # --- saving ------------------------------------------------------------------------------------

    def commit(
        self, operation: Operation, needs: Needs, decide: Callable[[Fresh], Sequence[Change]]
    ) -> Receipt:
        """Decide on fresh rows and write, all or nothing; see `Store.commit`."""
        instant(operation.at)
        save = Save(
            self.memory,
            self.tabs,
            self.clock,
            operation=operation,
            needs=needs,
            decide=decide,
            is_fresh=self._may_append_unread,
        )
        seconds = max(self.save_seconds, 3 * self._read_seconds)
        with self._saving, within(seconds):
            receipt: Receipt = self._run(save.run(), save)
        return receipt

    def erase(self, operation: Operation, decide: Callable[[Fresh], Erasure]) -> Receipt:
        """Rewrite every row and the history without somebody; see `Store.erase`."""
        from services.store.sheets import erasing

        return erasing.erase(self, operation, decide)

    # --- a whole workbook at once --------------------------------------------------------------------

    def fill(self, rows: Mapping[str, Sequence[Cells]], audit: Sequence[Cells]) -> None:
        """Write a whole workbook into an empty spreadsheet, the ticket last; see `Store.fill`."""
        self.look_again()
        reading = self.read(*self.tabs)
        if reading.number or any(reading.rows.values()):
            raise NotEmpty
        by_id = {name: {cells["_id"]: cells for cells in cells_of} for name, cells_of in rows.items()}

        def call(register: str, id_: str) -> str:
            return called(self.tabs, lambda name, row: by_id.get(name, {}).get(row), register, id_)

        held = {name: self.memory.tabs[name].grid for name in rows}
        grids = {name: Grid(grid.tab, grid.header, [], call=call) for name, grid in held.items()}
        try:
            for request in filling.requests(rows, audit, self._book(), grids):
                self.connection.batch([request])
            if audit:
                self.connection.batch(filling.ticket(audit, self._book()))
        except (Refused, Lost) as error:
            raise troubles.broken_off() from error
        except Unreachable as error:
            raise error.error from error
        self.memory = Memory(book=self._book())
        self.look_again()

    # --- the sheet check ---------------------------------------------------------------------------

    def inspect(self, names: Sequence[str]) -> Inspection:
        """Everything a sheet check looks at, read from Google now."""
        with within(OPEN_SECONDS, OPEN_CALL_SECONDS):
            try:
                return self._inspect(names)
            except Unreachable as error:
                raise error.error from error
            except Refused as error:  # a tab was renamed between the calls
                raise troubles.busy() from error

    def _inspect(self, names: Sequence[str]) -> Inspection:
        deleted = [(edit.register, edit.row) for edit in self.memory.edits if not any(_news(edit))]
        return inspect(self.connection, self.tabs, names, self.clock(), deleted)

    def repair(
        self, operation: Operation, finding: Finding, repair: Repair, given: Mapping[str, str]
    ) -> Receipt:
        """Carry out one repair of the sheet check; refused where the place no longer says what was shown."""
        save = Repairing(
            self.memory,
            self.tabs,
            self.clock,
            operation=operation,
            needs=Needs(),
            decide=nothing,
            finding=finding,
            repair=repair,
            given=given,
        )
        try:
            with self._saving, within(OPEN_SECONDS, OPEN_CALL_SECONDS):
                receipt: Receipt = self._run(save.run(), save)
        finally:
            self.look_again()
        return receipt

    def row_numbers(self, name: str) -> tuple[int, ...]:
        """The rows of a register as people count them in the sheet, in the order of `read`."""
        return tuple(place + 2 for place in self.memory.tabs[name].grid.filled())

    # --- the history -------------------------------------------------------------------------------

    def history(self, register: str, id: str) -> tuple[Cells, ...]:
        """The audit rows of one record, newest first; edits by hand that no change has told of yet come first."""
        untold = [edit for edit in self.memory.edits if (edit.register, edit.row) == (register, id)]
        head = {"_id": mark(self.memory.newest, ""), "number": str(self.memory.newest)}
        told = self._ask(lambda: self._history().of_record(register, id, self.memory.newest))
        return (*(note.cells for note in notes(untold, head, 1)), *told)

    def audit(self, limit: int, before: int | None = None) -> tuple[Cells, ...]:
        """The newest audit rows, whole changes only; from memory where this process holds that many."""
        if before is None and (held := self.memory.latest(limit)) is not None:
            return tuple(held)
        return tuple(self._ask(lambda: self._history().latest(limit, before, self.memory.newest)))

    def _history(self) -> History:
        place = self._book()[AUDIT]
        if self._past is None or self._past.place != place:
            self._past = History(self.connection, place, self.tabs)
        return self._past

    def _grid(self, tab: Tab, rows: Sequence[Sequence[Raw]]) -> Grid:
        return Grid(tab, rows[0] if rows else [], list(rows[1:]), call=self._called)

    def _called(self, register: str, id_: str) -> str:
        """What a record is called, as far as this process holds it."""

        def row_of(name: str, row: str) -> Cells | None:
            held = self.memory.tabs.get(name)
            return held.grid.one(row) if held else None

        return called(self.tabs, row_of, register, id_)

    def _book(self) -> Mapping[str, Place]:
        if self.found is None:
            raise troubles.not_set_up()
        return self.found.book

    def _ask(self, call: Callable[[], T]) -> T:
        with within(OPEN_SECONDS, OPEN_CALL_SECONDS):
            try:
                return call()
            except Unreachable as error:
                raise error.error from error

    # --- carrying out what the protocol asks -------------------------------------------------------

    def _run(self, steps: Generator[Ask, Any, Any], looking: Looking) -> Any:
        """Carry out each ask of a save or a look, and hand its answer or failure in."""
        if time.monotonic() < self._down_until:
            if isinstance(looking, Save) and looking.unclear_at is not None:
                raise UnknownOutcome
            raise troubles.slow()
        answer: Any = None
        failure: Exception | None = None
        while True:
            try:
                ask = steps.send(answer) if failure is None else steps.throw(failure)
            except StopIteration as end:
                return end.value
            except Unreachable as error:
                self._note_down(error)
                raise error.error from error
            answer, failure = None, None
            try:
                answer = self.answer(ask)
            except (Refused, Lost) as error:
                failure = error
            except Unreachable as error:
                self._note_down(error)
                failure = error

    def _note_down(self, error: Unreachable) -> None:
        """Whoever saves in the next seconds is told at once instead of waiting for the same."""
        if error.error.reason == troubles.slow().reason:
            self._down_until = time.monotonic() + DOWN_SECONDS

    def answer(self, ask: Ask) -> Any:
        """One ask, carried out against the spreadsheet."""
        book = self._book()
        if isinstance(ask, Look):
            return self._look(ask, self.found)
        if isinstance(ask, Send):
            made = requests(ask.batch, ask.seen.book, ask.seen.grids)
            ranges = answer_ranges(ask.batch, ask.seen.book, ask.seen.grids)
            return reply_of(self.connection.batch(made, ranges))
        if isinstance(ask, Rest):
            return rest(ask.seconds)
        if isinstance(ask, FindTicket):
            return self._find().ticket
        if isinstance(ask, PutTicket):
            return self.connection.batch([add_ticket(ask.mark, book[AUDIT].sheet_id)])
        if isinstance(ask, Inspect):
            return self._inspect(ask.tabs)
        if isinstance(ask, ListOps):
            return self._history().operations()
        return self._history().of_change(ask.number)

    def _look(self, ask: Look, found: ready.Found | None) -> Seen:
        """The history's top and tabs, in one call; a tab renamed meanwhile is found again by its note."""
        assert found is not None  # `open` found it
        try:
            return self._read(ask, found.book)
        except Refused:
            found = self._find()
            self.found, self.memory.book = found, found.book
            return self._read(ask, found.book)

    def _read(self, ask: Look, book: Mapping[str, Place]) -> Seen:
        at, started = self.clock(), time.monotonic()
        for name in (AUDIT, BEFORE):
            if name not in book:
                raise Unreachable(troubles.tab_gone(name))
        there = [name for name in ask.tabs if name in book]
        top = [ready.title_range(book[name], _rows(2, ask.depth)) for name in (AUDIT, BEFORE)]
        tabs = [ready.title_range(book[name]) for name in there]
        history, before, *read = self.connection.values([*top, *tabs])
        gone = {name: Grid(self.tabs[name], [], [], is_gone=True) for name in ask.tabs if name not in book}
        grids = gone | {
            name: self._grid(self.tabs[name], rows) for name, rows in zip(there, read, strict=True)
        }
        self._read_at |= dict.fromkeys((*ask.tabs, AUDIT), (started, at))
        entries = entries_of(history, before, self.tabs)
        return Seen(entries, grids, book, at, len(history) >= ask.depth)


def _news(edit: Edit) -> list[str]:
    return [new for _, new in edit.fields.values()]


def _rows(first: int, count: int) -> str:
    return f"{first}:{first + count - 1}"


def _refuse_alike(tabs: Sequence[Tab]) -> None:
    """The other engines could not tell them apart, and a workbook can be moved to any of them."""
    for names in ([tab.name for tab in tabs], *(tab.columns for tab in tabs)):
        if len({name.casefold() for name in names}) < len(names):
            raise ValueError("two names differ only in capitals")
