"""Sessions and contacts: recorded in the fewest words, the impossible refused in plain ones (D6, D9, D10)."""

from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.cases import Cases, Contacts
from schemas.errors import InvalidEntry, NotAllowed, NotFound, NotYet, OperationReused
from schemas.mentees import Plans
from schemas.work import Sessions
from services import allocations, meetings
from services.due import appointments as due_appointments
from services.workbook import Workbook
from tests.dwp import CASE_ID, COLIN, DEE, ELSA, FERN, MENTEE_ID, OMAR, OTHER_CASE_ID, TODAY, as_, on, put
from tests.services.casework import met, started
from tests.services.mentoring import (
    JUNE_CASE,
    STARTED,
    agreed_plan,
    made,
    nothing_written,
    op,
    opened,
    planned,
    row_of,
    rows_of,
    session,
)

AHEAD = date(2024, 6, 20)
VISIT = {"held_on": AHEAD, "starts_at": time(11), "place": "Approved place"}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return opened(tmp_path)


def told(workbook: Workbook, **more: Any) -> dict[str, Any]:
    return {**meetings.usual(as_(COLIN, workbook), JUNE_CASE), **more}


def test_what_a_new_record_begins_with_is_enough_to_save_it(workbook: Workbook) -> None:
    """X13: date today, 60 minutes and face to face are preset; nothing else need be filled in."""
    ctx = as_(DEE, workbook)
    row = made(workbook, meetings.record(ctx, op(), JUNE_CASE, meetings.usual(ctx, JUNE_CASE)), Sessions)
    assert (row["held_on"], row["minutes"], row["manner"]) == (TODAY, 60, "face to face")
    assert (row["mentor"], row["case"], row["status"], row["attendance"]) == (
        DEE.mentor,
        JUNE_CASE,
        "record in",
        "attended",
    )


def test_a_double_click_records_one_session_and_other_content_is_refused(workbook: Workbook) -> None:
    key, ctx, values = op(), as_(DEE, workbook), told(workbook)
    meetings.record(ctx, key, JUNE_CASE, values)
    meetings.record(ctx, key, JUNE_CASE, values)
    assert len(rows_of(workbook, Sessions)) == 1
    with pytest.raises(OperationReused):
        meetings.record(ctx, key, JUNE_CASE, {**values, "minutes": Decimal(30)})


def test_an_appointment_is_noted_then_recorded_once(workbook: Workbook) -> None:
    ctx = as_(DEE, workbook)
    noted = made(workbook, meetings.plan(ctx, op(), JUNE_CASE, VISIT), Sessions)
    assert (noted["status"], noted["attendance"]) == ("planned", None)
    assert [row.id for row in meetings.appointments(ctx)] == [noted.id]
    later = on(ctx, AHEAD)
    values = {"attendance": "attended", "minutes": Decimal(75), "manner": "face to face"}
    meetings.record(later, op(), JUNE_CASE, values, noted)
    assert meetings.appointments(later) == []
    assert (len(rows_of(workbook, Sessions)), row_of(workbook, Sessions, noted.id)["minutes"]) == (1, 75)


def test_a_session_told_of_on_the_day_of_an_appointment_is_that_appointment(workbook: Workbook) -> None:
    """Also where it was recorded from the list of sessions; another time is another session."""
    planned(workbook, TODAY, time(11))
    ctx = as_(DEE, workbook)
    meetings.record(ctx, op(), JUNE_CASE, told(workbook, starts_at=None))
    row = row_of(workbook, Sessions, "SES-PLANND")
    assert (row["attendance"], row["starts_at"]) == ("attended", time(11))
    planned(workbook, date(2024, 6, 11), time(11), "SES-OTHERS")
    meetings.record(ctx, op(), JUNE_CASE, told(workbook, held_on=date(2024, 6, 11), starts_at=time(15)))
    assert row_of(workbook, Sessions, "SES-OTHERS")["attendance"] is None
    assert len(rows_of(workbook, Sessions)) == 3


def test_an_appointment_goes_over_to_the_mentor_who_has_the_case_by_then(workbook: Workbook) -> None:
    """D27: re-allocated meanwhile, it is the new mentor's to record, in the calendar too, and nobody else's."""
    noted = planned(workbook, TODAY, time(11))
    allocations.allocate(as_(COLIN, workbook), op(), row_of(workbook, Cases, JUNE_CASE), OMAR.mentor)
    ctx = as_(OMAR, workbook)
    assert [each.key for each in due_appointments.of(ctx)] == [noted.id]
    assert due_appointments.of(as_(DEE, workbook)) == []
    meetings.record(ctx, op(), JUNE_CASE, told(workbook), noted)
    assert row_of(workbook, Sessions, noted.id)["mentor"] == OMAR.mentor


