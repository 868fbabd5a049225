"""The mentors' seats on the Programme Forum: who serves, until when, and the gap ahead (S15)."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from pages import ui
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import text
from schemas.mentors import Mentors, Seats
from schemas.words import N_
from services import access, forum
from services.forum import Seat, SeatState

TONES = {SeatState.SERVING: ui.DONE, SeatState.AHEAD: ui.TODAY, SeatState.OVER: ui.LATER}
LISTED = (Seats.mentor, Seats.from_on, Seats.to_on, text(N_("State"), name="state"), Seats.note)


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


def show_seats(seats: Sequence[Seat]) -> None:
    """Every term of office, those of one state where asked; as cards, or as a list on paper."""
    counts = Counter(seat.state for seat in seats)
    with st.container(horizontal=True, vertical_alignment="center"):
        state = ui.filters("state", {each: ui.say(each) for each in SeatState}, counts)
        ui.list_tools("forum")
    kept = [seat for seat in seats if state in (None, seat.state)]
    if not kept:
        ui.empty(_(N_("No term of office fits.")), _(N_("Take the filter away.")))
    elif ui.is_on_paper("forum"):
        ui.print_view([{**seat.row, "state": ui.say(seat.state)} for seat in kept], LISTED)
    else:
        for seat in kept:
            show(seat)


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
if seats:
    show_seats(seats)
else:
    ui.empty(_(N_("No term of office is recorded.")), _(N_("The Programme Manager adds the first.")))
with st.expander(_(N_("Who may sit")), icon=":material/groups:"):
    for mentor in forum.may_sit(ctx):
        ui.link(mentor["name"], "mentor", id=mentor.id)
