"""The SMART action plan: its versions, actions and papers (D8, D24)."""

from collections.abc import Callable

import streamlit as st

from pages import ui
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import Row
from schemas.mentees import Actions, Plans, PlanStatus
from schemas.words import N_
from services import endings, plan_papers, smart_plans
from services.cases import Card
from services.context import Context

ACTION = ("title", "measure", "means", "reason", "by_on", "barrier", "is_employment", "priority")
SHOWN = ("title", "measure", "means", "reason", "by_on", "step")
AIM = {"opportunities": N_("What they want to reach")}
NO_HELP = {"opportunities": ""}
LANGUAGES = {"en": N_("English"), "cy": N_("Welsh")}


def show(ctx: Context, card: Card) -> None:
    """The newest version to work on, earlier ones folded away."""
    versions = smart_plans.versions(ctx, card.case.id)
    _warn(ctx, card.case)
    if not versions:
        ui.empty(
            _(N_("No SMART plan yet.")),
            _(N_("Start one: what they will do, how you will both know, how, why now, and by when.")),
        )
    for place, plan in enumerate(versions):
        if place == 0 or plan["status"] in {PlanStatus.DRAFT, PlanStatus.AGREED}:
            _version(ctx, card, plan)
        else:
            with st.expander(_heading(plan)):
                _facts(ctx, plan)
    is_open = endings.ended_on(card.case) is None and card.case["met_on"] is not None
    if is_open and not any(plan["status"] == PlanStatus.DRAFT for plan in versions):
        label = _(N_("Start a new version")) if versions else _(N_("Start the plan"))
        drawers.opens(
            label,
            f"plan:{card.case.id}",
            lambda: _start(card.case),
            kind="secondary" if versions else "primary",
        )


def _warn(ctx: Context, case: Row) -> None:
    """Employment actions that the buyer's own programme does already (2.28, D12)."""
    doubled = smart_plans.duplicating(ctx, case.id)
    if doubled:
        words = _(N_("They are on a programme of the buyer's: these actions may be done there already."))
        titles = "; ".join(row["title"] for row in doubled)
        st.warning(ui.safe(f"{words} {titles}"), icon=":material/content_copy:")


def _heading(plan: Row) -> str:
    version, status = ui.hours(plan["version"]), ui.say(plan["status"])
    words = _(N_("Version {version}: {status}"), version=version, status=status)
    return f"{words}, {ui.day(plan['agreed_on'])}" if plan["agreed_on"] else words


def _facts(ctx: Context, plan: Row) -> list[Row]:
    _row, actions = smart_plans.facts_of(ctx, plan)
    if plan["opportunities"]:
        ui.lines(_(AIM["opportunities"]), plan["opportunities"])
    for action in actions:
        _action(plan, action)
    said = [
        (_(N_("Confirmed")), ui.cell_words(Plans.confirmed_how, plan["confirmed_how"])),
        (_(N_("Last reviewed on")), ui.day(plan["reviewed_on"])),
        (_(N_("Next steps")), plan["next_steps"] or ""),
    ]
    for title, words in said:
        if words:
            ui.lines(title, words)
    return actions


