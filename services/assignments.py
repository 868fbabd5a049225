"""A named mentor for a group or for a programme activity, with the days agreed (S6, S8, S17)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schemas.assignments import Assignments, AssignmentStatus, Interests, Variations
from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.mentees import Mentees, Referrals, ReferralStatus
from schemas.mentors import Checks, Engagements, Mentors
from schemas.words import N_, Message
from schemas.work import Timesheets
from services import access, agreements, claims, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Reader, Values
from services.rules import conditions
from services.rules.conditions import Relationship
from services.store.interface import Needs, Receipt

TYPED = frozenset({"mentor", "mentee", "activity", "purpose", "days", "starts_on", "ends_on", "chosen_on"})
TERMS = frozenset({"purpose", "days", "starts_on", "ends_on"})
OWN = Message(N_("Nobody approves their own assignment."))
WAITING = (ReferralStatus.RECEIVED, ReferralStatus.PLANNED)


# Claimed chargeable hours by (assignment, mentor).
HoursUsed = Mapping[tuple[str, str], Decimal]


@dataclass(frozen=True)
class DaysAgreed:
    """The hours agreed, approved variations included, and what is used of them, in hours and days."""

    agreed_hours: Decimal
    used_hours: Decimal
    hours_per_day: Decimal

    @property
    def left_hours(self) -> Decimal:
        """Hours left; below nought when more was worked than agreed."""
        return self.agreed_hours - self.used_hours

    @property
    def agreed_days(self) -> Decimal:
        """Days agreed."""
        return self._days(self.agreed_hours)

    @property
    def used_days(self) -> Decimal:
        """Days used, to two places."""
        return self._days(self.used_hours)

    @property
    def left_days(self) -> Decimal:
        """Days left, to two places."""
        return self._days(self.left_hours)

    def _days(self, hours: Decimal) -> Decimal:
        return round(hours / self.hours_per_day, 2)


@dataclass(frozen=True)
class Entry:
    """An assignment as staff see it; `blocked_by` is what stands between a proposed one and approval."""

    row: Row
    mentor: str
    work: str
    ends_on: date | None
    days: DaysAgreed
    relationship: Relationship
    blocked_by: tuple[NotYet, ...] = ()


def listed(
    ctx: Context,
    *,
    status: str = "",
    mentor: str = "",
    mentee: str = "",
    activities: bool | None = None,
) -> list[Entry]:
    """Assignments with days agreed, used and left, the newest start first.

    `activities` True takes programme activities only, False group support only, `None` both.
    """
    access.require(ctx, "assignments.see")
    rows = records.view(ctx)
    found = [
        row
        for row in rows.all(Assignments)
        if row["status"] == (status or row["status"])
        and row["mentor"] == (mentor or row["mentor"])
        and row["mentee"] == (mentee or row["mentee"])
        and activities in {None, not row["mentee"]}
    ]
    used = hours_used(ctx)
    return [entry(ctx, row, used) for row in sorted(found, key=_start, reverse=True)]


def _start(row: Row) -> tuple[date, str]:
    return row["starts_on"] or date.max, row.id


def counts(entries: Sequence[Entry]) -> dict[str, int]:
    """How many stand at each status, and how many are for groups or for programme activities."""
    kinds = Counter("group" if each.row["mentee"] else "activity" for each in entries)
    return dict(kinds) | dict(Counter(str(each.row["status"]) for each in entries))


def one(ctx: Context, id_: str) -> Entry:
    """One assignment that one may see."""
    access.require(ctx, "assignments.see")
    return entry(ctx, records.view(ctx).get(Assignments, id_))


def entry(ctx: Context, row: Row, used: HoursUsed | None = None) -> Entry:
    """One assignment with everything its card shows; `used` spares a list of them looking at each line."""
    rows = records.view(ctx)
    proposed = row["status"] == AssignmentStatus.PROPOSED
    return Entry(
        row,
        rows.name(Mentors, row["mentor"]),
        _work(ctx, rows, row),
        agreements.ends_on(rows, row),
        days_of(ctx, rows, row, used),
        agreements.relationship(rows, row),
        tuple(agreements.obstacles(ctx, rows, row)) if proposed else (),
    )


def _work(ctx: Context, rows: records.Rows, assignment: Row) -> str:
    if assignment["mentee"]:
        return rows.name(Mentees, assignment["mentee"])
    return ctx.programme.choice_words("activities", assignment["activity"] or "", ctx.language)


def hours_used(ctx: Context) -> HoursUsed | None:
    """Claimed chargeable hours by assignment and mentor, added up once per version of the register.

    `None` for whoever does not see all time: theirs is added up from the lines they see.
    """
    if access.scope(ctx, Timesheets.tab) is not access.Scope.ALL:
        return None

    def added() -> dict[tuple[str, str], Decimal]:
        sums: dict[tuple[str, str], Decimal] = {}
        for line in records.ground(ctx).all(Timesheets):
            if line["is_chargeable"] and line["status"] in claims.CLAIMED:
                key = (line["assignment"], line["mentor"])
                sums[key] = sums.get(key, Decimal()) + line["hours"]
        return sums

    return ctx.workbook.derived("hours used", (Timesheets.tab,), ctx.programme.code, added)


def days_of(ctx: Context, rows: Reader, assignment: Row, used: HoursUsed | None = None) -> DaysAgreed:
    """The days agreed and what the named mentor's claimed chargeable hours have used of them (S11).

    `used` from `hours_used` gives the same as looking at every line of the assignment.
    """
    length = claims.hours_per_day(ctx, rows, assignment)
    agreed = agreements.agreed(rows, assignment, length)
    if used is not None:
        return DaysAgreed(agreed.hours, used.get((assignment.id, assignment["mentor"]), Decimal()), length)
    claimed = [
        claims.line_of(rows, line, {assignment.id: assignment}, place)
        for place, line in enumerate(rows.where(Timesheets, "assignment", assignment.id))
        if line["status"] in claims.CLAIMED
    ]
    return DaysAgreed(agreed.hours, agreed.hours - conditions.hours_left(agreed, claimed), length)


# --- proposing --------------------------------------------------------------------------------------


def propose(ctx: Context, op_id: str, values: Values) -> Receipt:
    """Propose a mentor for a group, or an allowance for a programme activity, with the days.

    A group's referral that waited for its mentor is thereby matched.
    """
    typed = steps.only(ctx, "assignments.propose", values, TYPED)
    steps.needed(Assignments, typed, "mentor", "days")
    id_ = new_id(Assignments.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        proposed = {**typed, "status": AssignmentStatus.PROPOSED}
        return [New(Assignments, proposed, id_), *_matched(fresh, typed.get("mentee"))]

    needs = Needs(where=((Referrals.tab, "mentee", typed.get("mentee") or "-"),))
    return records.commit(ctx, op_id, "assignments.propose", typed, needs, decide)


def _matched(rows: Reader, mentee: str | None) -> Iterator[Intent]:
    for row in rows.where(Referrals, "mentee", mentee) if mentee else []:
        if row["status"] in WAITING:
            yield Edit(Referrals, row.id, {"status": ReferralStatus.MATCHED})


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change what is proposed; once approved, days change by a variation (S6)."""
    typed = steps.only(ctx, "assignments.propose", values, TERMS)

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Assignments, shown.id), AssignmentStatus.PROPOSED)
        return [Edit(Assignments, shown.id, typed, shown=shown)]

    needs = Needs(rows=((Assignments.tab, shown.id),))
    return records.commit(ctx, op_id, "assignments.propose", [shown.id, typed], needs, decide)


