"""One group: referral, action plan, progress, and the mentor it chooses (S3, S4, S7)."""

import streamlit as st

from pages import ui
from pages.programme.parts import assignments as assignment_parts
from pages.programme.parts import groups as parts
from pages.programme.parts import shortlist, shown
from pages.ui import _
from schemas.mentees import Mentees
from schemas.words import N_
from services import groups
from services.groups import Card

FACTS = tuple(Mentees.columns[name] for name in parts.DETAILS[1:])


def show_mentors(card: Card) -> None:
    """Who mentors the group, and who did or may."""
    if not card.assignments:
        ui.empty(
            _(N_("No mentor yet.")), _(N_("Look at the shortlist, and record which mentor the group chose."))
        )
    for entry in card.assignments:
        assignment_parts.show_card(entry, heading=entry.mentor)


ctx = ui.visit("groups.see")
card = shown.loaded(lambda: groups.card(ctx, st.query_params.get("id", "")))
group, entry = card.entry.group, card.entry
plan_words = ui.say(entry.plan["status"]) if entry.plan else _(N_("no plan yet"))
status = ui.say(group["status"])
ui.title(
    group["name"],
    _(N_("Status: {status}. Action plan: {plan}."), status=status, plan=plan_words),
    updated=ui.last_update(group),
)
ui.link(_(N_("Back to the groups")), "groups")
ui.figures(
    [
        (_(N_("Referral")), ui.say(entry.referral["status"]) if entry.referral else "–"),
        (_(N_("Actions achieved")), _(N_("{some} of {all}"), some=entry.achieved, all=entry.actions)),
        (_(N_("Mentors now")), str(len(entry.mentors))),
    ]
)
parts.steps(group)
plan, mentor, choose, progress, came = st.tabs(
    [
        _(N_("Action plan")),
        _(N_("Mentor")),
        _(N_("Shortlist")),
        _(N_("Progress")),
        _(N_("Contact and referral")),
    ]
)
with plan:
    parts.show_plans(ctx, card)
    parts.show_signposts(card)
with mentor:
    show_mentors(card)
with choose:
    shortlist.show(ctx, group)
with progress:
    parts.show_progress(ctx, group.id)
with came:
    shown.facts(group, FACTS)
    st.subheader(_(N_("Referral log")), anchor=False)
    parts.show_referrals(card)
ui.row_history(Mentees, group)
