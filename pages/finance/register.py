"""The register of letters and credit notes: what stands open, what was paid, what is taken back (S12)."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages import ui
from pages.everyone.parts import pictures
from pages.finance.parts import letters as parts
from pages.programme.parts import shown
from pages.ui import _
from schemas.column import text
from schemas.money import Invoices, InvoiceStatus
from schemas.words import N_
from services import access, ledger, letters, statistics
from services.context import Context
from services.ledger import Entry

COLUMNS = (
    Invoices.number,
    Invoices.payee_name,
    text(N_("Period"), name="span"),
    Invoices.hours,
    Invoices.total_pounds,
    text(N_("Who acts next"), name="waits"),
)
EVERYTHING = (*COLUMNS, Invoices.issued_on, Invoices.confirmed_on, Invoices.paid_on, Invoices.reason)
WIDTHS = {"number": 104, "payee_name": 145, "span": 94, "hours": 52, "total_pounds": 80, "waits": 230}
SEARCHED = (Invoices.number, Invoices.payee_name)


def row_of(entry: Entry) -> dict[str, Any]:
    """A paper as the table shows it."""
    return {**entry.row, "waits": ui.say(entry.waits), "span": ledger.span(entry.row)}


def show_totals(entries: Sequence[Entry]) -> None:
    """What all that is shown comes to."""
    totals = ledger.totals(entries)
    papers = _(N_("{count} paper"), N_("{count} papers"), totals.papers)
    ui.figures(
        [
            (_(N_("Issued")), ui.money(totals.issued), papers),
            (_(N_("Still to pay")), ui.money(totals.open)),
            (_(N_("Paid")), ui.money(totals.paid)),
            (_(N_("Credited")), ui.money(totals.credited)),
        ]
    )


def filtered(everything: Sequence[Entry]) -> list[Entry]:
    """What the filters and the search leave."""
    counts = ledger.counts(everything)
    states = {each: ui.say(each) for each in (*InvoiceStatus, ledger.NOTE)}
    years = sorted({str(each.row["issued_on"].year) for each in everything}, reverse=True)
    with st.container(horizontal=True, vertical_alignment="center"):
        state = ui.filters("status", states, counts)
        year = ui.filters("year", {each: each for each in years}, counts)
    with st.container(horizontal=True, vertical_alignment="center"):
        typed = ui.search("letters", _(N_("Number or payee")))
        ui.list_tools("register")
    left = ledger.narrowed(everything, state=state or "", year=year or "")
    by_id = {each.row.id: each for each in left}
    return [by_id[row.id] for row in ui.found([each.row for each in left], typed, SEARCHED)]


def show_list(ctx: Context, entries: Sequence[Entry]) -> None:
    """The papers, and what can be done with the chosen ones."""
    rows = [row_of(entry) for entry in entries]
    ids = ui.table(
        rows,
        COLUMNS,
        "register",
        select="many",
        alt=_(N_("Letters and credit notes")),
        widths=WIDTHS,
        hint=_(N_("Tick letters to pay, confirm, void or read them.")),
    )
    chosen = [entry for entry in entries if entry.row.id in ids]
    parts.deeds(ctx, chosen)
    with st.container(horizontal=True):
        papers = [entry.row for entry in chosen or entries]
        label = _(N_("Zip of {count} paper"), N_("Zip of {count} papers"), len(papers))
        ui.download(label, lambda: letters.zipped(ctx, papers), "letters.zip", ui.ZIP, key="zip")
        shown.excel_button(rows, EVERYTHING, _(N_("Letters")), "letters.xlsx")
    for entry in chosen:
        parts.show_paper(ctx, entry)


ctx = ui.visit("invoices.see")
ui.title(
    _(N_("Letters")),
    _(N_("Every letter and credit note. Pay what is confirmed; what was wrong is credited, never changed.")),
)
for voiding in ledger.voidings(ctx):
    parts.show_voiding(ctx, voiding)
everything = ledger.listed(ctx)
if everything:
    entries = filtered(everything)
    show_totals(entries)
    if entries:
        show_list(ctx, entries)
    else:
        ui.empty(_(N_("No letter fits these filters.")), _(N_("Take a filter away, or search for less.")))
else:
    ui.empty(_(N_("No letter has been issued yet.")), _(N_("Finance issues them on the quarter's page.")))
    if access.may(ctx, "invoices.issue"):
        ui.button_to(_(N_("Open the quarter")), "invoices", "quarter")
st.subheader(_(N_("Money by quarter")), anchor=False)
pictures.money_by_quarter(statistics.money_by_quarter(ctx))
