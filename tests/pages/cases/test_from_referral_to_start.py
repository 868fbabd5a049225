"""The list of cases and one case's page, from the referral to the start (D1 to D7, D21, D25, D27, RM43 to RM54)."""

from datetime import date, time
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from schemas.cases import Cases
from schemas.column import Register
from schemas.mentees import Mentees
from services import interviews, records, referrals, support
from services.context import Actor
from tests.cast import op
from tests.desk import Desk, all_words
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
    OTHER_CASE_ID,
    OTHER_MENTEE_ID,
    TODAY,
    as_,
    row_of,
)
from tests.services.casework import met, started

LIST, PAGE = "pages/cases/cases.py", "pages/cases/case.py"


def press(test: AppTest, label: str) -> AppTest:
    button = next(each for each in test.button if each.label == label)
    button.click().run()
    assert not test.exception, test.exception
    return test


def fill(test: AppTest, **values: Any) -> AppTest:
    """Fill fields of the drawer that is open, by their column's name."""
    for name, value in values.items():
        kinds = (
            test.text_input,
            test.text_area,
            test.selectbox,
            test.date_input,
            test.time_input,
            test.radio,
        )
        found = [each for kind in kinds for each in kind if str(each.key).endswith(f":{name}")]
        assert found, name
        found[-1].set_value(value)
    return test


def stopped(test: AppTest) -> str:
    """What stopped the last button, in the drawer that is open again."""
    return " ".join(str(each.proto) for each in test.error)


def case(desk: Desk, id_: str = CASE_ID) -> Any:
    return row_of(desk.workbook, Cases, id_)


def one(desk: Desk, register: type[Register], **equal: Any) -> Any:
    (row,) = [
        row
        for row in records.kept(as_(NORA, desk.workbook)).all(register)
        if all(row[name] == value for name, value in equal.items())
    ]
    return row


# --- the list -------------------------------------------------------------------------------------


def test_staff_see_every_case_the_latest_first_with_its_next_step(dwp_desk: Desk) -> None:
    test = dwp_desk.page(LIST, COLIN)
    assert not test.exception
    (frame,) = [each.value for each in test.dataframe]
    assert list(frame["mentee_name"]) == ["Sasha Vale", "Rowan Pike"]
    assert list(frame["next"])[1] == "Book the initial meeting"
    assert "Without a mentor" in all_words(test)


def test_a_mentor_sees_the_own_ones_as_cards_and_nothing_of_others(dwp_desk: Desk) -> None:
    """3.6, RM43, RM44, RM46."""
    test = dwp_desk.page(LIST, DEE)
    said = all_words(test)
    assert "Rowan Pike" in said and "Sasha" not in said and not test.dataframe
    assert [metric.value for metric in test.metric] == ["1", "0"]


@pytest.mark.parametrize("actor", [FERN, ELSA, ANDY], ids=lambda actor: actor.name)
@pytest.mark.parametrize("file", [LIST, PAGE])
def test_others_have_no_such_page(dwp_desk: Desk, actor: Actor, file: str) -> None:
    test = dwp_desk.page(file, actor, id=CASE_ID)
    assert "Rowan" not in all_words(test)
    assert any("not here, or not open to you" in str(error.proto) for error in test.error)


def test_a_mentor_logs_a_third_partys_referral_on_one_drawer(dwp_desk: Desk) -> None:
    test = press(dwp_desk.page(LIST, DEE), "Log a referral")
    press(fill(test, name="Lee Coe", route="Third party"), "Log a referral")
    fill(test, date_of_birth=date(1991, 1, 1), phone="07700 900777", is_customer=False)
    press(test, "Log the referral")
    assert "Permission recorded on is needed" in stopped(press(test, "Log a referral"))
    fill(test, permission_on=TODAY)
    press(test, "Log the referral")
    mentee = one(dwp_desk, Mentees, name="Lee Coe")
    made = one(dwp_desk, Cases, mentee=mentee.id)
    assert (made["number"], made["mentor"], made["area"]) == ("C0003", DEE.mentor, "9")


# --- the case -------------------------------------------------------------------------------------


