"""The service levels of table A: met and missed by month and area, and what is late on whose cases (D5, D15).

A limit counts in the month it fell. What is still to come is neither met nor missed; what can no longer be asked of
anybody (a referral that came to nothing in time) does not count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from schemas.cases import Cases
from schemas.column import Row
from schemas.contracts import Postings, ReturnKind
from services import access, contracts, journeys, postings, records, returns
from services.context import Context
from services.journeys import Journey
from services.rules import fte, levels
from services.rules.levels import State, Step
from services.rules.periods import Period
from services.terms import LevelTerm

PMI, TRACKER, FTE = "pmi", "tracker", "fte"
RETURNS = {PMI: ReturnKind.PMI, TRACKER: ReturnKind.TRACKER}
# Which limits of a case belong to which row of the table.
OF_CASES: dict[str, tuple[str, ...]] = {
    "initial-meeting": (levels.INITIAL_MEETING,),
    "interview": (levels.INTERVIEW,),
    "plan": (levels.PLAN,),
    "sessions": (levels.FIRST_SESSIONS, levels.SESSIONS),
    "survey": (levels.SURVEY,),
}
MISSED = {State.MISSED, State.LATE}


@dataclass(frozen=True)
class Tally:
    """A level in an area and a month; `area` is blank where the level is the whole contract's.

    `cases` are the ids of those missed; `least` and `most_missing` are of the FTE: what was asked, and the gap.
    """

    level: LevelTerm
    area: str
    month: Period
    met: int
    missed: int
    cases: tuple[str, ...] = ()
    least: int = 0
    gap: Decimal = Decimal(0)

    @property
    def is_missed(self) -> bool:
        """Whether a Performance Improvement Plan is owed for it."""
        return self.missed > 0


@dataclass(frozen=True)
class Late:
    """A limit of a case that is late or due, for the list of what to do first."""

    case: Row
    step: Step


def report(ctx: Context, contract: Row, month: Period) -> list[Tally]:
    """All eight rows of the table for a month: one for each area, one in all for the returns (D15)."""
    access.require(ctx, "improvements.see")
    by_area = _journeys(ctx, contract)
    found: list[Tally] = []
    for level in contracts.terms_of(ctx).levels:
        if level.code in RETURNS:
            found.append(_return(ctx, contract, level, month))
        elif level.code == FTE:
            found += [_fte(ctx, contract, level, area, month) for area in contract["areas"]]
        else:
            found += [_cases(level, area, month, by_area[area]) for area in contract["areas"]]
    return found


def _journeys(ctx: Context, contract: Row) -> dict[str, list[Journey]]:
    by_area: dict[str, list[Journey]] = {area: [] for area in contract["areas"]}
    for each in journeys.all_of(ctx).values():
        if each.case["area"] in by_area:
            by_area[each.case["area"]].append(each)
    return by_area


def _return(ctx: Context, contract: Row, level: LevelTerm, month: Period) -> Tally:
    """Late by the day its limit fell in this month: the return is of the month before, or longer ago."""
    asked = [
        each
        for each in returns.expected(ctx, contract, [RETURNS[level.code]])
        if each.due_on in month and (each.is_sent or each.due_on < ctx.today)
    ]
    missed = sum(each.is_late(ctx.today) for each in asked)
    return Tally(level, "", month, len(asked) - missed, missed)


def _cases(level: LevelTerm, area: str, month: Period, found: Sequence[Journey]) -> Tally:
    met, missed = 0, []
    for journey in found:
        states = [step.state for step in journey.line if _fell(step, level, journey, month)]
        met += states.count(State.MET)
        missed += [journey.case.id for state in states if state in MISSED]
    return Tally(level, area, month, met, len(missed), tuple(missed))


def _fell(step: Step, level: LevelTerm, journey: Journey, month: Period) -> bool:
    """Whether a limit of this level fell in the month; eight sessions are judged on the day a case ends."""
    if step.code not in OF_CASES[level.code]:
        return False
    on = step.due_on or (_judged_on(step, journey) if step.code == levels.SESSIONS else None)
    return on is not None and on in month


def _judged_on(step: Step, journey: Journey) -> date | None:
    """The end of the case; the eighth session itself, where it is there before an end is."""
    return journey.facts.ended_on or step.done_on


def _fte(ctx: Context, contract: Row, level: LevelTerm, area: str, month: Period) -> Tally:
    """Missed where on any day after the implementation period fewer were in post than the annex asks (C1.2)."""
    place, terms = ctx.programme.area(area), contracts.terms_of(ctx)
    least = place.fte_least if place else 0
    posted = postings.posted_of(records.ground(ctx).where(Postings, "contract", contract.id))
    days = _days(
        max(month.first, contract["implemented_on"] + timedelta(1)),
        min(month.last, contract["ends_on"], ctx.today),
    )
    gap = max((fte.gap(fte.fte(posted, day, terms.week_hours, area), least) for day in days), default=None)
    if gap is None:
        return Tally(level, area, month, 0, 0, least=least)
    return Tally(level, area, month, int(not gap), int(gap > 0), least=least, gap=gap)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def late_first(ctx: Context, contract: Row | None = None) -> list[Late]:
    """What is late and due on the cases one may see, the latest first: staff all, a mentor the own (3.6)."""
    access.require(ctx, "levels.see")
    areas = set(contract["areas"]) if contract else None
    found = [
        Late(journey.case, step)
        for journey in journeys.all_of(ctx).values()
        if areas is None or journey.case["area"] in areas
        for step in journey.line
        if step.state in journeys.URGENCY
    ]
    return sorted(found, key=_urgency)


def _urgency(late: Late) -> tuple[int, date, str]:
    return (
        journeys.URGENCY[late.step.state],
        late.step.due_on or date.max,
        late.case["number"] or late.case.id,
    )


def cases_of(ctx: Context, tally: Tally) -> list[Row]:
    """The cases that missed a level, as far as one may see them."""
    access.require(ctx, "improvements.see")
    rows = records.view(ctx)
    found: Iterable[Row | None] = (rows.find(Cases, id_) for id_ in dict.fromkeys(tally.cases))
    return [row for row in found if row is not None]
