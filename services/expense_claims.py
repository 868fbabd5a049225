"""Claims as they are read: what each item comes to, who claimed it, how it stands (L6).

What an item comes to depends on the person's other items: nights share a limit and miles count up. A peer's own
page counts their drafts in, so that what is capped is seen before sending. A claim counts what is decided and what
waits in that claim, so that its approver sees what approval freezes, in whatever order claims are decided.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schemas.column import Row
from schemas.errors import NotYet
from schemas.expenses import Expenses, ExpenseStatus
from schemas.mentors import Mentors
from schemas.peers import Projects
from schemas.scans import Scans
from schemas.words import N_, Message
from services import access, people, rates, records
from services.context import Context
from services.records import Reader
from services.rules.expenses import Item, Limits, Worth, lacks_agreement, worths
from services.terms import ExpenseKind, ExpenseTerms

OPEN = frozenset({ExpenseStatus.DRAFT, ExpenseStatus.RETURNED})
SETTLED = frozenset({ExpenseStatus.APPROVED, ExpenseStatus.PAID})
SENT = frozenset({ExpenseStatus.SUBMITTED, *SETTLED})
MOST_NIGHTS = 31
NO_EXPENSES = Message(N_("This programme pays no expenses of its own: its rate includes them."))


@dataclass(frozen=True)
class Line:
    """One item as its page shows it."""

    row: Row
    kind: ExpenseKind | None
    worth: Worth
    peer: str
    project: str
    is_own: bool = False
    asks: bool = False
    beside: tuple[str, ...] = ()
    """What else the same receipt was given for, as the reader may know of it."""


@dataclass(frozen=True)
class Claim:
    """Items sent together, under one number, for one project."""

    number: str
    lines: tuple[Line, ...]

    @property
    def first(self) -> Line:
        """Any of its items, for what is the same in all: peer, project, purchase order."""
        return self.lines[0]

    @property
    def payable(self) -> Decimal:
        """What is paid back of all its items, in pounds; of refused ones nothing."""
        return sum((line.worth.payable for line in self.lines), Decimal())

    @property
    def capped(self) -> Decimal:
        """What is above a limit, in pounds."""
        return sum((line.worth.capped for line in self.lines), Decimal())

    def at(self, *statuses: str) -> tuple[Line, ...]:
        """Its items that stand so."""
        return tuple(line for line in self.lines if line.row["status"] in statuses)


def terms(ctx: Context) -> ExpenseTerms:
    """The programme's terms of expenses; refused in plain words where its rate is inclusive."""
    if ctx.programme.expenses is None:
        raise NotYet(NO_EXPENSES, Message(N_("Nothing is claimed here on top of the rate.")))
    return ctx.programme.expenses


def kind_of(ctx: Context, name: str | None) -> ExpenseKind | None:
    """A kind of expense with what it is held to."""
    return next((kind for kind in terms(ctx).kinds if kind.en == name), None)


# --- what it comes to -------------------------------------------------------------------------------------


def limits_on(ctx: Context, kind: ExpenseKind, day: date, *, is_london: bool = False) -> Limits:
    """What holds for a kind on a day."""
    asked = terms(ctx)
    night = kind.london_limit if is_london and kind.london_limit else kind.night_limit
    common = Limits(
        night=_figure(ctx, night, day) if night else None,
        agreed_over=_figure(ctx, asked.agreed_over, day),
        needs_agreement=kind.needs_agreement,
        needs_saving=kind.needs_saving,
        needs_nights=kind.needs_nights,
    )
    if not kind.is_mileage:
        return common
    mile, further = _figure(ctx, asked.mile, day), _figure(ctx, asked.mile_further, day)
    at_first = _figure(ctx, asked.miles_at_first, day)
    return Limits(
        agreed_over=common.agreed_over,
        is_mileage=True,
        mile=mile,
        mile_further=further,
        miles_at_first=at_first,
    )


def _figure(ctx: Context, name: str, day: date) -> Decimal:
    """The figure of the day; before the first one nothing is paid without somebody's word."""
    try:
        return rates.on(records.ground(ctx), ctx.programme, name, day)
    except NotYet:
        return Decimal()


def item_of(ctx: Context, row: Row) -> Item:
    """A row as the rules read it."""
    kind = kind_of(ctx, row["kind"])
    limits = limits_on(ctx, kind, row["spent_on"], is_london=bool(row["is_london"])) if kind else Limits()
    return Item(
        id=row.id,
        kind=row["kind"],
        spent_on=row["spent_on"],
        limits=limits,
        pounds=row["pounds"] or Decimal(),
        nights=min(int(row["nights"] or 0), MOST_NIGHTS),
        miles=row["miles"] or Decimal(),
        agreed_on=row["approved_before_on"],
        saves=row["saves"] or "",
        has_receipt=bool(row["receipt"]),
        settled=row["payable_pounds"] if row["status"] in SETTLED else None,
    )


