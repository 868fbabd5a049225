"""A government contract: areas, people, costs, returns, fees, and what the buyer approves (D13 to D20, D28, D32)."""

from enum import StrEnum

from schemas.cases import after
from schemas.column import (
    STAFF,
    Register,
    at_least,
    at_most,
    choice,
    date,
    items,
    link,
    long_text,
    money,
    more_than,
    number,
    text,
    yes_no,
)
from schemas.words import N_


class ContractStatus(StrEnum):
    """Whether a contract runs."""

    RUNNING = N_("running")
    ENDED = N_("ended")


class Contracts(Register):
    """A call-off contract: its areas, dates, value and purchase order (D20, D28)."""

    tab, prefix, one = N_("Contracts"), "CTR", N_("Contract")
    name = text(N_("Name"), required=True)
    areas = items(N_("Areas"), N_("One to nine"), options="areas", required=True)
    starts_on = date(N_("Start"), required=True)
    implemented_on = date(
        N_("Implementation ends"), N_("The last day of the implementation period"), required=True
    )
    ends_on = date(N_("End"), required=True)
    last_start_on = date(N_("Last start"), N_("Nobody starts after this day"))
    last_invoice_on = date(N_("Last invoice by"))
    value_pounds = money(N_("Contract value"), required=True, checks=(more_than(0),))
    cost_centre = text(N_("Cost centre"))
    account_code = text(N_("Account code"))
    purchase_order = text(N_("Purchase order"))
    line_implementation = text(N_("Line: implementation costs"))
    line_main = text(N_("Line: 80 % of the delivery fee"))
    line_kept = text(N_("Line: 20 % of the delivery fee"))
    payee = link(N_("Whom the buyer pays"), "Payees", N_("A bank account in the United Kingdom"))
    status = choice(N_("Status"), ContractStatus, required=True)
    rules = (
        after("starts_on", "implemented_on", N_("can't be before the start.")),
        after("implemented_on", "ends_on", N_("can't be before the end of the implementation.")),
    )


class Costs(Register):
    """A line of the cost register: planned and actual, for one month (D14, D18)."""

    tab, prefix, one, label = N_("Costs"), "COS", N_("Cost"), "what"
    contract = link(N_("Contract"), "Contracts", required=True)
    month = date(N_("Month"), N_("Its first day"), required=True)
    what = text(N_("What for"), required=True)
    is_implementation = yes_no(N_("Implementation cost"), required=True)
    planned_pounds = money(N_("Planned"), checks=(at_least(0),))
    actual_pounds = money(N_("Actual"), checks=(at_least(0),))
    supplier = text(N_("Supplier"), N_("Where a subcontractor was paid"))
    is_subcontractor = yes_no(N_("Subcontractor"))
    is_sme = yes_no(N_("Small or medium enterprise"))


class Deferrals(Register):
    """The buyer's notice that part of a month's implementation costs waits (D18)."""

    tab, prefix, one, label = N_("Deferrals"), "DEF", N_("Deferral"), "month"
    contract = link(N_("Contract"), "Contracts", required=True)
    month = date(N_("Month"), N_("Its first day"), required=True)
    noticed_on = date(N_("Notice of"), required=True)
    percent = number(N_("Per cent deferred"), required=True, checks=(more_than(0), at_most(100)))
    pounds = money(N_("Amount to be claimed"), N_("As the notice says"), required=True, checks=(at_least(0),))
    reason = text(N_("Activity not complete"))
    completed_on = date(N_("All planned activity complete on"))


class BillKind(StrEnum):
    """What an invoice to the buyer claims; each is a line of the purchase order (D19)."""

    IMPLEMENTATION = N_("implementation costs")
    IMPLEMENTATION_REST = N_("implementation costs, the part deferred")
    FEE = N_("delivery fee, in full")
    FEE_MAIN = N_("delivery fee, without the part deferred")
    FEE_REST = N_("delivery fee, the part deferred")


class BillStatus(StrEnum):
    """Where an invoice to the buyer stands."""

    ISSUED = N_("issued")
    PAID = N_("paid")
    VOID = N_("void")


BILL_MOVES: dict[str, tuple[str, ...]] = {
    BillStatus.ISSUED: (BillStatus.PAID, BillStatus.VOID),
    BillStatus.PAID: (),
    BillStatus.VOID: (),
}


