"""What groups and facilitators say of the mentoring, quality over time, and what was done about it (S16)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schemas.assignments import Assignments, AssignmentStatus, Feedback, FeedbackFrom, FeedbackStatus
from schemas.column import Row, new_id
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.words import N_, Message
from services import access, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Values
from services.rules import periods
from services.rules.periods import Period
from services.store.interface import Needs, Receipt

TYPED = frozenset({"given_by", "given_on", "useful", "in_charge", "words"})
ASKED = (FeedbackFrom.GROUP, FeedbackFrom.FACILITATOR)
OWN = Message(N_("Nobody records or answers feedback about themselves."))


@dataclass(frozen=True)
class Quality:
    """A mentor's answers of a quarter: how many, and the mean marks of 1 to 5, to two places."""

    mentor: str
    name: str
    quarter: Period
    answers: int
    useful: Decimal
    in_charge: Decimal | None


def listed(ctx: Context, *, mentor: str = "", assignment: str = "", status: str = "") -> list[Row]:
    """Feedback, the newest first; an evaluator sees marks and dates, not whose words."""
    access.require(ctx, "feedback.see")
    found = [
        row
        for row in records.view(ctx).all(Feedback)
        if row["mentor"] == (mentor or row["mentor"])
        and row["assignment"] == (assignment or row["assignment"])
        and row["status"] == (status or row["status"])
    ]
    return sorted(found, key=lambda row: (row["given_on"], row.id), reverse=True)


def quality(ctx: Context, *, mentor: str = "") -> list[Quality]:
    """How each mentor is marked, quarter by quarter, the oldest first."""
    rows = records.view(ctx)
    by_quarter: dict[tuple[str, Period], list[Row]] = defaultdict(list)
    for row in listed(ctx, mentor=mentor):
        by_quarter[row["mentor"], periods.quarter_of(row["given_on"])].append(row)
    found = [
        _quality(id_, rows.name(Mentors, id_), quarter, answers)
        for (id_, quarter), answers in by_quarter.items()
    ]
    return sorted(found, key=lambda each: (each.name.casefold(), each.mentor, each.quarter))


def over_time(ctx: Context) -> list[Quality]:
    """Quality by mentor for whoever may know who they are, else of the whole programme, without names."""
    if access.scope(ctx, Mentors.tab) is access.Scope.ALL:
        return quality(ctx)
    by_quarter: dict[Period, list[Row]] = defaultdict(list)
    for row in listed(ctx):
        by_quarter[periods.quarter_of(row["given_on"])].append(row)
    return [_quality("", "", quarter, answers) for quarter, answers in sorted(by_quarter.items())]


def _quality(mentor: str, name: str, quarter: Period, answers: list[Row]) -> Quality:
    useful = _mean(row["useful"] for row in answers) or Decimal()
    return Quality(mentor, name, quarter, len(answers), useful, _mean(row["in_charge"] for row in answers))


def _mean(marks: Iterable[Decimal | None]) -> Decimal | None:
    given = [mark for mark in marks if mark is not None]
    return round(sum(given, Decimal()) / len(given), 2) if given else None


@dataclass(frozen=True)
class Missing:
    """An ended assignment, and who has said nothing of it yet."""

    work: str
    ended_on: date
    waits_for: tuple[FeedbackFrom, ...]


def missing(ctx: Context) -> list[Missing]:
    """Ended assignments with a group that lack the group's or the facilitator's word, the longest ended first."""
    access.require(ctx, "feedback.see")
    rows = records.view(ctx)
    given: dict[str, set[str]] = defaultdict(set)
    for row in rows.all(Feedback):
        given[row["assignment"]].add(row["given_by"])
    found = [
        Missing(
            rows.name(Mentees, row["mentee"]),
            row["ends_on"] or ctx.today,
            tuple(each for each in ASKED if each not in given[row.id]),
        )
        for row in rows.where(Assignments, "status", AssignmentStatus.ENDED)
        if row["mentee"]
    ]
    return sorted((each for each in found if each.waits_for), key=lambda each: (each.ended_on, each.work))


def record(ctx: Context, op_id: str, assignment: str, values: Values) -> Receipt:
    """Record what somebody said of an assignment, on the day they said it; never about oneself."""
    typed = steps.only(ctx, "feedback.record", values, TYPED)
    steps.not_ahead(ctx, Feedback, "given_on", typed.get("given_on"))
    id_ = new_id(Feedback.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        row = fresh.get(Assignments, assignment)
        steps.not_own(ctx, "feedback.record", row["mentor"], OWN)
        about = {"assignment": assignment, "mentor": row["mentor"], "status": FeedbackStatus.OPEN}
        return [New(Feedback, {**typed, **about}, id_)]

    needs = Needs(rows=((Assignments.tab, assignment),))
    return records.commit(ctx, op_id, "feedback.record", [assignment, typed], needs, decide)


def respond(ctx: Context, op_id: str, shown: Row, response: str) -> Receipt:
    """Record what the mentor did about it; never about oneself."""
    steps.needed(Feedback, {"response": response}, "response")
    done = {"response": response, "responded_on": ctx.today, "status": FeedbackStatus.CLOSED}

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Feedback, shown.id)
        steps.not_own(ctx, "feedback.respond", now["mentor"], OWN)
        steps.at(ctx, now, FeedbackStatus.OPEN)
        return [Edit(Feedback, now.id, done, shown=shown, signs=True)]

    needs = Needs(rows=((Feedback.tab, shown.id),))
    return records.commit(ctx, op_id, "feedback.respond", [shown.id, response], needs, decide)