def test_the_page_says_the_whole_journey_and_the_one_next_thing(dwp_desk: Desk) -> None:
    test = dwp_desk.page(PAGE, DEE, id=CASE_ID)
    said = all_words(test)
    assert not test.exception
    for words in (
        "Next: Book the initial meeting",
        "Initial meeting",
        "Mon 17 Jun 2024",
        "SMART plan",
        "0 of 8",
    ):
        assert words in said, words
    assert "six weeks" in said


@pytest.mark.parametrize("actor", [OMAR], ids=lambda actor: actor.name)
def test_another_mentors_case_is_not_there(dwp_desk: Desk, actor: Actor) -> None:
    test = dwp_desk.page(PAGE, actor, id=CASE_ID)
    assert "Rowan" not in all_words(test) and test.error


def test_a_meeting_at_six_in_the_evening_is_refused_and_nothing_is_lost(dwp_desk: Desk) -> None:
    test = press(dwp_desk.page(PAGE, DEE, id=CASE_ID), "Book the initial meeting")
    fill(test, booked_on=date(2024, 6, 14), booked_at=time(18))
    press(test, "Book it")
    assert "must lie between 09:00 and 17:00" in stopped(press(test, "Book the initial meeting"))
    fill(test, booked_at=time(16))
    press(test, "Book it")
    assert (case(dwp_desk)["booked_on"], case(dwp_desk)["booked_at"]) == (date(2024, 6, 14), time(16))


def test_the_meeting_is_recorded_on_one_form_with_the_rules_own_word(dwp_desk: Desk) -> None:
    test = press(dwp_desk.page(PAGE, DEE, id=CASE_ID), "Record the initial meeting")
    fill(
        test,
        told_voluntary=True,
        told_data=True,
        told_complaints=True,
        has_dependency=True,
        lives_in_area=True,
    )
    press(fill(test, benefit="Another benefit"), "Record the initial meeting")
    assert "By these answers they are eligible." in str([each.proto for each in test.success])
    (other,) = [each for each in test.text_input if str(each.key).endswith(":benefit")]
    other.set_value("Carer's Allowance")
    press(test, "Record the meeting")
    row = case(dwp_desk)
    assert (row["met_on"], row["is_eligible"], row["benefit"]) == (TODAY, True, "Carer's Allowance")


def test_the_statement_is_on_the_form_of_who_is_no_customer(dwp_desk: Desk) -> None:
    ctx = as_(COLIN, dwp_desk.workbook)
    came = {
        "received_on": TODAY,
        "route": "Third party",
        "area": "9",
        "permission_on": TODAY,
        "mentor": DEE.mentor,
    }
    referrals.refer(ctx, op(), {"name": "Lee Coe"}, came)
    id_ = one(dwp_desk, Cases, number="C0003").id
    test = press(dwp_desk.page(PAGE, DEE, id=id_), "Record the initial meeting")
    assert "Read this to them" not in all_words(test)
    press(fill(test, is_customer=False), "Record the initial meeting")
    assert "We would like to record your name" in all_words(test)
    fill(test, wants_welsh=True)


def test_the_interview_is_the_start_and_the_nino_is_dots_until_asked_for(dwp_desk: Desk) -> None:
    """RM47, RM48."""
    met(as_(DEE, dwp_desk.workbook), case(dwp_desk))
    test = press(dwp_desk.page(PAGE, DEE, id=CASE_ID), "Record the diagnostic interview")
    fill(test, aspirations="Cook", needs="A home", addiction="alcohol", treatment="in treatment")
    fill(test, employment="never worked", told_complaints=True, nino="JG103759A")
    (survey,) = [each for each in test.checkbox if str(each.key).endswith(":survey")]
    survey.set_value(True)
    press(test, "Record the start")
    assert case(dwp_desk)["started_on"] == TODAY and case(dwp_desk)["survey_on"] == TODAY
    test = dwp_desk.page(PAGE, DEE, id=CASE_ID)
    assert "59A" in all_words(test) and "JG103759A" not in all_words(test)
    press(test, "Show it")
    assert "JG103759A" in all_words(test)


