"""What a mentor sees of their own work: assignments and what is next, declarations, time by status (S5, S6, S8).

Read models of one person's own records. Names of others appear only where the mentor works with them.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schemas.assignments import (
    Assignments,
    AssignmentStatus,
    DeclaredBy,
    Interests,
    InterestStatus,
    Variations,
    VariationStatus,
)
from schemas.column import Row
from schemas.mentees import Mentees
from schemas.words import N_, Message, message, say
from schemas.work import SessionStatus, Timesheets, TimesheetStatus
from services import access, agreements, claims, interests, records, steps, timesheets
from services.context import Context
from services.records import Rows
from services.rules.conditions import Relationship
from services.store.interface import Receipt
from services.timesheets import DaysLeft

# In the order in which a mentor deals with them: what came back first, what is over last.
IN_ORDER = (
    TimesheetStatus.RETURNED,
    TimesheetStatus.DRAFT,
    TimesheetStatus.SUBMITTED,
    TimesheetStatus.APPROVED,
    TimesheetStatus.INVOICED,
    TimesheetStatus.PAID,
    TimesheetStatus.REFUSED,
)
NOT_MINE = N_("A group that is not among yours")
GOES_ON = (AssignmentStatus.APPROVED, AssignmentStatus.PROPOSED)


@dataclass(frozen=True)
class Piece:
    """One assignment of one's own: how much is left, what is declared, what comes next."""

    row: Row
    name: str
    facilitator: str
    ends_on: date | None
    left: DaysLeft
    declared: Row | None
    asked: Row | None
    next: Message

    @property
    def is_running(self) -> bool:
        """Whether time may be put on it."""
        return bool(self.row["status"] == AssignmentStatus.APPROVED)

    @property
    def is_asked(self) -> bool:
        """Whether the mentor still has to say if they know the group."""
        return self.declared is None and self._concerns_group

    @property
    def may_change_mind(self) -> bool:
        """Whether "none" was said, and something may still be declared."""
        return (
            self.declared is not None
            and self.declared["status"] == InterestStatus.NONE
            and self._concerns_group
        )

    @property
    def _concerns_group(self) -> bool:
        return bool(self.row["mentee"] and self.row["status"] in GOES_ON)

    @property
    def may_ask(self) -> bool:
        """Whether more days can be asked for: it runs, and nobody is deciding on more already."""
        return self.is_running and self.asked is None


@dataclass(frozen=True)
class Pile:
    """One's lines of one status, and who acts next."""

    status: TimesheetStatus
    words: str
    lines: tuple[Row, ...]

    @property
    def hours(self) -> Decimal:
        """The hours of the pile."""
        return sum((line["hours"] for line in self.lines), Decimal())


def assignments(ctx: Context) -> list[Piece]:
    """One's assignments, running ones first, then the proposed, then what has ended; newest start first."""
    access.require(ctx, "work.see")
    rows = records.view(ctx)
    order = [AssignmentStatus.APPROVED, AssignmentStatus.PROPOSED, AssignmentStatus.ENDED]
    own = [row for row in rows.where(Assignments, "mentor", ctx.actor.mentor) if row["status"] in order]
    newest = sorted(own, key=lambda row: (row["starts_on"] or ctx.today, row.id), reverse=True)
    return [_piece(ctx, rows, row) for row in sorted(newest, key=lambda row: order.index(row["status"]))]


def _piece(ctx: Context, rows: Rows, row: Row) -> Piece:
    group = rows.find(Mentees, row["mentee"])
    left = timesheets.days_left(ctx, row)
    declared = own_declaration(ctx, row["mentee"]) if row["mentee"] else None
    asked = [
        each
        for each in rows.where(Variations, "assignment", row.id)
        if each["status"] == VariationStatus.PROPOSED
    ]
    return Piece(
        row,
        name_of(ctx, row),
        str(group["facilitator"] or "") if group else "",
        agreements.ends_on(rows, row),
        left,
        declared,
        next(iter(asked), None),
        _next(ctx, rows, row, left, declared),
    )


def name_of(ctx: Context, assignment: Row) -> str:
    """The group's name, or the programme activity in the reader's language."""
    if assignment["mentee"]:
        return records.view(ctx).name(Mentees, assignment["mentee"])
    return ctx.programme.choice_words("activities", assignment["activity"] or "", ctx.language)


def of_line(ctx: Context, line: Row) -> str:
    """What a line of time is for."""
    assignment = records.view(ctx).find(Assignments, line["assignment"])
    return name_of(ctx, assignment) if assignment else say(NOT_MINE, ctx.language)


def group_of(ctx: Context, row: Row) -> str:
    """The group of a record; one that was never the mentor's own is not named."""
    group = records.view(ctx).find(Mentees, row["mentee"])
    return str(group["name"]) if group else say(NOT_MINE, ctx.language)


