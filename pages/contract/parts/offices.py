"""Visits to offices: the week as staff see it, and a mentor's own, noted in half a minute (D16)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from pages import ui
from pages.contract.parts import which
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.column import Row, text
from schemas.contracts import Postings, Visits
from schemas.mentors import Mentors
from schemas.words import N_
from schemas.work import Development
from services import postings, presence
from services.context import Context
from services.presence import Attended, Week

WEEK = (
    text(N_("Office"), name="office"),
    text(N_("Mentor"), name="who"),
    text(N_("Days of attendance"), name="days"),
    text(N_("Visited"), name="visited"),
    text(N_("How it stands"), name="state"),
)
VISITED = (Visits.visited_on, Visits.office, Visits.note)
SHOWN_WEEKS = 8
TAUGHT = ("title", "people_reached", "minutes")


def weeks(ctx: Context, contract: Row) -> None:
    """One week of a contract: who was where, and what is missing."""
    this = presence.week_of(ctx.today)
    known = [Week(this.first - timedelta(days=7 * n)) for n in range(SHOWN_WEEKS)]
    names = {week.first.isoformat(): _words(week, this) for week in known}
    chosen = ui.pick("week", names, label=_(N_("Week")), default=known[0].first.isoformat())
    week = next((each for each in known if each.first.isoformat() == chosen), known[0])
    found = presence.week(ctx, contract, week)
    missing = [each for each in found if not each.visits]
    ui.figures([(_(N_("Visited")), str(len(found) - len(missing))), (_(N_("Missing")), str(len(missing)))])
    drawers.opens(_(N_("Note a visit")), "visit:add", lambda: _for(ctx), kind="primary")
    if not found:
        ui.empty(
            _(N_("No presence is asked for in this week.")),
            _(N_("It starts after the implementation, for mentors who are posted to an office.")),
        )
        return
    _table(ctx, found)


def _words(week: Week, this: Week) -> str:
    span = _(N_("{first} to {last}"), first=ui.day(week.first), last=ui.day(week.last))
    return _(N_("This week: {span}"), span=span) if week == this else span


def _table(ctx: Context, found: Sequence[Attended]) -> None:
    name = which.names_of(lambda: presence.mentor_names(ctx))
    rows = [_row(ctx, each, name(each.mentor)) for each in found]
    tones = {"state": [_tone(each, ctx.today) for each in found]}
    ui.table(rows, WEEK, "presence", tones=tones, alt=_(N_("Presence at the offices")))
    shown.excel_button(rows, WEEK, _(N_("Offices")), "presence.xlsx")


def _row(ctx: Context, each: Attended, who: str) -> dict[str, Any]:
    return {
        "_id": f"{each.mentor}:{each.office}",
        "office": each.office,
        "who": who,
        "days": ui.cell_words(Postings.attends_on, each.days),
        "visited": "; ".join(ui.weekday(day) for day in each.visits),
        "state": _state(each, ctx.today),
    }


def _state(each: Attended, today: date) -> str:
    if each.visits:
        return _(N_("visited"))
    if each.is_missing(today):
        return _(N_("missing"))
    return _(N_("due by {day}"), day=ui.weekday(each.due_on))


def _tone(each: Attended, today: date) -> ui.Tone:
    return ui.DONE if each.visits else ui.LATE if each.is_missing(today) else ui.TODAY


def _for(ctx: Context) -> None:
    """Staff note a visit that a mentor told them of."""
    key = "visit:add"
    mentors = ui.record_options(Mentors, postings.may_post(ctx))
    filling = ui.form(
        Visits, ("mentor", "office", "visited_on", "note"), key, values={"visited_on": ctx.today}, options={"mentor": mentors}
    )  # fmt: skip
    ui.act(
        _(N_("Note the visit")),
        key,
        lambda ctx, op: presence.note(ctx, op, which.filled(filling.values())),
        N_("Noted."),
    )


def own(ctx: Context) -> None:
    """A mentor's own offices: this week at the top, the form, and what was noted."""
    mine = presence.offices_of(ctx, ctx.actor.mentor, ctx.today)
    if not mine:
        ui.empty(
            _(N_("You are not posted to an office today.")),
            _(N_("Ask your Facilitator to add your offices.")),
        )
    else:
        _this_week(ctx)
        _note(ctx, mine)
    rows = presence.visits(ctx, mentor=ctx.actor.mentor, limit=20)
    if rows:
        st.subheader(_(N_("What you noted")), anchor=False)
        ui.print_view(rows, VISITED)


def _this_week(ctx: Context) -> None:
    for each in presence.own_week(ctx, presence.week_of(ctx.today)):
        tone = _tone(each, ctx.today)
        with ui.card(
            each.office,
            ui.cell_words(Postings.attends_on, each.days),
            badge_words=_state(each, ctx.today),
            tone=tone,
        ):
            pass


def _note(ctx: Context, mine: Sequence[str]) -> None:
    key, more = "visit:own", "visit:taught"
    offices = {office: office for office in mine}
    missing = [each.office for each in presence.own_week(ctx, presence.week_of(ctx.today)) if not each.visits]
    first = {"visited_on": ctx.today, "office": next(iter(missing), mine[0])}
    filling = ui.form(
        Visits, ("office", "visited_on", "note"), key, values=first, options={"office": offices}
    )
    with st.expander(_(N_("I showed Jobcentre staff something"))):
        taught = ui.form(Development, TAUGHT, more, titles={"title": N_("What they were shown")})
    ui.act(
        _(N_("Note the visit")),
        key,
        lambda ctx, op: presence.note(ctx, op, which.filled(filling.values()), which.filled(taught.values())),
        N_("Noted."),
        also=[more],
    )
