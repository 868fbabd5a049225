"""A mentor's own pairs, for the phone: the next meeting, the sheet, the diary, what is still to do (W3, W4, W7, X13)."""

import streamlit as st

from pages import ui
from pages.pairs.parts import papers, sheet
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.column import Row
from schemas.mentees import Mentees, Referrals
from schemas.mentors import Mentors
from schemas.peers import Diaries
from schemas.words import N_
from services import (
    courses,
    diaries,
    pair_papers,
    pair_requests,
    pairs,
    policies,
    records,
    sheets,
    willing,
)
from services.pairs import Pair, Stage

ctx = ui.visit("pairs.own")
terms = courses.terms(ctx.programme)
FORM = tuple(Referrals.columns[name] for name in ("seeks", "wants"))


def pair_card(pair: Pair) -> None:
    """One pair: when you meet next, and the buttons."""
    with st.container(border=True, key=f"mine:{pair.row.id}"):
        following = _(N_("Next: {day}"), day=ui.short(pair.next_on)) if pair.next_on else ""
        ui.lines(pair.mentee, following or ui.say(pair.stage))
        with st.container(horizontal=True):
            if pair.stage is Stage.RUNNING:
                drawers.opens(
                    _(N_("Write down a meeting")),
                    f"write:{pair.row.id}",
                    lambda: sheet.write(ctx, pair.row.id),
                    kind="primary",
                )
            drawers.opens(_(N_("Look")), f"look:{pair.row.id}", lambda: look(pair), heading=pair.mentee)


def look(pair: Pair) -> None:
    """What you agreed, what they look for, and every meeting."""
    row = pair.row
    mentee = records.view(ctx).find(Mentees, row["mentee"])
    if mentee and mentee["worker"]:
        st.caption(ui.safe(_(N_("Their worker: {name}"), name=mentee["worker"])))
    if row["first_met_on"] and (form := pair_requests.form_for(ctx, row.id)):
        shown.facts(form, FORM)
    if terms.has_agreement and row["agreement_on"]:
        papers.word(_(N_("Agreement")), lambda language: pair_papers.agreement(ctx, row.id, language), row.id)
    if terms.is_signed and pair.stage is Stage.RUNNING:
        with st.expander(_(N_("A sheet to fill in by hand"))):
            name = f"blank-{row.id}"
            papers.word(_(N_("Sheet")), lambda language: pair_papers.blank_sheet(ctx, row.id, language), name)
    for each in sheets.listed(ctx, row.id):
        with st.expander(ui.day(each["held_on"])):
            sheet.one(ctx, each)


def acknowledge() -> None:
    """The policies still to acknowledge, one tap each (W7)."""
    unread = policies.own_unread(ctx)
    for policy in unread:
        said = ctx.programme.choice_words("policies", policy, ui.language())
        with ui.card(said, badge_words=_(N_("to acknowledge")), tone=ui.TODAY):
            ui.act(
                _(N_("I have read it and keep to it")),
                f"policy:{policy}",
                lambda ctx, op, policy=policy: policies.acknowledge(ctx, op, policy),
                N_("Thank you. It is noted with today’s date."),
            )


def diary() -> None:
    """One's own diary: nobody else opens it (W4)."""
    st.caption(_(N_("Only you can open what you write here, whatever anybody else’s role.")))
    key = "diary:new"
    typed = ui.form(Diaries, diaries.FIELDS, key, values={"written_on": ctx.today})
    ui.act(_(N_("Keep it")), key, lambda ctx, op: diaries.write(ctx, op, typed.values()), N_("Kept."))
    for row in diaries.listed(ctx):
        entry(row)


def entry(row: Row) -> None:
    """One entry, opened by a tap."""
    if st.button(ui.day(row["written_on"]), key=f"diary:{row.id}", icon=":material/lock_open:"):
        ui.text(shown.loaded(lambda: diaries.opened(ctx, row.id)))


def offer() -> None:
    """What one offers, in one's own words (W1)."""
    row = willing.own(ctx)
    key = f"offer:{row['_change']}"
    typed = ui.form(Mentors, willing.OFFER, key, values=row)
    ui.act(_(N_("Save")), key, lambda ctx, op: willing.offer(ctx, op, row, typed.changes(row)), N_("Saved."))


def help_at_hand() -> None:
    """Guidance, one's worker, and where support comes from (P6, W13)."""
    row = willing.own(ctx)
    if row["worker"]:
        ui.lines(_(N_("Your worker: {name}"), name=row["worker"]))
    for each in (*terms.guidance, terms.support, terms.scope):
        ui.text(each.said(ui.language()))


ui.title(_(N_("My pairs")), _(N_("When you meet next, and what waits.")))
acknowledge()
mine = [each for each in pairs.listed(ctx) if each.stage is not Stage.NOT_GOING_ON]
for each in sorted(mine, key=lambda each: (each.next_on is None, str(each.next_on))):
    pair_card(each)
if not mine:
    ui.empty(_(N_("You are in no pair yet.")), _(N_("It shows here once you are matched.")))
with st.container(horizontal=True):
    if diaries.is_kept(ctx):
        drawers.opens(_(N_("My diary")), "diary", diary, icon=":material/book:")
    drawers.opens(_(N_("What I offer")), "offer", offer)
    drawers.opens(_(N_("Help at hand")), "help", help_at_hand)
