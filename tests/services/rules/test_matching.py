"""The shortlist (S4, S17, S2, S5): every point explained, blocked mentors last with why."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.words import say
from services.rules.matching import Candidate, Need, Weights, Why, shortlist
from services.rules.spans import Span

START, END = date(2026, 7, 1), date(2026, 12, 18)
NEED = Need(
    ("community energy", "fundraising"), "Gwynedd", ("Welsh",), START, END, Decimal(2), nearby=("Conwy",)
)
BEST = Candidate(
    "MEN-A",
    approved=True,
    skills=("Fundraising ", "community  energy", "nature recovery"),
    area="gwynedd",
    languages=("Welsh", "English"),
    days_a_month=Decimal(4),
    days_committed=Decimal(2),
    cover=(Span(None, END),),
)


def scores(candidate, need=NEED):
    (suggestion,) = shortlist(need, [candidate])
    return {reason.why: reason.points for reason in suggestion.reasons}


def points(why, **changes):
    return scores(replace(BEST, **changes))[why]


def blocks(**changes):
    (suggestion,) = shortlist(NEED, [replace(BEST, **changes)])
    return [reason.why for reason in suggestion.blocked_by]


def test_a_mentor_who_fits_everywhere_has_every_point():
    (suggestion,) = shortlist(NEED, [BEST])
    assert suggestion.points == sum(vars(Weights()).values())
    assert all(reason.points == reason.out_of for reason in suggestion.reasons)
    assert suggestion.blocked_by == ()


def test_skills_count_by_share_whatever_the_capitals_and_spaces():
    assert points(Why.SKILLS) == 40
    assert points(Why.SKILLS, skills=("fundraising",)) == 20
    assert points(Why.SKILLS, skills=("composting",)) == 0


def test_the_groups_area_counts_fully_a_neighbour_half_another_not():
    assert [points(Why.AREA, area=a) for a in ("Gwynedd", "Conwy", "Newport", "")] == [20, 10, 0, 0]


def test_languages_count_by_share():
    assert points(Why.LANGUAGES, languages=("English",)) == 0
    both = replace(NEED, languages=("Welsh", "English"))
    assert scores(replace(BEST, languages=("Welsh",)), both)[Why.LANGUAGES] == 7


@pytest.mark.parametrize(
    ("offered", "committed", "expected"), [(4, 2, 15), (4, 3, 7), (4, 4, 0), (4, 9, 0), (None, 0, 0)]
)
def test_days_still_free_count_by_share_of_what_is_needed(offered, committed, expected):
    offered = None if offered is None else Decimal(offered)
    assert points(Why.AVAILABILITY, days_a_month=offered, days_committed=Decimal(committed)) == expected


def test_any_free_day_will_do_where_the_need_does_not_say():
    need = replace(NEED, days_a_month=Decimal(0))
    assert scores(replace(BEST, days_committed=Decimal("3.5")), need)[Why.AVAILABILITY] == 15


def test_fewer_assignments_running_count_more():
    assert [points(Why.WORKLOAD, live_assignments=n) for n in (0, 1, 2)] == [10, 5, 3]


def test_cover_to_the_end_counts_fully_and_to_be_renewed_half():
    assert points(Why.INSURANCE, cover=(Span(None, END),)) == 6
    assert points(Why.INSURANCE, cover=(Span(None, END - timedelta(1)),)) == 3
    assert points(Why.INSURANCE, cover=(Span(None, None),)) == 6


def test_a_mentor_without_any_assignment_yet_comes_forward():
    """S17: no guarantee of work, but the pool shows who has had none."""
    had = replace(BEST, id="MEN-0", had_assignment=True)
    assert [s.candidate for s in shortlist(NEED, [had, BEST])] == ["MEN-A", "MEN-0"]


def test_only_approved_mentors_are_listed():
    """S1, S4."""
    assert shortlist(NEED, [replace(BEST, approved=False)]) == []


def test_missing_or_lapsed_insurance_a_pause_and_may_not_block_an_assignment():
    """S2, S5."""
    assert blocks(cover=()) == [Why.INSURANCE]
    assert blocks(cover=(Span(None, START - timedelta(1)),)) == [Why.INSURANCE]
    assert blocks(paused=True) == [Why.PAUSED]
    assert blocks(relationship="may not") == [Why.RELATIONSHIP]
    assert blocks(relationship="may proceed") == []


def test_blocked_mentors_come_last_with_why():
    worst = replace(BEST, id="MEN-Z", skills=(), area="Newport", languages=())
    listed = shortlist(NEED, [replace(BEST, cover=()), worst])
    assert [(s.candidate, bool(s.blocked_by)) for s in listed] == [("MEN-Z", False), ("MEN-A", True)]
    assert say(listed[1].blocked_by[0].words, "en") == "No public liability insurance recorded."


def test_a_declared_relationship_is_a_warning_and_no_block():
    """S5: not necessarily a barrier."""
    assert blocks(relationship="declared") == []
    assert points(Why.RELATIONSHIP, relationship="declared") == 0


def test_every_reason_reads_as_a_sentence():
    (suggestion,) = shortlist(NEED, [replace(BEST, live_assignments=1, had_assignment=True)])
    assert [say(reason.words, "en") for reason in suggestion.reasons] == [
        "Has 2 of 2 skills wanted: community energy, fundraising.",
        "In gwynedd, the group's own area.",
        "Works in Welsh.",
        "Days free a month: 2 of 4.",
        "1 assignment running.",
        "Insured until 18 December 2026.",
    ]


def test_of_two_with_equal_points_the_less_busy_then_the_one_with_nothing_yet_then_the_id_comes_first():
    """S17; with no weight on workload and no assignment yet, only the tie decides."""
    busy = replace(BEST, id="MEN-B", live_assignments=1)
    had, has_none = replace(BEST, id="MEN-C", had_assignment=True), replace(BEST, id="MEN-D")
    level = replace(Weights(), workload=0, no_assignment_yet=0)
    listed = shortlist(NEED, [busy, had, has_none, replace(BEST, id="MEN-E")], level)
    assert [s.candidate for s in listed] == ["MEN-D", "MEN-E", "MEN-C", "MEN-B"]


def test_what_is_not_asked_for_brings_no_points():
    anything = Need((), "", (), START)
    assert not {Why.SKILLS, Why.AREA, Why.LANGUAGES} & scores(BEST, anything).keys()


def test_a_programme_may_weigh_differently():
    only_area = Weights(0, 7, 0, 0, 0, 0, 0)
    assert [s.points for s in shortlist(NEED, [BEST], only_area)] == [7]


pool = st.lists(
    st.builds(
        replace,
        st.just(BEST),
        skills=st.sampled_from([(), ("fundraising",), BEST.skills]),
        area=st.sampled_from(["Gwynedd", "Conwy", "Newport"]),
        live_assignments=st.integers(0, 2),
        had_assignment=st.booleans(),
        paused=st.booleans(),
    ),
    max_size=8,
).map(lambda found: [replace(each, id=f"MEN-{n}") for n, each in enumerate(found)])


@given(pool, st.randoms())
def test_the_ranking_does_not_depend_on_the_order_of_the_pool(candidates, random):
    shuffled = list(candidates)
    random.shuffle(shuffled)
    listed = shortlist(NEED, shuffled)
    assert listed == shortlist(NEED, candidates)
    assert sorted(s.candidate for s in listed) == sorted(c.id for c in candidates)
    for one, other in zip(listed, listed[1:], strict=False):
        assert (bool(one.blocked_by), -one.points) <= (bool(other.blocked_by), -other.points)
