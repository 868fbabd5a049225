"""Whom a letter pays: details masked, changed by one person and confirmed by another (S18)."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages import ui
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import text
from schemas.money import Proposals
from schemas.organisations import Payees
from schemas.words import N_
from services import access, payees
from services.context import Context
from services.payees import Payee, Waiting

COLUMNS = (
    Payees.name,
    text(N_("Paid as"), name="paid_as"),
    text(N_("Sort code"), name="sort_code"),
    text(N_("Account number"), name="account_number"),
    text(N_("Details"), name="state"),
)
WIDTHS = {"name": 186, "paid_as": 115, "sort_code": 78, "account_number": 112, "state": 214}


def row_of(payee: Payee) -> dict[str, Any]:
    """A payee as the table shows it: dots and the last three characters of its numbers."""
    return {
        **payee.bank,
        "_id": payee.row.id if payee.row else payee.organisation or payee.mentor,
        "name": payee.name,
        "paid_as": _(N_("host")) if payee.organisation else _(N_("direct mentor")),
        "state": state_words(payee),
    }


def state_words(payee: Payee) -> str:
    """Whether a letter can say where to pay, and who acts next."""
    if payee.waiting is not None:
        return _(N_("waiting for the Programme Manager"))
    if payee.row is None:
        return _(N_("no details yet"))
    return _(N_("complete")) if payee.has_bank else _(N_("bank details to follow"))


def show_waiting(ctx: Context, each: Waiting) -> None:
    """Proposed details: who asked and when; what they say only in the drawer of who decides."""
    asked = _(N_("{who} proposed it on {day}"), who=each.proposed_by, day=each.row["proposed_on"])
    waits = _(N_("waiting for the Programme Manager"))
    with ui.card(each.name, asked, badge_words=waits, tone=ui.TODAY):
        if each.is_own:
            ui.text(_(N_("You proposed this yourself. Somebody else has to confirm it.")))
        elif access.may(ctx, "payees.confirm"):
            drawers.opens_sealed(
                _(N_("Show the proposed details")),
                f"proposal:{each.row.id}",
                lambda: payees.open_proposal(ctx, each.row),
                lambda details: decide(each, details),
                heading=_(N_("Proposed details")),
                kind="primary",
            )


def decide(each: Waiting, details: Mapping[str, str]) -> None:
    """The proposed details in plain text, then confirm or refuse; that they were opened is logged."""
    key = f"payee:{each.row.id}"
    ui.lines(each.name)
    for name, words in details.items():
        ui.text(f"{ui.say(Payees.columns[name].title)}: {words}")
    st.caption(_(N_("Ask the payee by a way you knew before: a telephone call, not a reply to the e-mail.")))
    ui.act(
        _(N_("Confirm the details")),
        f"{key}:yes",
        lambda ctx, op: payees.decide(ctx, op, each.row, confirm=True),
        N_("Confirmed. The next letters carry these details."),
    )
    filling = ui.form(Proposals, ("reason",), key, helps={"reason": N_("What is wrong with them")})
    ui.act(
        _(N_("Refuse them")),
        key,
        lambda ctx, op: payees.decide(
            ctx, op, each.row, confirm=False, reason=filling.values()["reason"] or ""
        ),
        N_("Refused. The details stay as they were."),
        kind="secondary",
    )


def show_one(ctx: Context, payee: Payee) -> None:
    """The chosen payee: details masked, and the way to change them."""
    address = payee.row["address"] if payee.row else ""
    vat = payee.row["vat_number"] if payee.row else ""
    vat_words = _(N_("VAT number {number}"), number=vat) if vat else ""
    with ui.card(payee.name, *(words for words in (address, vat_words, state_words(payee)) if words)):
        if not access.may(ctx, "payees.propose"):
            return
        if payee.organisation:
            drawers.opens(_(N_("Propose a change")), "change", lambda: change(payee), kind="primary")
        else:
            ui.text(_(N_("A mentor proposes their own details, on their page My details.")))
        if (row := payee.row) is not None and payee.has_bank:
            drawers.opens_sealed(
                _(N_("Show the bank details")),
                "open",
                lambda: payees.opened(ctx, row),
                lambda details: show_bank(payee, details),
            )
    if payee.row is not None:
        ui.row_history(Payees, payee.row)


def show_bank(payee: Payee, details: Mapping[str, str]) -> None:
    """The numbers to pay to, for finance; that they were opened is logged."""
    ui.lines(payee.name)
    for name, words in details.items():
        ui.text(f"{ui.say(Payees.columns[name].title)}: {words}")
    st.caption(_(N_("That you opened them is on record.")))


def change(payee: Payee) -> None:
    """New details of an organisation; blank fields stay as they are."""
    key = f"payee:change:{payee.organisation}"
    ui.lines(payee.name)
    st.caption(_(N_("Leave blank what stays as it is. The Programme Manager confirms the change.")))
    filling = ui.form(Payees, payees.DETAILS, key)
    ui.act(
        _(N_("Propose the change")),
        key,
        lambda ctx, op: payees.propose(ctx, op, payee, filling.texts()),
        N_("Proposed. It waits for the Programme Manager."),
    )


def show_list(ctx: Context, everyone: Sequence[Payee]) -> None:
    """Every payee, or those without bank details."""
    lacking = [each for each in everyone if not each.has_bank]
    with st.container(horizontal=True, vertical_alignment="center"):
        words = {"lacking": _(N_("without bank details"))}
        chosen_filter = ui.filters("details", words, {"lacking": len(lacking)})
        typed = ui.search("payees", _(N_("Payee")))
        ui.list_tools("payees")
    listed = {row_of(payee)["_id"]: payee for payee in (lacking if chosen_filter else everyone)}
    rows = ui.found([row_of(payee) for payee in listed.values()], typed, COLUMNS)
    if not rows:
        ui.empty(_(N_("No payee fits.")), _(N_("Take the filter away, or search for less.")))
        return
    hint = _(N_("Tick a payee to see more, or to change the details."))
    chosen = ui.table(rows, COLUMNS, "payees", select="one", alt=_(N_("Payees")), widths=WIDTHS, hint=hint)
    for id_ in chosen:
        show_one(ctx, listed[id_])


ctx = ui.visit("payees.see")
ui.title(
    _(N_("Payees")),
    _(N_("Whom the letters pay. One person proposes new details, another confirms them.")),
)
for each in payees.waiting(ctx):
    show_waiting(ctx, each)
everyone = [*payees.all_payees(ctx), *payees.without_row(ctx)]
if everyone:
    show_list(ctx, everyone)
else:
    ui.empty(_(N_("No payee yet.")), _(N_("Hosts and direct mentors show here once they are in the pool.")))
