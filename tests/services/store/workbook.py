"""An empty workbook on any engine, and the small words the tests are written in.

Each engine is loaded where it is used: a test's own processes start in half the time.
"""

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from services.store.interface import (
    Append,
    Cells,
    Change,
    Fresh,
    Needs,
    Operation,
    Receipt,
    Store,
    Tab,
    Update,
)

if TYPE_CHECKING:
    import psycopg

    from services.store.sheets.store import SheetsStore
    from services.store.sql import SqlStore

OWN = ("_change", "_updated_at", "_updated_by")
MENTORS = Tab("Mentors", ("_id", "programme", "Name", "Notes", "Days", *OWN))
LINES = Tab("Invoice lines", ("_id", "programme", "Invoice", "Hours", *OWN))
TABS = (MENTORS, LINES)
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class Workbook(Protocol):
    """Where a workbook is; every `open` is a store of its own, as in another process."""

    address: str

    def open(self, tabs: Sequence[Tab] = TABS) -> Store:
        """A store on it, opened."""
        ...

    def change_name(self, id: str, name: str) -> None:
        """Somebody's hand changes the name of a mentor."""
        ...

    def add_row(self, id: str) -> None:
        """Somebody's hand adds a mentor."""
        ...

    def delete_row(self, id: str) -> None:
        """Somebody's hand deletes a mentor's row."""
        ...


@dataclass(frozen=True)
class SqlWorkbook:
    """A SQLite file or a PostgreSQL database."""

    address: str

    @property
    def is_file(self) -> bool:
        return "://" not in self.address

    def open(self, tabs: Sequence[Tab] = TABS, wait_seconds: float = 10.0) -> "SqlStore":
        store = self._unopened(wait_seconds)
        store.open(tabs)
        return store

    def _unopened(self, wait_seconds: float) -> "SqlStore":
        if self.is_file:
            from services.store.sqlite import SqliteStore

            return SqliteStore(Path(self.address), now, wait_seconds)
        from services.store.postgresql import PostgresqlStore

        return PostgresqlStore(self.address, now, wait_seconds)

    def connect(self) -> "sqlite3.Connection | psycopg.Connection[tuple[object, ...]]":
        """Another program's connection, which knows nothing of the app; nothing is saved until `commit`."""
        if self.is_file:
            return sqlite3.connect(self.address, timeout=10)
        import psycopg

        return psycopg.connect(self.address.replace("+psycopg", ""))

    def by_hand(self, *statements: str) -> list[tuple[object, ...]]:
        """Run statements with another program; the last one's rows."""
        with closing(self.connect()) as connection:
            cursor = connection.cursor()
            for statement in statements:
                cursor.execute(statement)
            rows = cursor.fetchall() if cursor.description else []
            connection.commit()
        return rows

    def change_name(self, id: str, name: str) -> None:
        self.by_hand(f"UPDATE \"Mentors\" SET \"Name\" = '{name}' WHERE _id = '{id}'")

    def add_row(self, id: str) -> None:
        self.by_hand(f"INSERT INTO \"Mentors\" (_id) VALUES ('{id}')")

    def delete_row(self, id: str) -> None:
        self.by_hand(f"DELETE FROM \"Mentors\" WHERE _id = '{id}'")


@dataclass(frozen=True)
class SheetWorkbook:
    """A spreadsheet of the stand-in's: its address and the key, with a `#` between."""

    address: str

    def open(self, tabs: Sequence[Tab] = TABS, fresh_seconds: float = 0.0) -> "SheetsStore":
        from services.store.sheets.store import SheetsStore
        from services.store.sheets.wire import connect

        base, _, key = self.address.partition("#")
        os.environ["SHEETS_API_BASE"] = base
        store = SheetsStore(connect(key, {"token": "tester"}), now, fresh_seconds)
        store.connection.wire.reads.most = store.connection.wire.writes.most = 100_000
        store.open(tabs)
        return store

    def person(self, deed: str, *about: object) -> None:
        """Somebody does this in the sheet; see `tests.sheets_standin.people`."""
        import requests

        base, _, key = self.address.partition("#")
        told = {"do": deed, "with": about, "key": key}
        requests.post(f"{base}/_control/person", json=told, timeout=10).raise_for_status()

    def change_name(self, id: str, name: str) -> None:
        self.person("edit", "Mentors", f"C{self._row(id)}", name)

    def add_row(self, id: str) -> None:
        self.person("edit", "Mentors", f"A{len(self._ids()) + 2}", id)

    def delete_row(self, id: str) -> None:
        self.person("delete_row", "Mentors", self._row(id))

    def _row(self, id: str) -> int:
        return self._ids().index(id) + 2

    def _ids(self) -> list[str]:
        return list(rows(self.open()))


def workbook_at(address: str) -> Workbook:
    """The workbook at an address, as a process is told it."""
    return SheetWorkbook(address) if "#" in address else SqlWorkbook(address)


def now() -> datetime:
    return datetime.now(UTC)


def operation(id: str, digest: str = "as typed", who: str = "asha@example.org") -> Operation:
    return Operation(id, digest, who, "mentors.save", NOON, "ssw", "asked by phone")


def add(store: Store, op_id: str, *ids: str, register: str = "Mentors", **cells: str) -> Receipt:
    """Append one row per id, each with the same cells."""
    changes = [Append(register, {"_id": id, "programme": "ssw", **cells}) for id in ids]
    return store.commit(operation(op_id), Needs(), lambda fresh: changes)


def change(store: Store, op_id: str, id: str, register: str = "Mentors", **cells: str) -> Receipt:
    """Change cells of one row, whatever they were."""

    def decide(fresh: Fresh) -> list[Change]:
        was = fresh.rows(register)[id]
        return [Update(register, id, cells, {name: was[name] for name in cells})]

    return store.commit(operation(op_id), Needs(rows=((register, id),)), decide)


def rows(store: Store, register: str = "Mentors") -> dict[str, Cells]:
    return {row["_id"]: row for row in store.read(register).rows[register]}


def never(fresh: Fresh) -> list[Change]:
    raise AssertionError("decide was called")


def deciding(*changes: Change) -> Callable[[Fresh], list[Change]]:
    return lambda fresh: list(changes)
