"""The baseline survey and changed contact details (D21; 1.26, 1.27)."""

from datetime import date
from pathlib import Path

import pytest

from schemas.cases import Cases
from schemas.errors import InvalidEntry
from schemas.mentees import Mentees
from services import records, support, surveys
from services.records import Edit
from services.store.interface import Needs
from services.workbook import Workbook
from tests.cast import op
from tests.dwp import (
    CASE_ID,
    COLIN,
    DEE,
    MENTEE_ID,
    OMAR,
    OTHER_CASE_ID,
    OTHER_MENTEE_ID,
    TODAY,
    as_,
    new_workbook,
    on,
    row_of,
)
from tests.services.casework import nothing_written


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


def test_the_survey_comes_back_after_it_was_done(workbook: Workbook) -> None:
    ctx, shown = as_(OMAR, workbook), row_of(workbook, Cases, OTHER_CASE_ID)
    with nothing_written(workbook, InvalidEntry, "can't be before the survey was done"):
        surveys.record(ctx, op(), shown, {"survey_returned_on": date(2024, 5, 13)})
    with nothing_written(workbook, InvalidEntry, "can't be in the future"):
        surveys.record(ctx, op(), shown, {"survey_returned_on": date(2024, 6, 13)})
    surveys.record(ctx, op(), shown, {"survey_returned_on": date(2024, 5, 20)})
    with nothing_written(workbook, InvalidEntry, "belongs to the first session"):
        surveys.record(as_(DEE, workbook), op(), row_of(workbook, Cases, CASE_ID), {"survey_on": TODAY})


def test_the_later_surveys_fall_six_and_twelve_months_on(workbook: Workbook) -> None:
    ctx = as_(OMAR, workbook)
    assert surveys.follow_ups(ctx, row_of(workbook, Cases, OTHER_CASE_ID)) == (
        date(2024, 11, 14),
        date(2025, 5, 14),
    )
    assert surveys.follow_ups(ctx, row_of(workbook, Cases, CASE_ID)) == ()


def changed(workbook: Workbook, mentee: str, day: date, **values: str) -> None:
    ctx = on(as_(COLIN, workbook), day)
    needs = Needs(rows=((Mentees.tab, mentee),))
    records.commit(
        ctx, op(), "groups.edit", [mentee, values], needs, lambda fresh: [Edit(Mentees, mentee, values)]
    )


def test_the_analysts_hear_of_changed_details_of_who_the_jobcentre_does_not_know(workbook: Workbook) -> None:
    changed(workbook, OTHER_MENTEE_ID, date(2024, 6, 3), phone="07700 900555")  # the first one is no change
    changed(workbook, OTHER_MENTEE_ID, date(2024, 6, 10), phone="07700 900556")
    changed(workbook, MENTEE_ID, date(2024, 6, 10), phone="07700 900557")  # a customer
    (one,) = surveys.changed_contacts(as_(COLIN, workbook))
    assert (one.name, one.field, one.on, one.now) == (
        "Sasha Vale",
        "Phone",
        date(2024, 6, 10),
        "07700 900556",
    )
    assert surveys.changed_contacts(as_(DEE, workbook)) == []
    support.withdraw(as_(OMAR, workbook), op(), OTHER_MENTEE_ID, TODAY)
    assert surveys.changed_contacts(as_(COLIN, workbook)) == []


def test_a_change_before_the_start_is_not_listed(workbook: Workbook) -> None:
    changed(workbook, OTHER_MENTEE_ID, date(2024, 5, 8), phone="07700 900555")
    changed(workbook, OTHER_MENTEE_ID, date(2024, 5, 9), phone="07700 900556")
    assert surveys.changed_contacts(as_(COLIN, workbook)) == []