def own_declaration(ctx: Context, mentee: str) -> Row | None:
    """What the mentor has said of earlier dealings with a group; the host's word stands by itself."""
    own = records.view(ctx).where(Interests, "mentor", ctx.actor.mentor)
    found = (
        row
        for row in own
        if row["mentee"] == mentee and (row["declared_by"] or DeclaredBy.MENTOR) == DeclaredBy.MENTOR
    )
    return next(found, None)


def declare(ctx: Context, op_id: str, mentee: str, nature: str, shown: Row | None = None) -> Receipt:
    """Declare an earlier relationship in one's own words; "none" is a button of its own (S5, RM23)."""
    steps.needed(Interests, {"nature": nature}, "nature")
    return interests.declare(ctx, op_id, mentee, nature, shown=shown)


def _next(ctx: Context, rows: Rows, row: Row, left: DaysLeft, declared: Row | None) -> Message:
    """What happens next with an assignment, and who does it; the first that applies."""
    if row["status"] == AssignmentStatus.ENDED:
        return Message(N_("It has ended. Time worked until then is still paid."))
    related = agreements.relationship(rows, row)
    if related is Relationship.MAY_NOT:
        return Message(N_("This work may not go ahead. Ask your Facilitator."))
    if related is Relationship.DECLARED:
        return Message(
            N_("Your Facilitator or the Programme Manager assesses what you declared. Please wait.")
        )
    if row["mentee"] and declared is None:
        return Message(N_("Say whether you have dealt with this group before."))
    if row["status"] == AssignmentStatus.PROPOSED:
        return Message(N_("The Programme Manager approves it. Please wait before you start."))
    return _next_of_running(ctx, rows, row, left)


def _next_of_running(ctx: Context, rows: Rows, row: Row, left: DaysLeft) -> Message:
    bare = without_record(ctx, row)
    if bare:
        return message(
            N_("Write the Activity Record for {count} line of time."),
            N_("Write the Activity Record for {count} lines of time."),
            len(bare),
        )
    if left.left_hours <= 0:
        return Message(N_("All days agreed are used. Ask for more before you do more."))
    if row["starts_on"] and row["starts_on"] > ctx.today:
        return message(N_("It starts on {day}."), day=row["starts_on"])
    return Message(N_("Record your time as you go."))


def without_record(ctx: Context, assignment: Row) -> list[Row]:
    """One's chargeable lines for a group that wait for their Activity Record."""
    if not assignment["mentee"]:
        return []
    rows = records.view(ctx)
    return [line for line in rows.where(Timesheets, "assignment", assignment.id) if lacks_record(ctx, line)]


def lacks_record(ctx: Context, line: Row) -> bool:
    """Whether a line for a group can't be paid before an Activity Record for it is in (S11)."""
    rows = records.view(ctx)
    assignment = rows.find(Assignments, line["assignment"])
    record = claims.record_of(rows, line)
    return bool(
        line["is_chargeable"]
        and line["status"] in (TimesheetStatus.DRAFT, TimesheetStatus.RETURNED, TimesheetStatus.SUBMITTED)
        and assignment
        and assignment["mentee"]
        and (record is None or record["status"] == SessionStatus.DRAFT)
    )


def relationships(ctx: Context) -> list[Row]:
    """What is declared about oneself and one's groups, by oneself or the host, the newest first."""
    access.require(ctx, "work.see")
    own = records.view(ctx).where(Interests, "mentor", ctx.actor.mentor)
    said = [row for row in own if row["status"] != InterestStatus.NONE]
    return sorted(said, key=lambda row: (row["declared_on"] or ctx.today, row.id), reverse=True)


def piles(ctx: Context) -> list[Pile]:
    """One's lines by status in the order in which one deals with them, each pile newest first."""
    own = timesheets.mine(ctx)
    by_status = {status: tuple(line for line in own if line["status"] == status) for status in IN_ORDER}
    return [Pile(status, timesheets.WAITS_FOR[status], lines) for status, lines in by_status.items() if lines]


def first_values(ctx: Context) -> dict[str, object]:
    """What a new line begins with: today, and assignment and kind of the line written last (X13)."""
    open_to = [row.id for row in timesheets.choices(ctx)]
    own = [line for line in timesheets.mine(ctx) if line["assignment"] in open_to]
    last = max(own, key=lambda line: (str(line["_updated_at"] or ""), line.id), default=None)
    assignment = last["assignment"] if last else next(iter(open_to), None)
    return {
        "worked_on": ctx.today,
        "assignment": assignment,
        "kind": last["kind"] if last else None,
        "is_chargeable": True,
    }
