"""Who works where, for how many hours a week: full-time equivalents by area, gaps, changes, load (D16; 2.26, annex C)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from schemas.cases import Cases
from schemas.column import Row, new_id
from schemas.contracts import Contracts, Postings
from schemas.errors import InvalidEntry, NotYet, Problem
from schemas.mentors import Mentors, MentorStatus
from schemas.words import N_, Message, message, plain
from schemas.work import Attendance, Sessions
from services import access, contracts, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Reader, Values
from services.rules import fte as rule
from services.rules.answering import months_after
from services.rules.fte import Posted
from services.store.interface import Needs, Receipt

TYPED = frozenset({"mentor", "area", "offices", "weekly_hours", "attends_on", "from_on"})
LATER = frozenset({"offices", "attends_on"})
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Staffed:
    """An area of a contract on a day: who is in post beside the least and the most that it is to have."""

    area: str
    fte: Decimal
    least: int
    most: int
    is_counted: bool
    mentors: tuple[str, ...]
    offices: tuple[str, ...]
    unvisited: tuple[str, ...]

    @property
    def gap(self) -> Decimal:
        """What is missing to the least; nought while the implementation period runs."""
        return rule.gap(self.fte, self.least) if self.is_counted else Decimal(0)

    @property
    def is_over(self) -> bool:
        """Whether there are more than the buyer pays for."""
        return self.fte > self.most


class Changed(StrEnum):
    """What changed among the mentors."""

    JOINED = N_("joined")
    LEFT = N_("left")
    MOVED = N_("moved to another area")
    HOURS = N_("changed hours")


@dataclass(frozen=True)
class Change:
    """One change in personnel, for the month's return (3.8)."""

    on: date
    mentor: str
    what: Changed
    area: str
    hours: Decimal
    why: str = ""


@dataclass(frozen=True)
class Load:
    """How many people a mentor worked with in the months up to a day, beside what their hours ask for (SF2)."""

    mentor: str
    first: date
    last: date
    people: int
    fte: Decimal
    wanted: Decimal

    @property
    def is_short(self) -> bool:
        """Whether it is fewer than their hours ask for."""
        return self.people < self.wanted


def posted_of(rows: Iterable[Row]) -> list[Posted]:
    """Postings as the rule takes them."""
    return [
        Posted(row["mentor"], row["area"], row["weekly_hours"], row["from_on"], row["to_on"]) for row in rows
    ]


def fte(ctx: Context, area: str, day: date) -> Decimal:
    """The full-time equivalents in an area on a day; a blank area is all of them. For a rule's own use."""
    posted = posted_of(records.ground(ctx).all(Postings))
    return rule.fte(posted, day, contracts.terms_of(ctx).week_hours, area)


def areas(ctx: Context, contract: Row, day: date) -> list[Staffed]:
    """Each area of a contract, as it is staffed on a day."""
    access.require(ctx, "contracts.see")
    rows = records.ground(ctx).where(Postings, "contract", contract.id)
    return [_staffed(ctx, contract, rows, area, day) for area in contract["areas"]]


def _staffed(ctx: Context, contract: Row, rows: list[Row], name: str, day: date) -> Staffed:
    area, terms = ctx.programme.area(name), contracts.terms_of(ctx)
    here = [row for row in rows if row["area"] == name and is_on(row, day)]
    offices = area.offices if area else ()
    covered = {office for row in here for office in row["offices"] or ()}
    return Staffed(
        name,
        rule.fte(posted_of(here), day, terms.week_hours, name),
        area.fte_least if area else 0,
        area.fte_most if area else 0,
        contract["implemented_on"] < day <= contract["ends_on"],
        tuple(dict.fromkeys(row["mentor"] for row in here)),
        offices,
        tuple(office for office in offices if office not in covered),
    )


def is_on(row: Row, day: date) -> bool:
    """Whether a posting holds on a day."""
    return bool(row["from_on"] <= day and (row["to_on"] is None or day <= row["to_on"]))


def listed(ctx: Context, contract: Row) -> list[Row]:
    """The postings of a contract, those that go on first, by area."""
    access.require(ctx, "contracts.see")
    found = records.view(ctx).where(Postings, "contract", contract.id)
    return sorted(found, key=lambda row: (row["to_on"] is not None, row["area"], row["from_on"]))


