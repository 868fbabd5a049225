"""One mentor's day of work (S8): what is refused and what is only flagged, all found at once.

A finding is a value, not an exception: a form shows them beside the fields, an import beside the rows, and
`timesheets.submit` turns the refusing ones into an `InvalidEntry`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from itertools import combinations, groupby
from operator import attrgetter

from schemas.words import N_, Message, message

HOURS_IN_A_DAY = Decimal(24)
STEP_HOURS = Decimal("0.25")
_MINUTES = Decimal(60)


class Fault(StrEnum):
    """What can be found; codes are stable."""

    NOT_QUARTERS = "not quarter hours"
    BACKWARDS = "ends before it starts"
    LONGER_THAN_TIMES = "longer than its times"
    OVERLAP = "overlap"
    OVER_24_HOURS = "over 24 hours"
    OVER_DAY_LENGTH = "over the day length"


@dataclass(frozen=True)
class Work:
    """One line of a timesheet. Times are optional; unpaid work takes time too, so it is checked like the rest."""

    id: str
    on: date
    hours: Decimal
    chargeable: bool = True
    starts_at: time | None = None
    ends_at: time | None = None


@dataclass(frozen=True)
class Finding:
    """What was found, on which lines, whether it refuses them or only flags them, and the words for it."""

    fault: Fault
    refuses: bool
    lines: tuple[str, ...]
    words: Message


def check(work: Iterable[Work], hours_per_day: Decimal) -> tuple[Finding, ...]:
    """Everything found in one mentor's work, day by day; give it all lines of the days, not only the new ones."""
    in_order = sorted(work, key=attrgetter("on", "id"))
    days = groupby(in_order, key=attrgetter("on"))
    return tuple(finding for on, lines in days for finding in _check_day(on, tuple(lines), hours_per_day))


def refusals(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that stop the lines from being entered."""
    return tuple(finding for finding in findings if finding.refuses)


def _check_day(on: date, lines: Sequence[Work], hours_per_day: Decimal) -> Iterator[Finding]:
    for line in lines:
        yield from _check_line(line)
    yield from _overlaps(lines)
    yield from _too_much(on, lines, hours_per_day)


def _check_line(line: Work) -> Iterator[Finding]:
    if line.hours <= 0 or line.hours % STEP_HOURS:
        words = N_("Hours go in steps of a quarter: 0.25, 0.5, 0.75, 1 and so on.")
        yield Finding(Fault.NOT_QUARTERS, True, (line.id,), Message(words))
    between = _hours_between(line)
    if between is None:
        return
    if between <= 0:
        words = N_("The work ends before it starts. Work past midnight goes on two lines, one for each day.")
        yield Finding(Fault.BACKWARDS, True, (line.id,), Message(words))
    elif line.hours > between:
        said = message(N_("{hours} hours do not fit between the two times."), hours=line.hours)
        yield Finding(Fault.LONGER_THAN_TIMES, True, (line.id,), said)


def _overlaps(lines: Sequence[Work]) -> Iterator[Finding]:
    """Each pair that shares a minute; one that ends as the next starts does not."""
    timed = [line for line in lines if (_hours_between(line) or 0) > 0]
    for one, other in combinations(timed, 2):
        if _share_time(one, other):
            said = message(N_("Two lines on {day} are for the same time."), day=one.on)
            yield Finding(Fault.OVERLAP, True, (one.id, other.id), said)


def _too_much(on: date, lines: Sequence[Work], hours_per_day: Decimal) -> Iterator[Finding]:
    """Over 24 hours is refused, paid or not; more chargeable hours than a day has are paid by the hour and flagged."""
    hours = sum((line.hours for line in lines), Decimal())
    paid = [line for line in lines if line.chargeable]
    paid_hours = sum((line.hours for line in paid), Decimal())
    if hours > HOURS_IN_A_DAY:
        said = message(N_("{hours} hours on {day}: a day has 24."), hours=hours, day=on)
        yield Finding(Fault.OVER_24_HOURS, True, _ids(lines), said)
    elif paid_hours > hours_per_day:
        words = N_("{hours} hours on {day}: more than a day of {length} hours, paid by the hour.")
        said = message(words, hours=paid_hours, day=on, length=hours_per_day)
        yield Finding(Fault.OVER_DAY_LENGTH, False, _ids(paid), said)


def _hours_between(line: Work) -> Decimal | None:
    if line.starts_at is None or line.ends_at is None:
        return None
    return (_minute(line.ends_at) - _minute(line.starts_at)) / _MINUTES


def _share_time(one: Work, other: Work) -> bool:
    assert one.starts_at and one.ends_at and other.starts_at and other.ends_at
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _minute(at: time) -> Decimal:
    return Decimal(at.hour * 60 + at.minute)


def _ids(lines: Sequence[Work]) -> tuple[str, ...]:
    return tuple(line.id for line in lines)
