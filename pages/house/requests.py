"""What people ask about their own data, by when, and what came of it (X6)."""

import streamlit as st

from pages import ui
from pages.house.parts import answers
from pages.ui import _
from schemas.column import Row
from schemas.requests import Requests
from schemas.words import N_
from services import requests
from services.requests import OPEN

ctx = ui.visit("requests.see")


def receive() -> None:
    """Who asks for what, and when it came."""
    filling = ui.form(Requests, requests.RECEIVED, "receive", values={"received_on": ctx.today}, keep=True)
    ui.act(
        _(N_("Note the request")),
        "receive",
        lambda ctx, op: requests.receive(ctx, op, filling.values()),
        N_("Noted. It stands on the home page until it is answered."),
    )


def show(row: Row) -> None:
    """One request: what is asked, where it stands, and what to do next."""
    about = (ui.say(row["kind"]), _(N_("Received on {day}"), day=ui.day(row["received_on"])))
    is_open = row["status"] in OPEN
    state = {"due_on": row["due_on"]} if is_open else {"badge_words": ui.say(row["status"]), "tone": ui.DONE}
    with ui.card(row["person"], *about, _(N_("Due on {day}"), day=ui.day(row["due_on"])), **state):
        if st.button(_(N_("Open")), key=f"open:{row.id}"):
            ui.drawer(ui.say(row["kind"]), lambda: answers.show(ctx, row), width="large")


rows = requests.listed(ctx)
waiting = [row for row in rows if row["status"] in OPEN]
ui.title(
    _(N_("Requests")),
    _(
        N_(
            "Whoever asks about their own data has an answer within a month. Note the request on the day it comes."
        )
    ),
)
late = sum(requests.is_late(row, ctx.today) for row in waiting)
ui.figures([(_(N_("Open")), str(len(waiting))), (_(N_("Late")), str(late))])
if st.button(_(N_("Note a request")), key="receive:open", type="primary", icon=":material/add:"):
    ui.drawer(_(N_("Note a request")), receive)
wanted = st.query_params.get("id")
for row in sorted(rows, key=lambda row: row.id != wanted):
    show(row)
if not rows:
    ui.empty(_(N_("Nobody has asked anything yet.")), _(N_("A request may come by any way: a letter, an e-mail, a word in passing.")))  # fmt: skip
