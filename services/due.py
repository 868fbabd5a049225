"""What is due from me today, late first, each with the place where it is done (X10).

A table of small questions, each asked only of who has the right to act on it. How long a thing may wait is
programme data (`due_days`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from schemas.assignments import (
    Assignments,
    AssignmentStatus,
    Interests,
    InterestStatus,
    Variations,
    VariationStatus,
)
from schemas.column import Row
from schemas.mentees import Mentees, Referrals, ReferralStatus
from schemas.mentors import Mentors, MentorStatus, Seats
from schemas.money import Figures, InvoiceKind, Invoices, InvoiceStatus, Proposals, ProposalStatus
from schemas.words import N_, Message, Money, message
from schemas.work import Advice, AdviceStatus, Sessions, SessionStatus, TimesheetStatus
from services import access, cover, invoices, payees, people, rates, records, timesheets
from services.context import Context
from services.records import Rows
from services.rules import forum, insurance, periods


@dataclass(frozen=True)
class Due:
    """One thing to do: what, about whom, by when, and the page that does it."""

    kind: str
    title: Message
    about: Message
    on: date | None
    page: str
    button: Message
    params: dict[str, str] = field(default_factory=dict)


Ask = Callable[[Context, Rows], Iterator[Due]]


def of(ctx: Context) -> list[Due]:
    """Everything due from the actor, late first; what has no day comes last."""
    access.require(ctx, "home.see")
    rows = records.view(ctx)
    found = [due for right, ask in ASKED if access.may(ctx, right) for due in ask(ctx, rows)]
    return sorted(found, key=lambda due: (due.on or date.max, due.kind))


def _by(ctx: Context, since: date | None, name: str) -> date:
    """The day something that waits since `since` is due."""
    return (since or ctx.today) + timedelta(days=ctx.programme.due_days[name])


def _oldest(ctx: Context, rows: Sequence[Row], column: str, name: str) -> date:
    return _by(ctx, min((row[column] or ctx.today for row in rows), default=None), name)


# --- the Programme Manager and the Facilitator -------------------------------------------------------


def _hours(ctx: Context, rows: Rows) -> Iterator[Due]:
    ready = [claim for claim in timesheets.waiting(ctx) if claim.is_ready]
    if not ready:
        return
    mentors = {claim.line["mentor"] for claim in ready}
    lines = message(N_("{count} line"), N_("{count} lines"), len(ready))
    who = message(N_("from {count} mentor"), N_("from {count} mentors"), len(mentors))
    pounds = Money(sum((claim.pounds for claim in ready), Decimal()))
    yield Due(
        "hours",
        message(N_("Approve hours")),
        message(N_("{lines} {who}, {pounds}"), lines=lines, who=who, pounds=pounds),
        _oldest(ctx, [claim.line for claim in ready], "submitted_on", "approve_hours"),
        "approvals",
        Message(N_("Approve")),
    )


def _relationships(ctx: Context, rows: Rows) -> Iterator[Due]:
    for row in rows.where(Interests, "status", InterestStatus.DECLARED):
        if not people.is_self(ctx, row["mentor"]):
            yield Due(
                "relationship",
                Message(N_("Assess a declared relationship")),
                _pair(rows, row),
                _by(ctx, row["declared_on"], "assess_relationship"),
                "interests",
                Message(N_("Assess")),
                {"id": row.id},
            )


def _pair(rows: Rows, row: Row) -> Message:
    group = rows.name(Mentees, row["mentee"])
    return message(N_("{group} · {mentor}"), group=group, mentor=rows.name(Mentors, row["mentor"]))


def _advice(ctx: Context, rows: Rows) -> Iterator[Due]:
    for row in rows.where(Advice, "status", AdviceStatus.IN_REVIEW):
        yield Due(
            "advice",
            Message(N_("Review written advice")),
            _pair(rows, row),
            _by(ctx, _day_of(row), "review_advice"),
            "advice-review",
            Message(N_("Review")),
            {"id": row.id},
        )


def _day_of(row: Row) -> date | None:
    """The day a row was written last."""
    text = row["_updated_at"]
    return date.fromisoformat(text[:10]) if text else None


def _assignments(ctx: Context, rows: Rows) -> Iterator[Due]:
    for row in rows.where(Assignments, "status", AssignmentStatus.PROPOSED):
        yield Due(
            "assignment",
            Message(N_("Approve an assignment")),
            message(
                N_("{group} · {mentor}"),
                group=rows.name(Assignments, row.id),
                mentor=rows.name(Mentors, row["mentor"]),
            ),
            _by(ctx, row["chosen_on"], "approve_assignment"),
            "assignments",
            Message(N_("Open")),
            {"id": row.id},
        )


def _variations(ctx: Context, rows: Rows) -> Iterator[Due]:
    for row in rows.where(Variations, "status", VariationStatus.PROPOSED):
        yield Due(
            "variation",
            Message(N_("Decide on more days")),
            message(
                N_("{group} · {days} more days"),
                group=rows.name(Assignments, row["assignment"]),
                days=row["days"],
            ),
            _by(ctx, _day_of(row), "decide_variation"),
            "assignments",
            Message(N_("Decide")),
            {"id": row["assignment"]},
        )


def _cover_ends(ctx: Context, rows: Rows) -> Iterator[Due]:
    for row in rows.where(Mentors, "status", MentorStatus.APPROVED):
        due = _cover_of(ctx, row)
        if due is not None:
            yield Due(
                "insurance",
                due[0],
                Message(row["name"]),
                due[1],
                "mentor",
                Message(N_("See")),
                {"id": row.id},
            )


def _cover_of(ctx: Context, mentor: Row) -> tuple[Message, date] | None:
    """What to say of a mentor's insurance, and the day it is about."""
    spans = cover.cover_of(records.ground(ctx), mentor.id)
    standing = insurance.standing(spans, ctx.today, ctx.programme.insurance.warn_days)
    if standing.state is insurance.State.VALID:
        return None
    if standing.state is insurance.State.DUE:
        return Message(N_("Public liability cover ends")), standing.ends_on or ctx.today
    ended = max((span.ends_on for span in spans if span.ends_on), default=None)
    if ended is None:
        return Message(N_("No public liability cover on file")), ctx.today
    return Message(N_("Public liability cover has ended")), ended


