"""Travel refunds: decided by the manager, paid by finance (D22)."""

from pages import ui
from pages.programme.parts import drawers
from pages.ui import _
from schemas.cases import Refunds, RefundStatus
from schemas.column import Row
from schemas.words import N_, Message
from services import access, refunds
from services.context import Context

ctx = ui.visit("refunds.see")
TONES = {RefundStatus.CLAIMED: ui.TODAY, RefundStatus.PAID: ui.DONE, RefundStatus.REFUSED: ui.LATE}


def refund(row: Row) -> None:
    """One journey: what it cost, and the step that is mine."""
    who = ui.cell_words(Refunds.mentee, row["mentee"])
    about = " · ".join(
        filter(
            None, (ui.short(row["travelled_on"]), row["journey"], ui.say(row["purpose"]), row["reason"] or "")
        )
    )
    receipt = _(N_("Receipt seen")) if row["receipt_seen"] else _(N_("No receipt seen yet"))
    heading = f"{ui.money(row['pounds'])} · {who}"
    tone = TONES.get(row["status"], ui.LATER)
    with ui.card(heading, about, receipt, badge_words=ui.say(row["status"]), tone=tone):
        if row["status"] == RefundStatus.CLAIMED and access.may(ctx, "refunds.decide"):
            decide(row)
        if row["status"] == RefundStatus.APPROVED and access.may(ctx, "refunds.pay"):
            drawers.opens(_(N_("Pay")), f"pay:{row.id}", lambda: pay(row))


def decide(row: Row) -> None:
    """Approve, or refuse and say why."""
    ui.act(
        _(N_("Approve")),
        f"approve:{row.id}",
        lambda ctx, op: refunds.decide(ctx, op, row, approves=True),
        N_("Approved. Finance pays it."),
    )
    drawers.opens(_(N_("Refuse")), f"refuse:{row.id}", lambda: refuse(row))


def refuse(row: Row) -> None:
    """Why it is not refunded."""
    key = f"refuse:{row.id}"
    typed = ui.form(Refunds, ("reason",), key)
    ui.act(
        _(N_("Refuse the refund")),
        key,
        lambda ctx, op: refunds.decide(ctx, op, row, approves=False, reason=typed.text("reason")),
        N_("Refused."),
    )


def pay(row: Row) -> None:
    """The day it was paid."""
    key = f"pay:{row.id}"
    typed = ui.form(Refunds, ("paid_on",), key, values={"paid_on": ctx.today})

    def save(ctx: Context, op: str) -> object:
        return refunds.pay(ctx, op, row, typed.values())

    ui.act(
        _(N_("Record the payment of {amount}"), amount=ui.money(row["pounds"])),
        key,
        save,
        Message(N_("Paid.")),
    )


everything = refunds.listed(ctx)
waiting = [row for row in everything if row["status"] in {RefundStatus.CLAIMED, RefundStatus.APPROVED}]
ui.title(_(N_("Travel refunds")), _(N_("Recorded by one, decided by another, paid by finance.")))
ui.figures([(_(N_("Waiting")), str(len(waiting))), (_(N_("Amount")), ui.money(refunds.total(waiting)))])
counts = {str(status): sum(row["status"] == status for row in everything) for status in RefundStatus}
chosen = ui.filters("status", {each: ui.say(each) for each in RefundStatus}, counts)
rows = [row for row in everything if row["status"] == (chosen or row["status"])]
if not rows:
    ui.empty(_(N_("No travel refund here.")), _(N_("Mentors record journeys on the page of the case.")))
for row in rows:
    refund(row)
