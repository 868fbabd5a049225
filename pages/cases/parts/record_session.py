"""The form of a session in the fewest taps, the same on the phone and on the case (D9, X13)."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import Row
from schemas.words import N_, Message
from schemas.work import Attendance, Manner, Sessions
from services import journeys, meetings
from services.context import Context
from services.store.interface import Receipt

FIRST = ("held_on", "attendance")
CAME = ("minutes", "manner")
TITLES = {"done": N_("Notes"), "minutes": N_("Minutes")}
HELPS = {"done": N_("In a few words; only you and the staff read them"), "next_steps": ""}


def show(
    ctx: Context, case: str, key: str, shown: Row | None = None, after: Callable[[], None] | None = None
) -> None:
    """Date, how it went, how long and how; the rest can wait. `shown` is an appointment, or a record to mend."""
    first = {
        **meetings.usual(ctx, case),
        **{name: value for name, value in (shown or {}).items() if value is not None},
    }
    top = ui.form(Sessions, FIRST, key, values=first)
    shown_now, folded = _names(key, top.text("attendance"), first)
    said = {"titles": TITLES, "helps": HELPS, "options": places(ctx)}
    more = ui.form(Sessions, shown_now, key, values=first, **said)
    if more.names and "manner" in more.names and more.text("manner") == Manner.DIGITAL:
        _warn(ctx, case, top, shown)
    # a session can be saved without these: they are folded away
    with st.expander(_(N_("Time and more"))):
        rest = ui.form(Sessions, folded, key, values=first, **said)

    def save(ctx: Context, op: str) -> Receipt:
        typed = {**top.values(), **more.values(), **rest.values()}
        return meetings.record(ctx, op, case, _emptied(typed), shown)

    def clicked() -> None:
        done = ui.attempt(key, save, Message(N_("The session is recorded.")))
        if done is not None and after is not None:
            after()

    st.button(_(N_("Save the session")), key=f"{key}:button", type="primary", on_click=clicked)
    ui.trouble(key)


def _names(key: str, attendance: str, first: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is asked at once, and what is folded away: nobody fills in the minutes of a session that was missed."""
    if attendance != Attendance.ATTENDED:
        return ("reason",), ("starts_at",)
    manner = ui.Filling(Sessions, CAME, key).text("manner") or first["manner"]
    digital = ("digital_agreed",) if manner == Manner.DIGITAL else ()
    return (*CAME, *digital, "place", "plan_reviewed", "done"), ("starts_at", "next_steps")


def places(ctx: Context) -> dict[str, dict[str, str]]:
    """Where a session may be held, in the reader's words, as a form takes it."""
    words = {
        place: ctx.programme.choice_words("places", place, ui.language()) for place in meetings.places(ctx)
    }
    return {"place": words}


def _emptied(typed: dict[str, Any]) -> dict[str, Any]:
    """A session that was missed has neither minutes nor manner, whatever stood there first."""
    if typed["attendance"] == Attendance.ATTENDED:
        return typed
    return {**typed, "minutes": None, "manner": None, "digital_agreed": None, "plan_reviewed": None}


def _warn(ctx: Context, case: str, top: ui.Filling, shown: Row | None) -> None:
    """That the digital share would pass its limit, before it does (D9, 2.20)."""
    on = top.value("held_on") or ctx.today
    share = meetings.would_pass(ctx, case, on, shown.id if shown else "")
    if share is None:
        return
    most = journeys.terms(ctx.programme).digital_percent
    st.warning(
        _(
            N_(
                "With this one {some} of {all} sessions would be digital; at most {most} % may be. "
                "You can save it; {more} more face to face would even it out."
            ),
            some=str(share.digital),
            all=str(share.attended),
            most=ui.hours(most),
            more=str(share.evens_out(most)),
        ),
        icon=":material/warning:",
    )
