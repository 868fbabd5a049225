"""One case on one page: its journey, the one next thing to do, and everything behind it (D1 to D12)."""

import streamlit as st

from pages import ui
from pages.cases.parts import consent, ending, journey, outcomes, plan, referral, sessions, start
from pages.programme.parts import shown
from pages.ui import _
from schemas.cases import Cases
from schemas.words import N_
from services import cases

ctx = ui.visit("cases.see")
card = shown.loaded(lambda: cases.card(ctx, st.query_params.get("id", "")))
where = [card.case["number"] or "", ui.say(card.stage), _(N_("area {area}"), area=card.case["area"])]
where += [words for words in (card.case["office"] or "", card.mentor or _(N_("no mentor yet"))) if words]
# who wrote last a case that is nobody's may be who passed it on, and that is not said (D27)
updated = ui.last_update(card.case) if card.mentor else None
ui.title(card.mentee_name, f"{' · '.join(where)}.", updated=updated)
ui.link(_(N_("Back to the cases")), "cases")
journey.show(ctx, card)
came, interview, smart, met, steps, over, agreed = st.tabs(
    [
        _(N_("Referral")),
        _(N_("Start")),
        _(N_("Plan")),
        _(N_("Sessions")),
        _(N_("Outcomes")),
        _(N_("Ending")),
        _(N_("Consent")),
    ],
    # with state of its own the open tab stays open when a save draws the page anew
    key=f"case:{card.case.id}",
    on_change="rerun",
)
with came:
    referral.show(ctx, card)
with interview:
    start.show(ctx, card)
with smart:
    plan.show(ctx, card)
with met:
    sessions.show(ctx, card)
with steps:
    outcomes.show(ctx, card)
with over:
    ending.show(ctx, card)
with agreed:
    consent.show(ctx, card)
ui.row_history(Cases, card.case, without="cases.decline")
