"""The diagnostic interview, which is the start; the NINO and the baseline survey (D4, D7, D21)."""

from typing import Any

import streamlit as st

from pages import ui
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.cases import Cases, Interviews
from schemas.column import Row
from schemas.mentees import Mentees
from schemas.words import N_
from schemas.work import Sessions
from services import interviews, meetings, surveys
from services.cases import Card
from services.context import Context
from services.stages import Stage

FACTS = tuple(Interviews.columns[name] for name in ("held_on", *interviews.ASKED) if name != "notes")
LATER = tuple(name for name in interviews.ASKED if name != "notes")
SESSION = ("starts_at", "minutes", "place", "manner")


def show(ctx: Context, card: Card) -> None:
    """The interview as it was recorded, or the way to it."""
    if card.interview is None and card.stage is not Stage.TO_START:
        words = N_("They have started; the interview itself is not on record.")
        ui.empty(_(words) if card.case["started_on"] else _(N_("The start follows the initial meeting.")))
    if card.interview is None and card.case["started_on"]:
        drawers.opens(_(N_("Write the interview down")), f"add:{card.case.id}", lambda: add(card.case))
    if card.stage is Stage.TO_START:
        key = f"start:{card.case.id}:{card.case['_change']}"
        drawers.opens(_(N_("Record the diagnostic interview")), key, lambda: begin(ctx, card), kind="primary")
    if card.interview is not None:
        shown.facts(card.interview, FACTS)
        with st.container(horizontal=True):
            drawers.edits(Interviews, LATER, card.interview, interviews.edit, N_("Saved."))
            if card.interview["notes"]:
                _notes(ctx, card.interview)
    if card.case["started_on"] is not None:
        nino(ctx, card)
        survey(ctx, card)


def _notes(ctx: Context, interview: Row) -> None:
    drawers.opens_sealed(
        _(N_("Open the confidential notes")),
        f"notes:{interview.id}",
        lambda: interviews.notes(ctx, interview),
        ui.text,
        kind="tertiary",
    )


def begin(ctx: Context, card: Card) -> None:
    """Interview, first session and survey on one form."""
    key = f"start:{card.case.id}:{card.case['_change']}"
    st.caption(_(N_("The interview is the first session. It is held off the Jobcentre’s premises.")))
    usual = {**meetings.usual(ctx, card.case.id), "told_complaints": None}
    day = ui.form(Interviews, ("held_on",), key, values=usual)
    places = {
        place: ctx.programme.choice_words("places", place, ctx.language) for place in meetings.places(ctx)
    }
    session = ui.form(Sessions, SESSION, key, values=usual, options={"place": places})
    is_digital = session.text("manner") == "digital"
    agreed = ui.form(Sessions, ("digital_agreed",), key) if is_digital else None
    asked = ui.form(Interviews, interviews.ASKED, key)
    number = (
        ui.form(Mentees, ("nino",), key) if card.mentee["is_customer"] and not card.mentee["nino"] else None
    )
    st.checkbox(_(N_("Baseline survey done in this session")), key=f"{key}:survey")

    def save(ctx: Context, op: str) -> object:
        held = {**session.values(), **(agreed.values() if agreed else {})}
        values: dict[str, Any] = {**day.values(), **asked.values()}
        typed = number.text("nino") if number else ""
        has_survey = bool(st.session_state.get(f"{key}:survey"))
        return interviews.start(ctx, op, card.case, values, held, has_survey=has_survey, nino=typed)

    ui.act(_(N_("Record the start")), key, save, N_("They have started. Agree the SMART plan next."))


def add(case: Row) -> None:
    """The interview of a start that came in without it."""
    key = f"add:{case.id}"
    asked = ui.form(Interviews, interviews.ASKED, key)
    ui.act(_(N_("Save")), key, lambda ctx, op: interviews.add(ctx, op, case, asked.values()), N_("Saved."))


def nino(ctx: Context, card: Card) -> None:
    """A customer's number as dots; opening it is logged (RM47, RM48)."""
    if card.mentee["is_customer"] is not True:
        return
    st.subheader(ui.say(Mentees.nino.title), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        if card.mentee["nino"]:
            ui.text(interviews.masked_nino(ctx, card.mentee))
            drawers.opens_sealed(
                _(N_("Show it")),
                f"nino:{card.mentee.id}",
                lambda: interviews.nino(ctx, card.mentee.id),
                ui.text,
            )
        label = _(N_("Change it")) if card.mentee["nino"] else _(N_("Record it"))
        drawers.opens(label, f"nino:edit:{card.mentee.id}", lambda: _nino_form(card.mentee.id))


def _nino_form(mentee: str) -> None:
    key = f"nino:{mentee}"
    filling = ui.form(Mentees, ("nino",), key)
    ui.act(
        _(N_("Save")),
        key,
        lambda ctx, op: interviews.record_nino(ctx, op, mentee, filling.text("nino")),
        N_("Saved."),
    )


def survey(ctx: Context, card: Card) -> None:
    """The baseline survey, and when the analysts ask again (1.26)."""
    st.subheader(_(N_("Survey")), anchor=False)
    shown.facts(card.case, [Cases.survey_on, Cases.survey_returned_on])
    after = [ui.day(on) for on in surveys.follow_ups(ctx, card.case)]
    if after:
        st.caption(ui.safe(_(N_("The analysts ask again on {days}."), days=", ".join(after))))
    names = ("survey_on", "survey_returned_on")
    drawers.edits(
        Cases, names, card.case, surveys.record, N_("Saved."), label=_(N_("Record the survey")), key="survey"
    )
