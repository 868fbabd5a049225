"""The cases in figures: referrals, starts and ends month by month, and the steps reached (D12, X11).

For staff alone: a count of few says whose it is (RM46). Whoever withdrew consent is in none of them.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from schemas.cases import Cases, OutcomeKind, Outcomes
from schemas.column import Row
from services import access, records
from services.context import Context
from services.rules.periods import Period

MONTHS = 24
DATES = {
    "referrals": "received_on",
    "starts": "started_on",
    "completed": "completed_on",
    "left": "left_on",
}


@dataclass(frozen=True)
class CaseMonth:
    """How many were referred, started, completed and left early in the month that begins on `first`."""

    first: date
    referrals: int = 0
    starts: int = 0
    completed: int = 0
    left: int = 0


@dataclass(frozen=True)
class StepCount:
    """How many mentees reached a step of one kind, each counted once."""

    kind: OutcomeKind
    people: int


def by_month(ctx: Context, period: Period | None = None, area: str = "") -> list[CaseMonth]:
    """The latest 24 months in which anything happened, the oldest first."""
    access.require(ctx, "cases.count")
    counts: dict[date, Counter[str]] = {}
    for case in _cases(ctx, area):
        for name, column in DATES.items():
            on = case[column]
            if on is not None and _is_in(on, period):
                counts.setdefault(on.replace(day=1), Counter())[name] += 1
    return [CaseMonth(first, **counts[first]) for first in sorted(counts)][-MONTHS:]


def steps(ctx: Context, period: Period | None = None, area: str = "") -> list[StepCount]:
    """Mentees by the kind of step they reached, most first; nobody counts twice within a kind."""
    access.require(ctx, "cases.count")
    here = {case.id for case in _cases(ctx, area)}
    people: dict[str, set[str]] = {}
    for row in records.view(ctx).all(Outcomes):
        if row["case"] in here and _is_in(row["reached_on"], period):
            people.setdefault(row["kind"], set()).add(row["mentee"])
    found = [StepCount(OutcomeKind(kind), len(ids)) for kind, ids in people.items()]
    return sorted(found, key=lambda each: (-each.people, each.kind))


def _cases(ctx: Context, area: str) -> list[Row]:
    return [row for row in records.view(ctx).all(Cases) if row["area"] == (area or row["area"])]


def _is_in(on: date, period: Period | None) -> bool:
    return period is None or period.first <= on <= period.last
