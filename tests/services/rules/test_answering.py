"""One calendar month, moved on past a day off (X6)."""

from datetime import date

import pytest

from services.rules.answering import due_on, may_extend_on, months_after, next_every


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 9, 3), date(2026, 10, 5)),  # 3 October is a Saturday
        (date(2026, 1, 31), date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2026, 11, 25), date(2026, 12, 29)),  # Christmas, Boxing Day moved to Monday
        (date(2028, 1, 31), date(2028, 2, 29)),
    ],
)
def test_a_month_later_or_the_next_working_day(received: date, due: date) -> None:
    assert due_on(received, "WLS") == due


def test_three_months_where_extended() -> None:
    assert due_on(date(2026, 10, 5), "WLS", is_extended=True) == date(2027, 1, 5)


def test_the_first_month_counts_for_telling() -> None:
    assert may_extend_on(date(2026, 10, 5), date(2026, 11, 5), "WLS")
    assert not may_extend_on(date(2026, 10, 5), date(2026, 11, 6), "WLS")


def test_months_go_back_too() -> None:
    assert months_after(date(2026, 1, 31), -84) == date(2019, 1, 31)
    assert months_after(date(2026, 12, 5), 1) == date(2027, 1, 5)


@pytest.mark.parametrize(
    ("every", "settled", "due"),
    [
        (12, None, date(2026, 12, 1)),
        (12, date(2026, 11, 30), date(2026, 12, 1)),
        (12, date(2026, 12, 1), date(2027, 12, 1)),
        (12, date(2027, 11, 30), date(2027, 12, 1)),
        (12, date(2029, 3, 4), date(2029, 12, 1)),
        (6, date(2026, 12, 1), date(2027, 6, 1)),
        (0, date(2026, 12, 1), None),
        (0, date(2026, 11, 1), date(2026, 12, 1)),
    ],
)
def test_what_is_due_every_year_is_due_again_after_it_was_done(
    every: int, settled: date | None, due: date | None
) -> None:
    assert next_every(date(2026, 12, 1), every, settled) == due
