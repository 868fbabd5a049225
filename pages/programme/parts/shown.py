"""How facts, insurance and days stand on a page: always in words, the colour only repeats them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import Column
from schemas.errors import OurError
from schemas.words import N_
from services import exports
from services.assignments import DaysAgreed
from services.cover import CoverState, Standing

T = TypeVar("T")
TONES = {
    CoverState.VALID: ui.DONE,
    CoverState.DUE: ui.TODAY,
    CoverState.LAPSED: ui.LATE,
    CoverState.MISSING: ui.LATE,
}
FACTS_A_ROW = 3


def loaded(load: Callable[[], T]) -> T:
    """What a service gives, or its refusal in words and no more of the page."""
    try:
        return load()
    except OurError as error:
        ui.show_error(error)
        st.stop()


def insurance_words(standing: Standing) -> str:
    """How insurance stands, short enough for a table: "ends in 23 days"."""
    if standing.state is CoverState.DUE and standing.days_left is not None:
        return _(N_("ends in {count} day"), N_("ends in {count} days"), standing.days_left)
    return ui.say(standing.state)


def days_words(days: DaysAgreed) -> str:
    """ "3.5 of 5 days used, 1.5 left"."""
    used, agreed = ui.hours(days.used_days), ui.hours(days.agreed_days)
    if days.left_hours < 0:
        over = ui.hours(-days.left_days)
        return _(N_("{used} of {agreed} days used, {over} over"), used=used, agreed=agreed, over=over)
    left = ui.hours(days.left_days)
    return _(N_("{used} of {agreed} days used, {left} left"), used=used, agreed=agreed, left=left)


def used_share(days: DaysAgreed) -> float:
    """How much of the days agreed is used, from 0 to 1 however far over."""
    full = float(days.agreed_hours) or 1.0
    return max(0.0, min(float(days.used_hours) / full, 1.0))


def days_bar(days: DaysAgreed) -> None:
    """The days used of those agreed, as a bar and in words."""
    st.progress(used_share(days), days_words(days), width=320)


def facts(row: Mapping[str, Any], columns: Sequence[Column]) -> None:
    """A record's filled fields, each under its name."""
    filled = [(ui.say(column.title), ui.cell_words(column, row.get(column.name))) for column in columns]
    shown = [(name, words) for name, words in filled if words]
    for first in range(0, len(shown), FACTS_A_ROW):
        for place, (name, words) in zip(
            st.columns(FACTS_A_ROW), shown[first : first + FACTS_A_ROW], strict=False
        ):
            with place, st.container(gap=None):
                st.caption(ui.safe(name))
                ui.text(words)


def excel_button(
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[Column],
    title: str,
    file_name: str,
    *,
    is_personal: bool = True,
) -> None:
    """The list as it is filtered on screen, as an Excel file: under a password, unless it says nothing of people."""
    worded, language = ui.wording(), ui.language()

    def build() -> bytes:
        values = tuple(
            tuple(_cell(column, row.get(column.name), worded) for column in columns) for row in rows
        )
        sheet = exports.Sheet(title, tuple(columns), values, language)
        return exports.excel_file(sheet, password=password, is_personal=is_personal)

    with st.popover(_(N_("Excel")), icon=":material/download:"):
        password = ui.password(file_name) if is_personal else ""
        if password or not is_personal:
            ui.download(_(N_("Download")), build, file_name, ui.EXCEL, key=f"excel:{file_name}")


def _cell(column: Column, value: Any, worded: Callable[[Column, Any], str]) -> Any:
    return value if isinstance(value, date | Decimal) else worded(column, value)
