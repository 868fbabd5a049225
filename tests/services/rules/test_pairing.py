"""Who suits a request, with reasons; the order never wavers (P3, P8, W1)."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.rules.pairing import Candidate, Why, Wish, blocks, may_mentor_on, suggest

DAY = date(2026, 10, 7)
WISH = Wish(("cooking", "budgeting"), "", "", "", DAY)


def candidate(id_: str = "MEN-A", **more: object) -> Candidate:
    given = {"topics": ("cooking",), "post": "", "experience": "", "gender": ""} | more
    return Candidate(id_, **given)  # type: ignore[arg-type]


def test_half_of_what_is_looked_for_brings_half_of_the_points_with_its_reason() -> None:
    (found,) = suggest(WISH, [candidate()])
    (topics, load) = found.reasons
    assert (topics.points, topics.out_of) == (25, 50)
    assert str(topics.words) == "Offers 1 of 2 looked for: cooking."
    assert (load.points, load.out_of) == (10, 10)


def test_somebody_untrained_comes_last_however_well_they_suit() -> None:
    """P2."""
    best = candidate("MEN-B", topics=("cooking", "budgeting"), lacks=("setting goals",))
    found = suggest(WISH, [best, candidate("MEN-C", topics=())])
    assert [each.candidate for each in found] == ["MEN-C", "MEN-B"]
    assert [reason.why for reason in found[1].blocked_by] == [Why.TRAINING]


def test_a_gender_asked_for_is_a_condition() -> None:
    found = suggest(
        Wish((), "", "", "woman", DAY), [candidate(gender="man"), candidate("MEN-B", gender="woman")]
    )
    assert [(each.candidate, [r.why for r in each.blocked_by]) for each in found] == [
        ("MEN-B", []),
        ("MEN-A", [Why.GENDER]),
    ]


def test_nobody_mentors_themselves() -> None:
    wish = Wish((), "", "", "", DAY, email="Beth@example.org")
    (found,) = suggest(wish, [candidate(email="beth@example.org")])
    assert [reason.why for reason in found.blocked_by] == [Why.ONESELF]


def test_a_former_member_mentors_until_the_last_day_and_not_the_day_after() -> None:
    """P8."""
    out, until = date(2027, 5, 6), date(2028, 5, 6)
    assert may_mentor_on(date(2027, 5, 5), out, None)
    assert not may_mentor_on(date(2027, 5, 6), out, None)
    assert may_mentor_on(until, out, until)
    assert not may_mentor_on(date(2028, 5, 7), out, until)


@given(st.permutations([candidate(f"MEN-{n}", pairs=n % 2) for n in range(5)]))
def test_the_order_they_come_in_makes_no_difference(people: list[Candidate]) -> None:
    assert [each.candidate for each in suggest(WISH, people)] == ["MEN-0", "MEN-2", "MEN-4", "MEN-1", "MEN-3"]


def retired(**more: object) -> Candidate:
    return candidate(out_on=date(2026, 5, 7), until=date(2027, 5, 7), **more)


def asking(elected_on: date | None, months: int = 12) -> Wish:
    return Wish((), "", "", "", DAY, elected_on=elected_on, new_months=months)


def test_a_member_who_has_left_mentors_new_members_only() -> None:
    """P8: new until a year after the first election, its day included; who is in office mentors anybody."""
    assert not next(blocks(asking(DAY), retired()), None)
    assert not next(blocks(asking(date(2025, 10, 7)), retired()), None)
    (reason,) = blocks(asking(date(2025, 10, 6)), retired())
    assert reason.why is Why.NEW_ONLY
    assert "first elected on 6 October 2025" in str(reason.words)
    assert not next(blocks(asking(date(2017, 5, 4)), candidate()), None)


def test_whoever_has_left_is_not_matched_before_it_is_known_whether_the_member_is_new() -> None:
    """P8."""
    (reason,) = blocks(asking(None), retired())
    assert reason.why is Why.NEW_ONLY
    assert "note first when this member was first elected" in str(reason.words)


def test_a_programme_without_that_rule_asks_nobody_when_they_were_elected() -> None:
    assert not next(blocks(asking(None, months=0), retired()), None)


def test_whose_time_is_over_is_told_that_alone() -> None:
    late = Wish((), "", "", "", date(2027, 5, 8), elected_on=None, new_months=12)
    assert [each.why for each in blocks(late, retired())] == [Why.OUT_OF_OFFICE]
