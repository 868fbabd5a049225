"""Logging a referral, booking and holding the initial meeting (D1, D2, D3, D6)."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from schemas.cases import Cases
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from services import cases, numbers, records, referrals, support
from services.context import Actor
from services.workbook import Workbook
from tests.cast import op
from tests.dwp import (
    ANDY,
    CASE_ID,
    COLIN,
    DEE,
    ELSA,
    FERN,
    MENTEE_ID,
    NORA,
    OMAR,
    OTHER_MENTEE_ID,
    as_,
    new_workbook,
    put,
    row_of,
)
from tests.services.casework import (
    BY_JOBCENTRE,
    BY_THIRD_PARTY,
    CUSTOMER,
    MEETING,
    met,
    nothing_written,
    referred,
    started,
)

WEDNESDAY = {"booked_on": date(2024, 6, 19), "booked_at": time(10), "booked_place": "Jobcentre Plus office"}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


def test_a_referral_makes_person_and_case_and_counts_the_number_up(workbook: Workbook) -> None:
    """D1: the file's C0002 is the highest so far."""
    case = referred(as_(COLIN, workbook))
    mentee = row_of(workbook, Mentees, case["mentee"])
    assert (case["number"], case["mentor"], cases.stage(case)) == ("C0003", None, cases.Stage.TO_MEET)
    assert (mentee["name"], mentee["area"], mentee["status"]) == ("Kit Marsh", "9", "active")
    assert referred(as_(COLIN, workbook), {"name": "Another"}, number="X7")["number"] == "X7"


@pytest.mark.parametrize(
    ("taken", "following"),
    [
        ([], "C0001"),
        (["C0180", "C0009", "X99999", "c181"], "C0182"),
        (["C10000", ""], "C10001"),
        (["REF12"], "C0001"),
    ],
)
def test_numbers_count_up_from_the_highest_of_their_form(taken: list[str], following: str) -> None:
    assert numbers.next_number(taken, "C{count:04}") == following


def test_a_number_that_another_case_has_is_refused(workbook: Workbook) -> None:
    with nothing_written(workbook, InvalidEntry, "another case's already"):
        referred(as_(COLIN, workbook), number="c0001")


def test_a_second_open_referral_of_the_same_person_is_refused(workbook: Workbook) -> None:
    """Whatever the capitals and spaces; another date of birth is another person."""
    rowan = {"name": "rowan  PIKE", "date_of_birth": date(1990, 4, 2)}
    with nothing_written(workbook, NotYet, "open case already: C0001"):
        referred(as_(COLIN, workbook), rowan)
    with nothing_written(workbook, NotYet, "C0001"):
        referred(as_(COLIN, workbook), {**rowan, "date_of_birth": None, "phone": "07700 900 123"})
    assert referred(as_(COLIN, workbook), {**rowan, "date_of_birth": date(1991, 4, 2)})["mentee"] != MENTEE_ID


def test_somebody_whose_case_is_over_comes_again_as_the_same_person(workbook: Workbook) -> None:
    ctx = as_(COLIN, workbook)
    referrals.close(ctx, op(), row_of(workbook, Cases, CASE_ID), "not reached", "Three calls and a letter")
    again = referred(ctx, {"name": "Rowan Pike", "date_of_birth": date(1990, 4, 2), "phone": "07700 900999"})
    assert again["mentee"] == MENTEE_ID
    assert row_of(workbook, Mentees, MENTEE_ID)["phone"] == "07700 900999"


def test_a_mentor_logs_their_own_referral_and_learns_nothing_of_others(workbook: Workbook) -> None:
    """2.8, RM46: the third party rings the mentor; a person who is another mentor's is not told."""
    case = referred(as_(DEE, workbook), {"name": "Lee Coe"}, **BY_THIRD_PARTY, mentor=OMAR.mentor)
    assert case["mentor"] == DEE.mentor
    assert cases.card(as_(DEE, workbook), case.id).mentee_name == "Lee Coe"
    sasha = {"name": "Sasha Vale", "date_of_birth": date(1984, 11, 30)}
    with nothing_written(workbook, NotYet, "can't be logged from here. Ask your co-ordinator"):
        referred(as_(DEE, workbook), sasha)


