"""What every engine of the workbook promises (X1, X3, X4): the same words for a file, a server or a spreadsheet.

The store knows registers as names and columns and cells as text. What a cell means, who may see it and whether
a step is allowed is decided above it, in `services/records`, by the `decide` that `commit` calls on fresh rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Protocol

from schemas.errors import OurError, StoreUnavailable
from schemas.words import N_, Message

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
class Look:
    """How a column shows itself to people who open the workbook without Mentor Desk.

    `heading` is its title in the sheet, `kind` one of `schemas.kinds`, `choices` its dropdown, `note` its help,
    `to` the register that a link names.
    """

    heading: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    note: str = ""
    to: str = ""


@dataclass(frozen=True)
class Tab:
    """What the store needs to know of a register: its name and all its columns, the common ones included.

    A column without a `look` is text under its own name. `label` are the columns that say what a record is called,
    the first filled of which counts.
    """

    name: str
    columns: tuple[str, ...]
    looks: Mapping[str, Look] = field(default_factory=dict, hash=False)
    label: tuple[str, ...] = ()

    def look(self, column: str) -> Look:
        """How this column shows itself."""
        return self.looks.get(column) or _plain(column)


@cache
def _plain(column: str) -> Look:
    return Look(column)


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
    this very operation had been saved before; `saved` then holds those rows as they are today. Whoever holds
    a reading of edition `follows` brings it to `edition` with `saved` alone. `met` is what people typed into
    the same cells while the save was on its way, and what it therefore replaced.
    """

    op_id: str
    number: int
    saved: tuple[tuple[str, Cells], ...] = ()
    audit: tuple[Cells, ...] = ()
    repeated: bool = False
    follows: int = -1
    edition: int = -1
    met: tuple["Met", ...] = ()


@dataclass(frozen=True)
class Met:
    """A cell that a person changed in the sheet in the moment of a save: what they typed is no longer there."""

    register: str
    id: str
    column: str
    typed: str


@dataclass(frozen=True)
class Reading:
    """Registers as they stood together at change `number`; `whole` False means only the rows changed since.

    `edition` names this state of the workbook, edits by hand counted, within one process; `broken` are registers
    that can't be read until somebody mends their tab or columns, with what is wrong.
    """

    number: int
    at: datetime
    rows: Mapping[str, tuple[Cells, ...]]
    whole: bool
    edition: int
    broken: Mapping[str, StoreUnavailable] = field(default_factory=dict)


Rewrite = Callable[[str, Cells], Cells]
"""A row of a register, or of `AUDIT`, as it shall stand; the very same where nothing is to go (X6)."""


@dataclass(frozen=True)
class Erasure:
    """How every row shall stand without somebody, and the changes that belong to it; its own rows come last."""

    rewrite: Rewrite
    changes: tuple[Change, ...] = ()


class IdTaken(ValueError):
    """An appended row's random `_id` exists already. Nothing was written; a new id will do."""


class NotEmpty(OurError):
    """A whole workbook can only be written where nothing is yet."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("There is something in that workbook already. Nothing was written to it.")),
            Message(N_("Name a workbook that is not there yet, or an empty spreadsheet.")),
        )


def number_of(mark: str) -> int:
    """The number in a change's mark; 0 where a row was never written by Mentor Desk."""
    number = mark.partition("-")[0]
    return int(number) if number.isdecimal() else 0


class Store(Protocol):
    """A workbook. Every method may raise `StoreUnavailable`; safe to share between threads."""

    def open(self, tabs: Sequence[Tab]) -> None:
        """Make ready: create missing registers and columns. Never drops or renames anything."""
        ...

    def close(self) -> None:
        """Let go of every connection."""
        ...

    def read(self, *registers: str, since: int | None = None) -> Reading:
        """The named registers at one instant, in one round trip at most.

        With `since`, an edition, only rows changed after it, unless rows of these registers may be gone or
        moved since then: then everything, and `whole` says so.
        """
        ...

    def held(self, register: str) -> tuple[Cells, ...] | None:
        """A register as it was read last, without asking anybody; `None` where this engine holds nothing."""
        ...

    def edition(self) -> int | None:
        """What stands now, cheaply: another number than before where anything changed. None: not known."""
        ...

    def look_again(self) -> None:
        """The next reading goes to the workbook itself, whatever is held."""
        ...

    def number(self) -> int:
        """The newest change's number."""
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

    def erase(self, operation: Operation, decide: Callable[[Fresh], Erasure]) -> Receipt:
        """Rewrite every row and the history too, all of it or nothing, and leave no trace of what stood there (X6).

        `decide` sees every register whole. The history gets a row for each row rewritten: who, when, which field.
        The same operation again takes out what a broken-off one left. Copies made earlier are not reached.
        """
        ...

    def fill(self, rows: Mapping[str, Sequence[Cells]], audit: Sequence[Cells]) -> None:
        """Write a whole workbook as it is, history oldest first, into one where nothing was ever written.

        Raises `NotEmpty` for any other. Not atomic on every engine: what broke off is not a workbook to use.
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
