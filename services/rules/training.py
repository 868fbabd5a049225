"""Whether a course was done: every element, over enough dates and enough days (P2, W5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Attended:
    """One element attended on a day."""

    element: str
    on: date


@dataclass(frozen=True)
class Standing:
    """How far somebody is: elements covered with their first day, those missing, dates and days it spread over.

    `done_on` is the day on which all of it came together; `None` while something is missing.
    """

    covered: tuple[Attended, ...]
    missing: tuple[str, ...]
    dates: tuple[date, ...]
    days: int
    done_on: date | None

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing."""
        return self.done_on is not None


def standing(
    attended: Iterable[Attended], elements: Sequence[str], least_dates: int, least_days: int
) -> Standing:
    """How far a course is done by what was attended; anything that is no element of it counts for nothing.

    Days count both ends: from the 2nd to the 15th is fourteen, two weeks.
    """
    held = sorted((each for each in attended if each.element in elements), key=lambda each: each.on)
    first: dict[str, Attended] = {}
    for each in held:
        first.setdefault(each.element, each)
    dates = tuple(sorted({each.on for each in held}))
    return Standing(
        tuple(first[each] for each in elements if each in first),
        tuple(each for each in elements if each not in first),
        dates,
        span_of(dates),
        _done_on(first, dates, len(elements), least_dates, least_days),
    )


def span_of(dates: Sequence[date]) -> int:
    """Days from the first date to the last, both included; none for no date."""
    return (dates[-1] - dates[0]).days + 1 if dates else 0


def _done_on(
    first: dict[str, Attended], dates: Sequence[date], elements: int, least_dates: int, least_days: int
) -> date | None:
    if len(first) < elements or len(dates) < least_dates or not dates:
        return None
    enough = dates[0] + timedelta(days=least_days - 1)
    wanted = max(max(each.on for each in first.values()), dates[least_dates - 1])
    return next((day for day in dates if day >= wanted and day >= enough), None)
