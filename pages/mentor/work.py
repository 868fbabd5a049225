"""My work: a mentor's assignments, days left, declared relationships and records (S5, S6, S7, X13)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.assignments import Interests, InterestStatus, Variations
from schemas.column import Row
from schemas.words import N_, Message
from services import interests, sessions, variations, work
from services.work import Piece

ctx = ui.visit("work.see")
RECENT = 5
STANDS = {
    InterestStatus.NONE: N_("You said that you have not dealt with this group before."),
    InterestStatus.DECLARED: N_("You declared an earlier relationship: waiting to be assessed."),
    InterestStatus.MAY_PROCEED: N_("You declared an earlier relationship: the work may go ahead."),
    InterestStatus.MAY_NOT: N_("You declared an earlier relationship: this work may not go ahead."),
}


def assignment(piece: Piece) -> None:
    """One assignment: what it is for, how much is left, what comes next."""
    row = piece.row
    with st.container(border=True, key=f"piece:{row.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            ui.badge(ui.say(row["status"]), ui.DONE if piece.is_running else ui.LATER)
            ui.lines(piece.name, row["purpose"] or "")
        facilitator = _(N_("Facilitator: {name}"), name=piece.facilitator) if piece.facilitator else ""
        ui.text("\n".join(line for line in (dates(piece), facilitator) if line))
        st.progress(float(piece.left.share_left), ui.safe(ui.say(piece.left.words)))
        ui.lines(_(N_("Next")), ui.say(piece.next))
        declaration(piece)
        buttons(piece)


def dates(piece: Piece) -> str:
    """From when to when."""
    start, end = ui.day(piece.row["starts_on"]), ui.day(piece.ends_on)
    if start and end:
        return _(N_("{start} to {end}"), start=start, end=end)
    return _(N_("from {start}"), start=start) if start else ""


def declaration(piece: Piece) -> None:
    """Any earlier relationship, asked at the outset: no, or yes and what it is (S5)."""
    group, key = piece.row["mentee"], f"declare:{piece.row.id}"
    if piece.declared is not None:
        st.caption(ui.safe(_(STANDS[piece.declared["status"]])))
    if piece.is_asked:
        st.markdown(ui.safe(_(N_("Have you, or your host, dealt with this group before?"))))
    with st.container(horizontal=True):
        if piece.is_asked:
            ui.act(
                _(N_("No, never")),
                f"{key}:no",
                lambda ctx, op: interests.declare(ctx, op, group, ""),
                Message(N_("Noted: there is no earlier relationship.")),
                kind="secondary",
            )
        yes = _(N_("Yes, tell us")) if piece.is_asked else _(N_("I have dealt with them after all"))
        if (piece.is_asked or piece.may_change_mind) and st.button(ui.safe(yes), key=f"{key}:yes"):
            ui.drawer(piece.name, lambda: tell(piece, key))


def tell(piece: Piece, key: str) -> None:
    """What the relationship is; it need not stand in the way, but somebody has to look at it first."""
    st.caption(_(N_("It need not stand in the way. No work starts before it is assessed.")))
    typed = ui.form(Interests, ["nature"], key)
    ui.act(
        _(N_("Declare it")),
        key,
        lambda ctx, op: work.declare(ctx, op, piece.row["mentee"], typed.text("nature"), piece.declared),
        Message(N_("Declared. Your Facilitator or the Programme Manager assesses it.")),
    )


def buttons(piece: Piece) -> None:
    """Record time, write a record, ask for more days: what can be done with it now."""
    row = piece.row
    if not piece.is_running:
        return
    with st.container(horizontal=True):
        ui.button_to(_(N_("Record time")), "timesheet", f"time:{row.id}", assignment=row.id)
        if row["mentee"]:
            ui.button_to(_(N_("Write a record")), "record", f"record:{row.id}", assignment=row.id)
        if piece.may_ask and st.button(ui.safe(_(N_("Ask for more days"))), key=f"more:{row.id}"):
            ui.drawer(piece.name, lambda: more_days(piece))
    if piece.asked is not None:
        asked = _(
            N_("You asked for {days} more days: waiting for the Programme Manager."), days=piece.asked["days"]
        )
        st.caption(ui.safe(asked))


def more_days(piece: Piece) -> None:
    """Days beyond those agreed, and why (S6)."""
    key = f"variation:{piece.row.id}"
    st.caption(ui.safe(ui.say(piece.left.words)))
    typed = ui.form(
        Variations, ["days", "ends_on", "reason"], key, helps={"ends_on": N_("Only where the end moves")}
    )
    ui.act(
        _(N_("Ask for them")),
        key,
        lambda ctx, op: variations.propose(ctx, op, piece.row.id, typed.values()),
        Message(N_("Asked. The Programme Manager decides.")),
    )


def recent(record: Row) -> None:
    """One Activity Record and where it stands, as the way to it."""
    group = work.group_of(ctx, record)
    ui.link(f"{ui.short(record['held_on'])} · {group} · {ui.say(record['status'])}", "record", id=record.id)


pieces, records = work.assignments(ctx), sessions.all_records(ctx)
running = [piece for piece in pieces if piece.is_running]
ui.title(_(N_("My work")), _(N_("Your assignments, what is left of them, and what comes next.")))
if not pieces:
    ui.empty(
        _(N_("You have no assignment yet.")),
        _(
            N_(
                "Groups choose mentors as they need them. You are welcome at the programme's forum, events and reflections."
            )
        ),
    )
for piece in pieces:
    assignment(piece)
if records:
    st.subheader(_(N_("Recent records")), anchor=False)
for record in records[:RECENT]:
    recent(record)
if len(records) > RECENT:
    ui.link(_(N_("All {count} record"), N_("All {count} records"), len(records)), "record")
