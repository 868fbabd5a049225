"""The Programme Forum (S15): at least one representative of the pool at any one time."""

from datetime import date

from services.rules.forum import Term, gap_ahead, serving_on, unrepresented
from services.rules.spans import Gap

SIAN = Term("MEN-SIAN", date(2026, 1, 1), date(2026, 6, 30))
GWYN = Term("MEN-GWYN", date(2026, 7, 15), None)
TODAY = date(2026, 6, 1)


def test_a_gap_between_two_terms_is_flagged_ahead():
    assert gap_ahead([GWYN, SIAN], TODAY, 60) == Gap(date(2026, 7, 1), date(2026, 7, 14))


def test_a_gap_beyond_the_days_looked_ahead_is_not_flagged_yet():
    assert gap_ahead([SIAN, GWYN], TODAY, 29) is None
    assert gap_ahead([SIAN, GWYN], TODAY, 30) == Gap(date(2026, 7, 1), date(2026, 7, 1))


def test_somebody_who_leaves_the_pool_no_longer_represents_it():
    left = Term("MEN-SIAN", date(2026, 1, 1), date(2026, 6, 30), left_on=date(2026, 6, 10))
    assert gap_ahead([left, GWYN], TODAY, 60) == Gap(date(2026, 6, 11), date(2026, 7, 14))


def test_nobody_at_all_is_one_long_gap_from_today():
    assert gap_ahead([], TODAY, 9) == Gap(TODAY, date(2026, 6, 10))


def test_terms_that_overlap_leave_no_gap():
    again = Term("MEN-SIAN", date(2026, 6, 1), date(2026, 7, 14))
    assert unrepresented([SIAN, again, GWYN], date(2026, 1, 1), date(2026, 12, 31)) == ()


def test_who_serves_on_a_day_is_listed_once():
    twice = Term("MEN-SIAN", date(2026, 6, 30), date(2026, 9, 1))
    assert serving_on([SIAN, twice, GWYN], date(2026, 6, 30)) == ("MEN-SIAN",)
    assert serving_on([SIAN, twice, GWYN], date(2026, 8, 1)) == ("MEN-GWYN", "MEN-SIAN")
