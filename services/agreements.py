"""What was agreed with a mentor: an assignment's days in hours, approved variations included (S6, S11).

The assignment's own row stays as it was approved; more days and a later end are rows of Variations.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from schemas.assignments import AssignmentStatus, Variations, VariationStatus
from schemas.column import Row
from schemas.errors import NotYet
from schemas.mentors import Mentors, MentorStatus
from schemas.words import N_, Message
from services import cover, interests
from services.context import Context
from services.records import Reader
from services.rules import conditions
from services.rules.conditions import Agreed

# An ended assignment was approved while it ran, and its hours are paid like any other's.
WAS_APPROVED = frozenset({AssignmentStatus.APPROVED, AssignmentStatus.ENDED})


def agreed(rows: Reader, assignment: Row, hours_per_day: Decimal) -> Agreed:
    """An assignment as S11 sees it: whom it names, from when to when, and all hours agreed.

    `hours_per_day` turns days into hours. A proposed or refused assignment has no approval day.
    """
    return Agreed(
        assignment.id,
        assignment["mentor"],
        assignment["approved_on"] if assignment["status"] in WAS_APPROVED else None,
        assignment["starts_on"],
        ends_on(rows, assignment),
        days(rows, assignment) * hours_per_day,
        relationship(rows, assignment),
    )


def days(rows: Reader, assignment: Row) -> Decimal:
    """Days agreed at first and by every approved variation since."""
    more = sum((row["days"] for row in variations(rows, assignment)), Decimal())
    return Decimal(assignment["days"] + more)


def ends_on(rows: Reader, assignment: Row) -> date | None:
    """The last day: the latest that was agreed, or the day on which it was ended."""
    own: date | None = assignment["ends_on"]
    if assignment["status"] == AssignmentStatus.ENDED:
        return own
    later = [row["ends_on"] for row in variations(rows, assignment) if row["ends_on"] is not None]
    return max([own, *later] if own else later, default=None)


def variations(rows: Reader, assignment: Row) -> list[Row]:
    """The approved variations of an assignment."""
    found = rows.where(Variations, "assignment", assignment.id)
    return [row for row in found if row["status"] == VariationStatus.APPROVED]


def relationship(rows: Reader, assignment: Row) -> conditions.Relationship:
    """How the declared relationship stands; a programme activity has no group to be related to."""
    if not assignment["mentee"]:
        return conditions.Relationship.NONE
    return interests.state_of(rows, assignment["mentor"], assignment["mentee"])


def is_live(rows: Reader, assignment: Row, day: date) -> bool:
    """Whether an approved assignment still has days to run on `day` or will have; its start may lie ahead."""
    last = ends_on(rows, assignment)
    return assignment["status"] == AssignmentStatus.APPROVED and (last is None or day <= last)


def obstacles(ctx: Context, rows: Reader, assignment: Row) -> Iterator[NotYet]:
    """What stands between an assignment and its approval, each with what to do about it."""
    mentor = rows.find(Mentors, assignment["mentor"])
    if mentor is None or mentor["status"] != MentorStatus.APPROVED or mentor["recruited_on"] is None:
        yield NotYet(
            Message(N_("The mentor is not approved in the pool.")),
            Message(N_("Record the panel's approval, or choose another mentor.")),
        )
    insured = cover.standing(rows, assignment["mentor"], ctx.today, ctx.programme.insurance.warn_days)
    if not insured.holds:
        remedy = N_("Record a policy that covers today; a lapsed one blocks a new assignment.")
        yield NotYet(insured.words, Message(remedy))
    related = relationship(rows, assignment)
    if related in RELATED:
        yield RELATED[related]()


def _not_assessed() -> NotYet:
    return NotYet(
        Message(N_("An earlier relationship with the group is declared and not yet assessed.")),
        Message(N_("Assess it first; no work starts before that.")),
    )


def _ruled_out() -> NotYet:
    return NotYet(
        Message(N_("The earlier relationship with this group rules the mentor out.")),
        Message(N_("Choose another mentor.")),
    )


RELATED = {conditions.Relationship.DECLARED: _not_assessed, conditions.Relationship.MAY_NOT: _ruled_out}
