"""Contracts: one to nine areas, dates in order, an area in one contract at a time (D28)."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.contracts import Contracts
from schemas.errors import InvalidEntry, NotAllowed, NotFound
from services import contracts, records
from services.workbook import Workbook
from tests import cast, dwp
from tests.cast import op
from tests.dwp import CAST, COLIN, FERN, NORA, as_


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return dwp.new_workbook(tmp_path / "workbook.sqlite3")


def add(workbook: Workbook, **more: Any) -> None:
    values = {
        "name": "Area 2", "areas": ("2",), "starts_on": date(2023, 1, 9), "implemented_on": date(2023, 3, 31),
        "ends_on": date(2025, 3, 7), "last_start_on": date(2025, 1, 10), "value_pounds": Decimal("500000.00"),
    }  # fmt: skip
    contracts.add(as_(NORA, workbook), op(), values | more)


def test_a_contract_has_one_to_nine_areas(workbook: Workbook) -> None:
    add(workbook)
    add(workbook, name="The rest", areas=("1", "3", "4", "5", "6", "7"))
    assert len(contracts.listed(as_(FERN, workbook))) == 3
    add(workbook, name="After it", areas=tuple("123456789"), starts_on=date(2025, 3, 8),
        implemented_on=date(2025, 5, 31), ends_on=date(2026, 3, 31), last_start_on=None)  # fmt: skip
    assert [row["name"] for row in contracts.listed(as_(FERN, workbook))][0] == "After it"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"areas": ()}, "areas"),
        ({"areas": ("10",)}, "areas"),
        ({"areas": ("2", "2")}, "areas"),
        ({"areas": ("2", "9")}, "areas"),
        ({"implemented_on": date(2023, 1, 8)}, "implemented_on"),
        ({"ends_on": date(2023, 3, 31)}, "ends_on"),
        ({"last_start_on": date(2025, 3, 8)}, "last_start_on"),
        ({"value_pounds": Decimal(0)}, "value_pounds"),
        ({"value_pounds": None}, "value_pounds"),
        ({"starts_on": None}, "starts_on"),
    ],
)
def test_what_can_not_be_is_refused_at_its_field(
    workbook: Workbook, more: dict[str, Any], field: str
) -> None:
    """Area 9 is in the cast's own contract in that time."""
    with pytest.raises(InvalidEntry) as caught:
        add(workbook, **more)
    assert field in [problem.field for problem in caught.value.problems]


def test_a_new_form_starts_with_the_days_of_the_programme(workbook: Workbook) -> None:
    assert contracts.first_values(as_(NORA, workbook))["last_start_on"] == date(2025, 1, 10)


@pytest.mark.parametrize("actor", [each for each in CAST if each is not NORA], ids=lambda each: each.role)
def test_only_the_manager_changes_a_contract(workbook: Workbook, actor: Any) -> None:
    row = dwp.row_of(workbook, Contracts, dwp.CONTRACT_ID)
    with pytest.raises(NotAllowed):
        contracts.edit(as_(actor, workbook), op(), row, {"name": "Mine"})


def test_a_contract_is_merged_with_what_others_changed(workbook: Workbook) -> None:
    row = dwp.row_of(workbook, Contracts, dwp.CONTRACT_ID)
    contracts.edit(as_(NORA, workbook), op(), row, {"purchase_order": "PO-2"})
    contracts.edit(as_(NORA, workbook), op(), row, {"status": "ended"})
    now = dwp.row_of(workbook, Contracts, dwp.CONTRACT_ID)
    assert (now["purchase_order"], now["status"]) == ("PO-2", "ended")
    assert contracts.running(records.view(as_(COLIN, workbook))) == []


def test_a_programme_without_contracts_has_no_terms_for_them(tmp_path: Path) -> None:
    workbook = cast.new_workbook(tmp_path / "other.sqlite3")
    with pytest.raises(NotFound):
        contracts.terms_of(cast.as_(cast.ANGHARAD, workbook))