def test_somebody_who_withdrew_consent_is_known_to_the_co_ordinator_alone(workbook: Workbook) -> None:
    """D3, RM52."""
    support.withdraw(as_(OMAR, workbook), op(), OTHER_MENTEE_ID, date(2024, 6, 12))
    sasha = {"name": "Sasha Vale", "date_of_birth": date(1984, 11, 30)}
    with nothing_written(workbook, NotYet, "withdrew their consent"):
        referred(as_(COLIN, workbook), sasha)
    with nothing_written(workbook, NotYet, "can't be logged from here"):
        referred(as_(NORA, workbook), sasha)


@pytest.mark.parametrize(
    ("who", "came", "words"),
    [
        ({"name": " "}, {}, "Name is needed"),
        ({}, {"received_on": None}, "Referred on is needed"),
        ({}, {"received_on": date(2024, 6, 13)}, "can't be in the future"),
        ({}, {"route": "Pigeon"}, "is not one of the contract's routes"),
        ({}, {"area": "12"}, "is not one of the contract's"),
        ({}, {"office": "Everton"}, "is not an office of area 9"),
        ({}, {"route": "Third party"}, "Permission recorded on is needed"),
        ({"date_of_birth": date(2024, 6, 11)}, {}, "must lie before the referral"),
    ],
)
def test_a_wrong_referral_is_refused_in_plain_words(
    workbook: Workbook, who: dict[str, Any], came: dict[str, Any], words: str
) -> None:
    with nothing_written(workbook, InvalidEntry, words):
        referrals.refer(as_(COLIN, workbook), op(), {**CUSTOMER, **who}, {**BY_JOBCENTRE, **came})


@pytest.mark.parametrize("actor", [FERN, ELSA, ANDY])
def test_nobody_else_logs_or_sees_a_referral(workbook: Workbook, actor: Actor) -> None:
    with nothing_written(workbook, NotAllowed):
        referred(as_(actor, workbook))
    with pytest.raises(NotAllowed):
        cases.listed(as_(actor, workbook))


def test_an_untrained_mentor_is_given_no_referral(workbook: Workbook) -> None:
    """D29."""
    put(workbook, Mentors, "MEN-NEWNEW", name="Ned New", status="approved", recruited_on=date(2024, 1, 1))
    with nothing_written(workbook, NotYet, "can't be given a mentee yet"):
        referred(as_(COLIN, workbook), mentor="MEN-NEWNEW")


# --- booking --------------------------------------------------------------------------------------


def test_a_meeting_is_booked_at_the_routes_own_place(workbook: Workbook) -> None:
    referrals.book(as_(DEE, workbook), op(), row_of(workbook, Cases, CASE_ID), WEDNESDAY)
    assert row_of(workbook, Cases, CASE_ID)["booked_at"] == time(10)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"booked_at": time(18)}, "must lie between 09:00 and 17:00"),
        ({"booked_at": time(17)}, "must lie between"),
        ({"booked_on": date(2024, 8, 26)}, "shut at weekends and on bank holidays"),
        ({"booked_on": date(2024, 6, 22)}, "shut at weekends"),
        ({"booked_on": date(2024, 6, 2)}, "can't be before the referral"),
        ({"booked_at": None}, "Time is needed"),
        ({"booked_place": "Our premises"}, "Why elsewhere is needed"),
    ],
)
def test_a_meeting_when_the_office_is_shut_or_elsewhere_without_a_reason_is_refused(
    workbook: Workbook, wrong: dict[str, Any], words: str
) -> None:
    """D6; 26 August 2024 is a bank holiday in Wales and no day of it is in Scotland."""
    with nothing_written(workbook, InvalidEntry, words):
        referrals.book(as_(DEE, workbook), op(), row_of(workbook, Cases, CASE_ID), {**WEDNESDAY, **wrong})


