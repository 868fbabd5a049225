"""The work itself: sessions with their Activity Records, timesheets, advice, development (S7, S8, S13, S14)."""

from decimal import Decimal
from enum import StrEnum

from schemas.column import (
    STAFF,
    Register,
    RowRule,
    at_least,
    at_most,
    choice,
    confidential,
    date,
    hours,
    items,
    link,
    long_text,
    money,
    more_than,
    number,
    text,
    time,
    yes_no,
)
from schemas.mentees import Step
from schemas.mentors import Terms
from schemas.words import N_, Message


class SessionStatus(StrEnum):
    """Where a session stands: an appointment to come, its record being written, in, accepted."""

    PLANNED = N_("planned")
    DRAFT = N_("draft")
    IN = N_("record in")
    ACCEPTED = N_("accepted")


SESSION_MOVES: dict[str, tuple[str, ...]] = {
    SessionStatus.PLANNED: (SessionStatus.DRAFT, SessionStatus.IN),
    SessionStatus.DRAFT: (SessionStatus.IN,),
    SessionStatus.IN: (SessionStatus.ACCEPTED, SessionStatus.DRAFT),
    SessionStatus.ACCEPTED: (SessionStatus.IN,),
}


class Attendance(StrEnum):
    """Whether a session took place (D9)."""

    ATTENDED = N_("attended")
    MISSED = N_("missed")
    REARRANGED = N_("rearranged")


class Manner(StrEnum):
    """How a session was held (D9)."""

    FACE_TO_FACE = N_("face to face")
    DIGITAL = N_("digital")


class Sessions(Register):
    """Work with a group on a day, with its Activity Record (S7); a session with a mentee (D9)."""

    tab, prefix, one, label = N_("Sessions"), "SES", N_("Activity Record"), "mentee held_on"
    mentor = link(N_("Mentor"), "Mentors", required=True)
    assignment = link(N_("Assignment"), "Assignments", N_("Where days were agreed"))
    mentee = link(N_("Group"), "Mentees")
    held_on = date(N_("Date"), required=True)
    kind = text(N_("Kind of work"), options="kinds_of_work")
    # What a mentor tells in their own words may name people: whoever sees no names does not see it (RM41).
    place = text(N_("Place"), personal=True)
    done = long_text(N_("What we did"), N_("In a few sentences"), personal=True)
    next_steps = long_text(N_("Next steps"), N_("What the group does next"), personal=True)
    learned = long_text(N_("What I learned"), N_("For the programme team and your host"), personal=True)
    status = choice(N_("Status"), SessionStatus, required=True, moves=SESSION_MOVES)
    case = link(N_("Case"), "Cases")
    starts_at = time(N_("Time"))
    attendance = choice(N_("Attendance"), Attendance)
    manner = choice(N_("How"), Manner)
    digital_agreed = yes_no(N_("They agreed to meet digitally"))
    minutes = number(N_("Minutes"), checks=(at_least(0), at_most(600)))
    plan_reviewed = yes_no(N_("Plan reviewed"))
    reason = text(N_("Why it was missed or moved"), personal=True)
    # the meeting record sheet (W3), and what stays between the two (P5)
    why_met = long_text(N_("Why we met"), personal=True)
    achieved = long_text(N_("What we achieved"), personal=True)
    next_on = date(N_("Next meeting on"))
    next_at = time(N_("Next meeting at"))
    signed_mentor_on = date(N_("Signed by the mentor on"))
    signed_mentee_on = date(N_("Signed by the mentee on"))
    signed_how = text(N_("How it was signed"), options="confirmations")
    scan = link(N_("Signed sheet"), "Scans")
    pair_notes = confidential(N_("Between the two of you"), N_("Nobody else can open it"))
    corrections = long_text(
        N_("Corrections"), N_("Each with its day, beside what both signed"), personal=True
    )
    rules = (
        RowRule(
            "assignment",
            lambda row: bool(row.get("assignment")) or bool(row.get("case")),
            Message(N_("or Case: a session belongs to one of them.")),
        ),
        RowRule(
            "minutes",
            lambda row: row.get("attendance") != Attendance.ATTENDED or (row.get("minutes") or 0) > 0,
            Message(N_("are needed for a session that was attended.")),
        ),
    )


