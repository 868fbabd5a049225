"""The mentor pool as staff see it: terms, insurance and workload of today, and who has had no work (S1, S2, S17)."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schemas.assignments import Assignments, Feedback, Interests
from schemas.column import Row
from schemas.mentors import Checks, Engagements, Mentors, Seats
from schemas.organisations import Organisations
from schemas.people import Exceptions
from schemas.words import N_, Message, message
from schemas.work import Timesheets, TimesheetStatus
from services import access, agreements, assignments, cover, engagements, records
from services.context import Context
from services.mentors import IN_POOL
from services.records import Rows


@dataclass(frozen=True)
class Workload:
    """Group support running now: days agreed, used and left of it, and the number of assignments."""

    approved_days: Decimal
    used_days: Decimal
    left_days: Decimal
    live_assignments: int


@dataclass(frozen=True)
class PoolEntry:
    """A mentor as the pool shows them today."""

    mentor: Row
    terms: str
    host: str
    cover: cover.Standing
    workload: Workload
    has_had_work: bool
    warnings: tuple[Message, ...]


@dataclass(frozen=True)
class Month:
    """A mentor's hours in the month that begins on `first`, chargeable and unpaid."""

    first: date
    chargeable: Decimal
    unpaid: Decimal


@dataclass(frozen=True)
class Card:
    """Everything the programme keeps of one mentor; each list newest first."""

    entry: PoolEntry
    engagements: tuple[Row, ...]
    checks: tuple[Row, ...]
    seats: tuple[Row, ...]
    assignments: tuple[assignments.Entry, ...]
    feedback: tuple[Row, ...]
    interests: tuple[Row, ...]
    gaps_allowed: tuple[Row, ...]
    hours_by_status: dict[str, Decimal]


def listed(
    ctx: Context,
    *,
    area: str = "",
    skill: str = "",
    language: str = "",
    terms: str = "",
    insurance: str = "",
    statuses: Collection[str] = IN_POOL,
    without_work: bool = False,
    search: str = "",
) -> list[PoolEntry]:
    """The mentors in the pool by name, each with terms, insurance and workload of today (S1, S2, S17).

    A blank filter takes everybody; `insurance` is a `cover.CoverState`; those who left are asked for by status.
    """
    access.require(ctx, "pool.see")
    rows = records.view(ctx)
    found = [
        row
        for row in rows.all(Mentors)
        if row["status"] in statuses
        and row["area"] == (area or row["area"])
        and (not skill or skill in (row["skills"] or ()))
        and (not language or language in (row["languages"] or ()))
        and search.casefold() in row["name"].casefold()
    ]
    used = assignments.hours_used(ctx)
    entries = [
        _entry(ctx, rows, row, used)
        for row in sorted(found, key=lambda row: (row["name"].casefold(), row.id))
    ]
    return [
        each
        for each in entries
        if each.terms == (terms or each.terms)
        and each.cover.state == (insurance or each.cover.state)
        and not (without_work and each.has_had_work)
    ]


def narrowed(
    entries: Iterable[PoolEntry], *, status: str = "", insurance: str = "", without_work: bool = False
) -> list[PoolEntry]:
    """Those of a list that fit; without a status, everybody still in the pool."""
    return [
        each
        for each in entries
        if (each.mentor["status"] == status if status else each.mentor["status"] in IN_POOL)
        and insurance in {"", each.cover.state}
        and not (without_work and each.has_had_work)
    ]


def counts(entries: Sequence[PoolEntry]) -> dict[str, int]:
    """How many stand at each status, and (of those in the pool) at each state of insurance, or without work."""
    here = narrowed(entries)
    insured = Counter(str(each.cover.state) for each in here)
    stand = Counter(str(each.mentor["status"]) for each in entries)
    no_work = {"no work yet": len(narrowed(entries, without_work=True))}
    return dict(stand) | dict(insured) | no_work


