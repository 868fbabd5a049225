"""The mentors' seats on the Programme Forum: who serves, until when, and the gap ahead (S15)."""

import streamlit as st

from pages import ui
from pages.programme.parts import drawers
from pages.ui import _
from schemas.mentors import Mentors, Seats
from schemas.words import N_
from services import access, forum
from services.forum import Seat, SeatState

TONES = {SeatState.SERVING: ui.DONE, SeatState.AHEAD: ui.TODAY, SeatState.OVER: ui.LATER}


def add() -> None:
    """Give a mentor a term of office."""
    key = "seat:add"
    mentors = ui.record_options(Mentors, forum.may_sit(ctx))
    filling = ui.form(Seats, ("mentor", "from_on", "to_on", "note"), key, options={"mentor": mentors})
    ui.act(_(N_("Add the term")), key, lambda ctx, op: forum.seat(ctx, op, filling.values()), N_("Added."))


def move_end(seat: Seat) -> None:
    """Move the last day of a term."""
    key = f"seat:{seat.row.id}:{seat.row['_change']}"
    filling = ui.form(Seats, ("to_on",), key, values=seat.row)
    ui.act(
        _(N_("Move the last day")),
        key,
        lambda ctx, op: forum.end(ctx, op, seat.row, filling.values()["to_on"]),
        N_("Moved."),
    )


def show(seat: Seat) -> None:
    """One term of office."""
    first, last = ui.day(seat.row["from_on"]), ui.day(seat.row["to_on"])
    words = _(N_("{first} to {last}"), first=first, last=last)
    with ui.card(
        seat.mentor, words, seat.row["note"] or "", badge_words=ui.say(seat.state), tone=TONES[seat.state]
    ):
        if access.may(ctx, "seats.edit") and seat.state is not SeatState.OVER:
            drawers.opens(_(N_("Move the last day")), seat.row.id, lambda: move_end(seat))


ctx = ui.visit("pool.see")
seats = forum.seats(ctx)
ui.title(_(N_("Programme Forum")), _(N_("At least one serving mentor represents the pool at all times.")))
if warning := forum.warning(ctx):
    st.warning(
        _(N_("Choose somebody with the mentors and add their term.")),
        title=ui.safe(ui.say(warning)),
        icon=":material/event_busy:",
    )
else:
    st.success(_(N_("The pool is represented for the next three months.")), icon=":material/event_available:")
if access.may(ctx, "seats.edit"):
    drawers.opens(_(N_("Add a term")), "seat", add, kind="primary")
for seat in seats:
    show(seat)
if not seats:
    ui.empty(_(N_("No term of office is recorded.")), _(N_("The Programme Manager adds the first.")))
with st.expander(_(N_("Who may sit")), icon=":material/groups:"):
    for mentor in forum.may_sit(ctx):
        ui.link(mentor["name"], "mentor", id=mentor.id)
