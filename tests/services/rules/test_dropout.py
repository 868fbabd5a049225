"""The day a dropout falls due: known cases, and what holds for every one (D10)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rules.dropout import due_on, is_due, last_engaged_on

START = date(2024, 5, 14)
days = st.integers(-60, 400).map(lambda n: START + timedelta(days=n))


@pytest.mark.parametrize(
    ("engaged", "due"),
    [
        ([], date(2024, 6, 18)),
        ([date(2024, 5, 21)], date(2024, 6, 25)),
        ([date(2024, 5, 21), date(2024, 5, 28), date(2024, 5, 23)], date(2024, 7, 2)),
        ([date(2024, 5, 7)], date(2024, 6, 18)),
    ],
)
def test_it_falls_due_five_weeks_after_the_last_engagement(engaged: list[date], due: date) -> None:
    assert due_on(START, engaged, 5) == due


def test_it_is_proposed_on_the_day_it_falls_due_and_not_before() -> None:
    due = due_on(START, [], 5)
    assert not is_due(START, [], 5, due - timedelta(days=1))
    assert is_due(START, [], 5, due)


@given(st.lists(days, max_size=12), st.integers(1, 20))
def test_it_is_never_before_so_many_weeks_from_the_start(engaged: list[date], weeks: int) -> None:
    assert due_on(START, engaged, weeks) >= START + timedelta(weeks=weeks)


@given(st.lists(days, max_size=12), days)
def test_one_more_engagement_never_brings_it_forward(engaged: list[date], on: date) -> None:
    before, after = due_on(START, engaged, 5), due_on(START, [*engaged, on], 5)
    assert after >= before
    assert (after > before) == (on > last_engaged_on(START, engaged))


@given(st.lists(days, max_size=12), days)
def test_whoever_was_engaged_within_the_weeks_is_no_dropout(engaged: list[date], today: date) -> None:
    last = last_engaged_on(START, engaged)
    assert is_due(START, engaged, 5, today) == ((today - last).days >= 35)