def test_a_session_before_the_start_is_refused(workbook: Workbook) -> None:
    with nothing_written(workbook, InvalidEntry, "Date can't be before the start on 14 May 2024."):
        meetings.record(as_(DEE, workbook), op(), JUNE_CASE, told(workbook, held_on=date(2024, 5, 13)))
    meetings.record(as_(DEE, workbook), op(), JUNE_CASE, told(workbook, held_on=STARTED))


def test_a_session_of_a_case_that_has_not_started_is_refused(workbook: Workbook) -> None:
    with nothing_written(workbook, NotYet, "Support has not started yet."):
        meetings.record(as_(DEE, workbook), op(), CASE_ID, told(workbook))


def test_a_session_in_the_future_is_refused_and_one_moved_ahead_of_its_day_is_not(workbook: Workbook) -> None:
    ctx = as_(DEE, workbook)
    with nothing_written(workbook, InvalidEntry, "Date can't be in the future."):
        meetings.record(ctx, op(), JUNE_CASE, told(workbook, held_on=AHEAD))
    moved = {"held_on": AHEAD, "attendance": "rearranged", "reason": "A court date"}
    meetings.record(ctx, op(), JUNE_CASE, moved)


def test_a_session_after_the_end_is_refused(workbook: Workbook) -> None:
    put(
        workbook, Cases, "CAS-JUNE02", number="C0009", mentee="GRP-JUNEHA", mentor=DEE.mentor, area="9",
        received_on=date(2024, 5, 1), route="Jobcentre Plus", met_on=date(2024, 5, 8), started_on=STARTED,
        left_on=date(2024, 6, 3),
    )  # fmt: skip
    ctx = as_(DEE, workbook)
    with nothing_written(workbook, InvalidEntry, "Date can't be after the end on 3 June 2024."):
        meetings.record(ctx, op(), "CAS-JUNE02", told(workbook, held_on=date(2024, 6, 4)))
    meetings.record(ctx, op(), "CAS-JUNE02", told(workbook, held_on=date(2024, 6, 3)))
    with nothing_written(workbook, NotYet, "Support has ended already."):
        meetings.plan(ctx, op(), "CAS-JUNE02", VISIT)


@pytest.mark.parametrize("minutes", [None, Decimal(0)])
def test_an_attended_session_of_no_minutes_is_refused(workbook: Workbook, minutes: Decimal | None) -> None:
    with nothing_written(workbook, InvalidEntry, "Minutes are needed for a session that was attended."):
        meetings.record(as_(DEE, workbook), op(), JUNE_CASE, told(workbook, minutes=minutes))


@pytest.mark.parametrize("agreed", [None, False])
def test_a_digital_session_without_agreement_is_refused(workbook: Workbook, agreed: bool | None) -> None:
    digital = told(workbook, manner="digital", digital_agreed=agreed)
    with nothing_written(workbook, InvalidEntry, "They agreed to meet digitally must be yes"):
        meetings.record(as_(DEE, workbook), op(), JUNE_CASE, digital)
    meetings.record(as_(DEE, workbook), op(), JUNE_CASE, {**digital, "digital_agreed": True, "place": None})


@pytest.mark.parametrize(
    ("at", "minutes", "overlaps"),
    [(time(10), 60, False), (time(10), 61, True), (time(11, 59), 60, True), (time(12), 60, False)],
)
def test_a_session_at_the_time_of_another_is_refused(
    workbook: Workbook, at: time, minutes: int, overlaps: bool
) -> None:
    session(workbook, TODAY, starts_at=time(11))
    values = told(workbook, starts_at=at, minutes=Decimal(minutes))
    if overlaps:
        with nothing_written(workbook, InvalidEntry, "Time is when another session is held."):
            meetings.record(as_(DEE, workbook), op(), JUNE_CASE, values)
    else:
        meetings.record(as_(DEE, workbook), op(), JUNE_CASE, values)


