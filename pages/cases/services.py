"""The directory of local services, for mentors and staff (D31)."""

import streamlit as st

from pages import ui
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.cases import Outcomes
from schemas.column import Row
from schemas.organisations import Organisations
from schemas.words import N_
from services import directory

ctx = ui.visit("services.see")
FIELDS = ("name", "service", "area", "phone", "email", "address", "notes")
SEARCHED = tuple(Organisations.columns[name] for name in ("name", "service", "area", "address", "notes"))
SENT = tuple(Outcomes.columns[name] for name in ("mentee", "reached_on", "booked_for", "attended"))


def add() -> None:
    """Take a service in."""
    key = "service:add"
    typed = ui.form(Organisations, FIELDS, key)
    ui.act(
        _(N_("Add the service")), key, lambda ctx, op: directory.add(ctx, op, typed.values()), N_("Added.")
    )


def service(row: Row) -> None:
    """One service: what it offers, how to reach it, whom one sent there."""
    offers, where = (ui.cell_words(Organisations.columns[name], row[name]) for name in ("service", "area"))
    area = _(N_("Area {area}"), area=where) if where else ""
    reach = " · ".join(filter(None, (area, row["phone"] or "", row["email"] or "")))
    with ui.card(row["name"], reach, badge_words=offers):
        drawers.opens(_(N_("Open")), f"service:{row.id}", lambda: one(row), heading=row["name"])


def one(row: Row) -> None:
    """Everything of one service, and the way to mend it."""
    shown.facts(row, [Organisations.columns[name] for name in FIELDS[1:]])
    sent = directory.bookings(ctx, row.id)
    if sent:
        st.subheader(_(N_("Sent on and booked")), anchor=False)
        ui.print_view(sent, SENT)
    key = f"service:{row.id}:{row['_change']}"
    typed = ui.form(Organisations, (*FIELDS, "status"), key, values=row)
    ui.act(_(N_("Save")), key, lambda ctx, op: directory.edit(ctx, op, row, typed.changes(row)), N_("Saved."))


everything = directory.listed(ctx)
ui.title(_(N_("Local services")), _(N_("Who helps with what, and where. Add those you know.")))
chosen = ui.filters(
    "service",
    {
        each: ctx.programme.choice_words("services", each, ui.language())
        for each in ctx.programme.choices("services")
    },
    directory.counts(everything),
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    area = ui.pick("area", {each: each for each in ctx.programme.choices("areas")}, label=_(N_("Area")))
    typed = ui.search("services", _(N_("Name or place")))
drawers.opens(_(N_("Add a service")), "service:add", add, kind="primary")
rows = ui.found(directory.listed(ctx, area=area or "", service=chosen or ""), typed, SEARCHED)
if not everything:
    ui.empty(_(N_("The directory is empty.")), _(N_("Add the first service here.")))
elif not rows:
    ui.empty(_(N_("No service fits.")), _(N_("Take the filter away, or search for less.")))
for row in rows:
    service(row)
