"""The database of peers: who may be asked, and what to look at (L1, L2)."""

from typing import Any

import streamlit as st

from pages import ui
from pages.peers.parts import profile
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.column import text
from schemas.mentors import Mentors, MentorStatus
from schemas.words import N_
from services import access, peers
from services.peers import Entry, Flag

COLUMNS = (
    Mentors.name,
    text(N_("Kind"), name="peer_kind", options="peer_kinds"),
    Mentors.post,
    text(N_("Council or employer"), name="council"),
    text(N_("To look at"), name="look"),
)
# What a political group's office gets of its own peers, and of nobody else's (L1).
OFFICE = (Mentors.name, Mentors.post, text(N_("Council"), name="council"), Mentors.email, Mentors.phone)
WIDTHS = {"name": 108, "peer_kind": 62, "post": 182, "council": 170, "look": 170}
FLAGS = {
    Flag.OUT_TOO_LONG: N_("out of office too long"),
    Flag.OUT_OF_OFFICE: N_("out of office"),
    Flag.NO_PROFILE: N_("no profile"),
    Flag.OLD_PROFILE: N_("old profile"),
    Flag.CHARTER: N_("charter not accepted"),
    Flag.NO_OFFICE: N_("no group office"),
}


def row_of(entry: Entry) -> dict[str, Any]:
    """A peer as the table shows them."""
    return {
        **entry.peer,
        "council": entry.council,
        "look": ", ".join(_(FLAGS[flag]) for flag, _words in entry.flags if flag in FLAGS),
    }


ctx = ui.visit("peers.see")
statuses = tuple(MentorStatus)
everyone = peers.listed(ctx, statuses=statuses)
ui.title(_(N_("Peers")), _(N_("Officers and members who may be asked, with what is to be looked at.")))
in_pool = [each for each in everyone if each.peer["status"] in peers.IN_POOL]
ui.figures(
    [
        (_(N_("In the database")), str(len(in_pool))),
        (_(N_("Out of office too long")), str(sum(Flag.OUT_TOO_LONG in each.codes for each in in_pool))),
        (_(N_("To look at")), str(sum(bool(each.flags) for each in in_pool))),
    ]
)
if access.may(ctx, "peers.edit"):
    with st.container(horizontal=True):
        drawers.opens(
            _(N_("Add a peer")), "add", lambda: profile.add(ctx), kind="primary", icon=":material/person_add:"
        )
        drawers.opens(_(N_("Record a briefing")), "brief", lambda: profile.brief(ctx, in_pool))
counts = {flag.value: sum(flag in each.codes for each in in_pool) for flag in FLAGS}
counts |= {each.value: sum(entry.peer["status"] == each for entry in everyone) for each in MentorStatus}
with st.container(horizontal=True, vertical_alignment="center"):
    status = ui.filters("status", {each.value: ui.say(each) for each in MentorStatus}, counts)
    flag = ui.filters("flag", {each.value: _(words) for each, words in FLAGS.items() if counts[each]}, counts)
with st.container(horizontal=True, vertical_alignment="bottom"):
    kinds = {
        name: ctx.programme.choice_words("peer_kinds", name, ctx.language) for name in profile.kinds(ctx)
    }
    kind = ui.pick("kind", kinds, label=_(N_("Kind of peer")))
    groups = ctx.programme.choices("political_groups")
    words = {name: ctx.programme.choice_words("political_groups", name, ctx.language) for name in groups}
    group = ui.pick("group", words, label=_(N_("Political group")))
with st.container(horizontal=True, vertical_alignment="center"):
    typed = ui.search("peers", _(N_("Name, post or council")))
    ui.list_tools("peers")
kept = [
    each
    for each in everyone
    if (each.peer["status"] == status if status else each.peer["status"] in peers.IN_POOL)
    and kind in (None, each.peer["peer_kind"])
    and group in (None, each.peer["political_group"])
    and (not flag or flag in each.codes)
]
rows = ui.found([row_of(each) for each in kept], typed, COLUMNS)
if rows:
    chosen = ui.table(
        rows,
        COLUMNS,
        "peers",
        select="one",
        alt=_(N_("Peers")),
        widths=WIDTHS,
        hint=_(N_("Tick a peer to open their page.")),
    )
    if chosen:
        ui.go("peer", id=chosen[0])
    if group:
        st.caption(_(N_("For the group office: its own group’s peers alone.")))
        shown.excel_button(rows, OFFICE, _(N_("Peers of one group")), "group-office.xlsx")
elif everyone:
    ui.empty(_(N_("Nobody fits these filters.")), _(N_("Take a filter away, or search for less.")))
else:
    ui.empty(_(N_("Nobody is in the database yet.")), _(N_("Add the first peer here.")))
