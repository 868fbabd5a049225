"""A mentor's day of work (S8): refused over 24 hours and where it overlaps, flagged over 7."""

from datetime import date, time
from decimal import Decimal

import pytest

from schemas.words import say
from services.rules.days import Fault, Work, check, refusals

DAY, NEXT = date(2026, 7, 10), date(2026, 7, 11)
SEVEN = Decimal(7)


def work(name, hours, start=None, end=None, on=DAY, chargeable=True):
    at = [time.fromisoformat(each) if each else None for each in (start, end)]
    return Work(name, on, Decimal(hours), chargeable, *at)


def faults(*lines):
    return [(finding.fault, finding.lines) for finding in check(lines, SEVEN)]


def test_an_ordinary_day_has_no_findings():
    assert faults(work("a", "3.5", "09:00", "12:30"), work("b", "3.5", "12:30", "16:00")) == []


def test_more_than_seven_hours_in_a_day_are_flagged_and_not_refused():
    found = check([work("a", 5), work("b", "2.25")], SEVEN)
    assert [(f.fault, f.refuses, f.lines) for f in found] == [(Fault.OVER_DAY_LENGTH, False, ("a", "b"))]
    assert refusals(found) == ()
    assert (
        say(found[0].words, "en")
        == "7.25 hours on 10 July 2026: more than a day of 7 hours, paid by the hour."
    )


def test_the_same_hours_on_two_days_are_not_flagged():
    assert faults(work("a", 5), work("b", 5, on=NEXT)) == []


def test_unpaid_hours_do_not_count_towards_the_paid_day_but_do_towards_24():
    unpaid = work("b", 19, chargeable=False)
    assert faults(work("a", 5), unpaid) == []
    assert faults(work("a", "5.25"), unpaid) == [(Fault.OVER_24_HOURS, ("a", "b"))]


def test_24_hours_are_flagged_and_a_quarter_more_is_refused():
    assert faults(work("a", 24)) == [(Fault.OVER_DAY_LENGTH, ("a",))]
    found = check([work("a", 24), work("b", "0.25")], SEVEN)
    assert [(f.fault, f.refuses) for f in found] == [(Fault.OVER_24_HOURS, True)]


@pytest.mark.parametrize("hours", ["0", "-1", "0.1", "3.3", "1.255"])
def test_hours_go_in_quarters_above_nought(hours):
    assert faults(work("a", hours)) == [(Fault.NOT_QUARTERS, ("a",))]


def test_a_shared_minute_overlaps_and_a_shared_moment_does_not():
    one = work("a", 2, "09:00", "11:00")
    assert faults(one, work("b", 1, "10:59", "12:00")) == [(Fault.OVERLAP, ("a", "b"))]
    assert faults(one, work("b", 1, "11:00", "12:00")) == []
    assert faults(one, work("b", 1, "08:00", "09:00")) == []
    assert faults(one, work("b", 1, "09:30", "10:30")) == [(Fault.OVERLAP, ("a", "b"))]
    assert faults(one, work("b", 1, "09:30", "10:30", on=NEXT)) == []
    assert faults(one, work("b", 1)) == []


def test_unpaid_work_overlaps_too():
    assert faults(work("a", 1, "09:00", "10:00"), work("b", 1, "09:00", "10:00", chargeable=False)) == [
        (Fault.OVERLAP, ("a", "b"))
    ]


def test_every_overlapping_pair_is_found():
    lines = [work(name, 1, "09:00", "10:00") for name in "abc"]
    assert [pair for _, pair in faults(*lines)] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_times_must_run_forwards_and_hold_the_hours():
    assert faults(work("a", 1, "10:00", "09:00")) == [(Fault.BACKWARDS, ("a",))]
    assert faults(work("a", 1, "10:00", "10:00")) == [(Fault.BACKWARDS, ("a",))]
    assert faults(work("a", "1.25", "10:00", "11:00")) == [(Fault.LONGER_THAN_TIMES, ("a",))]
    assert faults(work("a", "0.75", "10:00", "11:00")) == []


def test_everything_wrong_is_found_at_once():
    lines = [work("a", "20.1", "09:00", "10:00"), work("b", 5, "09:30", "14:30")]
    expected = [Fault.NOT_QUARTERS, Fault.LONGER_THAN_TIMES, Fault.OVERLAP, Fault.OVER_24_HOURS]
    assert [fault for fault, _ in faults(*lines)] == expected


def test_the_order_of_lines_makes_no_difference():
    lines = [work("a", 4, "09:00", "13:00"), work("b", 4, "12:00", "16:00"), work("c", "0.1", on=NEXT)]
    assert faults(*lines) == faults(*reversed(lines))
