"""The cases, the latest first: a table for staff, a mentor's own as cards on a phone (D1, D5, 3.6)."""

from typing import Any

import streamlit as st

from pages import ui
from pages.cases.parts import consent, refer
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.cases import Cases
from schemas.column import Role, date, number, text
from schemas.mentors import Mentors, MentorStatus
from schemas.words import N_, Message
from services import cases, journeys, records, surveys, waits
from services.cases import Entry
from services.context import Context
from services.stages import Stage

COLUMNS = (
    text(N_("Mentee"), name="mentee_name"),
    text(N_("Next"), N_("The one next thing to do"), name="next"),
    date(N_("Due"), name="due_on"),
    number(N_("Late"), N_("By so many working days"), name="late"),
    text(N_("Stage"), name="stage"),
    text(N_("Mentor"), name="mentor_name"),
    Cases.area,
)
SOUGHT = (*COLUMNS, Cases.number)
WIDTHS = {
    "mentee_name": 132,
    "next": 172,
    "due_on": 112,
    "late": 44,
    "stage": 104,
    "mentor_name": 96,
    "area": 44,
}
CHANGED = (
    date(N_("Changed on"), name="on"),
    text(N_("Mentee"), name="name"),
    text(N_("Case number"), name="number"),
    text(N_("What"), name="field"),
    text(N_("Now"), name="now"),
)


def row_of(entry: Entry) -> dict[str, Any]:
    """A case as the table shows it."""
    return {
        **entry.case,
        "mentee_name": entry.mentee,
        "mentor_name": entry.mentor,
        "next": ui.say(entry.next.title) if entry.next else "",
        "due_on": entry.next.on if entry.next else None,
        "late": entry.late or None,
        "stage": ui.say(entry.stage),
    }


def chosen(ctx: Context, everything: list[Entry]) -> list[Entry]:
    """The cases that fit the filters of the address."""
    counts = cases.counts(everything)
    stages = {"open": _(N_("open"))} | {each.value: ui.say(each) for each in Stage}
    with st.container(horizontal=True, vertical_alignment="center"):
        stage = ui.filters("stage", stages, counts, default="open")
        late = ui.filters("late", {"late": _(N_("late"))}, counts)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        area = ui.pick("area", {each.en: each.en for each in ctx.programme.areas}, label=_(N_("Area")))
        routes = journeys.terms(ctx.programme).routes
        words = {each.en: ctx.programme.choice_words("routes", each.en, ctx.language) for each in routes}
        route = ui.pick("route", words, label=_(N_("Route")))
        waiting = {kind: ui.say(title) for kind, title in waits.TITLES.items()}
        kind = ui.pick("waits", waiting, label=_(N_("Next step")))
        mentor = "" if is_mentor else ui.pick("mentor", mentors(ctx), label=_(N_("Mentor")))
    return cases.listed(
        ctx,
        area=area or "",
        route=route or "",
        mentor=mentor or "",
        stage="" if kind else stage or "",
        waits=kind or "",
        late=bool(late),
    )


def mentors(ctx: Context) -> dict[str, str]:
    """Approved mentors, and nobody."""
    rows = records.view(ctx).where(Mentors, "status", MentorStatus.APPROVED)
    return {"-": _(N_("nobody yet"))} | ui.record_options(Mentors, rows)


def show_table(rows: list[dict[str, Any]]) -> None:
    """Every case to compare; ticking one opens it."""
    tones = {"next": [ui.LATE if row["late"] else ui.LATER for row in rows]}
    picked = ui.table(
        rows,
        COLUMNS,
        "cases",
        select="one",
        alt=_(N_("Cases")),
        widths=WIDTHS,
        tones=tones,
        hint=_(N_("Tick a case to open it.")),
    )
    if picked:
        ui.go("case", id=picked[0])


def show_cards(found: list[Entry]) -> None:
    """One's own cases, one under the other: what to do next, and the way to it."""
    for entry in found:
        following = ui.say(entry.next.title) if entry.next else ui.say(entry.stage)
        due = (
            {"due_on": entry.next.on}
            if entry.next and entry.next.on
            else {"badge_words": ui.say(entry.stage)}
        )
        with ui.card(entry.mentee, following, key=f"case:{entry.case.id}", **due):
            ui.button_to(_(N_("Open")), "case", f"open:{entry.case.id}", id=entry.case.id)


def show_changed(ctx: Context) -> None:
    """Contact details that the analysts are to hear of (1.27)."""
    changed = surveys.changed_contacts(ctx)
    if not changed:
        return
    words = N_("Changed contact details for the analysts: {number}")
    with st.expander(_(words, number=len(changed))):
        st.caption(_(N_("Of mentees not known to the Jobcentre, while they are on the provision.")))
        rows = [{"_id": each.case, **vars(each)} for each in changed]
        for row in rows:
            row["field"] = ui.say(row["field"])
        ui.print_view(rows, CHANGED)
        shown.excel_button(rows, CHANGED, _(N_("Changed contact details")), "changed-contact-details.xlsx")


ctx = ui.visit("cases.see")
is_mentor = ctx.actor.role is Role.MENTOR
everything = cases.listed(ctx)
counts = cases.counts(everything)
words = N_("Your mentees’ way") if is_mentor else N_("Everybody’s way")
ui.title(
    _(N_("Cases")), _(N_("{whose} from the referral to the end, the latest first."), whose=Message(words))
)
figures = [(_(N_("Open")), str(counts["open"])), (_(N_("Late")), str(counts["late"]))]
ui.figures(figures if is_mentor else [*figures, (_(N_("Without a mentor")), str(counts["nobody"]))])
drawers.opens(
    _(N_("Log a referral")),
    "refer",
    lambda: refer.show(ctx),
    kind="primary",
    icon=":material/person_add:",
)
found = chosen(ctx, everything)
with st.container(horizontal=True, vertical_alignment="center"):
    typed = ui.search("cases", _(N_("Mentee, mentor or number")))
    if not is_mentor:
        ui.list_tools("cases")
rows = ui.found([row_of(entry) for entry in found], typed, SOUGHT)
kept = {row["_id"] for row in rows}
if rows and is_mentor:
    show_cards([entry for entry in found if entry.case.id in kept])
elif rows:
    show_table(rows)
elif everything:
    ui.empty(_(N_("No case fits these filters.")), _(N_("Take a filter away, or search for less.")))
else:
    ui.empty(_(N_("No case yet.")), _(N_("Log the first referral when it comes in.")))
consent.show_supported(ctx)
if not is_mentor:
    show_changed(ctx)
