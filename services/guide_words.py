"""What the guide says of each register: what it is for, who acts next at each status, which programmes use it."""

from collections.abc import Mapping

from schemas.assignments import AssignmentStatus, FeedbackStatus, InterestStatus, VariationStatus
from schemas.cases import ComplaintStatus, ConcernStatus, RefundStatus
from schemas.contracts import BillStatus, ImprovementStatus
from schemas.expenses import ExpenseStatus
from schemas.mentees import PlanStatus, ReferralStatus
from schemas.mentors import MentorStatus
from schemas.money import InvoiceStatus, ProposalStatus
from schemas.organisations import PayeeStatus
from schemas.peers import EnquiryStatus, ProjectStatus
from schemas.requests import RequestStatus
from schemas.words import N_
from schemas.work import AdviceStatus, SessionStatus
from services import timesheets

NOBODY = N_("nobody: it is done")
NEXT: Mapping[str, Mapping[str, str]] = {
    "Mentors": {
        MentorStatus.APPLIED: N_("waiting for the Programme Manager to record the panel"),
        MentorStatus.APPROVED: N_("may be given work"),
        MentorStatus.PAUSED: N_("waiting for the mentor to be ready again"),
        MentorStatus.LEFT: NOBODY,
    },
    "Referrals": {
        ReferralStatus.RECEIVED: N_("waiting for the Facilitator to agree an action plan"),
        ReferralStatus.PLANNED: N_("waiting for the Facilitator to match a mentor"),
        ReferralStatus.MATCHED: N_("waiting for the mentor to do the work"),
        ReferralStatus.CLOSED: NOBODY,
    },
    "Plans": {
        PlanStatus.DRAFT: N_("waiting for the Facilitator to agree it with the group"),
        PlanStatus.AGREED: N_("in force"),
        PlanStatus.SUPERSEDED: NOBODY,
    },
    "Interests": {
        InterestStatus.NONE: NOBODY,
        InterestStatus.DECLARED: N_("waiting for the Programme Manager or Facilitator to assess it"),
        InterestStatus.MAY_PROCEED: NOBODY,
        InterestStatus.MAY_NOT: NOBODY,
    },
    "Assignments": {
        AssignmentStatus.PROPOSED: N_("waiting for the Programme Manager to approve it"),
        AssignmentStatus.APPROVED: N_("waiting for the mentor to do the work"),
        AssignmentStatus.REFUSED: NOBODY,
        AssignmentStatus.ENDED: NOBODY,
    },
    "Variations": {
        VariationStatus.PROPOSED: N_("waiting for the Programme Manager to decide"),
        VariationStatus.APPROVED: NOBODY,
        VariationStatus.REFUSED: NOBODY,
    },
    "Sessions": {
        SessionStatus.PLANNED: N_("waiting for the day of the appointment"),
        SessionStatus.DRAFT: N_("waiting for the mentor to send it"),
        SessionStatus.IN: N_("waiting for the Programme Manager to accept it"),
        SessionStatus.ACCEPTED: NOBODY,
    },
    "Timesheets": {
        str(status): NOBODY if words == status else words for status, words in timesheets.WAITS_FOR.items()
    },
    "Invoices": {
        InvoiceStatus.ISSUED: N_("waiting for Finance to pay it"),
        InvoiceStatus.PAID: NOBODY,
        InvoiceStatus.CREDITED: NOBODY,
    },
    "Payees": {
        PayeeStatus.PROPOSED: N_("waiting for the Programme Manager to confirm it"),
        PayeeStatus.CONFIRMED: N_("in force"),
    },
    "Proposals": {
        ProposalStatus.PROPOSED: N_("waiting for a second person"),
        ProposalStatus.CONFIRMED: NOBODY,
        ProposalStatus.REFUSED: NOBODY,
    },
    "Requests": {
        RequestStatus.RECEIVED: N_("waiting for the Programme Manager to make sure who asks"),
        RequestStatus.IN_HAND: N_("waiting for the Programme Manager to answer it"),
        RequestStatus.PROPOSED: N_("waiting for a second person"),
        RequestStatus.ANSWERED: NOBODY,
        RequestStatus.REFUSED: NOBODY,
    },
    "Advice": {
        AdviceStatus.DRAFT: N_("waiting for the mentor to send it for review"),
        AdviceStatus.IN_REVIEW: N_("waiting for the Facilitator to review it"),
        AdviceStatus.RETURNED: N_("waiting for the mentor to mend it"),
        AdviceStatus.SENT: NOBODY,
        AdviceStatus.SUPERSEDED: NOBODY,
    },
    "Feedback": {
        FeedbackStatus.OPEN: N_("waiting for the Programme Manager to act upon it"),
        FeedbackStatus.CLOSED: NOBODY,
    },
    "Refunds": {
        RefundStatus.CLAIMED: N_("waiting for the Programme Manager to decide"),
        RefundStatus.APPROVED: N_("waiting for Finance to pay it"),
        RefundStatus.REFUSED: NOBODY,
        RefundStatus.PAID: NOBODY,
    },
    "Complaints": {
        ComplaintStatus.OPEN: N_("waiting for our answer"),
        ComplaintStatus.ANSWERED: N_("waiting to hear whether the answer settles it"),
        ComplaintStatus.ESCALATED: N_("waiting for the examiner"),
        ComplaintStatus.CLOSED: NOBODY,
    },
    "Concerns": {
        ConcernStatus.RAISED: N_("waiting for the safeguarding lead or the deputy"),
        ConcernStatus.TAKEN_UP: N_("in the hands of the safeguarding lead or the deputy"),
        ConcernStatus.CLOSED: NOBODY,
    },
    "Bills": {
        BillStatus.ISSUED: N_("waiting for the buyer to pay it"),
        BillStatus.PAID: NOBODY,
        BillStatus.VOID: NOBODY,
    },
    "Enquiries": {
        EnquiryStatus.WITH_GROUP: N_("waiting for the group office to pass it on"),
        EnquiryStatus.ASKED: N_("waiting for the peer to answer"),
        EnquiryStatus.WILLING: N_("waiting to be put forward"),
        EnquiryStatus.NOT_WILLING: NOBODY,
        EnquiryStatus.PUT_FORWARD: N_("waiting for the council to choose"),
        EnquiryStatus.CHOSEN: N_("in the team"),
        EnquiryStatus.NOT_CHOSEN: NOBODY,
        EnquiryStatus.WITHDRAWN: NOBODY,
    },
    "Projects": {
        ProjectStatus.PLANNED: N_("waiting for its first day"),
        ProjectStatus.RUNNING: N_("waiting for the project manager to close it"),
        ProjectStatus.CLOSED: NOBODY,
        ProjectStatus.POSTPONED: N_("waiting for new days"),
        ProjectStatus.CANCELLED: NOBODY,
    },
    "Expenses": {
        ExpenseStatus.DRAFT: N_("waiting for the mentor to send it"),
        ExpenseStatus.SUBMITTED: N_("waiting for the project's staff to decide"),
        ExpenseStatus.RETURNED: N_("waiting for the mentor to mend it"),
        ExpenseStatus.APPROVED: N_("waiting for Finance to pay it"),
        ExpenseStatus.REFUSED: NOBODY,
        ExpenseStatus.PAID: NOBODY,
    },
    "Improvement plans": {
        ImprovementStatus.OPEN: N_("waiting for us to send it to the buyer"),
        ImprovementStatus.SENT: N_("waiting for its review"),
        ImprovementStatus.CLOSED: NOBODY,
    },
}
ABOUT = {
    "Mentors": N_("The pool: everybody who mentors, or has asked to."),
    "Engagements": N_("From which day a mentor is hosted or contracted directly; it decides rate and payee."),
    "Organisations": N_("Hosts, referrers and partners."),
    "Payees": N_("Whom a letter pays; the bank details are sealed."),
    "Checks": N_("Dated proofs: insurance, training, policies, permissions."),
    "Seats": N_("Who sits on the Programme Forum, and until when."),
    "Mentees": N_("The groups that are supported."),
    "Referrals": N_("How each group came, and where its request stands."),
    "Plans": N_("A group's action plan, version by version."),
    "Actions": N_("The priority actions of a plan, and the support each needs."),
    "Signposts": N_("Agencies that a group was pointed to."),
    "Interests": N_("Earlier relationships between a mentor and a group, and how they were assessed."),
    "Assignments": N_("Which mentor works with which group, from when to when, for how many days."),
    "Variations": N_("Days added to an assignment after it was approved."),
    "Sessions": N_("Activity Records: what was done on a day, and what comes next."),
    "Progress": N_("What an Activity Record says of each priority action."),
    "Timesheets": N_("Hours worked, line by line, from draft to paid."),
    "Invoices": N_("Letters and credit notes, by number."),
    "Invoice lines": N_("What each letter is made of: an assignment at one rate."),
    "Advice": N_("Written advice, version by version, with its review."),
    "Development": N_("Reflections, forums, events and training attended."),
    "Feedback": N_("What groups, facilitators and mentors say, and what was done about it."),
    "Figures": N_("Rates and other figures, each from a day on."),
    "Proposals": N_("Changes that wait for a second person."),
    "Requests": N_("What people ask about their own data, and by when it is due."),
    "People": N_("Who may sign in, and as what."),
    "Exceptions": N_("Rules set aside by name, with the reason."),
    "Imports": N_("Files brought in."),
    "Cases": N_("One referral each, from the day it came to the final review or the last day."),
    "Interviews": N_("Diagnostic interviews: what somebody hopes for, needs, and what stands in the way."),
    "Contacts": N_("Words with a mentee between sessions; one they answered counts as engagement."),
    "Outcomes": N_("Steps towards treatment, training, volunteering, education, work or another service."),
    "Refunds": N_("Mentees’ travel costs, from the claim to the payment."),
    "Complaints": N_("What mentees complain of, our answer, what went to the examiner and what we changed."),
    "Concerns": N_(
        "Safeguarding concerns: read by the named lead and the deputy alone; whoever raised one sees that it arrived."
    ),
    "Contracts": N_("Contracts with the buyer: areas, dates, value and purchase order."),
    "Postings": N_("How many hours a week each mentor works in an area: the full-time equivalents."),
    "Visits": N_("The days on which a mentor was at an office."),
    "Costs": N_("Planned and actual costs of a contract, month by month."),
    "Deferrals": N_("The buyer’s notices that part of a month’s implementation costs waits."),
    "Bills": N_("Invoices to the buyer, as they were sent."),
    "Returns": N_("What was sent to the buyer or its analysts, when it was due and when it went."),
    "Return lines": N_("The lines of a return, as they were sent."),
    "Improvement plans": N_(
        "Performance Improvement Plans: one for each level, area and month that was missed."
    ),
    "Samples": N_("Random samples, which the same seed draws again."),
    "Milestones": N_("What was promised to the buyer by a day, and what waits for its approval."),
    "Buyer meetings": N_("Meetings with the buyer: notes, actions and their owners."),
    "Risks": N_("Risks and issues raised with the buyer."),
    "Enquiries": N_("Which peers were asked about a request, what they said, and what came of it."),
    "Projects": N_("Peer challenges, mentoring projects and events, with their days and team."),
    "Purchase orders": N_("Purchase orders for peers: fee, dates and deliverables."),
    "Competency marks": N_("How a peer and a council look back on a project, competency by competency."),
    "Expenses": N_("What peers paid out and claim back, item by item."),
    "Scans": N_("Photos and scans of papers that belong to a record: a receipt, a sheet signed by hand."),
    "Scan pieces": N_("The content of scans, sealed, in pieces."),
    "Courses": N_("Courses: their days, and what they cover."),
    "Diaries": N_("Private diaries: only the writer opens them."),
    "Answers": N_("Feedback that nobody signed; nothing says whose it is."),
    "Set-up stages": N_("The stages of setting up the scheme, and who agreed them."),
    "Scheme reviews": N_("When the review of the scheme was considered, and what was decided."),
}
# The parts of a programme that work with a register; one that is not here belongs to every programme.
PARTS: Mapping[str, frozenset[str]] = {
    tab: frozenset(parts.split())
    for parts, tabs in (
        ("quarter", ("Engagements", "Invoices", "Invoice lines", "Figures")),
        ("payees contracts", ("Payees",)),
        ("forum", ("Seats",)),
        ("groups placements pairs", ("Referrals",)),
        ("assignments", ("Interests", "Variations")),
        ("assignments pairs placements", ("Assignments",)),
        ("groups cases", ("Plans", "Actions", "Signposts")),
        ("records", ("Progress",)),
        ("approvals", ("Timesheets",)),
        ("advice", ("Advice",)),
        ("evaluation", ("Feedback",)),
        ("cases", ("Cases", "Interviews", "Contacts", "Outcomes", "Refunds")),
        ("complaints", ("Complaints",)),
        ("concerns", ("Concerns",)),
        ("contracts", ("Contracts", "Postings", "Visits", "Costs", "Deferrals", "Bills")),
        ("contracts", ("Milestones", "Buyer meetings", "Risks")),
        ("returns", ("Returns", "Return lines", "Improvement plans", "Samples")),
        ("placements", ("Enquiries", "Projects", "Purchase orders", "Competency marks")),
        ("expenses", ("Expenses",)),
        ("expenses pairs", ("Scans", "Scan pieces")),
        ("courses", ("Courses",)),
        ("pairs", ("Diaries", "Answers", "Set-up stages", "Scheme reviews")),
    )
    for tab in tabs
}