def test_a_mentor_is_with_one_mentee_at_a_time(workbook: Workbook) -> None:
    """Dee's session with June takes the hour in which she would meet another of her mentees."""
    session(workbook, TODAY, starts_at=time(11))
    put(
        workbook, Cases, "CAS-ROWAN2", number="C0010", mentee=MENTEE_ID, mentor=DEE.mentor, area="9",
        received_on=date(2024, 5, 1), route="Jobcentre Plus", met_on=date(2024, 5, 8), started_on=STARTED,
    )  # fmt: skip
    ctx = as_(DEE, workbook)
    with nothing_written(workbook, InvalidEntry, "Time is when another session is held."):
        meetings.record(ctx, op(), "CAS-ROWAN2", told(workbook, starts_at=time(11, 30)))
    meetings.record(ctx, op(), "CAS-ROWAN2", told(workbook))


def test_two_sessions_of_one_day_need_their_times(workbook: Workbook) -> None:
    session(workbook, TODAY)
    with nothing_written(workbook, InvalidEntry, "Time is needed for both"):
        meetings.record(as_(DEE, workbook), op(), JUNE_CASE, told(workbook, starts_at=time(11)))


def test_a_missed_session_needs_neither_minutes_nor_place_and_takes_nobodys_time(workbook: Workbook) -> None:
    session(workbook, TODAY, starts_at=time(11))
    missed = {"held_on": TODAY, "starts_at": time(11), "attendance": "missed", "reason": "No answer"}
    meetings.record(as_(DEE, workbook), op(), JUNE_CASE, missed)


def test_everything_wrong_is_told_at_once(workbook: Workbook) -> None:
    wrong = {"held_on": AHEAD, "attendance": "attended", "manner": "digital"}
    with nothing_written(workbook, InvalidEntry) as caught:
        meetings.record(as_(DEE, workbook), op(), JUNE_CASE, wrong)
    assert {each.field for each in caught.value.problems} == {"held_on", "minutes", "digital_agreed"}


def test_sessions_are_held_off_the_jobcentres_premises(workbook: Workbook) -> None:
    ctx = as_(DEE, workbook)
    assert meetings.places(ctx) == ["Our premises", "Approved place"]
    for place in ("Jobcentre Plus office", "The pub"):
        with nothing_written(workbook, InvalidEntry, "Place must be one the buyer approved"):
            meetings.record(ctx, op(), JUNE_CASE, told(workbook, place=place))
        with nothing_written(workbook, InvalidEntry, "Place must be one the buyer approved"):
            meetings.plan(ctx, op(), JUNE_CASE, {**VISIT, "place": place})


def test_an_appointment_elsewhere_may_be_on_a_bank_holiday_or_in_the_evening(workbook: Workbook) -> None:
    """Office hours bind the Jobcentre's offices, where no session is held (1.11, D6)."""
    holiday = {**VISIT, "held_on": date(2024, 8, 26), "starts_at": time(19)}
    meetings.plan(as_(DEE, workbook), op(), JUNE_CASE, holiday)


def test_an_appointment_is_ahead_with_its_day_and_time(workbook: Workbook) -> None:
    ctx = as_(DEE, workbook)
    with nothing_written(workbook, InvalidEntry, "has passed"):
        meetings.plan(ctx, op(), JUNE_CASE, {**VISIT, "held_on": date(2024, 6, 11)})
    with nothing_written(workbook, InvalidEntry, "Time is needed."):
        meetings.plan(ctx, op(), JUNE_CASE, {**VISIT, "starts_at": None})
    with nothing_written(workbook, NotYet, "initial meeting has not been held"):
        meetings.plan(ctx, op(), CASE_ID, VISIT)


def test_a_rearranged_appointment_keeps_its_trace(workbook: Workbook) -> None:
    old, ctx = planned(workbook, date(2024, 6, 13)), as_(DEE, workbook)
    meetings.rearrange(ctx, op(), old, {"held_on": AHEAD, "starts_at": time(14)}, "Their child was ill")
    before = row_of(workbook, Sessions, old.id)
    assert (before["attendance"], before["reason"]) == ("rearranged", "Their child was ill")
    (following,) = meetings.appointments(ctx)
    assert (following["held_on"], following["place"]) == (AHEAD, old["place"])
    with nothing_written(workbook, NotYet):
        meetings.rearrange(ctx, op(), before, {"held_on": AHEAD, "starts_at": time(16)})


def test_a_session_in_which_the_plan_was_reviewed_says_so_on_the_plan(workbook: Workbook) -> None:
    """D8: reviewed at each session; an older session told of later does not put the review back."""
    agreed_plan(workbook)
    ctx = as_(DEE, workbook)
    meetings.record(ctx, op(), JUNE_CASE, told(workbook, plan_reviewed=True))
    assert row_of(workbook, Plans, "PLA-JUNEHA")["reviewed_on"] == TODAY
    meetings.record(ctx, op(), JUNE_CASE, told(workbook, held_on=date(2024, 6, 5), plan_reviewed=True))
    assert row_of(workbook, Plans, "PLA-JUNEHA")["reviewed_on"] == TODAY


