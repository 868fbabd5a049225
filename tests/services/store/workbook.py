"""An empty workbook on either SQL engine, and the small words the tests are written in."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

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
from services.store.postgresql import PostgresqlStore
from services.store.sql import SqlStore
from services.store.sqlite import SqliteStore

OWN = ("_change", "_updated_at", "_updated_by")
MENTORS = Tab("Mentors", ("_id", "programme", "Name", "Notes", "Days", *OWN))
LINES = Tab("Invoice lines", ("_id", "programme", "Invoice", "Hours", *OWN))
TABS = (MENTORS, LINES)
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Workbook:
    """Where a workbook is; every `open` is a store of its own, as in another process."""

    address: str

    @property
    def is_file(self) -> bool:
        return "://" not in self.address

    def open(self, tabs: Sequence[Tab] = TABS, wait_seconds: float = 10.0) -> SqlStore:
        kind = SqliteStore(Path(self.address), now, wait_seconds) if self.is_file else None
        store: SqlStore = kind or PostgresqlStore(self.address, now, wait_seconds)
        store.open(tabs)
        return store

    def connect(self) -> "sqlite3.Connection | psycopg.Connection[tuple[object, ...]]":
        """Another program's connection, which knows nothing of the app; nothing is saved until `commit`."""
        if self.is_file:
            return sqlite3.connect(self.address, timeout=10)
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
