"""Courses, who came to what, certificates, and supervision by staff (P2, P6, W5, W6)."""

import streamlit as st

from pages import ui
from pages.pairs.parts import papers
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.column import Row
from schemas.mentors import Mentors
from schemas.peers import Courses
from schemas.words import N_
from schemas.work import Development
from services import access, courses, pair_papers, records, supervision
from services.context import Context
from services.rules.training import Standing
from services.store.interface import Receipt

ctx = ui.visit("courses.see")
wanted = courses.terms(ctx.programme).course
is_staff = access.may(ctx, courses.ACTION)
FACTS = tuple(Courses.columns[name] for name in ("covers", "trainer", "designed_with"))


def plan(row: Row | None = None) -> None:
    """A course: its days, what it covers, who shaped it."""
    key = f"course:{row.id}:{row['_change']}" if row else "course"
    first = row or {"covers": wanted.elements}
    typed = ui.form(Courses, courses.FIELDS, key, values=first)

    def save(ctx: Context, op: str) -> Receipt:
        return courses.save(ctx, op, typed.changes(row) if row else typed.values(), row)

    ui.act(_(N_("Save the course")), key, save, N_("Saved."))


def attendance(row: Row) -> None:
    """Who came on a day, and what it covered."""
    days = {day.isoformat(): ui.day(day) for day in courses.days_of(row) if day <= ctx.today}
    if not days:
        st.caption(_(N_("No day of this course has come yet.")))
        return
    day = st.selectbox(_(N_("Day")), list(days), format_func=lambda each: days[each], key=f"day:{row.id}")
    words = {each: courses.said(ctx, each) for each in row["covers"] or ()}
    elements = st.multiselect(
        _(N_("Covers")), list(words), format_func=lambda each: words[each], key=f"el:{row.id}"
    )
    names = ui.record_options(Mentors)
    who = st.multiselect(
        _(N_("Who came")), list(names), format_func=lambda each: names[each], key=f"who:{row.id}"
    )
    ui.act(
        _(N_("Note who came")),
        f"came:{row.id}",
        lambda ctx, op: courses.attended(ctx, op, row, _day(row, day), elements, who),
        N_("Noted."),
    )


def _day(row: Row, text: str | None) -> object:
    return next((each for each in courses.days_of(row) if each.isoformat() == text), None)


def course(row: Row) -> None:
    """One course in the list."""
    days = ", ".join(ui.short(day) for day in courses.days_of(row))
    with ui.card(row["name"], days, key=f"card:{row.id}"):
        drawers.opens(_(N_("Open")), f"course:{row.id}", lambda: one(row), heading=row["name"])


def one(row: Row) -> None:
    """A course in full; staff change it and note who came."""
    shown.facts(row, FACTS)
    if is_staff:
        attendance(row)
        with st.expander(_(N_("Change it"))):
            plan(row)


def standing_words(found: Standing) -> str:
    """How far somebody's training is."""
    if found.done_on:
        return _(N_("done on {day}"), day=ui.day(found.done_on))
    missing = ", ".join(courses.said(ctx, each) for each in found.missing) or courses.said(
        ctx, courses.SPREAD
    )
    return _(N_("still to come: {what}"), what=missing)


def person(row: Row, found: Standing) -> None:
    """One mentor's training, and the certificate once it is whole."""
    badge = _(N_("trained")) if found.is_done else _(N_("to do"))
    with ui.card(
        row["name"], standing_words(found), badge_words=badge, tone=ui.DONE if found.is_done else ui.TODAY
    ):
        if found.is_done:
            with st.popover(_(N_("Certificate"))):
                papers.word(
                    _(N_("Certificate")),
                    lambda language: pair_papers.certificate(ctx, row.id, language),
                    row.id,
                )


def supervise() -> None:
    """Record a supervision, in a group or alone."""
    kinds = {
        each: ctx.programme.choice_words("supervisions", each, ui.language())
        for each in ctx.programme.choices("supervisions")
    }
    names = ui.record_options(Mentors)
    who = st.multiselect(
        _(N_("Who was there")), list(names), format_func=lambda each: names[each], key="sup:who"
    )
    typed = ui.form(
        Development,
        supervision.FIELDS,
        "supervision",
        values={"held_on": ctx.today},
        options={"title": kinds},
        titles={"title": N_("Kind")},
    )
    ui.act(
        _(N_("Record the supervision")),
        "supervision",
        lambda ctx, op: supervision.record(ctx, op, typed.values(), who),
        N_("Recorded. Only staff open its notes."),
    )


def supervised() -> None:
    """Whose supervision is due, and what was held; for staff alone, not a young co-ordinator."""
    drawers.opens(_(N_("Record a supervision")), "supervision", supervise, kind="primary")
    for each in supervision.mentors(ctx):
        last = _(N_("last on {day}"), day=ui.day(each.last_on)) if each.last_on else _(N_("none yet"))
        with ui.card(each.mentor["name"], last, due_on=each.due_on):
            pass
    rows = records.view(ctx)
    for row in supervision.listed(ctx):
        title = ctx.programme.choice_words("supervisions", row["title"], ui.language())
        with ui.card(rows.name(Mentors, row["mentor"]), title, ui.day(row["held_on"])):
            if row["notes"]:
                drawers.opens_sealed(
                    _(N_("Open the notes")),
                    f"notes:{row.id}",
                    lambda row=row: supervision.notes(ctx, row.id),
                    notes,
                    heading=_(N_("Supervision notes")),
                )


def notes(said: str) -> None:
    """Sealed notes, opened and logged."""
    st.caption(_(N_("Noted in the log: you have read this.")))
    ui.text(said)


def everybody() -> None:
    """Each mentor's training."""
    for each in courses.trained(ctx):
        person(each.mentor, each.standing)


ui.title(
    _(N_("Training")), _(N_("Courses and their days, who came to what, and the certificate at the end."))
)
if wanted.least_dates > 1:
    st.caption(
        _(
            N_("The whole of it takes {dates} dates over {days} days at least."),
            dates=wanted.least_dates,
            days=wanted.least_days,
        )
    )
if is_staff:
    drawers.opens(_(N_("Plan a course")), "course", plan, kind="primary", icon=":material/add:")
else:
    found = courses.own(ctx)
    ui.lines(_(N_("Your training")), standing_words(found))
    if found.is_done:
        me = ctx.actor.mentor
        papers.word(_(N_("Certificate")), lambda language: pair_papers.certificate(ctx, me, language), me)
planned = courses.listed(ctx)
for row in planned:
    course(row)
if not planned:
    ui.empty(_(N_("No course is planned.")), _(N_("Plan it with those who will do it.")) if is_staff else "")
if is_staff:
    st.subheader(_(N_("Who is trained")), anchor=False)
    everybody()
if access.may(ctx, supervision.ACTION) and ctx.programme.choices("supervisions"):
    st.subheader(_(N_("Supervision")), anchor=False)
    supervised()
