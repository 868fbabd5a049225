"""The cost register and the buyer's notices: at most 30 % and half, in time, and fitting (D14, D18)."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.contracts import Costs, Deferrals
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from services import costs
from services.workbook import Workbook
from tests import dwp
from tests.cast import op
from tests.dwp import COLIN, FERN, NORA
from tests.services import contract as scene
from tests.services.contract import FEBRUARY, MARCH, contract_of, on

TODAY = date(2023, 4, 5)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return dwp.new_workbook(tmp_path / "workbook.sqlite3", scene.scene)


def add(workbook: Workbook, **more: Any) -> None:
    values = {
        "month": MARCH,
        "what": "Room hire",
        "is_implementation": True,
        "planned_pounds": Decimal("10.00"),
    }
    costs.add(on(NORA, workbook, TODAY), op(), "CTR-BILLED", values | more)


def note(workbook: Workbook, **more: Any) -> None:
    values = {
        "month": MARCH, "noticed_on": TODAY, "percent": Decimal(25), "pounds": Decimal("60000.00"),
        "reason": "Two mentors not recruited",
    }  # fmt: skip
    costs.note(on(FERN, workbook, TODAY), op(), "CTR-BILLED", values | more)


def fields(caught: pytest.ExceptionInfo[InvalidEntry]) -> list[str]:
    return [problem.field for problem in caught.value.problems]


def test_planned_stands_beside_actual_by_month(workbook: Workbook) -> None:
    add(workbook, month=date(2023, 3, 20))
    found = costs.by_month(on(NORA, workbook, TODAY), contract_of(workbook))
    assert [(each.month, each.planned, each.actual) for each in found] == [
        (FEBRUARY, Decimal("90000.00"), Decimal("100000.00")),
        (MARCH, Decimal("90010.00"), Decimal("80000.00")),
    ]
    share = costs.share(on(NORA, workbook, TODAY), contract_of(workbook))
    assert (share.pounds, share.most) == (Decimal("180010.00"), Decimal("270000.00"))


def test_implementation_never_passes_thirty_per_cent_of_the_value(workbook: Workbook) -> None:
    add(workbook, planned_pounds=Decimal("90000.00"))
    with pytest.raises(InvalidEntry) as caught:
        add(workbook, planned_pounds=Decimal("0.01"))
    assert fields(caught) == ["planned_pounds"]
    assert "£270,000.01" in str(caught.value)
    add(workbook, is_implementation=False, planned_pounds=Decimal("500000.00"), month=date(2024, 5, 1))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"month": date(2022, 12, 31)}, "month"),
        ({"month": date(2023, 4, 1)}, "month"),
        ({"is_implementation": False, "month": date(2025, 4, 1)}, "month"),
        ({"planned_pounds": None}, "planned_pounds"),
        ({"what": " "}, "what"),
        ({"is_implementation": None}, "is_implementation"),
        ({"planned_pounds": Decimal("-1.00")}, "planned_pounds"),
    ],
)
def test_a_line_outside_the_contract_or_without_its_facts_is_refused(
    workbook: Workbook, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidEntry) as caught:
        add(workbook, **more)
    assert field in fields(caught)


def test_a_notice_is_recorded_as_it_came(workbook: Workbook) -> None:
    note(workbook)
    (row,) = costs.notices(on(FERN, workbook, TODAY), contract_of(workbook))
    assert (row["month"], row["percent"], row["pounds"]) == (MARCH, Decimal(25), Decimal("60000.00"))


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        # 31 March 2023 was a Friday: three working days on is Wednesday, 5 April
        ({"noticed_on": date(2023, 4, 6)}, "noticed_on", "by 5 April 2023"),
        ({"percent": Decimal("50.5"), "pounds": Decimal("39600.00")}, "percent", "at most 50 %"),
        ({"pounds": Decimal("60000.02")}, "pounds", "leaves £60,000.00"),
        ({"month": date(2023, 1, 1), "noticed_on": date(2023, 2, 2)}, "month", "no implementation costs"),
        ({"percent": None}, "percent", "needed"),
    ],
)
def test_a_notice_that_is_late_too_large_or_does_not_fit_is_refused(
    workbook: Workbook, more: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(InvalidEntry) as caught:
        note(workbook, **more)
    assert fields(caught) == [field]
    assert words in str(caught.value)


def test_a_month_has_one_notice_which_can_be_put_right(workbook: Workbook) -> None:
    note(workbook)
    with pytest.raises(NotYet):
        note(workbook)
    (row,) = costs.notices(on(FERN, workbook, TODAY), contract_of(workbook))
    costs.correct(
        on(FERN, workbook, TODAY), op(), row, {"percent": Decimal(50), "pounds": Decimal("40000.00")}
    )
    assert dwp.row_of(workbook, Deferrals, row.id)["percent"] == 50


@pytest.mark.parametrize("day", [None, date(2023, 4, 6), date(2023, 2, 28)])
def test_complete_wants_a_day_that_has_come_and_not_before_the_month(
    workbook: Workbook, day: date | None
) -> None:
    note(workbook)
    (row,) = costs.notices(on(FERN, workbook, TODAY), contract_of(workbook))
    with pytest.raises(InvalidEntry) as caught:
        costs.complete(on(FERN, workbook, TODAY), op(), row, day)
    assert fields(caught) == ["completed_on"]


def test_co_ordinators_do_not_see_what_things_cost(workbook: Workbook) -> None:
    with pytest.raises(NotAllowed):
        costs.listed(on(COLIN, workbook, TODAY), contract_of(workbook))
    with pytest.raises(NotAllowed):
        costs.add(on(COLIN, workbook, TODAY), op(), "CTR-BILLED", {"month": MARCH, "what": "x"})
    assert dwp.row_of(workbook, Costs, "COS-MARCHH")["actual_pounds"] == 80000
