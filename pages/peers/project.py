"""One project: its timeline, team, orders, what is public, and what happens when it is off (L4, L7 to L11)."""

import streamlit as st

from pages import ui
from pages.peers.parts import search, team, timeline
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.column import text
from schemas.peers import Projects, ProjectStatus
from schemas.words import N_
from services import projects
from services.context import Context

NAMES = {name: text(Projects.columns[name].title, name=name) for name in projects.STAFF}
FACTS = tuple(NAMES.get(name) or Projects.columns[name] for name in (*search.TYPED[1:], "reason", "told_on"))
NOTED = (
    ("administration_on", N_("Administration e-mail sent")),
    ("draft_report_on", N_("Draft report sent")),
    ("follow_up_on", N_("Follow-up visit held")),
)

ctx = ui.visit("projects.edit")
found = shown.loaded(lambda: projects.card(ctx, st.query_params.get("id", "")))
row = found.row


def note(ctx: Context, name: str) -> None:
    """The day a step was done."""
    key = f"{name}:{row.id}:{row['_change']}"
    filling = ui.form(Projects, (name,), key, values={name: ctx.today})
    ui.act(
        _(N_("Record it")),
        key,
        lambda ctx, op: projects.note(ctx, op, row, name, filling.values()[name] or ctx.today),
        N_("Recorded."),
    )


def call_off(ctx: Context) -> None:
    """Postpone or cancel: the peers are told, without compensation."""
    key = f"off:{row.id}:{row['_change']}"
    options = {"status": {each.value: ui.say(each) for each in sorted(projects.OFF) if each != row["status"]}}
    filling = ui.form(Projects, ("status", "reason"), key, options=options)

    def save(ctx: Context, op: str) -> object:
        typed = filling.values()
        return projects.call_off(ctx, op, row, typed["status"] or "", typed["reason"] or "")

    ui.act(_(N_("Call it off")), key, save, N_("Noted. Tell every peer now."))


def plan_again(ctx: Context) -> None:
    """New days after it was postponed."""
    key = f"again:{row.id}:{row['_change']}"
    filling = ui.form(Projects, ("starts_on", "ends_on"), key)

    def save(ctx: Context, op: str) -> object:
        typed = filling.values()
        return projects.plan_again(ctx, op, row, typed["starts_on"], typed["ends_on"])

    ui.act(_(N_("Plan it again")), key, save, N_("Planned. Send the administration e-mail anew."))


def show_moves() -> None:
    """What can be done with the project where it stands."""
    status = row["status"]
    with st.container(horizontal=True):
        if status == ProjectStatus.PLANNED:
            ui.act(
                _(N_("It begins")),
                f"start:{row.id}",
                lambda ctx, op: projects.start(ctx, op, row),
                N_("Under way."),
            )
        if status == ProjectStatus.RUNNING:
            ui.act(
                _(N_("Over on site")),
                f"close:{row.id}",
                lambda ctx, op: projects.close(ctx, op, row),
                N_("Closed. The report and the follow-up may still come."),
            )
        if status in projects.OFF and row["told_on"] is None:
            ui.act(
                _(N_("Every peer was told")),
                f"told:{row.id}",
                lambda ctx, op: projects.peers_told(ctx, op, row, ctx.today),
                N_("Noted."),
            )
        if status == ProjectStatus.POSTPONED:
            drawers.opens(_(N_("Plan it again")), "again", lambda: plan_again(ctx))
        options = search.staff(ctx, found)
        drawers.edits(Projects, search.TYPED, row, projects.edit, N_("Saved."), options=options)
        if status in {*projects.UNDER_WAY, ProjectStatus.POSTPONED}:
            drawers.opens(_(N_("Postpone or cancel")), "off", lambda: call_off(ctx))


ui.title(row["name"], _(N_("{council}, {status}."), council=found.council, status=ui.say(row["status"])))
show_moves()
shown.facts({**row, "manager": found.manager, "support_officer": found.officer}, FACTS)
if row["referral"]:
    ui.link(_(N_("The council’s request")), "placement", id=row["referral"])
st.subheader(_(N_("Timeline")), anchor=False)
timeline.show(found)
if found.steps:
    with st.container(horizontal=True):
        for name, words in NOTED:
            if row[name] is None and any(step.code == projects.STEPS[name] for step in found.steps):
                drawers.opens(_(words), name, lambda name=name: note(ctx, name))  # type: ignore[misc]
        timeline.calendar(ctx, row)
st.subheader(_(N_("Team")), anchor=False)
team.show(ctx, found)
ui.link(_(N_("All projects")), "projects")
