"""Activity Records: the work, the group's progress per priority action, and signposting (S7).

A mentor writes and sends them in; approval of the time accepts them (S11). The Facilitator and the
programme team read them; a seat on the Forum opens nobody else's (RM40 to RM42).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from schemas.assignments import Assignments
from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.mentees import Actions, Mentees, Signposts
from schemas.mentors import Mentors
from schemas.words import N_, Message, message
from schemas.work import Progress, Sessions, SessionStatus, Timesheets, TimesheetStatus
from services import access, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New
from services.store.interface import Needs, Receipt

TYPED = ("assignment", "held_on", "kind", "place", "done", "next_steps", "learned")
# Time that nobody has decided yet: approved hours keep the record they were approved with.
LINKABLE = frozenset({TimesheetStatus.DRAFT, TimesheetStatus.RETURNED, TimesheetStatus.SUBMITTED})


@dataclass(frozen=True)
class Step:
    """How far one priority action is, said in a record: the action's id, its step and words."""

    action: str
    step: str
    words: str = ""


@dataclass(frozen=True)
class Signpost:
    """An agency the group was pointed to."""

    agency: str
    purpose: str = ""


@dataclass(frozen=True)
class Record:
    """An Activity Record with all that belongs to it."""

    row: Row
    mentor: str
    mentee: str
    facilitator: str
    hours: Decimal
    progress: tuple[Row, ...]
    signposts: tuple[Row, ...]


def all_records(ctx: Context) -> list[Row]:
    """Every record one may see, newest first."""
    access.require(ctx, "sessions.see" if access.may(ctx, "sessions.see") else "sessions.write")
    rows = records.view(ctx).all(Sessions)
    seen = (
        rows if access.may(ctx, "sessions.write") else [r for r in rows if r["status"] != SessionStatus.DRAFT]
    )
    return sorted(seen, key=lambda row: (row["held_on"], row.id), reverse=True)


def hours_by_record(ctx: Context) -> dict[str, Decimal]:
    """The hours that belong to each record, by its id; a record without hours is left out."""
    access.require(ctx, "sessions.see")

    def added() -> dict[str, Decimal]:
        sums: dict[str, Decimal] = {}
        for line in records.ground(ctx).all(Timesheets):
            if line["session"]:
                sums[line["session"]] = sums.get(line["session"], Decimal()) + line["hours"]
        return sums

    return ctx.workbook.derived("hours by record", (Timesheets.tab,), ctx.programme.code, added)


def record(ctx: Context, id_: str) -> Record:
    """One record with its progress and signposts; a draft is its mentor's own paper."""
    rows = records.view(ctx)
    row = rows.get(Sessions, id_)
    if row["status"] == SessionStatus.DRAFT and not access.may(ctx, "sessions.write"):
        access.refuse(ctx, "sessions.see", id_)
    group = rows.find(Mentees, row["mentee"])
    hours = sum((line["hours"] for line in records.ground(ctx).where(Timesheets, "session", id_)), Decimal())
    return Record(
        row,
        rows.name(Mentors, row["mentor"]),
        rows.name(Mentees, row["mentee"]),
        str(group["facilitator"] or "") if group else "",
        hours,
        tuple(rows.where(Progress, "session", id_)),
        tuple(rows.where(Signposts, "session", id_)),
    )


def lines_of(ctx: Context, session: str) -> list[Row]:
    """The lines of time that belong to a record, in date order."""
    found = records.view(ctx).where(Timesheets, "session", session)
    return sorted(found, key=lambda line: (line["worked_on"], line.id))


def save(
    ctx: Context,
    op_id: str,
    values: Mapping[str, Any],
    steps: Sequence[Step] = (),
    signposts: Sequence[Signpost] = (),
    shown: Row | None = None,
    *,
    send: bool = False,
    lines: Sequence[str] | None = None,
) -> Receipt:
    """Write a record, with progress and signposts, in one change; `send` hands it in at once (S7).

    Signposts join the group's plan; a step told here moves the plan's action too. `lines` are the ids of all
    timesheet lines that belong to it, own ones on paper or waiting; `None` leaves the lines as they are.
    """
    id_ = shown.id if shown else new_id(Sessions.prefix)
    typed = {name: values[name] for name in TYPED if name in values}
    assignment_id = str(typed.get("assignment") or (shown["assignment"] if shown else ""))
    status = SessionStatus.IN if send else SessionStatus.DRAFT

    def decide(fresh: FreshRows) -> list[Intent]:
        assignment = fresh.find(Assignments, assignment_id)
        if assignment is None or assignment["mentor"] != ctx.actor.mentor:
            access.refuse(ctx, "sessions.write", assignment_id)
        _complete(typed, shown, send=send)
        own = {**typed, "mentor": ctx.actor.mentor, "mentee": assignment["mentee"], "status": status}
        intents: list[Intent] = [_written(fresh, own, id_, shown)]
        intents += _steps(ctx, fresh, id_, steps)
        intents += _lines(ctx, fresh, id_, assignment_id, lines)
        return intents + _signposts(ctx, fresh, id_, assignment["mentee"], signposts)

    needs = Needs(
        rows=(
            (Assignments.tab, assignment_id),
            (Sessions.tab, id_),
            *((Actions.tab, step.action) for step in steps),
            (Actions.tab, ""),
        ),
        where=(
            (Progress.tab, "session", id_),
            (Signposts.tab, "session", id_),
            *(((Timesheets.tab, "mentor", ctx.actor.mentor),) if lines is not None else ()),
        ),
    )
    content = [typed, [vars(step) for step in steps], [vars(each) for each in signposts], send, lines]
    return records.commit(ctx, op_id, "sessions.write", content, needs, decide)


