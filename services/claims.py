"""Which hours may be paid and what holds the others: S11's rule on the registers' rows.

Used by the mentor's timesheet, the manager's approvals and finance's quarter alike, on rows as last read or
fresh inside a commit. Only the assignments concerned are looked at, never the whole register.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from schemas.assignments import Assignments, Interests, Variations
from schemas.column import Row
from schemas.mentors import Checks, Engagements, Mentors, Terms
from schemas.money import Figures
from schemas.people import Exceptions
from schemas.work import Sessions, SessionStatus, Timesheets, TimesheetStatus
from services import agreements, cover, rates, records
from services.context import Context
from services.records import Reader
from services.rules import conditions
from services.rules.conditions import Line, Verdict
from services.rules.pay import figure_on
from services.store.interface import Needs

# Claimed time: drafts and returned lines are still the mentor's own paper, refused ones are nobody's.
CLAIMED = frozenset(
    {
        TimesheetStatus.SUBMITTED,
        TimesheetStatus.APPROVED,
        TimesheetStatus.INVOICED,
        TimesheetStatus.PAID,
    }
)
OPEN = (TimesheetStatus.SUBMITTED, TimesheetStatus.APPROVED)
APPROVED = frozenset({TimesheetStatus.APPROVED, TimesheetStatus.INVOICED, TimesheetStatus.PAID})
# Named in every `Needs`, so that a register nobody has rows in yet still counts as looked at.
ASKED = tuple(
    register.tab
    for register in (
        Assignments,
        Checks,
        Engagements,
        Exceptions,
        Interests,
        Mentors,
        Sessions,
        Timesheets,
        Variations,
    )
)
RECORD_IN = frozenset({SessionStatus.IN, SessionStatus.ACCEPTED})


def verdicts(ctx: Context, rows: Reader, assignments: Iterable[str]) -> dict[str, Verdict]:
    """The verdict on every claimed line of these assignments, by line id."""
    asked = set(assignments)
    found = {id_: row for id_ in asked if (row := rows.find(Assignments, id_)) is not None}
    lines = [
        line
        for id_ in asked
        for line in rows.where(Timesheets, "assignment", id_)
        if line["status"] in CLAIMED
    ]
    agreed = {id_: agreements.agreed(rows, row, hours_per_day(ctx, rows, row)) for id_, row in found.items()}
    mentors = {id_: mentor_of(rows, id_) for id_ in {line["mentor"] for line in lines}}
    values = [line_of(rows, line, found, place) for place, line in enumerate(lines)]
    return conditions.judge(values, agreed, mentors)


def open_verdicts(ctx: Context) -> dict[str, Verdict]:
    """The verdicts on all lines that wait for approval or a letter, kept until a register they rest on changes."""

    def judged() -> dict[str, Verdict]:
        rows = records.ground(ctx)
        open_ = [line for status in OPEN for line in rows.where(Timesheets, "status", status)]
        return verdicts(ctx, rows, {line["assignment"] for line in open_})

    return ctx.workbook.derived("open verdicts", (*ASKED, Figures.tab), ctx.programme.code, judged)


def hours_per_day(ctx: Context, rows: Reader, assignment: Row) -> Decimal:
    """The length of a day where the assignment starts: it turns days agreed into hours.

    A start before the programme's first figure (a slip of the pen) counts by that first figure, so that one
    row never takes a whole page down.
    """
    day = assignment["starts_on"] or assignment["approved_on"] or ctx.today
    figures = rates.dated(rows, ctx.programme, "hours_per_day")
    return figure_on(max(day, min(figure.from_on for figure in figures)), figures)


def line_of(rows: Reader, line: Row, assignments: Mapping[str, Row], place: int) -> Line:
    """A timesheet row as S11 sees it."""
    assignment = assignments.get(line["assignment"])
    allowance = assignment is not None and not assignment["mentee"]
    record = record_of(rows, line)
    is_in = record is not None and record["status"] in RECORD_IN
    accepted = allowance or (record is not None and record["status"] == SessionStatus.ACCEPTED)
    return Line(
        id=line.id,
        mentor=line["mentor"],
        assignment=line["assignment"],
        on=line["worked_on"],
        hours=line["hours"],
        chargeable=bool(line["is_chargeable"]),
        record_in=is_in,
        approved=line["status"] in APPROVED and accepted and _is_frozen(line),
        entered=place,
        allowance=allowance,
    )


def record_of(rows: Reader, line: Row) -> Row | None:
    """The Activity Record for a line: the same mentor's, of the same assignment; no other one counts (S11)."""
    record = rows.find(Sessions, line["session"]) if line["session"] else None
    if record is None or record["mentor"] != line["mentor"] or record["assignment"] != line["assignment"]:
        return None
    return record


def _is_frozen(line: Row) -> bool:
    """Whether approval wrote down whom the hours pay and at what rate; "approved" typed into the sheet did not."""
    if not line["is_chargeable"]:
        return True
    known = line["day_rate_pounds"] is not None and line["hours_per_day"] is not None
    return known and (line["terms"] == Terms.DIRECT or bool(line["terms"] and line["host"]))


def mentor_of(rows: Reader, mentor: str) -> conditions.Mentor:
    """A mentor as S11 sees one: approved from the panel's day, with cover and the gaps that may be paid."""
    row = rows.find(Mentors, mentor)
    if row is None:
        return conditions.Mentor(mentor, None)
    return conditions.Mentor(
        mentor,
        row["recruited_on"],
        row["left_on"],
        cover.cover_of(rows, mentor),
        cover.waived_of(rows, mentor),
    )


def needs(rows: Reader, lines: Iterable[Row]) -> Needs:
    """What a decision about these lines must see fresh: everything S11 asks about their assignments."""
    lines = list(lines)
    assignments = sorted({line["assignment"] for line in lines})
    beside = [other for id_ in assignments for other in rows.where(Timesheets, "assignment", id_)]
    named = {row["mentor"] for id_ in assignments if (row := rows.find(Assignments, id_)) is not None}
    mentors = sorted({line["mentor"] for line in [*lines, *beside]} | named)
    sessions = sorted({line["session"] for line in [*lines, *beside] if line["session"]})
    hosts = sorted(
        {row["host"] for id_ in mentors for row in rows.where(Engagements, "mentor", id_) if row["host"]}
    )
    return Needs(
        rows=(
            *((tab, "") for tab in ASKED),
            *((Assignments.tab, id_) for id_ in assignments),
            *((Mentors.tab, id_) for id_ in mentors),
            *((Sessions.tab, id_) for id_ in sessions),
            *((Timesheets.tab, line.id) for line in lines),
        ),
        where=(
            *((Timesheets.tab, "assignment", id_) for id_ in assignments),
            *((Variations.tab, "assignment", id_) for id_ in assignments),
            *((Interests.tab, "mentor", id_) for id_ in mentors),
            *((Engagements.tab, "mentor", id_) for id_ in mentors),
            *((Checks.tab, "mentor", id_) for id_ in mentors),
            *((Checks.tab, "organisation", id_) for id_ in hosts),
            *((Exceptions.tab, "mentor", id_) for id_ in mentors),
        ),
        whole=(Figures.tab,),
    )
