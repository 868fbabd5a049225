"""The shortlist for a group's plan, each place explained, and whom the group chose (S4)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schemas.assignments import Assignments
from schemas.column import Row
from schemas.mentees import Mentees
from schemas.mentors import Mentors, MentorStatus
from services import access, agreements, assignments, cover, groups, interests, plans, records
from services.context import Context
from services.programmes import Programme
from services.records import Reader, Rows
from services.rules import matching
from services.rules.matching import Candidate, Need
from services.rules.shortlists import Reason
from services.store.interface import Receipt

IN_SHORTLIST = frozenset({MentorStatus.APPROVED, MentorStatus.PAUSED})
DAYS_A_MONTH = Decimal("30.44")
OPEN_ENDED_MONTHS = Decimal(12)


@dataclass(frozen=True)
class Suggestion:
    """A mentor's place in the shortlist: points with their reasons, and what blocks an assignment."""

    mentor: Row
    points: int
    reasons: tuple[Reason, ...]
    blocked_by: tuple[Reason, ...]


def shortlist(
    ctx: Context,
    group_id: str,
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
    days_a_month: Decimal = Decimal(0),
) -> list[Suggestion]:
    """Approved mentors for what the group's plan needs, best first and blocked ones last.

    Without dates the work is taken to start today. Every mentor stands with reasons: the group chooses.
    """
    access.require(ctx, "matching.see")
    rows = records.view(ctx)
    group = rows.get(Mentees, group_id)
    need = need_of(ctx.programme, rows, group, starts_on or ctx.today, ends_on, days_a_month)
    found = matching.shortlist(need, [_candidate(ctx, rows, row, group_id) for row in rows.all(Mentors)])
    return [
        Suggestion(rows.get(Mentors, each.candidate), each.points, each.reasons, each.blocked_by)
        for each in found
    ]


def need_of(
    programme: Programme,
    rows: Rows,
    group: Row,
    starts_on: date,
    ends_on: date | None = None,
    days_a_month: Decimal = Decimal(0),
) -> Need:
    """What the plan in force asks for: the support its open actions want, in order of priority."""
    plan = groups.plan_in_force(rows, group.id)
    open_actions = (
        [row for row in plans.actions_of(rows, plan.id) if row["step"] in plans.OPEN] if plan else []
    )
    skills = dict.fromkeys(skill for row in open_actions for skill in row["support"] or ())
    area = group["area"] or ""
    nearby = next((each.beside for each in programme.areas if each.en == area), ())
    languages = tuple(group["languages"] or ())
    return Need(tuple(skills), area, languages, starts_on, ends_on, days_a_month, nearby)


def _candidate(ctx: Context, rows: Rows, mentor: Row, group: str) -> Candidate:
    named = [row for row in rows.where(Assignments, "mentor", mentor.id) if row["mentee"]]
    live = [row for row in named if agreements.is_live(rows, row, ctx.today)]
    return Candidate(
        id=mentor.id,
        approved=mentor["status"] in IN_SHORTLIST and mentor["recruited_on"] is not None,
        skills=tuple(mentor["skills"] or ()),
        area=mentor["area"] or "",
        languages=tuple(mentor["languages"] or ()),
        days_a_month=mentor["days_a_month"],
        days_committed=sum((_days_a_month(ctx, rows, row) for row in live), Decimal()),
        live_assignments=len(live),
        had_assignment=any(row["status"] in agreements.WAS_APPROVED for row in named),
        cover=cover.cover_of(rows, mentor.id),
        relationship=interests.state_of(rows, mentor.id, group),
        paused=mentor["status"] == MentorStatus.PAUSED,
    )


def _days_a_month(ctx: Context, rows: Reader, assignment: Row) -> Decimal:
    """The days left of an assignment over the months it still has: at least one, a year without an end."""
    used = assignments.hours_used(ctx)
    left = max(assignments.days_of(ctx, rows, assignment, used).left_days, Decimal())
    first = max(assignment["starts_on"] or ctx.today, ctx.today)
    last = agreements.ends_on(rows, assignment)
    months = Decimal((last - first).days + 1) / DAYS_A_MONTH if last else OPEN_ENDED_MONTHS
    return round(left / max(months, Decimal(1)), 2)


def choose(
    ctx: Context,
    op_id: str,
    group: str,
    mentor: str,
    *,
    days: Decimal,
    purpose: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
    chosen_on: date | None = None,
) -> Receipt:
    """Record which mentor the group chose, and when; the assignment waits for the Programme Manager (S4, S6)."""
    values = {
        "mentor": mentor,
        "mentee": group,
        "purpose": purpose,
        "days": days,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "chosen_on": chosen_on or ctx.today,
    }
    return assignments.propose(ctx, op_id, values)
