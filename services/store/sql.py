"""The workbook in an SQL database (X1, X3): one code for a SQLite file and a PostgreSQL server.

A commit takes the one row of `_state` for itself, so commits go one after the other and `decide` sees rows
that nobody else is changing. Triggers give every edit made with another tool a number of its own and note
its register, so that a cache holding an older number knows to read again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import ColumnElement, Connection, Engine, bindparam, select, true
from sqlalchemy.exc import DBAPIError

from schemas.errors import OperationReused, StoreUnavailable, UnknownOutcome
from services.store.changes import Key, Outcome, instant, rewritten, targets, work_out
from services.store.failures import reaching, refused
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
    number_of,
)
from services.store.tables import EDITED, STATE, Register, describe, make_ready

IDS_AT_ONCE = 500


class SqlStore:
    """What SQLite and PostgreSQL share: `writer` locks as it begins, `reader` sees one instant."""

    def __init__(self, writer: Engine, reader: Engine, clock: Callable[[], datetime]) -> None:
        self.writer = writer
        self.reader = reader
        self._clock = clock
        self._registers: dict[str, Register] = describe(())

    def open(self, tabs: Sequence[Tab]) -> None:
        """Create missing tables, columns and triggers. Never drops."""
        registers = describe(tabs)
        with reaching(), self.writer.begin() as connection:
            self.begin_opening(connection)
            make_ready(connection, registers.values())
            for register in registers.values():
                for statement in self.triggers(register):
                    connection.exec_driver_sql(statement)
        self._registers = registers

    def begin_opening(self, connection: Connection) -> None:
        """An engine's own preparation, before tables are made."""

    def triggers(self, register: Register) -> Iterable[str]:
        """Statements that make, or find made, the triggers of one register."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of every connection; the next call opens new ones."""
        self.writer.dispose()
        self.reader.dispose()

    def number(self) -> int:
        """The newest change's number, edits by hand counted."""
        with reaching(), self.reader.connect() as connection:
            return _number(connection)

    def edition(self) -> int:
        """The newest change's number: here it counts edits by hand too."""
        return self.number()

    def held(self, register: str) -> None:
        """Nothing is held here."""

    def look_again(self) -> None:
        """Nothing is held here: every reading goes to the database."""

    def read(self, *registers: str, since: int | None = None) -> Reading:
        """The named registers at one instant; see `Store.read`."""
        at = self._clock()
        named = [self._register(name) for name in registers]
        with reaching(), self.reader.connect() as connection:
            number = _number(connection)
            newer = None if since is None or _is_void(connection, since, number, registers) else since
            rows = {
                register.tab.name: _rows(connection, register, _after(register, newer)) for register in named
            }
        return Reading(number, at, rows, newer is None, number)

    def commit(
        self, operation: Operation, needs: Needs, decide: Callable[[Fresh], Sequence[Change]]
    ) -> Receipt:
        """Decide on fresh rows and write, all or nothing; see `Store.commit`."""
        instant(operation.at)
        with reaching(), self.writer.connect() as connection:
            number = _lock(connection)
            if again := self._earlier(connection, operation, number):
                return again
            changes = decide(self._fresh(connection, needs))
            if not changes:
                return Receipt(operation.id, number, follows=number, edition=number)
            receipt = self._write(connection, operation, number + 1, changes)
            return self._make_sure(connection, operation, receipt)

    def erase(self, operation: Operation, decide: Callable[[Fresh], Erasure]) -> Receipt:
        """Rewrite rows and history in one transaction, then the file's free pages; see `Store.erase`."""
        instant(operation.at)
        with reaching(), self.writer.connect() as connection:
            number = _lock(connection)
            if (receipt := self._earlier(connection, operation, number)) is None:
                fresh = self._fresh(connection, Needs(whole=tuple(self._registers.keys() - {AUDIT})))
                receipt = self._erased(connection, operation, number + 1, fresh, decide(fresh))
            else:
                connection.rollback()
        with reaching():
            self.wipe()
        return receipt

    def _erased(
        self, connection: Connection, operation: Operation, number: int, fresh: Fresh, erasure: Erasure
    ) -> Receipt:
        changes = [*rewritten(fresh, erasure.rewrite), *erasure.changes]
        connection.execute(STATE.update().values(erasing=1))
        receipt = self._write(connection, operation, number, changes)
        audit = self._registers[AUDIT]
        for cells in _rows(connection, audit, None):
            if (new := erasure.rewrite(AUDIT, cells)) != cells:
                news = {audit.table.c[name]: text for name, text in new.items()}
                connection.execute(
                    audit.table.update().where(audit.table.c["_id"] == cells["_id"]).values(news)
                )
        connection.execute(STATE.update().values(erasing=0))
        return self._make_sure(connection, operation, receipt)

    def wipe(self) -> None:
        """An engine's own way to overwrite what deleted and changed rows left in its files."""

    def fill(self, rows: Mapping[str, Sequence[Cells]], audit: Sequence[Cells]) -> None:
        """Write a whole workbook into an empty one, in one transaction; see `Store.fill`."""
        with reaching(), self.writer.begin() as connection:
            if _lock(connection) or any(_rows(connection, each, None) for each in self._registers.values()):
                raise NotEmpty
            newest = max((int(row["number"]) for row in audit), default=0)
            connection.execute(STATE.update().values(number=newest, writing=1))
            for name, cells_of in rows.items():
                marked = [(number_of(cells.get("_change", "")), cells) for cells in cells_of]
                _append(connection, self._register(name), marked)
            _append(connection, self._registers[AUDIT], [(int(cells["number"]), cells) for cells in audit])
            connection.execute(STATE.update().values(writing=0))

    def history(self, register: str, id: str) -> tuple[Cells, ...]:
        """The audit rows of one record, newest first."""
        audit = self._registers[AUDIT]
        is_its = (audit.table.c["row"] == id) & (audit.table.c["register"] == register)
        with reaching(), self.reader.connect() as connection:
            return _rows(connection, audit, is_its)[::-1]

    def audit(self, limit: int, before: int | None = None) -> tuple[Cells, ...]:
        """The newest audit rows, whole changes only; see `Store.audit`."""
        audit = self._registers[AUDIT]
        number = audit.table.c["_number"]
        is_older = true() if before is None else number < before
        newest = select(number).where(is_older).order_by(audit.table.c["_place"].desc()).limit(max(limit, 1))
        with reaching(), self.reader.connect() as connection:
            numbers = connection.scalars(newest).all()
            return _rows(connection, audit, is_older & (number >= numbers[-1]))[::-1] if numbers else ()

    def _register(self, name: str) -> Register:
        if name not in self._registers:
            raise ValueError(f"no register {name!r} in this workbook")
        return self._registers[name]

    def _earlier(self, connection: Connection, operation: Operation, number: int) -> Receipt | None:
        """The receipt of the same operation saved before."""
        audit = self._registers[AUDIT]
        found = _rows(connection, audit, audit.table.c["op_id"] == operation.id)
        if not found:
            return None
        if found[0]["digest"] != operation.digest:
            raise OperationReused
        standing = self._standing(connection, ((row["register"], row["row"]) for row in found))
        saved = tuple((register, cells) for (register, _), cells in standing.items())
        return Receipt(operation.id, int(found[0]["number"]), saved, found, repeated=True, edition=number)

    def _fresh(self, connection: Connection, needs: Needs) -> Fresh:
        found: dict[str, dict[str, Cells]] = {}
        # the searched rows first: they come in the order of the sheet, which a rule may go by (S11)
        for name, column, value in needs.where:
            register = self._register(name)
            found.setdefault(name, {}).update(_by_id(connection, register, register.table.c[column] == value))
        for (name, _), cells in self._standing(connection, needs.rows).items():
            found.setdefault(name, {})[cells["_id"]] = cells
        for name, _ in needs.rows:
            found.setdefault(name, {})
        for name in needs.whole:
            found[name] = _by_id(connection, self._register(name), None)
        return Fresh(found)

    def _standing(self, connection: Connection, keys: Iterable[Key]) -> dict[Key, Cells]:
        """The rows with these (register, _id), as they stand; absent where there is none."""
        found: dict[Key, Cells] = {}
        for name, of_one in groupby(sorted(set(keys)), key=lambda key: key[0]):
            register = self._register(name)
            for some in _batches([id for _, id in of_one]):
                is_one = register.table.c["_id"].in_(some)
                found |= {(name, id): row for id, row in _by_id(connection, register, is_one).items()}
        return found

    def _write(
        self, connection: Connection, operation: Operation, number: int, changes: Sequence[Change]
    ) -> Receipt:
        tabs = {name: register.tab for name, register in self._registers.items()}
        touched = [(name, id) for name, ids in targets(changes).items() for id in ids if name in tabs]
        outcome = work_out(operation, number, changes, tabs, self._standing(connection, touched))
        connection.execute(STATE.update().values(number=number, writing=1))
        self._write_rows(connection, number, outcome)
        connection.execute(STATE.update().values(writing=0))
        return Receipt(
            operation.id,
            number,
            outcome.saved(),
            tuple(outcome.audit),
            follows=number - 1,
            edition=number,
        )

    def _write_rows(self, connection: Connection, number: int, outcome: Outcome) -> None:
        for name, rows in _by_register(outcome.added).items():
            _append(connection, self._registers[name], [(number, cells) for cells in rows])
        for name, rows in _by_register(outcome.changed).items():
            _change(connection, self._registers[name], number, rows)
        _append(connection, self._registers[AUDIT], [(number, cells) for cells in outcome.audit])

    def _make_sure(self, connection: Connection, operation: Operation, receipt: Receipt) -> Receipt:
        """Commit; where the answer is lost, look on a new connection whether it was saved."""
        try:
            connection.commit()
        except DBAPIError as lost:
            connection.invalidate(lost)
            if not self._was_saved(operation, lost):
                raise refused(lost) or StoreUnavailable() from lost
        return receipt

    def _was_saved(self, operation: Operation, lost: DBAPIError) -> bool:
        """Certain, because the lock is granted only once the lost transaction has ended."""
        try:
            with self.writer.connect() as connection:
                number = _lock(connection)
                return self._earlier(connection, operation, number) is not None
        except DBAPIError:
            raise UnknownOutcome from lost


