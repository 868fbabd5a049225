"""Reflections: shared with whom the mentor chose, chargeable only within an allowance (S8, S14)."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.assignments import Assignments
from schemas.errors import NotAllowed, NotYet
from schemas.work import Development, Timesheets
from services import approvals, development, timesheets
from services.workbook import Workbook
from tests.cast import ANGHARAD, EVAN, FINN, GETHIN, MAIR, MARC, as_, op
from tests.services.staff import GETHIN_ID, nothing_written, put, rows_of, staffed

TYPED: dict[str, Any] = {
    "kind": "reflection",
    "held_on": date(2026, 9, 30),
    "title": "What the kettle taught me",
    "words": "People talk when it boils.",
    "shared_with": ("programme team",),
}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    made = staffed(tmp_path)
    put(
        made,
        Assignments,
        "ASG-FORUM2",
        mentor=GETHIN_ID,
        activity="Reflection",
        days=Decimal(1),
        starts_on=date(2026, 9, 1),
        approved_on=date(2026, 8, 31),
        status="approved",
    )
    return made


def test_a_reflection_may_be_shared_without_any_hours(workbook: Workbook) -> None:
    development.share(as_(GETHIN, workbook), op(), TYPED)
    assert len(rows_of(workbook, Development)) == 1
    assert rows_of(workbook, Timesheets) == []


def test_its_hours_become_a_draft_on_the_allowance(workbook: Workbook) -> None:
    gethin = as_(GETHIN, workbook)
    development.share(gethin, op(), TYPED | {"is_chargeable": True}, Decimal("1.5"), "ASG-FORUM2")
    (line,) = rows_of(workbook, Timesheets)
    assert (line.status, line.hours, line.is_chargeable) == ("draft", Decimal("1.5"), True)
    timesheets.submit(gethin, op(), [line])
    (claim,) = approvals.waiting(as_(ANGHARAD, workbook))
    assert claim.is_ready, "an allowance stands in for assignment and Activity Record"


def test_hours_without_an_allowance_are_refused_and_nothing_is_lost(workbook: Workbook) -> None:
    with nothing_written(workbook, NotYet):
        development.share(as_(MAIR, workbook), op(), TYPED, Decimal(1), "ASG-FORUM2")


def test_other_mentors_read_only_what_was_shared_with_the_pool(workbook: Workbook) -> None:
    gethin = as_(GETHIN, workbook)
    development.share(gethin, op(), TYPED)
    development.share(gethin, op(), TYPED | {"title": "For all", "shared_with": ("mentor pool",)})
    assert [row.title for row in development.shared(as_(MAIR, workbook))] == ["For all"]
    assert len(development.shared(as_(MARC, workbook))) == 2


@pytest.mark.parametrize("actor", [FINN, EVAN])
def test_finance_and_evaluator_do_not_read_reflections(workbook: Workbook, actor: Any) -> None:
    with pytest.raises(NotAllowed):
        development.shared(as_(actor, workbook))
