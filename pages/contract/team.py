"""The team: who may be given a mentee, training and supervision, the evaluation, Jobcentre staff (D16, D29)."""

import streamlit as st

from pages import ui
from pages.contract.parts import crew
from pages.ui import _
from schemas.words import N_
from services import team

ctx = ui.visit("team.see")
everyone = team.listed(ctx)
ready = sum(each.is_ready for each in everyone)
parts = team.evaluation(ctx)
ui.title(
    _(N_("Team")), _(N_("Nobody is given a mentee before recruitment, confirmed experience and training."))
)
ui.figures(
    [
        (_(N_("May be given a mentee")), str(ready)),
        (_(N_("Something is missing")), str(len(everyone) - ready)),
        (_(N_("Evaluation still due")), str(sum(part.is_due(ctx.today) for part in parts))),
    ]
)
crew.record_button(ctx)
who, done, studied, staff = st.tabs(
    [_(N_("Mentors")), _(N_("What was recorded")), _(N_("Evaluation")), _(N_("Jobcentre staff"))]
)
with who:
    crew.mentors(ctx, everyone)
with done:
    crew.recorded(ctx)
with studied:
    crew.evaluation(ctx, parts)
with staff:
    crew.upskilled(ctx)
