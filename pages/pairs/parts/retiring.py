"""Members who do not stand again: asked, and willing to mentor new members for a time (P8)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import Row
from schemas.mentors import Mentors
from schemas.words import N_
from services import willing
from services.context import Context


def form(ctx: Context, row: Row) -> None:
    """What a member said: stands again or not, until when they would mentor."""
    most = willing.until_at_most(ctx)
    if most is None:
        return
    st.subheader(_(N_("The next election")), anchor=False)
    words = N_(
        "The election is on {election}. Whoever does not stand again may mentor new members until {day}."
    )
    st.caption(_(words, election=ui.day(willing.next_election(ctx)), day=ui.day(most)))
    key = f"retire:{row.id}:{row['_change']}"
    typed = ui.form(Mentors, willing.RETIRING, key, values=row)
    ui.act(
        _(N_("Save what they said")),
        key,
        lambda ctx, op: willing.retire(ctx, op, row, typed.values()),
        N_("Saved."),
    )
