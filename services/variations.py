"""More days for an assignment: proposed, approved or refused; the first agreement stays as it was (S6)."""

from schemas.assignments import Assignments, AssignmentStatus, Variations, VariationStatus
from schemas.column import Role, Row, new_id
from schemas.words import N_, Message
from services import access, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Values
from services.store.interface import Needs, Receipt

TYPED = frozenset({"days", "ends_on", "reason"})
OWN = Message(N_("Nobody approves days for themselves."))


def of_assignment(ctx: Context, assignment: str) -> list[Row]:
    """Every variation of an assignment one may see, in the order they were proposed."""
    return records.view(ctx).where(Variations, "assignment", assignment)


def waiting(ctx: Context) -> list[Row]:
    """The variations that wait for the Programme Manager."""
    access.require(ctx, "assignments.see")
    return records.view(ctx).where(Variations, "status", VariationStatus.PROPOSED)


def propose(ctx: Context, op_id: str, assignment: str, values: Values) -> Receipt:
    """Ask for more days on a running assignment, with the reason; a mentor asks for an own one."""
    typed = steps.only(ctx, "variations.propose", values, TYPED)
    steps.needed(Variations, typed, "days", "reason")
    id_ = new_id(Variations.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        row = fresh.get(Assignments, assignment)
        if ctx.actor.role is Role.MENTOR and row["mentor"] != ctx.actor.mentor:
            access.refuse(ctx, "variations.propose", assignment)
        steps.at(ctx, row, AssignmentStatus.APPROVED)
        asked = {"assignment": assignment, "mentor": row["mentor"], "proposed_by": ctx.actor.id}
        return [New(Variations, {**typed, **asked, "status": VariationStatus.PROPOSED}, id_)]

    needs = Needs(rows=((Assignments.tab, assignment),))
    return records.commit(ctx, op_id, "variations.propose", [assignment, typed], needs, decide)


def approve(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Agree to the days as shown; hours held for want of days become payable (S6, S11)."""
    return _decided(ctx, op_id, shown, VariationStatus.APPROVED)


def refuse(ctx: Context, op_id: str, shown: Row, reason: str) -> Receipt:
    """Say no to the days as shown; the reason stands in the history."""
    steps.needed(Variations, {"reason": reason}, "reason")
    return _decided(ctx, op_id, shown, VariationStatus.REFUSED, reason)


def _decided(ctx: Context, op_id: str, shown: Row, status: VariationStatus, why: str = "") -> Receipt:
    decided = {"status": status, "decided_by": ctx.actor.id, "decided_on": ctx.today}

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Variations, shown.id)
        steps.not_own(ctx, "variations.decide", now["mentor"], OWN)
        steps.at(ctx, now, VariationStatus.PROPOSED)
        if status is VariationStatus.APPROVED:
            steps.at(ctx, fresh.get(Assignments, now["assignment"]), AssignmentStatus.APPROVED)
        return [Edit(Variations, now.id, decided, shown=shown, signs=True)]

    needs = Needs(rows=((Variations.tab, shown.id), (Assignments.tab, shown["assignment"])))
    typed = [shown.id, status, why]
    return records.commit(ctx, op_id, "variations.decide", typed, needs, decide, why)