def test_the_bank_holidays_are_those_of_the_areas_nation(workbook: Workbook) -> None:
    scots = referred(as_(COLIN, workbook), area="8", office="Partick")
    referrals.book(as_(COLIN, workbook), op(), scots, {**WEDNESDAY, "booked_on": date(2024, 8, 26)})
    with nothing_written(workbook, InvalidEntry, "5 August 2024"):
        referrals.book(as_(COLIN, workbook), op(), scots, {**WEDNESDAY, "booked_on": date(2024, 8, 5)})


def test_elsewhere_needs_a_reason_and_has_no_office_hours(workbook: Workbook) -> None:
    there = {
        **WEDNESDAY,
        "booked_at": time(18),
        "booked_place": "Our premises",
        "place_reason": "Cannot enter the office",
    }
    referrals.book(as_(DEE, workbook), op(), row_of(workbook, Cases, CASE_ID), there)
    assert row_of(workbook, Cases, CASE_ID)["place_reason"]
    third = referred(
        as_(COLIN, workbook), BY_THIRD_PARTY and {"name": "T. Party"}, **BY_THIRD_PARTY, office=None
    )
    with nothing_written(workbook, InvalidEntry, "must lie between"):
        at_office = {**WEDNESDAY, "booked_at": time(18), "place_reason": "Nearer"}
        referrals.book(as_(COLIN, workbook), op(), third, at_office)


def test_another_mentor_books_nothing(workbook: Workbook) -> None:
    with nothing_written(workbook, NotAllowed):
        referrals.book(as_(OMAR, workbook), op(), row_of(workbook, Cases, CASE_ID), WEDNESDAY)


# --- the initial meeting --------------------------------------------------------------------------


def test_a_willing_customer_goes_on_and_is_found_eligible_by_the_rule(workbook: Workbook) -> None:
    case = met(as_(DEE, workbook), row_of(workbook, Cases, CASE_ID))
    assert (case["is_eligible"], case["outcome"], cases.stage(case)) == (True, None, cases.Stage.TO_START)


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"told_data": False}, InvalidEntry, "what data goes where must be yes"),
        ({"told_voluntary": None}, InvalidEntry, "must be yes"),
        ({"has_dependency": None}, InvalidEntry, "Dependency is a barrier to sustained work is needed"),
        ({"benefit": "None"}, InvalidEntry, "Unemployed is needed"),
        ({"benefit": "Another benefit"}, InvalidEntry, "Benefit needs its name"),
        ({"lives_in_area": False}, NotYet, "Does not live in an area of the contract"),
        ({"met_on": date(2024, 6, 13)}, InvalidEntry, "can't be in the future"),
        ({"met_on": date(2024, 6, 2)}, InvalidEntry, "can't be before the referral"),
        ({"met_on": date(2024, 6, 8)}, InvalidEntry, "shut at weekends"),
        ({"met_on": None}, InvalidEntry, "Initial meeting held on is needed"),
        ({"outcome": "unwilling"}, InvalidEntry, "Reason is needed"),
        ({"outcome": "started", "outcome_reason": "x"}, InvalidEntry, "is set by the start itself"),
    ],
)
def test_a_meeting_that_does_not_hold_together_is_refused(
    workbook: Workbook, wrong: dict[str, Any], error: type[Exception], words: str
) -> None:
    with nothing_written(workbook, error, words):
        met(as_(DEE, workbook), row_of(workbook, Cases, CASE_ID), **wrong)