class Progress(Register):
    """A record's word on one priority action."""

    tab, prefix, one, label = N_("Progress"), "PRO", N_("Progress"), "words"
    session = link(N_("Activity Record"), "Sessions", required=True)
    mentor = link(N_("Mentor"), "Mentors", required=True)
    action = link(N_("Priority action"), "Actions", required=True)
    step = choice(N_("Step"), Step, required=True)
    words = long_text(N_("Progress"), personal=True)


class TimesheetStatus(StrEnum):
    """Where a line of time stands; the page says who acts next."""

    DRAFT = N_("draft")
    SUBMITTED = N_("submitted")
    RETURNED = N_("returned")
    APPROVED = N_("approved")
    REFUSED = N_("refused")
    INVOICED = N_("invoiced")
    PAID = N_("paid")


TIMESHEET_MOVES: dict[str, tuple[str, ...]] = {
    TimesheetStatus.DRAFT: (TimesheetStatus.SUBMITTED,),
    TimesheetStatus.SUBMITTED: (
        TimesheetStatus.APPROVED,
        TimesheetStatus.RETURNED,
        TimesheetStatus.REFUSED,
        TimesheetStatus.DRAFT,
    ),
    TimesheetStatus.RETURNED: (TimesheetStatus.SUBMITTED, TimesheetStatus.DRAFT),
    TimesheetStatus.APPROVED: (TimesheetStatus.INVOICED, TimesheetStatus.RETURNED),
    TimesheetStatus.REFUSED: (),
    TimesheetStatus.INVOICED: (TimesheetStatus.PAID, TimesheetStatus.APPROVED),
    TimesheetStatus.PAID: (),
}
DAY = Decimal(24)


class Timesheets(Register):
    """Hours on a day by a mentor for an assignment, with the record they belong to (S8)."""

    tab, prefix, one, label = N_("Timesheets"), "TIM", N_("Timesheet line"), "worked_on"
    mentor = link(N_("Mentor"), "Mentors", required=True)
    assignment = link(N_("Assignment"), "Assignments", required=True)
    worked_on = date(N_("Date"), required=True)
    hours = hours(N_("Hours"), N_("In quarter hours"), required=True, checks=(more_than(0), at_most(DAY)))
    starts_at = time(N_("Start"), N_("Only if you like"))
    ends_at = time(N_("End"))
    kind = text(N_("Kind of work"), options="kinds_of_work")
    is_chargeable = yes_no(N_("Chargeable"), N_("No: unpaid time, recorded all the same"), required=True)
    note = long_text(N_("Note"), personal=True)
    session = link(N_("Activity Record"), "Sessions", N_("The record this time belongs to"))
    status = choice(N_("Status"), TimesheetStatus, required=True, moves=TIMESHEET_MOVES)
    submitted_on = date(N_("Submitted on"))
    reason = long_text(N_("Reason"), N_("Why it came back or was refused"), personal=True)
    decided_by = text(N_("Decided by"), personal=True, names=STAFF)
    decided_on = date(N_("Decided on"))
    terms = choice(N_("Hosted or direct"), Terms, N_("Frozen when approved"))
    host = link(N_("Host organisation"), "Organisations", N_("Frozen when approved"))
    day_rate_pounds = money(
        N_("Day rate"), N_("Frozen when approved: the rate of the day worked"), checks=(more_than(0),)
    )
    hours_per_day = number(N_("Hours in a day"), N_("Frozen when approved"), checks=(more_than(0),))
    invoice = link(N_("Invoice"), "Invoices", N_("The live invoice it is on"))
    rules = (
        RowRule(
            "ends_at",
            lambda row: (
                row.get("starts_at") is None
                or row.get("ends_at") is None
                or row["starts_at"] < row["ends_at"]
            ),
            Message(N_("must be after the start.")),
        ),
    )


