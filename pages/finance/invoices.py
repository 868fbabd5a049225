"""The quarter: who has not sent, what is payable, what is held and by what; preview, then issue (S11, S12)."""

from decimal import Decimal

import streamlit as st

from pages import ui
from pages.finance.parts import quarter
from pages.programme.parts import shown
from pages.ui import _
from schemas.errors import OurError
from schemas.words import N_
from services import access, invoices, runs
from services.context import Context
from services.rules import periods
from services.rules.periods import Period
from services.runs import Preview

QUARTERS_SHOWN = 8


def chosen_period(ctx: Context) -> Period:
    """The quarter in the address, or the last whole one; a shorter period can be typed."""
    quarters = periods.last_quarters(ctx.today, QUARTERS_SHOWN)
    options = {periods.code(each): ui.say(periods.name(each)) for each in quarters}
    last = periods.code(quarters[1])
    given = st.query_params.get("period", last)
    if given not in options:
        options[given] = ui.say(periods.name(shown.loaded(lambda: periods.from_code(given))))
    code = ui.pick("period", options, label=_(N_("Period")), default=last)
    return periods.from_code(code or last)


def shorter_period(ctx: Context) -> None:
    """Any shorter stretch can be run (S12)."""
    with st.popover(_(N_("Another period"))):
        first = st.date_input(_(N_("First day")), value=ctx.today.replace(day=1), format="DD/MM/YYYY")
        last = st.date_input(_(N_("Last day")), value=ctx.today, format="DD/MM/YYYY")
        if st.button(_(N_("Show this period"))):
            try:
                ui.go("invoices", period=periods.code(periods.between(first, last)))
            except OurError as error:
                ui.show_error(error)


def show_issue(seen: Preview) -> None:
    """One run makes every letter of the period, or none."""
    pounds: Decimal = seen.pounds
    lines = [line.id for letter in seen.letters for line in letter.lines]
    ui.act(
        _(
            N_("Issue {count} letter, {pounds}"),
            N_("Issue {count} letters, {pounds}"),
            len(seen.letters),
            pounds=ui.money(pounds),
        ),
        f"issue:{periods.code(seen.period)}",
        lambda ctx, op: invoices.issue(ctx, op, seen.period, pounds, lines),
        N_("Issued. The letters are below and in the register."),
        disabled=not seen.letters,
        icon=":material/outgoing_mail:",
    )


ctx = ui.visit("invoices.see")
ui.title(
    _(N_("The quarter")),
    _(N_("What can be paid, what is held back and who can clear it. One run makes all letters, or none.")),
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    period = chosen_period(ctx)
    shorter_period(ctx)
    ui.list_tools("invoices")
seen = runs.preview(ctx, period)
quarter.show_figures(seen)
quarter.show_missing(seen)
quarter.show_letters(seen)
if access.may(ctx, "invoices.issue"):
    show_issue(seen)
quarter.show_held(seen)
quarter.show_issued(ctx, period)
