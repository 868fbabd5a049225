"""Mentors at their Jobcentre offices, once a week at least: noted, and what is missing this week (D16; 2.22, 2.26)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from schemas.column import Row, new_id
from schemas.contracts import Contracts, Postings, Visits
from schemas.errors import InvalidEntry, NotYet, Problem
from schemas.mentors import Mentors
from schemas.words import N_, Message, message
from schemas.work import Development, DevelopmentKind
from services import access, contracts, postings, records, steps
from services.context import Context
from services.records import FreshRows, Intent, New, Reader, Values
from services.rules import workdays
from services.store.interface import Needs, Receipt

TYPED = frozenset({"mentor", "office", "visited_on", "note"})
TAUGHT = frozenset({"title", "people_reached", "minutes"})
_DAY = timedelta(days=1)
FRIDAY = 4


@dataclass(frozen=True)
class Week:
    """Monday to Friday."""

    first: date

    @property
    def last(self) -> date:
        """Its Friday."""
        return self.first + FRIDAY * _DAY

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Attended:
    """One mentor at one of their offices in a week: the days agreed, the days noted, and whether it is missing."""

    mentor: str
    area: str
    office: str
    days: tuple[str, ...]
    visits: tuple[date, ...]
    due_on: date

    def is_missing(self, today: date) -> bool:
        """Whether the week passed without a visit."""
        return not self.visits and today > self.due_on


def week_of(day: date) -> Week:
    """The week that a day lies in; a weekend belongs to the week before it."""
    return Week(day - day.weekday() * _DAY)


def week(ctx: Context, contract: Row, of: Week) -> list[Attended]:
    """Every mentor at every office of theirs in a week, by area and office; those one may see."""
    access.require(ctx, "visits.see")
    rows = records.view(ctx)
    found = [
        each
        for row in rows.where(Postings, "contract", contract.id)
        for each in _attended(ctx, rows, contract, row, of)
    ]
    return sorted(found, key=lambda each: (each.area, each.office, each.mentor))


def own_week(ctx: Context, of: Week) -> list[Attended]:
    """The mentor's own offices in a week, whichever contract they are in."""
    access.require(ctx, "visits.see")
    rows = records.view(ctx)
    ground = records.ground(ctx)
    mine = rows.where(Postings, "mentor", ctx.actor.mentor) if ctx.actor.mentor else []
    held = ((row, ground.find(Contracts, row["contract"])) for row in mine)
    found = [each for row, contract in held if contract for each in _attended(ctx, rows, contract, row, of)]
    return sorted(found, key=lambda each: each.office)


def _attended(ctx: Context, rows: Reader, contract: Row, row: Row, of: Week) -> Iterator[Attended]:
    """A week in which the posting held on all its working days; before the delivery there is no presence to miss."""
    days = _open_days(ctx, row["area"], of)
    if not days or not all(
        postings.is_on(row, day) and contract["implemented_on"] < day <= contract["ends_on"] for day in days
    ):
        return
    noted = rows.where(Visits, "mentor", row["mentor"])
    for office in row["offices"] or ():
        visits = sorted(
            each["visited_on"] for each in noted if each["office"] == office and each["visited_on"] in of
        )
        yield Attended(row["mentor"], row["area"], office, row["attends_on"] or (), tuple(visits), days[-1])


def _open_days(ctx: Context, area: str, of: Week) -> list[date]:
    """The days of a week on which a Jobcentre is open: no bank holidays of the area's nation (D6)."""
    days = [of.first + n * _DAY for n in range(FRIDAY + 1)]
    return [day for day in days if workdays.is_working_day(day, nation_of(ctx, area))]


def nation_of(ctx: Context, area: str) -> str:
    """The nation whose bank holidays an area keeps."""
    found = ctx.programme.area(area)
    return (found.nation if found else "") or ctx.programme.nation


def visits(ctx: Context, *, mentor: str = "", limit: int = 200) -> list[Row]:
    """Visits as they were noted, the newest first; a mentor sees their own."""
    access.require(ctx, "visits.see")
    found = records.view(ctx).all(Visits)
    kept = [row for row in found if mentor in ("", row["mentor"])]
    return sorted(kept, key=lambda row: (row["visited_on"], row.id), reverse=True)[:limit]


def offices_of(ctx: Context, mentor: str, day: date) -> list[str]:
    """The offices that a mentor is posted to on a day."""
    rows = records.ground(ctx).where(Postings, "mentor", mentor)
    return list(
        dict.fromkeys(office for row in rows if postings.is_on(row, day) for office in row["offices"] or ())
    )


