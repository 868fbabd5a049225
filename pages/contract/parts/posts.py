"""Areas and postings of a contract, on a page (D16)."""

from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from pages import ui
from pages.contract.parts import which
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.column import Row, number, text
from schemas.column import date as day_column
from schemas.contracts import Postings
from schemas.mentors import Mentors
from schemas.words import N_, month_words, plain
from services import contracts, postings, presence
from services.context import Context
from services.postings import Change, Load, Staffed
from services.rules.periods import month_of, previous

POSTED = (
    Postings.mentor,
    Postings.area,
    Postings.weekly_hours,
    Postings.offices,
    Postings.attends_on,
    Postings.from_on,
    Postings.to_on,
)
CHANGES = (day_column(N_("Day"), name="on"), text(N_("Mentor"), name="who"), text(N_("Change"), name="what"))
LOADS = (
    text(N_("Mentor"), name="who"),
    number(N_("People worked with"), name="people"),
    text(N_("Their hours ask for"), name="wanted"),
    number(N_("Full-time equivalents"), name="fte"),
    text(N_("How it stands"), name="state"),
)


def areas(ctx: Context, contract: Row) -> None:
    """Each area today: people in post beside the least and the most, and offices that nobody is posted to."""
    found = postings.areas(ctx, contract, ctx.today)
    for each in found:
        promised = _(
            N_("{have} in post, {least} to {most} promised"),
            have=plain(each.fte), least=str(each.least), most=str(each.most),
        )  # fmt: skip
        nobody = _(N_("nobody for {offices}"), offices=", ".join(each.unvisited)) if each.unvisited else ""
        with ui.card(
            which.area_words(ctx, each.area), promised, nobody, badge_words=_state(each), tone=_tone(each)
        ):
            pass
    if not any(each.is_counted for each in found):
        st.caption(
            _(N_("Full-time equivalents count from the day after the implementation to the contract’s end."))
        )


def _state(each: Staffed) -> str:
    if each.gap:
        return _(N_("{gap} missing"), gap=plain(each.gap))
    if each.is_over:
        return _(N_("more than promised"))
    return _(N_("as promised")) if each.is_counted else _(N_("not counted yet"))


def _tone(each: Staffed) -> ui.Tone:
    return ui.LATE if each.gap else ui.TODAY if each.is_over else ui.DONE if each.is_counted else ui.LATER


def people(ctx: Context, contract: Row) -> None:
    """The postings; one is opened to change it, a new one is added."""
    drawers.opens(_(N_("Post a mentor")), "posting:add", lambda: _add(ctx, contract), kind="primary")
    rows = postings.listed(ctx, contract)
    if not rows:
        ui.empty(_(N_("Nobody is posted yet.")), _(N_("Post a mentor to an area, for some hours a week.")))
        return
    hint = _(N_("Tick a posting to change it."))
    chosen = ui.table(rows, POSTED, "postings", select="one", alt=_(N_("Postings")), hint=hint)
    for row in rows:
        if row.id in chosen:
            _one(row)
    _changes(ctx, contract)


def _add(ctx: Context, contract: Row) -> None:
    key = "posting:add"
    own = {name: which.area_words(ctx, name) for name in contract["areas"]}
    offices = [office for name in own if (area := ctx.programme.area(name)) for office in area.offices]
    options = {
        "mentor": ui.record_options(Mentors, postings.may_post(ctx)),
        "area": own,
        "offices": {office: office for office in offices},
    }
    names = ("mentor", "area", "weekly_hours", "offices", "attends_on", "from_on", "to_on")
    first = postings.first_values(ctx, contract)
    if len(own) == 1:
        first["area"] = next(iter(own))
    filling = ui.form(Postings, names, key, values=first, options=options)
    ui.act(
        _(N_("Post them")),
        key,
        lambda ctx, op: postings.add(ctx, op, contract.id, which.filled(filling.values())),
        N_("Posted."),
    )


