"""What the buyer owes: parts due now, invoices, the cost register and the buyer's notices (D18, D19)."""

import streamlit as st

from pages import ui
from pages.contract.parts import dues, ledger, which
from pages.ui import _
from schemas.words import N_
from services import earnings
from services.rules.fees import Standing

ctx = ui.visit("bills.see")
ui.title(
    _(N_("Invoices to the buyer")),
    _(N_("Each part of the contract’s value, when it is due, on the right line of the purchase order.")),
)
contract = which.contract(ctx)
if contract is not None:
    account = earnings.account(ctx, contract)
    waiting = account.standing(Standing.DEFERRED)
    ui.figures(
        [
            (_(N_("To claim now")), ui.money(account.claimable)),
            (_(N_("Invoiced, not paid")), ui.money(account.issued)),
            (_(N_("Paid")), ui.money(account.paid)),
            (_(N_("Deferred")), ui.money(waiting), _(N_("It waits for a late PMI or for planned activity."))),
        ]
    )
    if lost := account.standing(Standing.FORFEITED):
        st.warning(
            _(
                N_("{pounds} are forfeited: what they waited for did not come before the end."),
                pounds=ui.money(lost),
            )
        )
    due, sent, costs, notices = st.tabs(
        [_(N_("Parts")), _(N_("Invoices")), _(N_("Cost register")), _(N_("The buyer’s notices"))]
    )
    with due:
        dues.show(ctx, contract, account)
    with sent:
        dues.invoices(ctx, contract)
    with costs:
        ledger.costs_of(ctx, contract)
    with notices:
        ledger.notices_of(ctx, contract)
