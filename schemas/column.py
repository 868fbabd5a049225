"""What a register is made of: one description per column (design 2).

From a `Column` come the sheet's header, dropdown and protection, the form's widget and help, the table's
column, the check and its message, the import mapping, the audit's words and the guide. To add a column to
a register, edit its file under `schemas/` and nothing else.

The descriptions are plain Python, so that the sign-in page can read People without loading pandera
(0.7 s of import, measured); `schemas.frames` builds the pandera schema from the same description.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from schemas import kinds
from schemas.errors import Problem
from schemas.kinds import Kind, Unreadable
from schemas.words import N_, Message, message, plain

STAFF = N_("a member of staff")
REFERRER = N_("whoever referred them")
ID_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"


class Role(StrEnum):
    """What a person may be in a programme (X5)."""

    MANAGER = N_("Programme Manager")
    COORDINATOR = N_("Facilitator")
    MENTOR = N_("Mentor")
    FINANCE = N_("Finance")
    EVALUATOR = N_("Evaluator")
    ADMINISTRATOR = N_("Administrator")


@dataclass(frozen=True)
class Check:
    """One named test of a value, with the sentence for a person whose value fails it."""

    name: str
    holds: Callable[[Any], bool]
    words: Message


@dataclass(frozen=True)
class RowRule:
    """A test over several columns of one row; `column` is where the message belongs."""

    column: str
    holds: Callable[["Row"], bool]
    words: Message


@dataclass(frozen=True)
class Column:
    """One column of a register: what it is called, what it means, its kind, checks and readers."""

    title: str
    kind: Kind
    help: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    to: str = ""
    checks: tuple[Check, ...] = ()
    normal: Callable[[str], str] | None = None
    sealed: bool = False
    personal: bool = False
    options: str = ""
    moves: Mapping[str, tuple[str, ...]] | None = field(default=None, hash=False)
    names: str = (
        ""  # whom it names besides whose row it is; they are called by this in that person's papers (X6)
    )
    name: str = ""
    register: str = ""

    def read(self, cell: str) -> Any:
        """The value of a stored cell; raises `Unreadable`."""
        return self.checked(kinds.stored(self.kind, cell))

    def typed(self, text: str) -> Any:
        """The value of what a person typed; raises `Unreadable`."""
        value = kinds.typed(self.kind, text)
        if self.normal and value is not None:
            value = self.normal(value)
        if self.kind is Kind.CHOICE and value is not None:
            value = self._choice(value)
        return self.checked(value)

    def checked(self, value: Any) -> Any:
        """The same value, or `Unreadable`: choices and named checks."""
        if value is None:
            return None
        if self.choices and value not in self.choices:
            raise Unreadable(message(N_("must be one of: {choices}."), choices=", ".join(self.choices)))
        for check in self.checks:
            if not check.holds(value):
                raise Unreadable(check.words)
        return value

    def write(self, value: Any) -> str:
        """The canonical text of a value."""
        return kinds.canonical(self.kind, value)

    def problem(self, words: Message, row: int | None = None, value: str = "") -> Problem:
        """A `Problem` in this column: "Hours is not a number. Write it like 3.5."."""
        said = message(N_("{field} {what}"), field=Message(self.title), what=words)
        shown = "" if self.sealed or self.personal else value
        return Problem(self.name, said, row, self.register, shown)

    def _choice(self, text: str) -> str:
        folded = text.casefold()
        return next((choice for choice in self.choices if choice.casefold() == folded), text)


class Row(dict[str, Any]):
    """One record's values by column name; `line.hours` reads like the field's own words."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def id(self) -> str:
        """The record's own id."""
        return str(self["_id"])


class Register:
    """A tab of the workbook. Its class attributes that are `Column`s are its columns, in order."""

    tab: ClassVar[str]
    prefix: ClassVar[str]
    one: ClassVar[str]
    label: ClassVar[str] = "name"  # what a record is called: the first filled of these columns
    columns: ClassVar[dict[str, Column]]
    rules: ClassVar[tuple[RowRule, ...]] = ()

    def __init_subclass__(cls) -> None:
        own = {
            name: replace(column, name=name, register=cls.tab)
            for name, column in vars(cls).items()
            if isinstance(column, Column)
        }
        cls.columns = {
            name: replace(column, register=cls.tab) for name, column in COMMON.items() if name == "_id"
        }
        cls.columns |= own
        cls.columns |= {
            name: replace(column, register=cls.tab) for name, column in COMMON.items() if name != "_id"
        }
        for name, column in own.items():
            setattr(cls, name, column)

    @classmethod
    def own_columns(cls) -> Iterator[Column]:
        """The columns a person fills in, in order."""
        return (column for name, column in cls.columns.items() if name not in COMMON)


def new_id(prefix: str) -> str:
    """A random, readable id that is never used again: MEN-7F3K9Q."""
    drawn, letters = secrets.randbelow(len(ID_LETTERS) ** 6), ""
    for _ in range(6):
        drawn, place = divmod(drawn, len(ID_LETTERS))
        letters += ID_LETTERS[place]
    return f"{prefix}-{letters}"


# --- how columns are written down ------------------------------------------------------------------


def text(title: str, help: str = "", **more: Any) -> Column:
    """One line of text."""
    return Column(title, Kind.TEXT, help, **more)


