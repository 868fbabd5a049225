"""Sessions with a mentee and words between them: appointments to come, what was held, contacts (D6, D9, D10).

A session is held off the Jobcentre's premises, at a place of the programme's list, between the start and the end of
support; digitally only where the mentee agrees. What is impossible is refused, all wrong fields at once; that the
digital share would pass its limit is warned of beforehand (`would_pass`) and never refused.
"""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from schemas.cases import Cases, Contacts
from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet, Problem
from schemas.mentees import Plans
from schemas.words import N_, Message, message
from schemas.work import Attendance, Manner, Sessions, SessionStatus
from services import access, endings, journeys, records, smart_plans, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Reader, Values
from services.rules import digital
from services.rules.digital import Share
from services.store.interface import Needs, Receipt

RIGHT = "meetings.write"
PLANNED = frozenset({"held_on", "starts_at", "place", "manner"})
TOLD = PLANNED | {
    "attendance",
    "minutes",
    "digital_agreed",
    "done",
    "next_steps",
    "plan_reviewed",
    "reason",
}
SAID = frozenset({"made_on", "how", "is_two_way", "note"})
NEEDED = Message(N_("is needed."))
AHEAD = Message(N_("can't be in the future."))


def of_case(ctx: Context, case: str) -> list[Row]:
    """Every session of a case, recorded and to come, the newest first."""
    access.require(ctx, "cases.see")
    found = records.view(ctx).where(Sessions, "case", case)
    return sorted(found, key=lambda row: (row["held_on"], row["starts_at"] or time.min, row.id), reverse=True)


def contacts_of(ctx: Context, case: str) -> list[Row]:
    """The words between sessions, the newest first."""
    access.require(ctx, "cases.see")
    found = records.view(ctx).where(Contacts, "case", case)
    return sorted(found, key=lambda row: (row["made_on"], row.id), reverse=True)


def appointments(ctx: Context) -> list[Row]:
    """The appointments of running cases one sees, the next first; those not recorded yet stand before it."""
    access.require(ctx, "cases.see")
    rows = records.view(ctx)
    planned = rows.where(Sessions, "status", SessionStatus.PLANNED)
    ended = {case.id for case in rows.all(Cases) if endings.ended_on(case) is not None}
    kept = [row for row in planned if row["case"] and row["case"] not in ended]
    return sorted(kept, key=lambda row: (row["held_on"], row["starts_at"] or time.min, row.id))


def places(ctx: Context) -> list[str]:
    """Where a session may be held: the programme's places without the Jobcentre's own (D6, 2.7)."""
    offices = {route.meets_at for route in journeys.terms(ctx.programme).routes if route.is_office}
    return [place for place in ctx.programme.choices("places") if place not in offices]


def usual(ctx: Context, case: str) -> dict[str, Any]:
    """What a new record begins with: today, an hour, face to face, where they met last (X13)."""
    last = next((row["place"] for row in of_case(ctx, case) if row["place"]), None)
    return {
        "held_on": ctx.today,
        "attendance": Attendance.ATTENDED,
        "minutes": Decimal(journeys.terms(ctx.programme).session_minutes),
        "manner": Manner.FACE_TO_FACE,
        "place": last or next(iter(places(ctx)), None),
    }


def share(ctx: Context, case: str) -> Share:
    """The digital share of the sessions attended so far."""
    held = [journeys.held(row) for row in of_case(ctx, case) if row["attendance"]]
    return digital.share(held, journeys.terms(ctx.programme).unrestricted)


def would_pass(ctx: Context, case: str, on: date, without: str = "") -> Share | None:
    """The share as it would be with a digital session on that day, where it passes the limit; else `None`."""
    terms = journeys.terms(ctx.programme)
    if digital.is_lifted(on, terms.unrestricted):
        return None
    held = [journeys.held(row) for row in of_case(ctx, case) if row["attendance"] and row.id != without]
    found = digital.with_one_more(held, on, is_digital=True, unrestricted=terms.unrestricted)
    return found if found.passes(terms.digital_percent) else None


