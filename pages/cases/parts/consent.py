"""Consent: what was explained, what was read and agreed, withdrawn, and given again (D3)."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from pages import ui
from pages.cases.parts import referral
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.cases import Cases
from schemas.column import Row
from schemas.mentees import Mentees
from schemas.words import N_
from schemas.work import Sessions
from services import meetings, referrals, support
from services.cases import Card
from services.context import Context
from services.support import Supported

FACTS = (
    "is_customer",
    "customer_from",
    "statement_read",
    "consent_on",
    "consent_withdrawn_on",
    "wants_welsh",
)
Verb = Callable[[Context, str, str, date], object]


def show(ctx: Context, card: Card) -> None:
    """What they were told and agreed to."""
    shown.facts(card.case, [Cases.columns[name] for name in referrals.TOLD])
    shown.facts(card.mentee, [Mentees.columns[name] for name in FACTS])
    if card.mentee["is_customer"]:
        st.caption(
            _(N_("A customer of the department: the record rests on its official work, not on consent."))
        )
        return
    with st.container(horizontal=True):
        drawers.opens(_(N_("Record consent")), f"give:{card.mentee.id}", lambda: give(ctx, card.mentee))
        if card.mentee["consent_on"]:
            drawers.opens(
                _(N_("Consent withdrawn")),
                f"withdraw:{card.mentee.id}",
                lambda: withdraw(ctx, card.mentee.id),
            )
        drawers.opens(
            _(N_("They are a customer now")),
            f"customer:{card.mentee.id}",
            lambda: customer(ctx, card.mentee.id),
        )


def give(ctx: Context, mentee: Row) -> None:
    """Read the statement, then record their yes."""
    referral.statement(ctx, mentee)
    _give(ctx, mentee.id)


def _give(ctx: Context, mentee: str) -> None:
    key = f"give:{mentee}"
    filling = ui.form(Mentees, ("statement_read", "consent_on"), key, values={"consent_on": ctx.today})

    def save(ctx: Context, op: str) -> object:
        typed = filling.values()
        is_read = typed["statement_read"] is True
        return support.give(ctx, op, mentee, typed["consent_on"] or ctx.today, is_read=is_read)

    ui.act(_(N_("Record consent")), key, save, N_("Recorded."))


def withdraw(ctx: Context, mentee: str) -> None:
    """From that day on the record is kept and used nowhere; support goes on."""
    st.caption(
        _(
            N_(
                "The record is kept and used nowhere: in no list, export or figure. Support goes on: you find their name and the next appointment under the list of cases."
            )
        )
    )
    _dated(ctx, "consent_withdrawn_on", mentee, support.withdraw, _(N_("Record the withdrawal")))


def customer(ctx: Context, mentee: str) -> None:
    """From that day on the record rests on the department's official work (2.28)."""
    st.caption(_(N_("From then on the department uses their record as part of its official work.")))
    _dated(ctx, "customer_from", mentee, support.become_customer, _(N_("Record it")))


def _dated(ctx: Context, name: str, mentee: str, verb: Verb, label: str) -> None:
    key = f"{name}:{mentee}"
    filling = ui.form(Mentees, (name,), key, values={name: ctx.today})
    ui.act(
        label,
        key,
        lambda ctx, op: verb(ctx, op, mentee, filling.values()[name] or ctx.today),
        N_("Recorded."),
    )


# --- those without records ------------------------------------------------------------------------


def show_supported(ctx: Context) -> None:
    """Whose support goes on without records: the name and the next appointment, and no more (RM52)."""
    found = support.supported(ctx)
    if not found:
        return
    st.subheader(_(N_("Supported without records")), anchor=False)
    st.caption(_(N_("They withdrew their consent. Their records are kept and used nowhere.")))
    for each in found:
        with ui.card(each.name, _next(ctx, each)), st.container(horizontal=True):
            drawers.opens(
                _(N_("Next appointment")), f"appoint:{each.mentee}", lambda each=each: _appoint(ctx, each)
            )
            drawers.opens(
                _(N_("Consent given again")),
                f"again:{each.mentee}",
                lambda each=each: _give(ctx, each.mentee),
            )
            drawers.opens(
                _(N_("They are a customer now")),
                f"now:{each.mentee}",
                lambda each=each: customer(ctx, each.mentee),
            )


def _next(ctx: Context, each: Supported) -> str:
    if each.next_on is None:
        return _(N_("No appointment yet"))
    at = f"{each.next_at:%H:%M}" if each.next_at else ""
    place = ctx.programme.choice_words("places", each.place, ctx.language) if each.place else ""
    return " · ".join(words for words in (ui.short(each.next_on), at, place) if words)


def _appoint(ctx: Context, each: Supported) -> None:
    key = f"appoint:{each.mentee}"
    filling = ui.form(Sessions, ("held_on", "starts_at", "place"), key, options={"place": _places(ctx)})
    ui.act(
        _(N_("Note the appointment")),
        key,
        lambda ctx, op: support.appoint(ctx, op, each.mentee, filling.values()),
        N_("Noted."),
    )


def _places(ctx: Context) -> dict[str, str]:
    return {
        place: ctx.programme.choice_words("places", place, ctx.language) for place in meetings.places(ctx)
    }
