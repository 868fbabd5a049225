"""Who is willing to mentor: what each offers, their named worker, and those who do not stand again (P1, P8, W1, W13)."""

from datetime import date

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry
from schemas.mentees import Mentees
from schemas.mentors import Mentors, MentorStatus
from schemas.words import N_, Message, message
from services import access, courses, records, steps
from services.context import Context
from services.pair_requests import ACTION, SEE
from services.records import Edit, FreshRows, Intent, New, Values
from services.rules import pairing
from services.rules.answering import months_after
from services.store.interface import Needs, Receipt

OWN = "own.offer"
OFFER = ("offers", "experience", "availability", "languages")
FIELDS = ("name", "email", "phone", "gender", "peer_kind", "post", *OFFER, "recruited_on", "notes")
RETIRING = ("stands_again", "out_of_office_on", "may_mentor_until")
SHOWN = frozenset({MentorStatus.APPLIED, MentorStatus.APPROVED, MentorStatus.PAUSED})


def fields(ctx: Context) -> tuple[str, ...]:
    """What an entry of the register holds; a post and a named worker where the programme has them (W13)."""
    terms = courses.terms(ctx.programme)
    own = tuple(name for name in FIELDS if terms.has_posts or name != "post")
    return (*own, *(("worker",) if terms.has_workers else ()))


def listed(ctx: Context) -> list[Row]:
    """The register by name; whoever left is not in it."""
    access.require(ctx, SEE)
    found = [row for row in records.view(ctx).all(Mentors) if row["status"] in SHOWN]
    return sorted(found, key=lambda row: (row["name"].casefold(), row.id))


def register(ctx: Context, op_id: str, values: Values) -> Receipt:
    """Take somebody into the register; training comes before the first match, not before this (P1, P2)."""
    typed = steps.only(ctx, ACTION, values, fields(ctx))
    steps.needed(Mentors, typed, "name", "recruited_on")
    steps.not_ahead(ctx, Mentors, "recruited_on", typed["recruited_on"])

    def decide(fresh: FreshRows) -> list[Intent]:
        for row in fresh.all(Mentors):
            if typed.get("email") and access.same_address(row["email"], typed["email"]):
                known = Message(N_("is in the register already. Change that entry."))
                raise InvalidEntry([Mentors.columns["email"].problem(known)])
        return [New(Mentors, {**typed, "status": MentorStatus.APPROVED}, new_id(Mentors.prefix))]

    return records.commit(ctx, op_id, ACTION, typed, Needs(whole=(Mentors.tab,)), decide)


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change an entry of the register."""
    return steps.edit(ctx, op_id, ACTION, Mentors, shown, values, fields(ctx))


def own(ctx: Context) -> Row:
    """One's own entry."""
    access.require(ctx, OWN)
    return records.view(ctx).get(Mentors, ctx.actor.mentor)


def offer(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Say oneself what one can offer (W1)."""
    return steps.edit(ctx, op_id, OWN, Mentors, shown, values, OFFER)


def name_worker(ctx: Context, op_id: str, shown: Row, worker: str) -> Receipt:
    """Name the worker a mentor or a mentee can always go to (W13)."""
    kind = Mentors if shown.id.startswith(Mentors.prefix) else Mentees
    steps.needed(kind, {"worker": worker}, "worker")
    return steps.edit(ctx, op_id, ACTION, kind, shown, {"worker": worker}, ("worker",))


# --- members who do not stand again (P8) -----------------------------------------------------------


def to_ask(ctx: Context) -> list[Row]:
    """Trained members of whom it is not known whether they stand again at the next election."""
    access.require(ctx, SEE)
    if next_election(ctx) is None:
        return []
    rows = records.view(ctx)
    return [
        row
        for row in listed(ctx)
        if row["stands_again"] is None
        and row["out_of_office_on"] is None
        and row["peer_kind"] != courses.terms(ctx.programme).outside_kind
        and courses.standing(ctx.programme, rows, row.id).is_done
    ]


def next_election(ctx: Context) -> date | None:
    """The next election the programme knows of; the last one where none is to come."""
    elections = courses.terms(ctx.programme).elections
    return next((day for day in elections if day >= ctx.today), elections[-1] if elections else None)


def may_mentor(ctx: Context, row: Row) -> bool:
    """Whether somebody may mentor today: in office, or out of it with their word and within its time."""
    return pairing.may_mentor_on(ctx.today, row["out_of_office_on"], row["may_mentor_until"])


def ended_on(ctx: Context, row: Row) -> date | None:
    """The day since which somebody mentors no more: they left the register, or their time after office is over."""
    if row["status"] == MentorStatus.LEFT:
        return row["left_on"] or ctx.today
    if may_mentor(ctx, row):
        return None
    ends: date | None = row["may_mentor_until"] or row["out_of_office_on"]
    return ends


def until_at_most(ctx: Context) -> date | None:
    """The last day on which somebody who does not stand again may mentor: so many months from election day."""
    election, months = next_election(ctx), courses.terms(ctx.programme).retired_months
    return months_after(election, months) if election else None


def _leaves_on(ctx: Context, typed: Values) -> Values:
    """Whoever does not stand again is out of office from election day, where no other day is known."""
    if typed["stands_again"] or typed.get("out_of_office_on"):
        return {}
    return {"out_of_office_on": next_election(ctx)}


def retire(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Note what a member said: stands again or not, and until when they are willing to mentor new members."""
    typed = steps.only(ctx, ACTION, values, RETIRING)
    steps.needed(Mentors, typed, "stands_again")
    typed |= _leaves_on(ctx, typed)
    until, most = typed.get("may_mentor_until"), until_at_most(ctx)
    if until is not None and most is not None and until > most:
        words = message(N_("can be {day} at the latest, counted from election day."), day=most)
        raise InvalidEntry([Mentors.columns["may_mentor_until"].problem(words)])
    ahead = typed.get("out_of_office_on") and typed["out_of_office_on"] > ctx.today
    for name, is_given in (("may_mentor_until", until is not None), ("out_of_office_on", ahead)):
        if typed["stands_again"] and is_given:
            words = Message(N_("is only for those who do not stand again. Leave it empty."))
            raise InvalidEntry([Mentors.columns[name].problem(words)])

    def decide(fresh: FreshRows) -> list[Intent]:
        fresh.get(Mentors, shown.id)
        return [Edit(Mentors, shown.id, typed, shown=shown)]

    needs = Needs(rows=((Mentors.tab, shown.id),))
    return records.commit(ctx, op_id, ACTION, [shown.id, typed], needs, decide)
