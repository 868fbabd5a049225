"""Say what you think, without a name (W9). Staff hand over the device to whoever has no account."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.peers import Answers
from schemas.words import N_
from services import answers

ctx = ui.visit("answers.give")
ui.title(
    _(N_("Say what you think")),
    _(N_("Nobody signs this. Neither the answer nor the history says whose it is; only the month is kept.")),
)
st.caption(_(N_("Do not write names if you don’t want to be known by them.")))
filling = ui.form(Answers, answers.FIELDS, "voice")
ui.act(
    _(N_("Send it without a name")),
    "voice",
    lambda ctx, op: answers.give(ctx, filling.values()),
    N_("Sent. Thank you."),
)
