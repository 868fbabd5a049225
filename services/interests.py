"""Earlier relationships with a group: declared at the outset, assessed before work starts (S5, RM23 to RM25)."""

from datetime import date, timedelta

from schemas.assignments import DeclaredBy, Interests, InterestStatus
from schemas.column import Role, Row, new_id
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.words import N_, Message
from services import access, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Reader, Values
from services.rules.conditions import Relationship, strictest
from services.store.interface import Needs, Receipt

STANDS = {
    InterestStatus.NONE: Relationship.NONE,
    InterestStatus.DECLARED: Relationship.DECLARED,
    InterestStatus.MAY_PROCEED: Relationship.MAY_PROCEED,
    InterestStatus.MAY_NOT: Relationship.MAY_NOT,
}
UNASSESSED = {"assessment": None, "assessed_by": None, "assessed_on": None}


def state_of(rows: Reader, mentor: str, mentee: str) -> Relationship:
    """How a mentor stands to a group, the host's declaration counted too; nothing declared is "none"."""
    own = rows.where(Interests, "mentor", mentor)
    return strictest(STANDS[InterestStatus(row["status"])] for row in own if row["mentee"] == mentee)


def waiting(ctx: Context) -> list[Row]:
    """Declared relationships that nobody has assessed yet, the oldest first."""
    access.require(ctx, "interests.see")
    found = records.view(ctx).where(Interests, "status", InterestStatus.DECLARED)
    return sorted(found, key=lambda row: (row["declared_on"] or ctx.today, row.id))


def due_on(ctx: Context, row: Row) -> date:
    """The day by which a declaration should be assessed (X10)."""
    return (row["declared_on"] or ctx.today) + timedelta(days=ctx.programme.due_days["assess_relationship"])


def decided(ctx: Context, status: str = "") -> list[Row]:
    """Every declaration that waits for nobody, the newest first; a blank status takes each."""
    settled = [row for row in listed(ctx) if row["status"] != InterestStatus.DECLARED]
    return [row for row in settled if row["status"] == (status or row["status"])]


def listed(ctx: Context, *, mentor: str = "", mentee: str = "") -> list[Row]:
    """The declarations of a mentor, of a group, or of everybody, the newest first."""
    access.require(ctx, "interests.see")
    found = [
        row
        for row in records.view(ctx).all(Interests)
        if row["mentor"] == (mentor or row["mentor"]) and row["mentee"] == (mentee or row["mentee"])
    ]
    return sorted(found, key=lambda row: (row["declared_on"] or ctx.today, row.id), reverse=True)


def declare(
    ctx: Context,
    op_id: str,
    mentee: str,
    nature: str,
    *,
    mentor: str = "",
    declared_by: DeclaredBy = DeclaredBy.MENTOR,
    shown: Row | None = None,
) -> Receipt:
    """Declare an earlier relationship with a group, or by a blank `nature` that there is none.

    A mentor declares for oneself, about a group of one's own assignments; staff on a mentor's or host's
    behalf. A new declaration about an assessed relationship asks for a new assessment.
    """
    who = _declarer(ctx, mentor, mentee, declared_by)
    status = InterestStatus.DECLARED if nature.strip() else InterestStatus.NONE
    said = {"nature": nature, "declared_on": ctx.today, "status": status}
    key = {"mentor": who, "mentee": mentee, "declared_by": declared_by}
    id_ = new_id(Interests.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        _there(fresh, who, mentee)
        before = _of_pair(fresh, who, mentee, declared_by)
        if before is None:
            return [New(Interests, {**key, **said}, id_)]
        return [Edit(Interests, before.id, {**said, **UNASSESSED}, shown=shown)]

    needs = Needs(rows=((Mentors.tab, who), (Mentees.tab, mentee)), where=((Interests.tab, "mentor", who),))
    return records.commit(ctx, op_id, "interests.declare", [*key.values(), nature], needs, decide)


def _declarer(ctx: Context, mentor: str, mentee: str, declared_by: DeclaredBy) -> str:
    """Whose declaration it is; a mentor speaks for nobody else, nor about a group of others (RM23)."""
    if ctx.actor.role is not Role.MENTOR:
        return mentor
    others = mentor not in {"", ctx.actor.mentor} or declared_by is not DeclaredBy.MENTOR
    if others or records.view(ctx).find(Mentees, mentee) is None:
        access.refuse(ctx, "interests.declare", mentee)
    return ctx.actor.mentor


def _there(rows: FreshRows, mentor: str, mentee: str) -> None:
    rows.get(Mentors, mentor)
    rows.get(Mentees, mentee)


def _of_pair(rows: Reader, mentor: str, mentee: str, declared_by: str) -> Row | None:
    """The pair's row; one that came in without saying whose it is counts as the mentor's."""
    found = (row for row in rows.where(Interests, "mentor", mentor) if row["mentee"] == mentee)
    return next((row for row in found if (row["declared_by"] or DeclaredBy.MENTOR) == declared_by), None)


def assess(ctx: Context, op_id: str, shown: Row, *, may_proceed: bool, assessment: str) -> Receipt:
    """Record whether the work may go ahead, and why; never about oneself (RM24, RM25).

    Hours held by the declaration become payable by "may proceed" and refused by "may not" (S5).
    """
    steps.needed(Interests, {"assessment": assessment}, "assessment")
    assessed: Values = {
        "status": InterestStatus.MAY_PROCEED if may_proceed else InterestStatus.MAY_NOT,
        "assessment": assessment,
        "assessed_by": ctx.actor.id,
        "assessed_on": ctx.today,
    }

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Interests, shown.id)
        own = Message(N_("Nobody assesses their own relationship with a group."))
        steps.not_own(ctx, "interests.assess", now["mentor"], own)
        steps.at(ctx, now, InterestStatus.DECLARED)
        return [Edit(Interests, now.id, assessed, shown=shown, signs=True)]

    needs = Needs(rows=((Interests.tab, shown.id),))
    typed = [shown.id, may_proceed, assessment]
    return records.commit(ctx, op_id, "interests.assess", typed, needs, decide)
