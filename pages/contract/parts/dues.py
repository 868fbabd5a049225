"""Parts of a contract's value and their invoices: issued, paid, void, as one PDF each (D18, D19)."""

from typing import Any

import streamlit as st

from pages import ui
from pages.mentor.parts.papers import paper_files
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.column import Row, money, text
from schemas.contracts import Bills, BillStatus
from schemas.words import N_, month_words
from services import access, bill_papers, bills, contracts
from services.context import Context
from services.earnings import Account, Earned
from services.rules.fees import Standing

PARTS = (
    text(N_("Month"), name="month"),
    text(N_("What"), name="kind"),
    money(N_("Amount"), name="pounds"),
    text(N_("How it stands"), name="state"),
)
PART_WIDTHS = {"month": 130, "kind": 270, "pounds": 110, "state": 260}
TONES = {
    Standing.AHEAD: ui.LATER,
    Standing.AWAITED: ui.LATER,
    Standing.PAYABLE: ui.TODAY,
    Standing.DEFERRED: ui.LATE,
    Standing.FORFEITED: ui.LATE,
}
SHOWN = ("now", "billed", "ahead", "waiting")
STATUS_TONES = {BillStatus.ISSUED: ui.TODAY, BillStatus.PAID: ui.DONE, BillStatus.VOID: ui.LATER}


def show(ctx: Context, contract: Row, account: Account) -> None:
    """The parts, what can be claimed first; one is ticked to issue its invoice."""
    words = {
        "now": _(N_("to claim now")), "billed": _(N_("invoiced")), "ahead": _(N_("still to come")),
        "waiting": _(N_("deferred or forfeited")),
    }  # fmt: skip
    groups = {each: [part for part in account.parts if _group(part) == each] for each in SHOWN}
    chosen = ui.filters("part", words, {name: len(found) for name, found in groups.items()}, default="now")
    found = groups.get(chosen or "now", [])
    if not found:
        ui.empty(_(N_("Nothing here.")), _(N_("Look at another group of parts above.")))
        return
    rows = [_row(part) for part in found]
    tones = {"state": [_tone(part) for part in found]}
    hint = (
        _(N_("Tick a part to issue its invoice."))
        if chosen == "now" and access.may(ctx, "bills.issue")
        else ""
    )
    ticked = ui.table(
        rows, PARTS, "parts", select="one" if hint else None, tones=tones, widths=PART_WIDTHS,
        alt=_(N_("Parts of the contract’s value")), hint=hint,
    )  # fmt: skip
    for part in found:
        if _id(part) in ticked:
            _issue(contract, part)
    shown.excel_button(rows, PARTS, _(N_("Parts")), "parts.xlsx", is_personal=False)


def _group(each: Earned) -> str:
    if each.bill is not None:
        return "billed"
    if each.part.standing is Standing.PAYABLE:
        return "now"
    return "waiting" if each.part.standing in (Standing.DEFERRED, Standing.FORFEITED) else "ahead"


def _id(each: Earned) -> str:
    return f"{each.part.month.isoformat()}:{each.part.kind.name}"


def _row(each: Earned) -> dict[str, Any]:
    return {
        "_id": _id(each),
        "month": month_words(each.part.month, ui.language()),
        "kind": ui.say(each.part.kind),
        "pounds": each.part.pounds,
        "state": _state(each),
    }


def _state(each: Earned) -> str:
    if each.bill is None:
        return ui.say(each.part.standing)
    return f"{each.bill['number']}: {ui.say(each.bill['status'])}"


def _tone(each: Earned) -> ui.Tone:
    return STATUS_TONES[each.bill["status"]] if each.bill is not None else TONES[each.part.standing]


def _issue(contract: Row, each: Earned) -> None:
    part, key = each.part, f"bill:{contract.id}:{_id(each)}"
    month = month_words(part.month, ui.language())
    with ui.card(f"{month} · {ui.money(part.pounds)}", ui.say(part.kind)):
        ui.act(
            _(N_("Issue the invoice, {pounds}"), pounds=ui.money(part.pounds)),
            key,
            lambda ctx, op: bills.issue(ctx, op, contract.id, part.month, part.kind, part.pounds),
            N_("Issued. Send its PDF to the buyer."),
        )


def invoices(ctx: Context, contract: Row) -> None:
    """The invoices as they were issued, how to send them, and one zip of PDFs."""
    rows = bills.listed(ctx, contract)
    counts = {each.value: sum(row["status"] == each for row in rows) for each in BillStatus}
    state = ui.filters("bill", {each.value: ui.say(each) for each in BillStatus}, counts)
    kept = [row for row in rows if state in (None, row["status"])]
    _sending(ctx)
    if not kept:
        ui.empty(_(N_("No invoice here.")), _(N_("Finance issues them from the parts that are due.")))
    for row in kept:
        _invoice(ctx, row)


def _sending(ctx: Context) -> None:
    """Where and how an invoice goes: the programme's own words."""
    terms = contracts.terms_of(ctx)
    with st.expander(_(N_("Where to send them")), icon=":material/outgoing_mail:"):
        ui.lines(terms.bill_email, terms.bill_address)
        ui.text(ui.say(terms.bill_note.said(ui.language())))


def _invoice(ctx: Context, row: Row) -> None:
    month = month_words(row["month"], ui.language())
    heading = f"{row['number']} · {ui.money(row['pounds'])} · {month}"
    issued = _(N_("issued on {day}"), day=row["issued_on"])
    paid = _(N_("paid on {day}"), day=row["paid_on"]) if row["paid_on"] else ""
    order = _(N_("order {order}, line {lines}"), order=row["purchase_order"], lines=row["lines"])
    about = [f"{ui.say(row['kind'])}, {issued}", order, paid, row["reason"] or ""]
    tone = STATUS_TONES[row["status"]]
    with st.container(border=True, key=f"bill:{row.id}"):
        ui.badge(ui.say(row["status"]), tone)
        ui.lines(heading, *(words for words in about if words))
        paper_files(row.id, lambda code: bill_papers.word(ctx, row.id, code), f"{row['number']}.docx")
        if row["status"] == BillStatus.ISSUED and access.may(ctx, "bills.pay"):
            with st.container(horizontal=True):
                drawers.opens(_(N_("The buyer paid it")), f"paid:{row.id}", lambda: _pay(ctx, row))
                drawers.opens(_(N_("Make it void")), f"void:{row.id}", lambda: _void(row))
        ui.row_history(Bills, row)


def _pay(ctx: Context, row: Row) -> None:
    key = f"paid:{row.id}:{row['_change']}"
    ui.lines(f"{row['number']} · {ui.money(row['pounds'])}")
    filling = ui.form(Bills, ("paid_on",), key, values={"paid_on": ctx.today})
    ui.act(
        _(N_("Mark paid")),
        key,
        lambda ctx, op: bills.pay(ctx, op, row, filling.values()["paid_on"]),
        N_("Paid."),
    )


def _void(row: Row) -> None:
    key = f"void:{row.id}:{row['_change']}"
    ui.lines(f"{row['number']} · {ui.money(row['pounds'])}")
    st.caption(
        _(N_("Its number stays spent, its paper says that it is void, and its part can be claimed again."))
    )
    filling = ui.form(Bills, ("reason",), key)
    ui.act(
        _(N_("Make it void")),
        key,
        lambda ctx, op: bills.void(ctx, op, row, filling.values()["reason"] or ""),
        N_("Void. The part can be claimed again."),
    )
