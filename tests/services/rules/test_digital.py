"""The share of digital sessions: known cases, and what holds for every one (D9, 2.20)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rules.digital import Share, is_lifted, share, with_one_more
from services.rules.levels import Held

START = date(2024, 5, 14)
MOST = Decimal(20)


@dataclass(frozen=True)
class Restricted:
    from_on: date
    to_on: date


SPRING = (Restricted(date(2024, 6, 1), date(2024, 6, 30)),)


def held(digital: bool = False, attended: bool = True, on: date = START) -> Held:
    return Held(on, Decimal(60), attended, digital)


days = st.integers(0, 120).map(lambda n: START + timedelta(days=n))
sessions = st.lists(st.builds(held, st.booleans(), st.booleans(), days), max_size=20)


@pytest.mark.parametrize(
    ("digital", "face", "percent", "passes"),
    [(0, 0, "0", False), (1, 4, "20", False), (1, 3, "25", True), (2, 8, "20", False), (1, 0, "100", True)],
)
def test_one_of_five_is_the_most(digital: int, face: int, percent: str, passes: bool) -> None:
    found = share([held(True)] * digital + [held()] * face)
    assert (found.percent, found.passes(MOST)) == (Decimal(percent), passes)


def test_missed_sessions_are_left_out() -> None:
    assert share([held(True, attended=False), held()]) == Share(1, 0)


def test_the_next_digital_session_is_warned_of_before_it_is_held() -> None:
    """Four face to face and one digital are at the limit; a second digital one would pass it."""
    known = [held()] * 4 + [held(True)]
    assert not share(known).passes(MOST)
    assert with_one_more(known, START, is_digital=True).passes(MOST)
    assert not with_one_more(known, START, is_digital=False).passes(MOST)


def test_a_restriction_period_lifts_the_limit_on_its_first_and_last_day() -> None:
    for on in (SPRING[0].from_on, SPRING[0].to_on):
        assert share([held(True, on=on)], SPRING) == Share(0, 0)
    for on in (date(2024, 5, 31), date(2024, 7, 1)):
        assert share([held(True, on=on)], SPRING) == Share(1, 1)


def test_face_to_face_counts_in_a_restriction_period_too() -> None:
    assert share([held(on=date(2024, 6, 3)), held(True, on=date(2024, 7, 3))], SPRING) == Share(2, 1)


def test_it_evens_out_after_so_many_more() -> None:
    """Two digital of three: seven more face to face make two of ten."""
    assert Share(3, 2).evens_out(MOST) == 7
    assert Share(10, 2).evens_out(MOST) == 0
    assert Share(1, 1).evens_out(Decimal(0)) == 0


@given(sessions)
def test_a_share_lies_between_nothing_and_all(found: list[Held]) -> None:
    assert 0 <= share(found, SPRING).percent <= 100


@given(sessions, days)
def test_one_more_face_to_face_never_raises_it(found: list[Held], on: date) -> None:
    before, after = share(found), with_one_more(found, on, is_digital=False)
    assert after.percent <= before.percent
    assert after.attended == before.attended + 1


@given(sessions, days)
def test_one_more_digital_never_lowers_it(found: list[Held], on: date) -> None:
    assert with_one_more(found, on, is_digital=True).percent >= share(found).percent


@given(sessions, days)
def test_a_digital_session_in_a_lifted_period_changes_nothing(found: list[Held], on: date) -> None:
    after = with_one_more(found, on, is_digital=True, unrestricted=SPRING)
    assert (after == share(found, SPRING)) == is_lifted(on, SPRING)


@given(sessions)
def test_evening_out_is_the_fewest_that_do(found: list[Held]) -> None:
    now = share(found)
    wanted = now.evens_out(MOST)
    assert not Share(now.attended + wanted, now.digital).passes(MOST)
    assert not wanted or Share(now.attended + wanted - 1, now.digital).passes(MOST)


@given(sessions)
def test_order_does_not_matter(found: list[Held]) -> None:
    assert share(found, SPRING) == share(found[::-1], SPRING)
