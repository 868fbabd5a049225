"""What a save asks of the spreadsheet, one thing at a time, and what can come of it (X3)."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from schemas.errors import StoreUnavailable
from services.store.sheets.audit import (
    BEGINNING,
    Entry,
)
from services.store.sheets.batch import Batch, Place
from services.store.sheets.grid import Grid


@dataclass(frozen=True)
class Look:
    """Read the top `depth` rows of the history and these tabs, in one call; answered by `Seen`."""

    tabs: tuple[str, ...]
    depth: int


@dataclass(frozen=True)
class Send:
    """Send this batch; answered by `Reply`, or `Refused` or `Lost` thrown in."""

    batch: Batch
    seen: "Seen"


@dataclass(frozen=True)
class FindTicket:
    """Which ticket the spreadsheet holds; answered by its id, or `None`."""


@dataclass(frozen=True)
class PutTicket:
    """Put a ticket where there is none; answered by nothing, or `Refused`."""

    mark: str


@dataclass(frozen=True)
class ListOps:
    """All operations of the history; answered by (op id, digest, number) of each."""


@dataclass(frozen=True)
class FindChange:
    """The entries of one older change."""

    number: int


@dataclass(frozen=True)
class Inspect:
    """Read all that a sheet check looks at of these registers; answered by `Inspection`."""

    tabs: tuple[str, ...]


@dataclass(frozen=True)
class Rest:
    """Wait about so long before the next ask."""

    seconds: float


Ask = Look | Send | FindTicket | PutTicket | ListOps | FindChange | Inspect | Rest


@dataclass(frozen=True)
class Seen:
    """One reading: the newest entries of the history, newest change first, and tabs; `is_cut`: there are older ones."""

    entries: list[Entry]
    grids: Mapping[str, Grid]
    book: Mapping[str, Place]
    at: datetime
    is_cut: bool

    @property
    def number(self) -> int:
        """The newest change's number."""
        return max((entry.number for entry in self.entries), default=0)

    def of(self, number: int) -> list[Entry]:
        """The entries of one change."""
        return [entry for entry in self.entries if entry.number == number]


class Refused(Exception):
    """The spreadsheet refused the batch as a whole; `is_ticket`: because another change came first."""

    def __init__(self, *, is_ticket: bool) -> None:
        self.is_ticket = is_ticket
        super().__init__(f"refused, ticket: {is_ticket}")


class Lost(Exception):
    """No answer came: the batch may or may not have been applied, or may be still."""


class Unreachable(Exception):
    """The spreadsheet can't be reached, or the time is up; `error` says it to a person."""

    def __init__(self, error: StoreUnavailable) -> None:
        self.error = error
        super().__init__(str(error))


Run = Generator[Ask, Any, Any]


def is_complete(entries: Sequence[Entry]) -> bool:
    """Whether all entries of a change are there."""
    return not entries or len(entries) >= entries[0].of


def mark_of(seen: Seen) -> str:
    """The newest change's mark, which is the id of the ticket."""
    newest = seen.of(seen.number)
    return newest[0].mark if newest else BEGINNING
