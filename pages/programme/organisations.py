"""Hosts and everybody else the programme works with, and a host's own insurance (S1, S2, S3)."""

from typing import Any

import streamlit as st

from pages import ui
from pages.programme.parts import bulk, drawers, mentors, shown
from pages.ui import _
from schemas.column import Row
from schemas.organisations import OrganisationKind, Organisations
from schemas.words import N_
from services import checks, organisations
from services.context import Context

COLUMNS = (
    Organisations.name,
    Organisations.kind,
    Organisations.not_for_profit,
    Organisations.email,
    Organisations.phone,
    Organisations.status,
)
FIELDS = ("name", "kind", "not_for_profit", "email", "phone", "address", "notes")


def add() -> None:
    """Take up an organisation."""
    key = "organisation:add"
    filling = ui.form(Organisations, FIELDS, key, values={"kind": OrganisationKind.HOST})
    ui.act(
        _(N_("Add the organisation")),
        key,
        lambda ctx, op: organisations.add(ctx, op, filling.values()),
        N_("Added."),
    )


def show_one(ctx: Context, row: Row) -> None:
    """One organisation below the list: facts, the way to mend them, and a host's insurance."""
    st.subheader(ui.safe(row["name"]), anchor=False)
    shown.facts(row, [Organisations.columns[name] for name in (*FIELDS[1:], "status")])
    drawers.edits(Organisations, (*FIELDS, "status"), row, organisations.edit, N_("Saved."))
    if row["kind"] != OrganisationKind.HOST:
        return
    standing = checks.host_standing(ctx, row.id)
    ui.badge(ui.say(standing.words), shown.TONES[standing.state])
    mentors.show_proofs(ctx, checks.held_by_host(ctx, row.id))
    drawers.opens(_(N_("Record a proof")), "check", lambda: mentors.record_check({"organisation": row.id}))


def show_list(rows: list[Any]) -> None:
    """The list to choose one from; the chosen one stands in the address."""
    hint = _(N_("Tick an organisation to see it below."))
    chosen = ui.table(rows, COLUMNS, "organisations", select="one", alt=_(N_("Organisations")), hint=hint)
    if ui.is_for_several("organisations"):
        bulk.offer(ctx, Organisations, chosen)
    elif chosen:
        st.query_params["id"] = chosen[0]


ctx = ui.visit("organisations.edit")
everyone = organisations.listed(ctx, status="")
ui.title(
    _(N_("Organisations")), _(N_("Hosts of mentors, referrers, the evaluation partner and local services."))
)
with st.container(horizontal=True, vertical_alignment="center"):
    counts = organisations.counts(everyone)
    kind = ui.filters("kind", {each: ui.say(each) for each in OrganisationKind}, counts)
with st.container(horizontal=True, vertical_alignment="center"):
    typed = ui.search("organisations", _(N_("Name or e-mail")))
    ui.list_tools("organisations", several=True)
rows = ui.found(organisations.listed(ctx, kind=kind or "", status=""), typed, COLUMNS)
if rows:
    show_list(rows)
elif everyone:
    ui.empty(_(N_("No organisation fits.")), _(N_("Take the filter away, or search for less.")))
else:
    ui.empty(
        _(N_("No organisation yet.")), _(N_("Add the first host here; mentors can then be hosted by it."))
    )
drawers.opens(_(N_("Add an organisation")), "organisation", add, kind="primary", icon=":material/domain_add:")
if one := next((row for row in everyone if row.id == st.query_params.get("id")), None):
    show_one(ctx, one)
