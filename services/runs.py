"""A run for a period: what is payable to whom, what is held back and by what (S9, S11, S12).

`preview` works it out on rows as last read; `invoices.issue` works the same out again on fresh ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.assignments import Assignments
from schemas.column import Row
from schemas.mentees import Mentees
from schemas.mentors import Mentors, Terms
from schemas.organisations import Organisations
from schemas.work import Timesheets, TimesheetStatus
from services import access, claims, payees, records
from services.context import Context
from services.rules import pay
from services.rules.conditions import Condition, State, Verdict
from services.rules.periods import Period

UNSENT = (TimesheetStatus.DRAFT, TimesheetStatus.RETURNED)


@dataclass(frozen=True)
class Party:
    """Whom a letter pays: a host, or a direct mentor."""

    mentor: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class Item:
    """One assignment at one rate on a letter: hours first, then the amount, rounded once (S9)."""

    assignment: str
    mentor: str
    day_rate_pounds: Decimal
    hours_per_day: Decimal
    lines: tuple[Row, ...]

    @property
    def hours(self) -> Decimal:
        """The sum of the lines' hours."""
        return sum((line["hours"] for line in self.lines), Decimal())

    @property
    def pounds(self) -> Decimal:
        """The amount, rounded once, half up, to the penny."""
        return pay.amount(self.hours, self.day_rate_pounds, self.hours_per_day)


@dataclass(frozen=True)
class Letter:
    """A letter to be: one payee's items."""

    party: Party
    name: str
    items: tuple[Item, ...]

    @property
    def hours(self) -> Decimal:
        """All hours on the letter."""
        return sum((item.hours for item in self.items), Decimal())

    @property
    def pounds(self) -> Decimal:
        """The letter's total."""
        return sum((item.pounds for item in self.items), Decimal("0.00"))

    @property
    def lines(self) -> tuple[Row, ...]:
        """Every line on the letter."""
        return tuple(line for item in self.items for line in item.lines)


@dataclass(frozen=True)
class Held:
    """A line that can't be paid yet, and by which conditions."""

    line: Row
    mentor: str
    work: str
    verdict: Verdict


@dataclass(frozen=True)
class Preview:
    """A period as finance sees it before issuing."""

    period: Period
    letters: tuple[Letter, ...]
    held: tuple[Held, ...]
    unpaid_hours: Decimal
    unsent: Mapping[str, int]
    unapproved: Mapping[str, int]

    @property
    def pounds(self) -> Decimal:
        """What all letters come to."""
        return sum((letter.pounds for letter in self.letters), Decimal("0.00"))

    @property
    def hours(self) -> Decimal:
        """Payable hours."""
        return sum((letter.hours for letter in self.letters), Decimal())

    @property
    def held_hours(self) -> Decimal:
        """Held hours, each once."""
        return sum((held.line["hours"] for held in self.held), Decimal())

    @property
    def held_by(self) -> dict[Condition, Decimal]:
        """Held hours under every condition that holds them."""
        return {
            condition: sum((h.line["hours"] for h in self.held if condition in h.verdict.held_by), Decimal())
            for condition in Condition
            if any(condition in h.verdict.held_by for h in self.held)
        }


def preview(ctx: Context, period: Period) -> Preview:
    """What a run to the period's last day would pay and hold: late hours of earlier periods come along."""
    access.require(ctx, "invoices.see")
    rows = records.view(ctx)
    open_ = [line for status in claims.OPEN for line in rows.where(Timesheets, "status", status)]
    unsent = [line for status in UNSENT for line in rows.where(Timesheets, "status", status)]
    unpaid = [line for line in _unpaid_time(ctx) if line["worked_on"] in period]
    names = records.ground(ctx)
    waiting = [line for line in open_ if line["status"] == TimesheetStatus.SUBMITTED]
    payable, held = sorted_out(claims.open_verdicts(ctx), open_, period)
    return Preview(
        period,
        letters_of(names, payable),
        tuple(_held(names, line, verdict) for line, verdict in held),
        sum((line["hours"] for line in unpaid), Decimal()),
        _by_mentor(names, (line for line in unsent if line["worked_on"] <= period.last)),
        _by_mentor(names, (line for line in waiting if line["worked_on"] <= period.last)),
    )