def note(ctx: Context, op_id: str, values: Values, taught: Values | None = None) -> Receipt:
    """Note a visit, and in the same step the Jobcentre staff who were shown something (2.26)."""
    typed = steps.only(ctx, "visits.record", values, TYPED)
    if ctx.actor.mentor:
        typed = {**typed, "mentor": ctx.actor.mentor}
    given = {name: value for name, value in (taught or {}).items() if value not in (None, "")}
    steps.only(ctx, "visits.record", given, TAUGHT)
    id_, other = new_id(Visits.prefix), new_id(Development.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.needed(Visits, typed, "mentor", "office", "visited_on")
        steps.not_ahead(ctx, Visits, "visited_on", typed["visited_on"])
        posting = _posting(fresh, typed)
        _refuse_closed(ctx, posting["area"], typed["visited_on"])
        _refuse_noted(fresh, typed)
        made: list[Intent] = [New(Visits, {**typed, "area": posting["area"]}, id_)]
        return made + ([New(Development, _upskilled(typed, given), other)] if given else [])

    mentor = typed.get("mentor") or ""
    needs = Needs(where=((Postings.tab, "mentor", mentor), (Visits.tab, "mentor", mentor)))
    return records.commit(ctx, op_id, "visits.record", [typed, given], needs, decide)


def _posting(fresh: FreshRows, typed: Values) -> Row:
    for row in fresh.where(Postings, "mentor", typed["mentor"]):
        if typed["office"] in (row["offices"] or ()) and postings.is_on(row, typed["visited_on"]):
            return row
    raise NotYet(
        message(N_("{office} is not one of the mentor's offices on that day."), office=typed["office"]),
        Message(N_("Choose another office or day, or ask the Facilitator to add it to the posting.")),
    )


def _refuse_closed(ctx: Context, area: str, day: date) -> None:
    if not workdays.is_working_day(day, nation_of(ctx, area)):
        words = Message(N_("is a weekend or a bank holiday: the office was closed."))
        raise InvalidEntry([Visits.columns["visited_on"].problem(words)])


def _refuse_noted(fresh: FreshRows, typed: Values) -> None:
    noted = fresh.where(Visits, "mentor", typed["mentor"])
    if any(row["office"] == typed["office"] and row["visited_on"] == typed["visited_on"] for row in noted):
        raise NotYet(
            Message(N_("This visit is noted already.")),
            Message(N_("Nothing more is to be done for that day.")),
        )


def _upskilled(typed: Values, given: Values) -> dict[str, object]:
    """What Jobcentre staff were shown stands with the mentor's other work for the evaluation."""
    problems = list(_lacking(given))
    if problems:
        raise InvalidEntry(problems)
    return {
        **given,
        "mentor": typed["mentor"],
        "kind": DevelopmentKind.UPSKILLING,
        "held_on": typed["visited_on"],
        "office": typed["office"],
        "is_chargeable": False,
    }


def _lacking(given: Values) -> Iterator[Problem]:
    if not given.get("title"):
        yield Development.columns["title"].problem(Message(N_("is needed: what staff were shown.")))
    if not given.get("people_reached"):
        yield Development.columns["people_reached"].problem(Message(N_("is needed: how many staff.")))


@dataclass(frozen=True)
class Upskilled:
    """What an office's staff were shown up to a day: how often, how many people, and when last (SF9)."""

    office: str
    times: int
    people: Decimal
    last_on: date | None


def upskilled(ctx: Context, contract: Row) -> list[Upskilled]:
    """Each office of a contract, those without any first."""
    access.require(ctx, "team.see")
    done = records.view(ctx).where(Development, "kind", DevelopmentKind.UPSKILLING)
    areas = [ctx.programme.area(name) for name in contract["areas"]]
    offices = [office for area in areas if area for office in area.offices]
    found = [_of_office(office, [row for row in done if row["office"] == office]) for office in offices]
    return sorted(found, key=lambda each: (each.times, each.office))


def _of_office(office: str, rows: list[Row]) -> Upskilled:
    people = sum((row["people_reached"] or Decimal(0) for row in rows), Decimal(0))
    return Upskilled(office, len(rows), people, max((row["held_on"] for row in rows), default=None))


def missing_weeks(ctx: Context, today: date) -> list[Attended]:
    """What is missing of the last whole week and what is still due in this one, in every contract that runs."""
    access.require(ctx, "visits.see")
    rows = records.view(ctx)
    found = []
    for of in (week_of(today - 7 * _DAY), week_of(today)):
        for contract in contracts.running(records.ground(ctx)):
            for row in rows.where(Postings, "contract", contract.id):
                found += [each for each in _attended(ctx, rows, contract, row, of) if not each.visits]
    return found


def mentor_names(ctx: Context) -> dict[str, str]:
    """Mentors' names by their id, as far as one may see them."""
    return {row.id: row["name"] for row in records.view(ctx).all(Mentors)}
