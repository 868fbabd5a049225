"""Hours mentors have sent: approve in bulk, the exceptions left out; send back or refuse with a reason (S10, S11)."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from pages import ui
from pages.programme.parts import drawers, hours, shown
from pages.ui import _
from schemas.column import Row, money, text
from schemas.words import N_
from schemas.work import Timesheets
from services import access, approvals
from services.approvals import Claim
from services.context import Context

COLUMNS = (
    Timesheets.worked_on,
    text(N_("Mentor"), name="mentor_name"),
    text(N_("Work"), name="work"),
    Timesheets.hours,
    money(N_("Worth"), name="pounds"),
    text(
        N_("Days left"),
        N_("Of the days agreed, once these hours and all others sent are counted"),
        name="left",
    ),
    text(N_("State"), name="state"),
)
WIDTHS = {
    "worked_on": 112,
    "mentor_name": 108,
    "work": 122,
    "hours": 50,
    "pounds": 72,
    "left": 90,
    "state": 164,
}
SEARCHED = (COLUMNS[1], COLUMNS[2])


def row_of(claim: Claim) -> dict[str, Any]:
    """A claim as the table shows it."""
    return {
        **claim.line,
        "mentor_name": claim.mentor,
        "work": claim.work,
        "pounds": claim.pounds,
        "left": left_words(claim),
        "state": hours.state_words(claim),
        "claim": claim,
    }


def left_words(claim: Claim) -> str:
    """ "1.5 of 5"; below nought where more was worked than agreed."""
    if claim.days is None:
        return ""
    left, agreed = ui.hours(claim.days.left_days), ui.hours(claim.days.agreed_days)
    return _(N_("{left} of {agreed}"), left=left, agreed=agreed)


def show_figures(claims: Sequence[Claim], ready: Sequence[Claim]) -> None:
    """What waits, what it is worth, and how much of it is held."""
    held = len(claims) - len(ready)
    total = sum((claim.line["hours"] for claim in claims), Decimal())
    worth = sum((claim.pounds for claim in claims), Decimal("0.00"))
    ui.figures(
        [
            (_(N_("Waiting for you")), _(N_("{count} line"), N_("{count} lines"), len(claims))),
            (_(N_("Hours")), ui.hours(total)),
            (_(N_("Worth")), ui.money(worth)),
            (_(N_("Held back")), _(N_("{count} line"), N_("{count} lines"), held)),
        ]
    )


def show_list(claims: Sequence[Claim]) -> tuple[list[Claim], bool]:
    """The filtered table; the chosen claims (or all ready ones shown), and whether they were chosen by hand."""
    ready = [claim for claim in claims if claim.is_ready]
    with st.container(horizontal=True, vertical_alignment="center"):
        states = {"ready": _(N_("Ready")), "held": _(N_("Held back"))}
        counts = {"ready": len(ready), "held": len(claims) - len(ready)}
        state = ui.filters("state", states, counts)
    with st.container(horizontal=True, vertical_alignment="center"):
        typed = ui.search("hours", _(N_("Mentor or group")))
        ui.list_tools("approvals")
    fitting = [claim for claim in claims if state is None or claim.is_ready == (state == "ready")]
    rows = ui.found([row_of(claim) for claim in fitting], typed, SEARCHED)
    if not rows:
        ui.empty(_(N_("No line fits these filters.")), _(N_("Take a filter away, or search for less.")))
        return [], False
    tones = {"state": [ui.DONE if row["claim"].is_ready else ui.TODAY for row in rows]}
    alt = _(N_("Hours waiting for approval"))
    chosen = ui.table(rows, COLUMNS, "approvals", select="many", alt=alt, tones=tones, widths=WIDTHS)
    by_id = {row["_id"]: row["claim"] for row in rows}
    if chosen:
        return [by_id[id_] for id_ in chosen], True
    return [claim for claim in by_id.values() if claim.is_ready], False


def show_actions(ctx: Context, claims: Sequence[Claim], *, by_hand: bool) -> None:
    """One primary button with its count and amount; the rest with a reason."""
    ready = [claim for claim in claims if claim.is_ready]
    lines = [claim.line for claim in ready]
    read = [claim.record for claim in ready if claim.record is not None]
    pounds = ui.money(sum((claim.pounds for claim in ready), Decimal("0.00")))
    if by_hand and len(ready) < len(claims):
        left_out = len(claims) - len(ready)
        words = _(N_("{count} held line is left out."), N_("{count} held lines are left out."), left_out)
        st.caption(words)
    with st.container(horizontal=True):
        ui.act(
            _(
                N_("Approve {count} line, {pounds}"),
                N_("Approve {count} lines, {pounds}"),
                len(lines),
                pounds=pounds,
            ),
            "approve",
            lambda ctx, op: approvals.approve(ctx, op, lines, read),
            N_("Approved. Finance can put them on the quarter's letters."),
            disabled=not lines,
            icon=":material/check:",
        )
        if by_hand:
            every = [claim.line for claim in claims]
            reason(_(N_("Send back with a reason")), "back", every, approvals.send_back, N_("Sent back."))
            reason(_(N_("Refuse")), "refuse", every, approvals.refuse, N_("Refused."))
    if not by_hand:
        st.caption(_(N_("Tick lines to approve only those, to send them back, or to read their records.")))


def reason(
    label: str,
    key: str,
    lines: Sequence[Row],
    verb: Callable[[Context, str, Sequence[Row], str], Any],
    words: str,
) -> None:
    """A drawer that asks for the reason the mentor will read."""
    own = f"{key}:{ui.fingerprint(lines)}"

    def body() -> None:
        filling = ui.form(Timesheets, ("reason",), own, titles={"reason": N_("What the mentor should do")})
        ui.act(label, own, lambda ctx, op: verb(ctx, op, lines, filling.values()["reason"] or ""), words)

    drawers.opens(label, own, body)


ctx = ui.visit("timesheets.see")
waiting = approvals.waiting(ctx)
ui.title(
    _(N_("Approvals")),
    _(N_("Hours mentors have sent you. Approve them, or send them back with a reason.")),
)
if not waiting:
    ui.empty(_(N_("Nothing waits for you.")), _(N_("Mentors' hours show here as soon as they send them.")))
else:
    show_figures(waiting, [claim for claim in waiting if claim.is_ready])
    chosen, by_hand = show_list(waiting)
    if access.may(ctx, "timesheets.approve"):
        show_actions(ctx, chosen, by_hand=by_hand)
    if by_hand:
        for claim in chosen:
            hours.show_claim(ctx, claim)
    hours.show_held([claim for claim in waiting if not claim.is_ready])
hours.show_months(ctx)
shown.excel_button([row_of(claim) for claim in waiting], COLUMNS, _(N_("Approvals")), "approvals.xlsx")
