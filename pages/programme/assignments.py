"""Assignments: days agreed, used and left; proposals to decide; more days; allowances (S6, S8, S16)."""

from typing import Any

import streamlit as st

from pages import ui
from pages.programme.parts import assignments as parts
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.assignments import Assignments, AssignmentStatus
from schemas.column import date, number, text
from schemas.words import N_
from services import assignments, feedback
from services.assignments import Entry
from services.context import Context

COLUMNS = (
    text(N_("Work"), N_("The group, or the programme activity"), name="work"),
    Assignments.mentor,
    Assignments.status,
    number(N_("Agreed"), N_("Days agreed, approved variations included"), name="agreed"),
    number(N_("Used"), N_("Days claimed and chargeable"), name="used"),
    number(N_("Left"), name="left"),
    number(N_("Used, %"), name="share"),
    date(N_("End"), name="last_on"),
)
WIDTHS = {
    "work": 142,
    "mentor": 114,
    "status": 98,
    "agreed": 56,
    "used": 60,
    "left": 50,
    "share": 76,
    "last_on": 100,
}
FACTS = (Assignments.purpose, Assignments.chosen_on, Assignments.approved_on)


def row_of(entry: Entry) -> dict[str, Any]:
    """An assignment as the table shows it."""
    days = entry.days
    return {
        **entry.row,
        "work": entry.work,
        "agreed": days.agreed_days,
        "used": days.used_days,
        "left": days.left_days,
        "share": round(shown.used_share(days) * 100),
        "last_on": entry.ends_on,
    }


def show_list(ctx: Context) -> None:
    """Every assignment, the newest start first."""
    everything = assignments.listed(ctx)
    counts = assignments.counts(everything)
    with st.container(horizontal=True, vertical_alignment="center"):
        status = ui.filters("status", {each: ui.say(each) for each in AssignmentStatus}, counts)
        kinds = {"group": _(N_("group support")), "activity": _(N_("programme activity"))}
        kind = ui.filters("kind", kinds, counts)
    with st.container(horizontal=True, vertical_alignment="center"):
        typed = ui.search("assignments", _(N_("Mentor or group")))
        ui.list_tools("assignments")
    found = assignments.listed(
        ctx, status=status or "", activities=None if kind is None else kind == "activity"
    )
    rows = ui.found([row_of(entry) for entry in found], typed, COLUMNS)
    if rows:
        chosen = ui.table(
            rows,
            COLUMNS,
            "assignments",
            select="one",
            alt=_(N_("Assignments")),
            bars={"share": 100},
            widths=WIDTHS,
            hint=_(N_("Tick an assignment to open it.")),
        )
        if chosen:
            ui.go("assignments", id=chosen[0])
    elif everything:
        ui.empty(_(N_("No assignment fits these filters.")), _(N_("Take a filter away, or search for less.")))
    else:
        ui.empty(
            _(N_("No assignment yet.")), _(N_("Open a group and look at its shortlist, or propose one here."))
        )
    with st.container(horizontal=True):
        drawers.opens(
            _(N_("Propose an assignment")), "group", lambda: parts.propose_for_group(ctx), kind="primary"
        )
        drawers.opens(_(N_("Propose an allowance")), "allowance", lambda: parts.propose_allowance(ctx))


def show_one(ctx: Context, entry: Entry) -> None:
    """One assignment: what stands in its way, its days and their changes, and what was said of it."""
    row = entry.row
    st.button(
        _(N_("All assignments")),
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=st.query_params.clear,
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        ui.badge(ui.say(row["status"]), parts.TONES[row["status"]])
        ui.text(parts.span_words(entry))
        shown.days_bar(entry.days)
    for block in entry.blocked_by:
        st.warning(
            ui.safe(ui.say(block.remedy)), title=ui.safe(ui.say(block.reason)), icon=":material/block:"
        )
    parts.steps(ctx, entry)
    shown.facts(row, FACTS)
    with st.container(horizontal=True):
        ui.link(entry.mentor, "mentor", id=row["mentor"])
        if row["mentee"]:
            ui.link(entry.work, "group", id=row["mentee"])
    st.subheader(_(N_("Changes of the days agreed")), anchor=False)
    parts.show_variations(ctx, row)
    st.subheader(_(N_("Feedback")), anchor=False)
    if said := feedback.listed(ctx, assignment=row.id):
        parts.show_feedback(said)
    else:
        ui.empty(
            _(N_("No feedback yet.")), _(N_("Ask the group and its facilitator, and record what they say."))
        )
    ui.row_history(Assignments, row)


ctx = ui.visit("assignments.see")
if id_ := st.query_params.get("id", ""):
    entry = shown.loaded(lambda: assignments.one(ctx, id_))
    ui.title(f"{entry.work} · {entry.mentor}", updated=ui.last_update(entry.row))
    show_one(ctx, entry)
else:
    ui.title(
        _(N_("Assignments")),
        _(N_("A named mentor for a group or a programme activity, with the days agreed.")),
    )
    show_list(ctx)
