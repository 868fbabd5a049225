"""What waits between the start and the end of a mentee's support, and after it (D8, D10, D11, D22, X10)."""

from collections.abc import Iterator

from schemas.cases import RefundStatus
from schemas.mentees import Mentees
from schemas.words import N_, Message, Money, message
from services import meetings, refunds
from services.context import Context
from services.due import cases
from services.due.item import Due, oldest
from services.records import Rows


def steps_to_take(ctx: Context, rows: Rows) -> Iterator[Due]:
    """A plan to agree, a dropout to confirm, a Jobcentre to tell of the end."""
    yield from cases.of_kinds(ctx, ("plan", "dropout", "tell-end"))


def appointments_to_record(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Appointments whose day has come or gone, and that say nothing of how they went."""
    page = "mine" if ctx.actor.mentor else "case"
    for row in meetings.appointments(ctx):
        if row["held_on"] <= ctx.today:
            name = rows.name(Mentees, row["mentee"])
            about = message(N_("{group}, {day}"), group=name, day=row["held_on"])
            params = {"id": row["case"], "session": row.id}
            title, button = Message(N_("Record the session")), Message(N_("Record"))
            yield Due("session", title, about, row["held_on"], page, button, params)


def refunds_to_decide(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Travel refunds that wait for the Programme Manager."""
    yield from _refunds(
        ctx, RefundStatus.CLAIMED, N_("Decide travel refunds"), "travelled_on", "decide_refund", N_("Decide")
    )


def refunds_to_pay(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Travel refunds that wait for finance."""
    yield from _refunds(
        ctx, RefundStatus.APPROVED, N_("Pay travel refunds"), "decided_on", "pay_refund", N_("Pay")
    )


def _refunds(
    ctx: Context, status: RefundStatus, title: str, since: str, allowed: str, button: str
) -> Iterator[Due]:
    waiting = refunds.listed(ctx, status)
    if waiting:
        about = message(
            N_("{count} refund, {amount}"),
            N_("{count} refunds, {amount}"),
            len(waiting),
            amount=Money(refunds.total(waiting)),
        )
        due = oldest(ctx, waiting, since, allowed)
        yield Due("refunds", Message(title), about, due, "refunds", Message(button), {"status": status})
