"""What a database's failure means to a person: whether to wait, or whom to tell (X3)."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from schemas.errors import ASK_ADMINISTRATOR, TRY_AGAIN, StoreUnavailable
from schemas.words import N_, Message, message

BUSY = Message(N_("Somebody else is saving, or another program holds the workbook. Nothing was saved."))
FULL = Message(N_("There is no room left where the workbook is kept. Nothing was saved."))
MISSING = Message(N_("The workbook is not where it was. Nothing was saved."))
DAMAGED = Message(N_("The workbook is damaged and can't be read. Nothing was saved."))
LOCKED_FILE = Message(N_("The workbook may not be written to. Nothing was saved."))
RENAMED = Message(N_("A register or column was renamed or removed outside Mentor Desk. Nothing was saved."))
RENAME_BACK = Message(
    N_(
        "Tell the person who looks after Mentor Desk: give it its old name back, "
        "or put the last backup in its place."
    )
)
RESTORE = Message(N_("Tell the person who looks after Mentor Desk: the last backup may be needed."))

MEANINGS: dict[str, tuple[Message, Message]] = {
    "SQLITE_BUSY": (BUSY, TRY_AGAIN),
    "SQLITE_LOCKED": (BUSY, TRY_AGAIN),
    "SQLITE_FULL": (FULL, ASK_ADMINISTRATOR),
    "SQLITE_CANTOPEN": (MISSING, ASK_ADMINISTRATOR),
    "SQLITE_READONLY": (LOCKED_FILE, ASK_ADMINISTRATOR),
    "SQLITE_CORRUPT": (DAMAGED, RESTORE),
    "SQLITE_NOTADB": (DAMAGED, RESTORE),
    "no such": (RENAMED, RENAME_BACK),
    "55P03": (BUSY, TRY_AGAIN),  # lock not available
    "40P01": (BUSY, TRY_AGAIN),  # deadlock detected
    "53100": (FULL, ASK_ADMINISTRATOR),  # disk full
    "25006": (LOCKED_FILE, ASK_ADMINISTRATOR),  # read-only transaction
    "42501": (LOCKED_FILE, ASK_ADMINISTRATOR),  # insufficient privilege
    "42P01": (RENAMED, RENAME_BACK),  # undefined table
    "42703": (RENAMED, RENAME_BACK),  # undefined column
}


def went_missing(register: str) -> StoreUnavailable:
    """A register that this workbook had is gone; an empty one in its place would hide that."""
    reason = N_("The register {register} was renamed or removed outside Mentor Desk.")
    return StoreUnavailable(message(reason, register=register), RENAME_BACK)


@contextmanager
def reaching() -> Iterator[None]:
    """Turn what a person can act on into `StoreUnavailable`; let bugs through as they are."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreUnavailable(BUSY) from error
    except DBAPIError as error:
        if (refusal := refused(error)) is None:
            raise
        raise refusal from error


def refused(error: SQLAlchemyError) -> StoreUnavailable | None:
    """The failure in a person's words, or None where it is a bug of ours."""
    if not isinstance(error, DBAPIError):
        return None
    code = _code(error.orig)
    for beginning, (reason, remedy) in MEANINGS.items():
        if code.startswith(beginning):
            return StoreUnavailable(reason, remedy)
    unreachable = isinstance(error, OperationalError | InterfaceError | InternalError)
    return StoreUnavailable() if unreachable and code != "SQLITE_ERROR" else None


def _code(error: BaseException | None) -> str:
    if isinstance(error, sqlite3.Error):
        name: str | None = getattr(error, "sqlite_errorname", None)
        return "no such" if name == "SQLITE_ERROR" and str(error).startswith("no such") else name or ""
    return getattr(error, "sqlstate", None) or ""
