"""Full-time equivalents by allocation: weekly hours over the hours of a full week (D15, D16; 2.26, annex C)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal


@dataclass(frozen=True)
class Posted:
    """A mentor's weekly hours in one area, from a day to a day, both included; no last day while it goes on."""

    mentor: str
    area: str
    weekly_hours: Decimal
    from_on: date
    to_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it counts on that day."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


def fte(posted: Iterable[Posted], day: date, week_hours: Decimal, area: str = "") -> Decimal:
    """The full-time equivalents in post on a day, in one area or, where it is blank, in all; not rounded."""
    here = (each for each in posted if each.holds_on(day) and area in ("", each.area))
    return sum((each.weekly_hours for each in here), Decimal(0)) / week_hours


def gap(have: Decimal, least: int) -> Decimal:
    """How many are missing to the least that an area is to have; nought where none is."""
    return max(Decimal(least) - have, Decimal(0))


def mean(posted: Iterable[Posted], first: date, last: date, week_hours: Decimal) -> Decimal:
    """The full-time equivalents on average over the days from `first` to `last`: a load is measured by it (SF2)."""
    days = (last - first).days + 1
    hours = sum((each.weekly_hours * _days_of(each, first, last) for each in posted), Decimal(0))
    return hours / week_hours / days


def hours_at_most(posted: Iterable[Posted]) -> Decimal:
    """The most hours a week that these come to on any day: nobody has more than a full week."""
    every = list(posted)
    starts = [each.from_on for each in every]
    return max((fte(every, day, Decimal(1)) for day in starts), default=Decimal(0))


def _days_of(each: Posted, first: date, last: date) -> int:
    begins, ends = max(each.from_on, first), min(each.to_on or last, last)
    return max((ends - begins + timedelta(days=1)).days, 0)
