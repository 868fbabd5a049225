"""Safeguarding: tell the named lead and the deputy; what arrived; and what they do about it (D30, W10)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.cases import Concerns, ConcernStatus
from schemas.column import Row
from schemas.words import N_
from services import access, concerns

ctx = ui.visit("concerns.see")


def name_holders() -> None:
    """To whom a concern goes, by name, so that one can also speak to them."""
    named = concerns.holders(ctx)
    for holder in named:
        ui.lines(holder.name, ui.say(holder.duty), holder.email)
    if not named:
        st.warning(
            _(
                N_(
                    "Nobody is named as safeguarding lead yet. Tell a manager at once; what you send is kept for "
                    "the lead."
                )
            )
        )


def tell() -> None:
    """The form: whom it is about, what worries them, whether somebody is in danger now."""
    st.info(_(N_("Is somebody in danger now? Call 999 first.")))
    filling = ui.form(Concerns, concerns.RAISED, "concern")
    ui.act(
        _(N_("Send to the safeguarding lead")),
        "concern",
        lambda ctx, op: concerns.raise_one(ctx, op, filling.values()),
        N_("It has arrived with the safeguarding lead and the deputy. Nobody else reads it."),
    )


def arrived() -> None:
    """One's own concerns: that each arrived, and when."""
    mine = concerns.mine(ctx)
    if mine:
        st.subheader(_(N_("What you sent")), anchor=False)
    for row in mine:
        ui.lines(_(N_("Arrived on {moment}"), moment=ui.moment(row["raised_at"])), row.id)


def open_one(row: Row) -> None:
    """A concern in full, for the lead and the deputy, and its next step."""
    said = concerns.opened(ctx, row)
    st.caption(_(N_("Noted in the log: you have read this.")))
    for name in concerns.SEALED:
        if said[name]:
            ui.lines(ui.say(Concerns.columns[name].title))
            ui.text(said[name])
    key = f"concern:{row.id}:{row['_change']}"
    if row["status"] == ConcernStatus.TAKEN_UP:
        close(row, key)
    else:
        ui.act(
            _(N_("Take it up")),
            key,
            lambda ctx, op: concerns.take_up(ctx, op, row),
            N_("It is in your hands."),
        )


def close(row: Row, key: str) -> None:
    """What was done, once it is done."""
    filling = ui.form(Concerns, concerns.CLOSING, key, values={"closed_on": ctx.today})
    ui.act(
        _(N_("Close it")),
        key,
        lambda ctx, op: concerns.close(ctx, op, row, filling.values()),
        N_("Closed. It stays here for good."),
    )


def show(row: Row) -> None:
    """One concern as the lead finds it: who raised it and when, where it stands; its words after a click."""
    about = [_(N_("Raised by {name}"), name=concerns.raised_by(ctx, row))]
    if row["taken_up_by"]:
        about.append(_(N_("Taken up by {name}"), name=row["taken_up_by"]))
    if row["is_urgent"]:
        about.append(ui.say(Concerns.columns["is_urgent"].title))
    tone = {
        ConcernStatus.RAISED: ui.LATE,
        ConcernStatus.TAKEN_UP: ui.TODAY,
    }.get(row["status"], ui.DONE)
    with ui.card(ui.moment(row["raised_at"]), *about, badge_words=ui.say(row["status"]), tone=tone):
        if st.button(_(N_("Open")), key=f"open:{row.id}"):
            ui.drawer(_(N_("Safeguarding concern")), lambda: open_one(row))


def on_duty() -> None:
    """What the lead and the deputy see."""
    if count := concerns.unreadable(ctx):
        st.error(
            _(
                N_(
                    "{count} concern can’t be read: a cell of its row in the spreadsheet is wrong.",
                ),
                N_("{count} concerns can’t be read: a cell of their rows in the spreadsheet is wrong."),
                count,
            )
        )
    rows = concerns.listed(ctx)
    wanted = st.query_params.get("id")
    for row in sorted(rows, key=lambda row: row.id != wanted):
        show(row)
    if not rows:
        ui.empty(
            _(N_("No concern has been raised.")),
            _(N_("A new one stands here and on your home page at once.")),
        )


ui.title(
    _(N_("Safeguarding")),
    _(N_("A worry about somebody’s safety goes at once to these two people, and to nobody else.")),
)
name_holders()
if access.may(ctx, concerns.RAISE) and st.button(
    _(N_("Raise a concern")), key="concern:open", type="primary", icon=":material/health_and_safety:"
):
    ui.drawer(_(N_("Raise a concern")), tell)
if ctx.actor.is_safeguarding:
    on_duty()
else:
    arrived()
