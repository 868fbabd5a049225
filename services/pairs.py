"""Two people brought together: matched, met, agreed, ended (P2, P3, W1, W2, W8).

Who is asked, whether the first meeting is chaired and whether there is an agreement is the programme's data. What the
two say to each other is `services.sheets`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from schemas.assignments import Assignments, AssignmentStatus, EndingKind
from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.mentees import Mentees, Referrals, ReferralStatus
from schemas.mentors import Checks, Mentors, MentorStatus
from schemas.words import N_, Message, message
from schemas.work import Development, Sessions
from services import access, courses, pair_requests, records, steps, willing
from services.context import Context
from services.pair_matching import LIVE, candidate_of, wish_of
from services.pair_requests import ACTION, SEE
from services.records import Edit, FreshRows, Intent, New, Values
from services.rules import pairing
from services.rules.pairing import Wish
from services.rules.shortlists import Reason
from services.store.interface import Needs, Receipt

IN_REGISTER = frozenset({MentorStatus.APPROVED, MentorStatus.PAUSED})
MEETING = ("first_met_on", "chaired_by", "mentor_goes_on", "mentee_goes_on")
AGREEMENT = ("agreement_on", "purpose", "goals", "expectations")
NATURAL = ("purpose", "matched_why", "first_met_on", "mentor_goes_on", "mentee_goes_on")
MEDIATION = ("mediated_on", "mediation")
# What a match needs fresh before anybody is named.
GATE = (Mentors.tab, Development.tab, Checks.tab, Assignments.tab)


class Stage(StrEnum):
    """Where a pair stands."""

    TO_MEET = N_("first meeting to come")
    TO_AGREE = N_("agreement to make")
    RUNNING = N_("running")
    NOT_GOING_ON = N_("not going on")
    ENDED = N_("ended")


@dataclass(frozen=True)
class Pair:
    """A pair with its names, where it stands, how often they met, when last and next."""

    row: Row
    mentor: str
    mentee: str
    stage: Stage
    meetings: int
    last_on: date | None
    next_on: date | None


@dataclass(frozen=True)
class Suggestion:
    """A mentor's place in the list for a request."""

    mentor: Row
    points: int
    reasons: tuple[Reason, ...]
    blocked_by: tuple[Reason, ...]


# --- reading ---------------------------------------------------------------------------------------


def stage(row: Row) -> Stage:
    """Where a pair stands, by its row."""
    if row["status"] == AssignmentStatus.PROPOSED:
        return Stage.TO_AGREE if row["mentee_goes_on"] else Stage.TO_MEET
    return {
        AssignmentStatus.APPROVED: Stage.RUNNING,
        AssignmentStatus.REFUSED: Stage.NOT_GOING_ON,
    }.get(row["status"], Stage.ENDED)


def listed(ctx: Context) -> list[Pair]:
    """The pairs one may see, those that run or are to begin first."""
    access.require(ctx, SEE if access.may(ctx, SEE) else "pairs.own")
    rows = records.view(ctx)
    found = [_pair(ctx, rows, row) for row in rows.all(Assignments) if row["matched_how"]]
    order = list(Stage)
    return sorted(found, key=lambda each: (order.index(each.stage), each.mentee.casefold(), each.row.id))


def get(ctx: Context, id_: str) -> Pair:
    """One pair; for whoever may see it, that it is there and its dates (RM73)."""
    access.require(ctx, SEE if access.may(ctx, SEE) else "pairs.own")
    rows = records.view(ctx)
    return _pair(ctx, rows, rows.get(Assignments, id_))


def _pair(ctx: Context, rows: records.Rows, row: Row) -> Pair:
    met = rows.where(Sessions, "assignment", row.id)
    held = [each["held_on"] for each in met if each["held_on"] <= ctx.today]
    following = [each["next_on"] for each in met if each["next_on"] and each["next_on"] >= ctx.today]
    return Pair(
        row,
        rows.name(Mentors, row["mentor"]),
        rows.name(Mentees, row["mentee"]),
        stage(row),
        len(held),
        max(held, default=None),
        min(following, default=None),
    )


