"""Working days of a nation, bank holidays out (D5, D13, D18, D20). Day 0 is the day of the event.

Bank holidays come from the `holidays` library, loaded when first asked for. A one-off day announced after its
release comes in as an override from programme data: `{date(2026, 6, 15): False}` is a holiday,
`True` a working day after all.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from schemas.errors import InvalidEntry, Problem
from schemas.words import N_, message

NATIONS: Mapping[str, str] = MappingProxyType(
    {"England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}
)
Overrides = Mapping[date, bool]
_NONE: Overrides = MappingProxyType({})
_DAY = timedelta(days=1)
_SATURDAY = 5


def is_working_day(day: date, nation: str, overrides: Overrides = _NONE) -> bool:
    """Monday to Friday and no bank holiday in `nation` (England, Wales, Scotland or Northern Ireland)."""
    if day in overrides:
        return overrides[day]
    return day.weekday() < _SATURDAY and day not in _bank_holidays(nation, day.year)


def add_working_days(day: date, n: int, nation: str, overrides: Overrides = _NONE) -> date:
    """The n-th working day after `day`, which is day 0 and may itself be a holiday; before it when n is negative."""
    if not overrides:
        return _added(day, n, nation)
    step = _DAY if n >= 0 else -_DAY
    for _ in range(abs(n)):
        day += step
        while not is_working_day(day, nation, overrides):
            day += step
    return day


def _added(day: date, n: int, nation: str) -> date:
    """The same by the year's list of working days: a return asks it thousands of times."""
    if not n:
        return day
    year = day.year
    days = _working_days(nation, year)
    place = bisect_right(days, day) + n - 1 if n > 0 else bisect_left(days, day) + n
    while place >= len(days):
        place -= len(days)
        year += 1
        days = _working_days(nation, year)
    while place < 0:
        year -= 1
        days = _working_days(nation, year)
        place += len(days)
    return days[place]


@cache
def _working_days(nation: str, year: int) -> tuple[date, ...]:
    """Every working day of a year, in order."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    return tuple(day for day in days if is_working_day(day, nation))


def working_days_after(day: date, last: date, nation: str, overrides: Overrides = _NONE) -> int:
    """How many working days lie after `day`, up to and including `last`: "missed by n" (D5).

    Nought when `last` is not after `day`.
    """
    return sum(is_working_day(each, nation, overrides) for each in _days_after(day, last))


def nth_working_day(year: int, month: int, n: int, nation: str, overrides: Overrides = _NONE) -> date:
    """The n-th working day of a month; the fifth is when returns are due (D13, D14)."""
    return add_working_days(date(year, month, 1) - _DAY, n, nation, overrides)


@cache
def _bank_holidays(nation: str, year: int) -> frozenset[date]:
    if nation not in NATIONS:
        words = N_("'{nation}' is not one of England, Wales, Scotland and Northern Ireland.")
        raise InvalidEntry([Problem("nation", message(words, nation=nation))])
    from holidays import country_holidays

    return frozenset(country_holidays("GB", subdiv=NATIONS[nation], years=year))


def _days_after(day: date, last: date) -> Iterator[date]:
    return (day + timedelta(days=n) for n in range(1, (last - day).days + 1))
