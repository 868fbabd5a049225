"""A mentor's own mentees, for the phone: the next appointment, what is due, a session in a few taps (D9, X13, 3.6)."""

import streamlit as st

from pages import ui
from pages.cases.parts import consent, record_session
from pages.programme.parts import shown
from pages.ui import _
from schemas.column import Row
from schemas.words import N_
from schemas.work import SessionStatus
from services import cases, endings, meetings, support
from services.cases import Entry

ctx = ui.visit("work.see")


def visit_words(row: Row | None) -> str:
    """The next appointment in one line."""
    if row is None:
        return _(N_("No appointment noted."))
    at = f"{row['starts_at']:%H:%M}" if row["starts_at"] else ""
    place = ctx.programme.choice_words("places", row["place"] or "", ui.language())
    said = ", ".join(filter(None, (ui.short(row["held_on"]), at, place)))
    words = N_("Not recorded yet: {visit}") if row["held_on"] < ctx.today else N_("Next: {visit}")
    return _(words, visit=said)


def mentee(entry: Entry, visit: Row | None) -> None:
    """One mentee: what is late or due, when you meet next, and the two buttons."""
    wait = entry.next
    with st.container(border=True, key=f"mentee:{entry.case.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            if wait is not None and wait.on is not None:
                ui.due_badge(wait.on, ctx.today)
            ui.lines(entry.mentee, ui.say(wait.title if wait else entry.stage))
        ui.text(visit_words(visit))
        with st.container(horizontal=True):
            if endings.is_running(entry.case):
                ui.button_to(_(N_("Record a session")), "mine", f"record:{entry.case.id}", id=entry.case.id)
            ui.button_to(_(N_("Open")), "case", f"case:{entry.case.id}", id=entry.case.id)


def everyone() -> None:
    """One's own open cases, those met soonest first."""
    entries = cases.listed(ctx, stage="open")
    visits: dict[str, Row] = {}
    for row in meetings.appointments(ctx):
        visits.setdefault(row["case"], row)
    if not entries and not support.supported(ctx):
        ui.empty(
            _(N_("You have no mentee now.")), _(N_("Your co-ordinator allocates them; they show here then."))
        )
    for entry in sorted(entries, key=lambda each: (each.case.id not in visits, _soonest(visits, each))):
        mentee(entry, visits.get(entry.case.id))
    consent.show_supported(ctx)


def _soonest(visits: dict[str, Row], entry: Entry) -> tuple[str, str]:
    row = visits.get(entry.case.id)
    return (str(row["held_on"]), str(row["starts_at"])) if row else ("", entry.mentee.casefold())


def one(id_: str) -> None:
    """A session with one mentee; an appointment that has come is recorded as that."""
    card = shown.loaded(lambda: cases.card(ctx, id_))
    found = meetings.of_case(ctx, id_)
    due = [row for row in found if row["status"] == SessionStatus.PLANNED and row["held_on"] <= ctx.today]
    asked = next((row for row in due if row.id == st.query_params.get("session")), None)
    visit = asked or (due[-1] if due else None)
    st.subheader(ui.safe(card.mentee_name), anchor=False)
    if visit is not None:
        st.caption(ui.safe(_(N_("The appointment of {day}."), day=ui.short(visit["held_on"]))))
    key = f"mine:{visit.id if visit else id_}"
    record_session.show(ctx, id_, key, visit, after=st.query_params.clear)
    ui.link(_(N_("All my mentees")), "mine")


ui.title(_(N_("My mentees")), _(N_("When you meet next, and what waits.")))
if st.query_params.get("id"):
    one(st.query_params["id"])
else:
    everyone()