# --- suggesting and matching -----------------------------------------------------------------------


def suggest(ctx: Context, request: str) -> list[Suggestion]:
    """Everybody in the register for one request, best first, each with reasons (P3, W1)."""
    access.require(ctx, SEE)
    rows = records.view(ctx)
    asked = rows.get(Referrals, request)
    wish = wish_of(ctx, rows, asked)
    candidates = [candidate_of(ctx, rows, row) for row in rows.all(Mentors) if row["status"] in IN_REGISTER]
    return [
        Suggestion(rows.get(Mentors, each.candidate), each.points, each.reasons, each.blocked_by)
        for each in pairing.suggest(wish, candidates)
    ]


def match(ctx: Context, op_id: str, shown: Row, mentor: str, why: str, purpose: str = "") -> Receipt:
    """Bring a request and a mentor together; the first meeting follows. Stops where something stands in the way."""
    steps.needed(Assignments, {"matched_why": why}, "matched_why")

    def decide(fresh: FreshRows) -> list[Intent]:
        asked = fresh.get(Referrals, shown.id)
        steps.at(ctx, asked, *pair_requests.OPEN)
        chosen = _open_to(ctx, fresh, mentor, wish_of(ctx, fresh, asked))
        _not_twice(fresh, mentor, asked["mentee"])
        pair = {
            "mentor": mentor,
            "mentee": asked["mentee"],
            "purpose": purpose,
            "matched_how": _how(ctx, chosen),
            "matched_why": why,
            "chosen_on": ctx.today,
            "status": AssignmentStatus.PROPOSED,
        }
        return [
            New(Assignments, pair, new_id(Assignments.prefix)),
            Edit(Referrals, asked.id, {"status": ReferralStatus.MATCHED}, shown=shown),
        ]

    needs = Needs(rows=((Referrals.tab, shown.id),), whole=(*GATE, Mentees.tab))
    return records.commit(ctx, op_id, ACTION, [shown.id, mentor, why, purpose], needs, decide)


def _how(ctx: Context, mentor: Row) -> str:
    terms = courses.terms(ctx.programme)
    return terms.outside if mentor["peer_kind"] == terms.outside_kind else terms.matched


def _open_to(ctx: Context, fresh: FreshRows, mentor: str, wish: Wish) -> Row:
    """The mentor, where nothing stands in the way of a match: training above all, earlier mentors too (P2)."""
    row = fresh.get(Mentors, mentor)
    if row["status"] not in IN_REGISTER:
        raise NotYet(
            message(N_("{name} is not in the register."), name=row["name"]),
            Message(N_("Choose somebody else.")),
        )
    for reason in pairing.blocks(wish, candidate_of(ctx, fresh, row)):
        raise NotYet(
            message(N_("{name} can’t be matched yet. {reason}"), name=row["name"], reason=reason.words),
            Message(N_("Put that right first, or choose somebody else.")),
        )
    return row


def _not_twice(fresh: FreshRows, mentor: str, mentee: str) -> None:
    together = (row for row in fresh.where(Assignments, "mentor", mentor) if row["mentee"] == mentee)
    if any(row["status"] in LIVE for row in together):
        raise NotYet(Message(N_("These two are a pair already.")), Message(N_("Go on with that pair.")))


