"""The pictures of the pool's pages: quality over time and time by month, each with a sentence and its rows."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import hours, number, text
from schemas.words import N_
from services.feedback import Quality
from services.pool import Month

MARKS = (1, 5)


def months(found: Sequence[Month]) -> None:
    """A mentor's hours month by month."""
    if not found:
        ui.empty(_(N_("No time yet.")), _(N_("Hours show here once the mentor has sent them.")))
        return
    kinds = {"chargeable": _(N_("chargeable")), "unpaid": _(N_("unpaid"))}
    month_bars(found, kinds, _(N_("Hours sent in, month by month, chargeable and unpaid.")))
    columns = (
        text(N_("Month"), name="month"),
        hours(N_("Chargeable hours"), name="chargeable"),
        hours(N_("Unpaid hours"), name="unpaid"),
    )
    rows = [{**vars(each), "month": f"{each.first:%m/%Y}"} for each in found]
    with st.expander(_(N_("The figures behind it"))):
        ui.print_view(rows, columns)


def month_bars(found: Sequence[Any], kinds: Mapping[str, str], said: str) -> None:
    """Hours month by month, piled up by kind; `kinds` is field -> words, `said` what the picture shows."""
    import altair as alt

    data = [
        {"month": f"{each.first:%Y-%m}", "kind": words, "hours": float(getattr(each, name))}
        for each in found
        for name, words in kinds.items()
    ]
    chart = (
        alt.Chart(alt.Data(values=data))
        .mark_bar()
        .encode(
            x=alt.X("month:O", title=_(N_("Month")), axis=alt.Axis(labelAngle=0)),
            y=alt.Y("hours:Q", title=_(N_("Hours"))),
            color=alt.Color("kind:N", title="", scale=alt.Scale(domain=list(kinds.values()))),
        )
        .properties(height=240)
    )
    st.caption(said)
    st.altair_chart(chart, alt=said)


def quality(found: Sequence[Quality]) -> None:
    """The mean marks, quarter by quarter, a line for each mentor."""
    if not found:
        return
    import altair as alt

    data = [
        {
            "quarter": _quarter(each),
            "mentor": each.name,
            "useful": float(each.useful),
            "answers": each.answers,
        }
        for each in found
    ]
    names = list(dict.fromkeys(each.name for each in found))
    colour = (
        alt.Color("mentor:N", title="", legend=alt.Legend(orient="bottom", columns=3))
        if len(names) > 1
        else alt.Undefined
    )
    chart = (
        alt.Chart(alt.Data(values=data))
        .mark_line(point=alt.OverlayMarkDef(size=70))
        .encode(
            x=alt.X("quarter:O", title=_(N_("Quarter")), axis=alt.Axis(labelAngle=0)),
            y=alt.Y("useful:Q", title=_(N_("How useful, 1 to 5")), scale=alt.Scale(domain=list(MARKS))),
            color=colour,
            tooltip=["mentor:N", "quarter:O", "useful:Q", "answers:Q"],
        )
        .properties(height=260)
    )
    said = _(
        N_(
            "How useful groups and facilitators found the mentoring: the mean mark of each quarter, 5 is best."
        )
    )
    st.caption(said)
    st.altair_chart(chart, alt=said)
    with st.expander(_(N_("The figures behind it"))):
        ui.print_view([_quality_row(each) for each in found], QUALITY)


QUALITY = (
    text(N_("Quarter"), name="quarter"),
    text(N_("Mentor"), name="name"),
    number(N_("Answers"), name="answers"),
    number(N_("How useful"), name="useful"),
    number(N_("Was the group in charge"), name="in_charge"),
)


def _quality_row(each: Quality) -> dict[str, Any]:
    return {**vars(each), "quarter": _quarter(each)}


def _quarter(each: Quality) -> str:
    return _(
        N_("{year} Q{quarter}"), year=each.quarter.first.year, quarter=(each.quarter.first.month + 2) // 3
    )
