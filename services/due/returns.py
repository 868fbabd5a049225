"""What the returns ask for today: one that is due, an improvement plan to write, a sample to draw (X10; D13 to D17)."""

from collections.abc import Iterator
from datetime import timedelta

from schemas.column import Row
from schemas.contracts import ReturnKind, SampleKind
from schemas.words import N_, Message, message
from services import contracts, improvements, returns, samples
from services.context import Context
from services.due.item import Due
from services.records import Rows
from services.returns import Expected

# Returns older than this are history: whoever takes up the programme late is not asked for years of them.
LOOKS_BACK = timedelta(days=366)
DRAWN_AHEAD = timedelta(days=21)


def returns_to_send(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Each kind of return with months not sent yet, by the earliest of them."""
    for contract in contracts.running(rows):
        waiting = [each for each in returns.expected(ctx, contract) if _is_asked(ctx, each)]
        for kind in ReturnKind:
            if own := [each for each in waiting if each.kind is kind]:
                yield _to_send(contract, kind, own)


def _is_asked(ctx: Context, each: Expected) -> bool:
    return not each.is_sent and each.due_on >= ctx.today - LOOKS_BACK


def _to_send(contract: Row, kind: ReturnKind, waiting: list[Expected]) -> Due:
    first = min(waiting, key=lambda each: each.due_on)
    page = "tracker" if kind is ReturnKind.TRACKER else "returns"
    several = message(N_("{count} return"), N_("{count} returns"), len(waiting))
    return Due(
        f"return:{kind.name}",
        message(N_("Send: {title}"), title=Message(kind)),
        message(
            N_("{several}, first {month}: {contract}"),
            several=several,
            month=returns.month_name(first.period),
            contract=contract["name"],
        ),
        first.due_on,
        page,
        Message(N_("Look")),
        {"contract": contract.id, "month": f"{first.period.last:%Y-%m}"},
    )


def plans_to_write(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Service levels missed in this month and the last, without a Performance Improvement Plan."""
    for contract in contracts.running(rows):
        owed = improvements.owed(ctx, contract)
        if owed:
            yield Due(
                "improvement",
                Message(N_("Write improvement plans")),
                message(
                    N_("{count} service level missed without a plan: {contract}"),
                    N_("{count} service levels missed without a plan: {contract}"),
                    len(owed),
                    contract=contract["name"],
                ),
                min(each.month.last for each in owed),
                "levels",
                Message(N_("Look")),
                {"contract": contract.id},
            )


def samples_to_draw(ctx: Context, rows: Rows) -> Iterator[Due]:
    """The plans of a quarter that is nearly over, or just was."""
    for contract in contracts.running(rows):
        drawn = {row["quarter"] for row in samples.listed(ctx, contract) if row["kind"] == SampleKind.PLANS}
        for quarter in samples.quarters(ctx, contract)[:2]:
            is_near = quarter.last - DRAWN_AHEAD <= ctx.today
            if (
                is_near
                and quarter.first not in drawn
                and any(samples.wanted(ctx, contract, quarter).values())
            ):
                yield Due(
                    "sample",
                    Message(N_("Draw the sample of action plans")),
                    message(N_("{first} to {last}"), first=quarter.first, last=quarter.last),
                    quarter.last,
                    "samples",
                    Message(N_("Look")),
                    {"contract": contract.id},
                )
