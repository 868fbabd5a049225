"""Who may take part, by the contract's own words (D2; 2.1, 2.2)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rules.eligibility import Answers, age_on, difference, judge

ON = date(2024, 6, 12)
YES = Answers(ON, date(1990, 4, 2), True, True, "Universal Credit", False)


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2006, 6, 12), ON, 18),
        (date(2006, 6, 13), ON, 17),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
    ],
)
def test_age_is_of_completed_years(born_on: date, day: date, age: int) -> None:
    assert age_on(born_on, day) == age


def test_a_claimant_in_work_is_eligible_and_somebody_in_work_without_benefit_is_not() -> None:
    """2.2 rules over 2.3 (D2)."""
    assert judge(YES, 18, "None").is_eligible is True
    working = judge(replace(YES, benefit="None"), 18, "None")
    assert working.is_eligible is False
    assert [str(why) for why in working.against] == ["Claims no benefit and is not unemployed."]
    assert judge(replace(YES, benefit="None", is_unemployed=True), 18, "None").is_eligible is True


def test_every_reason_is_told_and_every_answer_still_missing() -> None:
    verdict = judge(Answers(ON, date(2007, 1, 1), False, False, "None", False), 18, "None")
    assert [str(why) for why in verdict.against] == [
        "No dependency that is a barrier to sustained work.",
        "Under 18 on 12 June 2024: 17 years old.",
        "Does not live in an area of the contract.",
        "Claims no benefit and is not unemployed.",
    ]
    nothing = judge(Answers(ON), 18, "None")
    assert (nothing.is_eligible, nothing.missing) == (
        None,
        ("date_of_birth", "has_dependency", "lives_in_area", "benefit"),
    )
    assert judge(replace(YES, benefit="None", is_unemployed=None), 18, "None").missing == ("is_unemployed",)


def test_an_answer_that_differs_from_the_rule_is_said_and_a_missing_one_is_not() -> None:
    yes, no = judge(YES, 18, "None"), judge(replace(YES, lives_in_area=False), 18, "None")
    assert difference(True, yes) is None and difference(False, no) is None and difference(None, no) is None
    assert "they are not" in str(difference(True, no))
    assert "they are." in str(difference(False, yes))
    assert difference(True, judge(replace(YES, benefit=None), 18, "None")) is None


@given(st.dates(date(1950, 1, 1), date(2006, 1, 1)), st.dates(date(2010, 1, 1), date(2030, 1, 1)))
def test_nobody_ages_backwards(born_on: date, day: date) -> None:
    assert age_on(born_on, day) in {
        age_on(born_on, day.replace(day=1)),
        age_on(born_on, day.replace(day=1)) + 1,
    }
