"""Who may do what, and who sees which rows and columns: a table, deny by default (X5, access-matrix.csv).

`MAY` names each action and the roles that have it. `SEES` names, for each register, how much of it a role
sees. What stands in neither is refused. Everything is enforced by `services.records` and the nouns, never
by a page that hides a button.
"""

import logging
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import NoReturn

from schemas.column import Role, Row
from schemas.errors import NotAllowed
from schemas.organisations import OrganisationKind
from services.context import Actor, Context

log = logging.getLogger("mentor_desk.access")
_ID = re.compile(r"[A-Z]{3}-[0-9A-Z]{6,12}")


def ids_alone(record: logging.LogRecord) -> bool:
    """What somebody wrote into an address in place of an id may be a name: it stays out of the log (X6)."""
    if str(record.msg).startswith("refused record=") and isinstance(record.args, tuple):
        asked = str(record.args[0])
        record.args = (asked if _ID.fullmatch(asked) else "(no id)", *record.args[1:])
    return True


log.addFilter(ids_alone)

MANAGER, COORDINATOR, MENTOR = Role.MANAGER, Role.COORDINATOR, Role.MENTOR
FINANCE, EVALUATOR, ADMINISTRATOR = Role.FINANCE, Role.EVALUATOR, Role.ADMINISTRATOR
STAFF = frozenset({MANAGER, COORDINATOR})
TEAM = STAFF | {FINANCE}
EVERYONE = frozenset(Role)

