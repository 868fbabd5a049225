"""Registers as SQL tables: one column of text per column, and two of the store's own.

`_place` keeps the order in which rows came, `_number` the change that wrote the row last. Names come from
the schemas and are quoted; one too long for PostgreSQL is shortened the same way on every engine.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import (
    Column,
    Connection,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    inspect,
    select,
    text,
)

from services.store.failures import went_missing
from services.store.interface import AUDIT, AUDIT_COLUMNS, Tab

LONGEST_NAME = 60  # bytes; PostgreSQL keeps 63
HIDDEN = ("_place", "_number")

_own = MetaData()
STATE = Table(
    "_state",
    _own,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False, server_default=text("0")),
    Column("writing", Integer, nullable=False, server_default=text("0")),
    Column("erasing", Integer, nullable=False, server_default=text("0")),
    sqlite_strict=True,
)
"""One row: the newest change's number; whether this transaction is the app's own; whether it erases (X6)."""
EDITED = Table(
    "_edited",
    _own,
    Column("register", Text, primary_key=True),
    Column("number", Integer, nullable=False, server_default=text("0")),
    sqlite_strict=True,
)
"""Per register, the number that its last edit by hand took. Triggers write it."""


@dataclass(frozen=True)
class Register:
    """A tab with its table; `shown` are the table's columns in the tab's order."""

    tab: Tab
    table: Table

    @property
    def shown(self) -> list[Column[str]]:
        return [self.table.c[name] for name in self.tab.columns]


AUDIT_TAB = Tab(AUDIT, AUDIT_COLUMNS)


def stored_name(name: str) -> str:
    """The name in the database: as it is, or its beginning and a hash where it is too long."""
    if len(name.encode()) <= LONGEST_NAME:
        return name
    kept = name.encode()[: LONGEST_NAME - 9].decode(errors="ignore")
    return f"{kept}~{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def describe(tabs: Iterable[Tab]) -> dict[str, Register]:
    """Every tab's table, the audit's own first. A tab named Audit is the store's, whatever columns it lists."""
    metadata = MetaData()
    found = {AUDIT: Register(AUDIT_TAB, _audit_table(metadata))}
    for tab in tabs:
        if tab.name != AUDIT:
            _check_names(tab, found)
            found[tab.name] = Register(tab, _table(tab, metadata))
    return found


def make_ready(connection: Connection, registers: Iterable[Register]) -> None:
    """Create what is missing, tables, columns and the two of the store's own; touch nothing that is there."""
    _own.create_all(connection)
    if connection.execute(STATE.select().with_for_update()).first() is None:
        connection.execute(STATE.insert().values(one=1))
    known = set(connection.scalars(select(EDITED.c.register)))
    there = set(inspect(connection).get_table_names())
    for register in registers:
        if register.tab.name not in known:
            register.table.create(connection, checkfirst=True)
            connection.execute(EDITED.insert().values(register=register.tab.name))
        elif register.table.name not in there:
            raise went_missing(register.tab.name)
        _add_missing_columns(connection, register.table)


def _table(tab: Tab, metadata: MetaData) -> Table:
    columns = [_text_column(name) for name in tab.columns]
    table = Table(stored_name(tab.name), metadata, *_hidden_columns(), *columns, sqlite_strict=True)
    Index(stored_name(f"{tab.name}: number"), table.c["_number"])
    return table


def _audit_table(metadata: MetaData) -> Table:
    table = _table(AUDIT_TAB, metadata)
    Index("Audit: op_id", table.c["op_id"])
    Index("Audit: row", table.c["row"], table.c["register"])
    return table


def _hidden_columns() -> list[Column[int]]:
    return [
        Column("_place", Integer, Identity(always=True), primary_key=True),
        Column("_number", Integer, nullable=False, server_default=text("0")),
    ]


def _text_column(name: str) -> Column[str]:
    return Column(
        stored_name(name), Text, key=name, nullable=False, unique=name == "_id", server_default=text("''")
    )


def _check_names(tab: Tab, found: dict[str, Register]) -> None:
    if tab.name.startswith("_") or not tab.name or "_id" not in tab.columns:
        raise ValueError(f"{tab.name!r} can't be a register: a name without '_' first, and a column _id")
    _check_distinct([*found, tab.name])
    _check_distinct([*HIDDEN, *tab.columns])


def _check_distinct(names: list[str]) -> None:
    if len({name.casefold() for name in names}) < len(names):
        raise ValueError(f"two of these names are the same but for capitals: {names}")


def _add_missing_columns(connection: Connection, table: Table) -> None:
    there = {column["name"] for column in inspect(connection).get_columns(table.name)}
    quote = connection.dialect.identifier_preparer.quote_identifier
    for column in table.columns:
        if column.name not in there:
            words = (
                f"ALTER TABLE {quote(table.name)} ADD COLUMN {quote(column.name)} TEXT NOT NULL DEFAULT ''"
            )
            connection.exec_driver_sql(words)
