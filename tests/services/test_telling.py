"""Who is told what came of a referral (D1; 2.6, 2.9)."""

from datetime import date
from pathlib import Path

import pytest

from schemas.cases import Cases
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.mentees import Mentees
from services import referrals, telling
from services.workbook import Workbook
from tests.cast import op
from tests.dwp import CASE_ID, COLIN, DEE, OMAR, OTHER_CASE_ID, as_, new_workbook, row_of
from tests.services.casework import BY_THIRD_PARTY, met, nothing_written, referred, started

TODAY = date(2024, 6, 12)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


def waiting(workbook: Workbook, id_: str) -> list[str]:
    case = row_of(workbook, Cases, id_)
    return telling.to_tell(as_(COLIN, workbook), case, row_of(workbook, Mentees, case["mentee"]))


def test_a_work_coach_hears_after_the_meeting_or_after_the_referral_came_to_nothing(
    workbook: Workbook,
) -> None:
    ctx, shown = as_(DEE, workbook), row_of(workbook, Cases, CASE_ID)
    assert waiting(workbook, CASE_ID) == []
    with nothing_written(workbook, NotYet, "nothing to tell yet"):
        telling.referrer(ctx, op(), shown, TODAY)
    case = met(ctx, shown)
    assert waiting(workbook, CASE_ID) == ["referrer_told_on"]
    with nothing_written(workbook, InvalidEntry, "can't be before the initial meeting"):
        telling.referrer(ctx, op(), case, date(2024, 6, 10))
    with nothing_written(workbook, InvalidEntry, "can't be in the future"):
        telling.referrer(ctx, op(), case, date(2024, 6, 13))
    telling.referrer(ctx, op(), case, TODAY)
    started(ctx, row_of(workbook, Cases, CASE_ID))
    assert waiting(workbook, CASE_ID) == []


def test_who_was_never_reached_is_told_of_too(workbook: Workbook) -> None:
    ctx = as_(DEE, workbook)
    referrals.close(ctx, op(), row_of(workbook, Cases, CASE_ID), "not reached", "Phone is off")
    assert waiting(workbook, CASE_ID) == ["referrer_told_on"]
    with nothing_written(workbook, InvalidEntry, "can't be before the referral"):
        telling.referrer(ctx, op(), row_of(workbook, Cases, CASE_ID), date(2024, 6, 2))
    telling.referrer(ctx, op(), row_of(workbook, Cases, CASE_ID), TODAY)


def test_of_a_third_partys_customer_the_jobcentre_hears_after_the_start(workbook: Workbook) -> None:
    ctx = as_(COLIN, workbook)
    case = referred(ctx, None, **BY_THIRD_PARTY, mentor=DEE.mentor)
    case = met(ctx, case, booked_place="Our premises")
    assert waiting(workbook, case.id) == ["referrer_told_on"]
    with nothing_written(workbook, NotYet, "nothing to tell yet"):
        telling.contact(ctx, op(), case, TODAY)
    case = started(ctx, case)
    assert waiting(workbook, case.id) == ["referrer_told_on", "contact_told_start_on"]
    telling.contact(ctx, op(), case, TODAY)
    with nothing_written(workbook, NotYet):
        telling.encourage(ctx, op(), row_of(workbook, Cases, case.id), TODAY)


def test_who_is_no_customer_is_encouraged_to_claim(workbook: Workbook) -> None:
    assert waiting(workbook, OTHER_CASE_ID) == ["encouraged_on"]
    telling.encourage(as_(OMAR, workbook), op(), row_of(workbook, Cases, OTHER_CASE_ID), TODAY)
    assert waiting(workbook, OTHER_CASE_ID) == []
    with nothing_written(workbook, NotAllowed):
        telling.encourage(as_(DEE, workbook), op(), row_of(workbook, Cases, OTHER_CASE_ID), TODAY)
