"""The cost register and the buyer's notices, on a page (D14, D18)."""

import streamlit as st

from pages import ui
from pages.contract.parts import which
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.column import Row, text
from schemas.contracts import Costs, Deferrals
from schemas.words import N_, month_words
from services import access, costs
from services.context import Context

FIELDS = (
    "month", "what", "is_implementation", "planned_pounds", "actual_pounds", "supplier", "is_subcontractor", "is_sme",
)  # fmt: skip
LISTED = (
    text(N_("Month"), name="when"), Costs.what, Costs.is_implementation, Costs.planned_pounds, Costs.actual_pounds,
    Costs.supplier,
)  # fmt: skip
NOTICED = ("month", "noticed_on", "percent", "pounds", "reason")


def costs_of(ctx: Context, contract: Row) -> None:
    """Planned beside actual, and how much of the value the implementation takes."""
    share = costs.share(ctx, contract)
    most = ui.money(share.most)
    st.caption(_(N_("Implementation: {pounds} of at most {most}."), pounds=ui.money(share.pounds), most=most))
    if access.may(ctx, "costs.edit"):
        drawers.opens(_(N_("Add a cost")), "cost:add", lambda: _add(contract), kind="primary")
    rows = costs.listed(ctx, contract)
    if not rows:
        ui.empty(
            _(N_("The cost register is empty.")), _(N_("Add each planned cost, and what it came to later."))
        )
        return
    hint = _(N_("Tick a cost to change it."))
    listed = [{**row, "when": month_words(row["month"], ui.language())} for row in rows]
    ticked = ui.table(listed, LISTED, "costs", select="one", alt=_(N_("Cost register")), hint=hint)
    for row in rows:
        if row.id in ticked:
            with ui.card(row["what"], ui.cell_words(Costs.supplier, row["supplier"])):
                drawers.edits(Costs, FIELDS, row, costs.edit, N_("Saved."))
            ui.row_history(Costs, row)
    shown.excel_button(
        rows,
        tuple(Costs.columns[name] for name in FIELDS),
        _(N_("Cost register")),
        "costs.xlsx",
        is_personal=False,
    )


def _add(contract: Row) -> None:
    key = "cost:add"
    filling = ui.form(Costs, FIELDS, key, values={"is_implementation": False})
    ui.act(
        _(N_("Add it")),
        key,
        lambda ctx, op: costs.add(ctx, op, contract.id, which.filled(filling.values())),
        N_("Added."),
    )


def notices_of(ctx: Context, contract: Row) -> None:
    """What the buyer deferred of a month's implementation costs, and when all was complete."""
    st.caption(
        _(N_("The buyer may defer part of a month’s implementation costs until all planned activity is complete. The invoice must say what the notice says."))
    )  # fmt: skip
    if access.may(ctx, "costs.edit"):
        drawers.opens(_(N_("Record a notice")), "notice:add", lambda: _note(ctx, contract), kind="primary")
    rows = costs.notices(ctx, contract)
    if not rows:
        ui.empty(
            _(N_("No notice is recorded.")), _(N_("Then the whole of each month’s costs can be claimed."))
        )
    for row in rows:
        _notice(row)


def _note(ctx: Context, contract: Row) -> None:
    key = "notice:add"
    filling = ui.form(Deferrals, NOTICED, key)
    month = filling.value("month")
    if month:
        st.caption(
            _(N_("A notice for this month binds until {day}."), day=ui.day(costs.notice_by(ctx, month)))
        )
    ui.act(
        _(N_("Record the notice")),
        key,
        lambda ctx, op: costs.note(ctx, op, contract.id, which.filled(filling.values())),
        N_("Recorded."),
    )


def _notice(row: Row) -> None:
    month = month_words(row["month"], ui.language())
    deferred = _(
        N_("{percent} % deferred, {pounds} to be claimed"),
        percent=row["percent"],
        pounds=ui.money(row["pounds"]),
    )
    done = row["completed_on"]
    words = _(N_("complete on {day}"), day=done) if done else _(N_("waiting for the planned activity"))
    tone = ui.DONE if done else ui.TODAY
    with ui.card(month, deferred, row["reason"] or "", badge_words=words, tone=tone):
        if not done:
            drawers.opens(
                _(N_("All is complete")), f"complete:{row.id}", lambda: _complete(row), kind="primary"
            )
            drawers.edits(
                Deferrals, NOTICED[1:], row, costs.correct, N_("Saved."), label=_(N_("Put it right"))
            )


def _complete(row: Row) -> None:
    key = f"complete:{row.id}:{row['_change']}"
    filling = ui.form(Deferrals, ("completed_on",), key)
    ui.act(
        _(N_("Record it")),
        key,
        lambda ctx, op: costs.complete(ctx, op, row, filling.values()["completed_on"]),
        N_("Recorded. The rest can be claimed now."),
    )
