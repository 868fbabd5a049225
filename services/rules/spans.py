"""Stretches of days, both ends included, and the holes between them (S2, S15).

Insurance cover, terms of office and waivers are all spans; an end that is `None` is open.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both included. `None` is open: "since always", "until further notice"."""

    starts_on: date | None
    ends_on: date | None

    def __contains__(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day <= self.ends_on
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """Days that no span reaches, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def on_any(spans: Iterable[Span], day: date) -> bool:
    """Whether at least one span reaches `day`."""
    for span in spans:  # noqa: SIM110 - a plain loop: `judge` asks this for every line, and `any` takes twice as long
        if day in span:
            return True
    return False


def gaps(spans: Iterable[Span], first: date, last: date) -> tuple[Gap, ...]:
    """The holes between `first` and `last`, in date order; spans may overlap and come in any order."""
    return tuple(_holes(_clipped(spans, first, last), first, last))


def reached_until(spans: Iterable[Span], day: date) -> date | None:
    """The last day without a hole after `day`; `date.max` when open-ended, `None` when `day` is a hole."""
    holes = gaps(spans, day, date.max)
    if not holes:
        return date.max
    return None if holes[0].first == day else holes[0].first - DAY


def _clipped(spans: Iterable[Span], first: date, last: date) -> list[tuple[date, date]]:
    """Start and end of each span inside the window, earliest first; spans outside it drop out."""
    inside = ((max(s.starts_on or first, first), min(s.ends_on or last, last)) for s in spans)
    return sorted((start, end) for start, end in inside if start <= end)


def _holes(reached: list[tuple[date, date]], first: date, last: date) -> Iterator[Gap]:
    open_from = first
    for start, end in reached:
        if start > open_from:
            yield Gap(open_from, start - DAY)
        if end >= last:
            return
        open_from = max(open_from, end + DAY)
    if open_from <= last:
        yield Gap(open_from, last)
