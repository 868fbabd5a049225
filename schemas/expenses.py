"""What a peer paid out and claims back (L6)."""

from enum import StrEnum

from schemas.column import (
    STAFF,
    Register,
    at_least,
    choice,
    date,
    link,
    long_text,
    money,
    more_than,
    number,
    text,
    yes_no,
)
from schemas.words import N_


class ExpenseStatus(StrEnum):
    """Where a claimed item stands; the life of a timesheet line."""

    DRAFT = N_("draft")
    SUBMITTED = N_("submitted")
    RETURNED = N_("returned")
    APPROVED = N_("approved")
    REFUSED = N_("refused")
    PAID = N_("paid")


EXPENSE_MOVES: dict[str, tuple[str, ...]] = {
    ExpenseStatus.DRAFT: (ExpenseStatus.SUBMITTED,),
    ExpenseStatus.SUBMITTED: (
        ExpenseStatus.APPROVED,
        ExpenseStatus.RETURNED,
        ExpenseStatus.REFUSED,
        ExpenseStatus.DRAFT,
    ),
    ExpenseStatus.RETURNED: (ExpenseStatus.SUBMITTED, ExpenseStatus.DRAFT),
    ExpenseStatus.APPROVED: (ExpenseStatus.PAID, ExpenseStatus.RETURNED),
    ExpenseStatus.REFUSED: (),
    ExpenseStatus.PAID: (),
}


class Expenses(Register):
    """One thing paid out on a day of a project, and what of it is paid back."""

    tab, prefix, one, label = N_("Expenses"), "EXP", N_("Expense"), "kind spent_on"
    mentor = link(N_("Mentor"), "Mentors", required=True)
    project = link(N_("Project"), "Projects")
    claim = text(N_("Claim"), N_("The number of the claim it belongs to"))
    spent_on = date(N_("Date"), required=True)
    kind = text(N_("Kind of expense"), options="expense_kinds", required=True)
    what = text(N_("What for"), personal=True)
    pounds = money(N_("Paid out"), checks=(more_than(0),))
    nights = number(N_("Nights"), checks=(at_least(0),))
    is_london = yes_no(N_("In London"))
    miles = number(N_("Miles"), checks=(at_least(0),))
    approved_before_on = date(N_("Agreed beforehand on"))
    approved_before_by = text(N_("Agreed beforehand by"), personal=True, names=STAFF)
    saves = long_text(N_("What it saves"), N_("Where one flies"))
    receipt = link(N_("Receipt"), "Scans")
    purchase_order = text(N_("Purchase order"))
    payable_pounds = money(N_("Paid back"), N_("Frozen when approved"))
    capped_pounds = money(N_("Above the limit"), N_("Not paid back; frozen when approved"))
    reason = long_text(N_("Reason"), N_("Why it came back or was refused"), personal=True)
    submitted_on = date(N_("Submitted on"))
    decided_by = text(N_("Decided by"), personal=True, names=STAFF)
    decided_on = date(N_("Decided on"))
    paid_on = date(N_("Paid on"))
    status = choice(N_("Status"), ExpenseStatus, required=True, moves=EXPENSE_MOVES)
