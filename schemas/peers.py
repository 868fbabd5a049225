"""Peers for councils and pairs of people: who was asked, projects, orders, diaries, courses, answers (L3 to L11, W4 to W12)."""

from enum import StrEnum

from schemas.cases import after
from schemas.column import (
    STAFF,
    Register,
    RowRule,
    at_least,
    at_most,
    choice,
    confidential,
    date,
    items,
    link,
    long_text,
    money,
    number,
    text,
    yes_no,
)
from schemas.words import N_, Message


class EnquiryStatus(StrEnum):
    """Where one peer stands in one request (L3)."""

    WITH_GROUP = N_("with the group office")
    ASKED = N_("asked")
    WILLING = N_("interested and available")
    NOT_WILLING = N_("not interested or not available")
    PUT_FORWARD = N_("put forward")
    CHOSEN = N_("chosen")
    NOT_CHOSEN = N_("not chosen")
    WITHDRAWN = N_("withdrawn")


ENQUIRY_MOVES: dict[str, tuple[str, ...]] = {
    EnquiryStatus.WITH_GROUP: (EnquiryStatus.ASKED, EnquiryStatus.NOT_WILLING),
    EnquiryStatus.ASKED: (EnquiryStatus.WILLING, EnquiryStatus.NOT_WILLING),
    EnquiryStatus.WILLING: (
        EnquiryStatus.PUT_FORWARD,
        EnquiryStatus.NOT_WILLING,
        EnquiryStatus.WITHDRAWN,
    ),
    EnquiryStatus.NOT_WILLING: (EnquiryStatus.WILLING,),
    EnquiryStatus.PUT_FORWARD: (
        EnquiryStatus.CHOSEN,
        EnquiryStatus.NOT_CHOSEN,
        EnquiryStatus.WITHDRAWN,
    ),
    EnquiryStatus.CHOSEN: (EnquiryStatus.WITHDRAWN,),
    EnquiryStatus.NOT_CHOSEN: (EnquiryStatus.PUT_FORWARD,),
    EnquiryStatus.WITHDRAWN: (),
}


class Enquiries(Register):
    """One peer asked about one request: interest and availability, put forward, chosen or not, told (L3, L5)."""

    tab, prefix, one, label = N_("Enquiries"), "ENQ", N_("Enquiry"), "mentor"
    referral = link(N_("Request"), "Referrals", required=True)
    mentor = link(N_("Mentor"), "Mentors", required=True)
    asked_on = date(N_("Asked on"), N_("Of a member: when the group office passed it on"))
    group_asked_on = date(N_("Group office asked on"), N_("Member peers go through it first"))
    is_interested = yes_no(N_("Interested"))
    is_available = yes_no(N_("Available"))
    answered_on = date(N_("Answered on"))
    busy_from_on = date(N_("Not available from"))
    busy_to_on = date(N_("Not available to"))
    conflict = long_text(N_("Conflict or political activity"), N_("Said by the peer"), personal=True)
    conflict_settled = long_text(
        N_("What we decided about it"), N_("Why they may still be put forward"), personal=True
    )
    put_forward_on = date(N_("Put forward on"))
    decided_on = date(N_("Council decided on"))
    told_on = date(N_("Told on"))
    released_on = date(N_("Employer released them on"))
    withdrawn_on = date(N_("Withdrew on"))
    withdrawal = long_text(N_("Why they withdrew"), N_("What the next search should know"), personal=True)
    status = choice(N_("Status"), EnquiryStatus, required=True, moves=ENQUIRY_MOVES)
    rules = (
        after("busy_from_on", "busy_to_on", N_("can't be before it starts.")),
        RowRule(
            "asked_on",
            lambda row: row.get("asked_on") is not None or row.get("group_asked_on") is not None,
            Message(N_("or Group office asked on: one of them is needed.")),
        ),
    )


class ProjectStatus(StrEnum):
    """Where a project stands."""

    PLANNED = N_("planned")
    RUNNING = N_("running")
    CLOSED = N_("closed")
    POSTPONED = N_("postponed")
    CANCELLED = N_("cancelled")


PROJECT_MOVES: dict[str, tuple[str, ...]] = {
    ProjectStatus.PLANNED: (ProjectStatus.RUNNING, ProjectStatus.POSTPONED, ProjectStatus.CANCELLED),
    ProjectStatus.RUNNING: (ProjectStatus.CLOSED, ProjectStatus.POSTPONED, ProjectStatus.CANCELLED),
    ProjectStatus.POSTPONED: (ProjectStatus.PLANNED, ProjectStatus.CANCELLED),
    ProjectStatus.CLOSED: (),
    ProjectStatus.CANCELLED: (),
}


