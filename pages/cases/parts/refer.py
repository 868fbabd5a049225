"""Logging a referral in one drawer: who, how they came, and whose case it becomes (D1)."""

import streamlit as st

from pages import ui
from pages.cases.parts import referral
from pages.ui import _
from schemas.cases import Cases
from schemas.column import Role
from schemas.mentees import Mentees
from schemas.mentors import Mentors, MentorStatus
from schemas.organisations import Organisations
from schemas.words import N_
from services import journeys, records, referrals
from services.context import Context
from services.store.interface import Receipt

KEY = "refer"
WHO = ("name", "date_of_birth", "phone", "email", "is_customer", "wants_welsh")


def show(ctx: Context) -> None:
    """The form; a known person is found by name and date of birth when it is saved."""
    st.caption(_(N_("Somebody who was here before is found by name and date of birth.")))
    who = ui.form(Mentees, WHO, KEY)
    first = {"received_on": ctx.today, "area": _own_area(ctx)}
    came = ui.form(Cases, ("received_on", "route", "area"), KEY, values=first)
    more = ui.form(Cases, _more(ctx, came.text("route")), KEY, options=_options(ctx, came.text("area")))

    def save(ctx: Context, op: str) -> Receipt:
        return referrals.refer(ctx, op, who.values(), {**came.values(), **more.values()})

    ui.act(_(N_("Log the referral")), KEY, save, N_("Logged. Book the initial meeting next."))


def _more(ctx: Context, route: str) -> tuple[str, ...]:
    """A third party's permission and name; the office and Work Coach of a Jobcentre's; staff may choose a mentor."""
    found = next((each for each in journeys.terms(ctx.programme).routes if each.en == route), None)
    by_others = ("organisation", "permission_on") if found and found.needs_permission else ()
    mentor = () if ctx.actor.role is Role.MENTOR else ("mentor",)
    return ("office", "referred_by", *by_others, *mentor, "number")


def _options(ctx: Context, area: str) -> dict[str, dict[str, str]]:
    approved = records.view(ctx).where(Mentors, "status", MentorStatus.APPROVED)
    return {
        "office": referral.offices(ctx, area),
        "organisation": ui.record_options(Organisations),
        "mentor": ui.record_options(Mentors, approved),
    }


def _own_area(ctx: Context) -> str | None:
    own = records.view(ctx).find(Mentors, ctx.actor.mentor) if ctx.actor.mentor else None
    return own["area"] if own else None
