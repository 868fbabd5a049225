"""Organisations, and whom a letter pays (S1, S12, S18)."""

from enum import StrEnum

from schemas.column import (
    ACCOUNT,
    EMAIL,
    PHONE,
    SORT_CODE,
    Register,
    RowRule,
    choice,
    link,
    long_text,
    sort_code,
    text,
    yes_no,
)
from schemas.words import N_, Message


class OrganisationKind(StrEnum):
    """What an organisation is to the programme."""

    HOST = N_("host")
    REFERRER = N_("referrer")
    PARTNER = N_("evaluation partner")
    SERVICE = N_("local service")
    DEPARTMENT = N_("department")
    COUNCIL = N_("council")
    GROUP_OFFICE = N_("political group office")
    OURS = N_("our own organisation")


class OrganisationStatus(StrEnum):
    """Whether we still work with it."""

    ACTIVE = N_("active")
    CLOSED = N_("closed")


class Organisations(Register):
    """A host, referrer, partner or local service."""

    tab, prefix, one = N_("Organisations"), "ORG", N_("Organisation")
    name = text(N_("Name"), required=True)
    kind = choice(N_("Kind"), OrganisationKind, required=True)
    not_for_profit = yes_no(N_("Not for private profit"), N_("A host must be a third-sector organisation"))
    email = text(N_("E-mail"), checks=(EMAIL,), personal=True)
    phone = text(N_("Phone"), checks=(PHONE,), personal=True)
    address = long_text(N_("Address"))
    notes = long_text(N_("Notes"), personal=True)
    status = choice(N_("Status"), OrganisationStatus, required=True)
    area = text(N_("Area"), options="areas")
    service = text(N_("What it offers"), options="services")


class PayeeStatus(StrEnum):
    """Whether the details may be printed on a letter."""

    PROPOSED = N_("proposed")
    CONFIRMED = N_("confirmed")


class Payees(Register):
    """Whom a letter pays: a direct mentor, or the host of hosted ones. Bank details are sealed."""

    tab, prefix, one = N_("Payees"), "PAY", N_("Payee")
    mentor = link(N_("Mentor"), "Mentors", N_("A directly contracted mentor"))
    organisation = link(N_("Organisation"), "Organisations", N_("The host of hosted mentors"))
    name = text(N_("Name"), N_("As it stands on the letter"), required=True, personal=True)
    address = long_text(N_("Address"), personal=True)
    email = text(N_("E-mail"), personal=True, checks=(EMAIL,))
    vat_number = text(N_("VAT number"), N_("Only where registered"))
    account_name = text(N_("Name on the account"), sealed=True, personal=True)
    sort_code = text(N_("Sort code"), sealed=True, personal=True, normal=sort_code, checks=(SORT_CODE,))
    account_number = text(N_("Account number"), sealed=True, personal=True, checks=(ACCOUNT,))
    status = choice(N_("Status"), PayeeStatus, required=True)
    rules = (
        RowRule(
            "mentor",
            lambda row: bool(row.get("mentor")) != bool(row.get("organisation")),
            Message(N_("or Organisation: a payee is exactly one of them.")),
        ),
    )
