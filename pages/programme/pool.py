"""The mentor pool: who is in it, how each is insured, and who has had no work yet (S1, S2, S17)."""

from typing import Any

import streamlit as st

from pages import ui
from pages.programme.parts import bulk, drawers, mentors, shown
from pages.ui import _
from schemas.column import number, text
from schemas.mentors import Mentors, MentorStatus
from schemas.words import N_
from services import pool
from services.cover import CoverState
from services.pool import PoolEntry

COLUMNS = (
    Mentors.name,
    text(N_("Insurance"), N_("Public liability insurance"), name="insurance"),
    number(N_("Days left"), N_("Left of the days agreed on running assignments"), name="left"),
    number(N_("Live"), N_("Assignments running now"), name="live"),
    Mentors.area,
    text(N_("Engaged"), N_("The host organisation, or directly by the programme"), name="host"),
    Mentors.skills,
)
WIDTHS = {"name": 140, "area": 105, "host": 100, "insurance": 110, "left": 92, "live": 45, "skills": 103}
SEARCHED = (*COLUMNS, Mentors.languages, Mentors.experience)


def row_of(entry: PoolEntry) -> dict[str, Any]:
    """A mentor as the table shows them."""
    return {
        **entry.mentor,
        "host": entry.host or (_(N_("direct")) if entry.terms else ""),
        "insurance": shown.insurance_words(entry.cover),
        "left": entry.workload.left_days,
        "live": entry.workload.live_assignments,
        "entry": entry,
    }


def show_table(rows: list[dict[str, Any]]) -> None:
    """The list to compare and to open a mentor from, or to change several mentors of."""
    tones = [shown.TONES[row["entry"].cover.state] for row in rows]
    chosen = ui.table(
        rows,
        COLUMNS,
        "pool",
        select="one",
        alt=_(N_("Mentors in the pool")),
        tones={"insurance": tones},
        widths=WIDTHS,
        hint=_(N_("Tick a mentor to open their page.")),
    )
    if ui.is_for_several("pool"):
        bulk.offer(ctx, Mentors, chosen)
    elif chosen:
        ui.go("mentor", id=chosen[0])


def show_warnings(rows: list[dict[str, Any]]) -> None:
    """Whom somebody should look at, and why."""
    warned = [row["entry"] for row in rows if row["entry"].warnings]
    if not warned:
        return
    heading = _(N_("{count} mentor needs a look"), N_("{count} mentors need a look"), len(warned))
    with st.expander(heading, icon=":material/warning:"):
        for entry in warned:
            ui.link(entry.mentor["name"], "mentor", id=entry.mentor.id)
            for warning in entry.warnings:
                ui.text(ui.say(warning))


ctx = ui.visit("pool.see")
everyone = pool.listed(ctx, statuses=tuple(MentorStatus))
counts = pool.counts(everyone)
ui.title(
    _(N_("Mentor pool")), _(N_("Everybody who mentors or has applied, with insurance and workload of today."))
)
ui.figures(
    [
        (_(N_("In the pool")), str(len(pool.narrowed(everyone)))),
        (_(N_("Insurance ends soon")), str(counts.get(CoverState.DUE, 0))),
        (_(N_("Insurance lapsed")), str(counts.get(CoverState.LAPSED, 0))),
        (_(N_("No work yet")), str(counts["no work yet"])),
    ]
)
with st.container(horizontal=True, vertical_alignment="center"):
    status = ui.filters("status", {each: ui.say(each) for each in MentorStatus}, counts)
    insurance = ui.filters("insurance", {each: ui.say(each) for each in CoverState}, counts)
    without_work = ui.filters("work", {"no work yet": _(N_("no work yet"))}, counts)
with st.container(horizontal=True, vertical_alignment="center"):
    typed = ui.search("pool", _(N_("Name, skill, area or language")))
    ui.list_tools("pool", several=True)
entries = pool.narrowed(
    everyone, status=status or "", insurance=insurance or "", without_work=bool(without_work)
)
rows = ui.found([row_of(entry) for entry in entries], typed, SEARCHED)
if rows:
    show_table(rows)
elif everyone:
    ui.empty(_(N_("Nobody fits these filters.")), _(N_("Take a filter away, or search for less.")))
else:
    ui.empty(
        _(N_("Nobody is in the pool yet.")),
        _(N_("Add the first mentor here, or bring in your own list with Bring in a file.")),
    )
with st.container(horizontal=True):
    drawers.opens(
        _(N_("Add a mentor")),
        "mentor",
        lambda: mentors.add(ctx),
        kind="primary",
        icon=":material/person_add:",
    )
    if rows:
        shown.excel_button(rows, COLUMNS, _(N_("Mentor pool")), "mentor-pool.xlsx")
show_warnings(rows)
