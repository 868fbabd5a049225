"""What hours come to (S9, S12), with the contract annex's own rates: £250 direct, £300 hosted, 7 hours a day."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import NotYet, OurError
from services.rules.pay import Dated, amount, days_and_hours, figure_on, vat_included

DIRECT, HOSTED, DAY = Decimal(250), Decimal(300), Decimal(7)
quarters = st.integers(0, 4000).map(lambda n: Decimal(n) / 4)


def test_seven_one_hour_lines_at_300_pounds_make_exactly_300():
    """S9: added up first. Line by line they would have made £300.02."""
    lines = [Decimal(1)] * 7
    assert amount(sum(lines), HOSTED, DAY) == Decimal("300.00")
    assert sum(amount(hours, HOSTED, DAY) for hours in lines) == Decimal("300.02")


@pytest.mark.parametrize(
    ("hours", "rate", "pounds"),
    [
        ("3.25", DIRECT, "116.07"),
        ("7", DIRECT, "250.00"),
        ("7", HOSTED, "300.00"),
        ("3.5", HOSTED, "150.00"),
        ("0.25", DIRECT, "8.93"),
        ("8", DIRECT, "285.71"),
        ("0", HOSTED, "0.00"),
    ],
)
def test_hours_times_day_rate_over_seven(hours, rate, pounds):
    assert str(amount(Decimal(hours), rate, DAY)) == pounds


def test_half_a_penny_goes_up():
    """S9: half up, where Python's own rounding would give £0.12 and £0.14."""
    assert amount(Decimal(1), Decimal("0.125"), Decimal(1)) == Decimal("0.13")
    assert amount(Decimal(1), Decimal("0.145"), Decimal(1)) == Decimal("0.15")


def test_a_credit_takes_back_what_the_invoice_asked():
    assert amount(Decimal("-3.25"), DIRECT, DAY) == -amount(Decimal("3.25"), DIRECT, DAY)


@given(quarters, st.integers(1, 100000))
def test_an_amount_is_within_half_a_penny_of_the_exact_one(hours, pence):
    rate = Decimal(pence) / 100
    assert abs(amount(hours, rate, DAY) * 7 - hours * rate) <= Decimal("0.035")


def test_ten_hours_are_a_day_and_three_hours():
    """S12: whole and part days."""
    assert days_and_hours(Decimal(10), DAY) == (1, Decimal(3))
    assert days_and_hours(Decimal("34.75"), DAY) == (4, Decimal("6.75"))


@given(quarters)
def test_whole_days_and_hours_left_make_up_the_hours(hours):
    days, left = days_and_hours(hours, DAY)
    assert days * DAY + left == hours
    assert 0 <= left < DAY


@pytest.mark.parametrize(
    ("pounds", "percent", "vat"),
    [("120", "20", "20.00"), ("300", "20", "50.00"), ("116.07", "20", "19.35"), ("300", "0", "0.00")],
)
def test_vat_is_inside_the_rate(pounds, percent, vat):
    """S9: the rate is inclusive of VAT."""
    assert vat_included(Decimal(pounds), Decimal(percent)) == Decimal(vat)


RATES = [Dated(date(2027, 4, 1), Decimal(260)), Dated(date(2023, 1, 1), Decimal(250))]


@pytest.mark.parametrize(("day", "rate"), [((2023, 1, 1), 250), ((2027, 3, 31), 250), ((2027, 4, 1), 260)])
def test_the_rate_of_the_day_worked_counts(day, rate):
    assert figure_on(date(*day), RATES) == rate


def test_a_later_confirmed_figure_from_the_same_day_replaces_the_first():
    assert figure_on(date(2028, 1, 1), [*RATES, Dated(date(2027, 4, 1), Decimal(265))]) == 265


def test_no_rate_in_force_is_said_with_the_day():
    with pytest.raises(NotYet, match="31 December 2022"):
        figure_on(date(2022, 12, 31), RATES)
    with pytest.raises(OurError):
        figure_on(date(2022, 12, 31), [])
