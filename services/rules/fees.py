"""What the buyer owes for a contract, part by part, to the penny (D18; call-off specification 4.1 to 4.7).

The value is cut into parts once: the implementation costs of each month, cut in two where the buyer's notice
defers some, and the delivery fee of each month, cut in two where the return of that month was late. Every part
is ahead, payable, deferred or forfeited, so the parts always come to the value.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from schemas.contracts import BillKind
from schemas.words import N_
from services.rules.pay import PENNY, to_the_penny
from services.rules.periods import following, month_of

_DAY = timedelta(days=1)


class Standing(StrEnum):
    """How a part of the contract's value stands."""

    AHEAD = N_("not earned yet")
    AWAITED = N_("waiting for the return")
    PAYABLE = N_("payable")
    DEFERRED = N_("deferred")
    FORFEITED = N_("forfeited")


@dataclass(frozen=True)
class Notice:
    """The buyer's notice on a month's implementation costs: what to claim now, and when all was complete."""

    pounds: Decimal
    completed_on: date | None = None


@dataclass(frozen=True)
class Return:
    """The month's return to the buyer (PMI, not the tracker): due, and sent or not."""

    due_on: date
    sent_on: date | None = None

    @property
    def is_in_time(self) -> bool:
        """Whether it went by the day it was due."""
        return self.sent_on is not None and self.sent_on <= self.due_on

    def is_late(self, today: date) -> bool:
        """Whether the day passed without it, though it may have gone since."""
        return not self.is_in_time and (self.sent_on is not None or today > self.due_on)


@dataclass(frozen=True)
class Deal:
    """The figures of one contract; months are named by their first day."""

    value: Decimal
    implemented_on: date
    ends_on: date
    deferred_percent: Decimal
    costs: Mapping[date, Decimal] = field(default_factory=dict)
    notices: Mapping[date, Notice] = field(default_factory=dict)
    returns: Mapping[date, Return] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One part of the value, which one invoice claims: for a whole fee, `main` and `kept` are its two lines."""

    month: date
    kind: BillKind
    pounds: Decimal
    standing: Standing
    main: Decimal = Decimal(0)
    kept: Decimal = Decimal(0)


def months(first: date, last: date) -> tuple[date, ...]:
    """The first days of the calendar months wholly or partly from `first` to `last`; none where it ends before."""
    found = []
    month = month_of(first)
    while month.first <= last and first <= last:
        found.append(month.first)
        month = following(month)
    return tuple(found)


def delivery_months(implemented_on: date, ends_on: date) -> tuple[date, ...]:
    """The months of the delivery fee: from the day after the implementation to the last day (4.4)."""
    return months(implemented_on + _DAY, ends_on)


def cap(value: Decimal, percent_most: Decimal) -> Decimal:
    """The most that implementation may cost: rounded down, so that it never exceeds the share (4.2)."""
    return (value * percent_most / 100).quantize(PENNY, ROUND_DOWN)


def instalments(balance: Decimal, count: int) -> tuple[Decimal, ...]:
    """Equal months of a balance. Pennies that don't divide go one each on the last months, so none differs by more."""
    pennies, over = divmod(int(balance / PENNY), count)
    return tuple((pennies + (n >= count - over)) * PENNY for n in range(count))


def kept_of(fee: Decimal, percent: Decimal) -> Decimal:
    """The part of a month's fee that waits for a late return: rounded once; the other part is what is left (4.5)."""
    return to_the_penny(fee * percent / 100)


def claim_of(due: Decimal, percent: Decimal) -> Decimal:
    """What may be claimed of a month's implementation costs after the buyer deferred `percent` of them (4.3)."""
    return due - to_the_penny(due * percent / 100)


def parts(deal: Deal, today: date) -> tuple[Part, ...]:
    """The whole value in parts, by month: what they come to is the value, whatever was late."""
    return (*_implementation(deal, today), *_fees(deal, today))


def _implementation(deal: Deal, today: date) -> Iterator[Part]:
    for month, due in sorted(deal.costs.items()):
        earned = _earned_on(month, deal.implemented_on)
        notice = deal.notices.get(month, Notice(due))
        now = Standing.PAYABLE if today > earned else Standing.AHEAD
        if notice.pounds:
            yield Part(month, BillKind.IMPLEMENTATION, notice.pounds, now)
        if rest := due - notice.pounds:
            standing = _released(notice.completed_on, deal.ends_on, today)
            yield Part(month, BillKind.IMPLEMENTATION_REST, rest, standing)


def _fees(deal: Deal, today: date) -> Iterator[Part]:
    every = delivery_months(deal.implemented_on, deal.ends_on)
    balance = deal.value - sum(deal.costs.values(), Decimal(0))
    if not every:
        return
    for month, fee in zip(every, instalments(balance, len(every)), strict=True):
        if fee:
            yield from _fee(deal, month, fee, today)


def _fee(deal: Deal, month: date, fee: Decimal, today: date) -> Iterator[Part]:
    kept = kept_of(fee, deal.deferred_percent)
    main, sent = fee - kept, deal.returns.get(month)
    if today <= _earned_on(month, deal.ends_on):
        yield Part(month, BillKind.FEE, fee, Standing.AHEAD, main, kept)
    elif sent is None or not sent.is_late(today):
        standing = Standing.PAYABLE if sent is not None and sent.is_in_time else Standing.AWAITED
        yield Part(month, BillKind.FEE, fee, standing, main, kept)
    else:
        standing = _released(sent.sent_on, deal.ends_on, today)
        if main:
            yield Part(month, BillKind.FEE_MAIN, main, Standing.PAYABLE, main)
        if kept:
            yield Part(month, BillKind.FEE_REST, kept, standing, kept=kept)


def _earned_on(month: date, last: date) -> date:
    """Everything is paid in arrears: after the month's end, or after the last day where that is sooner."""
    return min(month_of(month).last, last)


def _released(done_on: date | None, ends_on: date, today: date) -> Standing:
    """What waited is released by what it waited for, and lost where that came after the end, or never (4.5)."""
    if done_on is not None and done_on <= ends_on:
        return Standing.PAYABLE
    return Standing.FORFEITED if today > ends_on else Standing.DEFERRED
