"""Which contract and which month a return is about; both kept in the address."""

from collections.abc import Sequence

import streamlit as st

from pages import ui
from pages.contract.parts import which
from pages.ui import _
from schemas.column import Row
from schemas.words import N_
from services import returns
from services.context import Context
from services.rules import periods
from services.rules.periods import Period

EVERYWHERE = "all"
MONTHS_SHOWN = 30


def contract_and_month(ctx: Context, *, everywhere: bool = False) -> tuple[Row | None, Period] | None:
    """What was chosen: a contract, or none where all areas are wanted together; nothing where there is no contract."""
    found = returns.of_contracts(ctx)
    if not found and not everywhere:
        which.none(ctx)
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        contract = _contract(found, everywhere=everywhere)
        month = chosen_month(ctx)
    return contract, month


def _contract(found: Sequence[Row], *, everywhere: bool) -> Row | None:
    names = {row.id: str(row["name"]) for row in found}
    if everywhere:
        names[EVERYWHERE] = _(N_("All areas"))
    if len(names) == 1:
        return found[0] if found else None
    chosen = ui.pick("contract", names, label=_(N_("Contract")), default=next(iter(names)))
    return next((row for row in found if row.id == chosen), None)


def chosen_contract(found: Sequence[Row]) -> Row:
    """One contract of those there are."""
    names = {row.id: str(row["name"]) for row in found}
    if len(names) == 1:
        return found[0]
    chosen = ui.pick("contract", names, label=_(N_("Contract")), default=found[0].id)
    return next((row for row in found if row.id == chosen), found[0])


def chosen_month(ctx: Context) -> Period:
    """The month in the address; the last whole one where none is chosen."""
    months = [periods.month_of(ctx.today)]
    while len(months) < MONTHS_SHOWN:
        months.append(periods.previous(months[-1]))
    words = {f"{each.first:%Y-%m}": ui.say(returns.month_name(each)) for each in months}
    code = ui.pick("month", words, label=_(N_("Month")), default=list(words)[1])
    return months[list(words).index(code or list(words)[1])]
