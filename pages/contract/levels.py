"""The service levels: what is late and due, by month and area what was met and missed, the plans to improve (D15)."""

from typing import Any

import streamlit as st

from pages import ui
from pages.contract.parts import asked, late, plans
from pages.ui import _
from schemas.cases import Cases
from schemas.column import Row, number, text
from schemas.words import N_
from services import access, improvements, levels
from services.context import Context
from services.levels import Tally
from services.rules.periods import Period

REPORT = (
    text(N_("Service level"), name="level"),
    text(N_("Area"), name="area"),
    number(N_("Met"), name="met"),
    number(N_("Missed"), name="missed"),
    text(N_("How it stands"), name="state"),
)


def state_of(each: Tally) -> tuple[str, ui.Tone]:
    """Met, missed, or nothing fell due; of the FTE how many are wanting."""
    if each.is_missed:
        words = (
            _(N_("{gap} of {least} wanting"), gap=each.gap, least=each.least) if each.gap else _(N_("missed"))
        )
        return (f"{words}, {_(N_('critical'))}" if each.level.is_critical else words), ui.LATE
    return (_(N_("met")), ui.DONE) if each.met else (_(N_("nothing fell due")), ui.LATER)


def report(ctx: Context, contract: Row, month: Period) -> None:
    """The eight rows of the table, by area; a ticked one shows its cases and opens its plan."""
    found = levels.report(ctx, contract, month)
    missed = [each for each in found if each.is_missed]
    shown = missed if ui.filters("only", {"missed": _(N_("Missed"))}, {"missed": len(missed)}) else found
    rows = [_line(each) for each in shown]
    if not rows:
        ui.empty(_(N_("Nothing was missed.")), _(N_("Take the filter off to see every level.")))
        return
    tones = {"state": [state_of(each)[1] for each in shown]}
    chosen = ui.table(
        rows, REPORT, "report", select="one", tones=tones, alt=_(N_("Service levels by area")),
        hint=_(N_("Tick a level to see whose limit was missed, and to begin its plan.")),
    )  # fmt: skip
    tally = next((each for each, row in zip(shown, rows, strict=True) if row["_id"] in chosen), None)
    if tally is not None:
        one(ctx, contract, tally)


def _line(each: Tally) -> dict[str, Any]:
    return {
        "_id": f"{each.level.code}:{each.area}",
        "level": each.level.title.said(ui.language()),
        "area": each.area or _(N_("whole contract")),
        "met": each.met,
        "missed": each.missed,
        "state": state_of(each)[0],
    }


def one(ctx: Context, contract: Row, tally: Tally) -> None:
    """A level in an area: where it is asked for, whose limit was missed, the way to its plan."""
    st.subheader(ui.safe(tally.level.title.said(ui.language())), anchor=False)
    st.caption(ui.safe(tally.level.source.said(ui.language())))
    if cases := levels.cases_of(ctx, tally):
        ui.table(
            cases,
            (Cases.number, Cases.mentor, Cases.received_on, Cases.started_on),
            "missed",
            alt=_(N_("Cases")),
        )
    if tally.is_missed and access.may(ctx, "improvements.edit"):
        plans.begin(contract, tally)


def whole(ctx: Context) -> None:
    """What staff see: the report and the plans beside the list."""
    chosen = asked.contract_and_month(ctx)
    if chosen is None or chosen[0] is None:
        return
    contract, month = chosen
    owed = improvements.owed(ctx, contract)
    ui.figures([(_(N_("Improvement plans to write")), str(len(owed)))])
    report_tab, list_tab, plans_tab = st.tabs(
        [_(N_("Met and missed")), _(N_("Late and due")), _(N_("Improvement plans"))]
    )
    with report_tab:
        report(ctx, contract, month)
    with list_tab:
        late.show(ctx, levels.late_first(ctx, contract))
    with plans_tab:
        plans.show(ctx, contract, owed)


ctx = ui.visit("levels.see")
ui.title(
    _(N_("Service levels")),
    _(N_("What is late and due on the cases, and what the contract asks each month.")),
)
if access.may(ctx, "improvements.see"):
    whole(ctx)
else:
    late.show(ctx, levels.late_first(ctx))
