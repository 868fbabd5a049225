"""What waits among expenses: to agree beforehand, to decide, to pay, to send or mend (L6, X10)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from schemas.expenses import ExpenseStatus
from schemas.words import N_, Message, Money, message
from services import expense_claims
from services.context import Context
from services.due.item import Due, by
from services.expense_claims import Line
from services.records import Rows


def items_to_agree(ctx: Context, rows: Rows) -> Iterator[Due]:
    """What a peer wants to spend and has to have agreed before; one's own is somebody else's to agree."""
    for line in expense_claims.asking(ctx):
        if not line.is_own:
            words = N_("{name}: {what}, {amount}")
            about = message(words, name=line.peer, what=line.row["what"], amount=Money(line.worth.pounds))
            title, button = Message(N_("Agree an expense beforehand")), Message(N_("Look at it"))
            yield Due("expense", title, about, line.row["spent_on"], "expenses", button, {"status": "asked"})


def claims_to_decide(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Sent items that wait for a decision; one's own are somebody else's."""
    yield from _waiting(
        ctx, ExpenseStatus.SUBMITTED, N_("Decide expenses"), "submitted_on", "decide_expense", N_("Decide")
    )


def claims_to_pay(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Approved items that wait for finance."""
    yield from _waiting(
        ctx, ExpenseStatus.APPROVED, N_("Pay expenses"), "decided_on", "pay_expense", N_("Pay")
    )


def _waiting(
    ctx: Context, status: ExpenseStatus, title: str, since: str, allowed: str, button: str
) -> Iterator[Due]:
    claims = expense_claims.listed(ctx, status)
    lines = [line for claim in claims for line in claim.at(status) if not line.is_own]
    if lines:
        pounds = sum((line.worth.payable for line in lines), Decimal())
        about = _items(len(lines), pounds)
        on = by(ctx, min(line.row[since] or ctx.today for line in lines), allowed)
        yield Due("expenses", Message(title), about, on, "expenses", Message(button), {"status": str(status)})


def own_to_send(ctx: Context, rows: Rows) -> Iterator[Due]:
    """A peer's own items: those that came back, and those spent and not sent."""
    lines = expense_claims.mine(ctx)
    back = [line for line in lines if line.row["status"] == ExpenseStatus.RETURNED]
    for line in back:
        about = message(N_("{what}: {reason}"), what=line.row["what"], reason=line.row["reason"] or "–")
        yield Due(
            "expense",
            Message(N_("Mend an expense")),
            about,
            ctx.today,
            "claims",
            Message(N_("Mend")),
            {"id": line.row.id},
        )
    drafts = [line for line in lines if line.row["status"] == ExpenseStatus.DRAFT]
    spent = [line for line in drafts if line.row["spent_on"] <= ctx.today]
    if spent:
        yield _to_send(ctx, spent)


def _to_send(ctx: Context, lines: Sequence[Line]) -> Due:
    on = by(ctx, min(line.row["spent_on"] for line in lines), "send_expenses")
    pounds = sum((line.worth.payable for line in lines), Decimal())
    return Due(
        "expenses",
        Message(N_("Send expenses")),
        _items(len(lines), pounds),
        on,
        "claims",
        Message(N_("Open")),
    )


def _items(count: int, pounds: Decimal) -> Message:
    return message(N_("{count} item, {amount}"), N_("{count} items, {amount}"), count, amount=Money(pounds))
