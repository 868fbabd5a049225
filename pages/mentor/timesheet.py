"""Timesheet: a mentor's time, written down in under a minute, sent, mended (S8, S10, X13)."""

from decimal import Decimal

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import Row
from schemas.words import N_, Message, message
from schemas.work import Timesheets, TimesheetStatus
from services import timesheets, work
from services.context import Context
from services.store.interface import Receipt
from services.timesheets import DaysLeft
from services.work import Pile

ctx = ui.visit("timesheets.write")
FIELDS = ("assignment", "hours", "worked_on", "kind", "is_chargeable", "starts_at", "ends_at", "note")
MORE = ("starts_at", "ends_at", "note")
SHOWN = 8
WORDS = {
    TimesheetStatus.RETURNED: N_("Came back to you"),
    TimesheetStatus.DRAFT: N_("Not sent yet"),
    TimesheetStatus.SUBMITTED: N_("Sent"),
    TimesheetStatus.APPROVED: N_("Approved"),
    TimesheetStatus.INVOICED: N_("On a letter"),
    TimesheetStatus.PAID: N_("Paid"),
    TimesheetStatus.REFUSED: N_("Refused"),
}


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
        hints(typed, left, line)
    save_buttons(typed, line, is_main=is_main)


def preset(choices: list[Row]) -> None:
    """The assignment that another page's button asked for, whatever was chosen here before."""
    asked = st.query_params.pop("assignment", "")
    if asked in {row.id for row in choices}:
        st.session_state[ui.Filling(Timesheets, FIELDS, "timesheet").widget("assignment")] = asked


def taps(typed: ui.Filling, left: DaysLeft | None) -> None:
    """Big buttons for the hours: a quarter less or more, an hour or two, half a day, a day."""
    day = left.hours_per_day if left else Decimal(7)
    now = typed.value("hours") or Decimal()
    offered = [
        ("−¼", max(now - timesheets.QUARTER, timesheets.QUARTER)),
        ("+¼", now + timesheets.QUARTER),
        (_(N_("{hours} h"), hours=Decimal(1)), Decimal(1)),
        (_(N_("{hours} h"), hours=Decimal(2)), Decimal(2)),
        (_(N_("Half a day")), day / 2),
        (_(N_("A day")), day),
    ]
    for number, (words, hours) in enumerate(offered):
        st.button(words, key=f"{typed.key}:tap:{number}", on_click=tap, args=(typed, hours))


def tap(typed: ui.Filling, hours: Decimal) -> None:
    """The hours of the button that was tapped."""
    st.session_state[typed.widget("hours")] = ui.hours(hours)


def hints(typed: ui.Filling, left: DaysLeft | None, line: Row | None) -> None:
    """What is left after this line, and what its day comes to, while one types."""
    hours, chargeable = typed.value("hours"), typed.value("is_chargeable")
    if left is not None and chargeable is not False:
        st.markdown(f"**{ui.safe(ui.say(left.after(hours) if hours else left.words))}**")
    seen = {
        name: typed.value(name) for name in ("worked_on", "hours", "starts_at", "ends_at", "is_chargeable")
    }
    for words in timesheets.on_the_day(ctx, seen, line.id if line else ""):
        st.warning(ui.safe(ui.say(words)), icon=":material/schedule:")


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


def pile(each: Pile) -> None:
    """One's lines of one status, who acts next, and what can be done with them."""
    heading = f"{_(WORDS[each.status])} · {len(each.lines)}"
    st.subheader(ui.safe(heading), anchor=False)
    st.caption(ui.safe(ui.say(each.words)))
    for line in each.lines[:SHOWN]:
        card(line)
    if len(each.lines) > SHOWN:
        with st.expander(_(N_("{count} more line"), N_("{count} more lines"), len(each.lines) - SHOWN)):
            for line in each.lines[SHOWN:]:
                card(line)


def card(line: Row) -> None:
    """One line: hours, day and group; the reason where it came back."""
    with st.container(border=True, key=f"line:{line.id}"):
        facts = [
            ui.short(line["worked_on"]),
            kind_words(line),
            "" if line["is_chargeable"] else _(N_("unpaid")),
        ]
        heading = _(
            N_("{hours} hours · {work}"),
            hours=line["hours"],
            work=work.of_line(ctx, line),
        )
        ui.lines(heading, " · ".join(fact for fact in facts if fact))
        if line["reason"]:
            with st.container(border=False):
                ui.badge(_(N_("Reason")), ui.LATE)
                ui.text(line["reason"])
        with st.container(horizontal=True):
            deeds(line)


def kind_words(line: Row) -> str:
    """The kind of work in the reader's language."""
    return ui.cell_words(Timesheets.kind, line["kind"])


def deeds(line: Row) -> None:
    """What its mentor can do with a line where it stands."""
    if line["status"] in timesheets.OPEN:
        words = _(N_("Mend")) if line["status"] == TimesheetStatus.RETURNED else _(N_("Change"))
        st.button(words, key=f"open:{line.id}", on_click=open_line, args=(line.id,))
    if work.lacks_record(ctx, line):
        ui.button_to(_(N_("Write its record")), "record", f"record:{line.id}", line=line.id)
    elif line["session"]:
        ui.button_to(_(N_("Its record")), "record", f"record:{line.id}", id=line["session"])
    if line["status"] == TimesheetStatus.SUBMITTED:
        ui.act(
            _(N_("Take back")),
            f"withdraw:{line.id}",
            lambda ctx, op: timesheets.withdraw(ctx, op, line),
            Message(N_("Taken back. Change it and send it again.")),
            kind="tertiary",
        )
    if line["status"] in timesheets.OPEN:
        ui.act(
            _(N_("Drop")),
            f"drop:{line.id}",
            lambda ctx, op: timesheets.drop(ctx, op, line),
            Message(N_("Dropped.")),
            ask=_(N_("It leaves your list. You can undo this.")),
        )


def open_line(id_: str) -> None:
    """Open a line to be changed; the address names it."""
    st.query_params["id"] = id_


def send_all(waiting: Pile) -> None:
    """The one main button: everything not sent yet."""
    count, hours = len(waiting.lines), waiting.hours
    ui.act(
        _(
            N_("Send {count} line, {hours} hours"),
            N_("Send {count} lines, {hours} hours"),
            count,
            hours=hours,
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
        pile(found.pop(TimesheetStatus.RETURNED))
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
        pile(drafts)
    for each in found.values():
        pile(each)


ui.title(_(N_("Timesheet")), _(N_("Write down your time, then send it to the Programme Manager.")))
show()