def long_text(title: str, help: str = "", **more: Any) -> Column:
    """Text with line breaks."""
    return Column(title, Kind.LONG_TEXT, help, **more)


def number(title: str, help: str = "", **more: Any) -> Column:
    """A plain number."""
    return Column(title, Kind.NUMBER, help, **more)


def money(title: str, help: str = "", **more: Any) -> Column:
    """Pounds and pence."""
    return Column(title, Kind.MONEY, help, **more)


def hours(title: str, help: str = "", **more: Any) -> Column:
    """Hours in quarters."""
    return Column(title, Kind.HOURS, help, checks=(QUARTERS, *more.pop("checks", ())), **more)


def date(title: str, help: str = "", **more: Any) -> Column:
    """A day."""
    return Column(title, Kind.DATE, help, **more)


def time(title: str, help: str = "", **more: Any) -> Column:
    """A time of day."""
    return Column(title, Kind.TIME, help, **more)


def yes_no(title: str, help: str = "", **more: Any) -> Column:
    """Yes or no."""
    return Column(title, Kind.YES_NO, help, **more)


def choice(title: str, choices: type[StrEnum], help: str = "", **more: Any) -> Column:
    """One of a closed list, English in the sheet, translated when shown."""
    return Column(title, Kind.CHOICE, help, choices=tuple(choices), **more)


def items(title: str, help: str = "", **more: Any) -> Column:
    """Several short texts: `a; b`."""
    return Column(title, Kind.LIST, help, **more)


def link(title: str, to: str, help: str = "", **more: Any) -> Column:
    """A record of another register (its tab's name)."""
    return Column(title, Kind.LINK, help, to=to, **more)


def instant(title: str, help: str = "", **more: Any) -> Column:
    """A moment in UTC."""
    return Column(title, Kind.INSTANT, help, **more)


# --- named checks ----------------------------------------------------------------------------------


def at_least(least: Decimal | int) -> Check:
    """Not below `least`."""
    limit = Decimal(least)
    return Check(
        "at least", lambda value: value >= limit, message(N_("must be {least} or more."), least=plain(limit))
    )


def at_most(most: Decimal | int) -> Check:
    """Not above `most`."""
    limit = Decimal(most)
    return Check(
        "at most", lambda value: value <= limit, message(N_("must be {most} or less."), most=plain(limit))
    )


def more_than(least: Decimal | int) -> Check:
    """Above `least`."""
    limit = Decimal(least)
    return Check(
        "more than",
        lambda value: value > limit,
        message(N_("must be more than {least}."), least=plain(limit)),
    )


def matches(name: str, pattern: str, words: str) -> Check:
    """The whole text fits the pattern."""
    import re

    compiled = re.compile(pattern)
    return Check(name, lambda value: bool(compiled.fullmatch(value)), Message(words))


QUARTERS = Check(
    "quarter hours",
    lambda value: value % Decimal("0.25") == 0,
    Message(N_("must be in quarter hours, like 0.25, 1.5 or 2.75.")),
)
EMAIL = matches(
    "e-mail",
    r"[^\s@]+@[^\s@]+\.[^\s@.]{2,}",
    N_("is not an e-mail address. It should look like name@example.org."),
)
PHONE = matches("phone", r"\+?[0-9 ()./-]{7,25}", N_("is not a phone number. Use digits and spaces."))
SORT_CODE = matches(
    "sort code", r"\d{2}-\d{2}-\d{2}", N_("is not a sort code. It has six digits, like 12-34-56.")
)
ACCOUNT = matches("account number", r"\d{8}", N_("is not an account number. It has eight digits."))


NINO = matches(
    "National Insurance number",
    r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]",
    N_("is not a National Insurance number. It has two letters, six digits and a letter from A to D."),
)


def nino(title: str, help: str = "", **more: Any) -> Column:
    """A National Insurance number: sealed, each view logged, capitals and without spaces (X6, X14)."""
    return Column(title, Kind.TEXT, help, sealed=True, personal=True, normal=_nino, checks=(NINO,), **more)


def confidential(title: str, help: str = "", **more: Any) -> Column:
    """A note said in confidence: sealed, each view logged (X6)."""
    return Column(title, Kind.LONG_TEXT, help, sealed=True, personal=True, **more)


def _nino(text: str) -> str:
    return "".join(text.split()).upper()


def sort_code(text: str) -> str:
    """Six digits as 12-34-56; anything else as it was, for the check to refuse (X14)."""
    digits = "".join(letter for letter in text if letter.isdigit())
    spare = text.replace("-", "").replace(" ", "")
    return f"{digits[:2]}-{digits[2:4]}-{digits[4:]}" if len(digits) == 6 and spare == digits else text


COMMON: dict[str, Column] = {
    name: replace(column, name=name)
    for name, column in {
        "_id": text(N_("Id"), N_("Made by Mentor Desk; never change it"), required=True),
        "programme": text(N_("Programme"), N_("The programme this belongs to")),
        "_change": text(N_("Change"), N_("The change that wrote this row last")),
        "_updated_at": text(N_("Updated at")),
        "_updated_by": text(N_("Updated by"), names=STAFF),
        "_archived": text(N_("Archived"), N_("Why it is no longer shown; nothing is deleted")),
    }.items()
}
