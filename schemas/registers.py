"""All registers, in the order a charity reads its workbook (design 5)."""

from schemas.assignments import Assignments, Feedback, Interests, Variations
from schemas.cases import Cases, Complaints, Concerns, Contacts, Interviews, Outcomes, Refunds
from schemas.column import Register
from schemas.contracts import (
    Bills,
    BuyerMeetings,
    Contracts,
    Costs,
    Deferrals,
    Improvements,
    Milestones,
    Postings,
    ReturnLines,
    Returns,
    Risks,
    Samples,
    Visits,
)
from schemas.expenses import Expenses
from schemas.mentees import Actions, Mentees, Plans, Referrals, Signposts
from schemas.mentors import Checks, Engagements, Mentors, Seats
from schemas.money import Figures, InvoiceLines, Invoices, Proposals
from schemas.organisations import Organisations, Payees
from schemas.peers import Answers, Courses, Diaries, Enquiries, Marks, Orders, Projects, Reviews, SetUp
from schemas.people import Drafts, Exceptions, Imports, People, Views
from schemas.requests import Requests
from schemas.scans import ScanPieces, Scans
from schemas.work import Advice, Development, Progress, Sessions, Timesheets

REGISTERS: tuple[type[Register], ...] = (
    Mentors,
    Engagements,
    Organisations,
    Payees,
    Checks,
    Seats,
    Mentees,
    Referrals,
    Cases,
    Interviews,
    Plans,
    Actions,
    Signposts,
    Interests,
    Enquiries,
    Projects,
    Orders,
    Marks,
    Assignments,
    Variations,
    Sessions,
    Progress,
    Contacts,
    Outcomes,
    Refunds,
    Timesheets,
    Expenses,
    Scans,
    ScanPieces,
    Invoices,
    InvoiceLines,
    Advice,
    Courses,
    Development,
    Diaries,
    Feedback,
    Answers,
    SetUp,
    Reviews,
    Complaints,
    Concerns,
    Contracts,
    Postings,
    Visits,
    Costs,
    Deferrals,
    Bills,
    Returns,
    ReturnLines,
    Improvements,
    Samples,
    Milestones,
    BuyerMeetings,
    Risks,
    Figures,
    Proposals,
    Requests,
    People,
    Exceptions,
    Drafts,
    Views,
    Imports,
)
BY_TAB: dict[str, type[Register]] = {register.tab: register for register in REGISTERS}
BY_PREFIX: dict[str, type[Register]] = {register.prefix: register for register in REGISTERS}
