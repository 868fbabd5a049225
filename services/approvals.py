"""The hours mentors sent: approved, returned or refused (S10, S11, RM29 to RM34).

Approval freezes the rate and the terms of the day worked on the line and accepts the Activity Record with
it (S9). Nobody approves their own. Hours that a condition holds are not approved until it is cleared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from schemas.assignments import Assignments
from schemas.column import Row
from schemas.errors import InvalidEntry, NotYet, StaleRow
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.money import Figures
from schemas.words import N_, Message, message
from schemas.work import Sessions, SessionStatus, Timesheets, TimesheetStatus
from services import access, assignments, claims, engagements, history, people, rates, records, timesheets
from services.assignments import DaysAgreed
from services.claims import CLAIMED
from services.context import Context
from services.records import Edit, FreshRows, Intent, Reader
from services.rules import days
from services.rules.conditions import Condition, State, Verdict, clears
from services.rules.pay import amount
from services.store.interface import Needs, Receipt

# What approval itself supplies; every other condition must be cleared first.
APPROVABLE = frozenset({Condition.CLAIM_APPROVED})


@dataclass(frozen=True)
class Claim:
    """A submitted line as its approver sees it: what it is worth and what stands in its way."""

    line: Row
    mentor: str
    work: str
    pounds: Decimal
    verdict: Verdict
    is_own: bool = False
    flags: tuple[Message, ...] = ()
    record: Row | None = None
    is_possible: bool = True
    days: DaysAgreed | None = None

    @property
    def is_ready(self) -> bool:
        """Whether it can be approved now."""
        held = set(self.verdict.held_by) - APPROVABLE
        refused = self.verdict.state is State.REFUSED
        return not held and not refused and not self.is_own and self.is_possible

    @property
    def held_by(self) -> tuple[Condition, ...]:
        """What must be cleared first."""
        return tuple(condition for condition in self.verdict.held_by if condition not in APPROVABLE)


def waiting(ctx: Context) -> list[Claim]:
    """Every submitted line, oldest first, with what it is worth and what holds it."""
    access.require(ctx, "timesheets.see")
    rows = records.ground(ctx)
    tabs = (*claims.ASKED, Figures.tab, Mentees.tab)

    def claimed_by_anyone() -> list[Claim]:
        lines = rows.where(Timesheets, "status", TimesheetStatus.SUBMITTED)
        return claimed(ctx, sorted(lines, key=lambda line: (line["worked_on"], line.id)))

    found = ctx.workbook.derived("waiting", tabs, ctx.programme.code, claimed_by_anyone)
    own = {mentor: people.is_self(ctx, mentor) for mentor in {claim.line["mentor"] for claim in found}}
    return [replace(claim, is_own=own[claim.line["mentor"]]) for claim in found]


def claimed(ctx: Context, lines: Sequence[Row]) -> list[Claim]:
    """Lines with their verdict, worth and flags, whoever looks at them."""
    rows = records.ground(ctx)
    verdicts = claims.verdicts(ctx, rows, {line["assignment"] for line in lines})
    long_days = _long_days(ctx, rows, lines)
    found = {line.id: long_days.get((line["mentor"], line["worked_on"]), ()) for line in lines}
    agreed = {id_: _days(ctx, rows, id_) for id_ in {line["assignment"] for line in lines}}
    return [
        Claim(
            line,
            rows.name(Mentors, line["mentor"]),
            rows.name(Assignments, line["assignment"]),
            worth(ctx, rows, line),
            verdicts[line.id],
            flags=(*(finding.words for finding in found[line.id]), *_ahead(ctx, line)),
            is_possible=not _ahead(ctx, line) and not days.refusals(found[line.id]),
            record=claims.record_of(rows, line),
            days=agreed[line["assignment"]],
        )
        for line in lines
        if line.id in verdicts
    ]


def _days(ctx: Context, rows: Reader, assignment: str) -> DaysAgreed | None:
    row = rows.find(Assignments, assignment)
    return assignments.days_of(ctx, rows, row) if row is not None else None


def _ahead(ctx: Context, line: Row) -> tuple[Message, ...]:
    late = line["worked_on"] > ctx.today
    return (Message(N_("This time is dated in the future.")),) if late else ()


def worth(ctx: Context, rows: Reader, line: Row) -> Decimal:
    """Pounds for one line alone, at the frozen rate or else the rate of its day; unpaid time is £0.00."""
    if not line["is_chargeable"]:
        return Decimal("0.00")
    if line["day_rate_pounds"] is not None and line["hours_per_day"] is not None:
        return amount(line["hours"], line["day_rate_pounds"], line["hours_per_day"])
    engaged = engagements.engagement_on(rows, line["mentor"], line["worked_on"])
    if engaged is None:
        return Decimal("0.00")
    try:
        rate = rates.day_rate(rows, ctx.programme, engaged["terms"], line["worked_on"])
        length = rates.on(rows, ctx.programme, "hours_per_day", line["worked_on"])
    except NotYet:  # before the programme's first rate: approval says so, the list must still open
        return Decimal("0.00")
    return amount(line["hours"], rate, length)


def _long_days(
    ctx: Context, rows: Reader, lines: Sequence[Row]
) -> dict[tuple[str, Any], tuple[days.Finding, ...]]:
    """Days over the day length, by mentor and date: paid by the hour and flagged (S8)."""
    dates = {(line["mentor"], line["worked_on"]) for line in lines}
    beside = [
        line
        for mentor in {mentor for mentor, _ in dates}
        for line in rows.where(Timesheets, "mentor", mentor)
        if (mentor, line["worked_on"]) in dates and line["status"] in CLAIMED
    ]
    found: dict[tuple[str, Any], tuple[days.Finding, ...]] = {}
    for mentor in {line["mentor"] for line in beside}:
        own = [line for line in beside if line["mentor"] == mentor]
        for finding in days.check(map(timesheets.work_of, own), timesheets.day_length(ctx, rows)):
            on = next(line["worked_on"] for line in own if line.id in finding.lines)
            found[mentor, on] = (*found.get((mentor, on), ()), finding)
    return found


def approve(ctx: Context, op_id: str, shown: Sequence[Row], read: Sequence[Row] = ()) -> Receipt:
    """Approve submitted lines and their records as they were shown, freezing terms and rate (S9, S10).

    All or none: one's own line, a held line, or one that somebody decided meanwhile stops it, by name. `read`
    are the Activity Records as they were shown: one that was rewritten meanwhile stops it too.
    """
    by_id = {line.id: line for line in shown}
    records_read = {row.id: row for row in read}

    def decide(fresh: FreshRows) -> list[Intent]:
        now = [fresh.get(Timesheets, id_) for id_ in by_id]
        for line in now:
            _not_decided(ctx, line)
        verdicts = claims.verdicts(ctx, fresh, {line["assignment"] for line in now})
        for line in now:
            _approvable(ctx, line, verdicts[line.id])
        _possible(ctx, now)
        edits: list[Intent] = [
            Edit(Timesheets, line.id, _frozen(ctx, fresh, line), shown=by_id[line.id], signs=True)
            for line in now
        ]
        return edits + _accepted_records(fresh, now, records_read)

    needs = claims.needs(records.ground(ctx), shown)
    return records.commit(ctx, op_id, "timesheets.approve", sorted(by_id), needs, decide)


def _not_decided(ctx: Context, line: Row) -> None:
    """A colleague may have been quicker: say who and when (RM32)."""
    if line["status"] == TimesheetStatus.SUBMITTED:
        return
    reason = message(
        N_("Already {status} by {who} on {day}."),
        status=Message(line["status"]),
        who=history.person_name(ctx, line["decided_by"] or line["_updated_by"]),
        day=line["decided_on"] or ctx.today,
    )
    raise StaleRow([], reason)


def _approvable(ctx: Context, line: Row, verdict: Verdict) -> None:
    if people.is_self(ctx, line["mentor"]):
        raise NotYet(
            Message(N_("Nobody approves their own hours.")),
            Message(N_("Ask another Programme Manager to approve them.")),
        )
    if verdict.state is State.REFUSED:
        raise NotYet(
            Message(N_("This work may not go ahead: its declared relationship was assessed so.")),
            Message(N_("Refuse the hours, or assess the relationship again.")),
        )
    held = [condition for condition in verdict.held_by if condition not in APPROVABLE]
    if held:
        clearing = clears(held[0])
        raise NotYet(Message(clearing.label), Message(clearing.deed))


def _possible(ctx: Context, lines: Sequence[Row]) -> None:
    """What sending refuses is not approved either, however it came in: days over 24 hours, overlaps, the future."""
    for words in (words for line in lines for words in _ahead(ctx, line)):
        raise NotYet(words, Message(N_("Return it; it can be sent again when the work is done.")))
    for found in _long_days(ctx, records.ground(ctx), lines).values():
        for finding in days.refusals(found):
            remedy = N_("Return or refuse what can't be, then approve the rest.")
            raise NotYet(finding.words, Message(remedy))


def _frozen(ctx: Context, fresh: Reader, line: Row) -> dict[str, Any]:
    decided = {
        "status": TimesheetStatus.APPROVED,
        "decided_by": ctx.actor.id,
        "decided_on": ctx.today,
        "reason": "",
    }
    if not line["is_chargeable"]:
        return decided
    engaged = engagements.engagement_on(fresh, line["mentor"], line["worked_on"])
    if engaged is None:
        raise NotYet(
            Message(N_("The mentor was neither hosted nor direct on that day.")),
            Message(N_("Record how the mentor is engaged, then approve.")),
        )
    return {
        **decided,
        "terms": engaged["terms"],
        "host": engaged["host"],
        "day_rate_pounds": rates.day_rate(fresh, ctx.programme, engaged["terms"], line["worked_on"]),
        "hours_per_day": rates.on(fresh, ctx.programme, "hours_per_day", line["worked_on"]),
    }


def _accepted_records(fresh: FreshRows, lines: Sequence[Row], read: Mapping[str, Row]) -> list[Intent]:
    found = {row.id: row for line in lines if (row := claims.record_of(fresh, line)) is not None}
    rows = [found[id_] for id_ in sorted(found)]
    return [
        Edit(
            Sessions, row.id, {"status": SessionStatus.ACCEPTED}, shown=read.get(row.id), signs=row.id in read
        )
        for row in rows
        if row["status"] == SessionStatus.IN
    ]


def send_back(ctx: Context, op_id: str, shown: Sequence[Row], reason: str) -> Receipt:
    """Return lines to the mentor with a reason; also an approved one that is on no letter yet."""
    return _decide_with_reason(ctx, op_id, "timesheets.return", shown, TimesheetStatus.RETURNED, reason)


def refuse(ctx: Context, op_id: str, shown: Sequence[Row], reason: str) -> Receipt:
    """Refuse lines for good, with a reason."""
    return _decide_with_reason(ctx, op_id, "timesheets.refuse", shown, TimesheetStatus.REFUSED, reason)


def _decide_with_reason(
    ctx: Context, op_id: str, action: str, shown: Sequence[Row], status: TimesheetStatus, reason: str
) -> Receipt:
    if not reason.strip():
        needed = Message(N_("is needed, so that the mentor knows what to do."))
        raise InvalidEntry([Timesheets.columns["reason"].problem(needed)])

    def decide(fresh: FreshRows) -> list[Intent]:
        for line in shown:
            if people.is_self(ctx, fresh.get(Timesheets, line.id)["mentor"]):
                access.refuse(ctx, action, line.id)
        values = {
            "status": status,
            "reason": reason,
            "decided_by": ctx.actor.id,
            "decided_on": ctx.today,
            "terms": None,
            "host": None,
            "day_rate_pounds": None,
            "hours_per_day": None,
        }
        return [Edit(Timesheets, line.id, values, shown=line, signs=True) for line in shown]

    needs = Needs(rows=tuple((Timesheets.tab, line.id) for line in shown))
    return records.commit(ctx, op_id, action, [sorted(line.id for line in shown), reason], needs, decide)
