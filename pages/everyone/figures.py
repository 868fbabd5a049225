"""The programme in figures: its pool, its time and its money, each with the rows behind it (X11)."""

from decimal import Decimal
from typing import Any

import streamlit as st

from pages import ui
from pages.everyone.parts import case_figures, pictures
from pages.programme.parts import charts
from pages.ui import _
from schemas.column import hours, text
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.words import N_
from services import access, statistics
from services.context import Context
from services.rules import periods
from services.rules.periods import Period
from services.statistics import By, GroupHours, MonthHours, PoolCount

QUARTERS_SHOWN = 8
GROUPS_DRAWN = 12
BY: dict[By, str] = {
    "status": N_("status"),
    "area": N_("area"),
    "skill": N_("skill"),
    "terms": N_("hosted or direct"),
}
SAID: dict[By, str] = {
    "status": N_("Mentors by where they stand, those who left too."),
    "area": N_("Mentors in the pool by area."),
    "skill": N_("Mentors in the pool by skill; a mentor may have several."),
    "terms": N_("Mentors in the pool, hosted or contracted directly, today."),
}
KINDS = {"approved": N_("approved"), "waiting": N_("waiting"), "unpaid": N_("unpaid")}
POOL = (text(N_("Mentors who are or have"), name="name"), text(N_("People"), name="words"))
TIME = (
    hours(N_("Approved hours"), name="approved"),
    hours(N_("Waiting for approval"), name="waiting"),
    hours(N_("Unpaid hours"), name="unpaid"),
)
MONTHS = (text(N_("Month"), name="month"), *TIME)
GROUPS = (text(N_("Group or activity"), name="name"), Mentees.area, *TIME)


def chosen_period(ctx: Context) -> Period | None:
    """The quarter in the address; everything where none is chosen."""
    quarters = {periods.code(each): each for each in periods.last_quarters(ctx.today, QUARTERS_SHOWN)}
    words = {code: ui.say(periods.name(each)) for code, each in quarters.items()}
    return quarters.get(ui.pick("period", words, label=_(N_("Period"))) or "")


def chosen_area(ctx: Context) -> str:
    """The area in the address; everywhere where none is chosen."""
    areas = {each: ui.cell_words(Mentors.area, each) for each in statistics.areas_at_work(ctx)}
    return ui.pick("area", areas, label=_(N_("Area"))) or ""


def value_words(by: By, value: str) -> str:
    """A counted value in the reader's language."""
    if not value:
        return _(N_("not said"))
    if by in {"area", "skill"}:
        return ctx.programme.choice_words(f"{by}s", value, ui.language())
    return ui.say(value)


def count_row(by: By, count: PoolCount) -> dict[str, Any]:
    """A count as picture and table show it."""
    words = str(count.people) if count.people is not None else _(N_("too few to show"))
    return {"name": value_words(by, count.value), "people": count.people, "words": words}


def show_pool(ctx: Context, area: str) -> None:
    """Who is in the pool, by one trait at a time."""
    st.subheader(_(N_("The pool")), anchor=False)
    offered = {
        each: _(words) for each, words in BY.items() if each != "terms" or "quarter" in ctx.programme.pages
    }
    chosen = ui.filters("by", offered, default="status")
    by: By = next(each for each in BY if each == (chosen or "status"))
    rows = [count_row(by, count) for count in statistics.pool_by(ctx, by, area)]
    if not rows:
        ui.empty(_(N_("No mentor is counted here.")), _(N_("Choose another area, or all.")))
        return
    said = _(SAID[by])
    pictures.lying_bars(rows, "name", {"people": _(N_("mentors"))}, _(N_("Mentors")), said)
    pictures.behind(rows, POOL, _(N_("The pool")), f"pool-by-{by}")


def month_row(month: MonthHours) -> dict[str, Any]:
    """A month as the table shows it."""
    return {**vars(month), "month": f"{month.first:%m/%Y}"}


def show_months(months: list[MonthHours]) -> None:
    """Hours month by month."""
    st.subheader(_(N_("Time by month")), anchor=False)
    if not months:
        ui.empty(_(N_("No time here.")), _(N_("Hours show once mentors have sent them.")))
        return
    kinds = {name: _(words) for name, words in KINDS.items()}
    charts.month_bars(months, kinds, _(N_("Hours month by month: approved, waiting for approval, unpaid.")))
    pictures.behind([month_row(each) for each in months], MONTHS, _(N_("Time by month")), "time-by-month")


def show_groups(found: list[GroupHours]) -> None:
    """Hours by group and programme activity, the most first."""
    st.subheader(_(N_("Time by group")), anchor=False)
    if not found:
        ui.empty(_(N_("No time here.")), _(N_("Choose another period or area, or all.")))
        return
    words = ctx.programme.choice_words
    rows = [{**vars(each), "name": words("activities", each.name, ui.language())} for each in found]
    drawn = rows[:GROUPS_DRAWN]
    said = _(
        N_("Hours by group and programme activity, the most first: {drawn} of {all}."),
        drawn=str(len(drawn)),
        all=str(len(rows)),
    )
    pictures.lying_bars(drawn, "name", {name: _(kind) for name, kind in KINDS.items()}, _(N_("Hours")), said)
    pictures.behind(rows, GROUPS, _(N_("Time by group")), "time-by-group")


def show_totals(months: list[MonthHours]) -> None:
    """The hours of the chosen period and area."""
    sums = {name: sum((getattr(each, name) for each in months), Decimal()) for name in KINDS}
    ui.figures([(ui.say(column.title), ui.hours(sums[column.name])) for column in TIME])


def show_time(period: Period | None, area: str) -> None:
    """Hours worked, where mentors send them in."""
    months = statistics.months_in(ctx, period, area)
    show_totals(months)
    show_months(months)
    show_groups(statistics.hours_by_group(ctx, period, area))


def show_money(period: Period | None, area: str) -> None:
    """Letters by quarter, where mentors are paid by letter."""
    st.subheader(_(N_("Money by quarter")), anchor=False)
    if area:
        st.caption(
            _(N_("Letters are to payees, so money is not split by area: this is the whole programme."))
        )
    money = statistics.money_by_quarter(ctx)
    pictures.money_by_quarter([each for each in money if period is None or each.quarter == period])


ctx = ui.visit("figures.see")
ui.title(_(N_("Figures")), _(N_("The pool, the time and the money. Each picture has the rows behind it.")))
with st.container(horizontal=True, vertical_alignment="bottom"):
    period, area = chosen_period(ctx), chosen_area(ctx)
parts = ctx.programme.pages
if "approvals" in parts:
    show_time(period, area)
if "cases" in parts and access.may(ctx, "cases.count"):
    case_figures.show(ctx, period, area)
show_pool(ctx, area)
if "quarter" in parts:
    show_money(period, area)
