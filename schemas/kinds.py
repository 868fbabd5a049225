"""The closed list of kinds a cell can have, and the input policy for each (X14).

Every kind has three faces: what a person types (`typed`), what the workbook keeps (`stored`, canonical
text), and the Python value between them. `None` is a blank cell. A text that can't be read raises
`Unreadable` with one plain sentence that repeats no part of what was typed.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from schemas.words import N_, Message, message, plain

LINE_LENGTH = 200
LONG_LENGTH = 10_000
TOO_LARGE = Decimal(1_000_000_000)  # beyond it, sums to the penny leave the 28 digits they are made with
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    LONG_TEXT = "long text"
    NUMBER = "number"
    MONEY = "money"
    HOURS = "hours"
    DATE = "date"
    TIME = "time"
    YES_NO = "yes or no"
    CHOICE = "choice"
    LIST = "list"
    LINK = "link"
    INSTANT = "instant"


class Unreadable(ValueError):
    """A text that is not of its kind, with a plain sentence about what is expected."""

    def __init__(self, words: Message) -> None:
        self.words = words
        super().__init__(str(words))


YES = frozenset({"yes", "y", "true", "1", "ie", "ydy", "oes", "do"})
NO = frozenset({"no", "n", "false", "0", "na", "nac ydy", "nage", "naddo"})
_NUMBER = re.compile(r"[-+]?£?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?", re.ASCII)
_DMY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_YMD = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_HM = re.compile(r"(\d{1,2})[:.](\d{2})", re.ASCII)
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u115f\u1160\u3164\uffa0\u2800")


def typed(kind: Kind, text: str) -> Any:
    """The value of what a person typed or a file holds; blank is `None`."""
    text = text.strip(" \t\r\n\u00a0\ufeff") if kind is not Kind.LONG_TEXT else text.strip("\r\n\ufeff")
    if not text.strip():
        return None
    return _TYPED[kind](text)


def stored(kind: Kind, cell: str) -> Any:
    """The value of a cell of the workbook, in its kind's canonical form; blank is `None`."""
    return _STORED[kind](cell) if cell else None


def canonical(kind: Kind, value: Any) -> str:
    """The text the workbook keeps for a value; `None` is blank."""
    return "" if value is None else _CANONICAL[kind](value)


def clean(text: str, longest: int, *, lines: bool) -> str:
    """Printable text exactly as typed, or a refusal: X14's rules for any text, formulas and markup included."""
    for letter in text:
        if letter == "\n" and lines:
            continue
        category = unicodedata.category(letter)
        if letter in _OVERRIDES:
            raise Unreadable(
                Message(N_("holds hidden marks that turn the direction of writing. Type it again."))
            )
        if category in {"Cc", "Cs"} or letter in "\u2028\u2029":
            raise Unreadable(_unprintable(letter, lines))
    if all(letter in _INVISIBLE or letter.isspace() for letter in text):
        raise Unreadable(Message(N_("holds only invisible marks. Type it again, or leave it empty.")))
    if len(text) > longest:
        raise Unreadable(message(N_("is longer than {longest} letters. Shorten it."), longest=f"{longest:,}"))
    return text


def _unprintable(letter: str, lines: bool) -> Message:
    if letter in "\r\n" and not lines:
        return Message(N_("must be on one line."))
    return Message(N_("holds a character that can't be printed. Type it again."))


def number(text: str) -> Decimal:
    """ASCII digits, an optional £ and thousands commas, at most two decimals (X14)."""
    bare = text.replace(" ", "")
    if not _NUMBER.fullmatch(bare):
        raise Unreadable(_number_words(bare))
    value = Decimal(bare.replace("£", "").replace(",", ""))
    if abs(value) >= TOO_LARGE:
        raise Unreadable(Message(N_("is too large a number. Look at it again.")))
    return value


def _number_words(text: str) -> Message:
    if re.fullmatch(r"\d+,\d{1,2}", text):
        return Message(N_("has a comma where a point belongs. Write it like 3.5."))
    if re.fullmatch(r"[-+]?£?[\d,]+\.\d{3,}", text):
        return Message(N_("has more than two decimals."))
    return Message(N_("is not a number. Write it like 3.5."))


def day(text: str) -> date:
    """d/m/yyyy or yyyy-mm-dd, a real day between 1900 and 2100 (X14)."""
    if found := _DMY.fullmatch(text):
        parts = int(found[3]), int(found[2]), int(found[1])
    elif found := _YMD.fullmatch(text):
        parts = int(found[1]), int(found[2]), int(found[3])
    else:
        raise Unreadable(Message(N_("is not a date. Write it like 31/8/2026.")))
    try:
        value = date(*parts)
    except ValueError:
        raise Unreadable(Message(N_("is not a day in the calendar. Write it like 31/8/2026."))) from None
    if not EARLIEST <= value <= LATEST:
        raise Unreadable(Message(N_("must be between 1900 and 2100.")))
    return value


def clock(text: str) -> time:
    """A time of day like 14:30."""
    if not (found := _HM.fullmatch(text)) or int(found[1]) > 23 or int(found[2]) > 59:
        raise Unreadable(Message(N_("is not a time. Write it like 14:30.")))
    return time(int(found[1]), int(found[2]))


def yes_no(text: str) -> bool:
    """One of a closed list of words, English or Welsh."""
    word = text.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise Unreadable(Message(N_("must be yes or no.")))


def items(text: str) -> tuple[str, ...]:
    """`a; b`: the parts, trimmed, each a line of text."""
    parts = (part.strip() for part in text.split(";"))
    return tuple(clean(part, LINE_LENGTH, lines=False) for part in parts if part)


def line(text: str) -> str:
    """One line of printable text."""
    return clean(text, LINE_LENGTH, lines=False)


def long_text(text: str) -> str:
    """Printable text with line breaks."""
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"), LONG_LENGTH, lines=True)


def link(text: str) -> str:
    """`MEN-7F3K9Q Siân O'Brien`: the id is read, the name is for people."""
    return line(text).split(" ", 1)[0]


def instant(text: str) -> datetime:
    """A moment in UTC, ISO 8601."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        raise Unreadable(Message(N_("is not a date with a time."))) from None


def _iso_day(cell: str) -> date:
    if not _YMD.fullmatch(cell):
        raise Unreadable(Message(N_("is not a date. Write it like 31/8/2026.")))
    return day(cell)


_TYPED: dict[Kind, Callable[[str], Any]] = {
    Kind.TEXT: line,
    Kind.LONG_TEXT: long_text,
    Kind.NUMBER: number,
    Kind.MONEY: number,
    Kind.HOURS: number,
    Kind.DATE: day,
    Kind.TIME: clock,
    Kind.YES_NO: yes_no,
    Kind.CHOICE: line,
    Kind.LIST: items,
    Kind.LINK: link,
    Kind.INSTANT: instant,
}
_STORED: dict[Kind, Callable[[str], Any]] = {
    **_TYPED,
    Kind.DATE: _iso_day,
}
_CANONICAL: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: str,
    Kind.LONG_TEXT: str,
    Kind.NUMBER: plain,
    Kind.MONEY: lambda value: f"{value:.2f}",
    Kind.HOURS: plain,
    Kind.DATE: date.isoformat,
    Kind.TIME: lambda value: f"{value:%H:%M}",
    Kind.YES_NO: lambda value: "yes" if value else "no",
    Kind.CHOICE: str,
    Kind.LIST: "; ".join,
    Kind.LINK: str,
    Kind.INSTANT: lambda value: value.astimezone(UTC).isoformat(timespec="seconds"),
}