MAY: dict[str, frozenset[Role]] = {
    # every page
    "home.see": EVERYONE,
    "guide.see": EVERYONE,
    "drafts.keep": EVERYONE,
    "views.keep": EVERYONE,
    "own.language": EVERYONE,
    "own.account": EVERYONE,
    "own.sign_out": EVERYONE,
    # pool
    "pool.see": STAFF,
    "mentors.edit": STAFF,
    "mentors.approve": frozenset({MANAGER}),
    "checks.record": STAFF,
    "own.insurance": frozenset({MENTOR}),
    "gaps.allow": frozenset({MANAGER}),
    "organisations.edit": STAFF,
    "seats.edit": frozenset({MANAGER}),
    # groups, plans, matching
    "groups.see": STAFF,
    "groups.edit": STAFF,
    "matching.see": STAFF,
    "assignments.see": STAFF,
    "assignments.propose": STAFF,
    "assignments.approve": frozenset({MANAGER}),
    "assignments.end": frozenset({MANAGER}),
    "variations.propose": STAFF | {MENTOR},
    "variations.decide": frozenset({MANAGER}),
    "interests.see": STAFF,
    "interests.declare": frozenset({MENTOR}) | STAFF,
    "interests.assess": STAFF,
    # one person's case, from referral to end (D1 to D12)
    "cases.see": STAFF | {MENTOR},
    "cases.refer": STAFF | {MENTOR},
    "cases.write": STAFF | {MENTOR},
    "cases.allocate": STAFF,
    "cases.decline": frozenset({MENTOR}),
    "cases.move": STAFF,
    "cases.count": STAFF,
    "consent.record": STAFF | {MENTOR},
    "consent.support": frozenset({COORDINATOR, MENTOR}),
    "nino.open": STAFF | {MENTOR},
    "confidences.open": STAFF | {MENTOR},
    "smart_plans.write": STAFF | {MENTOR},
    "meetings.write": STAFF | {MENTOR},
    "outcomes.write": STAFF | {MENTOR},
    "services.see": STAFF | {MENTOR},
    "services.edit": STAFF | {MENTOR},
    "refunds.see": STAFF | {FINANCE},
    "refunds.claim": STAFF | {MENTOR},
    "refunds.decide": frozenset({MANAGER}),
    "refunds.pay": frozenset({FINANCE}),
    "complaints.see": STAFF,
    "complaints.record": STAFF,
    "concerns.raise": STAFF | {MENTOR},
    "concerns.see": EVERYONE,
    # the lead and the deputy, whatever their role: services/concerns.py asks for the duty
    "concerns.handle": EVERYONE,
    "levels.see": STAFF | {MENTOR},
    # the contract with the buyer (D13 to D20, D26, D28, D32)
    "contracts.see": TEAM,
    "contracts.edit": frozenset({MANAGER}),
    "postings.edit": STAFF,
    "visits.see": STAFF | {MENTOR},
    "visits.record": STAFF | {MENTOR},
    "team.see": STAFF,
    "team.record": STAFF,
    "milestones.see": TEAM,
    "milestones.edit": frozenset({MANAGER}),
    "buyer.see": STAFF,
    "buyer.edit": STAFF,
    "costs.see": frozenset({MANAGER, FINANCE}),
    "costs.edit": frozenset({MANAGER, FINANCE}),
    "bills.see": frozenset({MANAGER, FINANCE}),
    "bills.issue": frozenset({FINANCE}),
    "bills.pay": frozenset({FINANCE}),
    "returns.see": TEAM | {EVALUATOR},
    "returns.send": frozenset({MANAGER}),
    "returns.tracker": frozenset({MANAGER}),
    "tracker.see": STAFF | {MENTOR},
    "improvements.see": STAFF,
    "improvements.edit": STAFF,
    "samples.see": STAFF | {EVALUATOR},
    "samples.draw": frozenset({MANAGER}),
    "success.see": STAFF | {EVALUATOR},
    # peers for councils (L1 to L11)
    "peers.see": STAFF,
    "peers.edit": STAFF,
    "peers.remove": frozenset({MANAGER}),
    "removals.open": frozenset({MANAGER}),
    "own.profile": frozenset({MENTOR}),
    "needs.open": STAFF,
    "own.needs": frozenset({MENTOR}),
    "placements.see": STAFF,
    "placements.edit": STAFF,
    "enquiries.answer": frozenset({MENTOR}) | STAFF,
    "projects.see": STAFF | {MENTOR},
    "projects.edit": STAFF,
    "orders.issue": frozenset({MANAGER}),
    "marks.write": STAFF | {MENTOR},
    "marks.see": STAFF | {MENTOR},
    "expenses.claim": frozenset({MENTOR}),
    "expenses.see": TEAM,
    "expenses.decide": STAFF,
    "expenses.pay": frozenset({FINANCE}),
    # pairs of people (P1 to P8, W1 to W13)
    "pairs.see": STAFF,
    "pairs.edit": STAFF,
    "pairs.own": frozenset({MENTOR}),
    "sheets.write": frozenset({MENTOR}),
    "sheets.see": STAFF,
    "pair_notes.open": frozenset({MENTOR}),
    "diaries.write": frozenset({MENTOR}),
    "courses.see": STAFF | {MENTOR},
    "courses.edit": STAFF,
    "supervision.write": STAFF,
    "answers.give": STAFF | {MENTOR},
    "answers.see": STAFF,
    "answers.empty": STAFF,
    "answers.respond": STAFF,
    "own.policies": frozenset({MENTOR}),
    "own.offer": frozenset({MENTOR}),
    "setup.edit": STAFF,
    "review.see": STAFF | {EVALUATOR},
    "review.record": STAFF,
    # work
    "work.see": frozenset({MENTOR}),
    "sessions.write": frozenset({MENTOR}),
    "sessions.see": STAFF | {EVALUATOR},
    "sessions.accept": frozenset({MANAGER}),
    "timesheets.write": frozenset({MENTOR}),
    "timesheets.submit": frozenset({MENTOR}),
    "timesheets.see": TEAM,
    "timesheets.approve": frozenset({MANAGER}),
    "timesheets.return": frozenset({MANAGER}),
    "timesheets.refuse": frozenset({MANAGER}),
    "advice.write": frozenset({MENTOR}),
    "advice.see": STAFF,
    "advice.review": frozenset({COORDINATOR, MANAGER}),
    "development.write": frozenset({MENTOR}),
    "development.see": STAFF | {MENTOR},
    # evaluation and figures
    "feedback.record": STAFF,
    "feedback.see": STAFF | {EVALUATOR},
    "feedback.respond": frozenset({MANAGER}),
    "figures.see": TEAM | {EVALUATOR},
    # money
    "invoices.see": frozenset({MANAGER, FINANCE}),
    "invoices.own": frozenset({MENTOR}),
    "invoices.issue": frozenset({FINANCE}),
    "invoices.pay": frozenset({FINANCE}),
    "invoices.void": frozenset({FINANCE}),
    "invoices.confirm_void": frozenset({MANAGER}),
    "payees.see": frozenset({MANAGER, FINANCE}),
    "payees.own": frozenset({MENTOR}),
    "payees.open": frozenset({FINANCE}),
    "payees.propose": frozenset({MENTOR, FINANCE}),
    "payees.confirm": frozenset({MANAGER}),
    "rates.see": frozenset({MANAGER, FINANCE, ADMINISTRATOR}),
    "rates.propose": frozenset({MANAGER, FINANCE}),
    "rates.confirm": frozenset({MANAGER, FINANCE}),
    # the house
    "people.see": frozenset({MANAGER, ADMINISTRATOR}),
    "people.edit": frozenset({MANAGER, ADMINISTRATOR}),
    "exceptions.allow": frozenset({ADMINISTRATOR}),
    # people's rights over their own data (RM13 to RM15)
    "requests.see": frozenset({MANAGER}),
    "requests.handle": frozenset({MANAGER}),
    "requests.bundle": frozenset({MANAGER}),
    "erasure.propose": frozenset({MANAGER}),
    "erasure.confirm": frozenset({MANAGER}),
    "retention.propose": frozenset({MANAGER}),
    "retention.confirm": frozenset({MANAGER}),
    "audit.see": frozenset({MANAGER, ADMINISTRATOR}),
    "changes.undo": EVERYONE,
    "imports.bring": STAFF,
    "workbook.export": frozenset({MANAGER}),
    "workbook.check": STAFF | {ADMINISTRATOR},
    "workbook.setup": frozenset({ADMINISTRATOR}),
    "templates.check": frozenset({MANAGER, ADMINISTRATOR}),
}

