"""Invoice periods (S12): calendar quarters, shorter ones, and the way from one to the next."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import InvalidEntry
from services.rules.periods import (
    Period,
    between,
    code,
    following,
    from_code,
    is_quarter,
    last_quarters,
    month_of,
    name,
    previous,
    quarter,
    quarter_of,
)

SUMMER = Period(date(2026, 7, 1), date(2026, 9, 30))
dates = st.dates(date(2023, 1, 1), date(2029, 6, 30))


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [(1, (1, 1), (3, 31)), (2, (4, 1), (6, 30)), (3, (7, 1), (9, 30)), (4, (10, 1), (12, 31))],
)
def test_calendar_quarters(number, first, last):
    assert quarter(2026, number) == Period(date(2026, *first), date(2026, *last))


@given(dates)
def test_a_day_is_in_its_quarter_and_month_and_in_no_neighbouring_one(day):
    for whole in (quarter_of(day), month_of(day)):
        assert day in whole
        assert day not in previous(whole)
        assert day not in following(whole)


@given(dates)
def test_quarters_and_months_join_without_gap_and_lead_back(day):
    for whole in (quarter_of(day), month_of(day)):
        assert following(whole).first == whole.last + timedelta(1)
        assert previous(following(whole)) == whole == following(previous(whole))


def test_the_quarter_after_christmas_is_in_the_next_year():
    assert following(quarter(2026, 4)) == quarter(2027, 1)
    assert previous(quarter(2027, 1)) == quarter(2026, 4)


def test_february_follows_january_and_leap_days_count():
    assert following(month_of(date(2028, 1, 31))) == Period(date(2028, 2, 1), date(2028, 2, 29))


def test_a_fortnight_is_followed_by_a_fortnight():
    fortnight = Period(date(2026, 7, 6), date(2026, 7, 19))
    assert following(fortnight) == Period(date(2026, 7, 20), date(2026, 8, 2))
    assert previous(fortnight) == Period(date(2026, 6, 22), date(2026, 7, 5))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 7, 15), date(2026, 10, 14)),
        (date(2026, 11, 30), date(2027, 2, 27)),
        (date(2026, 7, 6), date(2026, 7, 6)),
    ],
)
def test_any_period_up_to_three_months_can_be_run(first, last):
    assert between(first, last) == Period(first, last)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 7, 2), date(2026, 7, 1)),
        (date(2026, 7, 1), date(2026, 10, 1)),
        (date(2026, 7, 15), date(2026, 10, 15)),
    ],
)
def test_a_period_back_to_front_or_longer_than_a_quarter_is_refused(first, last):
    with pytest.raises(InvalidEntry):
        between(first, last)


def test_a_quarter_is_named_by_its_months_and_another_period_by_its_days():
    assert str(name(SUMMER)) == "July to September 2026"
    assert str(name(Period(date(2026, 7, 6), date(2026, 7, 19)))) == "6 July 2026 to 19 July 2026"
    assert len({str(name(quarter(2026, n))) for n in (1, 2, 3, 4)}) == 4


def test_codes_read_back_as_the_same_period():
    assert code(SUMMER) == "2026-Q3"
    assert code(month_of(SUMMER.first)) == "2026-07-01--2026-07-31"
    for period in (SUMMER, month_of(SUMMER.first), Period(SUMMER.first, SUMMER.first)):
        assert from_code(code(period)) == period


@pytest.mark.parametrize(
    "text", ["", "2026-Q5", "0000-Q1", "2026-q3", "2026-07-01", "x--y", "2026-07-02--2026-07-01"]
)
def test_a_code_that_is_no_period_is_refused(text):
    with pytest.raises(InvalidEntry):
        from_code(text)


def test_last_quarters_are_newest_first():
    codes = [code(each) for each in last_quarters(date(2026, 2, 1), 3)]
    assert codes == ["2026-Q1", "2025-Q4", "2025-Q3"]
    assert is_quarter(SUMMER)
    assert not is_quarter(month_of(SUMMER.first))
