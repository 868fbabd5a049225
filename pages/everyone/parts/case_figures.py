"""The cases in pictures: month by month, and the steps that mentees reached (D12, X11)."""

from typing import Any

import streamlit as st

from pages import ui
from pages.everyone.parts import pictures
from pages.ui import _
from schemas.column import number, text
from schemas.words import N_
from services import case_statistics
from services.context import Context
from services.rules.periods import Period

KINDS = {
    "referrals": N_("referred"),
    "starts": N_("started"),
    "completed": N_("completed"),
    "left": N_("left early"),
}
MONTHS = (text(N_("Month"), name="month"), *(number(words, name=name) for name, words in KINDS.items()))
STEPS = (text(N_("Step"), name="name"), number(N_("People"), name="people"))


def show(ctx: Context, period: Period | None, area: str) -> None:
    """Both pictures, or why there is none."""
    months = case_statistics.by_month(ctx, period, area)
    sums = {name: sum(getattr(each, name) for each in months) for name in KINDS}
    ui.figures([(ui.say(words), str(sums[name])) for name, words in KINDS.items()])
    st.subheader(_(N_("Cases by month")), anchor=False)
    rows: list[dict[str, Any]] = [{**vars(each), "month": f"{each.first:%m/%Y}"} for each in months]
    if not rows:
        ui.empty(_(N_("No case here.")), _(N_("Choose another period or area, or all.")))
        return
    said = _(N_("Referrals, starts and ends, month by month: {all} referrals."), all=str(sums["referrals"]))
    words = {name: _(kind) for name, kind in KINDS.items()}
    pictures.grouped_bars(rows, "month", words, _(N_("Cases")), said)
    pictures.behind(rows, MONTHS, _(N_("Cases by month")), "cases-by-month")
    _steps(ctx, period, area)


def _steps(ctx: Context, period: Period | None, area: str) -> None:
    st.subheader(_(N_("Steps reached")), anchor=False)
    rows = [
        {"name": ui.say(each.kind), "people": each.people}
        for each in case_statistics.steps(ctx, period, area)
    ]
    if not rows:
        ui.empty(_(N_("No step is recorded yet.")), _(N_("Steps are recorded on a case, under Outcomes.")))
        return
    said = _(N_("Mentees by the kind of step they reached, each counted once in a kind."))
    pictures.lying_bars(rows, "name", {"people": _(N_("people"))}, _(N_("People")), said)
    pictures.behind(rows, STEPS, _(N_("Steps reached")), "steps-reached")
