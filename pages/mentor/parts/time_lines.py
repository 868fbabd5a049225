"""A mentor's lines of time, by status: who acts next, and what can be done with each (S8, S10)."""

import streamlit as st

from pages import ui
from pages.mentor.parts.words import hours_words
from pages.ui import _
from schemas.column import Row
from schemas.words import N_, Message
from schemas.work import Timesheets, TimesheetStatus
from services import timesheets, work
from services.context import Context
from services.work import Pile

SHOWN = 8
HEADINGS = {
    TimesheetStatus.RETURNED: (N_("Came back to you"), N_("Mend each line and send it again.")),
    TimesheetStatus.DRAFT: (N_("Not sent yet"), N_("Waiting for you to send them.")),
    TimesheetStatus.SUBMITTED: (N_("Sent"), N_("Waiting for the Programme Manager.")),
    TimesheetStatus.APPROVED: (N_("Approved"), N_("Waiting for Finance to put them on a letter.")),
    TimesheetStatus.INVOICED: (N_("On a letter"), N_("Waiting for Finance to pay.")),
    TimesheetStatus.PAID: (N_("Paid"), ""),
    TimesheetStatus.REFUSED: (N_("Refused"), N_("The Programme Manager can tell you more.")),
}


def pile(ctx: Context, each: Pile) -> None:
    """The lines of one status as cards; the newest shown, the rest in a fold."""
    heading, next_step = HEADINGS[each.status]
    st.subheader(ui.safe(f"{_(heading)} · {len(each.lines)}"), anchor=False)
    st.caption(_(next_step))
    for line in each.lines[:SHOWN]:
        card(ctx, line)
    if each.lines[SHOWN:]:
        with st.expander(_(N_("{count} more line"), N_("{count} more lines"), len(each.lines) - SHOWN)):
            for line in each.lines[SHOWN:]:
                card(ctx, line)


def settled(ctx: Context, each: Pile) -> None:
    """Decided lines, to read: nothing is left for the mentor to do."""
    heading, next_step = HEADINGS[each.status]
    count = _(
        N_("{count} line, {time}"),
        N_("{count} lines, {time}"),
        len(each.lines),
        time=hours_words(each.hours),
    )
    with st.expander(ui.safe(f"{_(heading)} · {count}")):
        if next_step:
            st.caption(_(next_step))
        ui.many_lines((*words(ctx, line), line["reason"] or "") for line in each.lines)


def words(ctx: Context, line: Row) -> tuple[str, str]:
    """A line in two: hours and group; day, kind and whether it is unpaid."""
    heading = _(N_("{time} · {work}"), time=hours_words(line["hours"]), work=work.of_line(ctx, line))
    facts = (
        ui.short(line["worked_on"]),
        ui.cell_words(Timesheets.kind, line["kind"]),
        "" if line["is_chargeable"] else _(N_("unpaid")),
    )
    return heading, " · ".join(fact for fact in facts if fact)


def card(ctx: Context, line: Row) -> None:
    """One line; the reason where it came back."""
    with st.container(border=True, key=f"line:{line.id}"):
        ui.lines(*words(ctx, line))
        if line["note"]:
            ui.text(line["note"])
        if line["status"] == TimesheetStatus.RETURNED and line["reason"]:
            ui.badge(_(N_("Why it came back")), ui.LATE)
            ui.text(line["reason"])
        with st.container(horizontal=True):
            deeds(ctx, line)


def deeds(ctx: Context, line: Row) -> None:
    """What its mentor can do with a line where it stands."""
    if line["status"] in timesheets.OPEN:
        mend = _(N_("Mend")) if line["status"] == TimesheetStatus.RETURNED else _(N_("Change"))
        st.button(mend, key=f"open:{line.id}", on_click=open_line, args=(line.id,))
    if work.lacks_record(ctx, line):
        ui.button_to(_(N_("Write its record")), "record", f"record:{line.id}", line=line.id)
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
