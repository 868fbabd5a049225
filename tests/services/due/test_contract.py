"""What a contract with the buyer asks for today, of whom (X10; D16, D18 to D20, D29, D32)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.contracts import MeetingKind
from schemas.mentors import Mentors
from services import bills, buyer, costs, due, milestones, presence
from services.context import Actor
from services.due import Due
from services.workbook import Workbook
from tests import dwp
from tests.cast import op
from tests.dwp import COLIN, CONTRACT_ID, DEE, ELSA, FERN, NORA, as_, put
from tests.services import contract as scene
from tests.services.contract import on
from tests.services.test_postings import post

KINDS = {
    "milestone",
    "approval",
    "bill",
    "cost",
    "deferral",
    "visit",
    "training",
    "evaluation",
    "gap",
    "meeting",
}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return dwp.new_workbook(tmp_path / "workbook.sqlite3", scene.scene)


def asked(workbook: Workbook, actor: Actor, day: date = dwp.TODAY) -> dict[str, list[Due]]:
    found: dict[str, list[Due]] = {}
    for each in due.of(on(actor, workbook, day)):
        if each.kind in KINDS:
            found.setdefault(each.kind, []).append(each)
    return found


def test_each_role_is_asked_for_what_it_can_do(workbook: Workbook) -> None:
    post(workbook)
    scene.noticed(workbook)
    put(workbook, Mentors, "MEN-NEWONE", name="New One", status="approved", recruited_on=date(2024, 6, 1))
    assert set(asked(workbook, NORA)) == {
        "milestone",
        "deferral",
        "visit",
        "training",
        "evaluation",
        "gap",
        "meeting",
    }
    assert set(asked(workbook, COLIN)) == {"visit", "training", "evaluation", "gap", "meeting"}
    assert set(asked(workbook, FERN)) == {"bill", "deferral"}
    assert set(asked(workbook, DEE)) == {"visit"}
    assert asked(workbook, ELSA) == {}


def test_what_is_earned_is_asked_for_until_it_is_invoiced(workbook: Workbook) -> None:
    """April 2024 is the first month whose PMI is there; the ones before claim their 80 % lines."""
    found = [each for each in asked(workbook, FERN)["bill"] if each.params == {"contract": "CTR-BILLED"}]
    assert "17 parts" in str(found[0].about)
    # £180,000 of costs, 13 late months at 80 %, May's released fifth, and April whole
    assert "£528,000.00" in str(found[0].about)
    assert found[0].on == date(2023, 3, 5)
    for part in bills.earnings.account(on(FERN, workbook, dwp.TODAY), scene.contract_of(workbook)).parts:
        if part.is_claimable:
            what = (part.part.month, part.part.kind, part.part.pounds)
            bills.issue(on(FERN, workbook, dwp.TODAY), op(), "CTR-BILLED", *what)
    assert {"contract": "CTR-BILLED"} not in [each.params for each in asked(workbook, FERN)["bill"]]


def test_missing_actual_costs_are_asked_for_once_their_month_is_over(workbook: Workbook) -> None:
    scene.cost(workbook, "COS-JANUAR", date(2023, 1, 1), None, planned="10.00")
    assert "cost" not in asked(workbook, FERN, date(2023, 1, 31))
    (found,) = asked(workbook, FERN, date(2023, 2, 1))["cost"]
    assert str(found.about) == "Area 5: from January 2023"


def test_a_deferral_stays_until_all_is_complete(workbook: Workbook) -> None:
    notice = scene.noticed(workbook)
    (found,) = asked(workbook, FERN)["deferral"]
    assert found.on == date(2025, 3, 7)
    costs.complete(on(FERN, workbook, dwp.TODAY), op(), notice, date(2024, 6, 11))
    assert "deferral" not in asked(workbook, FERN)


def test_a_mentor_is_asked_for_each_office_and_staff_for_what_was_missed(workbook: Workbook) -> None:
    post(workbook)
    assert [(each.on, str(each.about)) for each in asked(workbook, DEE)["visit"]] == [
        (date(2024, 6, 7), "Rhyl"), (date(2024, 6, 7), "Wrexham"),
        (date(2024, 6, 14), "Rhyl"), (date(2024, 6, 14), "Wrexham"),
    ]  # fmt: skip
    assert [str(each.about) for each in asked(workbook, NORA)["visit"]] == ["2 visits missing last week"]
    for office in ("Rhyl", "Wrexham"):
        for day in (date(2024, 6, 6), date(2024, 6, 12)):
            presence.note(as_(DEE, workbook), op(), {"office": office, "visited_on": day})
    assert "visit" not in asked(workbook, DEE)
    assert "visit" not in asked(workbook, NORA)


def test_milestones_come_a_fortnight_ahead_and_approval_is_asked_for_after_a_while(
    workbook: Workbook,
) -> None:
    def at(day: date) -> list[str]:
        mine = [
            each
            for each in asked(workbook, NORA, day).get("milestone", [])
            if each.params["contract"] == CONTRACT_ID
        ]
        return [str(each.about) for each in mine]

    assert at(date(2023, 1, 9)) == ["2 milestones, first Start-up meeting with the buyer"]
    for code in ("start-up", "implementation-plan"):
        milestones.note(
            on(NORA, workbook, date(2023, 1, 20)),
            op(),
            CONTRACT_ID,
            code,
            None,
            {"sent_on": date(2023, 1, 13)},
        )
    assert at(date(2023, 1, 23)) == []
    (approval,) = asked(workbook, NORA, date(2023, 1, 23))["approval"]
    assert approval.on == date(2023, 1, 27)
    assert at(date(2023, 3, 20)) == ["6 milestones, first Implementation complete in every area"]


def test_a_meeting_is_due_a_week_ahead(workbook: Workbook) -> None:
    for contract in (CONTRACT_ID, "CTR-BILLED"):
        values = {"kind": MeetingKind.MONTHLY, "held_on": date(2024, 5, 28)}
        buyer.add_meeting(as_(NORA, workbook), op(), contract, values)
    assert "meeting" not in asked(workbook, COLIN, date(2024, 6, 20))
    assert {each.on for each in asked(workbook, COLIN, date(2024, 6, 21))["meeting"]} == {date(2024, 6, 28)}


def test_a_gap_names_its_areas_and_how_much(workbook: Workbook) -> None:
    post(workbook, weekly_hours=Decimal(20))
    about = {str(each.about) for each in asked(workbook, COLIN)["gap"]}
    assert about == {"6.5 missing in 8, 9", "3 missing in 5"}


def test_the_evaluation_is_asked_for_from_the_day_a_focus_group_was_due(workbook: Workbook) -> None:
    """Four people of the cast: two mentors in the pool since February 2023, and two of staff."""
    (found,) = asked(workbook, COLIN)["evaluation"]
    assert (str(found.about), found.on) == ("4 people still to be heard", date(2023, 5, 1))
