"""Presence at the Jobcentre offices, week by week; a mentor notes a visit here, on a phone (D16; 2.22, 2.26)."""

from pages import ui
from pages.contract.parts import offices, which
from pages.ui import _
from schemas.words import N_
from services import access

ctx = ui.visit("visits.see")
if access.may(ctx, "team.see"):
    ui.title(_(N_("Offices")), _(N_("Every mentor at each of their offices, once a week at least.")))
    contract = which.contract(ctx)
    if contract is not None:
        offices.weeks(ctx, contract)
else:
    ui.title(_(N_("Offices")), _(N_("Note each visit to your Jobcentre offices: once a week at least.")))
    offices.own(ctx)
