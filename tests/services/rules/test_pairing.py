"""Who suits a request, with reasons; the order never wavers (P3, P8, W1)."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.rules.pairing import Candidate, Why, Wish, may_mentor_on, suggest

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
