"""Meetings with the buyer, their actions, and risks raised (D32; 3.1, 3.2)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schemas.column import Row
from schemas.contracts import Contracts, MeetingKind, Risks
from schemas.errors import InvalidEntry, NotAllowed
from services import buyer
from services.workbook import Workbook
from tests import dwp
from tests.cast import op
from tests.dwp import COLIN, CONTRACT_ID, DEE, FERN, NORA, as_


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return dwp.new_workbook(tmp_path / "workbook.sqlite3")


def contract_of(workbook: Workbook) -> Row:
    return dwp.row_of(workbook, Contracts, CONTRACT_ID)


def met(workbook: Workbook, kind: MeetingKind, held_on: date, **more: Any) -> None:
    buyer.add_meeting(as_(COLIN, workbook), op(), CONTRACT_ID, {"kind": kind, "held_on": held_on, **more})


def due(workbook: Workbook, day: date) -> tuple[MeetingKind, date] | None:
    return buyer.next_due(dwp.on(as_(NORA, workbook), day), contract_of(workbook))


def test_meetings_come_by_the_start_then_weekly_then_monthly(workbook: Workbook) -> None:
    assert due(workbook, date(2023, 1, 10)) == (MeetingKind.START_UP, date(2023, 1, 16))
    met(workbook, MeetingKind.START_UP, date(2023, 1, 13))
    assert due(workbook, date(2023, 1, 14)) == (MeetingKind.WEEKLY, date(2023, 1, 20))
    met(workbook, MeetingKind.WEEKLY, date(2023, 3, 29))
    assert due(workbook, date(2023, 4, 1)) == (MeetingKind.MONTHLY, date(2023, 4, 30))
    met(workbook, MeetingKind.MONTHLY, date(2024, 5, 31))
    assert due(workbook, date(2024, 6, 12)) == (MeetingKind.MONTHLY, date(2024, 6, 30))
    met(workbook, MeetingKind.MONTHLY, date(2024, 7, 3))  # arranged, not held yet
    assert due(workbook, date(2024, 6, 12)) == (MeetingKind.MONTHLY, date(2024, 6, 30))
    assert due(workbook, date(2025, 3, 8)) is None


def test_notes_and_actions_are_kept_one_a_line(workbook: Workbook) -> None:
    actions = "Send the marketing plan, Colin, 1 July\n\nAsk about Shotton, buyer, soon "
    met(workbook, MeetingKind.MONTHLY, date(2024, 6, 11), notes="All areas.", actions=actions)
    (row,) = buyer.meetings(as_(NORA, workbook), contract_of(workbook))
    assert buyer.actions_of(row) == [
        "Send the marketing plan, Colin, 1 July",
        "Ask about Shotton, buyer, soon",
    ]
    buyer.edit_meeting(as_(NORA, workbook), op(), row, {"notes": "All areas but 8."})
    (row,) = buyer.meetings(as_(COLIN, workbook), contract_of(workbook))
    assert row["notes"] == "All areas but 8."


def test_a_meeting_before_the_contract_or_without_its_day_is_refused(workbook: Workbook) -> None:
    for values in ({"held_on": date(2023, 1, 8)}, {"held_on": None}, {"kind": None, "held_on": dwp.TODAY}):
        with pytest.raises(InvalidEntry):
            met(workbook, **{"kind": MeetingKind.WEEKLY, **values})  # type: ignore[arg-type]


def test_a_risk_is_raised_closed_and_stands_below_the_open_ones(workbook: Workbook) -> None:
    for what, day in (("Referrals are low", date(2024, 5, 1)), ("Two mentors leave", date(2024, 6, 1))):
        buyer.raise_risk(as_(COLIN, workbook), op(), CONTRACT_ID, {"what": what, "raised_on": day})
    newest, older = buyer.risks(as_(NORA, workbook), contract_of(workbook))
    buyer.edit_risk(as_(NORA, workbook), op(), newest, {"status": "closed", "action": "Two were recruited"})
    assert [row["what"] for row in buyer.risks(as_(NORA, workbook), contract_of(workbook))] == [
        older["what"],
        newest["what"],
    ]
    assert dwp.row_of(workbook, Risks, newest.id)["action"] == "Two were recruited"


@pytest.mark.parametrize("values", [{"what": " "}, {"raised_on": date(2024, 6, 13)}, {"raised_on": None}])
def test_a_risk_needs_its_day_and_words(workbook: Workbook, values: dict[str, Any]) -> None:
    with pytest.raises(InvalidEntry):
        buyer.raise_risk(
            as_(NORA, workbook), op(), CONTRACT_ID, {"what": "x", "raised_on": dwp.TODAY, **values}
        )


@pytest.mark.parametrize("actor", [DEE, FERN], ids=lambda each: each.role)
def test_what_is_said_to_the_buyer_is_for_staff(workbook: Workbook, actor: Any) -> None:
    with pytest.raises(NotAllowed):
        buyer.meetings(as_(actor, workbook), contract_of(workbook))
    with pytest.raises(NotAllowed):
        buyer.raise_risk(as_(actor, workbook), op(), CONTRACT_ID, {"what": "x", "raised_on": dwp.TODAY})
