"""What holds a line of time, in words; its record to read; the hours by month (S7, S11)."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from pages import ui
from pages.programme.parts import charts, drawers
from pages.ui import _
from schemas.column import hours as hours_column
from schemas.column import text
from schemas.errors import OurError
from schemas.words import N_
from schemas.work import Sessions
from services import sessions, statistics
from services.approvals import Claim
from services.context import Context
from services.rules.conditions import Condition, State, clears

RECORD = (
    Sessions.held_on,
    Sessions.kind,
    Sessions.place,
    Sessions.done,
    Sessions.next_steps,
    Sessions.learned,
)
# Where each condition is cleared: page and the line's column that names the record there.
PLACES = {
    Condition.NAMED_MENTOR: ("assignments", "assignment"),
    Condition.ASSIGNMENT_APPROVED: ("assignments", "assignment"),
    Condition.RELATIONSHIP: ("interests", ""),
    Condition.MENTOR_APPROVED: ("mentor", "mentor"),
    Condition.INSURANCE: ("mentor", "mentor"),
    Condition.DAYS_AGREED: ("assignments", "assignment"),
}
# Short enough for a table's cell; the whole sentence stands in the list of what is held.
SHORT = {
    Condition.NAMED_MENTOR: N_("not the named mentor"),
    Condition.ASSIGNMENT_APPROVED: N_("assignment not approved"),
    Condition.RELATIONSHIP: N_("relationship to assess"),
    Condition.MENTOR_APPROVED: N_("mentor not approved"),
    Condition.INSURANCE: N_("no insurance that day"),
    Condition.ACTIVITY_RECORD: N_("no Activity Record"),
    Condition.DAYS_AGREED: N_("over the days agreed"),
    Condition.CLAIM_APPROVED: N_("not approved"),
}
HELD = (
    text(N_("What holds it"), name="label"),
    hours_column(N_("Hours"), name="hours"),
    text(N_("Lines"), name="lines"),
    text(N_("Who can clear it"), name="who"),
    text(N_("How"), name="deed"),
)


def state_words(claim: Claim) -> str:
    """Ready, or what must be cleared first."""
    if claim.is_own:
        return _(N_("your own: somebody else approves it"))
    if claim.verdict.state is State.REFUSED:
        return _(N_("the work may not go ahead"))
    if claim.held_by:
        first = _(SHORT[claim.held_by[0]])
        more = len(claim.held_by) - 1
        return _(N_("{first}, and {more} more"), first=first, more=more) if more else first
    if not claim.line["is_chargeable"]:
        return _(N_("ready, unpaid"))
    return _(N_("ready, a long day")) if claim.flags else _(N_("ready"))


def show_claim(ctx: Context, claim: Claim) -> None:
    """One chosen line: its flags, what holds it and where that is cleared, and its record."""
    about = f"{ui.short(claim.line['worked_on'])} · {ui.hours(claim.line['hours'])} · {claim.work}"
    with ui.card(claim.mentor, about, claim.line["note"] or ""):
        for flag in claim.flags:
            ui.text(ui.say(flag))
        for condition in claim.held_by:
            ui.text(f"{_(clears(condition).label)}: {_(clears(condition).deed)}")
            _link(claim, condition)
        if claim.line["session"]:
            id_ = claim.line["session"]
            drawers.opens(
                _(N_("Read its Activity Record")), f"record:{claim.line.id}", lambda: read(ctx, id_)
            )


def _link(claim: Claim, condition: Condition) -> None:
    if condition in PLACES:
        url, column = PLACES[condition]
        params = {"id": claim.line[column]} if column else {}
        ui.button_to(_(N_("Go there")), url, f"go:{claim.line.id}:{condition}", **params)


def read(ctx: Context, id_: str) -> None:
    """An Activity Record in a drawer."""
    try:
        record = sessions.record(ctx, id_)
    except OurError as error:
        ui.show_error(error)
        return
    ui.lines(record.mentee, record.mentor)
    for column in RECORD:
        if words := ui.cell_words(column, record.row[column.name]):
            st.caption(ui.safe(ui.say(column.title)))
            ui.text(words)
    if not record.row["done"]:
        ui.text(_(N_("Brought in from the earlier records: no text.")))


def show_held(held: Sequence[Claim]) -> None:
    """Each condition with its hours and who can clear it; an hour under every condition that holds it."""
    if not held:
        return
    st.subheader(_(N_("Held back")), anchor=False)
    rows = [
        _held_row(condition, held) for condition in Condition if any(condition in c.held_by for c in held)
    ]
    ui.print_view(rows, HELD)


def _held_row(condition: Condition, held: Sequence[Claim]) -> dict[str, object]:
    by_it = [claim for claim in held if condition in claim.held_by]
    return condition_row(condition, sum((claim.line["hours"] for claim in by_it), Decimal()), len(by_it))


def condition_row(condition: Condition, hours: Decimal, lines: int) -> dict[str, object]:
    """A condition as its table shows it."""
    clearing = clears(condition)
    return {
        "label": _(clearing.label),
        "hours": hours,
        "lines": str(lines),
        "who": " / ".join(ui.say(role_words(role)) for role in clearing.roles),
        "deed": _(clearing.deed),
    }


def role_words(role: str) -> str:
    """A role code of the rules as the role is called."""
    return {
        "programme manager": N_("Programme Manager"),
        "facilitator": N_("Facilitator"),
        "mentor": N_("Mentor"),
    }[role]


def show_months(ctx: Context) -> None:
    """Hours by month, approved, waiting and unpaid, with the rows behind them (X11)."""
    found = statistics.hours_by_month(ctx)
    if not found:
        return
    st.subheader(_(N_("Hours by month")), anchor=False)
    kinds = {"approved": _(N_("Approved")), "waiting": _(N_("Waiting")), "unpaid": _(N_("Unpaid"))}
    said = _(N_("Hours worked in each month: approved, waiting for approval, and unpaid."))
    charts.month_bars(found, kinds, said)
