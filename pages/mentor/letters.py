"""My letters: a mentor's own invoice letters, or their lines of the host's letters (S12, RM37)."""

import streamlit as st

from pages import ui
from pages.mentor.parts.papers import paper_files
from pages.mentor.parts.words import hours_words
from pages.ui import _
from schemas.column import Row
from schemas.money import InvoiceKind, InvoiceStatus
from schemas.words import N_
from services import invoices, letters, own_terms
from services.own_terms import OnLetter

ctx = ui.visit("invoices.own")
WAITS = {
    InvoiceStatus.ISSUED: N_("waiting for Finance to pay it"),
    InvoiceStatus.PAID: N_("paid"),
    InvoiceStatus.CREDITED: N_("credited: it is not paid"),
}
TONES = {InvoiceStatus.PAID: ui.DONE, InvoiceStatus.ISSUED: ui.TODAY}


def letter(row: Row) -> None:
    """One letter or credit note: amount, period, how it stands, and the paper itself."""
    is_credit = row["kind"] == InvoiceKind.CREDIT_NOTE
    stands = _(N_("credit note")) if is_credit else _(WAITS[row["status"]])
    if row["paid_on"]:
        stands = _(N_("paid on {day}"), day=row["paid_on"])
    with st.container(border=True, key=f"letter:{row.id}"):
        ui.badge(ui.say(row["kind"] if is_credit else row["status"]), TONES.get(row["status"], ui.LATER))
        ui.lines(f"{row['number']} · {ui.money(row['total_pounds'])}", span(row), stands)
        paper_files(row.id, lambda code: letters.letter(ctx, row.id, code), letters.file_name(row))


def span(row: Row) -> str:
    """The period of a letter."""
    return _(N_("{start} to {end}"), start=row["from_on"], end=row["to_on"])


def own_line(each: OnLetter) -> None:
    """One's own hours on a host's letter; the letter is the host's."""
    line = each.line
    with ui.card(
        _(N_("{time} · {work}"), time=hours_words(line["hours"]), work=line["work"] or ""),
        _(N_("{start} to {end}"), start=line["first_on"], end=line["last_on"]) if line["first_on"] else "",
        _(
            N_("Letter {number} of {host}: {state}"),
            number=each.number,
            host=each.host,
            state=_(WAITS[each.status]),
        ),
        badge_words=ui.say(each.status),
        tone=TONES.get(each.status, ui.LATER),
    ):
        pass


own, hosted = invoices.own(ctx), own_terms.on_letters(ctx)
ui.title(_(N_("My letters")), _(N_("What has been invoiced for your work, and what is paid.")))
if not own and not hosted:
    ui.empty(
        _(N_("There is no letter for your work yet.")),
        _(N_("Finance makes the letters after each quarter, from the hours approved by then.")),
    )
for row in own:
    letter(row)
if hosted:
    st.subheader(_(N_("Your hours on your host's letters")), anchor=False)
    st.caption(_(N_("Your host is paid, so the letters themselves are the host's.")))
for each in hosted:
    own_line(each)
