"""The workbook on a PostgreSQL server, for those who outgrow a spreadsheet or one machine (X1)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text

from services.store.interface import AUDIT
from services.store.sql import SqlStore
from services.store.tables import Register

WAIT_SECONDS = 10.0
CONNECTIONS = 5
MORE_WHEN_BUSY = 20
OPENING = 7201443
"""The advisory lock of `open`: two servers starting at once must not both create a table."""

NOTE_EDIT = """
CREATE OR REPLACE FUNCTION _note_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE _state SET number = number + 1 WHERE writing = 0;
    IF FOUND THEN
        UPDATE _edited SET number = (SELECT number FROM _state) WHERE register = TG_ARGV[0];
    END IF;
    RETURN NULL;
END $$
"""
KEEP_AUDIT = """
CREATE OR REPLACE FUNCTION _keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT erasing FROM _state) = 0 THEN
        RAISE EXCEPTION 'the audit is only ever added to';
    END IF;
    RETURN NULL;
END $$
"""


class PostgresqlStore(SqlStore):
    """One database; writers take turns, readers see one instant and never wait."""

    def __init__(
        self, address: str, clock: Callable[[], datetime], wait_seconds: float = WAIT_SECONDS
    ) -> None:
        writer = _engine(address, "READ COMMITTED", wait_seconds)
        super().__init__(writer, _engine(address, "REPEATABLE READ", wait_seconds, read_only=True), clock)

    def wipe(self) -> None:
        """Write the tables anew; the server's own log keeps old pages until it is recycled or archived away."""
        quote = self.writer.dialect.identifier_preparer.quote_identifier
        plain = self.writer.execution_options(isolation_level="AUTOCOMMIT")
        with plain.connect() as connection:
            for register in self._registers.values():
                connection.exec_driver_sql(f"VACUUM FULL {quote(register.table.name)}")

    def begin_opening(self, connection: Connection) -> None:
        """Wait for another server that is opening; lay down the triggers' functions."""
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": OPENING})
        connection.exec_driver_sql(NOTE_EDIT)
        connection.exec_driver_sql(KEEP_AUDIT)

    def triggers(self, register: Register) -> Iterable[str]:
        """Before each statement, so that a hand edit queues with the commits before it holds any row."""
        quote = self.writer.dialect.identifier_preparer.quote_identifier
        if register.tab.name == AUDIT:
            name, events, act = "_keep_audit", "UPDATE OR DELETE OR TRUNCATE", "_keep_audit()"
        else:
            literal = register.tab.name.replace("'", "''").replace("%", "%%")  # the driver undoubles it
            name, events, act = (
                "_note_edit",
                "INSERT OR UPDATE OR DELETE OR TRUNCATE",
                f"_note_edit('{literal}')",
            )
        yield (
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {events} ON {quote(register.table.name)} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {act}"
        )


def _engine(address: str, isolation: str, wait_seconds: float, read_only: bool = False) -> Engine:
    """Statements are not prepared: a plan made without the values searches 500 ids row by row (5 s, not 0.1)."""
    engine = create_engine(
        address,
        isolation_level=isolation,
        pool_size=CONNECTIONS,
        max_overflow=MORE_WHEN_BUSY,
        pool_timeout=wait_seconds,
        pool_pre_ping=True,
        connect_args={"connect_timeout": max(2, round(wait_seconds)), "prepare_threshold": None},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        connection.execute(f"SET lock_timeout = {round(wait_seconds * 1000)}")
        connection.commit()

    return engine.execution_options(postgresql_readonly=True) if read_only else engine