def test_a_recorded_session_is_mended_under_the_same_rules(workbook: Workbook) -> None:
    row, ctx = session(workbook, TODAY), as_(DEE, workbook)
    meetings.record(ctx, op(), JUNE_CASE, {"minutes": Decimal(45)}, row)
    now = row_of(workbook, Sessions, row.id)
    assert now["minutes"] == 45
    with nothing_written(workbook, InvalidEntry, "before the start"):
        meetings.record(ctx, op(), JUNE_CASE, {"held_on": date(2024, 5, 1)}, now)


def test_the_digital_limit_is_warned_of_before_it_is_passed_and_refuses_nothing(workbook: Workbook) -> None:
    ctx = as_(DEE, workbook)
    for day in (15, 16, 17, 20):
        session(workbook, date(2024, 5, day))
    assert meetings.would_pass(ctx, JUNE_CASE, TODAY) is None
    session(workbook, date(2024, 5, 21), manner="digital", digital_agreed=True)
    found = meetings.would_pass(ctx, JUNE_CASE, TODAY)
    assert found is not None
    assert (found.digital, found.attended, meetings.share(ctx, JUNE_CASE).percent) == (2, 6, 20)
    meetings.record(ctx, op(), JUNE_CASE, told(workbook, manner="digital", digital_agreed=True))
    assert meetings.share(ctx, JUNE_CASE).digital == 2


def test_a_contact_is_recorded_and_dated_between_referral_and_today(workbook: Workbook) -> None:
    ctx, key = as_(DEE, workbook), op()
    said = {"made_on": TODAY, "how": "phone", "is_two_way": True, "note": "Doing well"}
    meetings.contact(ctx, key, JUNE_CASE, said)
    meetings.contact(ctx, key, JUNE_CASE, said)
    assert [row["note"] for row in meetings.contacts_of(ctx, JUNE_CASE)] == ["Doing well"]
    with nothing_written(workbook, InvalidEntry, "in the future"):
        meetings.contact(ctx, op(), JUNE_CASE, {**said, "made_on": AHEAD})
    with nothing_written(workbook, InvalidEntry, "before the referral on 1 May 2024"):
        meetings.contact(ctx, op(), JUNE_CASE, {**said, "made_on": date(2024, 4, 30)})
    with nothing_written(workbook, InvalidEntry, "They answered is needed."):
        meetings.contact(ctx, op(), JUNE_CASE, {"made_on": TODAY})
    assert len(rows_of(workbook, Contacts)) == 1


def test_staff_record_for_the_mentor_and_other_mentors_can_not(workbook: Workbook) -> None:
    """3.6: a mentor sees and writes of the own mentees alone."""
    row = made(workbook, meetings.record(as_(COLIN, workbook), op(), JUNE_CASE, told(workbook)), Sessions)
    assert row["mentor"] == DEE.mentor
    assert meetings.of_case(as_(OMAR, workbook), JUNE_CASE) == []
    for actor in (OMAR, FERN, ELSA):
        with nothing_written(workbook, NotAllowed):
            meetings.record(as_(actor, workbook), op(), JUNE_CASE, told(workbook, starts_at=time(9)))
    with nothing_written(workbook, NotFound):
        meetings.contact(as_(DEE, workbook), op(), OTHER_CASE_ID, {"made_on": TODAY, "is_two_way": True})


def test_the_interview_is_the_appointment_of_its_day_and_beside_no_other_session(workbook: Workbook) -> None:
    """The start is a session like the others: recorded once, and in nobody else's hour."""
    ctx = as_(DEE, workbook)
    case = met(ctx, row_of(workbook, Cases, CASE_ID), met_on=TODAY)
    noted = made(
        workbook,
        meetings.plan(
            ctx, op(), case.id, {"held_on": TODAY, "starts_at": time(11), "place": "Approved place"}
        ),
        Sessions,
    )
    busy = session(workbook, TODAY, "SES-BUSY01", starts_at=time(11, 30))
    with nothing_written(workbook, InvalidEntry, "Time is when another session is held."):
        started(ctx, case)
    meetings.record(ctx, op(), JUNE_CASE, {"starts_at": time(14)}, busy)
    started(ctx, case)
    now = row_of(workbook, Sessions, noted.id)
    assert (now["attendance"], now["status"]) == ("attended", "record in")
    assert len(meetings.of_case(ctx, case.id)) == 1
