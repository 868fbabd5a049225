"""My details: how I am engaged, my insurance, and whom letters pay, shown masked (S2, S18, S19, RM19, RM20)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import Row
from schemas.mentors import Checks, Engagements
from schemas.organisations import Payees
from schemas.words import N_, Message
from services import checks, own_terms, payees
from services.cover import CoverState
from services.own_terms import Engaged

ctx = ui.visit("payees.own")
POLICY = ("issuer", "reference", "from_on", "to_on")
TONES = {CoverState.VALID: ui.DONE, CoverState.DUE: ui.TODAY}


def terms(engaged: Engaged | None) -> None:
    """Hosted or direct, and the contract accepted."""
    st.subheader(_(N_("How you are engaged")), anchor=False)
    if engaged is None:
        ui.empty(
            _(N_("It is not recorded yet whether you are hosted or engaged directly.")),
            _(N_("Ask the Programme Manager: no letter can be made before it is.")),
        )
        return
    words = _(N_("Hosted by {host}"), host=engaged.host) if engaged.is_hosted else _(N_("Engaged directly"))
    row = engaged.row
    versions = (
        _(N_("Contract {version}"), version=row["contract_version"]) if row["contract_version"] else "",
        _(N_("Annex {version}"), version=row["annex_version"]) if row["annex_version"] else "",
        _(N_("Accepted on {day}"), day=row["accepted_on"])
        if row["accepted_on"]
        else _(N_("No contract version is recorded as accepted.")),
    )
    with ui.card(words, " · ".join(words for words in versions if words)):
        pass
    earlier = own_terms.earlier_engagements(ctx)
    if len(earlier) > 1:
        with st.expander(_(N_("Earlier and later terms"))):
            ui.print_view(
                earlier, (Engagements.from_on, Engagements.terms, Engagements.host, Engagements.annex_version)
            )


def insurance() -> None:
    """How cover stands, the policies it comes from, and a place to add one."""
    cover = own_terms.insured(ctx)
    st.subheader(_(N_("Public liability insurance")), anchor=False)
    with ui.card(
        ui.say(cover.standing.words),
        badge_words=ui.say(cover.standing.state),
        tone=TONES.get(cover.standing.state, ui.LATE),
    ):
        pass
    for row in cover.policies:
        policy(row)
    with st.expander(_(N_("Add a policy")), expanded=not cover.standing.holds):
        typed = ui.form(Checks, POLICY, "policy", keep=True)
        ui.act(
            _(N_("Add the policy")),
            "policy",
            lambda ctx, op: checks.record(ctx, op, typed.values()),
            Message(N_("Added. Show your Facilitator a copy of it.")),
            kind="secondary",
        )


def policy(row: Row) -> None:
    """One policy: whose, until when, and whether somebody has seen the copy."""
    holder = ui.cell_words(Checks.organisation, row["organisation"]) or _(N_("Your own policy"))
    seen = (
        _(N_("Copy seen on {day}"), day=row["seen_on"])
        if row["seen_on"]
        else _(N_("Nobody has seen a copy yet: show it to your Facilitator."))
    )
    until = _(N_("until {day}"), day=row["to_on"])
    ui.lines(holder, " · ".join(part for part in (row["issuer"], row["reference"], until) if part), seen)


def payment(engaged: Engaged | None) -> None:
    """Whom letters pay: the host of a hosted mentor, else the mentor, whose details show masked."""
    st.subheader(_(N_("Payment details")), anchor=False)
    if engaged is not None and engaged.is_hosted:
        ui.empty(
            _(N_("Your host, {host}, is paid for your work."), host=engaged.host),
            _(N_("The host keeps its own payment details with Finance. You need give none.")),
        )
        return
    party = payees.own(ctx)
    if party.waiting is not None:
        waiting = N_("A change you proposed on {day} waits for the Programme Manager to confirm it.")
        st.info(ui.safe(_(waiting, day=party.waiting["proposed_on"])), icon=":material/hourglass_top:")
    if party.row is None:
        ui.empty(
            _(N_("There are no payment details yet.")),
            _(N_("Give them below: your letters say where to pay.")),
        )
    else:
        current(party)
    with st.expander(
        _(N_("Change my payment details")), expanded=party.row is None and party.waiting is None
    ):
        change(party)


def current(party: payees.Payee) -> None:
    """The confirmed details, the bank's masked."""
    row = party.row or {}
    facts = [(Payees.columns[name].title, party.bank.get(name, "")) for name in payees.BANK]
    facts += [(Payees.vat_number.title, row.get("vat_number") or "")]
    with st.container(border=True):
        ui.lines(row.get("name") or "", row.get("address") or "", row.get("email") or "")
        for title, text in facts:
            ui.text(f"{ui.say(title)}: {text or _(N_('none'))}")


def change(party: payees.Payee) -> None:
    """Propose other details; somebody else confirms them before any letter is paid to them."""
    st.caption(_(N_("Somebody else confirms a change before it counts. Leave blank what stays.")))
    typed = ui.form(Payees, payees.DETAILS, "payee")
    ui.act(
        _(N_("Propose this change")),
        "payee",
        lambda ctx, op: payees.propose(ctx, op, party, typed.texts()),
        Message(N_("Proposed. The Programme Manager confirms it.")),
        kind="secondary",
    )


ui.title(_(N_("My details")), _(N_("How you are engaged, your insurance, and where payment goes.")))
mine = own_terms.engaged(ctx)
terms(mine)
insurance()
payment(mine)
