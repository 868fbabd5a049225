"""The life of a mentor's time until it is decided: written down, sent, taken back (S8, RM26 to RM28)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from schemas.assignments import Assignments
from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet, Problem
from schemas.words import N_, Message, message
from schemas.work import Sessions, Timesheets, TimesheetStatus
from services import access, agreements, claims, rates, records, steps
from services.claims import CLAIMED
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Reader
from services.rules import days
from services.store.interface import Needs, Receipt

OPEN = frozenset({TimesheetStatus.DRAFT, TimesheetStatus.RETURNED})
TYPED = (
    "assignment",
    "worked_on",
    "hours",
    "starts_at",
    "ends_at",
    "kind",
    "is_chargeable",
    "note",
    "session",
)
WAITS_FOR = {
    TimesheetStatus.DRAFT: N_("waiting for the mentor to send it"),
    TimesheetStatus.SUBMITTED: N_("waiting for the Programme Manager"),
    TimesheetStatus.RETURNED: N_("waiting for the mentor to mend it"),
    TimesheetStatus.APPROVED: N_("waiting for Finance to invoice it"),
    TimesheetStatus.REFUSED: N_("refused"),
    TimesheetStatus.INVOICED: N_("waiting for Finance to pay it"),
    TimesheetStatus.PAID: N_("paid"),
}
QUARTER = days.STEP_HOURS


@dataclass(frozen=True)
class DaysLeft:
    """How much of the days agreed is left, for the page while typing (X13)."""

    agreed_hours: Decimal
    used_hours: Decimal
    hours_per_day: Decimal

    @property
    def left_hours(self) -> Decimal:
        """Hours left; below nought when more was worked than agreed."""
        return self.agreed_hours - self.used_hours

    @property
    def share_left(self) -> Decimal:
        """What is left as a share of what was agreed, from 0 to 1."""
        if not self.agreed_hours:
            return Decimal()
        return min(max(self.left_hours / self.agreed_hours, Decimal()), Decimal(1))

    @property
    def words(self) -> Message:
        """3.5 of 5 days left."""
        if self.left_hours < 0:
            return message(
                N_("{over} days more than the {agreed} agreed"),
                over=self._days(-self.left_hours),
                agreed=self._days(self.agreed_hours),
            )
        return message(
            N_("{left} of {agreed} days left"),
            left=self._days(self.left_hours),
            agreed=self._days(self.agreed_hours),
        )

    def after(self, hours: Decimal) -> Message:
        """What would be left with `hours` more, for the words beside the field (X13)."""
        then = DaysLeft(self.agreed_hours, self.used_hours + hours, self.hours_per_day)
        if then.left_hours < 0:
            over = self._days(-then.left_hours)
            return message(
                N_("{over} days more than agreed: this time is held until more days are agreed."), over=over
            )
        return message(
            N_("{left} of {agreed} days left after this"),
            left=then._days(then.left_hours),
            agreed=then._days(then.agreed_hours),
        )

    def _days(self, hours: Decimal) -> Decimal:
        return round(hours / self.hours_per_day, 2)


def mine(ctx: Context) -> list[Row]:
    """The mentor's own lines, newest first."""
    access.require(ctx, "timesheets.write")
    own = records.view(ctx).where(Timesheets, "mentor", ctx.actor.mentor)
    return sorted(own, key=lambda line: (line["worked_on"], line.id), reverse=True)


def choices(ctx: Context) -> list[Row]:
    """The assignments the mentor may put time on, the newest first."""
    access.require(ctx, "timesheets.write")
    own = records.view(ctx).where(Assignments, "mentor", ctx.actor.mentor)
    live = [row for row in own if row["status"] == "approved"]
    return sorted(live, key=lambda row: (row["starts_on"] or ctx.today, row.id), reverse=True)


def days_left(ctx: Context, assignment: Row, leave_out: str = "") -> DaysLeft:
    """What is left of an assignment's days, drafts counted, the line being edited left out."""
    rows = records.ground(ctx)
    length = claims.hours_per_day(ctx, rows, assignment)
    agreed = agreements.agreed(rows, assignment, length)
    used = sum(
        (
            line["hours"]
            for line in rows.where(Timesheets, "assignment", assignment.id)
            if line["is_chargeable"]
            and line["mentor"] == assignment["mentor"]
            and line["status"] != TimesheetStatus.REFUSED
            and line.id != leave_out
        ),
        Decimal(),
    )
    return DaysLeft(agreed.hours, used, length)


def save(
    ctx: Context, op_id: str, values: Mapping[str, Any], shown: Row | None = None, *, send: bool = False
) -> Receipt:
    """Write down a line as a draft, or change one's own draft or returned line (RM26 to RM28).

    `send` hands it to the Programme Manager in the same change, so that an hour is one tap.
    """
    typed = {name: values[name] for name in TYPED if name in values}
    id_ = shown.id if shown else new_id(Timesheets.prefix)
    own = {**typed, "mentor": ctx.actor.mentor}
    assignment = str(typed.get("assignment") or (shown["assignment"] if shown else ""))
    if not assignment:
        raise InvalidEntry([Timesheets.columns["assignment"].problem(Message(N_("is needed.")))])

    def decide(fresh: FreshRows) -> list[Intent]:
        _own_assignment(ctx, fresh, assignment)
        _own_record(ctx, fresh, typed.get("session"))
        if shown is not None:
            _still_open(fresh.get(Timesheets, id_))
        moved = _sent(ctx, fresh, _as_it_will_be(shown, typed, id_)) if send else {}
        if shown is None:
            return [New(Timesheets, {**own, "status": TimesheetStatus.DRAFT, **moved}, id_)]
        return [Edit(Timesheets, id_, {**typed, **moved}, shown=shown)]

    needs = Needs(
        rows=(
            (Assignments.tab, assignment),
            (Sessions.tab, str(typed.get("session") or "")),
            (Timesheets.tab, id_),
        ),
        where=((Timesheets.tab, "mentor", ctx.actor.mentor),) if send else (),
    )
    content = [shown.id if shown else "", typed, send]
    return records.commit(ctx, op_id, "timesheets.write", content, needs, decide)


