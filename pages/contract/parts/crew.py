"""Mentors' readiness and what was recorded of them, on a page (D16, D29; 1.28)."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages import ui
from pages.contract.parts import which
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import date as day_column
from schemas.column import number, text
from schemas.mentors import Mentors
from schemas.words import N_
from schemas.work import Development, DevelopmentKind
from services import contracts, presence, team
from services.context import Context
from services.rules.readiness import Missing
from services.team import Part, Ready

READY = (
    text(N_("Mentor"), name="who"),
    text(N_("How it stands"), name="state"),
    text(N_("Missing"), name="missing"),
    Mentors.recruited_on,
    day_column(N_("Last supervision"), name="supervised_on"),
)
READY_WIDTHS = {"who": 110, "state": 150, "missing": 210, "recruited_on": 115, "supervised_on": 115}
DONE = (
    Development.held_on,
    Development.kind,
    text(N_("Who"), name="who"),
    Development.topic,
    Development.title,
    Development.minutes,
)
PARTS = (
    text(N_("Who"), name="who"),
    text(N_("Interviews"), name="interviews"),
    day_column(N_("Last focus group"), name="focus_group_on"),
    text(N_("Still due"), name="due"),
)
STAFF = (
    text(N_("Office"), name="office"),
    number(N_("Times"), name="times"),
    number(N_("People reached"), name="people"),
    day_column(N_("Last on"), name="last_on"),
)
FIELDS = ("kind", "held_on", "topic", "title", "minutes", "office", "people_reached", "words")


def record_button(ctx: Context) -> None:
    """One form for training, supervision, interviews, focus groups and staff shown something."""
    drawers.opens(
        _(N_("Record training or another meeting")), "team:record", lambda: _record(ctx), kind="primary"
    )


def _record(ctx: Context) -> None:
    key = "team:record"
    kinds = {kind.value: ui.say(kind) for kind in team.RECORDED}
    first = {"kind": DevelopmentKind.TRAINING, "held_on": ctx.today}
    mentors = ui.record_options(Mentors, [each.row for each in team.listed(ctx)])
    others = {row.id: str(row["name"]) for row in team.representatives(ctx)}
    empty = ui.Filling(Development, FIELDS, key)
    who = st.multiselect(
        _(N_("Mentors")), list(mentors), format_func=mentors.__getitem__, key=empty.widget("mentors"),
        placeholder=_(N_("Choose")),
    )  # fmt: skip
    also = st.multiselect(
        _(N_("Other staff")), list(others), format_func=others.__getitem__, key=empty.widget("others"),
        placeholder=_(N_("Choose")), help=_(N_("For an evaluation interview of somebody who is no mentor")),
    )  # fmt: skip
    filling = ui.form(
        Development, FIELDS, key, values=first, options={"kind": kinds}, titles={"words": N_("Note")}
    )
    ui.act(
        _(N_("Record it")),
        key,
        lambda ctx, op: team.record(ctx, op, which.filled(filling.values()), tuple(who), tuple(also)),
        N_("Recorded."),
    )


def mentors(ctx: Context, everyone: Sequence[Ready]) -> None:
    """Each mentor, what they lack, and the confirmation of their experience."""
    lacking = [each for each in everyone if not each.is_ready]
    words = {"lacking": _(N_("something is missing"))}
    chosen = ui.filters("show", words, {"lacking": len(lacking)})
    kept = lacking if chosen else list(everyone)
    if not kept:
        ui.empty(_(N_("Nobody here.")), _(N_("Mentors are added in the mentor pool.")))
        return
    rows = [_ready(ctx, each) for each in kept]
    tones = {"state": [ui.DONE if each.is_ready else ui.LATE for each in kept]}
    ticked = ui.table(
        rows, READY, "team", select="one", tones=tones, widths=READY_WIDTHS, alt=_(N_("Mentors")),
        hint=_(N_("Tick a mentor to see their training.")),
    )  # fmt: skip
    for each in kept:
        if each.row.id in ticked:
            _one(ctx, each)


def _ready(ctx: Context, each: Ready) -> dict[str, Any]:
    return {
        "_id": each.row.id,
        "who": each.row["name"],
        "state": _(N_("may be given a mentee")) if each.is_ready else _(N_("not yet")),
        "missing": "; ".join(ui.say(team.said(ctx, lack)) for lack in each.lacks),
        "recruited_on": each.row["recruited_on"],
        "supervised_on": each.supervised_on,
    }


def _one(ctx: Context, each: Ready) -> None:
    topics = [
        f"{ui.cell_words(Development.topic, topic)}: {ui.day(on)}"
        for topic, on in sorted(each.trained.items())
    ]
    with ui.card(each.row["name"], *(topics or [_(N_("No training is recorded."))])):
        if any(lack.what is Missing.EXPERIENCE for lack in each.lacks):
            drawers.opens(
                _(N_("Confirm lived experience")), f"confirm:{each.row.id}", lambda: _confirm(ctx, each)
            )
        ui.link(_(N_("Open")), "mentor", id=each.row.id)


def _confirm(ctx: Context, each: Ready) -> None:
    key = f"confirm:{each.row.id}:{each.row['_change']}"
    ui.lines(each.row["name"])
    st.caption(_(N_("Say only that it was asked and heard: the story itself is theirs.")))
    first = {"experience_confirmed_on": ctx.today}
    filling = ui.form(Mentors, ("experience_confirmed_on",), key, values=first)
    ui.act(
        _(N_("Confirm it")),
        key,
        lambda ctx, op: team.confirm_experience(
            ctx, op, each.row, filling.values()["experience_confirmed_on"]
        ),
        N_("Confirmed."),
    )


def recorded(ctx: Context) -> None:
    """What was recorded, the newest first."""
    counts = {kind.value: len(team.recorded(ctx, kind)) for kind in team.RECORDED}
    kind = ui.filters("kind", {each.value: ui.say(each) for each in team.RECORDED}, counts)
    found = team.recorded(ctx, kind or "")
    if not found:
        ui.empty(_(N_("Nothing is recorded.")), _(N_("Record a training with the button above.")))
        return
    name = which.names_of(
        lambda: presence.mentor_names(ctx) | {row.id: row["name"] for row in team.representatives(ctx)}
    )
    rows = [{**row, "who": name(row["mentor"] or row["representative"] or "")} for row in found]
    ui.table(rows, DONE, "recorded", alt=_(N_("Training, supervision and meetings")))


def evaluation(ctx: Context, parts: Sequence[Part]) -> None:
    """Interviews and focus groups of each, and what is still due."""
    terms = contracts.terms_of(ctx)
    st.caption(
        _(
            N_("Mentors: {interviews} interviews of {minutes} minutes, and a focus group every {months} months at the latest. Other staff: one interview."),
            interviews=str(terms.interviews_least), minutes=str(terms.interview_minutes), months=str(terms.focus_group_months),
        )
    )  # fmt: skip
    rows = [_part(ctx, part) for part in parts]
    tones = {"due": [ui.LATE if part.is_due(ctx.today) else ui.DONE for part in parts]}
    ui.table(rows, PARTS, "evaluation", tones=tones, alt=_(N_("Part in the evaluation")))


def _part(ctx: Context, part: Part) -> dict[str, Any]:
    return {
        "_id": part.id,
        "who": part.name if part.is_mentor else _(N_("{name} (staff)"), name=part.name),
        "interviews": _(N_("{held} of {wanted}"), held=str(part.interviews), wanted=str(part.wanted)),
        "focus_group_on": part.focus_group_on,
        "due": "; ".join(_still(ctx, part)) or _(N_("nothing")),
    }


def _still(ctx: Context, part: Part) -> list[str]:
    due = []
    if part.interviews_due:
        due.append(_(N_("{count} interview"), N_("{count} interviews"), part.interviews_due))
    if part.focus_group_by is not None:
        due.append(_(N_("focus group by {day}"), day=ui.day(part.focus_group_by)))
    return due


def upskilled(ctx: Context) -> None:
    """Each office's staff: how often they were shown something, offices without it first."""
    contract = which.contract(ctx)
    if contract is None:
        return
    found = presence.upskilled(ctx, contract)
    rows = [
        {
            "_id": each.office,
            "office": each.office,
            "times": each.times,
            "people": each.people,
            "last_on": each.last_on,
        }
        for each in found
    ]
    ui.table(rows, STAFF, "upskilled", alt=_(N_("Jobcentre staff shown how to work with a dependency")))
