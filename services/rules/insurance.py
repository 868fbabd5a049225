"""Public liability insurance (S2): is a day covered, how long still, and where are the gaps.

Cover is a `Span` per policy, the mentor's own and the host's alike. How many days ahead to warn (60 and 30 in
Sustainable Steps Wales) is programme data and comes in as a value. Professional indemnity is not asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.rules.spans import Gap, Span, gaps, on_any, reached_until


class State(StrEnum):
    """How the cover stands on a day."""

    VALID = "valid"
    DUE = "due"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Standing:
    """How the cover stands, the last day it runs to without a gap, and the warning that has been reached.

    `ends_on` is `None` when there is no cover, or no end to it; `warning_days` is the tightest limit passed
    (60, then 30) or `None`; `days_left` counts to `ends_on`, which is itself still covered.
    """

    state: State
    ends_on: date | None = None
    days_left: int | None = None
    warning_days: int | None = None


def is_covered(cover: Iterable[Span], day: date) -> bool:
    """Whether work on `day` is insured: the first and the last day of a policy are."""
    return on_any(cover, day)


def gap_days(cover: Iterable[Span], first: date, last: date) -> int:
    """How many days from `first` to `last`, both included, are not covered."""
    return sum(gap.days for gap in gaps(cover, first, last))


def first_gap(cover: Iterable[Span], first: date, last: date) -> Gap | None:
    """The earliest stretch without cover in that time, or `None`."""
    return next(iter(gaps(cover, first, last)), None)


def standing(cover: Sequence[Span], day: date, warning_days: Sequence[int]) -> Standing:
    """Valid, due for renewal or lapsed on `day`; a renewal that joins on without a gap counts (S2)."""
    ends_on = reached_until(cover, day)
    if ends_on is None:
        return Standing(State.LAPSED)
    if ends_on == date.max:
        return Standing(State.VALID)
    days_left = (ends_on - day).days
    passed = min((limit for limit in warning_days if days_left <= limit), default=None)
    return Standing(State.VALID if passed is None else State.DUE, ends_on, days_left, passed)
