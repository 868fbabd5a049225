"""All elements, on at least three dates, over at least two weeks (W5)."""

from datetime import date

import pytest

from services.rules.training import Attended, standing

ELEMENTS = ("role", "goals", "safety")


def on(*days: int) -> list[Attended]:
    """The elements in turn on these days of March 2026; the last day covers the rest."""
    return [Attended(ELEMENTS[min(n, 2)], date(2026, 3, day)) for n, day in enumerate(days)]


def test_three_dates_over_two_weeks_are_done_on_the_last_of_them() -> None:
    found = standing(on(2, 9, 15), ELEMENTS, 3, 14)
    assert (found.done_on, found.days, found.missing) == (date(2026, 3, 15), 14, ())


@pytest.mark.parametrize("days", [(2, 9, 14), (2, 3, 4), (2, 16, 16)])
def test_a_day_too_few_or_two_dates_are_not_enough(days: tuple[int, ...]) -> None:
    assert standing(on(*days), ELEMENTS, 3, 14).done_on is None


def test_a_missing_element_is_named() -> None:
    found = standing(
        [Attended("role", date(2026, 3, 2)), Attended("cookery", date(2026, 3, 3))], ELEMENTS, 1, 1
    )
    assert (found.missing, found.done_on) == (("goals", "safety"), None)


def test_a_later_date_can_bring_the_weeks_together() -> None:
    found = standing([*on(2, 3, 4), Attended("role", date(2026, 3, 20))], ELEMENTS, 3, 14)
    assert found.done_on == date(2026, 3, 20)
