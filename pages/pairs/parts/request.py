"""One request: what is looked for, who might suit, and what is passed on (P3, P4, W1)."""

import streamlit as st

from pages import ui
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.assignments import Assignments
from schemas.column import Row
from schemas.mentees import Mentees, Referrals
from schemas.words import N_, Message
from services import courses, pair_requests, pairs
from services.context import Context
from services.pair_requests import Request
from services.pairs import Suggestion
from services.store.interface import Receipt

WISHED = tuple(Referrals.columns[name] for name in pair_requests.WISH)


def card(ctx: Context, request: Request, due_on: object = None) -> None:
    """A request that waits: whose, since when, what for."""
    row = request.row
    about = ui.cell_words(Referrals.columns["seeks"], row["seeks"]) or row["wants"] or ""
    since = _(N_("Asked on {day}"), day=ui.day(row["received_on"]))
    waiting = _(N_("waiting"))
    with ui.card(request.name, about, since, badge_words=waiting, tone=ui.TODAY, key=f"card:{row.id}"):
        drawers.opens(
            _(N_("Find somebody")),
            f"request:{row.id}",
            lambda: one(ctx, request),
            heading=request.name,
            kind="primary",
        )


def one(ctx: Context, request: Request) -> None:
    """The wish, everybody in the register with reasons, and the other ways on."""
    shown.facts(request.row, WISHED)
    found = pairs.suggest(ctx, request.row.id)
    st.caption(_(N_("The list advises; the person who asks has the last word.")))
    free = [each for each in found if not each.blocked_by]
    for place, each in enumerate(free, start=1):
        suggestion(ctx, request.row, each, place)
    if not free:
        ui.empty(_(N_("Nobody in the register can be matched now.")), _(N_("Look outside, or train more.")))
    if len(free) < len(found):
        with st.expander(_(N_("Who can’t be matched now"))):
            for each in found[len(free) :]:
                ui.lines(each.mentor["name"], *(ui.say(reason.words) for reason in each.blocked_by))
    if courses.terms(ctx.programme).new_months and request.mentee[pair_requests.ELECTED] is None:
        with st.expander(_(N_("A new member? Note when they were first elected"))):
            elected(request.mentee)
    with st.expander(_(N_("Not for mentoring? Pass it on"))):
        pass_on(ctx, request.row)


def elected(mentee: Row) -> None:
    """When a mentee was first elected, which says who may mentor them (P8)."""
    key = f"elected:{mentee.id}:{mentee['_change']}"
    typed = ui.form(Mentees, (pair_requests.ELECTED,), key)
    ui.act(
        _(N_("Save")),
        key,
        lambda ctx, op: pair_requests.note_elected(ctx, op, mentee, typed.value(pair_requests.ELECTED)),
        N_("Saved."),
    )


def suggestion(ctx: Context, request: Row, each: Suggestion, place: int) -> None:
    """Somebody who might suit, each point beside its reason."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            tone = ui.DONE if place == 1 else ui.LATER
            ui.badge(_(N_("{place}. · {points} points"), place=place, points=each.points), tone)
            ui.lines(each.mentor["name"])
        ui.text("\n".join(f"{ui.say(r.words)} ({r.points}/{r.out_of})" for r in each.reasons))
        with st.expander(_(N_("Match these two"))):
            match(ctx, request, each.mentor)


def match(ctx: Context, request: Row, mentor: Row) -> None:
    """Why these two, in a sentence."""
    key = f"match:{request.id}:{mentor.id}"
    typed = ui.form(Assignments, ("matched_why", "purpose"), key)

    def save(ctx: Context, op: str) -> Receipt:
        given = typed.values()
        return pairs.match(ctx, op, request, mentor.id, given["matched_why"] or "", given["purpose"] or "")

    ui.act(_(N_("Match")), key, save, N_("Matched. Their first meeting comes next."))


def pass_on(ctx: Context, request: Row) -> None:
    """What a group or a party provides or decides goes to its leader by name (P4)."""
    terms = courses.terms(ctx.programme)
    st.caption(ui.safe(terms.scope.said(ui.language())))
    key = f"pass:{request.id}"
    title = Message(terms.passes_to.said(ui.language()))
    typed = ui.form(Referrals, ("passed_to",), key, titles={"passed_to": str(title)})
    ui.act(
        _(N_("Pass it on")),
        key,
        lambda ctx, op: pair_requests.pass_on(ctx, op, request, typed.text("passed_to")),
        N_("Passed on; the request is closed."),
    )