def _unplanned(ctx: Context, rows: Rows) -> Iterator[Due]:
    for row in rows.where(Referrals, "status", ReferralStatus.RECEIVED):
        yield Due(
            "plan",
            Message(N_("Make an action plan")),
            Message(rows.name(Mentees, row["mentee"])),
            _by(ctx, row["received_on"], "plan_group"),
            "group",
            Message(N_("Plan")),
            {"id": row["mentee"]},
        )


def _seats(ctx: Context, rows: Rows) -> Iterator[Due]:
    terms = [_term(rows, row) for row in rows.all(Seats)]
    gap = forum.gap_ahead(terms, ctx.today, ctx.programme.due_days["forum_gap"])
    if gap is not None:
        yield Due(
            "forum",
            Message(N_("Find a Forum representative")),
            message(N_("No mentor sits on the Programme Forum from {day}"), day=gap.first),
            gap.first,
            "forum",
            Message(N_("See")),
        )


def _term(rows: Rows, seat: Row) -> forum.Term:
    mentor = rows.find(Mentors, seat["mentor"])
    left_on = mentor["left_on"] if mentor else None
    return forum.Term(seat["mentor"], seat["from_on"], seat["to_on"], left_on)


def _second_person(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Changes that wait for me because somebody else proposed them."""
    for row in rows.where(Proposals, "status", ProposalStatus.PROPOSED):
        is_bank = row["action"] == payees.ACTION
        right = "payees.confirm" if is_bank else "invoices.confirm_void"
        if not access.may(ctx, right) or people.is_same_human(ctx, row["proposed_by"], ctx.actor.id):
            continue
        title = N_("Confirm payee details") if is_bank else N_("Confirm a credit note")
        yield Due(
            "proposal",
            Message(title),
            message(N_("proposed on {day}"), day=row["proposed_on"]),
            _by(ctx, row["proposed_on"], "confirm_payee"),
            "payees" if is_bank else "register",
            Message(N_("Look")),
        )


def _rates(ctx: Context, rows: Rows) -> Iterator[Due]:
    for row in rows.where(Figures, "status", ProposalStatus.PROPOSED):
        if not people.is_same_human(ctx, row["proposed_by"], ctx.actor.id):
            yield Due(
                "rate",
                Message(N_("Confirm a new figure")),
                message(
                    N_("{name}: {value} from {day}"),
                    name=Message(rates.title(row["name"])),
                    value=row["value"],
                    day=row["from_on"],
                ),
                row["from_on"],
                "rates",
                Message(N_("Look")),
            )


# --- the mentor --------------------------------------------------------------------------------------


def _own_time(ctx: Context, rows: Rows) -> Iterator[Due]:
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
    return _oldest(ctx, lines, "decided_on", "mend_returned")


def _quarter_end(ctx: Context, lines: Sequence[Row]) -> date:
    return periods.quarter_of(min(line["worked_on"] for line in lines)).last


def _own_records(ctx: Context, rows: Rows) -> Iterator[Due]:
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
            _by(ctx, line["worked_on"], "send_record"),
            "record",
            Message(N_("Write")),
            {"line": line.id},
        )


def _record_is_in(rows: Rows, line: Row) -> bool:
    record = rows.find(Sessions, line["session"]) if line["session"] else None
    return record is not None and record["status"] != SessionStatus.DRAFT


def _own_cover(ctx: Context, rows: Rows) -> Iterator[Due]:
    own = rows.find(Mentors, ctx.actor.mentor)
    due = _cover_of(ctx, own) if own else None
    if due is not None:
        yield Due(
            "insurance", due[0], Message(N_("Send the new policy")), due[1], "details", Message(N_("Add"))
        )


def _own_advice(ctx: Context, rows: Rows) -> Iterator[Due]:
    for row in rows.where(Advice, "status", AdviceStatus.RETURNED):
        yield Due(
            "advice",
            Message(N_("Mend returned advice")),
            Message(row["title"]),
            _by(ctx, row["reviewed_on"], "mend_returned"),
            "advice",
            Message(N_("Mend")),
            {"id": row.id},
        )


# --- finance -----------------------------------------------------------------------------------------


def _quarter(ctx: Context, rows: Rows) -> Iterator[Due]:
    """The last whole quarter, as long as something in it is payable."""
    last = periods.previous(periods.quarter_of(ctx.today))
    seen = invoices.preview(ctx, last)
    if seen.letters:
        letters = message(N_("{count} letter"), N_("{count} letters"), len(seen.letters))
        yield Due(
            "quarter",
            message(N_("Issue the letters for {period}"), period=periods.name(last)),
            message(N_("{letters}, {pounds}"), letters=letters, pounds=Money(seen.pounds)),
            _by(ctx, last.last, "issue_quarter"),
            "invoices",
            Message(N_("Look")),
            {"period": periods.code(last)},
        )


def _unpaid(ctx: Context, rows: Rows) -> Iterator[Due]:
    found = rows.where(Invoices, "status", InvoiceStatus.ISSUED)
    letters = [row for row in found if row["kind"] == InvoiceKind.INVOICE]
    if letters:
        pounds = Money(sum((row["total_pounds"] for row in letters), Decimal()))
        count = message(N_("{count} letter"), N_("{count} letters"), len(letters))
        yield Due(
            "pay",
            Message(N_("Pay issued letters")),
            message(N_("{letters}, {pounds}"), letters=count, pounds=pounds),
            _oldest(ctx, letters, "issued_on", "pay_letter"),
            "register",
            Message(N_("Pay")),
        )


# --- the administrator -------------------------------------------------------------------------------


def _wrong_cells(ctx: Context, rows: Rows) -> Iterator[Due]:
    wrong = sum(len(ctx.workbook.table(tab).wrong) for tab in access.SEES)
    if wrong:
        yield Due(
            "sheet",
            Message(N_("Mend the workbook")),
            message(N_("{count} row has a wrong cell"), N_("{count} rows have a wrong cell"), wrong),
            ctx.today,
            "sheet-check",
            Message(N_("Look")),
        )


ASKED: tuple[tuple[str, Ask], ...] = (
    ("timesheets.approve", _hours),
    ("interests.assess", _relationships),
    ("advice.review", _advice),
    ("assignments.approve", _assignments),
    ("variations.decide", _variations),
    ("checks.record", _cover_ends),
    ("groups.edit", _unplanned),
    ("seats.edit", _seats),
    ("invoices.see", _second_person),
    ("rates.confirm", _rates),
    ("timesheets.submit", _own_time),
    ("sessions.write", _own_records),
    ("own.insurance", _own_cover),
    ("advice.write", _own_advice),
    ("invoices.issue", _quarter),
    ("invoices.pay", _unpaid),
    ("workbook.check", _wrong_cells),
)
