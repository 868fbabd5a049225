"""Projects with councils, those that begin soonest first (L4)."""

from typing import Any

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import date, text
from schemas.peers import ProjectStatus
from schemas.words import N_
from services import projects
from services.projects import Project
from services.rules.timelines import State

COLUMNS = (
    text(N_("Project"), name="name"),
    date(N_("First day on site"), name="starts_on"),
    text(N_("Next"), name="next"),
    date(N_("By"), name="next_on"),
    text(N_("Status"), name="status_words"),
)
SOUGHT = (*COLUMNS, text(N_("Council"), name="council"), text(N_("Team"), name="team"))
WIDTHS = {"name": 232, "starts_on": 108, "next": 158, "next_on": 108, "status_words": 74}


def row_of(project: Project) -> dict[str, Any]:
    """A project as the table shows it."""
    step = project.next
    return {
        **project.row,
        "council": project.council,
        "next": ui.say(step.title) if step else "",
        "next_on": step.to_on if step else None,
        "team": ", ".join(member.peer["name"] for member in project.team),
        "status_words": ui.say(project.row["status"]),
        "late": bool(step and step.state is State.LATE),
    }


ctx = ui.visit("projects.edit")
everything = projects.listed(ctx)
rows = [row_of(each) for each in everything]
ui.title(_(N_("Projects")), _(N_("Peer challenges, mentoring and events, with what comes next in each.")))
lacking = sum(bool(member.lacks) for each in everything for member in each.team)
ui.figures(
    [
        (_(N_("Planned or running")), str(sum(row["status"] in projects.UNDER_WAY for row in rows))),
        (_(N_("Late")), str(sum(row["late"] for row in rows))),
        (_(N_("Peers with something missing")), str(lacking)),
    ]
)
counts = {each.value: sum(row["status"] == each for row in rows) for each in ProjectStatus}
status = ui.filters("status", {each.value: ui.say(each) for each in ProjectStatus}, counts)
with st.container(horizontal=True, vertical_alignment="center"):
    typed = ui.search("projects", _(N_("Project, council or peer")))
    ui.list_tools("projects")
kept = ui.found([row for row in rows if status in (None, row["status"])], typed, SOUGHT)
if kept:
    chosen = ui.table(
        kept,
        COLUMNS,
        "projects",
        select="one",
        alt=_(N_("Projects")),
        widths=WIDTHS,
        tones={"next": [ui.LATE if row["late"] else ui.LATER for row in kept]},
        hint=_(N_("Tick a project to open it.")),
    )
    if chosen:
        ui.go("project", id=chosen[0])
elif rows:
    ui.empty(_(N_("No project fits these filters.")), _(N_("Take a filter away, or search for less.")))
else:
    ui.empty(_(N_("No project yet.")), _(N_("A project is set up from a request once a council has chosen.")))