class Bills(Register):
    """An invoice to the buyer, for one month of one contract, as it was sent (D19)."""

    tab, prefix, one, label = N_("Bills"), "BIL", N_("Invoice to the buyer"), "number"
    number = text(N_("Number"), required=True)
    contract = link(N_("Contract"), "Contracts", required=True)
    month = date(N_("Month"), N_("Its first day"), required=True)
    kind = choice(N_("Kind"), BillKind, required=True)
    pounds = money(N_("Amount"), required=True, checks=(more_than(0),))
    main_pounds = money(N_("On the 80 % line"))
    kept_pounds = money(N_("On the 20 % line"))
    cost_centre = text(N_("Cost centre"), N_("Frozen when issued"))
    account_code = text(N_("Account code"), N_("Frozen when issued"))
    purchase_order = text(N_("Purchase order"), N_("Frozen when issued"))
    lines = text(N_("Purchase order lines"), N_("Frozen when issued"))
    addressed_to = long_text(N_("Addressed to"), N_("Frozen when issued"))
    payee_name = text(N_("Whom the buyer pays"), N_("Frozen when issued"))
    payee_address = long_text(N_("Payee's address"), N_("Frozen when issued"))
    account_name = text(N_("Name on the account"), sealed=True, personal=True)
    sort_code = text(N_("Sort code"), sealed=True, personal=True)
    account_number = text(N_("Account number"), sealed=True, personal=True)
    issued_on = date(N_("Issued on"), required=True)
    issued_by = text(N_("Issued by"), personal=True, names=STAFF)
    paid_on = date(N_("Paid on"))
    reason = text(N_("Reason"), N_("Why it was made void"))
    status = choice(N_("Status"), BillStatus, required=True, moves=BILL_MOVES)


class ReturnKind(StrEnum):
    """What is sent to the buyer or its analysts (D13, D14)."""

    PMI = N_("PMI return")
    TRACKER = N_("Mentee Tracker")
    SPEND = N_("subcontractor and SME spend")
    COST_REGISTER = N_("contract cost register")
    IPR_LOG = N_("IPR log")


class Returns(Register):
    """A return as it was sent, frozen: what was counted, when it was due and when it went (D13, D14)."""

    tab, prefix, one, label = N_("Returns"), "RET", N_("Return"), "kind month"
    contract = link(N_("Contract"), "Contracts", required=True)
    kind = choice(N_("Kind"), ReturnKind, required=True)
    month = date(N_("Month"), N_("Its first day"), required=True)
    due_on = date(N_("Due on"), required=True)
    sent_on = date(N_("Sent on"), required=True)
    sent_by = text(N_("Sent by"), personal=True, names=STAFF)
    reference = text(N_("Receipt"), N_("The number the buyer's system gave"))
    left_out = number(N_("Left out"), N_("People whose consent is withdrawn"), checks=(at_least(0),))
    figures = text(N_("Digest of the figures"), N_("Tells whether anybody changed them afterwards"))
    narrative = long_text(N_("Narrative"), N_("Spend, recruitment, mitigations, remedial plans"))


class ReturnLines(Register):
    """One frozen line of a return: a measure of the PMI, or a mentee of the tracker (sealed)."""

    tab, prefix, one, label = N_("Return lines"), "RTL", N_("Line of a return"), "measure"
    sent = link(N_("Return"), "Returns", required=True)
    mentee = link(N_("Group"), "Mentees", N_("Only in a tracker"))
    measure = text(N_("Measure"))
    value = text(N_("Value"))
    content = long_text(N_("Content"), N_("A mentee's line, as it was sent"), sealed=True, personal=True)


class Milestones(Register):
    """Something promised to the buyer by a day, or waiting for its approval (D20)."""

    tab, prefix, one, label = N_("Milestones"), "MST", N_("Milestone"), "what"
    contract = link(N_("Contract"), "Contracts", required=True)
    code = text(N_("Code"), N_("The milestone of the programme's list"))
    what = text(N_("What"), required=True)
    due_on = date(N_("Due on"))
    sent_on = date(N_("Done or sent on"))
    approved_on = date(N_("Approved by the buyer on"))
    note = long_text(N_("Note"))


class Postings(Register):
    """A mentor's weekly hours in an area of a contract: the FTE (D16)."""

    tab, prefix, one, label = N_("Postings"), "PST", N_("Posting"), "mentor area"
    contract = link(N_("Contract"), "Contracts", required=True)
    mentor = link(N_("Mentor"), "Mentors", required=True)
    area = text(N_("Area"), options="areas", required=True)
    offices = items(N_("Offices"), options="offices")
    weekly_hours = number(N_("Hours a week"), required=True, checks=(more_than(0), at_most(168)))
    attends_on = items(N_("Days of attendance"), options="weekdays")
    from_on = date(N_("From"), required=True)
    to_on = date(N_("To"), N_("The last day; blank while it goes on"))
    why_ended = text(N_("Why it ended"))
    rules = (after("from_on", "to_on", N_("can't be before it starts.")),)


