"""Stretches of days and the holes between them (S2, S15), against a count day by day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.rules.spans import Gap, Span, gaps, on_any, reached_until

FIRST, LAST = date(2026, 1, 1), date(2026, 2, 9)
some_days = st.integers(-10, 50).map(lambda n: FIRST + timedelta(n))
some_spans = st.lists(st.builds(Span, st.none() | some_days, st.none() | some_days), max_size=4)


def test_both_ends_are_included_and_an_open_end_has_none():
    span = Span(FIRST, LAST)
    assert [FIRST in span, LAST in span] == [True, True]
    assert [FIRST - timedelta(1) in span, LAST + timedelta(1) in span] == [False, False]
    assert date.min in Span(None, LAST)
    assert date.max in Span(FIRST, None)


def test_a_gap_counts_both_its_ends():
    assert Gap(date(2026, 1, 4), date(2026, 1, 6)).days == 3


def test_a_short_span_inside_a_long_one_opens_no_gap():
    long, short = Span(FIRST, LAST - timedelta(1)), Span(FIRST + timedelta(1), FIRST + timedelta(2))
    assert gaps([long, short], FIRST, LAST) == (Gap(LAST, LAST),)


@given(some_spans)
def test_gaps_are_exactly_the_days_that_no_span_reaches(spans):
    every = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]
    missing = [day for day in every if not on_any(spans, day)]
    found = gaps(spans, FIRST, LAST)
    assert [gap.first + timedelta(n) for gap in found for n in range(gap.days)] == missing
    assert all(one.last + timedelta(1) < other.first for one, other in zip(found, found[1:], strict=False))


@given(some_spans)
def test_reached_until_is_the_day_before_the_first_gap(spans):
    until = reached_until(spans, FIRST)
    if until is None:
        assert not on_any(spans, FIRST)
    else:
        assert on_any(spans, until)
        assert until == date.max or not on_any(spans, until + timedelta(1))
        assert all(on_any(spans, FIRST + timedelta(n)) for n in range((min(until, LAST) - FIRST).days + 1))


def test_the_last_day_there_is_does_not_break_it():
    assert reached_until([Span(None, date.max)], FIRST) == date.max
    assert gaps([], date.max, date.max) == (Gap(date.max, date.max),)
