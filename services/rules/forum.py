"""The Programme Forum (S15): at least one serving mentor representative at all times, gaps seen ahead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from services.rules.spans import Gap, Span, gaps


@dataclass(frozen=True)
class Term:
    """A mentor's term of office, both days included; `left_on` is the last day in the pool, if left."""

    mentor: str
    starts_on: date
    ends_on: date | None = None
    left_on: date | None = None


def serving_on(terms: Iterable[Term], day: date) -> tuple[str, ...]:
    """The mentors who represent the pool on `day`, each once, in order of id."""
    return tuple(sorted({term.mentor for term in terms if day in _served(term)}))


def unrepresented(terms: Iterable[Term], first: date, last: date) -> tuple[Gap, ...]:
    """Every stretch from `first` to `last` in which nobody represents the pool, in date order."""
    return gaps([_served(term) for term in terms], first, last)


def gap_ahead(terms: Iterable[Term], today: date, ahead_days: int) -> Gap | None:
    """The first stretch without a representative between today and `ahead_days` from now, or `None`."""
    return next(iter(unrepresented(terms, today, today + timedelta(days=ahead_days))), None)


def _served(term: Term) -> Span:
    """Somebody who has left the pool no longer represents it, whatever the term says."""
    ends = [day for day in (term.ends_on, term.left_on) if day is not None]
    return Span(term.starts_on, min(ends) if ends else None)
