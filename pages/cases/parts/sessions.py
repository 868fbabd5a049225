"""The sessions with a mentee: what is to come, what was held, words between (D9, D10)."""

import streamlit as st

from pages import ui
from pages.cases.parts import record_session
from pages.programme.parts import drawers
from pages.ui import _
from schemas.cases import Contacts
from schemas.column import Row
from schemas.words import N_
from schemas.work import Attendance, Sessions, SessionStatus
from services import endings, journeys, meetings
from services.cases import Card
from services.context import Context
from services.rules import levels

TONES = {Attendance.ATTENDED: ui.DONE, Attendance.MISSED: ui.LATE, Attendance.REARRANGED: ui.LATER}
VISIT = ("held_on", "starts_at", "place")
SAID = ("made_on", "how", "is_two_way", "note")


def show(ctx: Context, card: Card) -> None:
    """Figures, appointments, the record of each session, and contacts."""
    case = card.case
    found = meetings.of_case(ctx, case.id)
    if case["started_on"] is not None:
        _figures(ctx, card)
    _buttons(ctx, case)
    to_come = [row for row in reversed(found) if row["status"] == SessionStatus.PLANNED]
    if endings.ended_on(case) is None:
        for row in to_come:
            appointment(ctx, row)
    recorded = [row for row in found if row["status"] != SessionStatus.PLANNED]
    st.subheader(_(N_("Sessions")), anchor=False)
    for row in recorded:
        _session(ctx, row)
    if not recorded:
        ui.empty(_(N_("No session is recorded yet.")), _(N_("The first is the diagnostic interview.")))
    _contacts(ctx, case)


def _figures(ctx: Context, card: Card) -> None:
    terms = journeys.terms(ctx.programme)
    count, share = len(levels.counted(card.facts, terms)), meetings.share(ctx, card.case.id)
    figures = [
        (
            _(N_("Sessions that count")),
            _(N_("{some} of {all}"), some=str(count), all=str(terms.sessions)),
            _(N_("Attended, and at least {minutes} minutes long"), minutes=str(terms.session_minutes)),
        ),
        (
            _(N_("Digital")),
            _(N_("{some} of {all}"), some=str(share.digital), all=str(share.attended)),
            _(N_("At most {most} % of the sessions attended"), most=ui.hours(terms.digital_percent)),
        ),
    ]
    ui.figures(figures)
    if share.passes(terms.digital_percent):
        more = share.evens_out(terms.digital_percent)
        words = N_("More than {most} % were digital; {more} more face to face would even it out.")
        st.warning(_(words, most=ui.hours(terms.digital_percent), more=str(more)), icon=":material/warning:")


def _buttons(ctx: Context, case: Row) -> None:
    is_open = endings.ended_on(case) is None
    with st.container(horizontal=True):
        if case["started_on"] is not None:
            drawers.opens(
                _(N_("Record a session")),
                f"session:{case.id}",
                lambda: record_session.show(ctx, case.id, f"session:{case.id}"),
                kind="primary",
            )
        if is_open and case["met_on"] is not None:
            drawers.opens(_(N_("Note an appointment")), f"visit:{case.id}", lambda: _plan(ctx, case))
        drawers.opens(_(N_("Record a contact")), f"contact:{case.id}", lambda: _contact(ctx, case))


def _plan(ctx: Context, case: Row) -> None:
    key = f"visit:{case.id}"
    usual = meetings.usual(ctx, case.id)
    typed = ui.form(
        Sessions, VISIT, key, values={"place": usual["place"]}, options=record_session.places(ctx)
    )
    ui.act(
        _(N_("Note the appointment")),
        key,
        lambda ctx, op: meetings.plan(ctx, op, case.id, typed.values()),
        N_("The appointment is noted."),
    )


def appointment(ctx: Context, row: Row) -> None:
    """One appointment to come, or to record: when, where, and what can be done with it."""
    at = f"{row['starts_at']:%H:%M}" if row["starts_at"] else ""
    place = ctx.programme.choice_words("places", row["place"] or "", ui.language())
    heading = " · ".join(filter(None, (ui.short(row["held_on"]), at)))
    with ui.card(heading, place, due_on=row["held_on"], key=f"visit:{row.id}"):
        drawers.opens(
            _(N_("Record")),
            f"record:{row.id}",
            lambda: record_session.show(ctx, row["case"], f"record:{row.id}", row),
            heading=_(N_("Record a session")),
        )
        drawers.opens(_(N_("Move")), f"move:{row.id}", lambda: _move(ctx, row))


def _move(ctx: Context, row: Row) -> None:
    """Another day or time; the old one stays as rearranged, with the reason."""
    key = f"move:{row.id}"
    typed = ui.form(
        Sessions, (*VISIT, "reason"), key, values={"place": row["place"], "starts_at": row["starts_at"]},
        options=record_session.places(ctx),
    )  # fmt: skip

    def move(ctx: Context, op: str) -> object:
        values = typed.values()
        reason = values.pop("reason") or ""
        return meetings.rearrange(ctx, op, row, values, reason)

    ui.act(_(N_("Move the appointment")), key, move, N_("The appointment is moved."))


def _session(ctx: Context, row: Row) -> None:
    attended = row["attendance"] == Attendance.ATTENDED
    said = (
        _(N_("{minutes} minutes"), minutes=ui.hours(row["minutes"])) if attended and row["minutes"] else "",
        ui.say(row["manner"] or "") if attended else "",
        ctx.programme.choice_words("places", row["place"] or "", ui.language()) if attended else "",
        _(N_("plan reviewed")) if row["plan_reviewed"] else "",
        row["reason"] or "",
    )
    about = " · ".join(filter(None, said))
    tone = TONES.get(row["attendance"], ui.LATER)
    with ui.card(
        ui.short(row["held_on"]), about, *filter(None, (row["done"],)),
        badge_words=ui.say(row["attendance"] or row["status"]), tone=tone,
    ):  # fmt: skip
        own = f"mend:{row.id}:{row['_change']}"
        drawers.opens(
            _(N_("Mend")), own, lambda: record_session.show(ctx, row["case"], own, row), kind="tertiary"
        )


def _contacts(ctx: Context, case: Row) -> None:
    st.subheader(_(N_("Contacts between sessions")), anchor=False)
    found = meetings.contacts_of(ctx, case.id)
    if found:
        ui.print_view(found, [Contacts.columns[name] for name in SAID])
    else:
        ui.empty(
            _(N_("No contact is recorded yet.")),
            _(N_("One they answered counts as engagement, so that nobody is taken for a dropout.")),
        )


def _contact(ctx: Context, case: Row) -> None:
    key = f"contact:{case.id}"
    typed = ui.form(Contacts, SAID, key, values={"made_on": ctx.today})
    ui.act(
        _(N_("Record the contact")),
        key,
        lambda ctx, op: meetings.contact(ctx, op, case.id, typed.values()),
        N_("The contact is recorded."),
    )
