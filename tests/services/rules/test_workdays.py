"""Working days by nation (D5, D13), with the days that differ, and against a plain count."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import InvalidEntry
from services.rules.workdays import (
    NATIONS,
    add_working_days,
    is_working_day,
    nth_working_day,
    working_days_after,
)


@pytest.mark.parametrize(
    ("day", "off_in"),
    [
        (date(2026, 1, 2), {"Scotland"}),
        (date(2026, 4, 3), set(NATIONS)),
        (date(2026, 4, 6), {"England", "Wales", "Northern Ireland"}),
        (date(2026, 8, 3), {"Scotland"}),
        (date(2026, 8, 31), {"England", "Wales", "Northern Ireland"}),
        (date(2026, 11, 30), {"Scotland"}),
        (date(2026, 7, 13), {"Northern Ireland"}),
        (date(2026, 12, 28), set(NATIONS)),
        (date(2022, 9, 19), set(NATIONS)),
        (date(2026, 7, 4), set(NATIONS)),
        (date(2026, 7, 5), set(NATIONS)),
        (date(2026, 7, 6), set()),
    ],
)
def test_bank_holidays_differ_by_nation(day, off_in):
    assert {nation for nation in NATIONS if not is_working_day(day, nation)} == off_in


def test_ten_working_days_over_easter_end_a_day_earlier_in_scotland():
    """D5: day 0 is the day of the referral. Good Friday is off in both, Easter Monday in Wales alone."""
    referred = date(2024, 3, 28)
    assert add_working_days(referred, 10, "Wales") == date(2024, 4, 15)
    assert add_working_days(referred, 10, "Scotland") == date(2024, 4, 12)


def test_day_nought_is_the_day_itself_even_a_sunday():
    assert add_working_days(date(2026, 7, 5), 0, "Wales") == date(2026, 7, 5)
    assert add_working_days(date(2026, 7, 5), 1, "Wales") == date(2026, 7, 6)


def test_the_fifth_working_day_of_january_2025_is_later_in_scotland():
    """D13, D14: 1 January is off in both, 2 January in Scotland."""
    assert nth_working_day(2025, 1, 5, "England") == date(2025, 1, 8)
    assert nth_working_day(2025, 1, 5, "Scotland") == date(2025, 1, 9)


def test_an_override_makes_a_holiday_or_a_working_day():
    day = date(2026, 7, 6)
    assert not is_working_day(day, "Wales", {day: False})
    assert add_working_days(date(2026, 7, 3), 1, "Wales", {day: False}) == date(2026, 7, 7)
    assert is_working_day(date(2026, 12, 25), "Wales", {date(2026, 12, 25): True})


def test_a_nation_that_is_none_is_refused_with_the_four():
    with pytest.raises(InvalidEntry, match="England, Wales, Scotland and Northern Ireland"):
        is_working_day(date(2026, 7, 6), "Cymru")


dates = st.dates(date(2023, 1, 1), date(2029, 6, 30))
nations = st.sampled_from(sorted(NATIONS))


@settings(max_examples=60, deadline=None)
@given(dates, st.integers(1, 40), nations)
def test_adding_working_days_agrees_with_a_plain_count(day, n, nation):
    from holidays import country_holidays

    off = country_holidays("GB", subdiv=NATIONS[nation], years=range(2022, 2031))
    count, at = 0, day
    while count < n:
        at += timedelta(1)
        count += at.weekday() < 5 and at not in off
    assert add_working_days(day, n, nation) == at
    assert working_days_after(day, at, nation) == n


@settings(max_examples=60, deadline=None)
@given(dates, st.integers(1, 40), nations)
def test_going_back_from_a_working_day_undoes_going_on(day, n, nation):
    start = add_working_days(day, 1, nation)
    assert add_working_days(add_working_days(start, n, nation), -n, nation) == start


def test_nothing_lies_after_a_day_that_has_not_come():
    assert working_days_after(date(2026, 7, 6), date(2026, 7, 6), "Wales") == 0
    assert working_days_after(date(2026, 7, 6), date(2026, 7, 1), "Wales") == 0


def test_the_holidays_library_is_loaded_only_when_asked():
    """It takes 0.1 s to import: not on the sign-in page's path (design 8)."""
    code = "import sys, services.rules.workdays; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("nation", sorted(NATIONS))
def test_every_day_from_2022_to_2030_agrees_with_a_plain_count(nation):
    """D5: each day's tenth, thirtieth and last but fourth working day, counted one by one."""
    from holidays import country_holidays

    off = country_holidays("GB", subdiv=NATIONS[nation], years=range(2021, 2033))
    first, length = date(2021, 11, 1), (date(2031, 3, 1) - date(2021, 11, 1)).days
    days = [first + timedelta(n) for n in range(length)]
    working = [day for day in days if day.weekday() < 5 and day not in off]
    gone = {day: sum_ for day, sum_ in zip(days, _sums(days, working), strict=True)}
    for day in days:
        if not 2022 <= day.year <= 2030:
            continue
        is_open = is_working_day(day, nation)
        assert is_open == (working[gone[day] - 1] == day)
        for n in (1, 10, 30):
            assert add_working_days(day, n, nation) == working[gone[day] - 1 + n]
        assert add_working_days(day, -4, nation) == working[gone[day] - is_open - 4]


def _sums(days, working):
    """How many working days there are up to each day, that day included."""
    opened, total = set(working), 0
    for day in days:
        total += day in opened
        yield total
