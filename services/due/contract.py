"""What a contract with the buyer asks for today: milestones, invoices, offices, training, meetings (X10; D16 to D32)."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from schemas.column import Row
from schemas.words import N_, Message, Money, Month, message, plain
from services import buyer, contracts, costs, earnings, milestones, postings, presence, team
from services.context import Context
from services.due.item import Due, by
from services.earnings import Earned
from services.milestones import Milestone, State
from services.presence import Attended
from services.records import Rows
from services.rules.periods import month_of

AHEAD = timedelta(days=14)
MEETING_AHEAD = timedelta(days=7)


def milestones_to_send(ctx: Context, rows: Rows) -> Iterator[Due]:
    """What is late or falls due within a fortnight, a line for each contract."""
    for contract in contracts.running(rows):
        found = [each for each in milestones.listed(ctx, contract) if _is_near(ctx, each)]
        if found:
            first = min(found, key=lambda each: each.due_on or date.max)
            yield Due(
                "milestone",
                Message(N_("Send what is promised to the buyer")),
                _first_of(len(found), first),
                first.due_on,
                "milestones",
                Message(N_("Look")),
                {"contract": contract.id},
            )


def _is_near(ctx: Context, each: Milestone) -> bool:
    state = each.state(ctx.today)
    is_soon = each.due_on is not None and each.due_on <= ctx.today + AHEAD
    return state is State.LATE or (state is State.DUE and is_soon and not each.is_day)


def _first_of(count: int, first: Milestone) -> Message:
    promised = message(N_("{count} milestone"), N_("{count} milestones"), count)
    return message(N_("{promised}, first {title}"), promised=promised, title=first.title)


def approvals_to_ask(ctx: Context, rows: Rows) -> Iterator[Due]:
    """What the buyer has had for some time without approving it."""
    for contract in contracts.running(rows):
        waiting = [
            each for each in milestones.listed(ctx, contract) if each.state(ctx.today) is State.WAITING
        ]
        if waiting:
            first = min(waiting, key=lambda each: each.sent_on or date.max)
            yield Due(
                "approval",
                Message(N_("Ask the buyer for its approval")),
                _first_of(len(waiting), first),
                by(ctx, first.sent_on, "approve_by_buyer"),
                "milestones",
                Message(N_("Look")),
                {"contract": contract.id, "state": State.WAITING},
            )


def bills_to_issue(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Everything that is earned and on no invoice yet, a line for each contract."""
    for contract in contracts.running(rows):
        found = [each for each in earnings.account(ctx, contract).parts if each.is_claimable]
        if found:
            pounds = Money(sum((each.part.pounds for each in found), Decimal(0)))
            parts = message(N_("{count} part"), N_("{count} parts"), len(found))
            yield Due(
                "bill",
                Message(N_("Invoice the buyer")),
                message(N_("{name}: {parts}, {pounds}"), name=contract["name"], parts=parts, pounds=pounds),
                _bill_by(ctx, contract, found),
                "bills",
                Message(N_("Look")),
                {"contract": contract.id},
            )


def _bill_by(ctx: Context, contract: Row, found: list[Earned]) -> date:
    """Some days after the oldest month was over, and never after the day for the last invoice (2.30)."""
    day = by(ctx, month_of(min(each.part.month for each in found)).last, "issue_bill")
    return min(day, contract["last_invoice_on"] or day)


def costs_to_fill_in(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Months whose actual costs are missing: without them nothing is claimed."""
    for contract in contracts.running(rows):
        months = earnings.months_without_actuals(rows, contract.id)
        over = [month for month in months if month_of(month).last < ctx.today]
        if over:
            yield Due(
                "cost",
                Message(N_("Fill in the actual costs")),
                message(N_("{name}: from {month}"), name=contract["name"], month=Month(over[0])),
                by(ctx, month_of(over[0]).last, "issue_bill"),
                "bills",
                Message(N_("Look")),
                {"contract": contract.id},
            )


def deferrals_to_complete(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Costs that wait for planned activity, until the contract ends and they are lost."""
    for contract in contracts.running(rows):
        for row in costs.notices(ctx, contract):
            if row["completed_on"] is None:
                yield Due(
                    "deferral",
                    Message(N_("Complete what the buyer deferred costs for")),
                    message(N_("{name}: {month}"), name=contract["name"], month=Month(row["month"])),
                    contract["ends_on"],
                    "bills",
                    Message(N_("Look")),
                    {"contract": contract.id},
                )


def visits_to_make(ctx: Context, rows: Rows) -> Iterator[Due]:
    """A mentor's own offices, each; for staff, how many are still missing."""
    found = presence.missing_weeks(ctx, ctx.today)
    if ctx.actor.mentor:
        for each in found:
            yield _visit(each, Message(each.office))
    elif late := [each for each in found if each.is_missing(ctx.today)]:
        many = message(
            N_("{count} visit missing last week"), N_("{count} visits missing last week"), len(late)
        )
        yield _visit(min(late, key=lambda each: each.due_on), many)


def _visit(each: Attended, about: Message) -> Due:
    title = Message(N_("Visit the office, or note the visit"))
    return Due("visit", title, about, each.due_on, "presence", Message(N_("Look")))


def training_to_give(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Mentors who may not be given a mentee yet."""
    lacking = [each for each in team.listed(ctx) if not each.is_ready]
    if lacking:
        since = min((each.row["recruited_on"] or ctx.today for each in lacking), default=ctx.today)
        yield Due(
            "training",
            Message(N_("Make mentors ready for their first mentee")),
            message(N_("{count} mentor lacks something"), N_("{count} mentors lack something"), len(lacking)),
            by(ctx, since, "make_ready"),
            "team",
            Message(N_("Look")),
            {"show": "lacking"},
        )


def evaluation_to_hold(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Interviews and focus groups that the buyer's evaluation still asks for (1.28)."""
    parts = [part for part in team.evaluation(ctx) if part.is_due(ctx.today)]
    if parts and contracts.running(rows):
        late = [
            part.focus_group_by for part in parts if part.focus_group_by and part.focus_group_by < ctx.today
        ]
        yield Due(
            "evaluation",
            Message(N_("Take part in the evaluation")),
            message(
                N_("{count} person still to be heard"), N_("{count} people still to be heard"), len(parts)
            ),
            min(late, default=None),
            "team",
            Message(N_("Look")),
        )


def gaps_to_fill(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Areas with fewer people in post than is promised (table A)."""
    for contract in contracts.running(rows):
        short = [each for each in postings.areas(ctx, contract, ctx.today) if each.gap]
        if short:
            gap = sum((each.gap for each in short), Decimal(0))
            areas = ", ".join(each.area for each in short)
            yield Due(
                "gap",
                Message(N_("Fill the gaps in the areas")),
                message(N_("{gap} missing in {areas}"), gap=plain(gap), areas=areas),
                ctx.today,
                "contract",
                Message(N_("Look")),
                {"contract": contract.id},
            )


def meetings_to_hold(ctx: Context, rows: Rows) -> Iterator[Due]:
    """The next meeting with the buyer, a week ahead."""
    for contract in contracts.running(rows):
        due = buyer.next_due(ctx, contract)
        if due is not None and due[1] <= ctx.today + MEETING_AHEAD:
            yield Due(
                "meeting",
                Message(N_("Meet the buyer")),
                message(N_("{name}: {kind}"), name=contract["name"], kind=Message(due[0])),
                due[1],
                "buyer",
                Message(N_("Look")),
                {"contract": contract.id},
            )
