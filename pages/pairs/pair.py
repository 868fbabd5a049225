"""One pair on one page: first meeting, agreement, meetings, ending (P3, P5, W2, W3, W8)."""

import streamlit as st

from pages import ui
from pages.pairs.parts import papers, sheet
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.assignments import Assignments
from schemas.words import N_
from services import courses, pair_papers, pairs, sheets
from services.pairs import Stage

ctx = ui.visit("pairs.see")
found = shown.loaded(lambda: pairs.get(ctx, st.query_params.get("id", "")))
row, terms = found.row, courses.terms(ctx.programme)
FACTS = (
    "matched_how",
    "matched_why",
    "first_met_on",
    "chaired_by",
    "starts_on",
    "ends_on",
    "ending",
    "ending_why",
)
AGREED = ("agreement_on", "purpose", "goals", "expectations")
MEDIATED = ("mediated_on", "mediation")
MEETING = ("first_met_on", *(("chaired_by",) if terms.is_chaired else ()), *terms.asks)
KEY = f"{row.id}:{row['_change']}"


def first_meeting() -> None:
    """When they met, who chaired it, and what each said, asked alone."""
    st.caption(
        _(N_("Ask each alone. Where one says no, the request waits again, and nobody has to say why."))
    )
    said = {name: row[name] for name in MEETING if row[name] is not None}
    first = {"first_met_on": ctx.today, "chaired_by": ctx.actor.name, **said}
    typed = ui.form(Assignments, MEETING, f"met:{KEY}", values=first)
    ui.act(
        _(N_("Record the first meeting")),
        f"met:{KEY}",
        lambda ctx, op: pairs.first_meeting(ctx, op, row, typed.values()),
        N_("Recorded."),
    )


def agree() -> None:
    """What the two agreed, in their words."""
    first = {**row, "agreement_on": row["agreement_on"] or ctx.today}
    typed = ui.form(Assignments, AGREED, f"agree:{KEY}", values=first)
    ui.act(
        _(N_("Record the agreement")),
        f"agree:{KEY}",
        lambda ctx, op: pairs.agree(ctx, op, row, typed.values()),
        N_("Recorded. Print it for both to sign."),
    )


def mediate() -> None:
    """Somebody sat down with the two."""
    typed = ui.form(Assignments, MEDIATED, f"mediate:{KEY}", values={"mediated_on": ctx.today})
    ui.act(
        _(N_("Record the mediation")),
        f"mediate:{KEY}",
        lambda ctx, op: pairs.mediate(ctx, op, row, typed.values()),
        N_("Recorded."),
    )


def end() -> None:
    """How it ended; where somebody was unhappy, what came of mediation, or that they did not want it."""
    first = {**row, "ends_on": ctx.today}
    typed = ui.form(Assignments, pairs.ending_fields(ctx), f"end:{KEY}", values=first)
    ui.act(
        _(N_("End the pair")),
        f"end:{KEY}",
        lambda ctx, op: pairs.end(ctx, op, row, typed.changes(row)),
        N_("Ended."),
    )


def next_step() -> None:
    """The one thing to do next."""
    if found.stage is Stage.TO_MEET:
        drawers.opens(_(N_("First meeting")), "met", first_meeting, kind="primary")
    elif found.stage is Stage.TO_AGREE:
        with st.container(horizontal=True):
            drawers.opens(_(N_("Agreement")), "agree", agree, kind="primary")
            # one of them may have thought again, or the mentor have left
            drawers.opens(_(N_("First meeting")), "met", first_meeting)
    elif found.stage is Stage.RUNNING:
        with st.container(horizontal=True):
            if terms.has_agreement:
                drawers.opens(_(N_("Agree anew")), "agree", agree)
            if terms.has_mediation:
                drawers.opens(_(N_("Mediation")), "mediate", mediate)
            drawers.opens(_(N_("End the pair")), "end", end)


ui.title(f"{found.mentor} – {found.mentee}", f"{ui.say(found.stage)}.", updated=ui.last_update(row))
ui.link(_(N_("Back to the pairs")), "pairs")
next_step()
shown.facts(row, [Assignments.columns[name] for name in FACTS])
if terms.has_agreement and row["agreement_on"]:
    st.subheader(_(N_("Agreement")), anchor=False)
    shown.facts(row, [Assignments.columns[name] for name in AGREED])
    papers.word(_(N_("Agreement")), lambda language: pair_papers.agreement(ctx, row.id, language), row.id)
if row["mediation"]:
    st.subheader(_(N_("Mediation")), anchor=False)
    shown.facts(row, [Assignments.columns[name] for name in MEDIATED])
st.subheader(_(N_("Meetings")), anchor=False)
if not terms.staff_read:
    st.caption(_(N_("What is said stays between the two. Here stands that they met.")))
met = sheets.listed(ctx, row.id)
for each in met:
    sheet.card(ctx, each)
if not met:
    ui.empty(_(N_("They have not written down a meeting yet.")))
ui.row_history(Assignments, row)
