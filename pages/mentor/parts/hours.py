"""Hours by big buttons, and what they leave of the days agreed, while one types (S8, X13)."""

from decimal import Decimal

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import Row
from schemas.words import N_
from services import timesheets
from services.context import Context
from services.timesheets import DaysLeft


def taps(typed: ui.Filling, left: DaysLeft | None) -> None:
    """Big buttons for the hours: a quarter less or more, an hour or two, half a day, a day."""
    now = typed.value("hours") or Decimal()
    offered = [
        ("−¼", max(now - timesheets.QUARTER, timesheets.QUARTER)),
        ("+¼", now + timesheets.QUARTER),
        (_(N_("{hours} h"), hours=Decimal(1)), Decimal(1)),
        (_(N_("{hours} h"), hours=Decimal(2)), Decimal(2)),
    ]
    if left is not None:
        offered += [(_(N_("Half a day")), left.hours_per_day / 2), (_(N_("A day")), left.hours_per_day)]
    for number, (words, hours) in enumerate(offered):
        st.button(words, key=f"{typed.key}:tap:{number}", on_click=tap, args=(typed, hours))


def tap(typed: ui.Filling, hours: Decimal) -> None:
    """The hours of the button that was tapped."""
    st.session_state[typed.widget("hours")] = ui.hours(hours)


def hints(ctx: Context, typed: ui.Filling, left: DaysLeft | None, line: Row | None) -> None:
    """What is left after this line, and what its day comes to, while one types."""
    hours, chargeable = typed.value("hours"), typed.value("is_chargeable")
    if left is not None and chargeable is not False:
        st.markdown(f"**{ui.safe(ui.say(left.after(hours) if hours else left.words))}**")
    seen = {
        name: typed.value(name) for name in ("worked_on", "hours", "starts_at", "ends_at", "is_chargeable")
    }
    for words in timesheets.on_the_day(ctx, seen, line.id if line else ""):
        st.warning(ui.safe(ui.say(words)), icon=":material/schedule:")
