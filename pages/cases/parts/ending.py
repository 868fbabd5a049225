"""The end of a case: final review, leaving early, dropping out, and taking it back (D10, D11)."""

from collections.abc import Callable

import streamlit as st

from pages import ui
from pages.cases.parts import plan as plan_part
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.cases import Cases
from schemas.column import Row
from schemas.mentees import Plans
from schemas.words import N_, Message
from services import endings, journeys, plan_papers
from services.cases import Card
from services.context import Context
from services.endings import Proposal
from services.rules import levels
from services.store.interface import Receipt

FACTS = tuple(
    Cases.columns[name]
    for name in (
        "completed_on",
        "few_sessions_reason",
        "left_on",
        "is_dropout",
        "dropout_due_on",
        "left_reason",
        "contact_told_end_on",
        "sharing_encouraged_on",
    )
)
TELLING = ("sharing_encouraged_on", "contact_told_end_on")


def show(ctx: Context, card: Card) -> None:
    """How it ended, or the ways in which it may."""
    if endings.ended_on(card.case) is not None:
        _ended(ctx, card)
    elif card.case["started_on"] is None:
        ui.empty(
            _(N_("Support has not started yet.")),
            _(N_("What came of the referral stands with the referral.")),
        )
    else:
        _running(ctx, card)


def _running(ctx: Context, card: Card) -> None:
    found = endings.proposal(ctx, card.case)
    if found is not None:
        _silence(ctx, found)
    is_due = found is not None and found.due_on <= ctx.today
    with st.container(horizontal=True):
        drawers.opens(
            _(N_("Hold the final review")),
            f"end:{card.case.id}",
            lambda: _review(ctx, card),
            kind="secondary" if is_due else "primary",
        )
        drawers.opens(_(N_("They left early")), f"left:{card.case.id}", lambda: _leave(ctx, card))


def _silence(ctx: Context, found: Proposal) -> None:
    """Since when they were not engaged, and the dropout once it falls due."""
    weeks = journeys.terms(ctx.programme).dropout_weeks
    said = _(
        N_(
            "Last engaged on {day}. Without a session or an answer, a dropout falls due on {due}, {weeks} weeks later."
        ),
        day=ui.day(found.engaged_on),
        due=ui.day(found.due_on),
        weeks=str(weeks),
    )
    if found.due_on > ctx.today:
        st.caption(ui.safe(said))
        return
    case = found.case
    with st.container(border=True):
        ui.due_badge(found.due_on, ctx.today)
        ui.text(said)
        key = f"dropout:{case.id}"
        typed = ui.form(Cases, ("left_reason",), key)
        ui.act(
            _(N_("Confirm the dropout")),
            key,
            lambda ctx, op: endings.drop_out(ctx, op, case, typed.text("left_reason")),
            N_("The dropout is confirmed, dated today."),
        )
        st.caption(
            _(N_("If you were in touch, record it under Sessions instead: then it no longer falls due."))
        )


def _telling(card: Card) -> tuple[str, ...]:
    return TELLING if endings.is_customer(card.mentee) else ()


def _review(ctx: Context, card: Card) -> None:
    """The day of the last meeting, the next steps; with too few sessions why."""
    key, terms = f"end:{card.case.id}", journeys.terms(ctx.programme)
    held = len(levels.counted(card.facts, terms))
    is_short = held < terms.sessions
    if is_short:
        words = N_("{some} of {all} sessions were held. It can end with a reason; the measure stays missed.")
        st.warning(_(words, some=str(held), all=str(terms.sessions)), icon=":material/info:")
    names = ("completed_on", *(("few_sessions_reason",) if is_short else ()))
    case = ui.form(Cases, names, key, values={"completed_on": ctx.today})
    plan = ui.form(Plans, ("next_steps",), key)
    told = ui.form(Cases, _telling(card), key)

    def save(ctx: Context, op: str) -> Receipt:
        values = {**case.values(), **told.values()}
        return endings.complete(ctx, op, card.case, values, plan.text("next_steps"))

    ui.act(_(N_("Complete the support")), key, save, N_("Support is completed."))


def _leave(ctx: Context, card: Card) -> None:
    key = f"left:{card.case.id}"
    names = ("left_on", "left_reason", *(("contact_told_end_on",) if _telling(card) else ()))
    typed = ui.form(Cases, names, key, values={"left_on": ctx.today})
    ui.act(
        _(N_("Record that they left")),
        key,
        lambda ctx, op: endings.leave(ctx, op, card.case, typed.values()),
        N_("Recorded."),
    )


def _ended(ctx: Context, card: Card) -> None:
    shown.facts(card.case, FACTS)
    if card.case["completed_on"]:
        plan_part.papers(
            plan_papers.language_of(card.mentee),
            lambda code: plan_papers.review_file(ctx, card.case.id, code),
            f"final-review-{card.case.id}",
        )
    with st.container(horizontal=True):
        _still_to_tell(card)
        drawers.opens(_(N_("Take the end back")), f"back:{card.case.id}", lambda: _reopen(card.case))


def _still_to_tell(card: Card) -> None:
    """A customer's Jobcentre hears of the end; a completed mentee is encouraged to share the plan."""
    if not endings.is_customer(card.mentee):
        return
    case = card.case
    if not case["contact_told_end_on"]:
        _tell(_(N_("The Jobcentre is told")), f"tell:{case.id}", case, endings.tell_contact)
    if case["completed_on"] and not case["sharing_encouraged_on"]:
        _tell(_(N_("Encouraged to share the plan")), f"share:{case.id}", case, endings.encourage_sharing)


def _tell(label: str, key: str, case: Row, verb: Callable[[Context, str, Row], Receipt]) -> None:
    ui.act(label, key, lambda ctx, op: verb(ctx, op, case), N_("Noted for today."), kind="secondary")


def _reopen(case: Row) -> None:
    """Support goes on as if it had not ended; why stands in the history."""
    key = f"back:{case.id}"
    st.text_input(_(N_("Why")), key=f"{key}:why")
    st.caption(_(N_("What was recorded of the end is emptied here, and kept in the history.")))
    ui.act(
        _(N_("Take it back")),
        key,
        lambda ctx, op: endings.reopen(ctx, op, case, str(st.session_state.get(f"{key}:why") or "")),
        Message(N_("Support goes on.")),
    )
