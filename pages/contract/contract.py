"""A contract: who works where beside the numbers promised, how many they work with, and its papers (D16, D28)."""

from decimal import Decimal

import streamlit as st

from pages import ui
from pages.contract.parts import posts, which
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.column import Row
from schemas.contracts import Contracts
from schemas.words import N_, plain
from services import access, contracts, postings
from services.context import Context

FACTS = tuple(Contracts.columns[name] for name in (*which.FIELDS, "status"))


def figures(ctx: Context, contract: Row) -> None:
    """The value, and the full-time equivalents beside the least promised."""
    areas = postings.areas(ctx, contract, ctx.today)
    have = sum((each.fte for each in areas), Decimal(0))
    least, missing = sum(each.least for each in areas), sum((each.gap for each in areas), Decimal(0))
    ui.figures(
        [
            (_(N_("Value")), ui.money(contract["value_pounds"])),
            (_(N_("Full-time equivalents")), _(N_("{have} of {least}"), have=plain(have), least=str(least))),
            (_(N_("Missing")), plain(missing)),
            (_(N_("Ends")), ui.short(contract["ends_on"])),
        ]
    )


def papers(ctx: Context, contract: Row) -> None:
    """The contract's own facts, and their change by the manager."""
    shown.facts(contract, FACTS)
    if access.may(ctx, "contracts.edit"):
        with st.container(horizontal=True):
            drawers.edits(Contracts, (*which.FIELDS, "status"), contract, contracts.edit, N_("Saved."))
            drawers.opens(_(N_("Take up another contract")), "contract:more", lambda: which.add(ctx))
    ui.row_history(Contracts, contract)


ctx = ui.visit("contracts.see")
ui.title(_(N_("Contract")), _(N_("Who works where, beside what is promised; and the contract’s own facts.")))
contract = which.contract(ctx)
if contract is not None:
    figures(ctx, contract)
    is_staff = access.may(ctx, "postings.edit")
    names = [_(N_("Areas")), *([_(N_("People")), _(N_("Load"))] if is_staff else []), _(N_("Facts"))]
    tabs = st.tabs(names)
    with tabs[0]:
        posts.areas(ctx, contract)
    if is_staff:
        with tabs[1]:
            posts.people(ctx, contract)
        with tabs[2]:
            posts.loads(ctx, contract)
    with tabs[-1]:
        papers(ctx, contract)
