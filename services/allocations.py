"""Whose case it is: given to a mentor who may have one, declined without a reason asked, moved with its area (D25, D27, D29)."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from schemas.cases import Cases
from schemas.column import Row
from schemas.errors import InvalidEntry, NotYet
from schemas.mentees import Mentees
from schemas.mentors import Mentors, MentorStatus
from schemas.words import N_, Message, message
from schemas.work import Development, DevelopmentKind
from services import access, journeys, records, stages, steps
from services.context import Context
from services.programmes import Programme
from services.records import Edit, FreshRows, Intent, Reader, Values
from services.rules import readiness
from services.store.interface import Needs, Receipt

MOVE = frozenset({"area", "office", "moved_on"})
ANOTHER = Message(N_("Choose another mentor."))
NEEDED = (Cases.tab, Mentors.tab, Development.tab)


@dataclass(frozen=True)
class Candidate:
    """A mentor who might be given a case: how many open ones they have, and what stands in the way."""

    mentor: Row
    load: int
    most: int
    lacking: tuple[Message, ...]
    has_declined: bool

    @property
    def is_full(self) -> bool:
        """Whether they have as many open cases as one mentor is expected to."""
        return 0 < self.most <= self.load

    @property
    def may_take(self) -> bool:
        """Whether nothing but a full desk stands in the way."""
        return not self.lacking and not self.has_declined


def candidates(ctx: Context, case: Row) -> list[Candidate]:
    """Every approved mentor, those who may take it first, then the area's own, then the fewest open cases."""
    access.require(ctx, "cases.allocate")
    whole = records.ground(ctx)
    now = whole.get(Cases, case.id)
    declined = frozenset(now["declined_by"] or ())
    load = loads(records.kept(ctx).all(Cases))
    found = [
        Candidate(
            row,
            load[row.id],
            journeys.terms(ctx.programme).load_most,
            lacking(ctx.programme, whole, row, ctx.today),
            row.id in declined,
        )
        for row in whole.where(Mentors, "status", MentorStatus.APPROVED)
        if row.id != now["mentor"]
    ]
    return sorted(
        found,
        key=lambda each: (
            not each.may_take,
            each.mentor["area"] != now["area"],
            each.load,
            each.mentor["name"],
        ),
    )


def loads(found: Iterable[Row]) -> Counter[str]:
    """How many open cases each mentor has, by the mentor's id."""
    return Counter(row["mentor"] for row in found if row["mentor"] and stages.is_open(row))


def lacking(programme: Programme, rows: Reader, mentor: Row, day: date) -> tuple[Message, ...]:
    """What a mentor lacks before the first mentee, in words (D29; 2.17, 2.26)."""
    trained = {
        row["topic"]: row["held_on"]
        for row in sorted(
            rows.where(Development, "mentor", mentor.id), key=lambda row: row["held_on"], reverse=True
        )
        if row["kind"] == DevelopmentKind.TRAINING and row["topic"]
    }
    topics = journeys.terms(programme).training_needed
    lacks = readiness.lacking(mentor["recruited_on"], mentor["experience_confirmed_on"], trained, topics, day)
    return tuple(
        message(N_("{what}: {topic}"), what=Message(each.what), topic=each.topic)
        if each.topic
        else Message(each.what)
        for each in lacks
    )


def suits(
    ctx: Context, fresh: FreshRows, mentor: str, declined: Collection[str], *, is_full_allowed: bool = False
) -> None:
    """Stop unless a mentor may be given a case now; wants `NEEDED` whole (D27, D29)."""
    row = fresh.get(Mentors, mentor)
    if row["status"] != MentorStatus.APPROVED:
        raise NotYet(message(N_("{name} is not an approved mentor."), name=row["name"]), ANOTHER)
    if lacks := lacking(ctx.programme, fresh, row, ctx.today):
        raise NotYet(
            message(
                N_("{name} can't be given a mentee yet. Missing: {what}."), name=row["name"], what=lacks[0]
            ),
            Message(N_("Record it where it has been done, or choose another mentor.")),
        )
    if mentor in declined:
        raise NotYet(message(N_("{name} would rather not take this case."), name=row["name"]), ANOTHER)
    load, most = loads(fresh.all(Cases))[mentor], journeys.terms(ctx.programme).load_most
    if 0 < most <= load and not is_full_allowed:
        raise NotYet(
            message(
                N_("{name} has {load} open cases; {most} is full."), name=row["name"], load=load, most=most
            ),
            Message(N_("Choose another mentor, or say that it shall be this one all the same.")),
        )


