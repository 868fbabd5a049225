"""The default workbook: one SQLite file, no account, durable at every save (X1, X3)."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import QueuePool

from schemas.errors import ASK_ADMINISTRATOR, StoreUnavailable
from schemas.words import N_, Message
from services.store.failures import MISSING
from services.store.interface import AUDIT, Tab
from services.store.sql import SqlStore
from services.store.tables import Register

WAIT_SECONDS = 10.0
STILL_THERE = Message(
    N_("It is erased, but the workbook's file still holds old pages: somebody is reading it.")
)
AGAIN = Message(N_("Press the button again in a minute, to clear those too."))
CONNECTIONS = 5
MORE_WHEN_BUSY = 20
ONLY_OWNER = 0o600
"""The file holds people's records: nobody else on the machine reads it."""


class SqliteStore(SqlStore):
    """One file in write-ahead mode: readers never wait, writers wait `wait_seconds` for each other."""

    def __init__(self, path: Path, clock: Callable[[], datetime], wait_seconds: float = WAIT_SECONDS) -> None:
        self.path = path.absolute()
        writer = _engine(self.path, "BEGIN IMMEDIATE", "PRAGMA synchronous=FULL", wait_seconds)
        reader = _engine(self.path, "BEGIN", "PRAGMA query_only=ON", wait_seconds)
        super().__init__(writer, reader, clock)

    def open(self, tabs: Sequence[Tab]) -> None:
        """Create the file where there is none yet, then what is missing in it."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, ONLY_OWNER))
        except OSError as error:
            raise StoreUnavailable(MISSING, ASK_ADMINISTRATOR) from error
        super().open(tabs)

    def triggers(self, register: Register) -> Iterable[str]:
        """Number edits made by hand; keep the audit from being altered."""
        return _keep_audit() if register.tab.name == AUDIT else _note_edits(register)

    def wipe(self) -> None:
        """Write the file anew without its free pages, and empty the log beside it.

        Whoever is reading holds the log for a moment: it is tried until nobody does.
        """
        with closing(_connect(self.path, WAIT_SECONDS)) as ours:
            ours.execute("VACUUM")
            deadline = time.monotonic() + WAIT_SECONDS
            while ours.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if time.monotonic() > deadline:
                    raise StoreUnavailable(STILL_THERE, AGAIN)
                time.sleep(0.1)

    def backup(self, path: Path) -> None:
        """Copy the workbook as it stands while people go on working; `path` is whole or not there."""
        unfinished = path.with_name(f"{path.name}.unfinished")
        os.close(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_RDWR, ONLY_OWNER))
        with closing(_connect(self.path, WAIT_SECONDS)) as ours, closing(sqlite3.connect(unfinished)) as copy:
            ours.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        unfinished.replace(path)


def _engine(path: Path, begin: str, pragma: str, wait_seconds: float) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: _connect(path, wait_seconds),
        poolclass=QueuePool,
        pool_size=CONNECTIONS,
        max_overflow=MORE_WHEN_BUSY,
        pool_timeout=wait_seconds,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(pragma)
        record.info["file"] = _file(path)

    @event.listens_for(engine, "checkout")
    def check_file(connection: sqlite3.Connection, record: Any, proxy: Any) -> None:
        if record.info["file"] != _file(path):
            raise InvalidatePoolError("another file is there now")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _connect(path: Path, wait_seconds: float) -> sqlite3.Connection:
    """A connection that never makes a file: a workbook that went missing must not come back empty."""
    return sqlite3.connect(
        f"{path.as_uri()}?mode=rw",
        uri=True,
        timeout=wait_seconds,
        isolation_level=None,
        check_same_thread=False,
    )


def _file(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError as error:
        raise StoreUnavailable(MISSING, ASK_ADMINISTRATOR) from error
    return found.st_dev, found.st_ino


def _note_edits(register: Register) -> Iterable[str]:
    name = register.tab.name
    for event_name in ("INSERT", "UPDATE", "DELETE"):
        yield f"""
            CREATE TRIGGER IF NOT EXISTS {_name(f"{name}: {event_name.lower()} by hand")}
            AFTER {event_name} ON {_name(register.table.name)} WHEN (SELECT writing FROM _state) = 0
            BEGIN
                UPDATE _state SET number = number + 1;
                UPDATE _edited SET number = (SELECT number FROM _state) WHERE register = {_literal(name)};
            END"""  # noqa: S608 - names from the schemas, quoted


def _keep_audit() -> Iterable[str]:
    """REPLACE deletes without a delete trigger, hence the third."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END"
    for event_name in ("UPDATE", "DELETE"):
        yield f"""
            CREATE TRIGGER IF NOT EXISTS {_name(f"Audit: no {event_name.lower()}")}
            BEFORE {event_name} ON "Audit" WHEN (SELECT erasing FROM _state) = 0 {refuse}"""  # noqa: S608
    yield f"""
        CREATE TRIGGER IF NOT EXISTS "Audit: no replace" BEFORE INSERT ON "Audit"
        WHEN EXISTS (SELECT 1 FROM "Audit" WHERE _id = NEW._id OR _place = NEW._place) {refuse}"""  # noqa: S608


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
