"""One request: what is looked for, the shortlist with reasons, everybody asked, the council's choice (L3, L5)."""

import streamlit as st

from pages import ui
from pages.peers.parts import asked, search
from pages.peers.parts import request as parts
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.column import Row
from schemas.mentees import Referrals, ReferralStatus
from schemas.peers import EnquiryStatus, Projects
from schemas.words import N_
from services import access, placements, records

FACTS = tuple(Referrals.columns[name] for name in parts.REQUIREMENT)

ctx = ui.visit("placements.see")
found = shown.loaded(lambda: placements.card(ctx, st.query_params.get("id", "")))
row = found.row
may_edit = access.may(ctx, "placements.edit")


def show_project() -> None:
    """The way to the request's project, or to set it up once somebody is chosen."""
    made: list[Row] = records.view(ctx).where(Projects, "referral", row.id)
    for project in made:
        ui.link(_(N_("Project: {name}"), name=project["name"]), "project", id=project.id)
    if may_edit and not made and found.at(EnquiryStatus.CHOSEN):
        drawers.opens(
            _(N_("Set up the project")),
            "open-project",
            lambda: search.open_project(ctx, found),
            kind="primary",
            icon=":material/event_note:",
        )


ui.title(found.council["name"], ui.say(parts.stands(found)))
show_project()
shown.facts(row, FACTS)
with st.container(horizontal=True):
    if may_edit:
        drawers.edits(Referrals, parts.REQUIREMENT, row, placements.edit, N_("Saved."))
        if row["status"] != ReferralStatus.CLOSED:
            ui.act(
                _(N_("Close the request")),
                f"close:{row.id}",
                lambda ctx, op: placements.close(ctx, op, row),
                N_("Closed."),
                kind="secondary",
                ask=_(N_("Close it: filled and over, or not wanted any more?")),
            )
        else:
            ui.act(
                _(N_("Open it again")),
                f"reopen:{row.id}",
                lambda ctx, op: placements.reopen(ctx, op, row),
                N_("Open again."),
                kind="secondary",
            )
for lesson in found.lessons:
    st.info(ui.safe(_(N_("From an earlier withdrawal: {words}"), words=lesson)), icon=":material/lightbulb:")
st.subheader(_(N_("Peers asked")), anchor=False)
asked.show(ctx, found)
if may_edit and row["status"] != ReferralStatus.CLOSED:
    st.subheader(_(N_("Search")), anchor=False)
    search.show(ctx, found)
ui.link(_(N_("All requests")), "placements")
