"""The programme's dated figures: day rates and the length of a day; a new one takes a second person (S9)."""

from typing import Any

import streamlit as st

from pages import ui
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.column import date, text
from schemas.money import Figures
from schemas.words import N_
from services import access, rates
from services.context import Context
from services.rates import Known, Waiting

COLUMNS = (
    text(N_("Figure"), name="title"),
    text(N_("Value"), name="value"),
    date(N_("From"), name="from_on"),
    text(N_("Source"), name="source"),
    text(N_("In force"), name="state"),
)


def value_words(name: str, value: Any) -> str:
    """Pounds with pence, hours and the rest plainly."""
    return ui.money(value) if name.endswith("_pounds") else ui.hours(value)


def row_of(figure: Known) -> dict[str, Any]:
    """A figure as the table shows it."""
    later = _(N_("later")) if figure.from_on > ctx.today else _(N_("until then"))
    return {
        "title": ui.say(figure.title),
        "value": value_words(figure.name, figure.value),
        "from_on": figure.from_on,
        "source": figure.source,
        "state": _(N_("now")) if figure.is_current else later,
    }


def show_waiting(ctx: Context, each: Waiting) -> None:
    """A proposed figure beside the one it replaces, with the second person's two answers."""
    row = each.row
    new = value_words(row["name"], row["value"])
    old = value_words(row["name"], each.now) if each.now is not None else "–"
    change = _(N_("{old} becomes {new} from {day}"), old=old, new=new, day=row["from_on"])
    asked = _(N_("{who} proposed it; source: {source}"), who=each.proposed_by, source=row["source"])
    waits = _(N_("waiting for a second person"))
    with ui.card(ui.say(each.title), change, asked, badge_words=waits, tone=ui.TODAY):
        if each.is_own:
            ui.text(_(N_("You proposed this yourself. Somebody else has to confirm it.")))
        elif access.may(ctx, "rates.confirm"):
            decide(each)


def decide(each: Waiting) -> None:
    """Confirm or refuse; hours approved before keep the rate they were approved with."""
    ui.act(
        _(N_("Confirm it")),
        f"figure:yes:{each.row.id}",
        lambda ctx, op: rates.decide(ctx, op, each.row, confirm=True),
        N_("Confirmed. Work from that day is paid by it."),
    )
    ui.act(
        _(N_("Refuse it")),
        f"figure:no:{each.row.id}",
        lambda ctx, op: rates.decide(ctx, op, each.row, confirm=False),
        N_("Refused. The figure stays as it was."),
        kind="secondary",
    )


def propose(ctx: Context) -> None:
    """A new value of one of the programme's figures from a day on."""
    key = "figure:propose"
    st.caption(_(N_("The day worked decides the rate. Hours approved already keep theirs.")))
    options = {"name": {name: ui.say(rates.title(name)) for name in ctx.programme.figures}}
    helps = {"name": N_("Which figure changes"), "value": N_("Pounds or hours, a number alone")}
    filling = ui.form(Figures, ("name", "value", "from_on", "source"), key, options=options, helps=helps)

    def save(ctx: Context, op: str) -> object:
        typed = filling.values()
        return rates.propose(
            ctx, op, typed["name"] or "", typed["value"], typed["from_on"], typed["source"] or ""
        )

    ui.act(_(N_("Propose it")), key, save, N_("Proposed. It waits for a second person."))


ctx = ui.visit("rates.see")
ui.title(
    _(N_("Rates")),
    _(N_("What the programme pays by, from which day on. A change takes a second person.")),
)
for each in rates.waiting(ctx):
    show_waiting(ctx, each)
rows = [row_of(figure) for figure in rates.known(ctx)]
ui.print_view(rows, COLUMNS)
with st.container(horizontal=True):
    if access.may(ctx, "rates.propose"):
        label = _(N_("Propose a new figure"))
        drawers.opens(label, "figure", lambda: propose(ctx), kind="primary")
    shown.excel_button(rows, COLUMNS, _(N_("Rates")), "rates.xlsx", is_personal=False)
