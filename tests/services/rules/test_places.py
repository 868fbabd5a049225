"""Offices are open in their hours, on working days of their nation (D6; 1.11)."""

from datetime import date, time

import pytest

from services.rules.places import closed, is_office
from services.terms import Bilingual, Route

WORD = Bilingual("x", "x")
ROUTES = (
    Route("Jobcentre Plus", "", "Jobcentre Plus office", True, False, WORD),
    Route("Third party", "", "Our premises", False, True, WORD),
)


def test_only_a_routes_office_is_an_office() -> None:
    assert is_office("Jobcentre Plus office", ROUTES)
    assert not is_office("Our premises", ROUTES) and not is_office(None, ROUTES)


@pytest.mark.parametrize(
    ("at", "field"),
    [
        (time(9), None),
        (time(16, 59), None),
        (time(8, 59), "time"),
        (time(17), "time"),
        (time(18), "time"),
        (None, None),
    ],
)
def test_the_office_is_open_from_nine_to_five(at: time | None, field: str | None) -> None:
    shut = closed(date(2024, 6, 12), at, "09:00", "17:00", "England")
    assert (shut[0] if shut else None) == field


def test_a_weekend_or_a_bank_holiday_of_the_nation_is_no_day_for_a_meeting() -> None:
    st_andrew, second_of_january, easter_monday = date(2026, 11, 30), date(2024, 1, 2), date(2024, 4, 1)
    assert closed(date(2024, 6, 15), time(10), "09:00", "17:00", "England") is not None
    for day, nation, is_shut in (
        (st_andrew, "Scotland", True),
        (st_andrew, "Wales", False),
        (second_of_january, "Scotland", True),
        (second_of_january, "England", False),
        (easter_monday, "Wales", True),
        (easter_monday, "Scotland", False),
    ):
        assert (closed(day, time(10), "09:00", "17:00", nation) is not None) is is_shut, (day, nation)