def _action(plan: Row, row: Row) -> None:
    """One action, its five sides under each other: readable on a phone, and aloud."""
    lacks = smart_plans.lacking(row)
    with st.container(border=True, key=f"action:{row.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            ui.badge(ui.say(row["step"] or "not started"), ui.DONE if row["step"] == "achieved" else ui.LATER)
            if row["is_employment"]:
                ui.badge(_(N_("employment")), ui.LATER)
            if lacks:
                ui.badge(_(N_("lacks: {fields}"), fields=", ".join(map(ui.say, lacks))), ui.LATE)
        ui.lines(row["title"], _by(row))
        for name in ("measure", "means", "reason"):
            if row[name]:
                st.caption(ui.safe(f"{ui.say(Actions.columns[name].title)}: {row[name]}"))
        if plan["status"] in {PlanStatus.DRAFT, PlanStatus.AGREED}:
            names = (*ACTION, "step") if plan["status"] == PlanStatus.DRAFT else ("step",)
            label = _(N_("Change")) if plan["status"] == PlanStatus.DRAFT else _(N_("How far it is"))
            drawers.edits(
                Actions, names, row, smart_plans.edit_action, N_("Saved."), label=label, key="smart"
            )


def _by(row: Row) -> str:
    return _(N_("by {day}"), day=ui.day(row["by_on"])) if row["by_on"] else ""


def _version(ctx: Context, card: Card, plan: Row) -> None:
    st.subheader(ui.safe(_heading(plan)), anchor=False)
    actions = _facts(ctx, plan)
    if plan["status"] == PlanStatus.DRAFT:
        if not actions:
            ui.empty(_(N_("No action yet.")), _(N_("Add what they want to do first.")))
        _draft(ctx, card, plan, actions)
    elif plan["status"] == PlanStatus.AGREED:
        drawers.opens(_(N_("Review the plan")), f"review:{plan.id}", lambda: _review(ctx, plan))
    _papers(ctx, card, plan)


def _draft(ctx: Context, card: Card, plan: Row, actions: list[Row]) -> None:
    with st.container(horizontal=True):
        kind = "secondary" if actions else "primary"
        drawers.opens(_(N_("Add an action")), f"act:{plan.id}", lambda: _add(plan), kind=kind)  # type: ignore[arg-type]
        drawers.edits(
            Plans, ("opportunities",), plan, smart_plans.edit, N_("Saved."), label=_(AIM["opportunities"])
        )
        if actions and card.case["started_on"] is not None:
            drawers.opens(
                _(N_("Agree the plan")),
                f"agree:{plan.id}",
                lambda: _agree(ctx, plan, actions),
                kind="primary",
            )


def _start(case: Row) -> None:
    key = f"plan:{case.id}"
    st.caption(_(N_("Open actions of the plan in force come along.")))
    typed = ui.form(Plans, ("opportunities",), key, titles=AIM, helps=NO_HELP)
    ui.act(
        _(N_("Start the version")),
        key,
        lambda ctx, op: smart_plans.new_version(ctx, op, case, typed.values()),
        N_("A draft is open. Add the actions, then agree it together."),
    )


def _add(plan: Row) -> None:
    key = f"act:{plan.id}"
    typed = ui.form(Actions, ACTION, key, values={"is_employment": False})
    ui.act(
        _(N_("Add the action")),
        key,
        lambda ctx, op: smart_plans.add_action(ctx, op, plan.id, typed.values()),
        N_("Added."),
    )


def _agree(ctx: Context, plan: Row, actions: list[Row]) -> None:
    """The day, and how the mentee confirmed it: by hand, electronically, or as agreed with the buyer."""
    key = f"agree:{plan.id}:{plan['_change']}"
    typed = ui.form(Plans, ("agreed_on", "confirmed_how"), key, values={"agreed_on": ctx.today})
    ui.act(
        _(N_("Agree version {version}"), version=ui.hours(plan["version"])),
        key,
        lambda ctx, op: smart_plans.agree(ctx, op, plan, actions, typed.values()),
        N_("The plan is agreed."),
    )


def _review(ctx: Context, plan: Row) -> None:
    key = f"review:{plan.id}:{plan['_change']}"
    typed = ui.form(
        Plans,
        ("reviewed_on", "next_steps"),
        key,
        values={"reviewed_on": ctx.today, "next_steps": plan["next_steps"]},
    )
    ui.act(
        _(N_("Save the review")),
        key,
        lambda ctx, op: smart_plans.review(ctx, op, plan, typed.values()),
        N_("The review is noted."),
    )


def _papers(ctx: Context, card: Card, plan: Row) -> None:
    """The Word file, first in the language the mentee asked for."""
    papers(
        plan_papers.language_of(card.mentee),
        lambda code: plan_papers.plan_file(ctx, plan.id, code),
        f"smart-plan-{plan.id}",
    )


def papers(first: str, made: Callable[[str], bytes], name: str) -> None:
    """One button for each language, the mentee's own first; the file's name says no person."""
    with st.container(horizontal=True):
        for code in sorted(LANGUAGES, key=lambda code: code != first):
            ui.download(
                _(N_("Word, {language}"), language=_(LANGUAGES[code])),
                lambda code=code: made(code),  # type: ignore[misc]
                f"{name}-{code}.docx",
                ui.WORD,
                key=f"{name}:{code}",
                kind="secondary" if code == first else "tertiary",
            )
