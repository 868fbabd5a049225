"""Complaints: logged, answered, taken to the examiner, closed with what we changed (D23)."""

import streamlit as st

from pages import ui
from pages.cases.parts import complaint
from pages.ui import _
from schemas.cases import Complaints, ComplaintStatus
from schemas.column import Row
from schemas.words import N_
from services import access, complaints

ctx = ui.visit("complaints.see")


def receive() -> None:
    """A complaint on the day it came, in their words."""
    filling = ui.form(Complaints, complaints.RECEIVED, "receive", values={"received_on": ctx.today})
    ui.act(
        _(N_("Log the complaint")),
        "receive",
        lambda ctx, op: complaints.receive(ctx, op, filling.values()),
        N_("Logged. It stands on the home page until it is answered."),
    )


def show(row: Row) -> None:
    """One complaint: when and how it came, whom it is about, where it stands."""
    about = [
        ui.cell_words(Complaints.columns[name], row[name]) for name in ("mentee", "received_how") if row[name]
    ]
    if row["mentor"]:
        about.append(_(N_("About {name}"), name=ui.cell_words(Complaints.columns["mentor"], row["mentor"])))
    is_open = row["status"] == ComplaintStatus.OPEN
    due = {"due_on": complaints.answer_due_on(ctx, row)} if is_open else {}
    badge = {} if is_open else {"badge_words": state_words(row["status"]), "tone": tone(row["status"])}
    heading = _(N_("Received on {day}"), day=ui.day(row["received_on"]))
    with ui.card(heading, *about, **due, **badge):
        if st.button(_(N_("Open")), key=f"open:{row.id}"):
            ui.drawer(_(N_("Complaint")), lambda: complaint.show(ctx, row))


def state_words(status: str) -> str:
    """Where it stands; with whom it is, where it is with the examiner."""
    if status == ComplaintStatus.ESCALATED:
        return _(N_("With {examiner}"), examiner=complaints.examiner(ctx))
    return ui.say(status)


def tone(status: str) -> ui.Tone:
    """Closed ones are done; the others wait."""
    return ui.DONE if status == ComplaintStatus.CLOSED else ui.LATER


rows = complaints.listed(ctx)
ui.title(
    _(N_("Complaints")),
    _(
        N_("Log a complaint on the day it comes. What can’t be settled goes to {examiner}."),
        examiner=complaints.examiner(ctx),
    ),
)
late = sum(
    row["status"] == ComplaintStatus.OPEN and complaints.answer_due_on(ctx, row) < ctx.today for row in rows
)
waiting = sum(row["status"] == ComplaintStatus.OPEN for row in rows)
ui.figures([(_(N_("To answer")), str(waiting)), (_(N_("Late")), str(late))])
if access.may(ctx, complaints.ACTION) and st.button(
    _(N_("Log a complaint")), key="receive:open", type="primary", icon=":material/add:"
):
    ui.drawer(_(N_("Log a complaint")), receive)
states = {status.value: state_words(status) for status in ComplaintStatus}
counts = {each: sum(row["status"] == each for row in rows) for each in states}
state = ui.filters("state", states, counts)
wanted = st.query_params.get("id")
kept = [row for row in rows if state in (None, row["status"])]
for row in sorted(kept, key=lambda row: row.id != wanted):
    show(row)
if not kept:
    ui.empty(
        _(N_("No complaints here.")), _(N_("One may come by any way: a letter, a call, a word in passing."))
    )
