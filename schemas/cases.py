"""One person's way through a provision: referral, interview, contacts, outcomes, refunds (D1 to D12, D22, D25)."""

from enum import StrEnum

from schemas.column import (
    REFERRER,
    STAFF,
    Register,
    RowRule,
    choice,
    confidential,
    date,
    instant,
    items,
    link,
    long_text,
    money,
    more_than,
    text,
    time,
    yes_no,
)
from schemas.words import N_, Message


class CaseOutcome(StrEnum):
    """What came of a referral (D1)."""

    STARTED = N_("started")
    UNWILLING = N_("unwilling")
    INELIGIBLE = N_("not eligible")
    NOT_APPROPRIATE = N_("not appropriate")
    NOT_REACHED = N_("not reached")


def after(first: str, last: str, words: str) -> RowRule:
    """`last` is not before `first`, where both are there."""
    return RowRule(
        last,
        lambda row: row.get(first) is None or row.get(last) is None or row[first] <= row[last],
        Message(words),
    )


class Cases(Register):
    """One referral and all that follows from it, up to its end; its stage is read off its dates (D1 to D11)."""

    tab, prefix, one, label = N_("Cases"), "CAS", N_("Case"), "number mentee"
    number = text(N_("Case number"), N_("The number it goes by; a file's own is kept"))
    mentee = link(N_("Group"), "Mentees", required=True)
    mentor = link(N_("Mentor"), "Mentors", N_("Whose case it is now"))
    declined_by = items(
        N_("Declined by"), N_("Mentors who would rather not; no reason is asked"), personal=True
    )
    # the referral (D1)
    received_on = date(N_("Referred on"), required=True)
    route = text(N_("Route"), options="routes", required=True)
    area = text(N_("Area"), options="areas", required=True)
    office = text(N_("Office"), options="offices")
    referred_by = text(
        N_("Referred by"),
        N_("The Work Coach, or who asked at the organisation"),
        personal=True,
        names=REFERRER,
    )
    organisation = link(N_("Referring organisation"), "Organisations")
    permission_on = date(N_("Permission recorded on"), N_("The person agreed to be referred"))
    # the first appointment (D6)
    booked_on = date(N_("Initial meeting booked for"))
    booked_at = time(N_("Time"))
    booked_place = text(N_("Place"), options="places")
    place_reason = text(N_("Why elsewhere"), N_("Where it is not held where this route meets"))
    met_on = date(N_("Initial meeting held on"))
    # what was explained and asked (D2, D3)
    told_voluntary = yes_no(N_("Explained: voluntary, benefits unaffected"))
    told_data = yes_no(N_("Explained: what data goes where"))
    told_complaints = yes_no(N_("Explained: feedback and complaints"))
    has_dependency = yes_no(N_("Dependency is a barrier to sustained work"))
    lives_in_area = yes_no(N_("Lives in the area"))
    is_unemployed = yes_no(N_("Unemployed"))
    benefit = text(N_("Benefit"), options="benefits")
    is_eligible = yes_no(N_("Eligible"), N_("As it was decided"))
    outcome = choice(N_("Outcome of the referral"), CaseOutcome)
    outcome_reason = text(N_("Reason"), personal=True)
    referrer_told_on = date(N_("Referrer told on"))
    contact_told_start_on = date(N_("Jobcentre told of the start on"))
    encouraged_on = date(N_("Encouraged to claim and engage on"))
    # the provision (D5, D7, D21)
    started_on = date(N_("Diagnostic interview and start"))
    survey_on = date(N_("Baseline survey done on"))
    survey_returned_on = date(N_("Baseline survey returned on"))
    # the end (D10, D11)
    completed_on = date(N_("Completed on"), N_("The final review was held"))
    few_sessions_reason = text(N_("Why fewer sessions"), personal=True)
    left_on = date(N_("Left early on"))
    is_dropout = yes_no(N_("Dropout"))
    dropout_due_on = date(N_("Dropout fell due on"))
    left_reason = text(N_("Reason for leaving"), personal=True)
    contact_told_end_on = date(N_("Jobcentre told of the end on"))
    sharing_encouraged_on = date(N_("Encouraged to share the plan on"))
    # moves between areas keep case and plan (D25)
    moved_on = date(N_("Moved area on"))
    moved_from = text(N_("Moved from"), options="areas")
    rules = (
        after("received_on", "met_on", N_("can't be before the referral.")),
        after("received_on", "started_on", N_("can't be before the referral.")),
        after("met_on", "started_on", N_("can't be before the initial meeting.")),
        after("started_on", "survey_on", N_("can't be before the start.")),
        after("started_on", "completed_on", N_("can't be before the start.")),
        after("started_on", "left_on", N_("can't be before the start.")),
        RowRule(
            "left_on",
            lambda row: row.get("completed_on") is None or row.get("left_on") is None,
            Message(N_("or Completed on: a case ends in one way only.")),
        ),
    )


