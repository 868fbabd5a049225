"""The programme in figures: its pool, its time and its money, each traceable to its rows (X11).

Everybody with "figures.see" may read them, and whoever may see the register that they are made of. An
evaluator reads no count of people under five, nor one that the others would give away (X5).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeVar

from schemas.assignments import Assignments
from schemas.column import Role, Row
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.money import InvoiceKind, Invoices
from schemas.work import Timesheets, TimesheetStatus
from services import access, engagements, records
from services.context import Context
from services.mentors import IN_POOL
from services.rules import periods
from services.rules.periods import Period

By = Literal["status", "area", "skill", "terms"]
DECIDED = frozenset({TimesheetStatus.APPROVED, TimesheetStatus.INVOICED, TimesheetStatus.PAID})
SENT = DECIDED | {TimesheetStatus.SUBMITTED}
LONGEST_MONTHS = 24
FEWEST_SHOWN = 5


@dataclass(frozen=True)
class Hours:
    """Hours approved, waiting for the Programme Manager, and given unpaid."""

    approved: Decimal = Decimal()
    waiting: Decimal = Decimal()
    unpaid: Decimal = Decimal()

    def __add__(self, other: "Hours") -> "Hours":
        return Hours(self.approved + other.approved, self.waiting + other.waiting, self.unpaid + other.unpaid)


@dataclass(frozen=True)
class MonthHours:
    """The hours of the month that begins on `first`."""

    first: date
    approved: Decimal
    waiting: Decimal
    unpaid: Decimal


@dataclass(frozen=True)
class GroupHours:
    """The hours with one group, or on one programme activity."""

    group: str
    name: str
    area: str
    approved: Decimal
    waiting: Decimal
    unpaid: Decimal


@dataclass(frozen=True)
class PoolCount:
    """How many mentors share a value; `None` people is "fewer than can be shown"."""

    value: str
    people: int | None


@dataclass(frozen=True)
class QuarterMoney:
    """Pounds of a quarter: letters and credit notes by their date, payments by the day they were made."""

    quarter: Period
    issued: Decimal
    paid: Decimal
    credited: Decimal


# --- time --------------------------------------------------------------------------------------------

Work = tuple[date, str]


def hours_by_month(ctx: Context) -> list[MonthHours]:
    """The latest 24 months with hours, the oldest first; drafts and returned lines are nobody's yet."""
    return months_in(ctx)[-LONGEST_MONTHS:]


def months_in(ctx: Context, period: Period | None = None, area: str = "") -> list[MonthHours]:
    """Hours month by month of a period (of everything, when `None`) and of an area's groups."""
    _may_see(ctx, "timesheets.see")
    return list(_kept(ctx, "months", _months, period, area))


def _months(ctx: Context, period: Period | None, area: str) -> list[MonthHours]:
    by_month: dict[date, Hours] = {}
    for (first, _), hours in _chosen(ctx, period, area):
        by_month[first] = by_month.get(first, Hours()) + hours
    return [
        MonthHours(first, each.approved, each.waiting, each.unpaid)
        for first, each in sorted(by_month.items())
    ]


def hours_by_group(ctx: Context, period: Period | None = None, area: str = "") -> list[GroupHours]:
    """Hours by group or programme activity in the months of a period, most hours first."""
    _may_see(ctx, "timesheets.see")
    return list(_kept(ctx, "groups", _groups, period, area))


def _groups(ctx: Context, period: Period | None, area: str) -> list[GroupHours]:
    rows = records.ground(ctx)
    by_group: dict[str, Hours] = {}
    for (_, assignment), hours in _chosen(ctx, period, area):
        group = _group(rows, assignment)
        by_group[group] = by_group.get(group, Hours()) + hours
    found = [
        GroupHours(group, _name(rows, group), _area(rows, group), each.approved, each.waiting, each.unpaid)
        for group, each in by_group.items()
    ]
    return sorted(found, key=lambda each: (-each.approved - each.waiting - each.unpaid, each.name))


T = TypeVar("T")


def _kept(
    ctx: Context,
    what: str,
    make: Callable[[Context, Period | None, str], T],
    period: Period | None,
    area: str,
) -> T:
    """The same figures until time, assignments or groups change; nothing in them depends on the reader."""
    tabs = (Timesheets.tab, Assignments.tab, Mentees.tab)
    name = f"{what} {period and periods.code(period)} {area}"
    return ctx.workbook.derived(name, tabs, ctx.programme.code, lambda: make(ctx, period, area))


def areas_at_work(ctx: Context) -> list[str]:
    """The areas that mentors and groups are in, by name, to filter by."""
    _may_see(ctx, "timesheets.see")
    rows = records.ground(ctx)
    return sorted(
        {row["area"] for register in (Mentors, Mentees) for row in rows.all(register) if row["area"]}
    )