def plan(ctx: Context, op_id: str, case: str, values: Values, shown: Row | None = None) -> Receipt:
    """Note an appointment, or move one that is noted: day, time and place."""
    typed = steps.only(ctx, RIGHT, values, PLANNED)
    id_ = shown.id if shown else new_id(Sessions.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        own = fresh.get(Cases, case)
        _open_to_plan(own)
        now = {**(shown or {}), **typed}
        _refuse(_planned_wrong(ctx, now) + _overlaps(ctx, fresh, own, now, id_))
        if shown is None:
            return [New(Sessions, {**typed, **_belongs(own), "status": SessionStatus.PLANNED}, id_)]
        steps.at(ctx, fresh.get(Sessions, id_), SessionStatus.PLANNED)
        return [Edit(Sessions, id_, typed, shown=shown)]

    return _commit(ctx, op_id, ["plan", case, shown and shown.id, typed], case, id_, decide)


def record(ctx: Context, op_id: str, case: str, values: Values, shown: Row | None = None) -> Receipt:
    """Record a session: attended, missed or rearranged; of an appointment, on its own, or mended.

    One told of on the day of an appointment is that appointment, unless its time says otherwise. Refused before the start, after the end, ahead of the day, at the same time as another, attended for no
    minutes, or digital without the mentee's agreement. The plan reviewed in it is noted on the plan.
    """
    typed = steps.only(ctx, RIGHT, values, TOLD)
    new = new_id(Sessions.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        own = fresh.get(Cases, case)
        before = shown or appointment_on(fresh, case, typed.get("held_on"), typed.get("starts_at"))
        id_ = before.id if before else new
        now = {**dict.fromkeys(TOLD), **(before or {}), **_said(typed, before)}
        _refuse(_recorded_wrong(ctx, own, now) + _overlaps(ctx, fresh, own, now, id_))
        told = {**_said(typed, before), "status": SessionStatus.IN}
        written = _written(ctx, fresh, own, told, id_, before)
        is_reviewed = now["attendance"] == Attendance.ATTENDED and now["plan_reviewed"]
        return [written, *(smart_plans.reviewed(fresh, case, now["held_on"]) if is_reviewed else [])]

    id_ = shown.id if shown else new
    return _commit(ctx, op_id, ["record", case, shown and shown.id, typed], case, id_, decide)


def appointment_on(rows: Reader, case: str, on: date | None, at: time | None) -> Row | None:
    """The appointment that a session told of without one is about: the only one of its day, at no other time."""
    planned = [row for row in rows.where(Sessions, "case", case) if row["status"] == SessionStatus.PLANNED]
    found = [row for row in planned if row["held_on"] == on]
    return found[0] if len(found) == 1 and at in {None, found[0]["starts_at"]} else None


def refuse_overlap(ctx: Context, rows: Reader, case: Row, values: Values, id_: str = "") -> None:
    """Stop where another session is held at that time; `rows` has the sessions of case and mentor."""
    _refuse(_overlaps(ctx, rows, case, values, id_))


def _said(typed: Mapping[str, Any], before: Row | None) -> dict[str, Any]:
    """What was told; the time of an appointment stays where none was."""
    blank = (
        before is not None and before["status"] == SessionStatus.PLANNED and typed.get("starts_at") is None
    )
    return {name: value for name, value in typed.items() if not (blank and name == "starts_at")}


def rearrange(ctx: Context, op_id: str, shown: Row, values: Values, reason: str = "") -> Receipt:
    """Move an appointment: the old one is recorded as rearranged, a new one stands for the new day."""
    typed = steps.only(ctx, RIGHT, values, PLANNED)
    case, new = shown["case"], new_id(Sessions.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        own = fresh.get(Cases, case)
        _open_to_plan(own)
        steps.at(ctx, fresh.get(Sessions, shown.id), SessionStatus.PLANNED)
        following = {"place": shown["place"], "manner": shown["manner"], **typed}
        _refuse(_planned_wrong(ctx, following) + _overlaps(ctx, fresh, own, following, new, shown.id))
        old = {"attendance": Attendance.REARRANGED, "reason": reason, "status": SessionStatus.IN}
        return [
            Edit(Sessions, shown.id, old, shown=shown),
            New(Sessions, {**following, **_belongs(own), "status": SessionStatus.PLANNED}, new),
        ]

    return _commit(ctx, op_id, ["rearrange", shown.id, typed, reason], case, shown.id, decide)


def contact(ctx: Context, op_id: str, case: str, values: Values) -> Receipt:
    """Record a word between sessions; one they answered counts as engagement (D10)."""
    typed = steps.only(ctx, RIGHT, values, SAID)

    def decide(fresh: FreshRows) -> list[Intent]:
        own = fresh.get(Cases, case)
        made_on, column = typed.get("made_on"), Contacts.columns["made_on"]
        if made_on and made_on > ctx.today:
            raise InvalidEntry([column.problem(AHEAD)])
        if made_on and made_on < own["received_on"]:
            words = message(N_("can't be before the referral on {day}."), day=own["received_on"])
            raise InvalidEntry([column.problem(words)])
        return [New(Contacts, {**typed, **_belongs(own)})]

    records.view(ctx).get(Cases, case)
    needs = Needs(rows=((Cases.tab, case), (Contacts.tab, "")))
    return records.commit(ctx, op_id, RIGHT, ["contact", case, typed], needs, decide)


def _commit(ctx: Context, op_id: str, typed: object, case: str, id_: str, decide: records.Decide) -> Receipt:
    own = records.view(ctx).get(Cases, case)
    where = [(Sessions.tab, "case", case), (Plans.tab, "case", case)]
    if own["mentor"]:
        where.append((Sessions.tab, "mentor", own["mentor"]))
    needs = Needs(rows=((Cases.tab, case), (Sessions.tab, id_)), where=tuple(where))
    return records.commit(ctx, op_id, RIGHT, typed, needs, decide)


def _belongs(case: Row) -> dict[str, Any]:
    return {"case": case.id, "mentee": case["mentee"], "mentor": case["mentor"]}


def _written(
    ctx: Context, fresh: FreshRows, case: Row, told: Mapping[str, Any], id_: str, shown: Row | None
) -> Intent:
    if shown is None:
        return New(Sessions, {**told, **_belongs(case)}, id_)
    steps.at(ctx, fresh.get(Sessions, id_), SessionStatus.PLANNED, SessionStatus.IN)
    if shown["status"] == SessionStatus.PLANNED:
        # whoever has the case by now held it, whoever had it when the day was agreed (D25, D27)
        return Edit(Sessions, id_, {**told, "mentor": case["mentor"]}, shown=shown)
    same = {name: value for name, value in told.items() if name != "status"}
    return Edit(Sessions, id_, same, shown=shown)


def _refuse(wrong: list[Problem]) -> None:
    if wrong:
        raise InvalidEntry(wrong)


def _open_to_plan(case: Row) -> None:
    if endings.ended_on(case) is not None:
        raise NotYet(endings.ENDED, Message(N_("Take the end back first, if it goes on after all.")))
    if case["mentor"] is None:
        raise NotYet(Message(N_("Nobody has this case yet.")), Message(N_("Allocate it to a mentor first.")))
    if case["met_on"] is None:
        raise NotYet(
            Message(N_("The initial meeting has not been held yet.")),
            Message(N_("Book that one; sessions follow it.")),
        )


def _planned_wrong(ctx: Context, values: Mapping[str, Any]) -> list[Problem]:
    columns, on = Sessions.columns, values.get("held_on")
    wrong = [columns[name].problem(NEEDED) for name in ("held_on", "starts_at") if values.get(name) is None]
    if on is not None and on < ctx.today:
        wrong.append(columns["held_on"].problem(Message(N_("has passed: record the session instead."))))
    return wrong + _place_wrong(ctx, values)


def _place_wrong(ctx: Context, values: Mapping[str, Any]) -> list[Problem]:
    """A place is needed face to face, one of the list, and never the Jobcentre's premises."""
    place, column = values.get("place"), Sessions.columns["place"]
    if not place:
        return [] if values.get("manner") == Manner.DIGITAL else [column.problem(NEEDED)]
    if place in places(ctx):
        return []
    words = N_("must be one the buyer approved, off the Jobcentre's premises: {places}.")
    return [column.problem(message(words, places=", ".join(places(ctx))))]


def _recorded_wrong(ctx: Context, case: Row, values: Mapping[str, Any]) -> list[Problem]:
    if case["started_on"] is None:
        raise NotYet(
            endings.NOT_STARTED, Message(N_("Record the diagnostic interview first: it is the start."))
        )
    if case["mentor"] is None:
        raise NotYet(Message(N_("Nobody has this case yet.")), Message(N_("Allocate it to a mentor first.")))
    columns = Sessions.columns
    wrong = [columns[name].problem(NEEDED) for name in ("held_on", "attendance") if values.get(name) is None]
    wrong += _day_wrong(ctx, case, values)
    return wrong + (_attended_wrong(ctx, values) if values.get("attendance") == Attendance.ATTENDED else [])


def _day_wrong(ctx: Context, case: Row, values: Mapping[str, Any]) -> list[Problem]:
    on, column, end = values.get("held_on"), Sessions.columns["held_on"], endings.ended_on(case)
    if on is None:
        return []
    if on > ctx.today and values.get("attendance") != Attendance.REARRANGED:
        return [column.problem(AHEAD)]
    if on < case["started_on"]:
        return [column.problem(message(N_("can't be before the start on {day}."), day=case["started_on"]))]
    if end is not None and on > end:
        return [column.problem(message(N_("can't be after the end on {day}."), day=end))]
    return []


def _attended_wrong(ctx: Context, values: Mapping[str, Any]) -> list[Problem]:
    columns = Sessions.columns
    wrong = [] if values.get("manner") else [columns["manner"].problem(NEEDED)]
    if not values.get("minutes"):
        wrong.append(columns["minutes"].problem(Message(N_("are needed for a session that was attended."))))
    if values.get("manner") == Manner.DIGITAL and values.get("digital_agreed") is not True:
        unsaid = Message(N_("must be yes: a session is held digitally only where they agree to it."))
        wrong.append(columns["digital_agreed"].problem(unsaid))
    return wrong + _place_wrong(ctx, values)


def _overlaps(
    ctx: Context, rows: Reader, case: Row, values: Mapping[str, Any], id_: str, *others: str
) -> list[Problem]:
    """One mentor, and one mentee, is in one place at a time; two sessions on a day need their times to tell."""
    if values.get("held_on") is None or values.get("attendance") in {
        Attendance.MISSED,
        Attendance.REARRANGED,
    }:
        return []
    beside = _beside(rows, case, values["held_on"], {id_, *others})
    usual = Decimal(journeys.terms(ctx.programme).session_minutes)
    column = Sessions.columns["starts_at"]
    if any(_share_time(values, row, usual) for row in beside):
        return [column.problem(Message(N_("is when another session is held. Look at both, and mend one.")))]
    timeless = [row for row in beside if row["case"] == case.id and _is_timeless(values, row)]
    if timeless:
        words = N_("is needed for both: there is another session with them on {day}.")
        return [column.problem(message(words, day=values["held_on"]))]
    return []


def _beside(rows: Reader, case: Row, on: date, but: set[str]) -> list[Row]:
    """The mentor's and the mentee's other sessions of that day that were held or will be."""
    found = [*rows.where(Sessions, "case", case.id), *rows.where(Sessions, "mentor", case["mentor"])]
    same_day = {row.id: row for row in found if row["held_on"] == on and row.id not in but}
    return [
        row
        for row in same_day.values()
        if row["attendance"] not in {Attendance.MISSED, Attendance.REARRANGED}
    ]


def _is_timeless(values: Mapping[str, Any], other: Row) -> bool:
    return values.get("starts_at") is None or other["starts_at"] is None


def _share_time(values: Mapping[str, Any], other: Row, usual: Decimal) -> bool:
    if _is_timeless(values, other):
        return False
    mine, theirs = _span(values, usual), _span(other, usual)
    return mine[0] < theirs[1] and theirs[0] < mine[1]


def _span(values: Mapping[str, Any], usual: Decimal) -> tuple[Decimal, Decimal]:
    start = Decimal(values["starts_at"].hour * 60 + values["starts_at"].minute)
    return start, start + (values.get("minutes") or usual)
