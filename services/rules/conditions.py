"""The conditions of payment (S11): which hours may be paid, which are held, by what, and who can clear it.

Everything here is a value: `timesheets` and `invoices` map their rows to these and read the verdicts. Three
readings of S11 that the words leave open are settled here:

* **Days agreed.** Every chargeable hour of the named mentor uses up the days agreed, in date order (within a
  day in order of entry), held or not, and so does a line that itself did not fit. A line fits when the sum up
  to and including it does. Hence, once one line has not fitted, every later one is held too, even a smaller
  one that would have fitted into what was left: nobody's hours overtake earlier ones.
* **No assignment.** A line without an assignment, or with one that does not exist, is held by "assignment
  approved" and not also by "named mentor" and "days agreed": there is nothing yet to compare them with.
* **"May not".** Refused hours are not held: nothing clears them, so they stand under no condition.

An approved allowance for programme activity (S8) is an `Agreed` like any other; a line marked `allowance`
needs no Activity Record and no declared relationship, and everything else.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import accumulate
from operator import attrgetter

from schemas.words import N_
from services.rules.spans import Span, on_any


class Condition(StrEnum):
    """What S11 asks of a chargeable hour, in the order in which it is listed. Codes are stable."""

    NAMED_MENTOR = "named mentor"
    ASSIGNMENT_APPROVED = "assignment approved"
    RELATIONSHIP = "relationship"
    MENTOR_APPROVED = "mentor approved"
    INSURANCE = "insurance"
    ACTIVITY_RECORD = "activity record"
    DAYS_AGREED = "days agreed"
    CLAIM_APPROVED = "claim approved"


class Relationship(StrEnum):
    """How an earlier relationship with the group stands (S5)."""

    NONE = "none"
    DECLARED = "declared"
    MAY_PROCEED = "may proceed"
    MAY_NOT = "may not"


class State(StrEnum):
    """What becomes of a line's hours. Each line has exactly one."""

    PAYABLE = "payable"
    HELD = "held"
    UNPAID = "unpaid"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """Hours on one day by one mentor. `entered` orders lines of one day; `approved` is record and claim."""

    id: str
    mentor: str
    assignment: str
    on: date
    hours: Decimal
    chargeable: bool
    record_in: bool
    approved: bool
    entered: int = 0
    allowance: bool = False


@dataclass(frozen=True)
class Agreed:
    """An assignment or allowance: its named mentor and all `hours` agreed, approved variations included.

    Approved on a day means: on or after `approved_on`, and from `starts_on` to `ends_on`, both included.
    """

    id: str
    mentor: str
    approved_on: date | None
    starts_on: date | None
    ends_on: date | None
    hours: Decimal
    relationship: Relationship = Relationship.NONE


