"""Steps towards treatment, training, work and local services, and the directory they come from (D12, D31)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schemas.cases import Outcomes
from schemas.column import Row
from schemas.errors import InvalidEntry, NotAllowed
from schemas.organisations import Organisations
from services import directory, outcomes
from services.workbook import Workbook
from tests.dwp import COLIN, DEE, ELSA, FERN, OMAR, OTHER_CASE_ID, OTHER_MENTEE_ID, TODAY, as_, put
from tests.services.mentoring import JUNE_CASE, made, nothing_written, op, opened, row_of, rows_of

ENTERED = {"kind": "treatment", "step": "entered or started", "reached_on": TODAY}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return opened(tmp_path)


def service(workbook: Workbook) -> Row:
    values = {"name": "Wrexham Housing Aid", "area": "9", "service": "housing", "phone": "07700 900777"}
    return made(workbook, directory.add(as_(DEE, workbook), op(), values), Organisations)


def test_a_step_is_recorded_once_with_its_day(workbook: Workbook) -> None:
    key, ctx = op(), as_(DEE, workbook)
    outcomes.record(ctx, key, JUNE_CASE, ENTERED)
    outcomes.record(ctx, key, JUNE_CASE, ENTERED)
    assert [row["reached_on"] for row in outcomes.of_case(ctx, JUNE_CASE)] == [TODAY]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "work"}, "Which, what type or sector is needed: which sector it is in."),
        ({"kind": "training"}, "is needed: what type it is."),
        ({"kind": "the buyer's programme"}, "is needed: which programme it is."),
        ({"kind": "local service"}, "Local service is needed: choose it from the directory."),
        ({"step": "dropped out"}, "Why they left is needed."),
        ({"step": None}, "Step is needed."),
        ({"reached_on": None}, "Date is needed."),
        ({"reached_on": date(2024, 6, 13)}, "Date can't be in the future."),
        ({"reached_on": date(2024, 4, 30)}, "Date can't be before the referral on 1 May 2024."),
    ],
)
def test_what_a_return_has_to_say_is_asked_for(
    workbook: Workbook, values: dict[str, Any], words: str
) -> None:
    with nothing_written(workbook, InvalidEntry, words):
        outcomes.record(as_(DEE, workbook), op(), JUNE_CASE, {**ENTERED, **values})


def test_nothing_is_completed_before_it_was_entered(workbook: Workbook) -> None:
    ctx = as_(DEE, workbook)
    outcomes.record(ctx, op(), JUNE_CASE, {**ENTERED, "reached_on": date(2024, 6, 5)})
    with nothing_written(workbook, InvalidEntry, "does not fit: it was “entered or started” on 5 June 2024"):
        outcomes.record(
            ctx, op(), JUNE_CASE, {**ENTERED, "step": "completed", "reached_on": date(2024, 6, 4)}
        )
    with nothing_written(workbook, InvalidEntry, "does not fit"):
        outcomes.record(ctx, op(), JUNE_CASE, {**ENTERED, "step": "referred", "reached_on": date(2024, 6, 6)})
    outcomes.record(
        ctx, op(), JUNE_CASE, {**ENTERED, "what": "Another clinic", "reached_on": date(2024, 6, 1)}
    )


def test_somebody_is_sent_on_to_a_service_booked_and_attends(workbook: Workbook) -> None:
    """D31: an onward referral with its booking's date and whether they came."""
    aid, ctx = service(workbook), as_(DEE, workbook)
    sent = {
        "kind": "local service",
        "step": "referred",
        "reached_on": date(2024, 6, 3),
        "organisation": aid.id,
    }
    with nothing_written(workbook, InvalidEntry, "Booked for can't be before 3 June 2024"):
        outcomes.record(ctx, op(), JUNE_CASE, {**sent, "booked_for": date(2024, 6, 2)})
    row = made(
        workbook, outcomes.record(ctx, op(), JUNE_CASE, {**sent, "booked_for": date(2024, 6, 10)}), Outcomes
    )
    outcomes.attend(ctx, op(), row, attended=True)
    assert row_of(workbook, Outcomes, row.id)["attended"] is True
    ahead = made(
        workbook, outcomes.record(ctx, op(), JUNE_CASE, {**sent, "booked_for": date(2024, 6, 20)}), Outcomes
    )
    with nothing_written(workbook, InvalidEntry, "Attended can't be said before 20 June 2024."):
        outcomes.attend(ctx, op(), ahead, attended=True)


def test_a_mentor_keeps_the_directory_and_sees_the_own_mentees_bookings_alone(workbook: Workbook) -> None:
    aid = service(workbook)
    put(
        workbook, Outcomes, "OUT-OTHERS", mentee=OTHER_MENTEE_ID, case=OTHER_CASE_ID, kind="local service",
        step="referred", reached_on=date(2024, 6, 3), organisation=aid.id,
    )  # fmt: skip
    assert directory.bookings(as_(DEE, workbook), aid.id) == []
    assert len(directory.bookings(as_(OMAR, workbook), aid.id)) == 1
    assert [row["name"] for row in directory.listed(as_(OMAR, workbook), area="9")] == ["Wrexham Housing Aid"]
    assert directory.listed(as_(OMAR, workbook), area="8") == []
    directory.edit(as_(OMAR, workbook), op(), aid, {"status": "closed"})
    assert directory.listed(as_(COLIN, workbook)) == []


def test_a_mentor_neither_sees_nor_changes_other_organisations(workbook: Workbook) -> None:
    host = put(workbook, Organisations, "ORG-REFERR", name="A clinic", kind="referrer", status="active")
    ctx = as_(DEE, workbook)
    assert directory.listed(ctx, closed=True) == []
    with nothing_written(workbook, NotAllowed):
        directory.edit(ctx, op(), host, {"phone": "07700 900778"})
    with nothing_written(workbook, InvalidEntry, "What it offers is needed."):
        directory.add(ctx, op(), {"name": "Somewhere"})


@pytest.mark.parametrize("actor", [OMAR, FERN, ELSA])
def test_others_record_no_outcome(workbook: Workbook, actor: Any) -> None:
    with nothing_written(workbook, NotAllowed):
        outcomes.record(as_(actor, workbook), op(), JUNE_CASE, ENTERED)
    assert rows_of(workbook, Outcomes) == []