def test_somebody_under_18_is_not_eligible_and_the_reason_is_told(workbook: Workbook) -> None:
    """D2."""
    ctx = as_(COLIN, workbook)
    young = referred(ctx, {"name": "Young One", "date_of_birth": date(2006, 6, 12)})
    with nothing_written(workbook, NotYet, "Under 18 on 11 June 2024: 17 years old."):
        met(ctx, young)
    case = met(ctx, young, outcome="not eligible", outcome_reason="17 until tomorrow")
    assert (case["is_eligible"], cases.stage(case)) == (False, cases.Stage.NOT_STARTED)
    assert met(ctx, case, met_on=date(2024, 6, 12), outcome=None)["is_eligible"] is True


def test_consent_rests_on_the_statement_that_was_read(workbook: Workbook) -> None:
    """D3; 2.28."""
    ctx = as_(COLIN, workbook)
    case = referred(ctx, {"name": "No Customer", "is_customer": None}, **BY_THIRD_PARTY, office=None)
    ours = {"booked_place": "Our premises"}
    with nothing_written(workbook, InvalidEntry, "Customer of the department is needed"):
        met(ctx, case, **ours)
    said_yes = {"is_customer": False, "consent_on": date(2024, 6, 11)}
    with nothing_written(workbook, InvalidEntry, "Oral statement read must be yes"):
        met(ctx, case, said_yes, **ours)
    met(ctx, case, {**said_yes, "statement_read": True}, **ours)
    assert row_of(workbook, Mentees, case["mentee"])["consent_on"] == date(2024, 6, 11)


def test_a_referral_that_comes_to_nothing_keeps_its_reason(workbook: Workbook) -> None:
    ctx, shown = as_(DEE, workbook), row_of(workbook, Cases, CASE_ID)
    with nothing_written(workbook, InvalidEntry, "Reason is needed"):
        referrals.close(ctx, op(), shown, "not reached", "")
    referrals.close(ctx, op(), shown, "not reached", "Three calls and a letter")
    case = row_of(workbook, Cases, CASE_ID)
    assert (cases.stage(case), case["outcome_reason"]) == (
        cases.Stage.NOT_STARTED,
        "Three calls and a letter",
    )


def test_after_the_start_the_meeting_stands(workbook: Workbook) -> None:
    ctx = as_(DEE, workbook)
    case = started(ctx, met(ctx, row_of(workbook, Cases, CASE_ID)))
    for verb in (
        lambda: met(ctx, case),
        lambda: referrals.close(ctx, op(), case, "unwilling", "x"),
        lambda: referrals.book(ctx, op(), case, WEDNESDAY),
    ):
        with nothing_written(workbook, NotYet, "They started on 12 June 2024"):
            verb()


def test_an_imported_answer_that_differs_from_the_rule_is_kept_and_warned_of(workbook: Workbook) -> None:
    """D2: the card says it; nothing is changed."""
    put(
        workbook, Cases, "CAS-IMPORT", number="C0100", mentee=MENTEE_ID, area="9", received_on=date(2024, 6, 4),
        route="Jobcentre Plus", has_dependency=True, lives_in_area=False, benefit="JSA", is_eligible=True,
    )  # fmt: skip
    card = cases.card(as_(COLIN, workbook), "CAS-IMPORT")
    assert [str(words) for words in card.warnings] == [
        "Recorded as eligible. By the rule and the answers recorded, they are not."
    ]
    assert records.view(as_(COLIN, workbook)).get(Cases, "CAS-IMPORT")["is_eligible"] is True


def test_only_a_forms_own_fields_are_taken(workbook: Workbook) -> None:
    ctx, shown = as_(DEE, workbook), row_of(workbook, Cases, CASE_ID)
    with nothing_written(workbook, NotAllowed):
        referrals.meet(ctx, op(), shown, {**MEETING, "started_on": date(2024, 6, 11)})
    with nothing_written(workbook, NotAllowed):
        referrals.meet(ctx, op(), shown, MEETING, {"name": "Somebody else"})