# What is a member of staff's alone, also where a young worker co-ordinates (W6).
OF_STAFF = frozenset({"supervision.write", "concerns.handle"})


class Scope(StrEnum):
    """How much of a register a role sees."""

    ALL = "all"
    OWN = "own"
    MASKED = "masked"


def _sees(
    *,
    all_: frozenset[Role] = frozenset(),
    own: frozenset[Role] = frozenset(),
    masked: frozenset[Role] = frozenset(),
) -> dict[Role, Scope]:
    return (
        dict.fromkeys(masked, Scope.MASKED) | dict.fromkeys(own, Scope.OWN) | dict.fromkeys(all_, Scope.ALL)
    )


_MENTOR = frozenset({MENTOR})
_EVALUATOR = frozenset({EVALUATOR})
_MONEY = frozenset({MANAGER, FINANCE})

SEES: dict[str, dict[Role, Scope]] = {
    "Mentors": _sees(all_=TEAM, own=_MENTOR, masked=_EVALUATOR),
    "Engagements": _sees(all_=TEAM, own=_MENTOR),
    "Organisations": _sees(all_=TEAM, own=_MENTOR, masked=_EVALUATOR),
    "Payees": _sees(all_=frozenset({MANAGER, FINANCE}), own=_MENTOR),
    "Checks": _sees(all_=TEAM, own=_MENTOR),
    "Seats": _sees(all_=STAFF, own=_MENTOR),
    "Mentees": _sees(all_=TEAM, own=_MENTOR, masked=_EVALUATOR),
    "Referrals": _sees(all_=STAFF, masked=_EVALUATOR),
    "Plans": _sees(all_=STAFF, own=_MENTOR),
    "Actions": _sees(all_=STAFF, own=_MENTOR, masked=_EVALUATOR),
    "Signposts": _sees(all_=STAFF, own=_MENTOR, masked=_EVALUATOR),
    "Interests": _sees(all_=STAFF, own=_MENTOR),
    "Assignments": _sees(all_=TEAM, own=_MENTOR, masked=_EVALUATOR),
    "Variations": _sees(all_=TEAM, own=_MENTOR),
    "Sessions": _sees(all_=STAFF, own=_MENTOR, masked=_EVALUATOR),
    "Progress": _sees(all_=STAFF, own=_MENTOR, masked=_EVALUATOR),
    "Timesheets": _sees(all_=TEAM, own=_MENTOR, masked=_EVALUATOR),
    "Invoices": _sees(all_=frozenset({MANAGER, FINANCE}), own=_MENTOR),
    "Invoice lines": _sees(all_=frozenset({MANAGER, FINANCE}), own=_MENTOR),
    "Advice": _sees(all_=STAFF, own=_MENTOR),
    "Development": _sees(all_=STAFF, own=_MENTOR),
    "Feedback": _sees(all_=STAFF, own=_MENTOR, masked=_EVALUATOR),
    "Figures": _sees(all_=TEAM | {ADMINISTRATOR}),
    "Proposals": _sees(all_=frozenset({MANAGER, FINANCE, ADMINISTRATOR}), own=_MENTOR),
    "Requests": _sees(all_=frozenset({MANAGER})),
    "People": _sees(all_=frozenset({MANAGER, ADMINISTRATOR}), own=EVERYONE),
    "Exceptions": _sees(all_=TEAM | {ADMINISTRATOR}),
    "Drafts": dict.fromkeys(Role, Scope.OWN),
    "Views": dict.fromkeys(Role, Scope.OWN),
    "Imports": _sees(all_=STAFF),
    "Cases": _sees(all_=STAFF, own=_MENTOR),
    "Interviews": _sees(all_=STAFF, own=_MENTOR),
    "Contacts": _sees(all_=STAFF, own=_MENTOR),
    "Outcomes": _sees(all_=STAFF, own=_MENTOR),
    "Refunds": _sees(all_=TEAM, own=_MENTOR),
    "Complaints": _sees(all_=STAFF),
    "Concerns": dict.fromkeys(Role, Scope.OWN),
    "Contracts": _sees(all_=TEAM),
    "Postings": _sees(all_=TEAM, own=_MENTOR),
    "Visits": _sees(all_=STAFF, own=_MENTOR),
    "Costs": _sees(all_=_MONEY),
    "Deferrals": _sees(all_=_MONEY),
    "Bills": _sees(all_=_MONEY),
    "Returns": _sees(all_=TEAM, masked=_EVALUATOR),
    "Return lines": _sees(all_=STAFF, own=frozenset({FINANCE, EVALUATOR})),
    "Improvement plans": _sees(all_=STAFF),
    "Samples": _sees(all_=STAFF, masked=_EVALUATOR),
    "Milestones": _sees(all_=TEAM),
    "Buyer meetings": _sees(all_=STAFF),
    "Risks": _sees(all_=STAFF),
    "Enquiries": _sees(all_=STAFF, own=_MENTOR),
    "Projects": _sees(all_=TEAM, own=_MENTOR),
    "Purchase orders": _sees(all_=TEAM, own=_MENTOR),
    "Competency marks": _sees(all_=STAFF, own=_MENTOR),
    "Expenses": _sees(all_=TEAM, own=_MENTOR),
    "Scans": _sees(all_=TEAM, own=_MENTOR),
    "Scan pieces": _sees(all_=TEAM, own=_MENTOR),
    "Courses": _sees(all_=STAFF | _MENTOR),
    # nobody but the writer, whatever their role (W4)
    "Diaries": _sees(own=_MENTOR),
    "Answers": _sees(all_=STAFF),
    "Set-up stages": _sees(all_=STAFF),
    "Scheme reviews": _sees(all_=STAFF, masked=_EVALUATOR),
}
# Where those supported are people, their records are for staff and for the mentor whose mentees they are now (3.6).
SEES_OF_PEOPLE: dict[str, dict[Role, Scope]] = {
    tab: _sees(all_=STAFF, own=_MENTOR)
    for tab in (
        "Mentees",
        "Plans",
        "Actions",
        "Signposts",
        "Sessions",
        "Progress",
        "Assignments",
        "Interests",
        "Scans",
        "Scan pieces",
    )
} | {"Referrals": _sees(all_=STAFF)}

