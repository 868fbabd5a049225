"""Full-time equivalents: weekly hours over a full week, by area and day (D16, 2.26)."""

from datetime import date
from decimal import Decimal

from services.rules import fte
from services.rules.fte import Posted

WEEK = Decimal(40)
DAY = date(2024, 6, 12)
DEE = Posted("MEN-1", "9", Decimal(30), date(2024, 1, 1))
HALF = Posted("MEN-2", "9", Decimal(20), date(2024, 6, 12), date(2024, 6, 12))
AWAY = Posted("MEN-1", "8", Decimal("7.5"), date(2024, 1, 1), date(2024, 6, 11))


def test_thirty_and_twenty_hours_are_one_and_a_quarter() -> None:
    assert fte.fte([DEE, HALF, AWAY], DAY, WEEK) == Decimal("1.25")


def test_a_posting_counts_on_its_first_and_last_day_and_in_its_own_area() -> None:
    assert fte.fte([DEE, HALF, AWAY], date(2024, 6, 11), WEEK, "8") == Decimal("0.1875")
    assert fte.fte([DEE, HALF, AWAY], DAY, WEEK, "8") == 0
    assert fte.fte([HALF], date(2024, 6, 13), WEEK) == 0


def test_a_gap_is_what_is_missing_to_the_least_and_never_below_nought() -> None:
    assert fte.gap(Decimal("2.25"), 3) == Decimal("0.75")
    assert fte.gap(Decimal(4), 3) == 0


def test_the_mean_counts_the_days_in_post() -> None:
    """Half of a ten-day stretch at 40 hours is half a post."""
    half = Posted("MEN-1", "9", WEEK, date(2024, 6, 6), None)
    assert fte.mean([half], date(2024, 6, 1), date(2024, 6, 10), WEEK) == Decimal("0.5")


def test_overlapping_postings_add_up_to_the_hours_of_the_fullest_day() -> None:
    assert fte.hours_at_most([DEE, AWAY, HALF]) == Decimal(50)
    assert fte.hours_at_most([AWAY, HALF]) == Decimal(20)
    assert fte.hours_at_most([]) == 0