@dataclass(frozen=True)
class Mentor:
    """A person in the pool: approved from `approved_on` to `left_on`, both included; insurance as spans.

    `waived` are the days for which the Programme Manager recorded why uninsured work may be paid (S2).
    """

    id: str
    approved_on: date | None
    left_on: date | None = None
    cover: tuple[Span, ...] = ()
    waived: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a line. `held_by` has a condition exactly when the state is held."""

    state: State
    held_by: tuple[Condition, ...] = ()


PAYABLE, UNPAID, REFUSED = Verdict(State.PAYABLE), Verdict(State.UNPAID), Verdict(State.REFUSED)


@dataclass(frozen=True)
class Clearing:
    """A condition in words: what is wrong with the hours, which roles can clear it, and what they do."""

    label: str
    roles: tuple[str, ...]
    deed: str


@dataclass(frozen=True)
class Totals:
    """Hours by state, each once, and by condition, where an hour counts under each that holds it."""

    by_state: Mapping[State, Decimal]
    by_condition: Mapping[Condition, Decimal]


MANAGER, FACILITATOR, MENTOR = "programme manager", "facilitator", "mentor"

_CLEARS = {
    Condition.NAMED_MENTOR: Clearing(
        N_("Not done by the named mentor"),
        (MANAGER,),
        N_("Approve an assignment that names this mentor and move the hours there, or refuse the hours."),
    ),
    Condition.ASSIGNMENT_APPROVED: Clearing(
        N_("No approved assignment on that day"),
        (MANAGER,),
        N_("Approve the assignment for that day, or return the hours so that they can be put right."),
    ),
    Condition.RELATIONSHIP: Clearing(
        N_("Earlier relationship not yet assessed"),
        (MANAGER, FACILITATOR),
        N_("Assess the declared relationship and record whether the work may proceed."),
    ),
    Condition.MENTOR_APPROVED: Clearing(
        N_("Mentor not approved in the pool on that day"),
        (MANAGER,),
        N_("Record the panel's approval with its date, or refuse the hours."),
    ),
    Condition.INSURANCE: Clearing(
        N_("No public liability insurance on that day"),
        (MANAGER,),
        N_("Record the policy that covers the day, or why the hours may be paid without one."),
    ),
    Condition.ACTIVITY_RECORD: Clearing(
        N_("Activity Record not in"),
        (MENTOR,),
        N_("Send in the Activity Record for this work."),
    ),
    Condition.DAYS_AGREED: Clearing(
        N_("Over the days agreed"),
        (MANAGER,),
        N_("Approve a variation with more days, or return the line to be split."),
    ),
    Condition.CLAIM_APPROVED: Clearing(
        N_("Record or claim not approved"),
        (MANAGER,),
        N_("Approve the Activity Record and the hours."),
    ),
}

_NOBODY = Mentor("", None)
_date_order = attrgetter("on", "entered", "id")


def clears(condition: Condition) -> Clearing:
    """Who can clear a condition, and how."""
    return _CLEARS[condition]


def judge(
    lines: Iterable[Line], agreed: Mapping[str, Agreed], mentors: Mapping[str, Mentor]
) -> dict[str, Verdict]:
    """The verdict on each line, by line id; the order of `lines` makes no difference (S11).

    Give it *every* standing line of the assignments concerned, those already invoiced or paid too: they have
    used up days. Lines refused or deleted do not belong here. Mentors and assignments that are not in the
    mappings count as not approved.
    """
    every = tuple(lines)
    beyond = _beyond_days_agreed(every, agreed)
    return {line.id: _verdict(line, agreed.get(line.assignment), mentors, beyond) for line in every}


def hours_left(agreed: Agreed, lines: Iterable[Line]) -> Decimal:
    """Hours agreed that nobody has used yet; below nought when more was worked than agreed (S11, X13)."""
    return agreed.hours - sum((line.hours for line in lines if _uses_up(line, agreed)), Decimal())


def totals(lines: Iterable[Line], verdicts: Mapping[str, Verdict]) -> Totals:
    """Hours by state, adding up to all hours, and under every condition that holds them (S11)."""
    by_state = dict.fromkeys(State, Decimal())
    by_condition = dict.fromkeys(Condition, Decimal())
    for line in lines:
        verdict = verdicts[line.id]
        by_state[verdict.state] += line.hours
        for condition in verdict.held_by:
            by_condition[condition] += line.hours
    return Totals(by_state, by_condition)


def strictest(relationships: Iterable[Relationship]) -> Relationship:
    """One standing from the mentor's and the host's declarations: the one that lets the least through (S5)."""
    found = set(relationships)
    order = (Relationship.MAY_NOT, Relationship.DECLARED, Relationship.MAY_PROCEED)
    return next((relationship for relationship in order if relationship in found), Relationship.NONE)


def _verdict(line: Line, agreed: Agreed | None, mentors: Mapping[str, Mentor], beyond: set[str]) -> Verdict:
    if not line.chargeable:
        return UNPAID
    if agreed and agreed.relationship == _MAY_NOT and not line.allowance:
        return REFUSED
    mentor = mentors.get(line.mentor, _NOBODY)
    held_by = [condition for condition, holds in _HOLDS if holds(line, agreed, mentor)]
    if line.id in beyond:
        held_by.append(Condition.DAYS_AGREED)
    if not held_by and not line.approved:
        held_by.append(Condition.CLAIM_APPROVED)
    return _held(tuple(held_by)) if held_by else PAYABLE


@cache
def _held(by: tuple[Condition, ...]) -> Verdict:
    """One value per combination, shared by all lines that it holds."""
    return Verdict(State.HELD, by)


def _beyond_days_agreed(lines: Sequence[Line], agreed: Mapping[str, Agreed]) -> set[str]:
    """Ids of the lines that the days agreed do not reach to."""
    by_assignment = defaultdict(list)
    for line in lines:
        if line.assignment in agreed:
            by_assignment[line.assignment].append(line)
    return {late for key, group in by_assignment.items() for late in _beyond(agreed[key], group)}


def _beyond(agreed: Agreed, lines: list[Line]) -> list[str]:
    """Hours are used up in date order; a line by somebody else uses none, and has no claim to any to miss."""
    if hours_left(agreed, lines) >= 0:
        return []
    mine = sorted((line for line in lines if _uses_up(line, agreed)), key=_date_order)
    used = accumulate(line.hours for line in mine)
    return [line.id for line, so_far in zip(mine, used, strict=True) if so_far > agreed.hours]


def _uses_up(line: Line, agreed: Agreed) -> bool:
    return line.chargeable and line.assignment == agreed.id and line.mentor == agreed.mentor


def _not_named(line: Line, agreed: Agreed | None, mentor: Mentor) -> bool:
    return agreed is not None and line.mentor != agreed.mentor


def _assignment_not_approved(line: Line, agreed: Agreed | None, mentor: Mentor) -> bool:
    if agreed is None or agreed.approved_on is None or line.on < agreed.approved_on:
        return True
    if agreed.starts_on is not None and line.on < agreed.starts_on:
        return True
    return agreed.ends_on is not None and line.on > agreed.ends_on


def _not_assessed(line: Line, agreed: Agreed | None, mentor: Mentor) -> bool:
    """Anything that is not clearly "none" or "may proceed" holds."""
    return agreed is not None and not line.allowance and agreed.relationship not in _MAY_GO_AHEAD


def _mentor_not_approved(line: Line, agreed: Agreed | None, mentor: Mentor) -> bool:
    if mentor.approved_on is None or line.on < mentor.approved_on:
        return True
    return mentor.left_on is not None and line.on > mentor.left_on


def _not_insured(line: Line, agreed: Agreed | None, mentor: Mentor) -> bool:
    return not on_any(mentor.cover, line.on) and not on_any(mentor.waived, line.on)


def _no_record(line: Line, agreed: Agreed | None, mentor: Mentor) -> bool:
    return not line.record_in and not line.allowance


_MAY_NOT = Relationship.MAY_NOT
_MAY_GO_AHEAD = (Relationship.NONE, Relationship.MAY_PROCEED)

_HOLDS: tuple[tuple[Condition, Callable[[Line, Agreed | None, Mentor], bool]], ...] = (
    (Condition.NAMED_MENTOR, _not_named),
    (Condition.ASSIGNMENT_APPROVED, _assignment_not_approved),
    (Condition.RELATIONSHIP, _not_assessed),
    (Condition.MENTOR_APPROVED, _mentor_not_approved),
    (Condition.INSURANCE, _not_insured),
    (Condition.ACTIVITY_RECORD, _no_record),
)