class AdviceStatus(StrEnum):
    """Where a piece of written advice stands."""

    DRAFT = N_("draft")
    IN_REVIEW = N_("in review")
    RETURNED = N_("returned")
    SENT = N_("sent")
    SUPERSEDED = N_("superseded")


ADVICE_MOVES: dict[str, tuple[str, ...]] = {
    AdviceStatus.DRAFT: (AdviceStatus.IN_REVIEW,),
    AdviceStatus.IN_REVIEW: (AdviceStatus.SENT, AdviceStatus.RETURNED),
    AdviceStatus.RETURNED: (AdviceStatus.IN_REVIEW, AdviceStatus.SUPERSEDED),
    AdviceStatus.SENT: (AdviceStatus.SUPERSEDED,),
    AdviceStatus.SUPERSEDED: (),
}


class Advice(Register):
    """A piece of written advice, version by version, with the boundary confirmed (S13)."""

    tab, prefix, one, label = N_("Advice"), "ADV", N_("Written advice"), "title"
    mentor = link(N_("Mentor"), "Mentors", required=True)
    assignment = link(N_("Assignment"), "Assignments", required=True)
    mentee = link(N_("Group"), "Mentees", required=True)
    title = text(N_("Title"), required=True)
    version = number(N_("Version"), required=True, checks=(at_least(1),))
    background = long_text(N_("Background"), N_("What the group asked"))
    suggestions = long_text(
        N_("What the group might consider"), N_("Experience and options; the group decides")
    )
    elsewhere = long_text(N_("Where to get professional advice"))
    not_legal = yes_no(N_("No legal recommendation"))
    not_technical = yes_no(N_("No technical recommendation"))
    not_financial = yes_no(N_("No financial recommendation"))
    not_planning = yes_no(N_("No planning recommendation"))
    not_their_work = yes_no(N_("Not the group's work done for it"))
    reviewed_by = text(N_("Reviewed by"), personal=True, names=STAFF)
    reviewed_on = date(N_("Reviewed on"))
    reason = long_text(N_("Reason"), N_("Why it came back"))
    status = choice(N_("Status"), AdviceStatus, required=True, moves=ADVICE_MOVES)


class DevelopmentKind(StrEnum):
    """What a mentor took part in."""

    REFLECTION = N_("reflection")
    FORUM = N_("forum")
    EVENT = N_("event")
    TRAINING = N_("training")
    SUPERVISION = N_("supervision")
    INTERVIEW = N_("evaluation interview")
    FOCUS_GROUP = N_("focus group")
    UPSKILLING = N_("staff upskilled")


class Development(Register):
    """A reflection shared, or a forum, event, training or supervision attended (S14, S17, D16, D29)."""

    tab, prefix, one, label = N_("Development"), "DEV", N_("Reflection"), "title"
    mentor = link(N_("Mentor"), "Mentors")
    kind = choice(N_("Kind"), DevelopmentKind, required=True)
    held_on = date(N_("Date"), required=True)
    title = text(N_("Title"), required=True)
    words = long_text(N_("What I learned"))
    shared_with = items(N_("Shared with"), N_("Programme team, pool, host"), options="audiences")
    is_chargeable = yes_no(N_("Chargeable"), N_("Within the allowance agreed"))
    timesheet = link(N_("Timesheet line"), "Timesheets")
    topic = text(N_("Topic"), options="training_topics")
    minutes = number(N_("Minutes"), checks=(at_least(0), at_most(600)))
    people_reached = number(N_("People reached"), checks=(at_least(0),))
    office = text(N_("Office"), options="offices")
    course = link(N_("Course"), "Courses")
    notes = confidential(N_("Supervision notes"), N_("For staff who supervise"))
    representative = link(N_("Representative"), "People", N_("One of our staff, where it is no mentor"))
    rules = (
        RowRule(
            "mentor",
            lambda row: bool(row.get("mentor")) != bool(row.get("representative")),
            Message(N_("or Representative: exactly one of them took part.")),
        ),
    )
