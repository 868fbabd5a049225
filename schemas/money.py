"""Invoices, their lines, and what waits for a second person (S9, S12, S18)."""

from enum import StrEnum

from schemas.column import (
    STAFF,
    Register,
    choice,
    date,
    hours,
    link,
    long_text,
    money,
    more_than,
    number,
    text,
)
from schemas.words import N_


class InvoiceKind(StrEnum):
    """What the paper is."""

    INVOICE = N_("invoice")
    CREDIT_NOTE = N_("credit note")


class InvoiceStatus(StrEnum):
    """Where a letter stands."""

    ISSUED = N_("issued")
    PAID = N_("paid")
    CREDITED = N_("credited")


INVOICE_MOVES: dict[str, tuple[str, ...]] = {
    InvoiceStatus.ISSUED: (InvoiceStatus.PAID, InvoiceStatus.CREDITED),
    InvoiceStatus.PAID: (),
    InvoiceStatus.CREDITED: (),
}


class Invoices(Register):
    """A letter issued to one payee, frozen as it was sent (S12)."""

    tab, prefix, one, label = N_("Invoices"), "INV", N_("Invoice"), "number"
    number = text(N_("Number"), required=True)
    kind = choice(N_("Kind"), InvoiceKind, required=True)
    payee = link(N_("Payee"), "Payees")
    mentor = link(N_("Mentor"), "Mentors", N_("A direct mentor's own letter"))
    organisation = link(N_("Organisation"), "Organisations", N_("A host's letter"))
    payee_name = text(N_("Payee's name"), required=True, personal=True)
    payee_address = long_text(N_("Payee's address"), personal=True)
    addressed_to = text(N_("Addressed to"), personal=True)
    from_on = date(N_("From"), required=True)
    to_on = date(N_("To"), required=True)
    issued_on = date(N_("Issued on"), required=True)
    hours = hours(N_("Hours"))
    total_pounds = money(N_("Total"), required=True)
    vat_number = text(N_("VAT number"))
    vat_pounds = money(N_("VAT included"))
    account_name = text(N_("Name on the account"), sealed=True, personal=True)
    sort_code = text(N_("Sort code"), sealed=True, personal=True)
    account_number = text(N_("Account number"), sealed=True, personal=True)
    credits = link(N_("Credits"), "Invoices", N_("The invoice this note credits"))
    reason = long_text(N_("Reason"), N_("Why it was credited"))
    paid_on = date(N_("Paid on"))
    confirmed_on = date(N_("Confirmed by the payee on"))
    status = choice(N_("Status"), InvoiceStatus, required=True, moves=INVOICE_MOVES)


class InvoiceLines(Register):
    """An assignment at one rate on a letter; hours are added up first, then multiplied (S9)."""

    tab, prefix, one, label = N_("Invoice lines"), "INL", N_("Invoice line"), "work"
    invoice = link(N_("Invoice"), "Invoices", required=True)
    assignment = link(N_("Assignment"), "Assignments", required=True)
    mentor = link(N_("Mentor"), "Mentors", required=True)
    mentor_name = text(N_("Mentor's name"), personal=True)
    work = text(N_("Work"))
    first_on = date(N_("First day"))
    last_on = date(N_("Last day"))
    hours = hours(N_("Hours"), required=True)
    day_rate_pounds = money(N_("Day rate"), required=True)
    hours_per_day = number(N_("Hours in a day"), required=True, checks=(more_than(0),))
    amount_pounds = money(N_("Amount"), required=True)


class ProposalStatus(StrEnum):
    """Whether a second person has decided."""

    PROPOSED = N_("proposed")
    CONFIRMED = N_("confirmed")
    REFUSED = N_("refused")


class Proposals(Register):
    """A change that waits for its second person: payee details, voiding an invoice (S12, S18)."""

    tab, prefix, one, label = N_("Proposals"), "PPL", N_("Proposal"), "action"
    action = text(N_("Action"), required=True)
    target = text(N_("Record"), N_("The record it would change"))
    content = long_text(N_("New content"), sealed=True, personal=True)
    reason = long_text(N_("Reason"))
    proposed_by = text(N_("Proposed by"), required=True, names=STAFF)
    proposed_on = date(N_("Proposed on"), required=True)
    decided_by = text(N_("Decided by"), names=STAFF)
    decided_on = date(N_("Decided on"))
    status = choice(N_("Status"), ProposalStatus, required=True)


class Figures(Register):
    """A dated figure that came after the programme folder's starting one (S9)."""

    tab, prefix, one = N_("Figures"), "FIG", N_("Figure")
    name = text(N_("Figure"), N_("Such as direct_day_rate_pounds"), required=True)
    from_on = date(N_("From"), required=True)
    value = number(N_("Value"), required=True, checks=(more_than(0),))
    source = text(N_("Source"), N_("Where it is written down"), required=True)
    proposed_by = text(N_("Proposed by"), required=True, names=STAFF)
    proposed_on = date(N_("Proposed on"))
    confirmed_by = text(N_("Confirmed by"), names=STAFF)
    confirmed_on = date(N_("Confirmed on"))
    status = choice(N_("Status"), ProposalStatus, required=True)
