"""What is promised to the buyer by when, and what it approves (D20; 2.29, 5.2)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schemas.contracts import Contracts
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from services import milestones
from services.milestones import Milestone, State
from services.workbook import Workbook
from tests import dwp
from tests.cast import op
from tests.dwp import CAST, CONTRACT_ID, FERN, NORA, as_


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return dwp.new_workbook(tmp_path / "workbook.sqlite3")


def found(workbook: Workbook, day: date = dwp.TODAY, actor: Any = NORA) -> dict[str, Milestone]:
    ctx = dwp.on(as_(actor, workbook), day)
    contract = dwp.row_of(workbook, Contracts, CONTRACT_ID)
    return {each.code: each for each in milestones.listed(ctx, contract)}


def note(workbook: Workbook, code: str, actor: Any = NORA, **values: Any) -> None:
    shown = found(workbook)[code].row
    milestones.note(as_(actor, workbook), op(), CONTRACT_ID, code, shown, values)


def test_days_are_worked_out_from_the_contracts_start(workbook: Workbook) -> None:
    """From Monday 9 January 2023: five and ten working days, twelve weeks, and the days of the contract itself."""
    days = {code: each.due_on for code, each in found(workbook).items()}
    assert days == {
        "start-up": date(2023, 1, 16), "implementation-plan": date(2023, 1, 23), "implementation": date(2023, 4, 3),
        "delivery": date(2023, 4, 3), "referral-process": date(2023, 4, 3), "plan-template": date(2023, 4, 3),
        "marketing": date(2023, 4, 3), "places": date(2023, 4, 3), "last-start": date(2025, 1, 10),
        "last-day": date(2025, 3, 7), "exit-plan": date(2025, 3, 7), "last-invoice": date(2025, 3, 31),
        "security": None,
    }  # fmt: skip


def test_what_is_not_done_by_its_day_is_late_and_a_day_that_comes_by_itself_is_not(
    workbook: Workbook,
) -> None:
    states = {code: each.state(date(2025, 4, 1)) for code, each in found(workbook).items()}
    assert states["exit-plan"] is states["start-up"] is State.LATE
    assert states["last-start"] is states["last-day"] is State.PASSED
    assert states["security"] is State.ON_REQUEST
    assert found(workbook)["exit-plan"].state(date(2025, 3, 7)) is State.DUE


def test_what_the_buyer_approves_waits_for_it_and_the_rest_is_done_when_sent(workbook: Workbook) -> None:
    for code in ("implementation-plan", "start-up"):
        note(workbook, code, sent_on=date(2023, 1, 24))
    now = found(workbook)
    assert now["implementation-plan"].state(dwp.TODAY) is State.WAITING
    assert now["implementation-plan"].was_late()
    assert now["start-up"].state(dwp.TODAY) is State.DONE
    note(workbook, "implementation-plan", approved_on=date(2023, 1, 30))
    assert found(workbook)["implementation-plan"].state(dwp.TODAY) is State.DONE


def test_a_questionnaire_is_due_a_month_after_the_buyer_asked(workbook: Workbook) -> None:
    assert milestones.asked_by(date(2024, 1, 31)) == date(2024, 2, 29)
    note(workbook, "security", due_on=date(2024, 6, 1))
    assert found(workbook)["security"].state(dwp.TODAY) is State.LATE


def test_a_contract_adds_its_own(workbook: Workbook) -> None:
    values = {"what": "Leaflet in Welsh", "due_on": date(2024, 6, 30)}
    milestones.add(as_(NORA, workbook), op(), CONTRACT_ID, values)
    (own,) = [each for each in found(workbook).values() if each.title == "Leaflet in Welsh"]
    assert (own.due_on, own.needs_approval) == (date(2024, 6, 30), True)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"sent_on": date(2024, 6, 13)}, "sent_on"),
        ({"approved_on": date(2024, 6, 1)}, "sent_on"),
        ({"sent_on": date(2024, 6, 2), "approved_on": date(2024, 6, 1)}, "approved_on"),
    ],
)
def test_days_out_of_order_are_refused(workbook: Workbook, values: dict[str, date], field: str) -> None:
    with pytest.raises(InvalidEntry) as caught:
        note(workbook, "marketing", **values)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_a_milestone_is_noted_once_by_whoever_comes_first(workbook: Workbook) -> None:
    note(workbook, "marketing", sent_on=dwp.TODAY)
    with pytest.raises(NotYet):
        milestones.note(as_(NORA, workbook), op(), CONTRACT_ID, "marketing", None, {"sent_on": dwp.TODAY})


@pytest.mark.parametrize("actor", [each for each in CAST if each is not NORA], ids=lambda each: each.role)
def test_only_the_manager_notes_what_was_sent(workbook: Workbook, actor: Any) -> None:
    with pytest.raises(NotAllowed):
        note(workbook, "marketing", actor=actor, sent_on=dwp.TODAY)
    assert len(found(workbook, actor=FERN)) == 13
