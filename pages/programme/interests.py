"""Declared relationships: to assess, late first; declared on behalf; and what was decided (S5)."""

import streamlit as st

from pages import ui
from pages.programme.parts import drawers
from pages.ui import _
from schemas.assignments import DeclaredBy, Interests, InterestStatus
from schemas.column import Row
from schemas.words import N_
from services import interests
from services.context import Context

DECIDED = (
    Interests.mentor,
    Interests.mentee,
    Interests.declared_by,
    Interests.status,
    Interests.assessment,
    Interests.assessed_on,
)
SEARCHED = (Interests.mentor, Interests.mentee)
WORDS = {True: N_("The work may proceed"), False: N_("The work may not go ahead")}


def show_waiting(ctx: Context, row: Row) -> None:
    """One declaration that nobody has assessed, with the two answers."""
    mentor, group = (ui.cell_words(column, row[column.name]) for column in SEARCHED)
    if row["declared_by"] == DeclaredBy.HOST:
        mentor = _(N_("the host of {mentor}"), mentor=mentor)
    heading = _(N_("{mentor} and {group}"), mentor=mentor, group=group)
    declared = _(N_("Declared on {day}"), day=ui.day(row["declared_on"]))
    with ui.card(heading, row["nature"] or "", declared, due_on=interests.due_on(ctx, row)):
        drawers.opens(_(N_("Assess")), f"assess:{row.id}", lambda: assess(row, heading), kind="primary")


def assess(row: Row, heading: str) -> None:
    """May proceed or may not, with the reason; hours held by the declaration follow it."""
    key = f"assess:{row.id}:{row['_change']}"
    ui.lines(heading)
    ui.text(row["nature"] or "")
    may_proceed = st.radio(
        _(N_("What you found")),
        [True, False],
        index=None,
        format_func=lambda answer: _(WORDS[answer]),
        key=f"{key}:answer",
        persist_state="session",
    )
    st.caption(_(N_("Hours held by this become payable, or are refused, when you record it.")))
    filling = ui.form(Interests, ("assessment",), key)
    ui.act(
        _(N_("Record the assessment")),
        key,
        lambda ctx, op: interests.assess(
            ctx,
            op,
            row,
            may_proceed=bool(st.session_state[f"{key}:answer"]),
            assessment=filling.values()["assessment"] or "",
        ),
        N_("Recorded."),
        disabled=may_proceed is None,
    )


def declare() -> None:
    """Declare on behalf of a mentor or a host; leaving it blank says that there is none."""
    key = "interest:declare"
    filling = ui.form(
        Interests,
        ("mentor", "mentee", "declared_by", "nature"),
        key,
        values={"declared_by": DeclaredBy.MENTOR},
        helps={
            "nature": N_("How the mentor or host knows the group; blank says that there is no relationship")
        },
    )

    def save(ctx: Context, op: str) -> object:
        typed = filling.values()
        return interests.declare(
            ctx,
            op,
            typed["mentee"] or "",
            typed["nature"] or "",
            mentor=typed["mentor"] or "",
            declared_by=DeclaredBy(typed["declared_by"] or DeclaredBy.MENTOR),
        )

    ui.act(_(N_("Record the declaration")), key, save, N_("Recorded."))


ctx = ui.visit("interests.see")
waiting = interests.waiting(ctx)
ui.title(
    _(N_("Declared relationships")),
    _(
        N_(
            "Whether a mentor or host knew the group before. No work starts before a declared one is assessed."
        )
    ),
)


def show_work() -> None:
    """What waits to be assessed, and the way to declare for somebody."""
    for row in waiting:
        show_waiting(ctx, row)
    if not waiting:
        ui.empty(
            _(N_("Nothing waits to be assessed.")),
            _(N_("Mentors declare with their assignment; you can do it for them below.")),
        )
    drawers.opens(_(N_("Declare on somebody's behalf")), "declare", declare)


if not ui.is_on_paper("interests"):
    show_work()
st.subheader(_(N_("Decided")), anchor=False)
with st.container(horizontal=True, vertical_alignment="center"):
    kinds = (InterestStatus.MAY_PROCEED, InterestStatus.MAY_NOT, InterestStatus.NONE)
    status = ui.filters("status", {each: ui.say(each) for each in kinds})
with st.container(horizontal=True, vertical_alignment="center"):
    typed = ui.search("interests", _(N_("Mentor or group")))
    ui.list_tools("interests")
decided = interests.decided(ctx, status=status or "")
if rows := ui.found(decided, typed, SEARCHED):
    ui.print_view(rows, DECIDED)
else:
    ui.empty(_(N_("Nothing decided yet that fits.")), "")