# --- deciding ---------------------------------------------------------------------------------------


def approve(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Approve an assignment as shown, once nothing stands in its way; never one's own (S2, S5, S6)."""
    approved = {
        "status": AssignmentStatus.APPROVED,
        "approved_on": ctx.today,
        "approved_by": ctx.actor.id,
    }

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Assignments, shown.id)
        steps.not_own(ctx, "assignments.approve", now["mentor"], OWN)
        steps.at(ctx, now, AssignmentStatus.PROPOSED)
        _complete(now)
        for block in agreements.obstacles(ctx, fresh, now):
            raise block
        return [Edit(Assignments, now.id, approved, shown=shown, signs=True)]

    mentor = shown["mentor"]
    needs = Needs(
        rows=((Assignments.tab, shown.id), (Mentors.tab, mentor)),
        where=((Interests.tab, "mentor", mentor), (Engagements.tab, "mentor", mentor)),
        whole=(Checks.tab,),
    )
    return records.commit(ctx, op_id, "assignments.approve", shown.id, needs, decide)


def _complete(row: Row) -> None:
    """A group's assignment names its purpose and its first and last day; an allowance runs on (S6, S8)."""
    if row["mentee"]:
        steps.needed(Assignments, row, "purpose", "starts_on", "ends_on")


def refuse(ctx: Context, op_id: str, shown: Row, reason: str) -> Receipt:
    """Refuse a proposed assignment as shown; the reason stands in the history."""
    steps.needed(Variations, {"reason": reason}, "reason")

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Assignments, shown.id)
        steps.at(ctx, now, AssignmentStatus.PROPOSED)
        return [Edit(Assignments, now.id, {"status": AssignmentStatus.REFUSED}, shown=shown, signs=True)]

    needs = Needs(rows=((Assignments.tab, shown.id),))
    return records.commit(ctx, op_id, "assignments.approve", ["no", shown.id, reason], needs, decide, reason)


def end(ctx: Context, op_id: str, shown: Row, ends_on: date, reason: str = "") -> Receipt:
    """End an approved assignment on a day, not later than agreed; what was worked until then stays payable."""
    ended = {"status": AssignmentStatus.ENDED, "ends_on": ends_on}

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Assignments, shown.id)
        steps.at(ctx, now, AssignmentStatus.APPROVED)
        last = agreements.ends_on(fresh, now)
        if last is not None and ends_on > last:
            later = Message(N_("is later than was agreed. Approve a variation to go on longer."))
            raise InvalidEntry([Assignments.columns["ends_on"].problem(later)])
        return [Edit(Assignments, now.id, ended, shown=shown, signs=True)]

    needs = Needs(rows=((Assignments.tab, shown.id),), where=((Variations.tab, "assignment", shown.id),))
    typed = [shown.id, ends_on, reason]
    return records.commit(ctx, op_id, "assignments.end", typed, needs, decide, reason)
