"""A council's request: logged, changed, and where it stands (L3)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.mentees import Mentees, Referrals, ReferralStatus
from schemas.peers import EnquiryStatus
from schemas.words import N_, Message, message
from services import placements, records
from services.context import Context
from services.placements import Request

REQUIREMENT = (
    "received_on",
    "project_kind",
    "peer_kind",
    "post",
    "seeks",
    "experience",
    "gender",
    "political_group",
    "from_on",
    "to_on",
    "days",
    "wants",
)
COUNCIL = ("name", "area", "contact", "email", "phone")
# The furthest point that somebody asked has come to, and how it is said.
STANDS = (
    (EnquiryStatus.PUT_FORWARD, N_("waiting for the council to choose")),
    (EnquiryStatus.WILLING, N_("waiting to be put forward")),
    (EnquiryStatus.ASKED, N_("waiting for peers to answer")),
    (EnquiryStatus.WITH_GROUP, N_("waiting for the group office")),
)


def stands(request: Request) -> Message:
    """Who acts next."""
    if request.row["status"] == ReferralStatus.CLOSED:
        return Message(N_("closed"))
    if placements.is_short(request):
        return Message(N_("search again: a peer withdrew"))
    for status, words in STANDS:
        if request.at(status):
            return Message(words)
    team = len(request.at(EnquiryStatus.CHOSEN))
    if team:
        return message(N_("{count} peer chosen"), N_("{count} peers chosen"), team)
    return Message(N_("waiting for us to ask peers"))


def receive(ctx: Context) -> None:
    """A request of a council we know, or of a new one."""
    key = "placement:receive"
    known = records.view(ctx).all(Mentees)
    options = {"mentee": ui.record_options(Mentees, known)}
    helps = {"mentee": N_("Leave it empty for a council that is new")}
    which = ui.form(Referrals, ("mentee",), key, options=options, helps=helps)
    council = None if which.text("mentee") else ui.form(Mentees, COUNCIL, f"{key}:council")
    st.subheader(_(N_("What they look for")), anchor=False)
    asks = ui.form(Referrals, REQUIREMENT, key, values={"received_on": ctx.today})

    def save(ctx: Context, op: str) -> object:
        who = council.values() if council else {}
        return placements.receive(ctx, op, who, asks.values(), known=which.text("mentee"))

    ui.act(
        _(N_("Log the request")), key, save, N_("Logged. Search for peers next."), also=(f"{key}:council",)
    )
