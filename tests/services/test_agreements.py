"""What was agreed: days, variations, the last day (S6, S11)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.assignments import Interests, Variations
from services import agreements, records
from services.rules.conditions import Relationship
from services.workbook import Workbook
from tests.cast import ANGHARAD, as_
from tests.services.staff import GETHIN_ID, GROUP_ID, assigned, put, staffed


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return staffed(tmp_path)


def _varied(workbook: Workbook, id_: str, status: str, days: str, ends_on: date | None = None) -> None:
    put(
        workbook,
        Variations,
        id_,
        assignment="ASG-GETHIN",
        mentor=GETHIN_ID,
        days=Decimal(days),
        reason="more beds",
        status=status,
        ends_on=ends_on,
    )


def test_only_approved_variations_add_to_the_hours_agreed(workbook: Workbook) -> None:
    """Five days and an approved one and a half make 45.5 hours of a 7-hour day (S6, S9)."""
    row = assigned(workbook)
    _varied(workbook, "VAR-AAAAAA", "approved", "1.5")
    _varied(workbook, "VAR-BBBBBB", "proposed", "2")
    _varied(workbook, "VAR-CCCCCC", "refused", "4")
    found = agreements.agreed(records.ground(as_(ANGHARAD, workbook)), row, Decimal(7))
    assert found.hours == Decimal("45.5")
    assert found.approved_on == date(2026, 9, 14)


def test_a_proposed_assignment_has_no_approval_day(workbook: Workbook) -> None:
    row = assigned(workbook, status="proposed", approved_on=date(2026, 9, 1))
    assert agreements.agreed(records.ground(as_(ANGHARAD, workbook)), row, Decimal(7)).approved_on is None


def test_a_variation_moves_the_end_and_ending_early_moves_it_back(workbook: Workbook) -> None:
    rows = records.ground(as_(ANGHARAD, workbook))
    row = assigned(workbook)
    _varied(workbook, "VAR-AAAAAA", "approved", "1", date(2027, 2, 28))
    assert agreements.ends_on(rows, row) == date(2027, 2, 28)
    row["status"], row["ends_on"] = "ended", date(2026, 11, 1)
    assert agreements.ends_on(rows, row) == date(2026, 11, 1)


def test_the_declared_relationship_comes_with_the_agreement(workbook: Workbook) -> None:
    row = assigned(workbook)
    rows = records.ground(as_(ANGHARAD, workbook))
    assert agreements.relationship(rows, row) is Relationship.NONE
    put(workbook, Interests, "INT-AAAAAA", mentor=GETHIN_ID, mentee=GROUP_ID, status="declared")
    assert agreements.agreed(rows, row, Decimal(7)).relationship is Relationship.DECLARED