class Visits(Register):
    """A mentor's presence at an office on a day (D16)."""

    tab, prefix, one, label = N_("Visits"), "VIS", N_("Visit"), "office visited_on"
    mentor = link(N_("Mentor"), "Mentors", required=True)
    area = text(N_("Area"), options="areas")
    office = text(N_("Office"), options="offices", required=True)
    visited_on = date(N_("Date"), required=True)
    note = text(N_("Note"))


class MeetingKind(StrEnum):
    """Which meeting with the buyer it was (D32)."""

    START_UP = N_("start-up meeting")
    WEEKLY = N_("weekly meeting")
    MONTHLY = N_("monthly check point")


class BuyerMeetings(Register):
    """A meeting with the buyer: notes, actions and their owners (D32)."""

    tab, prefix, one, label = N_("Buyer meetings"), "BUY", N_("Meeting with the buyer"), "kind held_on"
    contract = link(N_("Contract"), "Contracts", required=True)
    kind = choice(N_("Kind"), MeetingKind, required=True)
    held_on = date(N_("Date"), required=True)
    notes = long_text(N_("Notes"))
    actions = long_text(N_("Actions and owners"), N_("One a line: what, who, by when"))


class RiskStatus(StrEnum):
    """Whether a risk is open."""

    OPEN = N_("open")
    CLOSED = N_("closed")


class Risks(Register):
    """A risk or issue raised with the buyer (D32)."""

    tab, prefix, one, label = N_("Risks"), "RSK", N_("Risk or issue"), "what"
    contract = link(N_("Contract"), "Contracts", required=True)
    raised_on = date(N_("Raised on"), required=True)
    what = text(N_("What"), required=True)
    effect = long_text(N_("What it could do"))
    action = long_text(N_("What is done about it"))
    owner = text(N_("Owner"))
    status = choice(N_("Status"), RiskStatus, required=True)


class ImprovementStatus(StrEnum):
    """Where a Performance Improvement Plan stands."""

    OPEN = N_("open")
    SENT = N_("sent")
    CLOSED = N_("closed")


IMPROVEMENT_MOVES: dict[str, tuple[str, ...]] = {
    ImprovementStatus.OPEN: (ImprovementStatus.SENT,),
    ImprovementStatus.SENT: (ImprovementStatus.CLOSED, ImprovementStatus.OPEN),
    ImprovementStatus.CLOSED: (ImprovementStatus.OPEN,),
}


class Improvements(Register):
    """A Performance Improvement Plan: one per service level, area and month (D15)."""

    tab, prefix, one, label = (
        N_("Improvement plans"),
        "PIP",
        N_("Performance Improvement Plan"),
        "level month",
    )
    contract = link(N_("Contract"), "Contracts", required=True)
    level = text(N_("Service level"), required=True)
    area = text(N_("Area"), options="areas")
    month = date(N_("Month"), N_("Its first day"), required=True)
    missed = number(N_("Missed"), checks=(at_least(0),))
    cause = long_text(N_("What went wrong"))
    actions = long_text(N_("Actions"), N_("One a line: what, and by when"))
    owner = text(N_("Owner"))
    review_on = date(N_("Review on"))
    sent_on = date(N_("Sent on"))
    status = choice(N_("Status"), ImprovementStatus, required=True, moves=IMPROVEMENT_MOVES)


class SampleKind(StrEnum):
    """What is drawn (D17)."""

    PLANS = N_("action plans, anonymised")
    ACTIVITIES = N_("activities to check")


class Samples(Register):
    """A random sample, reproducible from its seed (D17)."""

    tab, prefix, one, label = N_("Samples"), "SAM", N_("Sample"), "kind quarter"
    contract = link(N_("Contract"), "Contracts", required=True)
    kind = choice(N_("Kind"), SampleKind, required=True)
    quarter = date(N_("Quarter"), N_("Its first day, counted from the contract's start"), required=True)
    seed = text(N_("Seed"), required=True)
    drawn = long_text(N_("Drawn"), N_("The ids, in the order drawn"))
    made_on = date(N_("Made on"), required=True)
    checked = long_text(N_("What was found"))