def add(ctx: Context, op_id: str, contract: str, values: Values) -> Receipt:
    """Post a mentor to an area for some hours a week."""
    typed = steps.only(ctx, "postings.edit", values, TYPED | {"to_on"})
    id_ = new_id(Postings.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.needed(Postings, typed, "mentor", "area", "weekly_hours", "from_on")
        _refuse(ctx, fresh, fresh.get(Contracts, contract), typed, "")
        return [New(Postings, {**typed, "contract": contract}, id_)]

    return records.commit(ctx, op_id, "postings.edit", [contract, typed], _needs(contract, typed), decide)


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change a posting's offices and days of attendance; other hours or another area are a posting of their own.

    So the full-time equivalents of a month that was reported stay what they were.
    """
    typed = steps.only(ctx, "postings.edit", values, LATER)

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Postings, shown.id)
        _refuse(ctx, fresh, fresh.get(Contracts, now["contract"]), {**now, **typed}, now.id)
        return [Edit(Postings, now.id, typed, shown=shown)]

    return records.commit(
        ctx, op_id, "postings.edit", [shown.id, typed], _needs(shown["contract"], shown), decide
    )


def end(ctx: Context, op_id: str, shown: Row, to_on: date | None, why: str) -> Receipt:
    """End a posting on its last day, with the reason, which the month's return tells."""
    values = {"to_on": to_on, "why_ended": why}
    steps.needed(Postings, values, "to_on", "why_ended")

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Postings, shown.id)
        return [Edit(Postings, now.id, values, shown=shown)]

    needs = Needs(rows=((Postings.tab, shown.id),))
    return records.commit(ctx, op_id, "postings.edit", [shown.id, to_on, why], needs, decide)


def change_hours(
    ctx: Context, op_id: str, shown: Row, weekly_hours: Decimal | None, from_on: date | None
) -> Receipt:
    """Give a mentor other hours from a day on: the old posting ends the day before, a new one begins."""
    steps.needed(Postings, {"weekly_hours": weekly_hours, "from_on": from_on}, "weekly_hours", "from_on")
    id_ = new_id(Postings.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Postings, shown.id)
        assert from_on is not None
        if not now["from_on"] < from_on or (now["to_on"] is not None and from_on > now["to_on"]):
            words = Message(N_("must be after the posting began, and before it ends."))
            raise InvalidEntry([Postings.columns["from_on"].problem(words)])
        kept = {name: now[name] for name in ("contract", "mentor", "area", "offices", "attends_on", "to_on")}
        new = {**kept, "weekly_hours": weekly_hours, "from_on": from_on}
        _refuse(ctx, fresh, fresh.get(Contracts, now["contract"]), new, now.id)
        ended = {"to_on": from_on - _DAY, "why_ended": "changed hours"}
        return [Edit(Postings, now.id, ended, shown=shown), New(Postings, new, id_)]

    needs = _needs(shown["contract"], shown)
    return records.commit(ctx, op_id, "postings.edit", [shown.id, weekly_hours, from_on], needs, decide)


def _needs(contract: str, values: Values) -> Needs:
    mentor = values.get("mentor") or ""
    return Needs(
        rows=((Contracts.tab, contract), (Mentors.tab, mentor)),
        where=((Postings.tab, "mentor", mentor), (Postings.tab, "contract", contract)),
    )


def _refuse(ctx: Context, fresh: FreshRows, contract: Row, values: Values, own: str) -> None:
    mentor = fresh.find(Mentors, values["mentor"])
    if mentor is not None and mentor["status"] in (MentorStatus.APPLIED, MentorStatus.LEFT):
        raise NotYet(
            message(N_("{name} is not in the pool."), name=mentor["name"]),
            Message(N_("Approve them first, on their page in the mentor pool.")),
        )
    problems = [*_wrong_place(ctx, contract, values), *_wrong_time(contract, values)]
    problems += _too_many_hours(ctx, fresh, values, own)
    if problems:
        raise InvalidEntry(problems)


def _wrong_place(ctx: Context, contract: Row, values: Values) -> Iterator[Problem]:
    area = ctx.programme.area(values["area"])
    if area is None or values["area"] not in contract["areas"]:
        yield Postings.columns["area"].problem(Message(N_("is none of this contract's areas.")))
        return
    if outside := [office for office in values.get("offices") or () if office not in area.offices]:
        words = message(N_("{office} is not in area {area}."), office=outside[0], area=area.en)
        yield Postings.columns["offices"].problem(words)


def _wrong_time(contract: Row, values: Values) -> Iterator[Problem]:
    first, last = contract["starts_on"], contract["ends_on"]
    for name in ("from_on", "to_on"):
        day = values.get(name)
        if day is not None and not first <= day <= last:
            words = message(N_("must be within the contract, {first} to {last}."), first=first, last=last)
            yield Postings.columns[name].problem(words)


def _too_many_hours(ctx: Context, fresh: FreshRows, values: Values, own: str) -> Iterator[Problem]:
    """Nobody works more than a full week, however many areas share them (2.26)."""
    most = contracts.terms_of(ctx).week_hours
    others = [row for row in fresh.where(Postings, "mentor", values["mentor"]) if row.id != own]
    mine = Posted(
        values["mentor"], values["area"], values["weekly_hours"], values["from_on"], values.get("to_on")
    )
    together = rule.hours_at_most([mine, *_overlapping(posted_of(others), mine)])
    if together > most:
        words = message(
            N_("come to {hours} a week with their other postings; a full week is {most}."),
            hours=plain(together), most=plain(most),
        )  # fmt: skip
        yield Postings.columns["weekly_hours"].problem(words)


