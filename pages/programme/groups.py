"""Community groups: how they came, how far their plan is, who mentors them (S3)."""

from typing import Any

import streamlit as st

from pages import ui
from pages.programme.parts import bulk, drawers, shown
from pages.programme.parts import groups as group_parts
from pages.ui import _
from schemas.column import text
from schemas.mentees import Mentees, MenteeStatus, Plans, Referrals, ReferralStatus
from schemas.words import N_
from services import groups
from services.groups import GroupEntry

COLUMNS = (
    Mentees.name,
    Mentees.area,
    text(N_("Referral"), name="referral"),
    text(N_("Its plan"), N_("The group's action plan"), name="plan"),
    text(N_("Mentor"), name="mentor"),
    text(N_("Progress"), N_("Priority actions achieved"), name="progress"),
    Mentees.facilitator,
)
WIDTHS = {
    "name": 168,
    "area": 104,
    "referral": 98,
    "plan": 66,
    "mentor": 116,
    "progress": 68,
    "facilitator": 88,
}


def row_of(entry: GroupEntry) -> dict[str, Any]:
    """A group as the table shows it."""
    return {
        **entry.group,
        "referral": ui.cell_words(Referrals.columns["status"], entry.referral and entry.referral["status"]),
        "plan": ui.cell_words(Plans.columns["status"], entry.plan and entry.plan["status"]),
        "mentor": "; ".join(entry.mentors),
        "progress": f"{entry.achieved} / {entry.actions}" if entry.actions else "",
    }


ctx = ui.visit("groups.see")
which = MenteeStatus.CLOSED if st.query_params.get("closed") else MenteeStatus.ACTIVE
everyone = groups.listed(ctx, status=which)
counts = groups.counts(everyone)
ui.title(
    ctx.programme.word("mentees", ctx.language),
    _(N_("Who is supported, how far each has come, and who still needs a mentor.")),
)
ui.figures(
    [
        (_(N_("Supported now")), str(len(everyone))),
        (_(N_("Waiting for a plan")), str(counts.get(ReferralStatus.RECEIVED, 0))),
        (_(N_("Waiting for a mentor")), str(counts["no mentor"])),
    ]
)
with st.container(horizontal=True, vertical_alignment="center"):
    step = ui.filters("referral", {each: ui.say(each) for each in ReferralStatus}, counts)
    alone = ui.filters("without", {"no mentor": _(N_("no mentor"))}, counts)
    closed = ui.filters("closed", {"yes": _(N_("no longer supported"))})
with st.container(horizontal=True, vertical_alignment="center"):
    typed = ui.search("groups", _(N_("Name, area or facilitator")))
    ui.list_tools("groups", several=True)
found = groups.listed(ctx, status=which, referral=step or "", without_mentor=bool(alone))
rows = ui.found([row_of(entry) for entry in found], typed, COLUMNS)
if rows:
    hint = _(N_("Tick a group to open its page."))
    chosen = ui.table(rows, COLUMNS, "groups", select="one", alt=_(N_("Groups")), widths=WIDTHS, hint=hint)
    if ui.is_for_several("groups"):
        bulk.offer(ctx, Mentees, chosen)
    elif chosen:
        ui.go("group", id=chosen[0])
elif everyone:
    ui.empty(_(N_("No group fits these filters.")), _(N_("Take a filter away, or search for less.")))
else:
    ui.empty(_(N_("No group yet.")), _(N_("Add the first when it is referred or comes by itself.")))
with st.container(horizontal=True):
    drawers.opens(
        _(N_("Add a group")),
        "group",
        lambda: group_parts.add(ctx),
        kind="primary",
        icon=":material/group_add:",
    )
    if rows:
        shown.excel_button(rows, COLUMNS, _(N_("Groups")), "groups.xlsx")
