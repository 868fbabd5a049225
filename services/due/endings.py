"""What waits between the start and the end of a mentee's support, and after it (D8, D10, D11, D22, X10)."""

from collections.abc import Iterator

from schemas.cases import Cases, RefundStatus
from schemas.column import Row
from schemas.mentees import Mentees, Plans, PlanStatus
from schemas.words import N_, Message, Money, message
from schemas.work import SessionStatus
from services import endings, journeys, meetings, refunds
from services.context import Context
from services.due.item import Due, by, oldest
from services.records import Rows
from services.rules.workdays import add_working_days


def _of_case(kind: str, title: str, about: Message, case: Row, on: object, button: str) -> Due:
    return Due(kind, Message(title), about, on, "case", Message(button), {"id": case.id})  # type: ignore[arg-type]


def _name(rows: Rows, case: Row) -> Message:
    return Message(rows.name(Mentees, case["mentee"]))


def dropouts_to_confirm(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Mentees not heard of for so long that somebody has to say whether they dropped out."""
    for each in endings.proposed(ctx):
        about = message(
            N_("{name}, last engaged on {day}"),
            name=rows.name(Mentees, each.case["mentee"]),
            day=each.engaged_on,
        )
        yield _of_case("dropout", N_("Confirm a dropout"), about, each.case, each.due_on, N_("Look"))


def ends_to_tell(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Customers whose support ended and whose Jobcentre has not heard of it (2.7, 2.19)."""
    for case in rows.all(Cases):
        on = endings.ended_on(case)
        if on is None or case["contact_told_end_on"] or not case["started_on"]:
            continue
        if endings.is_customer(rows.find(Mentees, case["mentee"])):
            due = by(ctx, on, "tell_contact")
            yield _of_case(
                "tell-end", N_("Tell the Jobcentre of the end"), _name(rows, case), case, due, N_("Tell")
            )


def plans_to_agree(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Running cases without an agreed plan, by the day it is due."""
    terms = journeys.terms(ctx.programme)
    agreed = {row["case"] for row in rows.where(Plans, "status", PlanStatus.AGREED)}
    for case in rows.all(Cases):
        if endings.is_running(case) and case.id not in agreed:
            nation = journeys.nation(ctx.programme, case["area"])
            due = add_working_days(case["started_on"], terms.plan_working_days, nation)
            yield _of_case("plan", N_("Agree the SMART plan"), _name(rows, case), case, due, N_("Open"))


def appointments_to_record(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Appointments whose day has come or gone, and that say nothing of how they went."""
    for row in meetings.appointments(ctx):
        if row["held_on"] <= ctx.today and row["status"] == SessionStatus.PLANNED:
            about = message(N_("{group}, {day}"), group=rows.name(Mentees, row["mentee"]), day=row["held_on"])
            params = {"id": row["case"], "session": row.id}
            title, button = Message(N_("Record the session")), Message(N_("Record"))
            yield Due(
                "session",
                title,
                about,
                row["held_on"],
                "mine" if ctx.actor.mentor else "case",
                button,
                params,
            )


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


__all__ = [
    "appointments_to_record",
    "dropouts_to_confirm",
    "ends_to_tell",
    "plans_to_agree",
    "refunds_to_decide",
    "refunds_to_pay",
]
