"""Where the workbook is kept: one interface, several engines (X1)."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from schemas.errors import ASK_ADMINISTRATOR, StoreUnavailable
from schemas.words import N_, Message
from services.store.interface import Store, Tab

FILE_ENDINGS = (".sqlite3", ".sqlite", ".db")
SERVERS = ("postgresql+psycopg", "postgresql", "postgres")


def utc_now() -> datetime:
    """The instant of a reading; the only clock the store looks at."""
    return datetime.now(UTC)


def create_store(address: str, tabs: Sequence[Tab], clock: Callable[[], datetime] = utc_now) -> Store:
    """The workbook at `address`, opened: a `.sqlite3` file's path or a `postgresql+psycopg://` address."""
    store = _engine_for(address, clock)
    store.open(tabs)
    return store


def _engine_for(address: str, clock: Callable[[], datetime]) -> Store:
    scheme, _, rest = address.partition("://")
    if rest and scheme in SERVERS:
        from services.store.postgresql import PostgresqlStore

        return PostgresqlStore(f"postgresql+psycopg://{rest}", clock)
    if not rest and address.endswith(FILE_ENDINGS):
        from services.store.sqlite import SqliteStore

        return SqliteStore(Path(address), clock)
    raise StoreUnavailable(
        Message(
            N_(
                "The setting that says where the workbook is names neither a .sqlite3 file nor a database server."
            )
        ),
        ASK_ADMINISTRATOR,
    )