def _lock(connection: Connection) -> int:
    """Wait for every other commit; the newest number."""
    newest: int = connection.scalars(select(STATE.c.number).with_for_update()).one()
    return newest


def _number(connection: Connection) -> int:
    newest: int = connection.scalars(select(STATE.c.number)).one()
    return newest


def _is_void(connection: Connection, since: int, number: int, registers: Sequence[str]) -> bool:
    """Whether a delta since then can't be trusted: rows were edited by hand, or an older workbook is back."""
    edited = select(EDITED.c.register).where(EDITED.c.number > since, EDITED.c.register.in_(registers))
    return since > number or connection.execute(edited).first() is not None


def _after(register: Register, number: int | None) -> ColumnElement[bool] | None:
    return None if number is None else register.table.c["_number"] > number


def _rows(connection: Connection, register: Register, where: ColumnElement[bool] | None) -> tuple[Cells, ...]:
    query = select(*register.shown).order_by(register.table.c["_place"])
    if where is not None:  # sorting by an expression: a plain column makes the planner scan for its order
        query = query.where(where).order_by(None).order_by(register.table.c["_place"] + 0)
    names = register.tab.columns
    return tuple(dict(zip(names, row, strict=True)) for row in connection.execute(query))


def _by_id(connection: Connection, register: Register, where: ColumnElement[bool] | None) -> dict[str, Cells]:
    return {row["_id"]: row for row in _rows(connection, register, where)}


