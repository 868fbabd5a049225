"""From the referral to the initial meeting: logged, booked, held (D1, D2, D3, D6)."""

from typing import Any

from schemas.cases import CaseOutcome, Cases
from schemas.column import Register, Role, Row, new_id
from schemas.errors import InvalidEntry, NotYet, Problem
from schemas.mentees import Mentees, MenteeStatus
from schemas.mentors import Mentors
from schemas.words import N_, Message, message
from schemas.work import Development
from services import access, allocations, consent, journeys, numbers, records, screening, stages, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Values
from services.rules import places
from services.store.interface import Needs, Receipt
from services.terms import Route

PERSON = frozenset({"name", "date_of_birth", "email", "phone", "is_customer", "wants_welsh"})
REFERRAL = frozenset(
    {
        "number",
        "received_on",
        "route",
        "area",
        "office",
        "referred_by",
        "organisation",
        "permission_on",
        "mentor",
    }
)
BOOKING = frozenset({"booked_on", "booked_at", "booked_place", "place_reason"})
FACTS = frozenset({"office", "referred_by", "organisation", "permission_on"})
TOLD = ("told_voluntary", "told_data", "told_complaints")
ANSWERS = ("has_dependency", "lives_in_area", "is_unemployed", "benefit")
MEETING = frozenset({"met_on", "booked_place", "place_reason", *TOLD, *ANSWERS, "outcome", "outcome_reason"})
AT_MEETING = frozenset({"date_of_birth", "is_customer", "statement_read", "consent_on", "wants_welsh"})
WITHOUT_START = frozenset(set(CaseOutcome) - {CaseOutcome.STARTED})
NEEDED = Message(N_("is needed."))


# --- logging a referral ----------------------------------------------------------------------------


