"""Bars with a sentence and the rows behind them: money by quarter, people, hours by group (X11)."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages import ui
from pages.programme.parts import shown
from pages.ui import _
from schemas.column import Column, money, text
from schemas.words import N_
from services.rules import periods
from services.statistics import QuarterMoney

MONEY = (
    text(N_("Quarter"), name="name"),
    money(N_("Issued"), name="issued"),
    money(N_("Paid"), name="paid"),
    money(N_("Credited"), name="credited"),
)
BAR_HEIGHT = 26


def behind(rows: Sequence[Mapping[str, Any]], columns: Sequence[Column], title: str, name: str) -> None:
    """The rows that a picture is drawn from, and the same as Excel."""
    with st.expander(_(N_("The figures behind it"))):
        ui.print_view(rows, columns)
        shown.excel_button(rows, columns, title, f"{name}.xlsx")


def money_by_quarter(found: Sequence[QuarterMoney]) -> None:
    """Pounds issued, paid and credited side by side, quarter by quarter."""
    if not found:
        ui.empty(_(N_("No money yet.")), _(N_("Letters show here once they are issued.")))
        return
    rows = [{**vars(each), "name": ui.say(periods.name(each.quarter))} for each in found]
    kinds = {"issued": _(N_("issued")), "paid": _(N_("paid")), "credited": _(N_("credited"))}
    data = [
        {"when": row["name"], "kind": words, "size": float(row[name])}
        for row in rows
        for name, words in kinds.items()
    ]
    total = sum(each.issued for each in found)
    said = _(
        N_("Issued, paid and credited, quarter by quarter: {pounds} issued in all."),
        pounds=ui.money(total),
    )
    st.caption(ui.safe(said))
    chart = _grouped(data, [row["name"] for row in rows], list(kinds.values()), _(N_("Pounds")), ",.2f")
    st.altair_chart(chart, alt=said)
    behind(rows, MONEY, _(N_("Money by quarter")), "money-by-quarter")


def grouped_bars(
    rows: Sequence[Mapping[str, Any]], label: str, kinds: Mapping[str, str], axis: str, said: str
) -> None:
    """Bars side by side for each row, `kinds` being field -> words."""
    data = [
        {"when": row[label], "kind": words, "size": float(row[name])}
        for row in rows
        for name, words in kinds.items()
    ]
    st.caption(ui.safe(said))
    st.altair_chart(
        _grouped(data, [row[label] for row in rows], list(kinds.values()), axis, ",.0f"), alt=said
    )


def _grouped(data: list[dict[str, Any]], order: list[str], kinds: list[str], axis: str, form: str) -> Any:
    import altair as alt

    return (
        alt.Chart(alt.Data(values=data))
        .mark_bar()
        .encode(
            x=alt.X("when:N", sort=order, title="", axis=alt.Axis(labelAngle=0, labelLimit=170)),
            xOffset=alt.XOffset("kind:N", sort=kinds),
            y=alt.Y("size:Q", title=axis, axis=alt.Axis(format=",.0f", tickMinStep=1)),
            color=alt.Color("kind:N", title="", scale=alt.Scale(domain=kinds), sort=kinds),
            tooltip=["when:N", "kind:N", alt.Tooltip("size:Q", format=form)],
        )
        .properties(height=240)
    )


def lying_bars(
    rows: Sequence[Mapping[str, Any]], label: str, kinds: Mapping[str, str], axis: str, said: str
) -> None:
    """A bar for each row, lying down so that names can be read; `kinds` is field -> words.

    A row without a figure (too few to show) has no bar; without any bar there is no picture.
    """
    data = [
        {"name": row[label], "kind": words, "size": float(row[name])}
        for row in rows
        for name, words in kinds.items()
        if row[name] is not None
    ]
    st.caption(ui.safe(said))
    if not data:
        return
    import altair as alt

    names = list(dict.fromkeys(each["name"] for each in data))
    is_one = len(kinds) == 1
    colour = alt.Color("kind:N", title="", scale=alt.Scale(domain=list(kinds.values())))
    chart = (
        alt.Chart(alt.Data(values=data))
        .mark_bar()
        .encode(
            y=alt.Y("name:N", sort=names, title="", axis=alt.Axis(labelLimit=240)),
            x=alt.X("size:Q", title=axis, axis=alt.Axis(tickMinStep=1)),
            color=alt.Undefined if is_one else colour,
            tooltip=["name:N", "kind:N", "size:Q"],
        )
        .properties(height=BAR_HEIGHT * len(names) + 60)
    )
    st.altair_chart(chart, alt=said)
