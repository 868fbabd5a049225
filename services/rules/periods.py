"""The periods that invoices are run for (S12): calendar quarters, and any shorter stretch.

A period has both its days included. `code` is for addresses and registers ("2026-Q3"), `name` for people.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from schemas.errors import InvalidEntry, Problem
from schemas.words import N_, Message, message

_DAY = timedelta(days=1)
_QUARTER_NAMES = (
    N_("January to March {year}"),
    N_("April to June {year}"),
    N_("July to September {year}"),
    N_("October to December {year}"),
)


@dataclass(frozen=True, order=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def quarter(year: int, number: int) -> Period:
    """The calendar quarter 1 to 4 of a year."""
    first = date(year, 3 * number - 2, 1)
    return Period(first, _months_on(first, 3) - _DAY)


def quarter_of(day: date) -> Period:
    """The calendar quarter that `day` falls in."""
    return quarter(day.year, _number(day))


def month_of(day: date) -> Period:
    """The calendar month that `day` falls in."""
    first = day.replace(day=1)
    return Period(first, _months_on(first, 1) - _DAY)


def between(first: date, last: date) -> Period:
    """Any period a run can be for; refuses one that ends before it starts or is longer than three months (S12)."""
    if last < first:
        raise InvalidEntry([Problem("last", Message(N_("The last day is before the first.")))])
    if last >= _months_on(first, 3):
        raise InvalidEntry(
            [Problem("last", Message(N_("Choose a quarter or less: invoices are at least quarterly.")))]
        )
    return Period(first, last)


def previous(period: Period) -> Period:
    """The quarter before a quarter, the month before a month, else as many days as it has just before it."""
    before = period.first - _DAY
    if (whole := _whole(period, before)) is not None:
        return whole
    return Period(period.first - (period.last - period.first) - _DAY, before)


def following(period: Period) -> Period:
    """The quarter after a quarter, the month after a month, else as many days as it has just after it."""
    after = period.last + _DAY
    if (whole := _whole(period, after)) is not None:
        return whole
    return Period(after, after + (period.last - period.first))


def last_quarters(day: date, count: int) -> tuple[Period, ...]:
    """The quarter of `day` and those before it, newest first, for a person to choose from."""
    found = [quarter_of(day)]
    while len(found) < count:
        found.append(previous(found[-1]))
    return tuple(found[:count])


def is_quarter(period: Period) -> bool:
    """Whether it is exactly one calendar quarter."""
    return period == quarter_of(period.first)


def code(period: Period) -> str:
    """2026-Q3, or 2026-07-01--2026-07-31; `from_code` reads it back."""
    if is_quarter(period):
        return f"{period.first.year}-Q{_number(period.first)}"
    return f"{period.first.isoformat()}--{period.last.isoformat()}"


def from_code(text: str) -> Period:
    """The period that `code` wrote; raises `InvalidEntry` for what is no period."""
    if found := re.fullmatch(r"([1-9]\d{3})-Q([1-4])", text, re.ASCII):
        return quarter(int(found[1]), int(found[2]))
    first, _, last = text.partition("--")
    try:
        return between(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        raise InvalidEntry(
            [Problem("period", Message(N_("That is not a period. Choose one from the list.")))]
        ) from None


def name(period: Period) -> Message:
    """July to September 2026; another period by its first and last day."""
    if is_quarter(period):
        return message(_QUARTER_NAMES[_number(period.first) - 1], year=period.first.year)
    return message(N_("{first} to {last}"), first=period.first, last=period.last)


def _number(day: date) -> int:
    return (day.month + 2) // 3


def _whole(like: Period, day: date) -> Period | None:
    """The whole quarter or month round `day`, when `like` is a whole one itself."""
    if is_quarter(like):
        return quarter_of(day)
    return month_of(day) if like == month_of(like.first) else None


def _months_on(day: date, months: int) -> date:
    """The same day of a later month, or its last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
