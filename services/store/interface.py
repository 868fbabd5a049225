"""What every engine of the workbook promises (X1, X3, X4): the same words for a file, a server or a spreadsheet.

The store knows registers as names and columns and cells as text. What a cell means, who may see it and whether
a step is allowed is decided above it, in `services/records`, by the `decide` that `commit` calls on fresh rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

Cells = dict[str, str]
"""One row: column name -> canonical text, '' for blank. Always holds '_id'."""

AUDIT = "Audit"
AUDIT_COLUMNS = (
    "_id",
    "number",
    "at",
    "who",
    "programme",
    "op_id",
    "digest",
    "action",
    "why",
    "register",
    "row",
    "fields",
)
"""`_id` is the mark and a count, `1043-k7f3/1`; `fields` is JSON, {column: [old, new]}."""


@dataclass(frozen=True)
class Tab:
    """What the store needs to know of a register: its name and all its columns, the common ones included."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Append:
    """A new row. Columns left out are blank; `_change`, `_updated_at` and `_updated_by` are the store's to write."""

    register: str
    cells: Cells


@dataclass(frozen=True)
class Update:
    """Changed cells of a row that is there: `cells` as they shall be, `before` as `decide` read them."""

    register: str
    id: str
    cells: Cells
    before: Cells


Change = Append | Update


@dataclass(frozen=True)
class Operation:
    """One filling of one form: `id` is made when it opens, `digest` is a hash of what was typed (design 4)."""

    id: str
    digest: str
    who: str
    action: str
    at: datetime
    programme: str
    why: str = ""


@dataclass(frozen=True)
class Needs:
    """What `decide` must see fresh. A row, value or register that is not there is simply absent.

    `rows` are (register, _id); `where` are (register, column, value): all rows with that cell.
    """

    rows: tuple[tuple[str, str], ...] = ()
    where: tuple[tuple[str, str, str], ...] = ()
    whole: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fresh:
    """The rows that `Needs` named, as they stand while everybody else's commit waits."""

    by_register: Mapping[str, Mapping[str, Cells]]

    def rows(self, register: str) -> Mapping[str, Cells]:
        """By `_id`, in the order of the register. Asking for what `Needs` did not name is a bug."""
        if register not in self.by_register:
            raise ValueError(f"{register!r} is decided on but was not named in Needs")
        return self.by_register[register]


@dataclass(frozen=True)
class Receipt:
    """What a commit did: its number, each row written as it stands now, and its audit rows.

    `number` is that of the commit, or the newest one where nothing was to be written. `repeated` says that
    this very operation had been saved before; `saved` then holds those rows as they are today.
    """

    op_id: str
    number: int
    saved: tuple[tuple[str, Cells], ...] = ()
    audit: tuple[Cells, ...] = ()
    repeated: bool = False


@dataclass(frozen=True)
class Reading:
    """Registers as they stood together at change `number`; `whole` False means only the rows changed since."""

    number: int
    at: datetime
    rows: Mapping[str, tuple[Cells, ...]]
    whole: bool


class IdTaken(ValueError):
    """An appended row's random `_id` exists already. Nothing was written; a new id will do."""


class Store(Protocol):
    """A workbook. Every method may raise `StoreUnavailable`; safe to share between threads."""

    def open(self, tabs: Sequence[Tab]) -> None:
        """Make ready: create missing registers and columns. Never drops or renames anything."""
        ...

    def read(self, *registers: str, since: int | None = None) -> Reading:
        """The named registers at one instant, in one round trip.

        With `since`, only rows written by a change after that number, unless one of the registers was edited
        by hand since then (rows may be gone): then everything, and `whole` says so.
        """
        ...

    def number(self) -> int | None:
        """The newest change's number, cheaply; it rises with edits made outside the app too. None: not known."""
        ...

    def commit(
        self, operation: Operation, needs: Needs, decide: Callable[[Fresh], Sequence[Change]]
    ) -> Receipt:
        """Lock, read what is needed, let `decide` decide, write rows and audit: all of it or nothing (X3).

        `decide` must be pure: an engine may call it again on fresher rows. What it raises comes out unchanged
        and nothing is written. The same operation again returns its receipt without deciding anew;
        the same id with another digest raises `OperationReused`. `UnknownOutcome` when the answer was lost.
        """
        ...

    def history(self, register: str, id: str) -> tuple[Cells, ...]:
        """The audit rows of one record, newest first (X4)."""
        ...

    def audit(self, limit: int, before: int | None = None) -> tuple[Cells, ...]:
        """The newest audit rows, newest first, of changes numbered below `before`.

        A change is never broken off in the middle, so there may be more than `limit`; for the next page pass
        the last row's number as `before`.
        """
        ...
