"""The explained shortlist, and what the group chose (S4, S6)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.assignments import Assignments
from schemas.column import Row
from schemas.words import N_
from services import matching
from services.context import Context
from services.matching import Suggestion

TERMS = ("days", "purpose", "starts_on", "ends_on", "chosen_on")


def show(ctx: Context, group: Row) -> None:
    """Mentors in order, each with reasons; those who can't be given it now come last, with why."""
    found = matching.shortlist(ctx, group.id)
    st.caption(_(N_("The list advises, the group chooses. Every point stands beside its reason.")))
    if not found:
        ui.empty(
            _(N_("No approved mentor is in the pool.")), _(N_("Approve mentors in the mentor pool first."))
        )
    free = [each for each in found if not each.blocked_by]
    blocked = [each for each in found if each.blocked_by]
    for place, each in enumerate(free, start=1):
        _suggestion(ctx, group, each, place)
    if blocked:
        words = _(
            N_("{count} mentor can't be given it now"),
            N_("{count} mentors can't be given it now"),
            len(blocked),
        )
        with st.expander(words, icon=":material/block:"):
            for each in blocked:
                _blocked(each)


def _suggestion(ctx: Context, group: Row, each: Suggestion, place: int) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            ui.badge(
                _(N_("{place}. · {points} points"), place=place, points=each.points),
                ui.DONE if place == 1 else ui.LATER,
            )
            ui.link(each.mentor["name"], "mentor", id=each.mentor.id)
        ui.text(
            "\n".join(_reason(ui.say(reason.words), reason.points, reason.out_of) for reason in each.reasons)
        )
        if st.button(
            _(N_("The group chose this mentor")),
            key=f"choose:{each.mentor.id}",
            type="primary" if place == 1 else "secondary",
        ):
            ui.drawer(_(N_("Propose the assignment")), lambda: _choose(ctx, group, each.mentor))


def _reason(words: str, points: int, out_of: int) -> str:
    if not out_of:
        return words
    return _(N_("{words} ({points} of {out_of})"), words=words, points=points, out_of=out_of)


def _blocked(each: Suggestion) -> None:
    ui.link(each.mentor["name"], "mentor", id=each.mentor.id)
    ui.text("\n".join(ui.say(reason.words) for reason in each.blocked_by))


def _choose(ctx: Context, group: Row, mentor: Row) -> None:
    key = f"choose:{group.id}:{mentor.id}"
    ui.lines(mentor["name"], group["name"])
    filling = ui.form(Assignments, TERMS, key, values={"chosen_on": ctx.today})

    def choose(ctx: Context, op: str) -> object:
        typed = filling.values()
        return matching.choose(
            ctx,
            op,
            group.id,
            mentor.id,
            days=typed["days"],
            purpose=typed["purpose"] or "",
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            chosen_on=typed["chosen_on"],
        )

    ui.act(_(N_("Propose the assignment")), key, choose, N_("Proposed. It waits for the Programme Manager."))