def test_staff_allocate_from_those_who_may_take_it(dwp_desk: Desk) -> None:
    test = press(dwp_desk.page(PAGE, DEE, id=CASE_ID), "Pass this case on")
    assert case(dwp_desk)["mentor"] is None
    test = dwp_desk.page(PAGE, COLIN, id=CASE_ID)
    said = all_words(test)
    assert "Next: Find a mentor" in said and "Dee" not in said
    press(test, "Find a mentor")
    press(fill(test, mentor=OMAR.mentor), "Find a mentor")
    assert "would rather not take this case" in all_words(test)
    press(test, "Allocate")
    assert case(dwp_desk)["mentor"] == OMAR.mentor
    said = all_words(dwp_desk.page(PAGE, NORA, id=CASE_ID))  # who reads the history, too
    assert "→ Omar Keys" in said and "Declined" not in said and "Dee Flint →" not in said


def test_a_case_moves_with_its_plan_and_start(dwp_desk: Desk) -> None:
    """D25."""
    test = press(dwp_desk.page(PAGE, NORA, id=OTHER_CASE_ID), "Move to another area")
    press(fill(test, area="8"), "Move to another area")
    fill(test, office="Partick")
    press(test, "Move")
    row = case(dwp_desk, OTHER_CASE_ID)
    assert (row["area"], row["moved_from"], row["started_on"]) == ("8", "9", date(2024, 5, 14))


# --- consent --------------------------------------------------------------------------------------


def test_withdrawn_consent_leaves_a_name_and_an_appointment_to_who_supports(dwp_desk: Desk) -> None:
    """RM51, RM52."""
    test = press(dwp_desk.page(PAGE, OMAR, id=OTHER_CASE_ID), "Consent withdrawn")
    press(test, "Record the withdrawal")
    assert row_of(dwp_desk.workbook, Mentees, OTHER_MENTEE_ID)["consent_withdrawn_on"] == TODAY
    for actor, is_named in ((OMAR, True), (COLIN, True), (NORA, False), (DEE, False)):
        test = dwp_desk.page(LIST, actor)
        assert not test.exception
        assert ("Sasha Vale" in all_words(test)) is is_named, actor.name
        assert "Sasha" not in all_words(dwp_desk.page(PAGE, actor, id=OTHER_CASE_ID))
    test = press(dwp_desk.page(LIST, OMAR), "Next appointment")
    fill(test, held_on=date(2024, 6, 19), starts_at=time(14), place="Approved place")
    press(test, "Note the appointment")
    (found,) = support.supported(as_(OMAR, dwp_desk.workbook))
    assert found.next_on == date(2024, 6, 19)
    test = press(dwp_desk.page(LIST, COLIN), "They are a customer now")
    press(test, "Record it")
    assert "Sasha Vale" in all_words(dwp_desk.page(PAGE, NORA, id=OTHER_CASE_ID))


def test_changed_details_of_who_the_jobcentre_does_not_know_are_listed_for_staff(dwp_desk: Desk) -> None:
    """D21."""
    ctx = as_(OMAR, dwp_desk.workbook)
    for phone in ("07700 900111", "07700 900222"):
        referrals.edit_person(
            ctx, op(), row_of(dwp_desk.workbook, Mentees, OTHER_MENTEE_ID), {"phone": phone}
        )
    said = all_words(dwp_desk.page(LIST, COLIN))
    assert "07700 900222" in said and "07700 900111" not in said
    assert "07700 900222" not in all_words(dwp_desk.page(LIST, DEE))


def test_both_pages_are_whole_in_welsh(dwp_desk: Desk) -> None:
    started(as_(DEE, dwp_desk.workbook), met(as_(DEE, dwp_desk.workbook), case(dwp_desk)))
    assert (
        interviews.masked_nino(as_(DEE, dwp_desk.workbook), row_of(dwp_desk.workbook, Mentees, MENTEE_ID))
        == ""
    )
    for file, params in ((LIST, {}), (PAGE, {"id": CASE_ID})):
        for actor in (COLIN, DEE):
            assert not dwp_desk.page(file, actor, "cy", **params).exception
