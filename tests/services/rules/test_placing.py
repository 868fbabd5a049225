"""The shortlist of peers for what a council asks (L3)."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.rules.placing import Busy, Candidate, Need, Why, shortlist, too_long_out

TODAY = date(2026, 11, 18)
NEED = Need("officer", "Director of finance", ("finance", "scrutiny"), "budget", "woman", "", "brockney",
            date(2027, 3, 1), date(2027, 3, 4))  # fmt: skip
FIT = Candidate(
    "MEN-FT", "officer", "Director of Finance", ("finance", "scrutiny"), "A budget halved.", "woman"
)


def test_who_has_all_that_is_wanted_gets_all_points_and_a_reason_for_each() -> None:
    (found,) = shortlist(NEED, [FIT], TODAY)
    assert found.points == 35 + 30 + 15 + 10 + 5
    assert {reason.why for reason in found.reasons} == {
        "post",
        "topics",
        "experience",
        "gender",
        "no project yet",
    }
    assert not found.blocked_by


def test_a_peer_of_another_kind_is_left_out() -> None:
    assert shortlist(NEED, [Candidate("MEN-TH", "member")], TODAY) == []


def test_busy_days_that_touch_the_project_block_and_others_do_not() -> None:
    touching = Candidate("MEN-BS", "officer", busy=(Busy(date(2027, 3, 4), date(2027, 3, 9)),))
    clear = Candidate("MEN-FR", "officer", busy=(Busy(date(2027, 3, 5), date(2027, 3, 9)),))
    found = shortlist(NEED, [touching, clear], TODAY)
    assert [each.candidate for each in found] == ["MEN-FR", "MEN-BS"]
    assert found[1].blocked_by[0].why is Why.AVAILABILITY


def test_one_of_the_council_itself_is_blocked() -> None:
    (found,) = shortlist(NEED, [Candidate("MEN-WN", "officer", council="brockney")], TODAY)
    assert found.blocked_by[0].why is Why.OWN_COUNCIL


def test_an_officer_out_of_service_is_out_at_once_a_member_after_twelve_months() -> None:
    """L2."""
    assert too_long_out(TODAY, 0, TODAY)
    assert not too_long_out(date(2025, 11, 18), 12, TODAY)
    assert too_long_out(date(2025, 11, 17), 12, TODAY)
    assert not too_long_out(None, 0, TODAY)


def test_who_has_been_chosen_less_often_comes_first_among_equals() -> None:
    one = Candidate("MEN-AA", "officer", projects=3)
    two = Candidate("MEN-BB", "officer", projects=1)
    assert [each.candidate for each in shortlist(Need(), [one, two], TODAY)] == ["MEN-BB", "MEN-AA"]


@given(st.permutations([Candidate(f"MEN-{n}", "officer", projects=n % 2, paused=n == 3) for n in range(6)]))
def test_the_order_of_the_pool_makes_no_difference(pool: list[Candidate]) -> None:
    assert [each.candidate for each in shortlist(NEED, pool, TODAY)] == [
        "MEN-0", "MEN-2", "MEN-4", "MEN-1", "MEN-5", "MEN-3",
    ]  # fmt: skip
