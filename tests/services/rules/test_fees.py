"""Fees: cut to the penny, deferred, released, forfeited; always the contract's value in all (D18, 4.1 to 4.7)."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.contracts import BillKind
from services.rules import fees
from services.rules.fees import Deal, Notice, Return, Standing

JUNE = date(2024, 6, 1)
AFTER = date(2025, 6, 1)


def deal(**more: object) -> Deal:
    """£1,000 from April to the middle of July 2024, without implementation costs."""
    values = {
        "value": Decimal("1000.00"),
        "implemented_on": date(2024, 3, 31),
        "ends_on": date(2024, 7, 15),
        "deferred_percent": Decimal(20),
    }
    return Deal(**(values | more))  # type: ignore[arg-type]


def in_time(*months: date) -> dict[date, Return]:
    """Returns sent on the day they were due."""
    return {month: Return(month + timedelta(days=36), month + timedelta(days=36)) for month in months}


def of(found: tuple[fees.Part, ...], month: date) -> dict[BillKind, tuple[Decimal, Standing]]:
    return {part.kind: (part.pounds, part.standing) for part in found if part.month == month}


def test_a_delivery_month_is_one_of_which_any_day_lies_in_the_period() -> None:
    """31 March to 7 March: the lone last day of March counts as a month, and so do the seven days at the end."""
    assert fees.delivery_months(date(2023, 3, 30), date(2023, 6, 1)) == (
        date(2023, 3, 1),
        date(2023, 4, 1),
        date(2023, 5, 1),
        date(2023, 6, 1),
    )
    assert len(fees.delivery_months(date(2023, 3, 31), date(2025, 3, 7))) == 24
    assert fees.delivery_months(date(2024, 7, 15), date(2024, 7, 15)) == ()


def test_pennies_that_do_not_divide_go_one_each_on_the_last_months() -> None:
    assert fees.instalments(Decimal("100.00"), 3) == (Decimal("33.33"), Decimal("33.33"), Decimal("33.34"))
    assert fees.instalments(Decimal("0.05"), 3) == (Decimal("0.01"), Decimal("0.02"), Decimal("0.02"))


def test_the_most_for_implementation_never_exceeds_the_share_by_a_penny() -> None:
    assert fees.cap(Decimal("99999.99"), Decimal(30)) == Decimal("29999.99")


def test_a_fee_is_not_earned_before_its_month_is_over_and_the_last_one_after_the_last_day() -> None:
    may, july = date(2024, 5, 1), date(2024, 7, 1)
    assert of(fees.parts(deal(returns=in_time(may)), date(2024, 5, 31)), may) == {
        BillKind.FEE: (Decimal("250.00"), Standing.AHEAD)
    }
    assert (
        of(fees.parts(deal(returns=in_time(july)), date(2024, 7, 15)), july)[BillKind.FEE][1]
        is Standing.AHEAD
    )
    assert (
        of(fees.parts(deal(returns=in_time(july)), date(2024, 7, 16)), july)[BillKind.FEE][1]
        is Standing.PAYABLE
    )


@pytest.mark.parametrize(
    ("sent", "today", "standing"),
    [
        (None, date(2024, 7, 5), Standing.AWAITED),
        (date(2024, 7, 5), date(2024, 7, 5), Standing.PAYABLE),
    ],
)
def test_a_whole_fee_waits_for_the_return_and_is_payable_with_it(
    sent: date | None, today: date, standing: Standing
) -> None:
    found = fees.parts(deal(returns={JUNE: Return(date(2024, 7, 5), sent)}), today)
    assert of(found, JUNE) == {BillKind.FEE: (Decimal("250.00"), standing)}


@pytest.mark.parametrize(
    ("sent", "today", "standing"),
    [
        (None, date(2024, 7, 8), Standing.DEFERRED),
        (date(2024, 7, 8), date(2024, 7, 8), Standing.PAYABLE),
        (date(2024, 7, 15), AFTER, Standing.PAYABLE),
        (date(2024, 7, 16), AFTER, Standing.FORFEITED),
        (None, date(2024, 7, 16), Standing.FORFEITED),
    ],
)
def test_a_late_return_defers_a_fifth_which_is_released_with_it_and_lost_at_the_end(
    sent: date | None, today: date, standing: Standing
) -> None:
    found = fees.parts(deal(returns={JUNE: Return(date(2024, 7, 5), sent)}), today)
    assert of(found, JUNE) == {
        BillKind.FEE_MAIN: (Decimal("200.00"), Standing.PAYABLE),
        BillKind.FEE_REST: (Decimal("50.00"), standing),
    }


@pytest.mark.parametrize(
    ("done", "today", "standing"),
    [
        (None, date(2024, 4, 1), Standing.DEFERRED),
        (date(2024, 5, 2), date(2024, 5, 2), Standing.PAYABLE),
        (None, AFTER, Standing.FORFEITED),
    ],
)
def test_deferred_implementation_costs_wait_for_the_activity(
    done: date | None, today: date, standing: Standing
) -> None:
    march = date(2024, 3, 1)
    figures = deal(costs={march: Decimal("100.01")}, notices={march: Notice(Decimal("60.01"), done)})
    assert of(fees.parts(figures, today), march) == {
        BillKind.IMPLEMENTATION: (Decimal("60.01"), Standing.PAYABLE),
        BillKind.IMPLEMENTATION_REST: (Decimal("40.00"), standing),
    }


def test_what_is_claimed_and_what_waits_come_to_what_was_due() -> None:
    assert fees.claim_of(Decimal("100.01"), Decimal(50)) == Decimal("50.00")


DAYS = st.dates(date(2022, 1, 1), date(2026, 12, 31))
PENNIES = st.integers(1, 2_000_000_00)


@st.composite
def deals(draw: st.DrawFn) -> Deal:
    """Any value, length, costs, notices and pattern of late returns."""
    implemented = draw(DAYS)
    ends = implemented + timedelta(days=draw(st.integers(1, 1200)))
    value = Decimal(draw(PENNIES)) / 100
    deferred = Decimal(draw(st.integers(0, 100)))
    left, costs, notices = int(value * 30), {}, {}
    for n in range(draw(st.integers(0, 3))):
        month = (implemented.replace(day=1) - timedelta(days=31 * n)).replace(day=1)
        cost = draw(st.integers(0, max(left, 0)))
        left -= cost
        costs[month] = Decimal(cost) / 100
        if draw(st.booleans()):
            claim = fees.claim_of(costs[month], Decimal(draw(st.integers(1, 50))))
            notices[month] = Notice(
                claim, draw(st.none() | st.just(implemented) | st.just(ends + timedelta(9)))
            )
    returns = {}
    for month in fees.delivery_months(implemented, ends):
        due = month + timedelta(days=38)
        returns[month] = Return(
            due, draw(st.none() | st.integers(-40, 900).map(lambda n, d=due: d + timedelta(n)))
        )
    return Deal(value, implemented, ends, deferred, costs, notices, returns)


def plain(deal_: Deal, today: date) -> dict[Standing, int]:
    """The same in whole pennies, one month after the other, with nothing cut but by division."""
    found = dict.fromkeys(Standing, 0)
    costs = {month: int(cost * 100) for month, cost in deal_.costs.items()}
    for month, cost in costs.items():
        over = date(month.year, month.month, monthrange(month.year, month.month)[1])
        notice = deal_.notices.get(month)
        claimed = cost if notice is None else int(notice.pounds * 100)
        found[Standing.PAYABLE if today > min(over, deal_.implemented_on) else Standing.AHEAD] += claimed
        is_complete = (
            notice is not None and notice.completed_on is not None and notice.completed_on <= deal_.ends_on
        )
        late = Standing.FORFEITED if today > deal_.ends_on else Standing.DEFERRED
        found[Standing.PAYABLE if is_complete else late] += cost - claimed
    first, months = deal_.implemented_on + timedelta(1), []
    day = first
    while day <= deal_.ends_on:
        if day.replace(day=1) not in months:
            months.append(day.replace(day=1))
        day += timedelta(1)
    balance = int(deal_.value * 100) - sum(costs.values())
    for n, month in enumerate(months):
        fee = balance // len(months) + (1 if n >= len(months) - balance % len(months) else 0)
        kept = (fee * int(deal_.deferred_percent) + 50) // 100
        over = date(month.year, month.month, monthrange(month.year, month.month)[1])
        sent = deal_.returns[month]
        if today <= min(over, deal_.ends_on):
            found[Standing.AHEAD] += fee
        elif sent.sent_on is not None and sent.sent_on <= sent.due_on:
            found[Standing.PAYABLE] += fee
        elif sent.sent_on is None and today <= sent.due_on:
            found[Standing.AWAITED] += fee
        else:
            found[Standing.PAYABLE] += fee - kept
            if sent.sent_on is not None and sent.sent_on <= deal_.ends_on:
                found[Standing.PAYABLE] += kept
            else:
                found[Standing.FORFEITED if today > deal_.ends_on else Standing.DEFERRED] += kept
    return found


@settings(max_examples=150, deadline=None)
@given(deals(), DAYS)
def test_the_parts_come_to_the_value_to_the_penny_and_agree_with_a_plain_calculation(
    figures: Deal, today: date
) -> None:
    found = fees.parts(figures, today)
    assert sum((part.pounds for part in found), Decimal(0)) == figures.value
    assert all(part.pounds > 0 and part.pounds == part.pounds.quantize(Decimal("0.01")) for part in found)
    assert all(part.main + part.kept == part.pounds for part in found if part.kind.startswith("delivery fee"))
    assert len({(part.month, part.kind) for part in found}) == len(found)
    sums = {
        state: sum((part.pounds for part in found if part.standing is state), Decimal(0))
        for state in Standing
    }
    assert {state: int(pounds * 100) for state, pounds in sums.items()} == plain(figures, today)


@settings(max_examples=60, deadline=None)
@given(deals())
def test_at_the_end_everything_is_payable_deferred_or_forfeited(figures: Deal) -> None:
    """Paid + deferred + forfeited = the contract's value (D18)."""
    found = fees.parts(figures, figures.ends_on + timedelta(days=400))
    assert {part.standing for part in found} <= {Standing.PAYABLE, Standing.FORFEITED}
    assert sum((part.pounds for part in found), Decimal(0)) == figures.value


@settings(max_examples=60, deadline=None)
@given(deals())
def test_months_are_equal_but_for_a_penny(figures: Deal) -> None:
    by_month: dict[date, Decimal] = {}
    for part in fees.parts(figures, figures.implemented_on):
        if part.kind.startswith("delivery fee"):
            by_month[part.month] = by_month.get(part.month, Decimal(0)) + part.pounds
    if len(by_month) == len(fees.delivery_months(figures.implemented_on, figures.ends_on)):
        assert max(by_month.values()) - min(by_month.values()) <= Decimal("0.01")