class Disclosure(StrEnum):
    """Whether the Jobcentre knows of the dependency (D7, 3.5)."""

    BEFORE = N_("disclosed before")
    AFTER = N_("disclosed since the start")
    NOT_YET = N_("not disclosed")


class Interviews(Register):
    """A diagnostic interview: aspirations, needs and barriers (D7)."""

    tab, prefix, one, label = N_("Interviews"), "DIA", N_("Diagnostic interview"), "held_on"
    mentee = link(N_("Group"), "Mentees", required=True)
    case = link(N_("Case"), "Cases", required=True)
    held_on = date(N_("Date"), required=True)
    aspirations = long_text(N_("Aspirations"), personal=True)
    needs = long_text(N_("Needs"), personal=True)
    addiction = text(N_("Addiction"), options="addictions", personal=True)
    treatment = text(N_("Treatment"), options="treatments", personal=True)
    employment = text(N_("Employment history"), options="employment_histories", personal=True)
    barrier_health = yes_no(N_("Barrier: other health"))
    barrier_offending = yes_no(N_("Barrier: offending"))
    barrier_housing = yes_no(N_("Barrier: housing"))
    barrier_other = text(N_("Barrier: other"), personal=True)
    disclosure = choice(N_("Disclosure to the Jobcentre"), Disclosure)
    disclosed_on = date(N_("Disclosed on"))
    told_complaints = yes_no(N_("Explained again: feedback and complaints"))
    notes = confidential(N_("Confidential notes"))


class Contacts(Register):
    """A word with a mentee between sessions; a two-way one counts as engagement (D10)."""

    tab, prefix, one, label = N_("Contacts"), "CON", N_("Contact"), "made_on"
    mentee = link(N_("Group"), "Mentees", required=True)
    case = link(N_("Case"), "Cases", required=True)
    mentor = link(N_("Mentor"), "Mentors")
    made_on = date(N_("Date"), required=True)
    how = text(N_("How"), options="contact_ways")
    is_two_way = yes_no(N_("They answered"), required=True)
    note = long_text(N_("Note"), personal=True)


class OutcomeKind(StrEnum):
    """What a step leads towards (D12, D31)."""

    TREATMENT = N_("treatment")
    BUYER_PROGRAMME = N_("the buyer's programme")
    TRAINING = N_("training")
    VOLUNTEERING = N_("volunteering")
    EDUCATION = N_("education")
    WORK = N_("work")
    SERVICE = N_("local service")


class OutcomeStep(StrEnum):
    """How far it went (D12)."""

    REFERRED = N_("referred")
    STARTED = N_("entered or started")
    COMPLETED = N_("completed")
    LEFT = N_("dropped out")


class Outcomes(Register):
    """A step reached: treatment, training, work, a service attended (D12, D31)."""

    tab, prefix, one, label = N_("Outcomes"), "OUT", N_("Outcome"), "kind reached_on"
    mentee = link(N_("Group"), "Mentees", required=True)
    case = link(N_("Case"), "Cases", required=True)
    kind = choice(N_("Kind"), OutcomeKind, required=True)
    step = choice(N_("Step"), OutcomeStep, required=True)
    reached_on = date(N_("Date"), required=True)
    what = text(N_("Which, what type or sector"), personal=True)
    organisation = link(N_("Local service"), "Organisations")
    booked_for = date(N_("Booked for"))
    attended = yes_no(N_("Attended"))
    reason = text(N_("Why they left"), personal=True)


class RefundPurpose(StrEnum):
    """What a mentee travelled for (D22)."""

    SESSION = N_("a session")
    INTERVIEW = N_("an interview we arranged")


class RefundStatus(StrEnum):
    """Where a refund stands."""

    CLAIMED = N_("claimed")
    APPROVED = N_("approved")
    REFUSED = N_("refused")
    PAID = N_("paid")


REFUND_MOVES: dict[str, tuple[str, ...]] = {
    RefundStatus.CLAIMED: (RefundStatus.APPROVED, RefundStatus.REFUSED),
    RefundStatus.APPROVED: (RefundStatus.PAID,),
    RefundStatus.REFUSED: (),
    RefundStatus.PAID: (),
}