def _complete(typed: Mapping[str, Any], shown: Row | None, *, send: bool) -> None:
    done = typed.get("done", shown["done"] if shown else None)
    if send and not done:
        needed = Message(N_("is needed before you send it."))
        raise InvalidEntry([Sessions.columns["done"].problem(needed)])


def _written(fresh: FreshRows, own: Mapping[str, Any], id_: str, shown: Row | None) -> Intent:
    if shown is None:
        return New(Sessions, own, id_)
    now = fresh.get(Sessions, id_)
    if now["status"] == SessionStatus.ACCEPTED:
        raise NotYet(
            Message(N_("This record has been accepted.")),
            Message(N_("Write a new record, or ask the Programme Manager to open it again.")),
        )
    same = {name: value for name, value in own.items() if name != "status" or value != now["status"]}
    return Edit(Sessions, id_, same, shown=shown)


def _steps(ctx: Context, fresh: FreshRows, session: str, steps: Sequence[Step]) -> list[Intent]:
    known = {row["action"]: row for row in fresh.where(Progress, "session", session)}
    intents: list[Intent] = []
    for step in steps:
        values = {"step": step.step, "words": step.words}
        if step.action in known:
            intents.append(Edit(Progress, known[step.action].id, values))
        else:
            told = {**values, "session": session, "mentor": ctx.actor.mentor, "action": step.action}
            intents.append(New(Progress, told))
        intents.append(Edit(Actions, step.action, {"step": step.step}))
    return intents


def _signposts(
    ctx: Context, fresh: FreshRows, session: str, mentee: str, signposts: Sequence[Signpost]
) -> list[Intent]:
    known = {row["agency"].casefold() for row in fresh.where(Signposts, "session", session)}
    return [
        New(
            Signposts,
            {
                "mentee": mentee,
                "session": session,
                "agency": each.agency,
                "purpose": each.purpose,
                "added_on": ctx.today,
            },
        )
        for each in signposts
        if each.agency.strip() and each.agency.strip().casefold() not in known
    ]


def _lines(
    ctx: Context, fresh: FreshRows, session: str, assignment: str, lines: Sequence[str] | None
) -> list[Intent]:
    """Exactly these lines belong to the record; decided or others' time is not moved (RM28, RM40)."""
    if lines is None:
        return []
    own = {line.id: line for line in fresh.where(Timesheets, "mentor", ctx.actor.mentor)}
    if set(lines) - set(own):
        access.refuse(ctx, "sessions.write", session)
    before = {id_ for id_, line in own.items() if line["session"] == session}
    for id_ in sorted(before ^ set(lines)):
        _linkable(own[id_])
    if any(own[id_]["assignment"] != assignment for id_ in lines):
        raise NotYet(
            Message(N_("A line of another assignment can't belong to this record.")),
            Message(N_("Write a record of its own for it.")),
        )
    joined: list[Intent] = [
        Edit(Timesheets, id_, {"session": session}) for id_ in sorted(set(lines) - before)
    ]
    return joined + [Edit(Timesheets, id_, {"session": None}) for id_ in sorted(before - set(lines))]


def _linkable(line: Row) -> None:
    if line["status"] not in LINKABLE:
        raise NotYet(
            message(
                N_("The time of {day} is {status} already."),
                day=line["worked_on"],
                status=Message(line["status"]),
            ),
            Message(N_("Ask the Programme Manager to return it; then you can change its record.")),
        )


def reopen(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Take an accepted record back to "in", so that it can be mended; its hours wait meanwhile."""
    return _decided(ctx, op_id, "reopen", shown, (SessionStatus.ACCEPTED, SessionStatus.IN))


def accept(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Accept a record on its own, without approving time."""
    return _decided(ctx, op_id, "accept", shown, (SessionStatus.IN, SessionStatus.ACCEPTED))


def _decided(
    ctx: Context, op_id: str, verb: str, shown: Row, move: tuple[SessionStatus, SessionStatus]
) -> Receipt:
    """Move a record from one status to the next as it was shown; never one's own (X15)."""
    before, after = move

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Sessions, shown.id)
        steps.not_own(ctx, "sessions.accept", now["mentor"], Message(N_("This is your own record.")))
        steps.at(ctx, now, before)
        return [Edit(Sessions, shown.id, {"status": after}, shown=shown, signs=True)]

    needs = Needs(rows=((Sessions.tab, shown.id),))
    return records.commit(ctx, op_id, "sessions.accept", [verb, shown.id], needs, decide)