def _hours(ctx: Context) -> Mapping[Work, Hours]:
    """Hours by month and assignment: added up once per version, for a workbook has 100,000 lines."""

    def added() -> dict[Work, Hours]:
        sums: dict[Work, list[Decimal]] = {}
        for line in records.ground(ctx).all(Timesheets):
            if line["status"] in SENT:
                key = (line["worked_on"].replace(day=1), line["assignment"])
                sums.setdefault(key, [Decimal(), Decimal(), Decimal()])[_kind(line)] += line["hours"]
        return {key: Hours(*three) for key, three in sums.items()}

    return ctx.workbook.derived("hours by month", (Timesheets.tab,), ctx.programme.code, added)


def _kind(line: Row) -> int:
    if not line["is_chargeable"]:
        return 2
    return 0 if line["status"] in DECIDED else 1


def _chosen(ctx: Context, period: Period | None, area: str) -> Iterable[tuple[Work, Hours]]:
    rows = records.ground(ctx)
    for (first, assignment), hours in _hours(ctx).items():
        in_time = period is None or period.first.replace(day=1) <= first <= period.last
        if in_time and (not area or _area(rows, _group(rows, assignment)) == area):
            yield (first, assignment), hours


def _group(rows: records.Rows, assignment: str) -> str:
    """The group's id, or else the activity's name; an assignment that is gone stands by its own id."""
    row = rows.find(Assignments, assignment)
    return (row["mentee"] or row["activity"] or assignment) if row else assignment


def _name(rows: records.Rows, group: str) -> str:
    row = rows.find(Mentees, group)
    return row["name"] if row else group


def _area(rows: records.Rows, group: str) -> str:
    row = rows.find(Mentees, group)
    return (row["area"] or "") if row else ""


# --- people ------------------------------------------------------------------------------------------


def pool_by(ctx: Context, by: By, area: str = "") -> list[PoolCount]:
    """Mentors by status, area, skill or today's terms, most first; only status counts those who left."""
    _may_see(ctx, "pool.see")
    rows = records.ground(ctx)
    mentors = [row for row in rows.all(Mentors) if not area or row["area"] == area]
    if by != "status":
        mentors = [row for row in mentors if row["status"] in IN_POOL]
    counts = Counter(value for row in mentors for value in _values(ctx, rows, row, by))
    found = [PoolCount(value, people) for value, people in counts.items()]
    return _anonymous(ctx, sorted(found, key=lambda each: (-(each.people or 0), each.value)))


def _values(ctx: Context, rows: records.Rows, mentor: Row, by: By) -> tuple[str, ...]:
    if by == "skill":
        return tuple(mentor["skills"] or ("",))
    if by == "terms":
        engaged = engagements.engagement_on(rows, mentor.id, ctx.today)
        return (engaged["terms"] if engaged else "",)
    return (mentor[by] or "",)


def _anonymous(ctx: Context, counts: list[PoolCount]) -> list[PoolCount]:
    """For an evaluator: small counts hidden, and the next one too where one alone could be worked out."""
    if ctx.actor.role != Role.EVALUATOR:
        return counts
    small = [each for each in counts if (each.people or 0) < FEWEST_SHOWN]
    large = [each for each in counts if each not in small]
    if len(small) == 1 and large:
        small = [large.pop(), *small]
    return [*large, *(PoolCount(each.value, None) for each in small)]


# --- money -------------------------------------------------------------------------------------------


def money_by_quarter(ctx: Context) -> list[QuarterMoney]:
    """Pounds issued, paid and credited, quarter by quarter, the oldest first (S12)."""
    _may_see(ctx, "invoices.see")
    sums: dict[Period, list[Decimal]] = {}
    for row in records.ground(ctx).all(Invoices):
        is_note = row["kind"] == InvoiceKind.CREDIT_NOTE
        _add(sums, row["issued_on"], 2 if is_note else 0, abs(row["total_pounds"]))
        if row["paid_on"] and not is_note:
            _add(sums, row["paid_on"], 1, row["total_pounds"])
    return [QuarterMoney(quarter, *three) for quarter, three in sorted(sums.items())]


def _add(sums: dict[Period, list[Decimal]], on: date, place: int, pounds: Decimal) -> None:
    nothing = [Decimal("0.00"), Decimal("0.00"), Decimal("0.00")]
    sums.setdefault(periods.quarter_of(on), nothing)[place] += pounds


def _may_see(ctx: Context, right: str) -> None:
    if not access.may(ctx, "figures.see"):
        access.require(ctx, right)