class Refunds(Register):
    """A mentee's travel costs, claimed by one person and approved by another (D22)."""

    tab, prefix, one, label = N_("Refunds"), "RFD", N_("Travel refund"), "travelled_on"
    mentee = link(N_("Group"), "Mentees", required=True)
    case = link(N_("Case"), "Cases", required=True)
    travelled_on = date(N_("Date"), required=True)
    journey = text(N_("Journey"), N_("From where to where, and by what"), required=True, personal=True)
    purpose = choice(N_("Travelled to"), RefundPurpose, required=True)
    pounds = money(N_("Amount"), required=True, checks=(more_than(0),))
    receipt_seen = yes_no(N_("Receipt seen"))
    claimed_by = text(N_("Recorded by"), personal=True, names=STAFF)
    decided_by = text(N_("Decided by"), personal=True, names=STAFF)
    decided_on = date(N_("Decided on"))
    reason = text(N_("Reason"), N_("Why it was refused"), personal=True)
    paid_on = date(N_("Paid on"))
    status = choice(N_("Status"), RefundStatus, required=True, moves=REFUND_MOVES)


class ComplaintStatus(StrEnum):
    """Where a complaint stands."""

    OPEN = N_("open")
    ANSWERED = N_("answered")
    ESCALATED = N_("with the examiner")
    CLOSED = N_("closed")


COMPLAINT_MOVES: dict[str, tuple[str, ...]] = {
    ComplaintStatus.OPEN: (ComplaintStatus.ANSWERED, ComplaintStatus.ESCALATED),
    ComplaintStatus.ANSWERED: (ComplaintStatus.ESCALATED, ComplaintStatus.CLOSED),
    ComplaintStatus.ESCALATED: (ComplaintStatus.CLOSED,),
    ComplaintStatus.CLOSED: (ComplaintStatus.OPEN,),
}


class Complaints(Register):
    """A complaint, its answer, and its way to an independent examiner (D23, W10)."""

    tab, prefix, one, label = N_("Complaints"), "CPL", N_("Complaint"), "received_on"
    mentee = link(N_("Group"), "Mentees", N_("Who complains, where they say so"))
    mentor = link(N_("Mentor"), "Mentors", N_("Whom it is about, where it is about one"))
    received_on = date(N_("Received on"), required=True)
    received_how = text(N_("How it came"))
    words = confidential(N_("What they say"), required=True)
    answer = confidential(N_("Our answer"))
    answered_on = date(N_("Answered on"))
    escalated_on = date(N_("Passed on to the examiner on"))
    closed_on = date(N_("Closed on"))
    learned = long_text(N_("What we changed"))
    status = choice(N_("Status"), ComplaintStatus, required=True, moves=COMPLAINT_MOVES)
    rules = (
        after("received_on", "answered_on", N_("can't be before it was received.")),
        after("received_on", "escalated_on", N_("can't be before it was received.")),
        after("received_on", "closed_on", N_("can't be before it was received.")),
    )


class ConcernStatus(StrEnum):
    """Where a safeguarding concern stands."""

    RAISED = N_("raised")
    TAKEN_UP = N_("taken up")
    CLOSED = N_("closed")


CONCERN_MOVES: dict[str, tuple[str, ...]] = {
    ConcernStatus.RAISED: (ConcernStatus.TAKEN_UP,),
    ConcernStatus.TAKEN_UP: (ConcernStatus.CLOSED,),
    ConcernStatus.CLOSED: (ConcernStatus.TAKEN_UP,),
}


class Concerns(Register):
    """A safeguarding concern: for the named lead and the deputy alone (D30, W10)."""

    tab, prefix, one, label = N_("Concerns"), "SAF", N_("Safeguarding concern"), "raised_at"
    raised_by = text(N_("Raised by"), required=True, personal=True, names=STAFF)
    raised_at = instant(N_("Raised at"), required=True)
    # no link: whoever opens the sheet would read whom it is about, and consent does not bear on it
    about = text(N_("Whom it is about"), N_("Their name, or who they are"), sealed=True, personal=True)
    words = confidential(N_("What worries you"), required=True)
    is_urgent = yes_no(N_("Somebody is in danger now"))
    taken_up_by = text(N_("Taken up by"), personal=True, names=STAFF)
    taken_up_on = date(N_("Taken up on"))
    actions = confidential(N_("What was done"))
    closed_on = date(N_("Closed on"))
    status = choice(N_("Status"), ConcernStatus, required=True, moves=CONCERN_MOVES)
