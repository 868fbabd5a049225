"""Councils' requests for peers, the newest first (L3)."""

from typing import Any

import streamlit as st

from pages import ui
from pages.peers.parts import request as parts
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import date, number, text
from schemas.mentees import ReferralStatus
from schemas.peers import EnquiryStatus
from schemas.words import N_
from services import access, enquiries, placements
from services.placements import Request

COLUMNS = (
    text(N_("Council"), name="council"),
    text(N_("Where it stands"), name="stands"),
    text(N_("What they look for"), name="what"),
    date(N_("From"), name="from_on"),
    number(N_("Asked"), name="asked"),
)
WIDTHS = {"council": 174, "stands": 204, "what": 146, "from_on": 108, "asked": 48}


def row_of(request: Request) -> dict[str, Any]:
    """A request as the table shows it."""
    kind = ctx.programme.choice_words("project_kinds", request.row["project_kind"] or "", ctx.language)
    return {
        **request.row,
        "council": request.council["name"],
        "what": ", ".join(filter(None, (request.row["post"], kind))),
        "asked": len(request.asked),
        "stands": ui.say(parts.stands(request)),
    }


ctx = ui.visit("placements.see")
everything = placements.listed(ctx)
ui.title(
    _(N_("Councils’ requests")),
    _(N_("What councils look for, whom we asked, and whom they chose.")),
)
running = [each for each in everything if each.row["status"] != ReferralStatus.CLOSED]
ui.figures(
    [
        (_(N_("Open")), str(len(running))),
        (_(N_("Wait for peers")), str(sum(bool(each.at(*enquiries.WAITING)) for each in running))),
        (
            _(N_("Wait for the council")),
            str(sum(bool(each.at(EnquiryStatus.PUT_FORWARD)) for each in running)),
        ),
    ]
)
if access.may(ctx, "placements.edit"):
    drawers.opens(
        _(N_("Log a request")), "receive", lambda: parts.receive(ctx), kind="primary", icon=":material/add:"
    )
states = {each.value: ui.say(each) for each in ReferralStatus if each is not ReferralStatus.PLANNED}
counts = {each: sum(found.row["status"] == each for found in everything) for each in states}
status = ui.filters("status", states, counts)
with st.container(horizontal=True, vertical_alignment="center"):
    typed = ui.search("placements", _(N_("Council, post or kind")))
    ui.list_tools("placements")
kept = [each for each in everything if status in (None, each.row["status"])]
rows = ui.found([row_of(each) for each in kept], typed, COLUMNS)
if rows:
    chosen = ui.table(
        rows,
        COLUMNS,
        "placements",
        select="one",
        alt=_(N_("Councils’ requests")),
        widths=WIDTHS,
        hint=_(N_("Tick a request to open it.")),
    )
    if chosen:
        ui.go("placement", id=chosen[0])
elif everything:
    ui.empty(_(N_("No request fits these filters.")), _(N_("Take a filter away, or search for less.")))
else:
    ui.empty(_(N_("No council has asked yet.")), _(N_("Log the first request when it comes.")))
