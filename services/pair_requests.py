"""What somebody looks for in a mentor, and what is not for mentoring at all (P3, P4, W1)."""

from dataclasses import dataclass
from datetime import date

from schemas.assignments import Assignments
from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.mentees import Mentees, MenteeStatus, Referrals, ReferralStatus, Route
from schemas.words import N_, Message
from services import access, courses, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Values
from services.store.interface import Needs, Receipt

SEE, ACTION = "pairs.see", "pairs.edit"
ELECTED = "first_elected_on"
WISH = ("received_on", "seeks", "post", "experience", "gender", "wants")
OPEN = frozenset({ReferralStatus.RECEIVED, ReferralStatus.PLANNED})


@dataclass(frozen=True)
class Request:
    """A request and whose it is."""

    row: Row
    mentee: Row
    name: str

    @property
    def is_open(self) -> bool:
        """Whether it waits for a mentor."""
        return self.row["status"] in OPEN


def person_fields(ctx: Context) -> tuple[str, ...]:
    """What is asked of somebody new: a named worker where the programme has them, the first election where it counts."""
    terms = courses.terms(ctx.programme)
    own = (ELECTED,) if terms.new_months else ()
    return ("name", "email", "phone", "gender", *own, *(("worker",) if terms.has_workers else ()))


def wish_fields(ctx: Context) -> tuple[str, ...]:
    """What is asked of a request; a post only where such are held."""
    has_posts = courses.terms(ctx.programme).has_posts
    return tuple(name for name in WISH if has_posts or name != "post")


def listed(ctx: Context) -> list[Request]:
    """Every request, those that wait first, the oldest of them on top."""
    access.require(ctx, SEE)
    rows = records.view(ctx)
    found = [_request(rows, row) for row in rows.all(Referrals)]
    return sorted(found, key=lambda each: (not each.is_open, each.row["received_on"], each.row.id))


def get(ctx: Context, id_: str) -> Request:
    """One request."""
    access.require(ctx, SEE)
    rows = records.view(ctx)
    return _request(rows, rows.get(Referrals, id_))


def _request(rows: records.Rows, row: Row) -> Request:
    mentee = rows.linked(Mentees, row["mentee"])
    return Request(row, mentee, mentee["name"])


def ask(ctx: Context, op_id: str, wish: Values, person: Values | None = None, mentee: str = "") -> Receipt:
    """Take down a request, of somebody new (`person`) or of somebody known (`mentee`); one open at a time."""
    who = steps.only(ctx, ACTION, person or {}, person_fields(ctx))
    steps.not_ahead(ctx, Mentees, ELECTED, who.get(ELECTED))
    typed = steps.only(ctx, ACTION, wish, wish_fields(ctx))
    _complete(ctx, who, typed, mentee)
    id_ = mentee or new_id(Mentees.prefix)
    request = {
        **typed,
        "mentee": id_,
        "route": Route.ITSELF,
        "status": ReferralStatus.RECEIVED,
    }

    def decide(fresh: FreshRows) -> list[Intent]:
        made: list[Intent] = [New(Referrals, request, new_id(Referrals.prefix))]
        if not mentee:
            return [new_mentee(fresh, who, id_), *made]
        fresh.get(Mentees, id_)
        if any(row["status"] in OPEN for row in fresh.where(Referrals, "mentee", id_)):
            raise NotYet(
                Message(N_("A request of theirs is open already.")), Message(N_("Go on with that one."))
            )
        return made

    needs = Needs(whole=(Mentees.tab,), where=((Referrals.tab, "mentee", id_),))
    return records.commit(ctx, op_id, ACTION, [who, typed, mentee], needs, decide)


def _complete(ctx: Context, who: Values, typed: Values, mentee: str) -> None:
    if not mentee:
        steps.needed(Mentees, who, "name")
    steps.needed(Referrals, typed, "received_on")
    steps.not_ahead(ctx, Referrals, "received_on", typed["received_on"])
    if not any(typed.get(name) for name in ("seeks", "wants", "experience", "post")):
        raise InvalidEntry([Referrals.columns["seeks"].problem(Message(N_("or what they want is needed.")))])


def new_mentee(fresh: FreshRows, who: Values, id_: str) -> Intent:
    """Somebody taken in for the first time; stops where the name or address is known already."""
    for row in fresh.all(Mentees):
        same_mail = who.get("email") and access.same_address(row["email"], who["email"])
        if same_mail or str(row["name"]).casefold() == str(who["name"]).strip().casefold():
            known = Message(N_("is known already. Choose the person from the list."))
            raise InvalidEntry([Mentees.columns["name"].problem(known)])
    return New(Mentees, {**who, "status": MenteeStatus.ACTIVE}, id_)


def note_elected(ctx: Context, op_id: str, shown: Row, on: date | None) -> Receipt:
    """Note when a mentee was first elected: members who have left mentor new members alone (P8)."""
    steps.needed(Mentees, {ELECTED: on}, ELECTED)
    steps.not_ahead(ctx, Mentees, ELECTED, on)
    return steps.edit(ctx, op_id, ACTION, Mentees, shown, {ELECTED: on}, (ELECTED,))


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change what is looked for while it waits."""
    typed = steps.only(ctx, ACTION, values, wish_fields(ctx))

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Referrals, shown.id), *OPEN)
        return [Edit(Referrals, shown.id, typed, shown=shown)]

    needs = Needs(rows=((Referrals.tab, shown.id),))
    return records.commit(ctx, op_id, ACTION, [shown.id, typed], needs, decide)


def pass_on(ctx: Context, op_id: str, shown: Row, passed_to: str) -> Receipt:
    """Pass on what is not for mentoring, to the group leader by name; nobody is matched for it (P4)."""
    steps.needed(Referrals, {"passed_to": passed_to}, "passed_to")
    values = {"is_out_of_scope": True, "passed_to": passed_to, "status": ReferralStatus.CLOSED}

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Referrals, shown.id), *OPEN)
        return [Edit(Referrals, shown.id, values, shown=shown)]

    needs = Needs(rows=((Referrals.tab, shown.id),))
    return records.commit(ctx, op_id, ACTION, [shown.id, passed_to], needs, decide)


def form_for(ctx: Context, pair: str) -> Row | None:
    """What the mentee looks for, as the pair's mentor may read it: once the two have met, never before (RM82).

    Staff read it by right; `None` where a pair came about without a form.
    """
    rows = records.view(ctx)
    row = rows.get(Assignments, pair)
    if not access.may(ctx, SEE):
        access.require(ctx, "pairs.own")
        if row["first_met_on"] is None or row["first_met_on"] > ctx.today:
            access.refuse(ctx, "read a matching form", pair)
    asked = [
        each
        for each in records.ground(ctx).where(Referrals, "mentee", row["mentee"])
        if not each["is_out_of_scope"]
    ]
    return max(asked, key=lambda each: (each["received_on"], each.id), default=None)