def record_natural(
    ctx: Context, op_id: str, mentor: str, values: Values, mentee: str = "", person: Values | None = None
) -> Receipt:
    """Record a pair that found itself, without any help of ours; training comes first all the same (P2, P3, W1)."""
    typed = steps.only(ctx, ACTION, values, NATURAL)
    who = steps.only(ctx, ACTION, person or {}, pair_requests.person_fields(ctx))
    if not mentee:
        steps.needed(Mentees, who, "name")
    steps.needed(Assignments, typed, "first_met_on")
    steps.not_ahead(ctx, Assignments, "first_met_on", typed["first_met_on"])
    _all_say_yes(ctx, typed)
    id_ = mentee or new_id(Mentees.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        about: Mapping[str, Any] = fresh.find(Mentees, mentee) or who
        elected_on, months = about.get(pair_requests.ELECTED), courses.terms(ctx.programme).new_months
        wish = Wish((), "", "", "", ctx.today, about.get("email") or "", elected_on, months)
        _open_to(ctx, fresh, mentor, wish)
        _not_twice(fresh, mentor, id_)
        taken_in = [] if mentee else [pair_requests.new_mentee(fresh, who, id_)]
        how = courses.terms(ctx.programme).natural
        pair = {**typed, "mentor": mentor, "mentee": id_, "matched_how": how, **_goes_on(ctx, typed)}
        return [*taken_in, New(Assignments, pair, new_id(Assignments.prefix))]

    needs = Needs(whole=(*GATE, Mentees.tab))
    return records.commit(ctx, op_id, ACTION, [mentor, typed, mentee, who], needs, decide)


def _all_say_yes(ctx: Context, typed: Values) -> None:
    asks = courses.terms(ctx.programme).asks
    steps.needed(Assignments, typed, *asks)
    if not all(typed[name] for name in asks):
        words = Message(N_("must be yes: a pair that found itself wants to go on."))
        raise InvalidEntry([Assignments.columns[name].problem(words) for name in asks if not typed[name]])


# --- the first meeting, the agreement --------------------------------------------------------------


def first_meeting(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Record the first meeting and what each said, asked alone; where one says no, the request waits again (W2)."""
    terms = courses.terms(ctx.programme)
    typed = steps.only(ctx, ACTION, values, MEETING)
    wanted = ("first_met_on", *(("chaired_by",) if terms.is_chaired else ()), *terms.asks)
    steps.needed(Assignments, typed, *wanted)
    steps.not_ahead(ctx, Assignments, "first_met_on", typed["first_met_on"])

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Assignments, shown.id)
        steps.at(ctx, now, AssignmentStatus.PROPOSED)
        if all(typed[name] for name in terms.asks):
            _still_mentors(ctx, fresh, now["mentor"])
            going_on = {**typed, **_goes_on(ctx, typed)}
            return [Edit(Assignments, now.id, _moved(now, going_on), shown=shown)]
        refused = {**typed, "status": AssignmentStatus.REFUSED}
        return [Edit(Assignments, now.id, refused, shown=shown), *_waits_again(fresh, now["mentee"])]

    rows = ((Assignments.tab, shown.id), (Mentors.tab, shown["mentor"]))
    needs = Needs(rows=rows, where=((Referrals.tab, "mentee", shown["mentee"]),))
    return records.commit(ctx, op_id, ACTION, [shown.id, typed], needs, decide)


def _still_mentors(ctx: Context, fresh: FreshRows, mentor: str) -> None:
    """Stop where the mentor has left, or their time after office is over, since the two were matched (P2, P8)."""
    row = fresh.get(Mentors, mentor)
    if (since := willing.ended_on(ctx, row)) is not None:
        raise NotYet(
            message(N_("{name} has been no mentor since {day}."), name=row["name"], day=since),
            Message(N_("Record that they don’t go on; the request then waits for somebody else.")),
        )


def _goes_on(ctx: Context, typed: Values) -> dict[str, Any]:
    """A pair that goes on runs from its first meeting, or waits for its agreement."""
    if courses.terms(ctx.programme).has_agreement:
        return {"status": AssignmentStatus.PROPOSED}
    day = typed["first_met_on"]
    return {
        "status": AssignmentStatus.APPROVED,
        "approved_on": ctx.today,
        "approved_by": ctx.actor.name,
        "starts_on": day,
    }


def _moved(now: Row, values: Mapping[str, Any]) -> dict[str, Any]:
    """Without a status that stays as it is: that is no move."""
    return {name: value for name, value in values.items() if name != "status" or value != now["status"]}


def _waits_again(fresh: FreshRows, mentee: str) -> list[Intent]:
    matched = [
        row for row in fresh.where(Referrals, "mentee", mentee) if row["status"] == ReferralStatus.MATCHED
    ]
    return [Edit(Referrals, row.id, {"status": ReferralStatus.RECEIVED}, back=True) for row in matched]


def agree(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Record what the two agreed: purpose, goals, what each expects; from that day the pair runs (W2).

    A pair that runs may agree anew; what was agreed before stands in the history.
    """
    typed = steps.only(ctx, ACTION, values, AGREEMENT)
    steps.needed(Assignments, {**shown, **typed}, *AGREEMENT)
    steps.not_ahead(ctx, Assignments, "agreement_on", typed.get("agreement_on"))

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Assignments, shown.id)
        steps.at(ctx, now, *LIVE)
        if stage(now) is Stage.TO_MEET:
            raise NotYet(
                Message(N_("They have not both said that they want to go on.")),
                Message(N_("Record the first meeting first.")),
            )
        if now["status"] == AssignmentStatus.PROPOSED:
            _still_mentors(ctx, fresh, now["mentor"])
        if now["first_met_on"] and typed.get("agreement_on", ctx.today) < now["first_met_on"]:
            words = Message(N_("can't be before the first meeting."))
            raise InvalidEntry([Assignments.columns["agreement_on"].problem(words)])
        return [Edit(Assignments, now.id, {**typed, **_begun(ctx, now, typed)}, shown=shown)]

    needs = Needs(rows=((Assignments.tab, shown.id), (Mentors.tab, shown["mentor"])))
    return records.commit(ctx, op_id, ACTION, [shown.id, typed], needs, decide)


def _begun(ctx: Context, now: Row, typed: Values) -> dict[str, Any]:
    if now["status"] == AssignmentStatus.APPROVED:
        return {}
    return {
        "status": AssignmentStatus.APPROVED,
        "approved_on": ctx.today,
        "approved_by": ctx.actor.name,
        "starts_on": typed["agreement_on"],
    }


# --- mediation and the end -------------------------------------------------------------------------


def mediate(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Note that somebody sat down with the two, and what came of it; the pair goes on (W8)."""
    typed = steps.only(ctx, ACTION, values, MEDIATION)
    steps.needed(Assignments, typed, *MEDIATION)
    steps.not_ahead(ctx, Assignments, "mediated_on", typed["mediated_on"])

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Assignments, shown.id), *LIVE)
        return [Edit(Assignments, shown.id, typed, shown=shown)]

    needs = Needs(rows=((Assignments.tab, shown.id),))
    return records.commit(ctx, op_id, ACTION, [shown.id, typed], needs, decide)


def ending_fields(ctx: Context) -> tuple[str, ...]:
    """What is asked of an end; of mediation where the programme offers it."""
    mediation = MEDIATION if courses.terms(ctx.programme).has_mediation else ()
    return ("ends_on", "ending", "ending_why", *mediation)


def end(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """End a pair: as agreed, early, or unhappily, then with what came of mediation, or that they did not want it."""
    fields = ending_fields(ctx)
    typed = steps.only(ctx, ACTION, values, fields)
    wanted = {
        EndingKind.AGREED: ("ends_on", "ending"),
        EndingKind.EARLY: ("ends_on", "ending", "ending_why"),
    }.get(typed.get("ending") or EndingKind.AGREED, tuple(each for each in fields if each != "mediated_on"))
    steps.needed(Assignments, {**shown, **typed}, *wanted)
    for name in ("ends_on", "mediated_on"):
        steps.not_ahead(ctx, Assignments, name, typed.get(name))

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Assignments, shown.id)
        steps.at(ctx, now, AssignmentStatus.APPROVED)
        ended = Edit(Assignments, now.id, {**typed, "status": AssignmentStatus.ENDED}, shown=shown)
        return [ended, *_closed(fresh, now["mentee"])]

    needs = Needs(rows=((Assignments.tab, shown.id),), where=((Referrals.tab, "mentee", shown["mentee"]),))
    return records.commit(ctx, op_id, ACTION, [shown.id, typed], needs, decide)


def _closed(fresh: FreshRows, mentee: str) -> list[Intent]:
    matched = fresh.where(Referrals, "mentee", mentee)
    return [
        Edit(Referrals, row.id, {"status": ReferralStatus.CLOSED})
        for row in matched
        if row["status"] == ReferralStatus.MATCHED
    ]
