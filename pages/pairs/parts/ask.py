"""Taking down what somebody looks for, and a pair that found itself (P3, W1)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.assignments import Assignments
from schemas.mentees import Mentees, Referrals
from schemas.mentors import Mentors, MentorStatus
from schemas.words import N_
from services import courses, pair_requests, pairs, records
from services.context import Context
from services.store.interface import Receipt

KNOWN = {"mentee": N_("Somebody known already")}
NEW = N_("Leave it empty for somebody new.")


def request(ctx: Context) -> None:
    """Who asks and what they look for; what is not for mentoring is said above it (P4)."""
    terms = courses.terms(ctx.programme)
    st.info(ui.safe(terms.scope.said(ui.language())))
    known, who = _person(ctx, "ask")
    wish = ui.form(Referrals, pair_requests.wish_fields(ctx), "ask", values={"received_on": ctx.today})

    def save(ctx: Context, op: str) -> Receipt:
        person = None if known.text("mentee") else who.values()
        return pair_requests.ask(ctx, op, wish.values(), person, known.text("mentee"))

    ui.act(
        _(N_("Take down the request")),
        "ask",
        save,
        N_("Taken down. Find somebody for it next."),
        also=["ask:known", "ask:who"],
    )


def natural(ctx: Context) -> None:
    """Two who found each other, with nobody's help: recorded, after the same training."""
    known, who = _person(ctx, "natural")
    approved = records.view(ctx).where(Mentors, "status", MentorStatus.APPROVED)
    names = ("first_met_on", *courses.terms(ctx.programme).asks, "purpose", "matched_why")
    mentor = ui.form(
        Assignments, ("mentor",), "natural:mentor", options={"mentor": ui.record_options(Mentors, approved)}
    )
    typed = ui.form(Assignments, names, "natural", values={"first_met_on": ctx.today})

    def save(ctx: Context, op: str) -> Receipt:
        person = None if known.text("mentee") else who.values()
        chosen = mentor.text("mentor")
        return pairs.record_natural(ctx, op, chosen, typed.values(), known.text("mentee"), person)

    ui.act(
        _(N_("Record the pair")),
        "natural",
        save,
        N_("Recorded."),
        also=["natural:known", "natural:who", "natural:mentor"],
    )


def _person(ctx: Context, key: str) -> tuple[ui.Filling, ui.Filling]:
    """Somebody known, or the fields of somebody new."""
    known = ui.form(Referrals, ("mentee",), f"{key}:known", titles=KNOWN, helps={"mentee": NEW})
    names = () if known.text("mentee") else pair_requests.person_fields(ctx)
    return known, ui.form(Mentees, names, f"{key}:who")
