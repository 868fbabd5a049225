"""What of an expense is paid back, and why the rest is not (L6).

Everything comes in as values: the limits in force on the day, what was paid out, who agreed beforehand. Limits hold
for a night, however many items it is claimed in; miles count from 6 April for each person. What is above a limit is
shown and not paid. Pounds and miles are `Decimal`, never float; each item is rounded once, half a penny up.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from schemas.words import N_, Message, Money, message
from services.rules.pay import to_the_penny

NONE = Decimal()
TAX_YEAR_STARTS = (4, 6)


@dataclass(frozen=True)
class Limits:
    """What holds for a kind of expense on the day it was paid, in pounds; `None` where there is no limit.

    Above `agreed_over` pounds it has to be agreed beforehand; `mile` and `mile_further` are pounds a mile up to and
    beyond `miles_at_first` in a tax year.
    """

    night: Decimal | None = None
    agreed_over: Decimal | None = None
    needs_agreement: bool = False
    needs_saving: bool = False
    needs_nights: bool = False
    is_mileage: bool = False
    mile: Decimal = NONE
    mile_further: Decimal = NONE
    miles_at_first: Decimal = NONE


@dataclass(frozen=True)
class Item:
    """One thing paid out by a person. `settled` is what was paid back where it is decided; `None` before."""

    id: str
    kind: str
    spent_on: date
    limits: Limits
    pounds: Decimal = NONE
    nights: int = 0
    miles: Decimal = NONE
    agreed_on: date | None = None
    saves: str = ""
    has_receipt: bool = False
    settled: Decimal | None = None

    @property
    def away(self) -> tuple[date, ...]:
        """The days whose nights it says it is for."""
        return tuple(self.spent_on + timedelta(days=n) for n in range(self.nights))


@dataclass(frozen=True)
class Worth:
    """What is paid back of an item, what is above a limit, why, and what stands in the way of paying it at all."""

    pounds: Decimal
    payable: Decimal
    capped: Decimal
    why: tuple[Message, ...] = ()
    stops: tuple[Message, ...] = ()


@dataclass
class _Used:
    """What the items before have used up: pounds by kind and night, miles by tax year."""

    nights: dict[tuple[str, date], Decimal] = field(default_factory=dict)
    miles: dict[int, Decimal] = field(default_factory=dict)


def tax_year(day: date) -> int:
    """The year in which the tax year of a day began: 5 April 2027 is still 2026."""
    return day.year if (day.month, day.day) >= TAX_YEAR_STARTS else day.year - 1


def worths(items: Sequence[Item], away: Collection[date] = ()) -> Mapping[str, Worth]:
    """What each of one person's items comes to, by id: those that are decided, and those that are decided now.

    What is decided comes first and keeps its amount; the others share what is left in the order of their days.
    `away` are further nights that they say they were away.
    """
    slept = {*away, *(day for item in items for day in item.away)}
    used, found = _Used(), {}
    for item in sorted(items, key=lambda each: (each.settled is None, each.spent_on, each.id)):
        found[item.id] = _mileage(item, used) if item.limits.is_mileage else _paid_out(item, used, slept)
    return found


def total(found: Iterable[Worth]) -> tuple[Decimal, Decimal]:
    """What is paid back and what is not, in pounds."""
    listed = list(found)
    return sum((each.payable for each in listed), NONE), sum((each.capped for each in listed), NONE)


def _mileage(item: Item, used: _Used) -> Worth:
    year, limits = tax_year(item.spent_on), item.limits
    before = used.miles.get(year, NONE)
    used.miles[year] = before + item.miles
    first = min(max(limits.miles_at_first - before, NONE), item.miles)
    further = item.miles - first
    pounds = to_the_penny(first * limits.mile + further * limits.mile_further)
    why = [_miles(first, limits.mile)] if first else []
    if further:
        why += [_miles(further, limits.mile_further), _beyond(limits.miles_at_first)]
    payable = pounds if item.settled is None else item.settled
    return Worth(payable, payable, NONE, tuple(why), _agreement(item, payable))


def _miles(miles: Decimal, pounds: Decimal) -> Message:
    return message(N_("{miles} miles at {pounds} a mile"), miles=miles, pounds=Money(pounds))


def _beyond(miles: Decimal) -> Message:
    return message(N_("More than {miles} miles in this tax year"), miles=miles)


def _paid_out(item: Item, used: _Used, slept: set[date]) -> Worth:
    nights = item.away or tuple(day for day in (item.spent_on,) if day in slept)
    room = _room(item, used, nights)
    payable = item.pounds if room is None else min(item.pounds, room)
    if item.settled is not None:
        payable = item.settled
    _use(item, used, nights, payable)
    capped, why = item.pounds - payable, []
    if item.limits.night is not None and not nights:
        why.append(Message(N_("Without a night away there is no limit: it is paid by receipt, if approved.")))
    if capped and item.limits.night is not None:
        why.append(_above(item.limits.night, len(nights)))
    return Worth(item.pounds, payable, capped, tuple(why), _stops(item))


def _above(night: Decimal, nights: int) -> Message:
    return message(
        N_("The limit is {pounds} a night, here for {count} night."),
        N_("The limit is {pounds} a night, here for {count} nights."),
        nights,
        pounds=Money(night),
    )


def _room(item: Item, used: _Used, nights: Sequence[date]) -> Decimal | None:
    """What is left under the limit of these nights; `None` where none holds."""
    if item.limits.night is None or not nights:
        return None
    left = (item.limits.night - used.nights.get((item.kind, day), NONE) for day in nights)
    return sum((max(each, NONE) for each in left), NONE)


def _use(item: Item, used: _Used, nights: Sequence[date], pounds: Decimal) -> None:
    """Fill the nights from the first on; whatever was paid beyond them stands on the last."""
    if item.limits.night is None:
        return
    for day in nights:
        key = (item.kind, day)
        taken = used.nights.get(key, NONE)
        part = min(pounds, max(item.limits.night - taken, NONE)) if day != nights[-1] else pounds
        used.nights[key], pounds = taken + part, pounds - part


def _stops(item: Item) -> tuple[Message, ...]:
    stops = []
    if not item.has_receipt:
        stops.append(Message(N_("The receipt is missing.")))
    if item.limits.needs_nights and not item.nights:
        stops.append(Message(N_("It does not say for how many nights.")))
    if item.limits.needs_saving and not item.saves.strip():
        stops.append(Message(N_("It does not say what it saves.")))
    return (*stops, *_agreement(item, item.pounds))


def lacks_agreement(item: Item, pounds: Decimal) -> bool:
    """Whether it has to be agreed before it is spent, and was not: air always, and anything above the sum."""
    over = item.limits.agreed_over
    is_asked = item.limits.needs_agreement or (over is not None and pounds > over)
    return is_asked and (item.agreed_on is None or item.agreed_on > item.spent_on)


def _agreement(item: Item, pounds: Decimal) -> tuple[Message, ...]:
    if not lacks_agreement(item, pounds):
        return ()
    over = item.limits.agreed_over
    if item.limits.needs_agreement or over is None:
        return (Message(N_("It was not agreed beforehand.")),)
    return (message(N_("Above {pounds} it has to be agreed beforehand."), pounds=Money(over)),)