# Read by the safeguarding lead and the deputy alone: in no list, count, file, bundle or history of anybody else.
APART = frozenset({"Concerns"})
# Of such a row, what whoever wrote it still sees: that it arrived, and when (W10).
ARRIVED: Mapping[str, frozenset[str]] = {
    "Concerns": frozenset({"_id", "programme", "raised_by", "raised_at"})
}
# In no list that leaves, beside those: a scan is looked at with its claim or sheet, and goes to whom it is about (L6, W3).
IN_NO_FILE = APART | {"Scan pieces"}
# Of these nobody but the writer learns so much as how many there are (RM78).
UNCOUNTED = frozenset({"Diaries"})
# In this column stands the mentor whom a row is about, and who never reads it, whatever their role (RM61).
ABOUT: Mapping[str, str] = {"Complaints": "mentor"}

OwnTest = Callable[[Row, Actor, Mapping[str, frozenset[str]]], bool]


def _by_mentor(row: Row, actor: Actor, mine: Mapping[str, frozenset[str]]) -> bool:
    return bool(actor.mentor) and row.get("mentor") == actor.mentor


def _by(column: str, of: str) -> OwnTest:
    """Own where `column` is among the ids that are mine in register `of`."""
    return lambda row, actor, mine: row.get(column) in mine.get(of, frozenset())


def same_address(one: str | None, other: str | None) -> bool:
    """Whether two e-mail addresses are one, whatever the capitals."""
    return (one or "").casefold() == (other or "").casefold()


