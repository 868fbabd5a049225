"""Consent given, withdrawn and given again; and the little that stays visible of who withdrew it (D3, RM50 to RM54).

Whoever is no customer and withdrew consent stands in no list, export or figure. Support goes on all the same: the own
mentor and the co-ordinator see the name and the next appointment here, and nothing else (2.25, 2.26). Somebody who
becomes a customer rests on the department's official work from then on, and is back everywhere (2.28).
"""

from dataclasses import dataclass
from datetime import date, time

from schemas.cases import Cases
from schemas.column import Row
from schemas.errors import InvalidEntry, NotFound, NotYet
from schemas.mentees import Mentees
from schemas.words import N_, Message
from schemas.work import Sessions, SessionStatus
from services import access, consent, records, stages, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Values
from services.store.interface import Needs, Receipt

APPOINTMENT = frozenset({"held_on", "starts_at", "place"})


@dataclass(frozen=True)
class Supported:
    """Somebody whose support goes on without records: the name and the next appointment, and no more."""

    mentee: str
    name: str
    next_on: date | None
    next_at: time | None
    place: str


def supported(ctx: Context) -> list[Supported]:
    """Those who withdrew consent and whose case is open: for their own mentor and the co-ordinator alone (RM52)."""
    if not access.may(ctx, "consent.support"):
        return []
    rows = records.kept(ctx)
    found = []
    for id_ in consent.withdrawn(ctx):
        case = _case(rows, id_)
        if case is not None and (access.may(ctx, "cases.allocate") or case["mentor"] == ctx.actor.mentor):
            found.append(_supported(ctx, rows, case))
    return sorted(found, key=lambda each: (each.next_on or date.max, each.name.casefold()))


def _case(rows: records.Rows, mentee: str) -> Row | None:
    """The case that a person's support rests on: the newest, while it is open."""
    newest = max(
        rows.where(Cases, "mentee", mentee), key=lambda row: (row["received_on"], row.id), default=None
    )
    return newest if newest is not None and stages.is_open(newest) else None


def _supported(ctx: Context, rows: records.Rows, case: Row) -> Supported:
    name = rows.get(Mentees, case["mentee"])["name"]
    planned = [
        (row["held_on"], row["starts_at"] or time(), row["starts_at"], row["place"] or "")
        for row in rows.where(Sessions, "case", case.id)
        if row["status"] == SessionStatus.PLANNED
        and row["attendance"] is None
        and row["held_on"] >= ctx.today
    ]
    if case["met_on"] is None and case["booked_on"] and case["booked_on"] >= ctx.today:
        place = case["booked_place"] or ""
        planned.append((case["booked_on"], case["booked_at"] or time(), case["booked_at"], place))
    if not planned:
        return Supported(case["mentee"], name, None, None, "")
    on, _, at, place = min(planned, key=lambda each: each[:2])
    return Supported(case["mentee"], name, on, at, place)


def appoint(ctx: Context, op_id: str, mentee: str, values: Values) -> Receipt:
    """Note the next appointment with somebody whose support goes on without records (2.26)."""
    typed = steps.only(ctx, "consent.support", values, APPOINTMENT)
    steps.needed(Sessions, typed, "held_on", "starts_at", "place")
    if typed["held_on"] < ctx.today:
        raise InvalidEntry([Sessions.held_on.problem(Message(N_("can't be in the past.")))])
    _person(ctx, mentee)
    case = _case(records.kept(ctx), mentee)
    if case is None or case["mentor"] is None:
        raise NotYet(Message(N_("Nobody mentors them just now.")), Message(N_("Ask your co-ordinator.")))
    row = {
        **typed,
        "mentor": case["mentor"],
        "mentee": mentee,
        "case": case.id,
        "status": SessionStatus.PLANNED,
    }
    return records.commit(
        ctx, op_id, "consent.support", [mentee, typed], Needs(), lambda fresh: [New(Sessions, row)]
    )


def give(ctx: Context, op_id: str, mentee: str, on: date, *, is_read: bool) -> Receipt:
    """Record consent by somebody who is no customer, after the statement was read to them; again, too (2.26, 2.28)."""
    if not is_read:
        words = Message(N_("must be yes: read it to them before they say yes."))
        raise InvalidEntry([Mentees.statement_read.problem(words)])
    steps.not_ahead(ctx, Mentees, "consent_on", on)
    _person(ctx, mentee)

    def decide(fresh: FreshRows) -> list[Intent]:
        row = fresh.get(Mentees, mentee)
        _no_customer(row)
        if row["consent_withdrawn_on"] is not None and on < row["consent_withdrawn_on"]:
            words = Message(N_("can't be before the day it was withdrawn."))
            raise InvalidEntry([Mentees.consent_on.problem(words)])
        given = {"statement_read": True, "consent_on": on, "consent_withdrawn_on": None}
        return [Edit(Mentees, mentee, given)]

    return _recorded(ctx, op_id, ["give", mentee, on], mentee, decide)


def withdraw(ctx: Context, op_id: str, mentee: str, on: date) -> Receipt:
    """Record that consent was withdrawn: from that day their records are kept and used nowhere (2.25, RM51)."""
    steps.not_ahead(ctx, Mentees, "consent_withdrawn_on", on)
    _person(ctx, mentee)

    def decide(fresh: FreshRows) -> list[Intent]:
        row = fresh.get(Mentees, mentee)
        _no_customer(row)
        if row["consent_on"] is None or row["consent_withdrawn_on"] is not None:
            raise NotYet(
                Message(N_("There is no consent in force that could be withdrawn.")),
                Message(N_("Nothing needs recording.")),
            )
        return [Edit(Mentees, mentee, {"consent_withdrawn_on": on})]

    return _recorded(ctx, op_id, ["withdraw", mentee, on], mentee, decide)


def become_customer(ctx: Context, op_id: str, mentee: str, on: date) -> Receipt:
    """Record that somebody became a customer of the department on a day: their record is used again (2.28, RM54)."""
    steps.not_ahead(ctx, Mentees, "customer_from", on)
    _person(ctx, mentee)

    def decide(fresh: FreshRows) -> list[Intent]:
        _no_customer(fresh.get(Mentees, mentee))
        return [Edit(Mentees, mentee, {"is_customer": True, "customer_from": on})]

    return _recorded(ctx, op_id, ["customer", mentee, on], mentee, decide)


def _recorded(ctx: Context, op_id: str, typed: object, mentee: str, decide: records.Decide) -> Receipt:
    needs = Needs(rows=((Mentees.tab, mentee),))
    return records.commit(ctx, op_id, "consent.record", typed, needs, decide)


def _person(ctx: Context, mentee: str) -> None:
    """Stop unless the person is one's to act for: seen as usual, or supported without records."""
    access.require(ctx, "consent.record")
    is_seen = records.view(ctx).find(Mentees, mentee) is not None
    if not is_seen and mentee not in {each.mentee for each in supported(ctx)}:
        raise NotFound()


def _no_customer(row: Row) -> None:
    if row["is_customer"] is True:
        raise NotYet(
            Message(N_("They are a customer of the department: their records rest on its official work.")),
            Message(N_("No consent needs recording.")),
        )
