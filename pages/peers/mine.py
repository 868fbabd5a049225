"""A peer's own page, for the phone: asked, my projects, my profile, what I need (L2 to L5, L7 to L9, X13)."""

import streamlit as st

from pages import ui
from pages.peers.parts import own

ctx = ui.visit("own.profile")
own.show_title(ctx)
tab = own.chosen_part()
if tab == "projects":
    own.show_projects(ctx)
elif tab == "profile":
    own.show_profile(ctx)
elif tab == "needs":
    own.show_needs(ctx)
else:
    own.show_asked(ctx)
st.space("small")
