"""What waits for a mentor (X10)."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from schemas.assignments import (
    Assignments,
)
from schemas.column import Row
from schemas.mentors import Mentors
from schemas.words import N_, Message, message
from schemas.work import Advice, AdviceStatus, Sessions, SessionStatus, TimesheetStatus
from services import timesheets
from services.context import Context
from services.due.item import Due, by, cover_of, oldest
from services.records import Rows
from services.rules import periods


def time(ctx: Context, rows: Rows) -> Iterator[Due]:
    own = timesheets.mine(ctx)
    for status, title, button in (
        (TimesheetStatus.RETURNED, N_("Mend returned time"), N_("Mend")),
        (TimesheetStatus.DRAFT, N_("Send your time"), N_("Send")),
    ):
        lines = [line for line in own if line["status"] == status]
        if lines:
            hours = sum((line["hours"] for line in lines), Decimal())
            count = message(N_("{count} line"), N_("{count} lines"), len(lines))
            yield Due(
                "time",
                Message(title),
                message(N_("{lines}, {hours} hours"), lines=count, hours=hours),
                _returned_by(ctx, lines) if status == TimesheetStatus.RETURNED else _quarter_end(ctx, lines),
                "timesheet",
                Message(button),
            )


def _returned_by(ctx: Context, lines: Sequence[Row]) -> date:
    return oldest(ctx, lines, "decided_on", "mend_returned")


def _quarter_end(ctx: Context, lines: Sequence[Row]) -> date:
    return periods.quarter_of(min(line["worked_on"] for line in lines)).last


def records_to_write(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Time without its Activity Record: it can't be paid before the record is in."""
    groups = {row.id for row in rows.all(Assignments) if row["mentee"]}
    bare = [
        line
        for line in timesheets.mine(ctx)
        if line["is_chargeable"]
        and line["assignment"] in groups
        and line["status"] in (TimesheetStatus.SUBMITTED, TimesheetStatus.DRAFT)
        and not _record_is_in(rows, line)
    ]
    for line in bare:
        yield Due(
            "record",
            Message(N_("Write the Activity Record")),
            message(
                N_("{group}, {day}"), group=rows.name(Assignments, line["assignment"]), day=line["worked_on"]
            ),
            by(ctx, line["worked_on"], "send_record"),
            "record",
            Message(N_("Write")),
            {"line": line.id},
        )


def _record_is_in(rows: Rows, line: Row) -> bool:
    record = rows.find(Sessions, line["session"]) if line["session"] else None
    return record is not None and record["status"] != SessionStatus.DRAFT


def cover_to_renew(ctx: Context, rows: Rows) -> Iterator[Due]:
    own = rows.find(Mentors, ctx.actor.mentor)
    due = cover_of(ctx, own) if own else None
    if due is not None:
        yield Due(
            "insurance", due[0], Message(N_("Send the new policy")), due[1], "details", Message(N_("Add"))
        )


def advice_to_mend(ctx: Context, rows: Rows) -> Iterator[Due]:
    for row in rows.where(Advice, "status", AdviceStatus.RETURNED):
        yield Due(
            "advice",
            Message(N_("Mend returned advice")),
            Message(row["title"]),
            by(ctx, row["reviewed_on"], "mend_returned"),
            "advice",
            Message(N_("Mend")),
            {"id": row.id},
        )
