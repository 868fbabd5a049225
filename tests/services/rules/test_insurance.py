"""Public liability insurance (S2): covered days, warnings 60 and 30 days ahead, gaps."""

from datetime import date, timedelta

import pytest

from services.rules.insurance import Standing, State, first_gap, gap_days, is_covered, standing
from services.rules.spans import Gap, Span

ENDS = date(2027, 6, 27)
POLICY = Span(None, ENDS)
WARN = (60, 30)


def test_the_last_day_of_a_policy_is_covered_and_the_next_is_not():
    assert is_covered([POLICY], ENDS)
    assert not is_covered([POLICY], ENDS + timedelta(1))
    assert not is_covered([], ENDS)


@pytest.mark.parametrize(
    ("days_before", "state", "warning"),
    [(61, "valid", None), (60, "due", 60), (31, "due", 60), (30, "due", 30), (0, "due", 30)],
)
def test_a_policy_is_due_60_and_30_days_before_it_ends(days_before, state, warning):
    day = ENDS - timedelta(days_before)
    assert standing([POLICY], day, WARN) == Standing(State(state), ENDS, days_before, warning)


def test_the_day_after_and_no_policy_at_all_are_lapsed():
    assert standing([POLICY], ENDS + timedelta(1), WARN) == Standing(State.LAPSED)
    assert standing([], ENDS, WARN) == Standing(State.LAPSED)


def test_other_limits_of_another_programme_count():
    assert standing([POLICY], ENDS - timedelta(80), (90,)).warning_days == 90


def test_a_renewal_that_joins_on_puts_off_the_warning_and_a_late_one_does_not():
    joined = Span(ENDS + timedelta(1), ENDS + timedelta(365))
    late = Span(ENDS + timedelta(3), ENDS + timedelta(365))
    assert standing([joined, POLICY], ENDS, WARN) == Standing(State.VALID, joined.ends_on, 365)
    assert standing([POLICY, late], ENDS, WARN).state == State.DUE


def test_cover_without_an_end_is_valid():
    assert standing([Span(None, None)], ENDS, WARN) == Standing(State.VALID)


def test_the_days_of_a_gap_are_counted_and_the_first_is_found():
    cover = [POLICY, Span(ENDS + timedelta(3), ENDS + timedelta(10))]
    first, last = ENDS - timedelta(5), ENDS + timedelta(12)
    assert gap_days(cover, first, last) == 4
    assert first_gap(cover, first, last) == Gap(ENDS + timedelta(1), ENDS + timedelta(2))
    assert first_gap(cover, first, ENDS) is None
