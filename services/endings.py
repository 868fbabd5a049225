"""How support ends: the final review, leaving early, dropping out, and taking an end back (D10, D11, 1.16, 2.19).

A case ends in one way. The day a dropout falls due is worked out from when the mentee was last engaged; a person
confirms it, and that day is the Dropout Date.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemas.cases import Cases, Contacts
from schemas.column import Row
from schemas.errors import InvalidEntry, NotYet, Problem
from schemas.mentees import Mentees, Plans, PlanStatus
from schemas.words import N_, Message, message
from schemas.work import Attendance, Sessions
from services import access, journeys, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, Reader, Values
from services.rules import dropout, levels
from services.store.interface import Needs, Receipt

RIGHT = "cases.write"
REVIEW = frozenset({"completed_on", "few_sessions_reason", "sharing_encouraged_on", "contact_told_end_on"})
LEFT = frozenset({"left_on", "left_reason", "contact_told_end_on"})
# What an end writes, and what taking it back empties: the Jobcentre hears of a new end anew.
OF_AN_END = (
    "completed_on",
    "few_sessions_reason",
    "left_on",
    "is_dropout",
    "dropout_due_on",
    "left_reason",
    "contact_told_end_on",
    "sharing_encouraged_on",
)
NOT_STARTED = Message(N_("Support has not started yet."))
ENDED = Message(N_("Support has ended already."))


@dataclass(frozen=True)
class Proposal:
    """A mentee not heard of for too long: since when, and the day it fell due."""

    case: Row
    engaged_on: date
    due_on: date


def ended_on(case: Mapping[str, Any]) -> date | None:
    """The day support ended, however it did."""
    on: date | None = case["completed_on"] or case["left_on"]
    return on


def is_running(case: Mapping[str, Any]) -> bool:
    """Whether support has started and not ended."""
    return case["started_on"] is not None and ended_on(case) is None


def is_customer(mentee: Mapping[str, Any] | None) -> bool:
    """Whether the Jobcentre hears of somebody: they are the department's customer."""
    return mentee is not None and mentee["is_customer"] is True


def engaged_on(rows: Reader, case: str) -> Iterator[date]:
    """The days somebody was engaged: a session attended, of any length, or a contact they answered."""
    for session in rows.where(Sessions, "case", case):
        if session["attendance"] == Attendance.ATTENDED:
            yield session["held_on"]
    for contact in rows.where(Contacts, "case", case):
        if contact["is_two_way"]:
            yield contact["made_on"]


def proposal(ctx: Context, case: Row) -> Proposal | None:
    """When a case falls due as a dropout, as the registers were read last; `None` for one that does not run."""
    return _proposal(ctx, case, filter(None, [_last_engaged(ctx).get(case.id)]))


def _proposal(ctx: Context, case: Row, engaged: Iterable[date]) -> Proposal | None:
    if not is_running(case):
        return None
    last = dropout.last_engaged_on(case["started_on"], engaged)
    return Proposal(case, last, dropout.due_on(last, (), journeys.terms(ctx.programme).dropout_weeks))


def proposed(ctx: Context) -> list[Proposal]:
    """The dropouts that wait for a person's word, of the cases one sees; the longest due first."""
    access.require(ctx, "cases.see")
    found = (proposal(ctx, case) for case in records.view(ctx).all(Cases))
    waiting = [each for each in found if each is not None and each.due_on <= ctx.today]
    return sorted(waiting, key=lambda each: each.due_on)


def _last_engaged(ctx: Context) -> Mapping[str, date]:
    """The last day of engagement by case, worked out once for all."""

    def made() -> dict[str, date]:
        rows, last = records.ground(ctx), dict[str, date]()
        told = [(row["case"], row["held_on"]) for row in rows.where(Sessions, "attendance", "attended")]
        told += [(row["case"], row["made_on"]) for row in rows.where(Contacts, "is_two_way", True)]
        for case, on in told:
            if case:
                last[case] = max(on, last.get(case, on))
        return last

    tabs = (Sessions.tab, Contacts.tab, Mentees.tab)
    return ctx.workbook.derived("last engaged", tabs, ctx.programme.code, made)


