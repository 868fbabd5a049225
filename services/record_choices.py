"""What a mentor chooses from while writing an Activity Record: groups, priority actions, lines of time (S7)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schemas.assignments import Assignments, AssignmentStatus
from schemas.column import Row
from schemas.mentees import Actions, Plans, PlanStatus
from schemas.work import Timesheets
from services import access, records
from services.context import Context
from services.sessions import LINKABLE


def actions_of(ctx: Context, assignment: Row) -> list[Row]:
    """The priority actions of the group's agreed plan, in order of priority."""
    rows = records.view(ctx)
    plans = [
        row for row in rows.where(Plans, "mentee", assignment["mentee"]) if row["status"] == PlanStatus.AGREED
    ]
    newest = max(plans, key=lambda plan: plan["version"], default=None)
    actions = rows.where(Actions, "plan", newest.id) if newest else []
    return sorted(actions, key=lambda row: (row["priority"] or Decimal(99), row.id))


@dataclass(frozen=True)
class Blank:
    """What a record begins with: its assignment and day, its lines, and those it could take."""

    assignment: str
    held_on: date
    kind: str | None
    lines: tuple[str, ...]


def begin(ctx: Context, line_id: str = "", assignment: str = "") -> Blank:
    """A new record for a line of time, for an assignment, or for the group worked with last; today else."""
    access.require(ctx, "sessions.write")
    rows = records.view(ctx)
    line = rows.find(Timesheets, line_id) if line_id else None
    if line is not None:
        return Blank(line["assignment"], line["worked_on"], line["kind"], (line.id,))
    open_to = [row.id for row in groups_of(ctx)]
    return Blank(assignment if assignment in open_to else next(iter(open_to), ""), ctx.today, None, ())


def groups_of(ctx: Context) -> list[Row]:
    """The own assignments with a group that a record can be about, running ones first, the newest first."""
    access.require(ctx, "sessions.write")
    own = records.view(ctx).where(Assignments, "mentor", ctx.actor.mentor)
    order = [AssignmentStatus.APPROVED, AssignmentStatus.ENDED]
    fit = [row for row in own if row["mentee"] and row["status"] in order]
    newest = sorted(fit, key=lambda row: (row["starts_on"] or ctx.today, row.id), reverse=True)
    return sorted(newest, key=lambda row: order.index(row["status"]))


def lines_for(ctx: Context, assignment: str, session: str = "") -> list[Row]:
    """The own lines a record of this assignment can take: its own ones, and those without a record, newest first."""
    access.require(ctx, "sessions.write")
    own = records.view(ctx).where(Timesheets, "mentor", ctx.actor.mentor)
    fit = [
        line
        for line in own
        if line["assignment"] == assignment
        and line["status"] in LINKABLE
        and (line["session"] or session) == session
    ]
    return sorted(fit, key=lambda line: (line["worked_on"], line.id), reverse=True)