class Projects(Register):
    """A peer challenge, a mentoring project or an event with a council (L4, L9, L11)."""

    tab, prefix, one, label = N_("Projects"), "PRJ", N_("Project"), "name"
    name = text(N_("Name"), required=True)
    referral = link(N_("Request"), "Referrals")
    mentee = link(N_("Group"), "Mentees", required=True)
    kind = text(N_("Kind of project"), options="project_kinds", required=True)
    manager = link(N_("Project manager"), "People")
    support_officer = link(N_("Project support officer"), "People")
    starts_on = date(N_("First day on site"))
    ends_on = date(N_("Last day on site"))
    days = number(N_("Days"), checks=(at_least(0),))
    hotel = text(N_("Hotel"))
    is_public = yes_no(N_("May be named publicly"))
    public_agreed_by = text(N_("Agreed by"), personal=True)
    needs_insurance = yes_no(N_("Peers need insurance of their own"))
    administration_on = date(N_("Administration e-mail sent on"))
    draft_report_on = date(N_("Draft report sent to the peers on"))
    follow_up_on = date(N_("Follow-up visit on"))
    reason = long_text(N_("Why it was postponed or cancelled"))
    told_on = date(N_("Peers told on"))
    status = choice(N_("Status"), ProjectStatus, required=True, moves=PROJECT_MOVES)
    rules = (after("starts_on", "ends_on", N_("can't be before the first day.")),)


class Orders(Register):
    """A purchase order for one peer before a project: fee, dates, deliverables (L10)."""

    tab, prefix, one, label = N_("Purchase orders"), "POR", N_("Purchase order"), "number"
    number = text(N_("Number"), required=True)
    project = link(N_("Project"), "Projects", required=True)
    mentor = link(N_("Mentor"), "Mentors", required=True)
    fee_pounds = money(N_("Fee"), checks=(at_least(0),))
    from_on = date(N_("From"))
    to_on = date(N_("To"))
    deliverables = long_text(N_("Deliverables"))
    project_officer = text(N_("Ask about it"), N_("The project support officer"), personal=True, names=STAFF)
    issued_on = date(N_("Issued on"), required=True)


class MarkBy(StrEnum):
    """Who looks back on a peer's part in a project (L8)."""

    PEER = N_("the peer")
    COUNCIL = N_("the council")


class Marks(Register):
    """A mark for one competency after a project, by the peer or the council; without one, an account of it all (L8)."""

    tab, prefix, one, label = N_("Competency marks"), "MRK", N_("Competency mark"), "competency"
    project = link(N_("Project"), "Projects", required=True)
    mentor = link(N_("Mentor"), "Mentors", required=True)
    given_by = choice(N_("From"), MarkBy, required=True)
    given_on = date(N_("Given on"), required=True)
    competency = text(N_("Competency"), N_("Blank for an account of the whole"), options="competencies")
    mark = number(N_("Mark"), N_("1 not shown, 5 fully"), checks=(at_least(1), at_most(5)))
    words = long_text(N_("In their words"), personal=True)
    rules = (
        RowRule(
            "mark",
            lambda row: row.get("mark") is not None if row.get("competency") else bool(row.get("words")),
            Message(N_("is needed for a competency, and words for an account of the whole.")),
        ),
    )


class Diaries(Register):
    """A supporter's private diary: only its writer opens it (W4)."""

    tab, prefix, one, label = N_("Diaries"), "DRY", N_("Diary entry"), "written_on"
    mentor = link(N_("Mentor"), "Mentors", required=True)
    written_on = date(N_("Date"), required=True)
    words = confidential(N_("What I want to remember"), required=True)


class Courses(Register):
    """A course over some weeks: its days and the elements it covers (W5)."""

    tab, prefix, one = N_("Courses"), "CRS", N_("Course")
    name = text(N_("Name"), required=True)
    held_on = items(N_("Days"), N_("2026-03-02; 2026-03-09; 2026-03-23"), required=True)
    covers = items(N_("Covers"), options="training_topics")
    designed_with = text(N_("Designed with"), N_("Which young people helped to shape it"), personal=True)
    trainer = text(N_("Trainer"), personal=True, names=STAFF)


class Answers(Register):
    """An answered form that nobody signed: neither row nor history says whose it is (W9)."""

    tab, prefix, one, label = N_("Answers"), "ANS", N_("Answer"), "month"
    month = date(N_("Month"), N_("Its first day; the day itself would tell"), required=True)
    side = text(N_("From"), options="sides")
    useful = number(N_("How useful"), N_("1 not at all, 5 very"), checks=(at_least(1), at_most(5)))
    heard = number(N_("Do you feel heard"), N_("1 not at all, 5 very"), checks=(at_least(1), at_most(5)))
    safe = number(N_("Do you feel safe"), N_("1 not at all, 5 very"), checks=(at_least(1), at_most(5)))
    words = confidential(N_("In their words"))
    response = long_text(N_("What was done about it"))
    posted = confidential(N_("In the box"), N_("Sealed until enough others are with it"))


class Reviews(Register):
    """A review of the scheme, as the committee or the steering group considered it (P7, W11)."""

    tab, prefix, one, label = N_("Scheme reviews"), "SRV", N_("Scheme review"), "considered_on"
    considered_on = date(N_("Considered on"), required=True)
    learned = long_text(N_("What we learned"))
    decided = long_text(N_("What was decided"))


class SetUp(Register):
    """A stage of setting up the scheme, agreed by young people and staff (W12)."""

    tab, prefix, one, label = N_("Set-up stages"), "STG", N_("Stage"), "stage"
    stage = text(N_("Stage"), options="stages", required=True)
    decided = long_text(N_("What was decided"))
    agreed_young_on = date(N_("Agreed by young people on"))
    agreed_staff_on = date(N_("Agreed by staff on"))