def allocate(ctx: Context, op_id: str, shown: Row, mentor: str, *, although_full: bool = False) -> Receipt:
    """Give a case to a mentor; who had it before loses sight of it in the same moment (3.6, RM45)."""

    def decide(fresh: FreshRows) -> list[Intent]:
        case = _open(fresh, shown)
        suits(ctx, fresh, mentor, case["declined_by"] or (), is_full_allowed=although_full)
        return [Edit(Cases, shown.id, {"mentor": mentor}, shown=shown)]

    typed = [shown.id, mentor, although_full]
    return records.commit(ctx, op_id, "cases.allocate", typed, Needs(whole=NEEDED), decide)


def decline(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Let a mentor pass a case on, with no reason asked; it waits to be allocated (D27)."""

    def decide(fresh: FreshRows) -> list[Intent]:
        case = _open(fresh, shown)
        if not ctx.actor.mentor or case["mentor"] != ctx.actor.mentor:
            access.refuse(ctx, "cases.decline", shown.id)
        declined = (*(case["declined_by"] or ()), ctx.actor.mentor)
        return [Edit(Cases, shown.id, {"mentor": None, "declined_by": tuple(dict.fromkeys(declined))})]

    needs = Needs(rows=((Cases.tab, shown.id),))
    return records.commit(ctx, op_id, "cases.decline", shown.id, needs, decide)


def move(ctx: Context, op_id: str, shown: Row, values: Values, *, mentor_stays: bool = False) -> Receipt:
    """Move a case to another area: the same case and plan, no new referral and no new start (D25; 2.6)."""
    typed = steps.only(ctx, "cases.move", values, MOVE)
    steps.needed(Cases, typed, "area", "moved_on")
    steps.not_ahead(ctx, Cases, "moved_on", typed["moved_on"])

    def decide(fresh: FreshRows) -> list[Intent]:
        case = _open(fresh, shown)
        _elsewhere(ctx, case, typed)
        own = {**typed, "office": typed.get("office"), "moved_from": case["area"]}
        left = {} if mentor_stays else {"mentor": None}
        return [
            Edit(Cases, shown.id, {**own, **left}, shown=shown),
            Edit(Mentees, str(case["mentee"]), {"area": typed["area"]}),
        ]

    needs = Needs(rows=((Cases.tab, shown.id), (Mentees.tab, str(shown["mentee"]))))
    return records.commit(ctx, op_id, "cases.move", [shown.id, typed, mentor_stays], needs, decide)


def _elsewhere(ctx: Context, case: Row, typed: Values) -> None:
    area = ctx.programme.area(typed["area"])
    if area is None or area.en == case["area"]:
        raise InvalidEntry([Cases.area.problem(Message(N_("must be another area of the contract.")))])
    if typed.get("office") and typed["office"] not in area.offices:
        words = message(N_("is not an office of area {area}. Choose another."), area=area.en)
        raise InvalidEntry([Cases.office.problem(words)])
    since = case["moved_on"] or case["received_on"]
    if typed["moved_on"] < since:
        words = message(N_("can't be before {day}, the referral or the last move."), day=since)
        raise InvalidEntry([Cases.moved_on.problem(words)])


def _open(fresh: FreshRows, shown: Row) -> Row:
    case = fresh.get(Cases, shown.id)
    if not stages.is_open(case):
        raise NotYet(
            Message(N_("This case is over.")), Message(N_("A new referral of the person opens a new case."))
        )
    return case
