"""A project's timeline from its kind's rules (L4; Peer induction pack)."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.programmes import all_programmes
from services.rules.timelines import State, line, wrong_days

TERMS = all_programmes()["lga"].placements
assert TERMS is not None
CHALLENGE, VISIT, MENTORING, EVENT = TERMS.project_kinds
FIRST, LAST = date(2027, 3, 1), date(2027, 3, 4)


def test_a_peer_challenge_asks_for_each_step_of_the_pack_on_its_days() -> None:
    found = {step.code: (step.from_on, step.to_on) for step in line(CHALLENGE, FIRST, LAST, date(2026, 1, 1))}
    assert found == {
        "administration": (date(2027, 1, 18), date(2027, 2, 1)),
        "meeting": (date(2027, 2, 28), date(2027, 2, 28)),
        "on-site": (FIRST, LAST),
        "presentation": (LAST, LAST),
        "comments": (date(2027, 3, 9), date(2027, 3, 14)),
        "follow-up": (date(2028, 3, 4), date(2029, 3, 4)),
    }


def test_an_event_and_mentoring_have_no_report_and_mentoring_ends_with_a_debrief() -> None:
    assert [step.code for step in line(EVENT, FIRST, FIRST, FIRST)] == ["on-site"]
    assert [step.code for step in line(MENTORING, FIRST, date(2027, 8, 1), FIRST)] == ["on-site", "debrief"]


def test_a_step_is_late_once_its_last_day_has_passed_and_done_when_noted() -> None:
    late, *_ = line(CHALLENGE, FIRST, LAST, date(2027, 2, 2))
    assert late.state is State.LATE
    now, *_ = line(CHALLENGE, FIRST, LAST, date(2027, 2, 1))
    assert now.state is State.NOW
    done, *_ = line(CHALLENGE, FIRST, LAST, date(2027, 2, 2), {"administration": date(2027, 1, 20)})
    assert (done.state, done.done_on) == (State.DONE, date(2027, 1, 20))


def test_a_month_without_the_day_takes_its_last() -> None:
    *_, follow = line(CHALLENGE, date(2028, 2, 27), date(2028, 2, 29), date(2028, 1, 1))
    assert (follow.from_on, follow.to_on) == (date(2029, 2, 28), date(2030, 2, 28))


def test_a_challenge_is_three_to_five_days_on_site() -> None:
    assert wrong_days(CHALLENGE, FIRST, LAST) is None
    assert wrong_days(CHALLENGE, FIRST, date(2027, 3, 2)) is not None
    assert wrong_days(CHALLENGE, FIRST, date(2027, 3, 6)) is not None
    assert wrong_days(MENTORING, FIRST, date(2027, 9, 1)) is None


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 10))
def test_steps_stand_in_the_order_of_their_days(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    found = line(CHALLENGE, first, last, first)
    assert list(found) == sorted(found, key=lambda step: (step.from_on, step.to_on))
    assert all(step.from_on <= step.to_on for step in found)