def _overlapping(others: Iterable[Posted], mine: Posted) -> list[Posted]:
    """The other postings, cut to the time of this one: what they come to before it is not its doing."""
    return [
        Posted(each.mentor, each.area, each.weekly_hours, max(each.from_on, mine.from_on), each.to_on)
        for each in others
        if (each.to_on is None or each.to_on >= mine.from_on)
        and (mine.to_on is None or each.from_on <= mine.to_on)
    ]


# --- changes in a month, and load ------------------------------------------------------------------


def changes(ctx: Context, first: date, last: date, contract: str = "") -> list[Change]:
    """Who joined, left, moved or changed hours from `first` to `last`, by day; of one contract where named (3.8)."""
    rows = records.ground(ctx).all(Postings)
    by_mentor: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row["from_on"]):
        if contract in ("", row["contract"]):
            by_mentor.setdefault(row["mentor"], []).append(row)
    found = [change for own in by_mentor.values() for change in _changes(own)]
    return sorted(
        (each for each in found if first <= each.on <= last), key=lambda each: (each.on, each.mentor)
    )


def _changes(own: list[Row]) -> Iterator[Change]:
    """One mentor's changes: a posting that begins the day after another ended carries on from it."""
    for row in own:
        before = [each for each in own if each is not row and each["from_on"] < row["from_on"]]
        running = [each for each in before if is_on(each, row["from_on"] - _DAY)]
        if not running:
            yield _change(row, row["from_on"], Changed.JOINED)
        elif not any(each["area"] == row["area"] for each in running):
            yield _change(row, row["from_on"], Changed.MOVED)
        elif _hours(running) != _hours([each for each in own if is_on(each, row["from_on"])]):
            yield _change(row, row["from_on"], Changed.HOURS)
        if row["to_on"] is not None and not any(is_on(each, row["to_on"] + _DAY) for each in own):
            yield _change(row, row["to_on"], Changed.LEFT, row["why_ended"] or "")


def _hours(rows: Iterable[Row]) -> Decimal:
    return sum((row["weekly_hours"] for row in rows), Decimal(0))


def _change(row: Row, on: date, what: Changed, why: str = "") -> Change:
    return Change(on, row["mentor"], what, row["area"], row["weekly_hours"], why)


def loads(ctx: Context, contract: Row, day: date) -> list[Load]:
    """Each mentor's load over the twelve months up to a day, the shortest first; only whom one may see is named."""
    access.require(ctx, "postings.edit")
    rows, terms = records.ground(ctx), contracts.terms_of(ctx)
    first = max(months_after(day, -terms.mentees_within_months) + _DAY, contract["implemented_on"] + _DAY)
    by_mentor: dict[str, list[Posted]] = {}
    for each in posted_of(rows.where(Postings, "contract", contract.id)):
        by_mentor.setdefault(each.mentor, []).append(each)
    found = [_load(ctx, rows, mentor, own, first, day) for mentor, own in by_mentor.items() if first <= day]
    return sorted(
        (each for each in found if each.fte), key=lambda each: (each.people - each.wanted, each.mentor)
    )


def _load(ctx: Context, rows: Reader, mentor: str, own: list[Posted], first: date, last: date) -> Load:
    terms = contracts.terms_of(ctx)
    mean = rule.mean(own, first, last, terms.week_hours)
    whole = (last - months_after(last, -terms.mentees_within_months)).days
    part = Decimal((last - first).days + 1) / whole
    wanted = terms.mentees_per_fte * mean * part
    return Load(mentor, first, last, len(_people(rows, mentor, first, last)), mean, wanted)


def _people(rows: Reader, mentor: str, first: date, last: date) -> set[str]:
    """Whom a mentor worked with: somebody who came to a session, or who started with them."""
    came = {
        row["mentee"]
        for row in rows.where(Sessions, "mentor", mentor)
        if row["attendance"] == Attendance.ATTENDED and first <= row["held_on"] <= last
    }
    started = {
        row["mentee"]
        for row in rows.where(Cases, "mentor", mentor)
        if row["started_on"] is not None and first <= row["started_on"] <= last
    }
    return came | started


def may_post(ctx: Context) -> list[Row]:
    """Mentors who can be posted, by name."""
    access.require(ctx, "postings.edit")
    found = records.view(ctx).where(Mentors, "status", MentorStatus.APPROVED)
    return sorted(found, key=lambda row: (row["name"].casefold(), row.id))


def first_values(ctx: Context, contract: Row) -> dict[str, Any]:
    """What the form of a posting starts with."""
    begins = max(ctx.today, contract["starts_on"])
    return {"weekly_hours": contracts.terms_of(ctx).week_hours, "from_on": min(begins, contract["ends_on"])}
