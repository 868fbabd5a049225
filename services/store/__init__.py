"""Where the workbook is kept: one interface, several engines (X1)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schemas.errors import ASK_ADMINISTRATOR, StoreUnavailable
from schemas.words import N_, Message
from services.store.interface import Store, Tab
from services.store.sheets.address import key_of

FILE_ENDINGS = (".sqlite3", ".sqlite", ".db")
SERVERS = ("postgresql+psycopg", "postgresql", "postgres")


def utc_now() -> datetime:
    """The instant of a reading; the only clock the store looks at."""
    return datetime.now(UTC)


def create_store(
    address: str,
    tabs: Sequence[Tab],
    clock: Callable[[], datetime] = utc_now,
    account: Mapping[str, Any] | None = None,
) -> Store:
    """The workbook at `address`, opened.

    `address` is a `.sqlite3` file's path, a `postgresql+psycopg://` address, or a Google spreadsheet's address or
    key; the last needs the service `account` that the spreadsheet is shared with, as in its key file.
    """
    store = _engine_for(address, clock, account or {})
    store.open(tabs)
    return store


def _engine_for(address: str, clock: Callable[[], datetime], account: Mapping[str, Any]) -> Store:
    scheme, _, rest = address.partition("://")
    if rest and scheme in SERVERS:
        from services.store.postgresql import PostgresqlStore

        return PostgresqlStore(f"postgresql+psycopg://{rest}", clock)
    if not rest and address.endswith(FILE_ENDINGS):
        from services.store.sqlite import SqliteStore

        return SqliteStore(Path(address), clock)
    if key := key_of(address):
        from services.store.sheets.store import SheetsStore
        from services.store.sheets.wire import connect

        return SheetsStore(connect(key, account), clock)
    raise StoreUnavailable(
        Message(
            N_(
                "The setting that says where the workbook is names no .sqlite3 file, database server or spreadsheet."
            )
        ),
        ASK_ADMINISTRATOR,
    )