def complete(ctx: Context, op_id: str, shown: Row, values: Values, next_steps: str) -> Receipt:
    """Hold the final review: the plan gone through, next steps agreed, support completed.

    With fewer sessions than the programme asks for it needs a reason, and that limit stays missed.
    """
    typed = steps.only(ctx, RIGHT, values, REVIEW)

    def decide(fresh: FreshRows) -> list[Intent]:
        now = _running(fresh, shown)
        plan = _plan_to_review(fresh, now)
        wrong = _blank(typed, "completed_on") + _dated(ctx, fresh, now, "completed_on", typed)
        wrong += _few_sessions(ctx, fresh, now, typed) + _told(ctx, fresh, now, "completed_on", typed)
        if not next_steps.strip():
            wrong.append(
                Plans.columns["next_steps"].problem(Message(N_("are needed: work them out together.")))
            )
        if wrong:
            raise InvalidEntry(wrong)
        reviewed = {"reviewed_on": typed["completed_on"], "next_steps": next_steps}
        return [Edit(Cases, now.id, typed, shown=shown), Edit(Plans, plan.id, reviewed)]

    return _commit(ctx, op_id, ["complete", shown.id, typed, next_steps], shown, decide)


def leave(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Record that somebody left before the final review, and why (D10)."""
    typed = steps.only(ctx, RIGHT, values, LEFT)

    def decide(fresh: FreshRows) -> list[Intent]:
        now = _running(fresh, shown)
        wrong = _blank(typed, "left_on", "left_reason") + _dated(ctx, fresh, now, "left_on", typed)
        wrong += _told(ctx, fresh, now, "left_on", typed)
        if wrong:
            raise InvalidEntry(wrong)
        return [Edit(Cases, now.id, {**typed, "is_dropout": False}, shown=shown)]

    return _commit(ctx, op_id, ["leave", shown.id, typed], shown, decide)


def drop_out(ctx: Context, op_id: str, shown: Row, reason: str) -> Receipt:
    """Confirm a dropout that has fallen due: today is the Dropout Date, the day it fell due stands beside it."""

    def decide(fresh: FreshRows) -> list[Intent]:
        now = _running(fresh, shown)
        found = _proposal(ctx, now, engaged_on(fresh, now.id))
        assert found is not None, "a running case has a day it falls due"
        if found.due_on > ctx.today:
            raise NotYet(
                message(N_("They were engaged on {day}."), day=found.engaged_on),
                message(
                    N_("A dropout falls due on {day}, if nothing is heard until then."), day=found.due_on
                ),
            )
        if wrong := _blank({"left_reason": reason}, "left_reason"):
            raise InvalidEntry(wrong)
        end = {
            "left_on": ctx.today,
            "is_dropout": True,
            "dropout_due_on": found.due_on,
            "left_reason": reason,
        }
        return [Edit(Cases, now.id, end, shown=shown)]

    return _commit(ctx, op_id, ["dropout", shown.id, reason], shown, decide)


def reopen(ctx: Context, op_id: str, shown: Row, why: str) -> Receipt:
    """Take an end back: support goes on as before; the history keeps what was recorded, and why it went."""
    if not why.strip():
        raise NotYet(Message(N_("Say why the end is taken back.")), Message(N_("A sentence is enough.")))

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Cases, shown.id)
        if ended_on(now) is None:
            raise NotYet(Message(N_("Support has not ended.")), steps.LOOK_AGAIN)
        return [Edit(Cases, now.id, dict.fromkeys(OF_AN_END), shown=shown)]

    return _commit(ctx, op_id, ["reopen", shown.id, why], shown, decide, why)


def tell_contact(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Record that the Jobcentre's contact was told of the end today (2.19)."""
    return _after_the_end(ctx, op_id, shown, "contact_told_end_on")


def encourage_sharing(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Record that the mentee was encouraged today to share the plan with their Work Coach."""
    return _after_the_end(ctx, op_id, shown, "sharing_encouraged_on")


def _after_the_end(ctx: Context, op_id: str, shown: Row, name: str) -> Receipt:
    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Cases, shown.id)
        if ended_on(now) is None:
            raise NotYet(Message(N_("Support has not ended.")), steps.LOOK_AGAIN)
        if wrong := _told(ctx, fresh, now, "completed_on", {name: ctx.today}):
            raise InvalidEntry(wrong)
        return [Edit(Cases, now.id, {name: ctx.today}, shown=shown)]

    return _commit(ctx, op_id, [name, shown.id], shown, decide)


def _commit(
    ctx: Context, op_id: str, typed: object, shown: Row, decide: records.Decide, why: str = ""
) -> Receipt:
    records.view(ctx).get(Cases, shown.id)
    needs = Needs(
        rows=((Cases.tab, shown.id), (Mentees.tab, shown["mentee"])),
        where=tuple((tab, "case", shown.id) for tab in (Sessions.tab, Contacts.tab, Plans.tab)),
    )
    return records.commit(ctx, op_id, RIGHT, typed, needs, decide, why)


def _running(fresh: FreshRows, shown: Row) -> Row:
    now = fresh.get(Cases, shown.id)
    if now["started_on"] is None:
        raise NotYet(NOT_STARTED, Message(N_("Record what came of the referral instead.")))
    if ended_on(now) is not None:
        raise NotYet(ENDED, steps.LOOK_AGAIN)
    return now


def _plan_to_review(fresh: FreshRows, case: Row) -> Row:
    agreed = [row for row in fresh.where(Plans, "case", case.id) if row["status"] == PlanStatus.AGREED]
    if not agreed:
        raise NotYet(
            Message(N_("There is no agreed plan to review.")),
            Message(N_("Agree the plan first; or record that they left early.")),
        )
    return max(agreed, key=lambda row: row["version"])


def _blank(values: Mapping[str, Any], *names: str) -> list[Problem]:
    needed = Message(N_("is needed."))
    return [Cases.columns[name].problem(needed) for name in names if not str(values.get(name) or "").strip()]


def _dated(ctx: Context, rows: Reader, case: Row, name: str, values: Mapping[str, Any]) -> list[Problem]:
    """An end is neither in the future nor before the start or a session they came to."""
    on, column = values.get(name), Cases.columns[name]
    if on is None:
        return []
    if on > ctx.today:
        return [column.problem(Message(N_("can't be in the future.")))]
    if on < case["started_on"]:
        return [column.problem(message(N_("can't be before the start on {day}."), day=case["started_on"]))]
    came = [
        row["held_on"]
        for row in rows.where(Sessions, "case", case.id)
        if row["attendance"] == Attendance.ATTENDED
    ]
    last = max(came, default=on)
    return (
        [column.problem(message(N_("can't be before the last session on {day}."), day=last))]
        if last > on
        else []
    )


def _few_sessions(ctx: Context, rows: Reader, case: Row, values: Mapping[str, Any]) -> list[Problem]:
    limits = journeys.terms(ctx.programme)
    held = len(levels.counted(journeys.facts(ctx.programme, rows, case), limits))
    if held >= limits.sessions or values.get("few_sessions_reason"):
        return []
    words = message(
        N_("is needed: {some} of {all} sessions were held."), some=str(held), all=str(limits.sessions)
    )
    return [Cases.columns["few_sessions_reason"].problem(words)]


def _told(ctx: Context, rows: Reader, case: Row, end: str, values: Mapping[str, Any]) -> list[Problem]:
    """The Jobcentre hears of customers only; neither telling nor encouraging is dated ahead or before the end."""
    mentee, wrong = rows.find(Mentees, case["mentee"]), []
    over = values.get(end) or ended_on(case)
    for name in ("contact_told_end_on", "sharing_encouraged_on"):
        on, column = values.get(name), Cases.columns[name]
        if on is None:
            continue
        if not is_customer(mentee):
            wrong.append(column.problem(Message(N_("is for customers of the department. Leave it empty."))))
        elif on > ctx.today:
            wrong.append(column.problem(Message(N_("can't be in the future."))))
        elif over and on < over and name == "contact_told_end_on":
            wrong.append(column.problem(message(N_("can't be before the end on {day}."), day=over)))
    return wrong