def card(ctx: Context, id_: str) -> Card:
    """Everything of one mentor (S1, S2, S15, S16, S19)."""
    access.require(ctx, "pool.see")
    rows = records.view(ctx)
    mentor = rows.get(Mentors, id_)
    engaged = rows.where(Engagements, "mentor", id_)
    hosts = sorted({row["host"] for row in engaged if row["host"]})
    proofs = [
        *rows.where(Checks, "mentor", id_),
        *(check for host in hosts for check in rows.where(Checks, "organisation", host)),
    ]
    return Card(
        _entry(ctx, rows, mentor),
        _newest(engaged, "from_on"),
        _newest(proofs, "to_on"),
        _newest(rows.where(Seats, "mentor", id_), "from_on"),
        tuple(assignments.listed(ctx, mentor=id_)),
        _newest(rows.where(Feedback, "mentor", id_), "given_on"),
        _newest(rows.where(Interests, "mentor", id_), "declared_on"),
        _newest(rows.where(Exceptions, "mentor", id_), "from_on"),
        _hours(rows, id_),
    )


def time_by_month(ctx: Context, mentor: str) -> list[Month]:
    """A mentor's hours month by month, the oldest first; drafts and refused lines are left out (S8)."""
    access.require(ctx, "pool.see")
    hours: dict[date, list[Decimal]] = {}
    for line in records.view(ctx).where(Timesheets, "mentor", mentor):
        if line["status"] not in {TimesheetStatus.DRAFT, TimesheetStatus.REFUSED}:
            both = hours.setdefault(line["worked_on"].replace(day=1), [Decimal(), Decimal()])
            both[0 if line["is_chargeable"] else 1] += line["hours"]
    return [Month(first, *both) for first, both in sorted(hours.items())]


def _newest(rows: list[Row], by: str) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: (row[by] or date.min, row.id), reverse=True))


def _hours(rows: Rows, mentor: str) -> dict[str, Decimal]:
    hours: dict[str, Decimal] = {}
    for line in rows.where(Timesheets, "mentor", mentor):
        hours[line["status"]] = hours.get(line["status"], Decimal()) + line["hours"]
    return hours


def _entry(ctx: Context, rows: Rows, mentor: Row, used: assignments.HoursUsed | None = None) -> PoolEntry:
    engaged = engagements.engagement_on(rows, mentor.id, ctx.today)
    insured = cover.standing(rows, mentor.id, ctx.today, ctx.programme.insurance.warn_days)
    named = [row for row in rows.where(Assignments, "mentor", mentor.id) if row["mentee"]]
    load = _workload(ctx, rows, named, used)
    return PoolEntry(
        mentor,
        engaged["terms"] if engaged else "",
        rows.name(Organisations, engaged["host"]) if engaged and engaged["host"] else "",
        insured,
        load,
        any(row["status"] in agreements.WAS_APPROVED for row in named),
        tuple(_warnings(rows, mentor, engaged, insured, load)),
    )


def _workload(ctx: Context, rows: Rows, named: list[Row], used: assignments.HoursUsed | None) -> Workload:
    live = [row for row in named if agreements.is_live(rows, row, ctx.today)]
    days = [assignments.days_of(ctx, rows, row, used) for row in live]
    return Workload(
        sum((each.agreed_days for each in days), Decimal()),
        sum((each.used_days for each in days), Decimal()),
        sum((each.left_days for each in days), Decimal()),
        len(live),
    )


def _warnings(
    rows: Rows, mentor: Row, engaged: Row | None, insured: cover.Standing, load: Workload
) -> Iterator[Message]:
    if insured.state is not cover.CoverState.VALID:
        yield insured.words
    elif any(
        row["seen_on"] is None for row in cover.policies(rows, mentor.id) if row["to_on"] == insured.ends_on
    ):
        yield Message(N_("Nobody has recorded seeing a copy of the insurance."))
    if engaged is None:
        yield Message(N_("Neither hosted nor contracted directly yet."))
    elif engaged["accepted_on"] is None:
        yield Message(N_("The contract is not recorded as accepted."))
    if load.left_days < 0:
        yield message(N_("{days} days over the days agreed."), days=-load.left_days)
