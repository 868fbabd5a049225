"""Complaints that wait for an answer, concerns that wait for the safeguarding lead (D23, D30, W10)."""

from collections.abc import Iterator

from schemas.cases import Complaints, ComplaintStatus, ConcernStatus
from schemas.column import Row
from schemas.words import N_, UK, Message, message
from services import complaints, concerns
from services.context import Context
from services.due.item import Due, by
from services.records import Rows


def complaints_to_answer(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Each complaint that waits for our answer."""
    for row in rows.where(Complaints, "status", ComplaintStatus.OPEN):
        yield Due(
            "complaint",
            Message(N_("Answer a complaint")),
            message(N_("Received on {day}"), day=row["received_on"]),
            complaints.answer_due_on(ctx, row),
            "complaints",
            Message(N_("Open")),
            {"id": row.id},
        )


def concerns_to_take_up(ctx: Context, rows: Rows) -> Iterator[Due]:
    """For the lead and the deputy: each concern that nobody has taken up, due on the day it came."""
    if not ctx.actor.is_safeguarding:
        return
    for row in concerns.listed(ctx):
        if row["status"] == ConcernStatus.RAISED:
            yield _concern(ctx, row)
    if count := concerns.unreadable(ctx):
        yield Due(
            "concern",
            Message(N_("A safeguarding concern can’t be read")),
            message(N_("{count} row has a wrong cell"), N_("{count} rows have a wrong cell"), count),
            ctx.today,
            "concerns",
            Message(N_("Open")),
        )


def _concern(ctx: Context, row: Row) -> Due:
    urgent = Message(N_("Somebody is in danger now")) if row["is_urgent"] else ""
    words = N_("Raised at {moment}. {urgent}") if urgent else N_("Raised at {moment}")
    day = row["raised_at"].astimezone(UK).date()
    return Due(
        "concern",
        Message(N_("Take up a safeguarding concern")),
        message(words, moment=row["raised_at"], urgent=urgent),
        by(ctx, day, "take_up_concern"),
        "concerns",
        Message(N_("Open")),
        {"id": row.id},
    )


def duty_to_name(ctx: Context, rows: Rows) -> Iterator[Due]:
    """While nobody is the safeguarding lead, a concern reaches nobody."""
    if not concerns.holders(ctx):
        yield Due(
            "duty",
            Message(N_("Name a safeguarding lead")),
            Message(N_("A safeguarding concern would reach nobody.")),
            ctx.today,
            "people",
            Message(N_("Open")),
        )
