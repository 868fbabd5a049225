"""One case's way through, measured: what is met, due and late, and the one next thing to do (D5)."""

from dataclasses import dataclass
from datetime import date

from schemas.cases import CaseOutcome, Cases
from schemas.column import Row
from schemas.mentees import Plans, PlanStatus
from schemas.work import Attendance, Manner, Sessions
from services import records
from services.context import Context
from services.programmes import Programme
from services.records import Reader
from services.rules import levels
from services.rules.levels import Facts, Held, State, Step
from services.terms import CaseTerms

# Which of several limits is the next thing to do: late ones first, then the nearest.
URGENCY = {State.LATE: 0, State.DUE: 1}


@dataclass(frozen=True)
class Journey:
    """A case with its facts and its line of limits, in the order of the way through."""

    case: Row
    facts: Facts
    line: tuple[Step, ...]

    @property
    def next(self) -> Step | None:
        """The most pressing limit, or `None` where nothing is due."""
        open_ = [step for step in self.line if step.state in URGENCY]
        return min(open_, key=lambda step: (URGENCY[step.state], step.due_on or date.max), default=None)

    @property
    def is_late(self) -> bool:
        """Whether any limit has passed with the thing not done."""
        return any(step.state is State.LATE for step in self.line)


def terms(programme: Programme) -> CaseTerms:
    """The limits of this programme's cases; only programmes that have cases come here."""
    assert programme.cases is not None, "a programme whose pages name cases has a [cases] table"
    return programme.cases


def nation(programme: Programme, area: str | None) -> str:
    """Whose bank holidays count in an area."""
    found = programme.area(area)
    return (found.nation if found else "") or programme.nation


def facts(programme: Programme, rows: Reader, case: Row) -> Facts:
    """The days of one case, read from its own row, its first agreed plan and its recorded sessions."""
    return facts_of(
        programme, case, rows.where(Plans, "case", case.id), rows.where(Sessions, "case", case.id)
    )


def facts_of(programme: Programme, case: Row, plans: list[Row], sessions: list[Row]) -> Facts:
    """The same from rows at hand: for a return that looks at every case once."""
    agreed = [plan["agreed_on"] for plan in plans if plan["agreed_on"] and plan["status"] != PlanStatus.DRAFT]
    return Facts(
        case["received_on"],
        case["met_on"],
        case["started_on"],
        min(agreed, default=None),
        case["survey_on"],
        case["completed_on"],
        case["left_on"],
        case["outcome"] not in {None, CaseOutcome.STARTED},
        tuple(held(row) for row in sessions if row["attendance"] in {Attendance.ATTENDED, Attendance.MISSED}),
        nation(programme, case["area"]),
    )


def held(session: Row) -> Held:
    """A recorded session as a value."""
    return Held(
        session["held_on"],
        session["minutes"] or levels.NO_MINUTES,
        session["attendance"] == Attendance.ATTENDED,
        session["manner"] == Manner.DIGITAL,
    )


def of(ctx: Context, case: Row) -> Journey:
    """A case's journey as it stands today, for whoever may see the case."""
    found = facts(ctx.programme, records.view(ctx), case)
    return Journey(case, found, levels.line(found, terms(ctx.programme), ctx.today))


def all_of(ctx: Context) -> dict[str, Journey]:
    """Every case one may see with its journey, by the case's id; worked out once per state of the registers."""
    seen = {case.id for case in records.view(ctx).all(Cases)}
    tabs = (Cases.tab, Plans.tab, Sessions.tab, "Mentees")

    def made() -> dict[str, Journey]:
        whole = records.ground(ctx)
        plans, sessions = _by_case(whole.all(Plans)), _by_case(whole.all(Sessions))
        limits, found = terms(ctx.programme), {}
        for case in whole.all(Cases):
            known = facts_of(ctx.programme, case, plans.get(case.id, []), sessions.get(case.id, []))
            found[case.id] = Journey(case, known, levels.line(known, limits, ctx.today))
        return found

    journeys = ctx.workbook.derived(f"journeys on {ctx.today}", tabs, ctx.programme.code, made)
    return {id_: journey for id_, journey in journeys.items() if id_ in seen}


def _by_case(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row["case"]:
            found.setdefault(row["case"], []).append(row)
    return found