def _one(row: Row) -> None:
    with ui.card(
        ui.cell_words(Postings.mentor, row["mentor"]), ui.cell_words(Postings.offices, row["offices"])
    ):
        drawers.edits(
            Postings,
            ("offices", "attends_on"),
            row,
            postings.edit,
            N_("Saved."),
            label=_(N_("Offices and days")),
        )
        drawers.opens(_(N_("Other hours")), f"hours:{row.id}", lambda: _hours(row))
        drawers.opens(_(N_("End it")), f"end:{row.id}", lambda: _end(row))
    ui.row_history(Postings, row)


def _hours(row: Row) -> None:
    key = f"hours:{row.id}:{row['_change']}"
    st.caption(_(N_("The months before stay as they were: this posting ends, and another begins.")))
    filling = ui.form(
        Postings, ("weekly_hours", "from_on"), key, values={"weekly_hours": row["weekly_hours"]}
    )
    ui.act(
        _(N_("Change the hours")),
        key,
        lambda ctx, op: postings.change_hours(
            ctx, op, row, filling.values()["weekly_hours"], filling.values()["from_on"]
        ),
        N_("Changed."),
    )


def _end(row: Row) -> None:
    key = f"end:{row.id}:{row['_change']}"
    filling = ui.form(Postings, ("to_on", "why_ended"), key, values=row)
    ui.act(
        _(N_("End the posting")),
        key,
        lambda ctx, op: postings.end(
            ctx, op, row, filling.values()["to_on"], filling.values()["why_ended"] or ""
        ),
        N_("Ended. The month’s return tells it."),
    )


def _changes(ctx: Context, contract: Row) -> None:
    """Who joined, left or moved: this month and the one before, for the return."""
    name = which.names_of(lambda: presence.mentor_names(ctx))
    for span in (month_of(ctx.today), previous(month_of(ctx.today))):
        found = postings.changes(ctx, span.first, span.last, contract.id)
        heading = _(N_("Changes in {month}"), month=say_month(span.first))
        st.subheader(heading, anchor=False)
        if found:
            ui.print_view([_change(each, name(each.mentor)) for each in found], CHANGES)
        else:
            st.caption(_(N_("Nobody joined, left or moved.")))


def say_month(day: date) -> str:
    """A month in the visitor's language."""
    return month_words(day, ui.language())


def _change(each: Change, who: str) -> dict[str, Any]:
    hours = _(N_("{hours} hours a week"), hours=plain(each.hours))
    words = [ui.say(each.what), _(N_("area {area}"), area=each.area), hours, each.why]
    return {"on": each.on, "who": who, "what": ", ".join(word for word in words if word)}


def loads(ctx: Context, contract: Row) -> None:
    """How many people each mentor worked with, beside what their hours ask for."""
    found = postings.loads(ctx, contract, ctx.today)
    terms = contracts.terms_of(ctx)
    st.caption(
        _(
            N_("A full week asks for {people} people in any {months} months; part of a week or of the time, for as much less."),
            people=str(terms.mentees_per_fte), months=str(terms.mentees_within_months),
        )
    )  # fmt: skip
    if not found:
        ui.empty(
            _(N_("Nobody is in post after the implementation yet.")),
            _(N_("Post a mentor on the tab before.")),
        )
        return
    name = which.names_of(lambda: presence.mentor_names(ctx))
    rows = [_load(each, name(each.mentor)) for each in found]
    tones = {"state": [ui.LATE if each.is_short else ui.DONE for each in found]}
    ui.table(rows, LOADS, "loads", tones=tones, alt=_(N_("People each mentor worked with")))
    shown.excel_button(rows, LOADS, _(N_("Load")), "load.xlsx")


def _load(each: Load, who: str) -> dict[str, Any]:
    wanted = each.wanted.quantize(Decimal("0.1"))
    state = _(N_("fewer than asked")) if each.is_short else _(N_("as asked"))
    return {
        "_id": each.mentor, "who": who, "people": each.people, "wanted": plain(wanted),
        "fte": each.fte.quantize(Decimal("0.01")), "state": state,
    }  # fmt: skip
