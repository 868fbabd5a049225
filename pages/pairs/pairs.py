"""Requests that wait, and the pairs by where they stand (P3, W1, W2)."""

from datetime import timedelta

import streamlit as st

from pages import ui
from pages.pairs.parts import ask, request
from pages.programme.parts import drawers
from pages.ui import _
from schemas.assignments import Assignments
from schemas.words import N_
from services import courses, pair_requests, pairs
from services.pairs import Pair, Stage

ctx = ui.visit("pairs.see")
TONES = {Stage.TO_MEET: ui.TODAY, Stage.TO_AGREE: ui.TODAY, Stage.RUNNING: ui.DONE}
MONTH = timedelta(days=30)


def card(pair: Pair) -> None:
    """One pair: who, how they came together, when they met."""
    how = ui.cell_words(Assignments.columns["matched_how"], pair.row["matched_how"])
    with ui.card(
        f"{pair.mentor} – {pair.mentee}",
        how,
        met(pair),
        badge_words=ui.say(pair.stage),
        tone=TONES.get(pair.stage, ui.LATER),
    ):
        ui.button_to(_(N_("Open")), "pair", f"pair:{pair.row.id}", id=pair.row.id)


def met(pair: Pair) -> str:
    """How often they met, and when last; that is all that some programmes show."""
    if pair.last_on is None:
        return ""
    words = _(N_("met {count} time"), N_("met {count} times"), pair.meetings)
    return f"{words}, {_(N_('last on {day}'), day=ui.day(pair.last_on))}"


waiting = [each for each in pair_requests.listed(ctx) if each.is_open]
everything = pairs.listed(ctx)
STAGES = [each for each in Stage if each is not Stage.TO_AGREE or courses.terms(ctx.programme).has_agreement]
running = [each for each in everything if each.stage is Stage.RUNNING]
ui.title(_(N_("Pairs")), _(N_("Who looks for somebody, and the pairs from their first meeting to the end.")))
ui.figures(
    [
        (_(N_("Waiting")), str(len(waiting))),
        (_(N_("Running")), str(len(running))),
        (
            _(N_("Met in 30 days")),
            str(sum(each.last_on is not None and each.last_on >= ctx.today - MONTH for each in running)),
        ),
    ]
)
with st.container(horizontal=True):
    drawers.opens(
        _(N_("Take down a request")), "ask", lambda: ask.request(ctx), kind="primary", icon=":material/add:"
    )
    drawers.opens(_(N_("Record a pair that found itself")), "natural", lambda: ask.natural(ctx))
with st.expander(_(N_("Guidance for both sides"))):
    for words in (*courses.terms(ctx.programme).guidance, courses.terms(ctx.programme).support):
        ui.text(words.said(ui.language()))
counts = {"waiting": len(waiting)} | {
    each.value: sum(pair.stage is each for pair in everything) for each in STAGES
}
stage = ui.filters(
    "stage", {"waiting": _(N_("waiting"))} | {each.value: ui.say(each) for each in STAGES}, counts
)
if stage in (None, "waiting"):
    wanted = st.query_params.get("id")
    for each in sorted(waiting, key=lambda each: each.row.id != wanted):
        request.card(ctx, each)
kept = [pair for pair in everything if stage in (None, pair.stage.value)]
for pair in kept:
    card(pair)
if not kept and not (waiting and stage in (None, "waiting")):
    ui.empty(_(N_("Nothing here.")), _(N_("Take down a request, or choose another filter.")))
