"""The journey of a case as a line, and above it the one next thing to do (D5)."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from pages import ui
from pages.cases.parts import consent, referral, start
from pages.programme.parts import drawers
from pages.ui import _
from schemas.words import N_
from services import access, journeys
from services.cases import Card
from services.context import Context
from services.rules import levels
from services.rules.levels import State, Step
from services.waits import Wait

NAMES = {
    levels.INITIAL_MEETING: N_("Initial meeting"),
    levels.INTERVIEW: N_("Diagnostic interview"),
    levels.SURVEY: N_("Baseline survey"),
    levels.PLAN: N_("SMART plan"),
    levels.FIRST_SESSIONS: N_("First sessions"),
    levels.SESSIONS: N_("Sessions"),
}
TONES = {
    State.MET: ui.DONE,
    State.MISSED: ui.LATER,
    State.LATE: ui.LATE,
    State.DUE: ui.TODAY,
    State.AHEAD: ui.LATER,
    State.NOT_ASKED: ui.LATER,
}
WIDTH = 160  # two beside each other on a phone, four on a laptop
Drawer = Callable[[Context, Card], None]
# What the one button opens; the other steps are done in their own part of the page, below.
OPENS: dict[str, Drawer] = {
    "allocate": referral.allocate,
    "book": referral.book,
    "meet": referral.meet,
    "interview": start.begin,
    "consent": lambda ctx, card: consent.give(ctx, card.mentee),
    "referrer": lambda ctx, card: referral.tell(ctx, card, "referrer_told_on"),
    "contact": lambda ctx, card: referral.tell(ctx, card, "contact_told_start_on"),
    "encourage": lambda ctx, card: referral.tell(ctx, card, "encouraged_on"),
}
BELOW = {
    "nino": N_("Under Start, below."),
    "survey": N_("Under Start, below."),
    "return-survey": N_("Under Start, below."),
    "plan": N_("Under Plan, below."),
    "first-sessions": N_("Under Sessions, below."),
    "sessions": N_("Under Sessions, below."),
    "review": N_("Under Ending, below."),
}


def show(ctx: Context, card: Card) -> None:
    """What is not as it should be, what comes next, and the line."""
    for words in card.warnings:
        st.warning(ui.safe(ui.say(words)), icon=":material/rule:")
    if card.next is not None:
        following(ctx, card, card.next)
    line(ctx, card)


def following(ctx: Context, card: Card, wait: Wait) -> None:
    """The one next thing, with the button that does it."""
    body = OPENS.get(wait.kind)
    if wait.kind == "allocate" and not access.may(ctx, "cases.allocate"):
        body = None
    about = [_(BELOW[wait.kind])] if wait.kind in BELOW else []
    with ui.card(_(N_("Next: {what}"), what=ui.say(wait.title)), *about, due_on=wait.on, key="next"):
        if body is not None:
            drawers.opens(ui.say(wait.title), f"next:{card.case.id}", lambda: body(ctx, card), kind="primary")


def line(ctx: Context, card: Card) -> None:
    """Each step of the way in its order: how it stands, and by when."""
    with st.container(horizontal=True, key="journey"):
        _stop(_(N_("Referral")), _(N_("received")), ui.DONE, card.case["received_on"])
        for step in card.line:
            _stop(_name(step), _state(step), TONES[step.state], step.done_on or step.due_on, _more(step))
        if ended := card.facts.ended_on:
            _stop(_(N_("End")), ui.say(card.stage), ui.LATER, ended)
    st.caption(ui.safe(journeys.terms(ctx.programme).start_note.said(ctx.language)))


def _stop(name: str, state: str, tone: ui.Tone, on: date | None, more: str = "") -> None:
    with st.container(border=True, width=WIDTH, gap="xsmall"):
        ui.lines(name, ui.short(on), more)
        ui.badge(state, tone)


def _name(step: Step) -> str:
    return _(NAMES.get(step.code, step.code))


def _state(step: Step) -> str:
    days = step.working_days
    if step.state is State.MISSED and days:
        return _(N_("missed by {count} working day"), N_("missed by {count} working days"), days)
    if step.state is State.LATE and days:
        return _(N_("{count} working day late"), N_("{count} working days late"), days)
    if step.state is State.DUE and days:
        return _(N_("{count} working day left"), N_("{count} working days left"), days)
    return _(N_("due today")) if step.state is State.DUE else ui.say(step.state)


def _more(step: Step) -> str:
    return _(N_("{count_now} of {wanted}"), count_now=step.count, wanted=step.wanted) if step.wanted else ""
