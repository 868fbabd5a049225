"""Expenses: agreed beforehand and decided by staff, paid or returned by finance, edited by nobody (L6, RM68 to RM70)."""

from decimal import Decimal

import streamlit as st

from pages import ui
from pages.peers.parts import expense_lines
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.column import Row
from schemas.expenses import Expenses, ExpenseStatus
from schemas.words import N_, Message
from services import access, expense_claims, expenses
from services.context import Context
from services.expense_claims import Claim, Line

ASKED = "asked"

ctx = ui.visit("expenses.see")
SUBMITTED, APPROVED = ExpenseStatus.SUBMITTED, ExpenseStatus.APPROVED
SHOWN = (SUBMITTED, APPROVED, ExpenseStatus.RETURNED, ExpenseStatus.REFUSED, ExpenseStatus.PAID)
may_decide, may_pay = access.may(ctx, "expenses.decide"), access.may(ctx, "expenses.pay")


def claim_card(claim: Claim) -> None:
    """One claim: who, which project and order, each item, and the one main step."""
    with st.container(border=True, key=f"claim:{claim.number}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            ui.lines(claim.first.peer, expense_lines.claim_title(claim), together(claim))
            expense_lines.offer_form(ctx, claim)
        for line in claim.lines:
            item(line)
        main_step(claim)


def together(claim: Claim) -> str:
    """What it all comes to, and what is not paid back."""
    return _(
        N_("{payable} in all, {capped} above a limit"),
        payable=ui.money(claim.payable),
        capped=ui.money(claim.capped),
    )


def main_step(claim: Claim) -> None:
    """Approve all that waits, or pay all that is approved; never one's own."""
    waiting, approved = claim.at(SUBMITTED), claim.at(APPROVED)
    if claim.first.is_own:
        if waiting or approved:
            st.caption(_(N_("These are your own: somebody else decides and pays them.")))
        return
    if waiting and may_decide:
        approve(claim, waiting)
    if approved and may_pay:
        pounds = sum((line.worth.payable for line in approved), Decimal())
        drawers.opens(
            _(N_("Pay {amount}"), amount=ui.money(pounds)),
            f"pay:{claim.number}",
            lambda: pay(claim, approved),
            kind="primary",
        )


def approve(claim: Claim, waiting: tuple[Line, ...]) -> None:
    """Freezes what is shown."""
    rows = [line.row for line in waiting]
    pounds = sum((line.worth.payable for line in waiting), Decimal())
    ui.act(
        _(N_("Approve {count} item, {amount}"), N_("Approve {count} items, {amount}"), len(rows),
          amount=ui.money(pounds)),
        f"approve:{claim.number}",
        lambda ctx, op: expenses.approve(ctx, op, rows, pounds),
        N_("Approved. Finance pays it."),
        disabled=any(line.worth.stops for line in waiting),
    )  # fmt: skip


def item(line: Line) -> None:
    """One item, with its receipt and the further steps."""
    row = line.row
    said = (expense_lines.heading(ctx, row), *expense_lines.about(line))
    with ui.card(
        *said, badge_words=ui.say(row["status"]), tone=expense_lines.tone(row), key=f"line:{row.id}"
    ):
        expense_lines.offer_receipt(ctx, row)
        if line.is_own:
            return
        if row["status"] == SUBMITTED and may_decide:
            if line.asks:
                drawers.opens(_(N_("It was agreed")), f"agree:{row.id}", lambda: agree(row))
            drawers.opens(_(N_("Return it")), f"return:{row.id}", lambda: turn(row, "return"))
            drawers.opens(_(N_("Refuse")), f"refuse:{row.id}", lambda: turn(row, "refuse"), kind="tertiary")
        if row["status"] == APPROVED and may_pay:
            drawers.opens(_(N_("Return it")), f"hand:{row.id}", lambda: turn(row, "hand"))


TURNS = {
    "return": (N_("Return it"), expenses.give_back, N_("Returned. The peer can mend it.")),
    "hand": (N_("Return it"), expenses.hand_back, N_("Returned. The peer can mend it.")),
    "refuse": (N_("Refuse it"), expenses.refuse, N_("Refused.")),
}


def turn(row: Row, way: str) -> None:
    """Why it comes back or is refused; the amount is the peer's to mend."""
    label, verb, words = TURNS[way]
    key = f"{way}:{row.id}:{row['_change']}"
    typed = ui.form(Expenses, ("reason",), key)
    ui.act(_(label), key, lambda ctx, op: verb(ctx, op, row, typed.text("reason")), Message(words))


def agree(row: Row) -> None:
    """The day on which it was agreed, before it was spent."""
    key = f"agree:{row.id}:{row['_change']}"
    typed = ui.form(
        Expenses, ("approved_before_on",), key, values={"approved_before_on": min(ctx.today, row["spent_on"])}
    )

    def save(ctx: Context, op: str) -> object:
        return expenses.agree(ctx, op, row, typed.values()["approved_before_on"])

    ui.act(_(N_("It was agreed on this day")), key, save, Message(N_("Noted.")))


def pay(claim: Claim, lines: tuple[Line, ...]) -> None:
    """The day it was paid."""
    key = f"pay:{claim.number}"
    typed = ui.form(Expenses, ("paid_on",), key, values={"paid_on": ctx.today})

    def save(ctx: Context, op: str) -> object:
        return expenses.pay(ctx, op, [line.row for line in lines], typed.values()["paid_on"])

    ui.act(_(N_("Record the payment")), key, save, Message(N_("Paid.")))


def asked_card(line: Line) -> None:
    """What a peer wants to spend, to be agreed before they do."""
    row = line.row
    heading = f"{line.peer} · {expense_lines.heading(ctx, row)}"
    with ui.card(heading, line.project, *expense_lines.about(line, is_hers=True), due_on=row["spent_on"]):
        expense_lines.offer_receipt(ctx, row)
        if not line.is_own:
            drawers.opens(_(N_("Agree")), f"agree:{row.id}", lambda: agree(row), kind="primary")


def show() -> None:
    """What waits, by where it stands."""
    claims = shown.loaded(lambda: expense_claims.listed(ctx))
    asked = expense_claims.asking(ctx) if may_decide else []
    ui.figures(
        [
            (_(N_("To decide")), ui.money(pounds_at(claims, SUBMITTED))),
            (_(N_("To pay")), ui.money(pounds_at(claims, APPROVED))),
        ]
    )
    counts = {str(each): sum(bool(claim.at(each)) for claim in claims) for each in SHOWN}
    options = {str(each): ui.say(each) for each in SHOWN}
    if may_decide:
        counts, options = {ASKED: len(asked), **counts}, {ASKED: _(N_("to agree beforehand")), **options}
    chosen = ui.filters("status", options, counts, default=str(SUBMITTED if may_decide else APPROVED))
    if chosen == ASKED:
        for line in asked:
            asked_card(line)
    wanted = [claim for claim in claims if chosen and claim.at(chosen)]
    for claim in wanted:
        claim_card(claim)
    if not (asked if chosen == ASKED else wanted):
        ui.empty(
            _(N_("No expenses here.")), _(N_("Peers write them down and send them from their own page."))
        )


def pounds_at(claims: list[Claim], status: str) -> Decimal:
    """What the items that stand so come to."""
    return sum((line.worth.payable for claim in claims for line in claim.at(status)), Decimal())


ui.title(
    _(N_("Expenses")), _(N_("Decided by one, paid by another. What is wrong is returned, never changed."))
)
show()