def _batches(ids: list[str]) -> Iterable[list[str]]:
    return (ids[start : start + IDS_AT_ONCE] for start in range(0, len(ids), IDS_AT_ONCE))


def _by_register(rows: Mapping[Key, Cells]) -> dict[str, list[Cells]]:
    found: dict[str, list[Cells]] = {}
    for (register, _), cells in rows.items():
        found.setdefault(register, []).append(cells)
    return found


def _append(connection: Connection, register: Register, rows: Sequence[tuple[int, Cells]]) -> None:
    """Each row with the number of the change that wrote it."""
    if rows:
        numbered = [{**cells, "_number": number} for number, cells in rows]
        connection.execute(register.table.insert(), numbered)


def _change(connection: Connection, register: Register, number: int, rows: Sequence[Cells]) -> None:
    table = register.table
    names = {f"p{place}": name for place, name in enumerate(register.tab.columns)}
    statement = (
        table.update()
        .where(table.c["_id"] == bindparam("p_id"))
        .values({table.c[name]: bindparam(place) for place, name in names.items()})
        .values({table.c["_number"]: number})
    )
    written = [{place: cells[name] for place, name in names.items()} for cells in rows]
    connection.execute(
        statement, [{**row, "p_id": cells["_id"]} for row, cells in zip(written, rows, strict=True)]
    )
