"""One complaint in a drawer: its words, opened with a line in the log, and the steps that follow (D23)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.cases import Complaints, ComplaintStatus
from schemas.column import Row
from schemas.words import N_
from services import complaints
from services.context import Context

DATES = ("answered_on", "escalated_on", "closed_on")


def show(ctx: Context, row: Row) -> None:
    """What they say, what was answered and changed, and what can be done now."""
    said = complaints.opened(ctx, row)
    st.caption(_(N_("Noted in the log: you have read this.")))
    for name in complaints.SEALED:
        if said[name]:
            ui.lines(ui.say(Complaints.columns[name].title))
            ui.text(said[name])
    for name in DATES:
        if row[name]:
            ui.lines(ui.say(Complaints.columns[name].title), ui.day(row[name]))
    if row["learned"]:
        ui.lines(ui.say(Complaints.columns["learned"].title), row["learned"])
    _steps(ctx, row)


def _steps(ctx: Context, row: Row) -> None:
    status = row["status"]
    if status == ComplaintStatus.OPEN:
        _answer(ctx, row)
    if status in (ComplaintStatus.ANSWERED, ComplaintStatus.ESCALATED):
        _close(ctx, row)
    if status in (ComplaintStatus.OPEN, ComplaintStatus.ANSWERED):
        with st.expander(_(N_("They take it to {examiner}"), examiner=complaints.examiner(ctx))):
            _pass_on(ctx, row)
    if status == ComplaintStatus.CLOSED:
        _open_again(row)


def _key(step: str, row: Row) -> str:
    return f"{step}:{row.id}:{row['_change']}"


def _answer(ctx: Context, row: Row) -> None:
    key = _key("answer", row)
    filling = ui.form(Complaints, complaints.ANSWER, key, values={"answered_on": ctx.today})
    ui.act(
        _(N_("Record the answer")),
        key,
        lambda ctx, op: complaints.answer(ctx, op, row, filling.values()),
        N_("Answered. Close it when they are content with it."),
    )


def _pass_on(ctx: Context, row: Row) -> None:
    key = _key("pass-on", row)
    filling = ui.form(Complaints, complaints.PASSED_ON, key, values={"escalated_on": ctx.today})
    ui.act(
        _(N_("Record that they took it there")),
        key,
        lambda ctx, op: complaints.pass_on(ctx, op, row, filling.values()),
        N_("Recorded. It stays open until the examiner has dealt with it."),
        kind="secondary",
    )


def _close(ctx: Context, row: Row) -> None:
    key = _key("close", row)
    first = {"closed_on": ctx.today, "learned": row["learned"]}
    filling = ui.form(Complaints, complaints.CLOSING, key, values=first)
    ui.act(
        _(N_("Close the complaint")),
        key,
        lambda ctx, op: complaints.close(ctx, op, row, filling.values()),
        N_("Closed."),
    )


def _open_again(row: Row) -> None:
    ui.act(
        _(N_("Open it again")),
        _key("again", row),
        lambda ctx, op: complaints.open_again(ctx, op, row),
        N_("It waits for an answer again."),
        kind="secondary",
    )
