"""What is promised to the buyer: due, sent, approved, late (D20)."""

from collections import Counter

import streamlit as st

from pages import ui
from pages.contract.parts import which
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import Row
from schemas.contracts import Milestones
from schemas.words import N_
from services import access, milestones
from services.context import Context
from services.milestones import Milestone, State

TONES = {
    State.LATE: ui.LATE,
    State.WAITING: ui.TODAY,
    State.DUE: ui.LATER,
    State.ON_REQUEST: ui.LATER,
    State.DONE: ui.DONE,
    State.PASSED: ui.LATER,
}


def days_of(each: Milestone) -> str:
    """Due, sent, approved, in one line."""
    said = [_(N_("due {day}"), day=each.due_on)] if each.due_on else []
    if each.sent_on:
        late = _(N_("(late)")) if each.was_late() else ""
        said.append(_(N_("done or sent {day} {late}"), day=each.sent_on, late=late).strip())
    if each.approved_on:
        said.append(_(N_("approved {day}"), day=each.approved_on))
    return " · ".join(said)


def note(ctx: Context, contract: Row, each: Milestone) -> None:
    """What came of it; for a questionnaire, the day it is due."""
    key = f"milestone:{each.code}:{each.row['_change'] if each.row else 'new'}"
    names = ("sent_on", *(["approved_on"] if each.needs_approval else []), "due_on", "note")
    first = dict(each.row) if each.row else {}
    shown = first if each.due_on else {**first, "due_on": milestones.asked_by(ctx.today)}
    helps = {"due_on": N_("Only where another day was agreed, or the buyer asked for it")}
    filling = ui.form(Milestones, names, key, values=shown, helps=helps)
    seen = ui.seen(key, Milestones, each.row) if each.row else None
    ui.act(
        _(N_("Save")),
        key,
        lambda ctx, op: milestones.note(ctx, op, contract.id, each.code, seen, filling.changes(first)),
        N_("Saved."),
    )


def add(contract: Row) -> None:
    """Something of this contract's own."""
    key = "milestone:add"
    filling = ui.form(Milestones, ("what", "due_on", "note"), key)
    ui.act(
        _(N_("Add it")),
        key,
        lambda ctx, op: milestones.add(ctx, op, contract.id, which.filled(filling.values())),
        N_("Added."),
    )


def show(ctx: Context, contract: Row, each: Milestone) -> None:
    """One promise and how it stands."""
    state = each.state(ctx.today)
    words = each.row["note"] or "" if each.row else ""
    with ui.card(
        ui.say(each.title), days_of(each), words, each.source, badge_words=ui.say(state), tone=TONES[state]
    ):
        if access.may(ctx, "milestones.edit") and not each.is_day:
            own = each.code or (each.row.id if each.row else "")
            drawers.opens(_(N_("Note")), own, lambda: note(ctx, contract, each), heading=ui.say(each.title))


def promises(ctx: Context, contract: Row) -> None:
    """Every promise of a contract, with its filters."""
    found = milestones.listed(ctx, contract)
    counts = Counter(each.state(ctx.today).value for each in found)
    ui.figures(
        [
            (_(N_("Late")), str(counts[State.LATE])),
            (_(N_("Waiting for the buyer")), str(counts[State.WAITING])),
            (_(N_("Done")), str(counts[State.DONE])),
        ]
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        state = ui.filters("state", {each.value: ui.say(each) for each in State if counts[each]}, counts)
    if access.may(ctx, "milestones.edit"):
        drawers.opens(_(N_("Add a milestone")), "milestone:add", lambda: add(contract))
    for each in found:
        if state in (None, each.state(ctx.today)):
            show(ctx, contract, each)


ctx = ui.visit("milestones.see")
ui.title(_(N_("Milestones")), _(N_("What is promised to the buyer, by when, and what it approves.")))
contract = which.contract(ctx)
if contract is not None:
    promises(ctx, contract)
