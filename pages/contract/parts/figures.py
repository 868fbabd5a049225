"""The figures of a monthly return on a page, each with its definition and the rows behind it (D14, X11)."""

from typing import Any

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.cases import Cases
from schemas.column import text
from schemas.mentors import Mentors
from schemas.words import N_
from services import returns
from services.context import Context
from services.returns import Pmi
from services.rules.measures import PERSONNEL, Measure, Unit

COLUMNS = (
    text(N_("Measure"), name="title"),
    text(N_("Referral route"), name="route"),
    text(N_("Figure"), name="value"),
    text(N_("How it is counted"), name="definition"),
)
WIDTHS = {"title": 440, "route": 150, "value": 100}
BEHIND = (
    Cases.number,
    Cases.area,
    Cases.route,
    Cases.received_on,
    Cases.met_on,
    Cases.started_on,
    Cases.completed_on,
)


def value_words(each: Measure) -> str:
    """12, 78.2 %, 87.3 days; nil where there is nothing to divide."""
    if each.value is None:
        return _(N_("nil"))
    if each.unit is Unit.PERCENT:
        return f"{each.value} %"
    return _(N_("{count} days"), count=each.value) if each.unit is Unit.DAYS else str(each.value)


def show(ctx: Context, made: Pmi) -> None:
    """The table; a ticked figure opens what is behind it."""
    rows = [_row(ctx, each) for each in made.measures]
    chosen = ui.table(
        rows, COLUMNS[:-1], "pmi", select="one", widths=WIDTHS, height=560, alt=_(N_("Every measure of the return")),
        hint=_(N_("Tick a figure to see what it is made of.")),
    )  # fmt: skip
    with st.expander(_(N_("How every figure is counted"))):
        ui.print_view(rows, COLUMNS)
    measure = next((each for each in made.measures if each.key in chosen), None)
    if measure is not None:
        st.subheader(ui.safe(ui.say(measure.title)), anchor=False)
        st.caption(ui.safe(ui.say(measure.definition)))
        if made.sent is None:
            behind(ctx, measure)


def _row(ctx: Context, each: Measure) -> dict[str, Any]:
    return {
        "_id": each.key,
        "title": ui.say(each.title),
        "route": ctx.programme.choice_words("routes", each.route, ui.language()) if each.route else "",
        "value": value_words(each),
        "definition": ui.say(each.definition),
    }


def behind(ctx: Context, measure: Measure) -> None:
    """The cases or mentors that make a figure, as far as one may see them."""
    if measure.code in PERSONNEL:
        found = returns.mentors_behind(ctx, measure)
        ui.table(
            found, (Mentors.name, Mentors.area), "behind:mentors", alt=_(N_("The mentors behind the figure"))
        )
        return
    cases = returns.cases_behind(ctx, measure)
    if cases:
        ui.table(cases, BEHIND, "behind", alt=_(N_("The cases behind the figure")))
    else:
        ui.empty(
            _(N_("No case to show.")), _(N_("Nothing is counted here, or the cases are not for your role."))
        )
