"""Meetings with the buyer, their actions, and the risks and issues raised with it (D32)."""

import streamlit as st

from pages import ui
from pages.contract.parts import which
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import Row
from schemas.contracts import BuyerMeetings, Risks, RiskStatus
from schemas.words import N_
from services import access, buyer
from services.context import Context

MET = ("kind", "held_on", "notes", "actions")
RAISED = ("what", "raised_on", "effect", "action", "owner")


def meet(ctx: Context, contract: Row) -> None:
    """Write a meeting down."""
    key = "meeting:add"
    due = buyer.next_due(ctx, contract)
    first = {"kind": due[0] if due else None, "held_on": ctx.today}
    filling = ui.form(BuyerMeetings, MET, key, values=first, keep=True)
    ui.act(
        _(N_("Keep the notes")),
        key,
        lambda ctx, op: buyer.add_meeting(ctx, op, contract.id, which.filled(filling.values())),
        N_("Kept."),
    )


def raise_risk(ctx: Context, contract: Row) -> None:
    """Raise a risk or an issue."""
    key = "risk:add"
    filling = ui.form(Risks, RAISED, key, values={"raised_on": ctx.today})
    ui.act(
        _(N_("Raise it")),
        key,
        lambda ctx, op: buyer.raise_risk(ctx, op, contract.id, which.filled(filling.values())),
        N_("Raised."),
    )


def show_meeting(ctx: Context, row: Row) -> None:
    """One meeting: notes, and its actions one by one."""
    with st.container(border=True, key=f"meeting:{row.id}"):
        ui.lines(f"{ui.day(row['held_on'])} · {ui.say(row['kind'])}")
        if row["notes"]:
            ui.text(row["notes"])
        for action in buyer.actions_of(row):
            ui.text(f"→ {action}")
        if access.may(ctx, "buyer.edit"):
            drawers.edits(BuyerMeetings, MET, row, buyer.edit_meeting, N_("Saved."))


def show_risk(ctx: Context, row: Row) -> None:
    """One risk: what it could do, what is done about it, whose it is."""
    is_open = row["status"] == RiskStatus.OPEN
    raised = _(N_("raised on {day}"), day=row["raised_on"])
    about = [raised, row["effect"] or "", row["action"] or "", row["owner"] or ""]
    tone = ui.TODAY if is_open else ui.DONE
    with ui.card(
        row["what"], *(words for words in about if words), badge_words=ui.say(row["status"]), tone=tone
    ):
        if access.may(ctx, "buyer.edit"):
            drawers.edits(Risks, (*RAISED, "status"), row, buyer.edit_risk, N_("Saved."))


def talks(ctx: Context, contract: Row) -> None:
    """The meetings and the risks of a contract."""
    due = buyer.next_due(ctx, contract)
    rows, risks = buyer.meetings(ctx, contract), buyer.risks(ctx, contract)
    if due is not None:
        kind, on = due
        with ui.card(_(N_("Next: {kind}"), kind=ui.say(kind)), _(N_("by {day}"), day=on), due_on=on):
            pass
    met, raised = st.tabs([_(N_("Meetings")), _(N_("Risks and issues"))])
    with met:
        if access.may(ctx, "buyer.edit"):
            drawers.opens(
                _(N_("Write down a meeting")), "meeting:add", lambda: meet(ctx, contract), kind="primary"
            )
        for row in rows:
            show_meeting(ctx, row)
        if not rows:
            ui.empty(_(N_("No meeting yet.")), _(N_("The start-up meeting comes first, then one a week.")))
    with raised:
        if access.may(ctx, "buyer.edit"):
            drawers.opens(
                _(N_("Raise a risk")), "risk:add", lambda: raise_risk(ctx, contract), kind="primary"
            )
        for row in risks:
            show_risk(ctx, row)
        if not risks:
            ui.empty(
                _(N_("No risk is raised.")), _(N_("Raise it with the buyer in good time; it is kept here."))
            )


ctx = ui.visit("buyer.see")
ui.title(
    _(N_("The buyer")), _(N_("Meetings with notes and actions; risks and issues as soon as they are known."))
)
contract = which.contract(ctx)
if contract is not None:
    talks(ctx, contract)