def _unpaid_time(ctx: Context) -> list[Row]:
    return ctx.workbook.derived(
        "unpaid time",
        (Timesheets.tab,),
        ctx.programme.code,
        lambda: records.ground(ctx).where(Timesheets, "is_chargeable", False),
    )


def sorted_out(
    verdicts: Mapping[str, Verdict], lines: Iterable[Row], period: Period
) -> tuple[list[Row], list[tuple[Row, Verdict]]]:
    """The payable lines dated up to the period's last day and on no live letter, and the held ones in date order."""
    due = [line for line in lines if line["worked_on"] <= period.last and not line["invoice"]]
    judged = [(line, verdicts[line.id]) for line in due if line.id in verdicts]
    payable = [line for line, verdict in judged if verdict.state is State.PAYABLE]
    held = [each for each in judged if each[1].state in (State.HELD, State.REFUSED)]
    return payable, sorted(held, key=lambda each: (each[0]["worked_on"], each[0].id))


def _held(names: records.Rows, line: Row, verdict: Verdict) -> Held:
    return Held(
        line, names.name(Mentors, line["mentor"]), names.name(Assignments, line["assignment"]), verdict
    )


def _by_mentor(names: records.Rows, lines: Iterable[Row]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in lines:
        name = names.name(Mentors, line["mentor"])
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items()))


def letters_of(names: records.Rows, payable: Sequence[Row]) -> tuple[Letter, ...]:
    """Hosted mentors roll up to one letter per host, direct ones have their own, by name."""
    by_party: dict[Party, dict[tuple[str, str, Decimal, Decimal], list[Row]]] = {}
    for line in payable:
        key = (line["mentor"], line["assignment"], line["day_rate_pounds"], line["hours_per_day"])
        by_party.setdefault(_party(line), {}).setdefault(key, []).append(line)
    letters = [
        Letter(
            party,
            _name(names, party),
            tuple(_item(names, key, lines) for key, lines in _ordered(names, items)),
        )
        for party, items in by_party.items()
    ]
    return tuple(sorted(letters, key=lambda letter: letter.name.casefold()))


def _party(line: Row) -> Party:
    hosted = line["terms"] == Terms.HOSTED
    return Party(organisation=line["host"]) if hosted else Party(mentor=line["mentor"])


Key = tuple[str, str, Decimal, Decimal]


def _ordered(names: records.Rows, items: Mapping[Key, list[Row]]) -> list[tuple[Key, list[Row]]]:
    def order(item: tuple[Key, list[Row]]) -> tuple[str, str, Decimal]:
        (mentor, assignment, rate, _), _lines = item
        return names.name(Mentors, mentor).casefold(), work_of(names, assignment).casefold(), rate

    return sorted(items.items(), key=order)


def _item(names: records.Rows, key: Key, lines: Sequence[Row]) -> Item:
    mentor, assignment, rate, length = key
    ordered = tuple(sorted(lines, key=lambda line: (line["worked_on"], line.id)))
    return Item(assignment, mentor, rate, length, ordered)


def _name(names: records.Rows, party: Party) -> str:
    payee = payees.confirmed_of(names, party.mentor, party.organisation)
    if payee is not None:
        return str(payee["name"])
    return names.name(Organisations, party.organisation) or names.name(Mentors, party.mentor)


def work_of(names: records.Rows, id_: str) -> str:
    """What stands on a letter for good: the group, or the activity as it is stored, whoever issues it."""
    row = names.find(Assignments, id_)
    if row is None:
        return id_
    return names.name(Mentees, row["mentee"]) if row["mentee"] else str(row["activity"])