def _as_it_will_be(shown: Row | None, typed: Mapping[str, Any], id_: str) -> Row:
    return Row({**dict.fromkeys(Timesheets.columns), **(shown or {}), **typed, "_id": id_})


def _sent(ctx: Context, fresh: FreshRows, line: Row) -> dict[str, Any]:
    """What sending writes on a line, once its day holds together."""
    steps.needed(Timesheets, line, "worked_on", "hours")
    _check_days(ctx, fresh, [line])
    return {"status": TimesheetStatus.SUBMITTED, "submitted_on": ctx.today, "reason": ""}


def _own_assignment(ctx: Context, fresh: FreshRows, id_: str | None) -> None:
    row = fresh.find(Assignments, id_)
    if row is None or row["mentor"] != ctx.actor.mentor:
        access.refuse(ctx, "timesheets.write", id_ or "")


def _own_record(ctx: Context, fresh: FreshRows, id_: str | None) -> None:
    row = fresh.find(Sessions, id_)
    if id_ and (row is None or row["mentor"] != ctx.actor.mentor):
        access.refuse(ctx, "timesheets.write", id_)


def _still_open(line: Row) -> None:
    if line["status"] not in OPEN:
        raise NotYet(
            message(N_("This line is {status} now."), status=Message(line["status"])),
            Message(N_("Ask the Programme Manager to return it; then you can change it.")),
        )


def submit(ctx: Context, op_id: str, shown: Sequence[Row]) -> Receipt:
    """Send lines to the Programme Manager; days with impossible work are refused by name (S8)."""
    ids = [line.id for line in shown]
    by_id = {line.id: line for line in shown}

    def decide(fresh: FreshRows) -> list[Intent]:
        _check_days(ctx, fresh, [fresh.get(Timesheets, id_) for id_ in ids])
        for id_ in ids:
            _still_open(fresh.get(Timesheets, id_))
        sent = {"status": TimesheetStatus.SUBMITTED, "submitted_on": ctx.today, "reason": ""}
        return [Edit(Timesheets, id_, sent, shown=by_id[id_], signs=True) for id_ in ids]

    needs = Needs(
        where=((Timesheets.tab, "mentor", ctx.actor.mentor),),
        rows=tuple((Timesheets.tab, id_) for id_ in ids),
    )
    return records.commit(ctx, op_id, "timesheets.submit", sorted(ids), needs, decide)


def _check_days(ctx: Context, fresh: FreshRows, sent: Sequence[Row]) -> None:
    """The days of what is sent with all that was claimed on them: over 24 hours or overlapping is refused."""
    dates, ids = {line["worked_on"] for line in sent}, {line.id for line in sent}
    late = [day for day in dates if day > ctx.today]
    if late:
        column = Timesheets.columns["worked_on"]
        raise InvalidEntry([column.problem(Message(N_("is in the future. Send it when the work is done.")))])
    beside = [
        line
        for line in fresh.where(Timesheets, "mentor", ctx.actor.mentor)
        if line["worked_on"] in dates and line["status"] in CLAIMED and line.id not in ids
    ]
    problems = [
        Problem("hours", finding.words)
        for finding in days.refusals(days.check(map(work_of, [*beside, *sent]), day_length(ctx, fresh)))
    ]
    if problems:
        raise InvalidEntry(problems)


def on_the_day(ctx: Context, typed: Mapping[str, Any], leave_out: str = "") -> tuple[Message, ...]:
    """What a line being typed makes of its day, with all else written down for it: refused or flagged (S8)."""
    if typed.get("worked_on") is None or typed.get("hours") is None:
        return ()
    rows = records.ground(ctx)
    beside = [
        work_of(line)
        for line in rows.where(Timesheets, "mentor", ctx.actor.mentor)
        if line["worked_on"] == typed["worked_on"]
        and line["status"] != TimesheetStatus.REFUSED
        and line.id != leave_out
    ]
    this = _as_it_will_be(None, typed, leave_out)
    found = days.check([*beside, work_of(this)], day_length(ctx, rows))
    return tuple(finding.words for finding in found if leave_out in finding.lines)


def day_length(ctx: Context, rows: Reader) -> Decimal:
    return rates.on(records.ground(ctx), ctx.programme, "hours_per_day", ctx.today)


def work_of(line: Row) -> days.Work:
    return days.Work(
        line.id,
        line["worked_on"],
        line["hours"],
        bool(line["is_chargeable"]),
        line["starts_at"],
        line["ends_at"],
    )


def withdraw(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Take a submitted line back to draft before it is decided."""

    def decide(fresh: FreshRows) -> list[Intent]:
        return [Edit(Timesheets, shown.id, {"status": TimesheetStatus.DRAFT}, shown=shown, signs=True)]

    needs = Needs(rows=((Timesheets.tab, shown.id),))
    return records.commit(ctx, op_id, "timesheets.submit", ["back", shown.id], needs, decide)


def drop(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Put a draft away; it stays in the history and can be brought back."""

    def decide(fresh: FreshRows) -> list[Intent]:
        _still_open(fresh.get(Timesheets, shown.id))
        return [Edit(Timesheets, shown.id, {"_archived": "dropped by the mentor"}, shown=shown)]

    needs = Needs(rows=((Timesheets.tab, shown.id),))
    return records.commit(ctx, op_id, "timesheets.write", ["drop", shown.id], needs, decide)
