"""Say what you think, without a name (W9). Staff hand over the device to whoever has no account."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.peers import Answers
from schemas.words import N_
from services import access, answers

ctx = ui.visit("answers.give")
TITLES = {"side": N_("You are"), "words": N_("In your words")}
SCALE = {"1": N_("1, not at all"), "2": "2", "3": "3", "4": "4", "5": N_("5, very")}
ui.title(
    _(N_("Say what you think")),
    _(N_("Nobody signs this. Neither the answer nor the history says whose it is; only the month is kept.")),
)
if access.may(ctx, answers.SEE):
    st.caption(_(N_("Hand the device to whoever has no account here, and leave them alone with it.")))
st.caption(
    _(N_("It lies sealed in a box until others are with it; then all are taken out together, in no order."))
)
st.caption(_(N_("Do not write names if you don’t want to be known by them.")))
scale = {value: _(words) for value, words in SCALE.items()}
filling = ui.form(
    Answers,
    answers.FIELDS,
    "voice",
    titles=TITLES,
    options=dict.fromkeys(answers.SCALES, scale),
    helps=dict.fromkeys(answers.SCALES, ""),
)
ui.act(
    _(N_("Send it without a name")),
    "voice",
    lambda ctx, op: answers.give(ctx, filling.values()),
    N_("Sent. Thank you."),
)
