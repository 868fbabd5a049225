"""The conditions of payment (S11, S2, S5, S8): each alone, their edges, and against a slow second reading."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rules.conditions import (
    Agreed,
    Condition,
    Line,
    Mentor,
    Relationship,
    State,
    Verdict,
    clears,
    hours_left,
    judge,
    strictest,
    totals,
)
from services.rules.spans import Span

START, END = date(2026, 7, 1), date(2026, 12, 18)
DAY = date(2026, 7, 10)
SIAN = Mentor("MEN-SIAN", date(2026, 1, 31), cover=(Span(None, date(2027, 6, 27)),))
GWYN = replace(SIAN, id="MEN-GWYN")
HALL = Agreed("ASG-HALL", "MEN-SIAN", date(2026, 6, 20), START, END, Decimal(35))
FORUM = Agreed("ASG-FORUM", "MEN-SIAN", date(2026, 1, 31), None, None, Decimal(14))
LINE = Line("TIM-1", "MEN-SIAN", "ASG-HALL", DAY, Decimal(3), chargeable=True, record_in=True, approved=True)
PAYABLE = Verdict(State.PAYABLE)


def held(*conditions):
    return Verdict(State.HELD, conditions)


def one(line=LINE, agreed=HALL, mentor=SIAN):
    """The verdict on one line, its assignment and its mentor."""
    return judge([line], {agreed.id: agreed, FORUM.id: FORUM}, {mentor.id: mentor, GWYN.id: GWYN})[line.id]


def test_an_hour_that_meets_every_condition_is_payable():
    assert one() == PAYABLE


def test_another_mentors_hour_on_the_assignment_is_held():
    """S11: carried out by the named Peer Mentor."""
    assert one(replace(LINE, mentor="MEN-GWYN")) == held(Condition.NAMED_MENTOR)


@pytest.mark.parametrize(
    ("changes", "held_too"),
    [
        ({"approved_on": None}, True),
        ({"approved_on": DAY + timedelta(1)}, True),
        ({"approved_on": DAY}, False),
        ({"starts_on": DAY + timedelta(1)}, True),
        ({"starts_on": DAY}, False),
        ({"ends_on": DAY - timedelta(1)}, True),
        ({"ends_on": DAY}, False),
        ({"starts_on": None, "ends_on": None}, False),
    ],
)
def test_the_assignment_is_approved_on_that_day(changes, held_too):
    expected = held(Condition.ASSIGNMENT_APPROVED) if held_too else PAYABLE
    assert one(agreed=replace(HALL, **changes)) == expected


@pytest.mark.parametrize("assignment", ["", "ASG-NONE"])
def test_a_line_without_assignment_waits_for_one_only(assignment):
    assert one(replace(LINE, assignment=assignment)) == held(Condition.ASSIGNMENT_APPROVED)


@pytest.mark.parametrize(
    ("relationship", "verdict"),
    [
        ("none", PAYABLE),
        ("declared", held(Condition.RELATIONSHIP)),
        ("may proceed", PAYABLE),
        ("may not", Verdict(State.REFUSED)),
        ("", held(Condition.RELATIONSHIP)),
    ],
)
def test_a_declared_relationship_holds_until_it_may_proceed_and_may_not_refuses(relationship, verdict):
    """S5; whatever is not clearly cleared holds."""
    assert one(agreed=replace(HALL, relationship=relationship)) == verdict


@pytest.mark.parametrize(
    ("changes", "ok"),
    [
        ({"approved_on": None}, False),
        ({"approved_on": DAY + timedelta(1)}, False),
        ({"approved_on": DAY}, True),
        ({"left_on": DAY}, True),
        ({"left_on": DAY - timedelta(1)}, False),
    ],
)
def test_the_mentor_is_approved_in_the_pool_on_that_day(changes, ok):
    assert one(mentor=replace(SIAN, **changes)) == (PAYABLE if ok else held(Condition.MENTOR_APPROVED))


def test_an_unknown_mentor_is_neither_approved_nor_insured():
    line = replace(LINE, mentor="MEN-WHO")
    expected = held(Condition.NAMED_MENTOR, Condition.MENTOR_APPROVED, Condition.INSURANCE)
    assert judge([line], {HALL.id: HALL}, {})["TIM-1"] == expected


@pytest.mark.parametrize(
    ("cover", "ok"),
    [
        ([], False),
        ([(None, DAY)], True),
        ([(None, DAY - timedelta(1))], False),
        ([(DAY, END)], True),
        ([(DAY + timedelta(1), END)], False),
        ([(None, DAY - timedelta(1)), (DAY + timedelta(1), END)], False),
    ],
)
def test_work_in_an_insurance_gap_is_held(cover, ok):
    """S2: the last day of a policy is covered, the day after is not."""
    mentor = replace(SIAN, cover=tuple(Span(*each) for each in cover))
    assert one(mentor=mentor) == (PAYABLE if ok else held(Condition.INSURANCE))


def test_the_manager_may_record_why_an_uninsured_day_is_paid():
    """S2: for the days recorded, and no others."""
    mentor = replace(SIAN, cover=(), waived=(Span(DAY, DAY),))
    assert one(mentor=mentor) == PAYABLE
    assert one(replace(LINE, on=DAY + timedelta(1)), mentor=mentor) == held(Condition.INSURANCE)


def test_no_activity_record_holds():
    assert one(replace(LINE, record_in=False)) == held(Condition.ACTIVITY_RECORD)


def test_claim_not_approved_is_listed_only_where_nothing_else_holds():
    """S11."""
    unapproved = replace(LINE, approved=False)
    assert one(unapproved) == held(Condition.CLAIM_APPROVED)
    assert one(replace(unapproved, record_in=False)) == held(Condition.ACTIVITY_RECORD)


def test_unpaid_hours_are_neither_payable_nor_held():
    """S11, even where everything else is wrong with them."""
    unpaid = replace(LINE, chargeable=False, record_in=False, approved=False, assignment="", mentor="MEN-WHO")
    assert one(unpaid) == Verdict(State.UNPAID)


def test_programme_activity_needs_its_allowance_but_no_record_and_no_relationship():
    """S8: the allowance stands in for assignment and Activity Record; insurance and claim are still asked."""
    line = replace(LINE, assignment="ASG-FORUM", record_in=False, allowance=True)
    assert one(line) == PAYABLE
    assert one(line, mentor=replace(SIAN, cover=())) == held(Condition.INSURANCE)
    assert one(replace(line, approved=False)) == held(Condition.CLAIM_APPROVED)
    assert one(replace(line, assignment="")) == held(Condition.ASSIGNMENT_APPROVED)
    assert one(replace(line, hours=Decimal("14.25"))) == held(Condition.DAYS_AGREED)
    assert one(replace(line, mentor="MEN-GWYN")) == held(Condition.NAMED_MENTOR)


def worked(*hours, **changes):
    """Lines on following days, numbered from TIM-1."""
    days = enumerate(hours, start=1)
    return [replace(LINE, id=f"TIM-{n}", on=DAY + timedelta(n), hours=Decimal(h), **changes) for n, h in days]


def states(lines, agreed=HALL):
    verdicts = judge(lines, {agreed.id: agreed}, {SIAN.id: SIAN, GWYN.id: GWYN})
    return [verdicts[line.id].held_by or verdicts[line.id].state for line in lines]


OVER = (Condition.DAYS_AGREED,)


def test_days_agreed_are_used_up_to_the_last_quarter_hour():
    assert states(worked(7, 7, 7, 7, 7)) == ["payable"] * 5
    assert states(worked(7, 7, 7, 7, 7, "0.25")) == ["payable"] * 5 + [OVER]
    assert states(worked(7, 7, 7, 7, "7.25")) == ["payable"] * 4 + [OVER]


def test_a_line_that_does_not_fit_whole_is_held_whole_and_so_is_a_later_smaller_one():
    """S11, literally: every chargeable hour in date order uses days up, held or not."""
    assert states(worked(30, 6, 1)) == ["payable", OVER, OVER]


def test_held_hours_use_up_days():
    lines = worked(30, 6)
    lines[0] = replace(lines[0], record_in=False)
    assert states(lines) == [(Condition.ACTIVITY_RECORD,), OVER]


def test_unpaid_hours_and_other_mentors_hours_use_up_no_days():
    lines = worked(30, 30, 5)
    unpaid, others = replace(lines[0], chargeable=False), replace(lines[1], mentor="MEN-GWYN")
    assert states([unpaid, others, lines[2]]) == ["unpaid", (Condition.NAMED_MENTOR,), "payable"]


def test_the_date_decides_who_comes_first_and_then_the_order_of_entry():
    early, late = worked(20, 20)
    assert states([late, early]) == [OVER, "payable"]
    first, second = (
        replace(late, id="TIM-9", entered=1, on=DAY),
        replace(early, id="TIM-1", entered=2, on=DAY),
    )
    assert states([second, first]) == [OVER, "payable"]


def test_a_variation_that_adds_days_frees_what_was_held():
    """S6, S11."""
    assert states(worked(30, 6, 1), replace(HALL, hours=Decimal(42))) == ["payable"] * 3


def test_an_hour_is_listed_under_every_condition_that_holds_it_and_once_in_the_total():
    """S11."""
    line = replace(LINE, record_in=False, on=date(2025, 1, 1), hours=Decimal(36))
    mentor = replace(SIAN, cover=())
    agreed = replace(HALL, relationship=Relationship.DECLARED)
    verdicts = judge([line], {HALL.id: agreed}, {SIAN.id: mentor})
    assert verdicts["TIM-1"].held_by == (
        Condition.ASSIGNMENT_APPROVED,
        Condition.RELATIONSHIP,
        Condition.MENTOR_APPROVED,
        Condition.INSURANCE,
        Condition.ACTIVITY_RECORD,
        Condition.DAYS_AGREED,
    )
    summed = totals([line], verdicts)
    assert summed.by_state[State.HELD] == Decimal(36) == sum(summed.by_state.values())
    assert (
        summed.by_condition[Condition.INSURANCE] == Decimal(36) == summed.by_condition[Condition.DAYS_AGREED]
    )
    assert summed.by_condition[Condition.NAMED_MENTOR] == 0


def test_hours_left_is_what_the_named_mentor_has_not_used():
    """X13: "3.5 of 5 days left"; below nought when over."""
    lines = [
        *worked(7, "3.5"),
        replace(LINE, id="U", chargeable=False),
        replace(LINE, id="O", mentor="MEN-GWYN"),
    ]
    lines += [replace(LINE, id="E", assignment="ASG-FORUM")]
    assert hours_left(HALL, lines) == Decimal("24.5")
    assert hours_left(HALL, worked(40)) == Decimal(-5)


def test_every_condition_says_who_clears_it_and_how():
    """S11: the invoice page shows which condition holds back which hour and who can clear it."""
    for condition in Condition:
        clearing = clears(condition)
        assert clearing.label
        assert clearing.deed
        assert set(clearing.roles) <= {"programme manager", "facilitator", "mentor", "administrator"}
        assert clearing.roles
    assert clears(Condition.ACTIVITY_RECORD).roles == ("mentor",)
    assert clears(Condition.RELATIONSHIP).roles == ("programme manager", "facilitator")


@pytest.mark.parametrize(
    ("declared", "standing"),
    [
        ([], "none"),
        (["none", "may proceed"], "may proceed"),
        (["may proceed", "declared"], "declared"),
        (["declared", "may not", "may proceed"], "may not"),
    ],
)
def test_the_strictest_declaration_of_mentor_and_host_counts(declared, standing):
    assert strictest(map(Relationship, declared)) == standing


# Random worlds: three mentors, three assignments, two weeks, so that everything collides.

days = st.integers(0, 13).map(lambda n: DAY + timedelta(n))
maybe_day = st.none() | days
quarters = st.integers(1, 48).map(lambda n: Decimal(n) / 4)
mentor_ids = st.sampled_from(["M1", "M2", "M3"])
spans = st.lists(st.builds(Span, maybe_day, days), max_size=2).map(tuple)
a_line = st.builds(
    Line,
    id=st.just(""),
    mentor=mentor_ids,
    assignment=st.sampled_from(["A1", "A2", "A3", ""]),
    on=days,
    hours=quarters,
    chargeable=st.sampled_from([True, True, True, False]),
    record_in=st.booleans(),
    approved=st.booleans(),
    entered=st.integers(0, 3),
    allowance=st.sampled_from([False, False, True]),
)
some_lines = st.lists(a_line, max_size=14).map(
    lambda ls: [replace(li, id=f"T{n}") for n, li in enumerate(ls)]
)
an_agreed = st.builds(
    Agreed,
    id=st.just(""),
    mentor=mentor_ids,
    approved_on=maybe_day,
    starts_on=maybe_day,
    ends_on=maybe_day,
    hours=st.integers(0, 160).map(lambda n: Decimal(n) / 4),
    relationship=st.sampled_from(Relationship),
)
a_mentor = st.builds(
    Mentor, id=st.just(""), approved_on=maybe_day, left_on=maybe_day, cover=spans, waived=spans
)
agreements = st.fixed_dictionaries({k: an_agreed.map(lambda a, k=k: replace(a, id=k)) for k in ("A1", "A2")})
pools = st.fixed_dictionaries({k: a_mentor.map(lambda m, k=k: replace(m, id=k)) for k in ("M1", "M2")})


def slow_holds(line, lines, agreed, mentors):
    """S11 read again, sentence by sentence, with no regard for speed."""
    a, m = agreed.get(line.assignment), mentors.get(line.mentor)
    if a is not None and line.mentor != a.mentor:
        yield "named mentor"
    approved = a is not None and a.approved_on is not None and a.approved_on <= line.on
    if not (approved and (a.starts_on or line.on) <= line.on <= (a.ends_on or line.on)):
        yield "assignment approved"
    if a is not None and not line.allowance and a.relationship == "declared":
        yield "relationship"
    if not (m and m.approved_on and m.approved_on <= line.on <= (m.left_on or line.on)):
        yield "mentor approved"
    if not m or not any((s.starts_on or line.on) <= line.on <= s.ends_on for s in m.cover + m.waived):
        yield "insurance"
    if not line.allowance and not line.record_in:
        yield "activity record"
    if a is not None and line.mentor == a.mentor:
        place = (line.on, line.entered, line.id)
        mine = [o for o in lines if o.assignment == a.id and o.mentor == a.mentor and o.chargeable]
        if sum(o.hours for o in mine if (o.on, o.entered, o.id) <= place) > a.hours:
            yield "days agreed"


def slow_judge(lines, agreed, mentors):
    found = {}
    for line in lines:
        a = agreed.get(line.assignment)
        reasons = tuple(slow_holds(line, lines, agreed, mentors))
        if not line.chargeable:
            found[line.id] = ("unpaid", ())
        elif a is not None and a.relationship == "may not" and not line.allowance:
            found[line.id] = ("refused", ())
        elif reasons:
            found[line.id] = ("held", reasons)
        else:
            found[line.id] = ("payable", ()) if line.approved else ("held", ("claim approved",))
    return found


@settings(max_examples=300, deadline=None)
@given(some_lines, agreements, pools)
def test_judge_agrees_with_a_slow_second_reading(lines, agreed, mentors):
    verdicts = judge(lines, agreed, mentors)
    assert {key: (v.state, v.held_by) for key, v in verdicts.items()} == slow_judge(lines, agreed, mentors)


@settings(deadline=None)
@given(some_lines, agreements, pools, st.randoms())
def test_the_order_of_lines_makes_no_difference(lines, agreed, mentors, random):
    shuffled = list(lines)
    random.shuffle(shuffled)
    assert judge(shuffled, agreed, mentors) == judge(lines, agreed, mentors)


@settings(deadline=None)
@given(some_lines, agreements, pools)
def test_every_hour_is_in_exactly_one_state_and_held_ones_have_a_reason(lines, agreed, mentors):
    verdicts = judge(lines, agreed, mentors)
    assert sum(totals(lines, verdicts).by_state.values()) == sum(line.hours for line in lines)
    assert all(bool(v.held_by) == (v.state == State.HELD) for v in verdicts.values())


def payable_hours(lines, agreed, mentors):
    return totals(lines, judge(lines, agreed, mentors)).by_state[State.PAYABLE]


@settings(deadline=None)
@given(some_lines, agreements, pools)
def test_payable_never_exceeds_the_days_agreed(lines, agreed, mentors):
    verdicts = judge(lines, agreed, mentors)
    for key, each in agreed.items():
        mine = [line for line in lines if line.assignment == key]
        assert totals(mine, verdicts).by_state[State.PAYABLE] <= each.hours


EASINGS = {
    "activity record": lambda ls, ag, ms: ([replace(x, record_in=True) for x in ls], ag, ms),
    "claim approved": lambda ls, ag, ms: ([replace(x, approved=True) for x in ls], ag, ms),
    "days agreed": lambda ls, ag, ms: (ls, {k: replace(a, hours=a.hours + 7) for k, a in ag.items()}, ms),
    "relationship": lambda ls, ag, ms: (
        ls,
        {k: replace(a, relationship="may proceed") for k, a in ag.items()},
        ms,
    ),
    "assignment approved": lambda ls, ag, ms: (
        ls,
        {k: replace(a, approved_on=DAY, starts_on=None, ends_on=None) for k, a in ag.items()},
        ms,
    ),
    "mentor approved": lambda ls, ag, ms: (
        ls,
        ag,
        {k: replace(m, approved_on=DAY, left_on=None) for k, m in ms.items()},
    ),
    "insurance": lambda ls, ag, ms: (
        ls,
        ag,
        {k: replace(m, waived=(Span(None, None),)) for k, m in ms.items()},
    ),
}


@pytest.mark.parametrize("cleared", EASINGS)
@settings(max_examples=60, deadline=None)
@given(some_lines, agreements, pools)
def test_clearing_a_condition_never_reduces_what_is_payable(cleared, lines, agreed, mentors):
    eased = EASINGS[cleared](lines, agreed, mentors)
    assert payable_hours(*eased) >= payable_hours(lines, agreed, mentors)


def many_lines(count):
    def each(n):
        return replace(LINE, id=f"T{n}", assignment=f"A{n % 500}", on=START + timedelta(n % 900), entered=n)

    return [each(n) for n in range(count)]


def test_a_hundred_thousand_lines_take_no_longer_than_a_page_can_wait():
    """Half a second when quiet; the bound leaves room for a busy machine and none for a quadratic."""
    lines = many_lines(100_000)
    agreed = {f"A{n}": replace(HALL, id=f"A{n}", hours=Decimal(500)) for n in range(500)}
    began = perf_counter()
    verdicts = judge(lines, agreed, {SIAN.id: SIAN})
    assert perf_counter() - began < 3
    assert len(verdicts) == len(lines)
