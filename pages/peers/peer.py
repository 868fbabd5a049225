"""One peer: details, profile, what they were asked, briefings (L1, L2)."""

import streamlit as st

from pages import ui
from pages.peers.parts import profile
from pages.programme.parts import shown
from pages.ui import _
from schemas.column import text
from schemas.mentees import Mentees, Referrals
from schemas.mentors import Mentors
from schemas.peers import Enquiries
from schemas.words import N_
from schemas.work import Development
from services import peers, records

FACTS = tuple(
    Mentors.columns[name] for name in (*profile.DETAILS[1:], "charter_version", "charter_on", "left_on")
)
ASKED = (
    text(N_("Council"), name="council"),
    Enquiries.status,
    Enquiries.asked_on,
    Enquiries.answered_on,
    Enquiries.busy_from_on,
    Enquiries.busy_to_on,
)
TRAINED = (Development.held_on, Development.title, Development.topic)

ctx = ui.visit("peers.see")
entry = shown.loaded(lambda: peers.card(ctx, st.query_params.get("id", "")))
row = entry.peer
ui.title(row["name"], _(N_("Status: {status}."), status=ui.say(row["status"])))
for _flag, words in entry.flags:
    st.warning(ui.safe(ui.say(words)), icon=":material/visibility:")
profile.steps(ctx, row)
shown.facts(row, FACTS)
st.subheader(_(N_("Profile")), anchor=False)
if row["profile"]:
    st.caption(
        ui.safe(_(N_("Agreed on {day}. A council may read it."), day=ui.day(row["profile_agreed_on"])))
    )
    ui.text(row["profile"])
else:
    ui.empty(_(N_("No profile yet.")), _(N_("Agree one with them: a council reads it.")))
st.subheader(_(N_("Asked")), anchor=False)
view = records.view(ctx)
asked = [
    {**each, "council": view.name(Mentees, view.get(Referrals, each["referral"])["mentee"])}
    for each in view.where(Enquiries, "mentor", row.id)
]
if asked:
    ui.print_view(asked, ASKED)
else:
    ui.empty(_(N_("Not asked yet.")), _(N_("The search of a request shows them where they fit.")))
st.subheader(_(N_("Briefings and training")), anchor=False)
trained = peers.trained(ctx, row.id)
if trained:
    ui.print_view(trained, TRAINED)
else:
    ui.empty(_(N_("None recorded.")), _(N_("Record a briefing on the page of all peers.")))
ui.link(_(N_("All peers")), "peers")
