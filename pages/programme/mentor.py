"""One mentor: terms, insurance, assignments, relationships, feedback and time (S1, S2, S5, S15, S16, S19)."""

import streamlit as st

from pages import ui
from pages.programme.parts import assignments, charts, drawers, mentors, shown
from pages.ui import _
from schemas.assignments import Interests
from schemas.column import Row
from schemas.mentors import Engagements, Mentors, Seats
from schemas.words import N_
from services import engagements, feedback, pool
from services.context import Context
from services.pool import Card

FACTS = tuple(
    Mentors.columns[name]
    for name in (*mentors.WHO[1:-2], "days_a_month", "availability", *mentors.RECRUITED, "left_on", "notes")
)
TERMS = tuple(Engagements.columns[name] for name in mentors.TERMS)
SEAT = (Seats.from_on, Seats.to_on, Seats.note)
RELATED = (
    Interests.mentee,
    Interests.declared_by,
    Interests.status,
    Interests.declared_on,
    Interests.assessed_on,
)


def caption(card: Card) -> str:
    """Where the mentor stands and who engages them, in one line."""
    status = ui.say(card.entry.mentor["status"])
    if card.entry.host:
        return _(N_("Status: {status}, hosted by {host}."), status=status, host=card.entry.host)
    if card.entry.terms:
        return _(N_("Status: {status}, contracted directly."), status=status)
    return _(N_("Status: {status}."), status=status)


def show_about(ctx: Context, card: Card) -> None:
    """Contact, skills and story; then how they are engaged, day by day."""
    shown.facts(card.entry.mentor, FACTS)
    st.subheader(_(N_("How they are engaged")), anchor=False)
    if card.engagements:
        ui.print_view(card.engagements, TERMS)
    else:
        ui.empty(
            _(N_("Neither hosted nor contracted directly yet.")),
            _(N_("Record how they are engaged, and from when.")),
        )
    with st.container(horizontal=True):
        drawers.opens(
            _(N_("Record an engagement")), "engage", lambda: mentors.engage(ctx, card.entry.mentor.id)
        )
        for row in card.engagements[:1]:
            drawers.edits(
                Engagements,
                ("contract_version", "annex_version", "accepted_on"),
                row,
                engagements.accept,
                N_("Recorded."),
                label=_(N_("Contract accepted")),
            )


def show_insurance(ctx: Context, card: Card) -> None:
    """How the insurance stands, each proof, and the gaps that may be paid."""
    ui.badge(ui.say(card.entry.cover.words), shown.TONES[card.entry.cover.state])
    mentors.show_proofs(ctx, card.checks)
    with st.container(horizontal=True):
        holder = {"mentor": card.entry.mentor.id}
        drawers.opens(_(N_("Record a proof")), "check", lambda: mentors.record_check(holder))
    mentors.show_gaps(ctx, card)


def show_work(card: Card) -> None:
    """Every assignment with the days left."""
    if not card.assignments:
        ui.empty(
            _(N_("No work yet.")),
            _(
                N_(
                    "There is no guarantee of work; this mentor comes first where two are equal in a shortlist."
                )
            ),
        )
    for entry in card.assignments:
        assignments.show_card(entry, heading=entry.work)


def show_lists(card: Card) -> None:
    """Declared relationships and terms on the Programme Forum."""
    st.subheader(_(N_("Declared relationships")), anchor=False)
    if card.interests:
        ui.print_view(card.interests, RELATED)
        ui.link(_(N_("Assess or declare")), "interests")
    else:
        ui.empty(_(N_("No earlier relationship with a group is declared.")), "")
    st.subheader(_(N_("Programme Forum")), anchor=False)
    if card.seats:
        ui.print_view(card.seats, SEAT)
    else:
        ui.empty(_(N_("Has not sat on the Programme Forum.")), "")


def show_feedback(ctx: Context, mentor: Row, given: tuple[Row, ...]) -> None:
    """What groups and facilitators said, over time."""
    if not given:
        ui.empty(_(N_("No feedback yet.")), _(N_("It is recorded on the assignment, or under Evaluation.")))
        return
    charts.quality(feedback.quality(ctx, mentor=mentor.id))
    assignments.show_feedback(given)


ctx = ui.visit("pool.see")
card = shown.loaded(lambda: pool.card(ctx, st.query_params.get("id", "")))
mentor, load = card.entry.mentor, card.entry.workload
ui.title(mentor["name"], caption(card), updated=ui.last_update(mentor))
ui.link(_(N_("Back to the mentor pool")), "pool")
for warning in card.entry.warnings:
    st.warning(ui.safe(ui.say(warning)), icon=":material/warning:")
ui.figures(
    [
        (_(N_("Insurance")), ui.say(card.entry.cover.state)),
        (
            _(N_("Days left")),
            _(N_("{left} of {agreed}"), left=ui.hours(load.left_days), agreed=ui.hours(load.approved_days)),
        ),
        (_(N_("Running assignments")), str(load.live_assignments)),
    ]
)
mentors.steps(ctx, mentor)
about, insurance, work, related, said, time = st.tabs(
    [
        _(N_("About")),
        _(N_("Insurance and proofs")),
        _(N_("Assignments")),
        _(N_("Relationships and Forum")),
        _(N_("Feedback")),
        _(N_("Time")),
    ]
)
with about:
    show_about(ctx, card)
with insurance:
    show_insurance(ctx, card)
with work:
    show_work(card)
with related:
    show_lists(card)
with said:
    show_feedback(ctx, mentor, card.feedback)
with time:
    charts.months(pool.time_by_month(ctx, mentor.id))
ui.row_history(Mentors, mentor)