OWN: dict[str, OwnTest] = {
    "Mentors": lambda row, actor, mine: bool(actor.mentor) and row.id == actor.mentor,
    "Checks": lambda row, actor, mine: (
        _by_mentor(row, actor, mine) or row.get("organisation") in mine.get("Organisations", frozenset())
    ),
    "Organisations": _by("_id", "Organisations"),
    "Mentees": _by("_id", "Mentees"),
    "Plans": _by("mentee", "Mentees"),
    "Actions": _by("mentee", "Mentees"),
    "Signposts": _by("mentee", "Mentees"),
    "Proposals": lambda row, actor, mine: row.get("proposed_by") == actor.id,
    "People": lambda row, actor, mine: bool(actor.email) and same_address(row.get("email"), actor.email),
    "Drafts": lambda row, actor, mine: row.get("person") == actor.id,
    "Views": lambda row, actor, mine: row.get("owner") == actor.id or bool(row.get("is_shared")),
    "Cases": _by("mentee", "Mentees"),
    "Interviews": _by("mentee", "Mentees"),
    "Contacts": _by("mentee", "Mentees"),
    "Outcomes": _by("mentee", "Mentees"),
    "Refunds": _by("mentee", "Mentees"),
    "Projects": _by("_id", "Projects"),
    # whoever raised a concern sees that it arrived; the lead and the deputy see the rest (W10)
    "Concerns": lambda row, actor, mine: row.get("raised_by") == actor.id or actor.is_safeguarding,
    # the measures of a return are counts; a line about a person is not theirs
    "Return lines": lambda row, actor, mine: not row.get("mentee"),
}
OWN_OF_PEOPLE: dict[str, OwnTest] = {
    tab: _by("mentee", "Mentees") for tab in ("Sessions", "Progress", "Assignments", "Interests")
} | {
    # whoever mentors people sends them on to local services, and knows of new ones first (2.15, D31)
    "Organisations": lambda row, actor, mine: (
        row.get("kind") == OrganisationKind.SERVICE or row.id in mine.get("Organisations", frozenset())
    )
}

# In a pair, what one mentor wrote is not the next one's, who may be given the same mentee (RM72, RM76).
OWN_OF_PAIRS: dict[str, OwnTest] = OWN_OF_PEOPLE | dict.fromkeys(("Sessions", "Assignments"), _by_mentor)
# In no bundle, whoever asks for it: a diary, what is said between two, feedback without a name (RM72, RM78, RM79).
CONFIDED: Mapping[str, frozenset[str]] = {
    "Diaries": frozenset({"words"}),
    "Sessions": frozenset({"pair_notes"}),
    "Answers": frozenset({"words", "posted"}),
    "Scan pieces": frozenset({"content"}),
}


def may(ctx: Context, action: str) -> bool:
    """Whether the actor has the right to `action` at all; an unknown action is nobody's."""
    if ctx.actor.is_young and action in OF_STAFF:
        return False
    return ctx.actor.role in MAY.get(action, frozenset())


def require(ctx: Context, action: str) -> None:
    """Stop unless the actor may; the refusal is logged with ids only."""
    if not may(ctx, action):
        refuse(ctx, action)


def refuse(ctx: Context, action: str, record: str = "") -> NoReturn:
    """Refuse in the one wording for forbidden and absent alike, and log it without personal data."""
    log.warning("refused action=%s actor=%s record=%s", action, ctx.actor.id, record)
    raise NotAllowed()


def scope(ctx: Context, tab: str) -> Scope | None:
    """How much of a register the actor sees; `None` is nothing."""
    seen = SEES_OF_PEOPLE if ctx.programme.is_of_people and tab in SEES_OF_PEOPLE else SEES
    return seen.get(tab, {}).get(ctx.actor.role)


def is_apart(ctx: Context, tab: str) -> bool:
    """Whether a register is kept from the actor, its number of rows too."""
    return tab in APART and not ctx.actor.is_safeguarding


def as_owner(ctx: Context, tab: str, row: Row) -> Row:
    """One's own row as one may read it: of a concern that was sent, only that it arrived."""
    if not is_apart(ctx, tab):
        return row
    return Row({name: value if name in ARRIVED[tab] else None for name, value in row.items()})


def owns(ctx: Context, tab: str, row: Row, mine: Mapping[str, frozenset[str]]) -> bool:
    """Whether a row is the actor's own: the hours are mine, not that I keyed them (design 5)."""
    of_people = OWN_OF_PAIRS if ctx.programme.pairs else OWN_OF_PEOPLE
    own = of_people if ctx.programme.is_of_people and tab in of_people else OWN
    return own.get(tab, _by_mentor)(row, ctx.actor, mine)
