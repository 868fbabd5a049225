"""What mentors learn and share: reflections, forum, events, training; chargeable within an allowance (S8, S14)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from schemas.assignments import Assignments, AssignmentStatus
from schemas.column import Row, new_id
from schemas.errors import NotYet
from schemas.mentors import Mentors
from schemas.words import N_, Message
from schemas.work import Development, Timesheets, TimesheetStatus
from services import access, records
from services.context import Context
from services.records import FreshRows, Intent, New
from services.store.interface import Needs, Receipt

TYPED = ("kind", "held_on", "title", "words", "shared_with", "is_chargeable")
POOL = "mentor pool"


def shared(ctx: Context) -> list[Row]:
    """The reflections one may read: staff all, a mentor the own ones and those shared with the pool."""
    access.require(ctx, "development.see")
    rows = records.view(ctx)
    seen = {row.id: row for row in rows.all(Development)}
    if access.may(ctx, "development.write"):
        open_ones = (
            row for row in records.ground(ctx).all(Development) if POOL in (row["shared_with"] or ())
        )
        seen |= {row.id: row for row in open_ones}
    return sorted(seen.values(), key=lambda row: (row["held_on"], row.id), reverse=True)


def author(ctx: Context, row: Row) -> str:
    """Who shared a reflection that one may read; the pool's readers learn the name and nothing else (RM17)."""
    readable = POOL in (row["shared_with"] or ()) or records.view(ctx).find(Development, row.id) is not None
    return records.ground(ctx).name(Mentors, row["mentor"]) if readable else ""


def is_mine(ctx: Context, row: Row) -> bool:
    """Whether the reader shared it."""
    return bool(ctx.actor.mentor) and row["mentor"] == ctx.actor.mentor


def may_share(ctx: Context) -> bool:
    """Whether the reader is one who shares: staff read only."""
    return access.may(ctx, "development.write")


def allowances(ctx: Context) -> list[Row]:
    """The mentor's approved allowances for programme activity."""
    own = records.view(ctx).where(Assignments, "mentor", ctx.actor.mentor)
    return [row for row in own if row["activity"] and row["status"] == AssignmentStatus.APPROVED]


def share(
    ctx: Context, op_id: str, values: Mapping[str, Any], hours: Decimal | None = None, allowance: str = ""
) -> Receipt:
    """Share a reflection; with hours and an allowance, its time is written down as a draft line too."""
    typed = {name: values[name] for name in TYPED if name in values}
    entry, line = new_id(Development.prefix), new_id(Timesheets.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        own = {**typed, "mentor": ctx.actor.mentor, "timesheet": line if hours else None}
        intents: list[Intent] = [New(Development, own, entry)]
        if hours:
            intents.append(New(Timesheets, _time(ctx, fresh, typed, hours, allowance), line))
        return intents

    needs = Needs(rows=((Assignments.tab, allowance),))
    return records.commit(ctx, op_id, "development.write", [typed, hours, allowance], needs, decide)


def _time(
    ctx: Context, fresh: FreshRows, typed: Mapping[str, Any], hours: Decimal, allowance: str
) -> dict[str, Any]:
    assignment = fresh.find(Assignments, allowance)
    if assignment is None or assignment["mentor"] != ctx.actor.mentor:
        raise NotYet(
            Message(N_("There is no allowance for this time.")),
            Message(N_("Share it without hours, or ask the Programme Manager for an allowance.")),
        )
    return {
        "mentor": ctx.actor.mentor,
        "assignment": assignment.id,
        "worked_on": typed.get("held_on"),
        "hours": hours,
        "kind": assignment["activity"],
        "is_chargeable": bool(typed.get("is_chargeable")),
        "note": typed.get("title"),
        "status": TimesheetStatus.DRAFT,
    }
