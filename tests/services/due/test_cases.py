"""What is due on the way to the start, and one's appointments (D1 to D7, D21, X10)."""

from datetime import date, time
from pathlib import Path

import pytest

from pages.ui.navigation import BY_URL
from schemas.cases import Cases
from schemas.mentees import Mentees
from schemas.words import say
from schemas.work import Sessions
from services import allocations, due, referrals, support
from services.context import Actor, Context
from services.due import appointments
from services.due.calendar import calendar_file
from services.workbook import Workbook
from tests.cast import op
from tests.dwp import (
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
    new_workbook,
    on,
    put,
    row_of,
)
from tests.services.casework import met, referred, started

OURS = frozenset({
    "allocate", "book", "meet", "consent", "interview", "referrer", "contact", "encourage", "nino", "survey", "return-survey",
})  # fmt: skip


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


def waiting(ctx: Context) -> dict[str, date | None]:
    return {each.kind: each.on for each in due.of(ctx) if each.kind in OURS}


def test_each_step_is_due_from_the_own_mentor_until_it_is_done(workbook: Workbook) -> None:
    ctx, shown = as_(DEE, workbook), row_of(workbook, Cases, CASE_ID)
    assert waiting(ctx) == {"book": date(2024, 6, 17)}
    booked = {"booked_on": TODAY, "booked_at": time(15), "booked_place": "Jobcentre Plus office"}
    referrals.book(ctx, op(), shown, booked)
    assert waiting(ctx) == {"meet": TODAY}
    case = met(ctx, row_of(workbook, Cases, CASE_ID), met_on=TODAY)
    assert waiting(ctx) == {"interview": date(2024, 6, 26), "referrer": date(2024, 6, 14)}
    started(ctx, case)
    assert waiting(ctx) == {"referrer": date(2024, 6, 14), "return-survey": date(2024, 6, 17), "nino": None}
    assert set(waiting(as_(OMAR, workbook))) == {"encourage", "return-survey"}


def test_a_case_that_is_nobodys_is_due_from_staff_alone(workbook: Workbook) -> None:
    allocations.decline(as_(DEE, workbook), op(), row_of(workbook, Cases, CASE_ID))
    for actor in (COLIN, NORA):
        assert waiting(as_(actor, workbook))["allocate"] == date(2024, 6, 5)
    for actor in (DEE, OMAR, FERN, ELSA):
        assert "allocate" not in waiting(as_(actor, workbook))


def test_consent_is_asked_for_before_the_interview_of_who_is_no_customer(workbook: Workbook) -> None:
    put(workbook, Mentees, "GRP-TERRYW", name="Terry Wood", is_customer=False, status="active")
    put(
        workbook, Cases, "CAS-TERRYW", mentee="GRP-TERRYW", mentor=DEE.mentor, area="9", route="Third party",
        received_on=date(2024, 6, 3), met_on=date(2024, 6, 5),
    )  # fmt: skip
    assert waiting(as_(DEE, workbook))["consent"] == date(2024, 6, 19)


def test_many_of_one_kind_are_one_line_for_who_sees_everybodys(workbook: Workbook) -> None:
    ctx = as_(COLIN, workbook)
    for n in range(3):
        referred(ctx, {"name": f"Person {n}"}, mentor=DEE.mentor)
    (line,) = [each for each in due.of(ctx) if each.kind == "book"]
    assert (say(line.about, "en"), line.page, line.params) == ("4 cases", "cases", {"waits": "book"})
    assert len([each for each in due.of(as_(DEE, workbook)) if each.kind == "book"]) == 4


@pytest.mark.parametrize("actor", [COLIN, DEE, NORA])
def test_every_line_leads_to_a_page_and_names_nobody_in_the_calendar(
    workbook: Workbook, actor: Actor
) -> None:
    lines = [each for each in due.of(as_(actor, workbook)) if each.kind in OURS]
    assert lines and all(each.page in BY_URL for each in lines)
    assert b"Rowan" not in calendar_file(as_(actor, workbook), lines)


# --- appointments ---------------------------------------------------------------------------------


def planned(workbook: Workbook, mentee: str, case: str, mentor: str) -> None:
    put(
        workbook, Sessions, f"SES-{mentee[4:]}", mentor=mentor, mentee=mentee, case=case, held_on=date(2024, 6, 20),
        starts_at=time(14), place="Approved place", status="planned",
    )  # fmt: skip


def test_a_mentors_calendar_has_the_own_appointments_at_their_time_and_no_name(workbook: Workbook) -> None:
    """14:00 in June is 13:00 UTC; an hour each."""
    planned(workbook, MENTEE_ID, CASE_ID, DEE.mentor)
    booked = {"booked_on": date(2024, 6, 19), "booked_at": time(10), "booked_place": "Jobcentre Plus office"}
    referrals.book(as_(DEE, workbook), op(), row_of(workbook, Cases, CASE_ID), booked)
    ctx = as_(DEE, workbook)
    file = calendar_file(ctx, (), appointments.of(ctx)).decode()
    for line in ("DTSTART:20240619T090000Z", "DTSTART:20240620T130000Z", "DTEND:20240620T140000Z"):
        assert file.count(line) == 1
    assert "SUMMARY:Initial meeting" in file and "LOCATION:Approved place" in file
    assert "Rowan" not in file and MENTEE_ID not in file
    assert appointments.of(as_(OMAR, workbook)) == [] and appointments.of(as_(COLIN, workbook)) == []
    assert appointments.of(on(ctx, date(2024, 6, 21))) == []


def test_an_appointment_with_who_withdrew_consent_stays_in_the_mentors_calendar(workbook: Workbook) -> None:
    """D3: support goes on."""
    planned(workbook, OTHER_MENTEE_ID, OTHER_CASE_ID, OMAR.mentor)
    support.withdraw(as_(OMAR, workbook), op(), OTHER_MENTEE_ID, TODAY)
    (one,) = appointments.of(as_(OMAR, workbook))
    assert one.starts_at.hour == 14
