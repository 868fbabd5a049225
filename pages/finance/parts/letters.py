"""What is done with issued letters: paid, confirmed, voided; and each one to read (S12)."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from pages import ui
from pages.mentor.parts.papers import paper_files
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import Row
from schemas.money import InvoiceLines, Invoices
from schemas.words import N_
from services import access, credits, invoices, letters
from services.context import Context
from services.ledger import Entry, Voiding

LINES = (
    InvoiceLines.mentor_name,
    InvoiceLines.work,
    InvoiceLines.hours,
    InvoiceLines.day_rate_pounds,
    InvoiceLines.amount_pounds,
)


def deeds(ctx: Context, chosen: Sequence[Entry]) -> None:
    """The buttons for the chosen letters, for finance; only open letters are paid, confirmed or voided."""
    open_ = [entry for entry in chosen if entry.is_open]
    if not open_ or not access.may(ctx, "invoices.pay"):
        return
    rows = [entry.row for entry in open_]
    pounds = ui.money(sum((row["total_pounds"] for row in rows), Decimal("0.00")))
    label = _(
        N_("Mark {count} letter paid, {pounds}"),
        N_("Mark {count} letters paid, {pounds}"),
        len(rows),
        pounds=pounds,
    )
    with st.container(horizontal=True):
        drawers.opens(label, "pay", lambda: _pay(ctx, rows), kind="primary")
        if len(open_) == 1:
            drawers.opens(_(N_("The payee confirmed it")), "confirm", lambda: _confirm(ctx, rows[0]))
            if not open_[0].is_being_voided:
                drawers.opens(_(N_("Propose to void it")), "void", lambda: _void(rows[0]))


def _key(verb: str, rows: Sequence[Row]) -> str:
    return f"{verb}:{ui.fingerprint(rows)}"


def _pay(ctx: Context, rows: Sequence[Row]) -> None:
    key = _key("pay", rows)
    for row in rows:
        ui.lines(f"{row['number']} · {ui.money(row['total_pounds'])}", row["payee_name"])
    filling = ui.form(Invoices, ("paid_on",), key, values={"paid_on": ctx.today})
    ui.act(
        _(N_("Mark paid")),
        key,
        lambda ctx, op: invoices.pay_letters(ctx, op, rows, filling.values()["paid_on"] or ctx.today),
        N_("Paid. These letters and their hours are closed now."),
    )


def _confirm(ctx: Context, row: Row) -> None:
    key = f"confirm:{row.id}:{row['_change']}"
    ui.lines(f"{row['number']} · {ui.money(row['total_pounds'])}", row["payee_name"])
    st.caption(_(N_("We prepare the letter for the payee, who agrees that it is theirs.")))
    filling = ui.form(Invoices, ("confirmed_on",), key, values={"confirmed_on": ctx.today})
    ui.act(
        _(N_("Record it")),
        key,
        lambda ctx, op: invoices.confirm(ctx, op, row, filling.values()["confirmed_on"] or ctx.today),
        N_("Recorded."),
    )


def _void(row: Row) -> None:
    key = f"void:{row.id}:{row['_change']}"
    ui.lines(f"{row['number']} · {ui.money(row['total_pounds'])}", row["payee_name"])
    st.caption(
        _(
            N_(
                "The Programme Manager confirms it. Then a credit note is made, both papers are kept, "
                "and the hours go on the next letter."
            )
        )
    )
    filling = ui.form(Invoices, ("reason",), key, helps={"reason": N_("Why the letter is wrong")})
    ui.act(
        _(N_("Propose to void it")),
        key,
        lambda ctx, op: credits.propose(ctx, op, row, filling.values()["reason"] or ""),
        N_("Proposed. It waits for the Programme Manager."),
    )


def show_voiding(ctx: Context, voiding: Voiding) -> None:
    """A letter that finance wants to void, with the Programme Manager's two answers."""
    letter, proposal = voiding.letter, voiding.proposal
    heading = f"{_(N_('Void {number}'), number=letter['number'])} · {ui.money(letter['total_pounds'])}"
    asked = _(N_("{who} asked on {day}"), who=voiding.proposed_by, day=proposal["proposed_on"])
    waits = _(N_("waiting for the Programme Manager"))
    with ui.card(
        heading, letter["payee_name"], asked, proposal["reason"] or "", badge_words=waits, tone=ui.TODAY
    ):
        if not access.may(ctx, "invoices.confirm_void"):
            return
        if voiding.is_own:
            ui.text(_(N_("You proposed this yourself. Somebody else has to confirm it.")))
            return
        with st.container(horizontal=True):
            _decide(proposal)


def _decide(proposal: Row) -> None:
    ui.act(
        _(N_("Credit it")),
        f"void:yes:{proposal.id}",
        lambda ctx, op: credits.decide(ctx, op, proposal, confirm=True),
        N_("The credit note is made; the hours are free for the next letter."),
        ask=_(N_("The letter is credited for good. Both papers are kept.")),
    )
    ui.act(
        _(N_("Keep the letter")),
        f"void:no:{proposal.id}",
        lambda ctx, op: credits.decide(ctx, op, proposal, confirm=False),
        N_("Refused. The letter stays as it is."),
        kind="secondary",
    )


def show_paper(ctx: Context, entry: Entry) -> None:
    """One letter or credit note: its lines as they stand on it, and the paper itself."""
    row = entry.row
    heading = f"{row['number']} · {ui.money(row['total_pounds'])} · {row['payee_name']}"
    with st.container(border=True, key=f"paper:{row.id}"):
        issued = _(N_("issued on {day}"), day=row["issued_on"])
        about = [f"{ui.say(row['kind'])}, {issued}; {ui.say(entry.waits)}", row["reason"] or ""]
        ui.lines(heading, *(words for words in about if words))
        ui.print_view(invoices.lines_of(ctx, row.id), LINES)
        paper_files(row.id, lambda code: letters.letter(ctx, row.id, code), letters.file_name(row))
        ui.row_history(Invoices, row)
