"""What stays of a person's own rows when they are erased, and why (X6).

The rule: what somebody wrote goes, sealed cells go; links, dates, hours, money, choices and statuses stay, so that
totals and letters come out as they were. The tables below are the exceptions.
"""

import re
from collections.abc import Mapping

from schemas.column import COMMON, Column
from schemas.kinds import Kind
from schemas.words import N_

TOKEN = "[erased person]"  # noqa: S105 - no secret
GONE = "[erased]"
NO_ADDRESS = "erased@erased.invalid"
WRITTEN = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.LIST})
ID = re.compile(r"[A-Z]{3}-[A-Z0-9]{6}")

# Rows that no erasure and no period touches: a safeguarding concern is never deleted (RM81).
UNTOUCHED = frozenset({"Concerns"})
STAYS: Mapping[str, frozenset[str]] = {
    "Invoices": frozenset({"number", "addressed_to"}),
    "Invoice lines": frozenset({"work"}),
    "Mentees": frozenset({"name", "facilitator"}),
    "Engagements": frozenset({"contract_version", "annex_version"}),
    "Proposals": frozenset({"action", "target"}),
    "Requests": frozenset({"record"}),
    "Drafts": frozenset({"person", "form"}),
    "Views": frozenset({"page", "owner"}),
    "Cases": frozenset({"number"}),
    "Return lines": frozenset({"measure"}),
}
# A group's name is no person's; a mentee's is.
STAYS_OF_PEOPLE: Mapping[str, frozenset[str]] = {**STAYS, "Mentees": frozenset({"facilitator"})}
GOES_TOO: Mapping[str, frozenset[str]] = {"Mentors": frozenset({"languages", "skills", "days_a_month"})}
GOES_TOO_OF_PEOPLE: Mapping[str, frozenset[str]] = {
    **GOES_TOO,
    "Mentees": frozenset({"date_of_birth", "customer_from", "languages"}),
    # what was said of body and past; whether and when they disclosed is counted, and stays
    "Interviews": frozenset(
        {"addiction", "treatment", "employment", "barrier_health", "barrier_offending", "barrier_housing"}
    ),
}
WHY: Mapping[str, str] = {
    "Timesheets": N_("hours paid for: the books are kept for six years after the financial year"),
    "Invoices": N_("letters issued: the books are kept for six years after the financial year"),
    "Invoice lines": N_("letters issued: the books are kept for six years after the financial year"),
    "Payees": N_("letters issued name this payee by its id"),
    "Assignments": N_("hours paid for belong to it"),
    "Engagements": N_("it decided the rate of hours paid for"),
    "Mentors": N_("other rows name it by its id; it has no name any more"),
    "Cases": N_("returns that were sent count it; it names nobody any more"),
    "Sessions": N_("returns that were sent count it; it names nobody any more"),
    "Mentees": N_("other rows name it by its id; it has no name any more"),
    "People": N_("the history names it by its id; it has no name any more"),
}
OTHERWISE = N_("a row without words, so that counts and dates stay as they were")


def goes(tab: str, column: Column, *, of_people: bool = False) -> bool:
    """Whether a column of a person's own rows is emptied; `of_people` where those supported are people."""
    if column.name in (GOES_TOO_OF_PEOPLE if of_people else GOES_TOO).get(tab, ()):
        return True
    if column.name in COMMON or column.name in (STAYS_OF_PEOPLE if of_people else STAYS).get(tab, ()):
        return False
    return column.sealed or (column.kind in WRITTEN and not column.options)


def instead(tab: str, column: Column, id_: str) -> str:
    """What stands in a cell that was emptied: nothing, or a token where a row can't be without."""
    if tab == "People" and column.name == "email":
        # addresses tell whether two rows are one human being: erased people must not become one
        return f"{id_.casefold()}@erased.invalid"
    return TOKEN if column.required else ""


def fits(column: Column, text: str) -> str:
    """A text out of which a name was taken, as the column's checks still allow it."""
    if all(check.holds(text) for check in column.checks):
        return text
    if column.name == "email":
        return NO_ADDRESS if column.required else ""
    return TOKEN if column.required and all(check.holds(TOKEN) for check in column.checks) else ""