def refer(ctx: Context, op_id: str, person: Values, referral: Values) -> Receipt:
    """Log a referral of somebody new, or of somebody known by name and date of birth (D1; 2.6, 2.8).

    A mentor's own referral is the mentor's case; staff may name a mentor or leave it to be allocated. Refused: a
    second open referral of one person, a route's missing permission, a number that another case has.
    """
    who = steps.only(ctx, "cases.refer", person, PERSON)
    came = steps.only(ctx, "cases.refer", referral, REFERRAL)
    if ctx.actor.role is Role.MENTOR:
        came["mentor"] = ctx.actor.mentor
    _complete(ctx, who, came)
    id_, known = new_id(Cases.prefix), new_id(Mentees.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        found = _known(ctx, fresh, who)
        number = numbers.of_case(ctx, fresh, came.get("number"))
        if came.get("mentor"):
            allocations.suits(ctx, fresh, str(came["mentor"]), ())
        first = {**came, "number": number, "mentee": found.id if found else known}
        return [_person(who, came, found, known), New(Cases, first, id_)]

    needs = Needs(whole=(Mentees.tab, Cases.tab, Mentors.tab, Development.tab))
    return records.commit(ctx, op_id, "cases.refer", [who, came], needs, decide)


def _complete(ctx: Context, who: Values, came: Values) -> None:
    steps.needed(Mentees, who, "name")
    steps.needed(Cases, came, "received_on", "route", "area")
    steps.not_ahead(ctx, Cases, "received_on", came["received_on"])
    steps.not_ahead(ctx, Cases, "permission_on", came.get("permission_on"))
    born_on = who.get("date_of_birth")
    if born_on is not None and born_on >= came["received_on"]:
        _refuse(Mentees, "date_of_birth", Message(N_("must lie before the referral.")))
    if route_of(ctx, came["route"]).needs_permission:
        steps.needed(Cases, came, "permission_on")
    _in_area(ctx, came["area"], came.get("office"))


def _in_area(ctx: Context, area: str, office: str | None) -> None:
    found = ctx.programme.area(area)
    if found is None:
        _refuse(Cases, "area", Message(N_("is not one of the contract's. Choose it from the list.")))
    elif office and office not in found.offices:
        _refuse(Cases, "office", message(N_("is not an office of area {area}. Choose another."), area=area))


def route_of(ctx: Context, name: str | None) -> Route:
    """A route of the programme by its name; a name that is none is refused."""
    found = next((route for route in journeys.terms(ctx.programme).routes if route.en == name), None)
    if found is None:
        raise InvalidEntry([Cases.route.problem(Message(N_("is not one of the contract's routes.")))])
    return found


def _known(ctx: Context, fresh: FreshRows, who: Values) -> Row | None:
    """The same person, where they are known; stops where their case is open, or is not this person's to know of."""
    found = next((row for row in fresh.all(Mentees) if _is_same(row, who)), None)
    if found is None:
        return None
    if records.view(ctx).find(Mentees, found.id) is None:
        raise _not_theirs(ctx, found)
    for case in fresh.where(Cases, "mentee", found.id):
        if stages.is_open(case):
            raise NotYet(
                message(
                    N_("This person has an open case already: {number}."), number=case["number"] or case.id
                ),
                Message(N_("Go on with that case. Where they moved, change its area.")),
            )
    return found


def _not_theirs(ctx: Context, person: Row) -> NotYet:
    is_coordinator = access.may(ctx, "consent.support") and access.may(ctx, "cases.allocate")
    if is_coordinator and consent.is_withdrawn(person, ctx.today):
        return NotYet(
            Message(N_("This person withdrew their consent, so their records can't be used.")),
            Message(N_("Where they give it again, record that first.")),
        )
    return NotYet(
        Message(N_("This referral can't be logged from here.")),
        Message(N_("Ask your co-ordinator to log it.")),
    )


def _is_same(row: Row, who: Values) -> bool:
    """Same name and date of birth; where one of the dates is missing, same name and same phone or e-mail."""
    if _folded(row["name"]) != _folded(who["name"]):
        return False
    if row["date_of_birth"] and who.get("date_of_birth"):
        return bool(row["date_of_birth"] == who["date_of_birth"])
    return any(
        row[name] and _folded(row[name]) == _folded(str(who.get(name) or "")) for name in ("phone", "email")
    )


def _folded(text: str) -> str:
    return "".join(text.casefold().split())


def _person(who: Values, came: Values, found: Row | None, id_: str) -> Intent:
    area = {"area": came["area"]}
    if found is None:
        return New(Mentees, {**who, **area, "status": MenteeStatus.ACTIVE}, id_)
    given = {name: value for name, value in who.items() if value is not None and value != ""}
    return Edit(Mentees, found.id, {**given, **area, "status": MenteeStatus.ACTIVE})


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Put the referral's facts right; its day, route and number stay as they were logged."""
    steps.not_ahead(ctx, Cases, "permission_on", values.get("permission_on"))
    _in_area(ctx, shown["area"], values.get("office"))
    return steps.edit(ctx, op_id, "cases.write", Cases, shown, values, FACTS)


def edit_person(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change a mentee's name, contact details or wish for Welsh; the analysts hear of changed details (1.27)."""
    return steps.edit(ctx, op_id, "cases.write", Mentees, shown, values, PERSON - {"is_customer"})


# --- the initial meeting ----------------------------------------------------------------------------


def book(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Book the initial meeting: in office hours where it is an office, with a reason where it is held elsewhere (D6)."""
    typed = steps.only(ctx, "cases.write", values, BOOKING)

    def decide(fresh: FreshRows) -> list[Intent]:
        case = _before_start(fresh, shown)
        if case["met_on"] is not None:
            raise NotYet(
                Message(N_("The initial meeting has been held.")),
                Message(N_("Where its day is wrong, change the meeting itself.")),
            )
        then = Row(case, **typed)
        steps.needed(Cases, then, "booked_on", "booked_at", "booked_place")
        if then["booked_on"] < case["received_on"]:
            _refuse(Cases, "booked_on", Message(N_("can't be before the referral.")))
        _place(ctx, then, "booked_on", "booked_at")
        return [Edit(Cases, shown.id, typed, shown=shown)]

    needs = Needs(rows=((Cases.tab, shown.id),))
    return records.commit(ctx, op_id, "cases.write", [shown.id, typed], needs, decide)


def _place(ctx: Context, case: Row, day: str, at: str) -> None:
    """The route's own place, or a reason; an office only while it is open (1.11, 2.24)."""
    terms = journeys.terms(ctx.programme)
    if case["booked_place"] != route_of(ctx, case["route"]).meets_at:
        steps.needed(Cases, case, "place_reason")
    if places.is_office(case["booked_place"], terms.routes):
        nation = journeys.nation(ctx.programme, case["area"])
        time = case[at] if at else None
        shut = places.closed(case[day], time, terms.office_opens, terms.office_closes, nation)
        if shut is not None:
            _refuse(Cases, day if shut[0] == "day" else at, shut[1])


def meet(ctx: Context, op_id: str, shown: Row, values: Values, person: Values | None = None) -> Receipt:
    """Record the initial meeting: what was explained, the answers, consent, and what came of it (D2, D3; 2.26).

    A blank `outcome` goes on to the start: then everything was explained, every answer is there, and the rule says
    yes. Any other outcome ends the referral and needs its reason. Until the start it can be put right.
    """
    typed = steps.only(ctx, "cases.write", values, MEETING)
    who = steps.only(ctx, "cases.write", person or {}, AT_MEETING)
    steps.not_ahead(ctx, Cases, "met_on", typed.get("met_on"))
    steps.not_ahead(ctx, Mentees, "consent_on", who.get("consent_on"))
    mentee_id = str(shown["mentee"])

    def decide(fresh: FreshRows) -> list[Intent]:
        case = Row(_before_start(fresh, shown), **typed)
        mentee = Row(fresh.get(Mentees, mentee_id), **who)
        _held(ctx, case)
        _said_yes(mentee)
        own = {**typed, "is_eligible": _decided(ctx, case, mentee)}
        edits: list[Intent] = [Edit(Cases, shown.id, own, shown=shown)]
        return edits + ([Edit(Mentees, mentee_id, who)] if who else [])

    needs = Needs(rows=((Cases.tab, shown.id), (Mentees.tab, mentee_id)))
    return records.commit(ctx, op_id, "cases.write", ["meet", shown.id, typed, who], needs, decide)


def _before_start(fresh: FreshRows, shown: Row) -> Row:
    case = fresh.get(Cases, shown.id)
    if case["started_on"] is not None:
        raise NotYet(
            message(N_("They started on {day}."), day=case["started_on"]),
            Message(N_("Record what happens from here on the case itself.")),
        )
    return case


def _held(ctx: Context, case: Row) -> None:
    steps.needed(Cases, case, "met_on", "booked_place")
    if case["met_on"] < case["received_on"]:
        _refuse(Cases, "met_on", Message(N_("can't be before the referral.")))
    _place(ctx, case, "met_on", "booked_at" if case["booked_on"] == case["met_on"] else "")


def _said_yes(mentee: Row) -> None:
    """Consent rests on the statement that was read to them (2.28)."""
    if mentee["consent_on"] is not None and mentee["statement_read"] is not True:
        _refuse(Mentees, "statement_read", Message(N_("must be yes: consent rests on it.")))


def _decided(ctx: Context, case: Row, mentee: Row) -> bool | None:
    """Whether they are eligible, as decided; stops where the outcome does not follow from what was recorded."""
    judged = screening.verdict(ctx.programme, case, mentee, case["met_on"])
    if case["outcome"] is not None:
        _ended(case)
        return False if case["outcome"] == CaseOutcome.INELIGIBLE else judged.is_eligible
    wrong = [Cases.columns[name].problem(EXPLAIN) for name in TOLD if case[name] is not True]
    wrong += [_column_of(name).problem(NEEDED) for name in judged.missing]
    if mentee["is_customer"] is None:
        wrong.append(Mentees.is_customer.problem(NEEDED))
    wrong += _benefit(ctx, case)
    if wrong:
        raise InvalidEntry(wrong)
    if judged.against:
        raise NotYet(
            message(N_("By these answers they are not eligible. {why}"), why=judged.against[0]),
            Message(N_("Choose the outcome 'not eligible' with its reason, or mend the answer.")),
        )
    return True


EXPLAIN = Message(N_("must be yes: explain it before they go on."))


def _benefit(ctx: Context, case: Row) -> list[Problem]:
    other = journeys.terms(ctx.programme).other_benefit
    if other and case["benefit"] == other:
        return [Cases.benefit.problem(Message(N_("needs its name.")))]
    return []


def _column_of(name: str) -> Any:
    return Cases.columns.get(name) or Mentees.columns[name]


def _ended(case: Row) -> None:
    if case["outcome"] not in WITHOUT_START:
        _refuse(Cases, "outcome", Message(N_("is set by the start itself. Leave it empty.")))
    steps.needed(Cases, case, "outcome_reason")


def close(ctx: Context, op_id: str, shown: Row, outcome: str, reason: str) -> Receipt:
    """End a referral that comes to nothing, with its reason: not reached, unwilling, not appropriate, not eligible."""
    typed = {"outcome": outcome, "outcome_reason": reason}

    def decide(fresh: FreshRows) -> list[Intent]:
        _ended(Row(_before_start(fresh, shown), **typed))
        return [Edit(Cases, shown.id, typed, shown=shown)]

    needs = Needs(rows=((Cases.tab, shown.id),))
    return records.commit(ctx, op_id, "cases.write", ["close", shown.id, typed], needs, decide)


def _refuse(register: type[Register], name: str, words: Message) -> None:
    raise InvalidEntry([register.columns[name].problem(words)])
