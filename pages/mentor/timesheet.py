"""Timesheet: a mentor's time, written down in under a minute, sent, mended (S8, S10, X13)."""

import streamlit as st

from pages import ui
from pages.mentor.parts.hours import hints, taps
from pages.mentor.parts.time_lines import pile, settled
from pages.mentor.parts.words import hours_words
from pages.ui import _
from schemas.column import Row
from schemas.words import N_, Message, message
from schemas.work import Timesheets, TimesheetStatus
from services import timesheets, work
from services.context import Context
from services.store.interface import Receipt
from services.work import Pile

ctx = ui.visit("timesheets.write")
FIELDS = ("assignment", "hours", "worked_on", "kind", "is_chargeable", "starts_at", "ends_at", "note")
MORE = ("starts_at", "ends_at", "note")


def entry(choices: list[Row], line: Row | None, *, is_main: bool) -> None:
    """The form: what is known already is filled in, hours are one tap, the rest is optional."""
    key = f"timesheet:{line.id}" if line else "timesheet"
    hours_place, quick, hint = st.container(), st.container(horizontal=True), st.container()
    rest, more = st.container(), st.expander(_(N_("Times and a note, if you like")))
    places = dict.fromkeys(FIELDS, rest) | dict.fromkeys(MORE, more)
    first = work.first_values(ctx) if line is None else dict(line)
    if line is None:
        preset(choices)
    typed = ui.form(
        Timesheets,
        FIELDS,
        key,
        values=first,
        options={"assignment": {row.id: work.name_of(ctx, row) for row in choices}},
        helps={"hours": N_("In quarter hours, like 1.5")},
        live=("hours",),
        keep=True,
        into={**places, "assignment": hours_place, "hours": hours_place},
    )
    assignment = next((row for row in choices if row.id == typed.text("assignment")), None)
    left = timesheets.days_left(ctx, assignment, line.id if line else "") if assignment else None
    with quick:
        taps(typed, left)
    with hint:
        hints(ctx, typed, left, line)
    save_buttons(typed, line, is_main=is_main)


def preset(choices: list[Row]) -> None:
    """The assignment that another page's button asked for, whatever was chosen here before."""
    asked = st.query_params.pop("assignment", "")
    if asked in {row.id for row in choices}:
        st.session_state[ui.Filling(Timesheets, FIELDS, "timesheet").widget("assignment")] = asked


def save_buttons(typed: ui.Filling, line: Row | None, *, is_main: bool) -> None:
    """Keep it for later, or send it at once."""

    def saved(ctx: Context, op: str) -> Receipt:
        return timesheets.save(ctx, op, typed.values(), line)

    def sent(ctx: Context, op: str) -> Receipt:
        return timesheets.save(ctx, op, typed.values(), line, send=True)

    with st.container(horizontal=True):
        st.button(
            _(N_("Save")),
            key=f"{typed.key}:save",
            on_click=leave,
            args=(typed.key, saved, Message(N_("Saved, not sent yet."))),
        )
        st.button(
            _(N_("Save and send")),
            key=f"{typed.key}:send",
            type="primary" if is_main else "secondary",
            on_click=leave,
            args=(typed.key, sent, Message(N_("Sent to the Programme Manager."))),
        )
        if line is not None:
            st.button(
                _(N_("Leave it as it is")),
                key=f"{typed.key}:leave",
                type="tertiary",
                on_click=st.query_params.clear,
            )
    ui.trouble(typed.key)


def leave(key: str, action: object, words: Message) -> None:
    """Save; a line that was opened to be changed is closed again."""
    if ui.attempt(key, action, words) is not None:
        st.query_params.clear()


def send_all(waiting: Pile) -> None:
    """The one main button: everything not sent yet."""
    count, time = len(waiting.lines), hours_words(waiting.hours)
    ui.act(
        _(
            N_("Send {count} line, {time}"),
            N_("Send {count} lines, {time}"),
            count,
            time=time,
        ),
        "send-all",
        lambda ctx, op: timesheets.submit(ctx, op, waiting.lines),
        message(N_("{count} line sent."), N_("{count} lines sent."), count),
    )


def show() -> None:
    """What came back on top, then the form, then what waits to be sent, then the rest."""
    found = {each.status: each for each in work.piles(ctx)}
    choices = timesheets.choices(ctx)
    asked = st.query_params.get("id", "")
    line = next((row for each in found.values() for row in each.lines if row.id == asked), None)
    if line is not None and line["status"] in timesheets.OPEN:
        st.subheader(_(N_("Change this line")), anchor=False)
        entry(choices, line, is_main=True)
        return
    if TimesheetStatus.RETURNED in found:
        pile(ctx, found.pop(TimesheetStatus.RETURNED))
    drafts = found.pop(TimesheetStatus.DRAFT, None)
    if choices:
        st.subheader(_(N_("Record time")), anchor=False)
        entry(choices, None, is_main=drafts is None)
    else:
        ui.empty(
            _(N_("There is no approved assignment to put time on.")),
            _(N_("It opens here when the Programme Manager approves one.")),
        )
    if drafts is not None:
        send_all(drafts)
        pile(ctx, drafts)
    if TimesheetStatus.SUBMITTED in found:
        pile(ctx, found.pop(TimesheetStatus.SUBMITTED))
    for each in found.values():
        settled(ctx, each)


ui.title(_(N_("Timesheet")), _(N_("Write down your time, then send it to the Programme Manager.")))
show()
