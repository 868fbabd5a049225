"""A case against the contract's limits (D5)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.programmes import all_programmes
from services.rules import levels
from services.rules.levels import Facts, Held, State, Step

LIMITS = all_programmes()["dwp"].cases
assert LIMITS is not None
TODAY = date(2024, 6, 12)
HOUR = Decimal(60)


def held(*days: date, minutes: int = 60, digital: bool = False) -> tuple[Held, ...]:
    return tuple(Held(day, Decimal(minutes), True, digital) for day in days)


def step(code: str, facts: Facts, today: date = TODAY) -> Step:
    return next(each for each in levels.line(facts, LIMITS, today) if each.code == code)


@pytest.mark.parametrize(
    ("received", "limit", "nation"),
    [
        (date(2024, 6, 3), date(2024, 6, 17), "England"),
        (date(2024, 3, 22), date(2024, 4, 9), "England"),  # Good Friday and Easter Monday
        (date(2024, 3, 22), date(2024, 4, 8), "Scotland"),  # Easter Monday is none in Scotland
        (date(2024, 7, 26), date(2024, 8, 12), "Scotland"),  # 5 August is one in Scotland
        (date(2024, 7, 26), date(2024, 8, 9), "Wales"),
    ],
)
def test_the_initial_meeting_is_due_ten_working_days_of_the_areas_nation_after_the_referral(
    received: date, limit: date, nation: str
) -> None:
    assert step(levels.INITIAL_MEETING, Facts(received, nation=nation), received).due_on == limit


@pytest.mark.parametrize(
    ("met", "state", "days"),
    [
        (date(2024, 6, 17), State.MET, 0),
        (date(2024, 6, 18), State.MISSED, 1),
        (date(2024, 6, 24), State.MISSED, 5),
    ],
)
def test_a_meeting_on_the_last_day_is_in_time_and_after_it_missed_by_n(
    met: date, state: State, days: int
) -> None:
    found = step(levels.INITIAL_MEETING, Facts(date(2024, 6, 3), met_on=met))
    assert (found.state, found.working_days) == (state, days)


def test_on_the_weekend_after_the_last_day_no_further_working_day_has_passed() -> None:
    friday, saturday, monday = date(2024, 6, 14), date(2024, 6, 15), date(2024, 6, 17)
    received = date(2024, 5, 31)
    assert step(levels.INITIAL_MEETING, Facts(received)).due_on == friday
    for day, state in ((friday, State.MET), (saturday, State.MET), (monday, State.MISSED)):
        assert step(levels.INITIAL_MEETING, Facts(received, met_on=day)).state is state
        assert levels.is_within(day, received, 10, "England") is (state is State.MET)
    assert step(levels.INITIAL_MEETING, Facts(received), saturday).state is State.DUE
    assert step(levels.INITIAL_MEETING, Facts(received), monday).state is State.LATE


@pytest.mark.parametrize(
    ("today", "state", "days"),
    [
        (date(2024, 6, 12), State.DUE, 3),
        (date(2024, 6, 17), State.DUE, 0),
        (date(2024, 6, 19), State.LATE, 2),
    ],
)
def test_what_is_not_done_is_due_and_then_late_by_n(today: date, state: State, days: int) -> None:
    found = step(levels.INITIAL_MEETING, Facts(date(2024, 6, 3)), today)
    assert (found.state, found.working_days) == (state, days)


STARTED = Facts(date(2024, 5, 1), met_on=date(2024, 5, 7), started_on=date(2024, 5, 14))
WEEKS = (date(2024, 5, 14), date(2024, 5, 21), date(2024, 5, 28), date(2024, 6, 4))


def test_the_first_session_counts_and_a_short_or_missed_one_does_not() -> None:
    short = Held(date(2024, 5, 22), Decimal(45), True)
    missed = Held(date(2024, 5, 23), Decimal(0), False)
    facts = replace(STARTED, sessions=(*held(*WEEKS), short, missed))
    assert [each.on for each in levels.counted(facts, LIMITS)] == list(WEEKS)
    assert step(levels.FIRST_SESSIONS, facts).state is State.MET


def test_four_sessions_within_thirty_working_days_of_the_start() -> None:
    limit = date(2024, 6, 26)  # 27 May is a bank holiday
    in_time = replace(STARTED, sessions=held(*WEEKS[:3], limit))
    late = replace(STARTED, sessions=held(*WEEKS[:3], date(2024, 6, 27)))
    assert step(levels.FIRST_SESSIONS, in_time).due_on == limit
    assert step(levels.FIRST_SESSIONS, in_time).state is State.MET
    assert step(levels.FIRST_SESSIONS, late).state is State.MISSED


def test_the_survey_belongs_to_the_first_session() -> None:
    assert step(levels.SURVEY, replace(STARTED, survey_on=date(2024, 5, 14))).state is State.MET
    assert step(levels.SURVEY, replace(STARTED, survey_on=date(2024, 5, 15))).state is State.MISSED
    assert step(levels.SURVEY, STARTED).state is State.LATE


def test_fewer_than_eight_sessions_fail_that_limit_when_the_case_ends_and_not_before() -> None:
    running = replace(STARTED, sessions=held(*WEEKS))
    assert step(levels.SESSIONS, running).state is State.AHEAD
    assert (step(levels.SESSIONS, running).count, step(levels.SESSIONS, running).wanted) == (4, 8)
    assert step(levels.SESSIONS, replace(running, completed_on=date(2024, 6, 5))).state is State.MISSED
    eight = replace(STARTED, sessions=held(*WEEKS, *(date(2024, 6, day) for day in (5, 6, 7, 10))))
    assert step(levels.SESSIONS, replace(eight, completed_on=date(2024, 6, 11))).state is State.MET


def test_nothing_more_is_asked_of_a_referral_that_came_to_nothing() -> None:
    line = levels.line(Facts(date(2024, 1, 8), met_on=date(2024, 1, 12), is_closed=True), LIMITS, TODAY)
    assert [each.state for each in line] == [State.MET, *[State.NOT_ASKED] * 5]


def test_a_limit_that_passed_before_the_case_ended_stays_missed() -> None:
    over = replace(STARTED, left_on=date(2024, 7, 1))
    assert step(levels.PLAN, over, date(2024, 7, 2)).state is State.MISSED
    soon = replace(STARTED, left_on=date(2024, 5, 20))
    assert step(levels.PLAN, soon, date(2024, 7, 2)).state is State.NOT_ASKED