def worths_of(ctx: Context, rows: Reader, peer: str, counted: Collection[str]) -> Mapping[str, Worth]:
    """What a peer's items come to: those that are decided, and the `counted` ones of the others, by id."""
    own = rows.where(Expenses, "mentor", peer)
    away = {day for row in own if row["status"] in SENT for day in item_of(ctx, row).away}
    found = [row for row in own if row["status"] in SETTLED or row.id in counted]
    return worths([item_of(ctx, row) for row in found], away)


def preview(ctx: Context, typed: Mapping[str, object], leave_out: str = "") -> Worth | None:
    """What an item being typed would come to beside one's others (X13); nothing before kind and day are known."""
    if kind_of(ctx, str(typed.get("kind") or "")) is None or not typed.get("spent_on"):
        return None
    blank = dict.fromkeys(Expenses.columns)
    row = Row({**blank, **typed, "_id": leave_out or "~", "status": ExpenseStatus.DRAFT})
    own = records.view(ctx).where(Expenses, "mentor", ctx.actor.mentor)
    beside = [each for each in own if each.id != leave_out and each["status"] in SENT | OPEN]
    return worths([item_of(ctx, each) for each in (*beside, row)])[row.id]


# --- lists ------------------------------------------------------------------------------------------------


def mine(ctx: Context) -> list[Line]:
    """The peer's own items, the newest day first."""
    access.require(ctx, "expenses.claim")
    terms(ctx)
    return _lines(ctx, records.view(ctx).where(Expenses, "mentor", ctx.actor.mentor), SENT | OPEN)


def listed(ctx: Context, *statuses: str) -> list[Claim]:
    """The claims with items that stand so, or all that were sent, the longest waiting first."""
    access.require(ctx, "expenses.see")
    terms(ctx)
    rows = [row for row in records.view(ctx).all(Expenses) if row["claim"]]
    wanted = {row["claim"] for row in rows if not statuses or row["status"] in statuses}
    return [_claim(ctx, number, [row for row in rows if row["claim"] == number]) for number in sorted(wanted)]


def asking(ctx: Context) -> list[Line]:
    """Items not sent yet that have to be agreed beforehand and are not, the soonest first (L6)."""
    access.require(ctx, "expenses.decide")
    terms(ctx)
    rows = [row for row in records.view(ctx).all(Expenses) if row["status"] in OPEN]
    return [line for line in reversed(_lines(ctx, rows, OPEN)) if line.asks]


def card(ctx: Context, number: str) -> Claim:
    """One claim, for who may see it: its peer and the programme's staff and finance."""
    access.require(ctx, "expenses.claim" if ctx.actor.mentor else "expenses.see")
    terms(ctx)
    rows = records.view(ctx).where(Expenses, "claim", number)
    if not number or not rows:
        access.refuse(ctx, "expenses.see", number)
    return _claim(ctx, number, rows)


def _claim(ctx: Context, number: str, rows: Sequence[Row]) -> Claim:
    return Claim(number, tuple(reversed(_lines(ctx, rows, frozenset({ExpenseStatus.SUBMITTED})))))


def _lines(ctx: Context, rows: Sequence[Row], counted: Collection[str]) -> list[Line]:
    """Rows as lines, the newest day first; those with a status in `counted` share what is left."""
    whole, known, own = records.ground(ctx), dict[str, Worth](), dict[str, bool]()
    ids = {row.id for row in rows if row["status"] in counted}
    for peer in {row["mentor"] for row in rows}:
        known |= worths_of(ctx, whole, peer, ids)
        own[peer] = people.is_self(ctx, peer)
    ordered = sorted(rows, key=lambda row: (row["spent_on"], row.id), reverse=True)
    return [_line(ctx, whole, row, known.get(row.id), is_own=own[row["mentor"]]) for row in ordered]


def _line(ctx: Context, whole: Reader, row: Row, worth: Worth | None, *, is_own: bool) -> Line:
    item = item_of(ctx, row)
    if worth is None:  # refused, or not sent: nothing is paid of it as it stands
        worth = Worth(item.pounds, Decimal(), Decimal())
    peer, project = whole.find(Mentors, row["mentor"]), whole.find(Projects, row["project"])
    return Line(
        row,
        kind_of(ctx, row["kind"]),
        worth,
        peer["name"] if peer else row["mentor"],
        project["name"] if project else "",
        is_own,
        lacks_agreement(item, worth.pounds),
        tuple(_beside(ctx, row)),
    )


def _beside(ctx: Context, row: Row) -> Iterator[str]:
    """The other items with the very same paper: a bill may cover two things, and may have been claimed twice (L6)."""
    rows = records.view(ctx)
    scan = rows.find(Scans, row["receipt"])
    same = rows.where(Scans, "digest", scan["digest"]) if scan else []
    for other in (item for each in same for item in rows.where(Expenses, "receipt", each.id)):
        if other.id != row.id and other["status"] != ExpenseStatus.REFUSED:
            kind = ctx.programme.choice_words("expense_kinds", other["kind"], ctx.language)
            whose = rows.name(Mentors, other["mentor"])
            yield ", ".join(filter(None, (other["claim"], whose, kind, other["what"])))
