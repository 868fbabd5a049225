"""More days by an approved variation; history stays (S6)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.assignments import Assignments, Variations
from schemas.column import Row
from schemas.errors import InvalidEntry, NotAllowed, NotYet, StaleRow
from services import agreements, assignments, records, variations
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, FINN, GETHIN, MAIR, MARC, as_, op
from tests.services.staff import (
    GETHIN_ID,
    assigned,
    both_roles,
    made,
    nothing_written,
    row_of,
    rows_of,
    staffed,
)

MORE = {"days": Decimal(2), "ends_on": date(2027, 1, 31), "reason": "A second site"}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    found = staffed(tmp_path)
    assigned(found)
    return found


def _proposed(workbook: Workbook) -> Row:
    return made(workbook, variations.propose(as_(MARC, workbook), op(), "ASG-GETHIN", MORE), Variations)


def test_an_approved_variation_extends_and_the_first_agreement_stays(workbook: Workbook) -> None:
    shown, key, ctx = _proposed(workbook), op(), as_(ANGHARAD, workbook)
    assert [row.id for row in variations.waiting(ctx)] == [shown.id]
    variations.approve(ctx, key, shown)
    assert variations.approve(ctx, key, shown).repeated
    assignment = row_of(workbook, Assignments, "ASG-GETHIN")
    assert (assignment["days"], assignment["ends_on"]) == (Decimal(5), date(2026, 12, 31))
    agreed = agreements.agreed(records.ground(ctx), assignment, Decimal(7))
    assert (agreed.hours, agreed.ends_on) == (Decimal(49), date(2027, 1, 31))
    assert row_of(workbook, Variations, shown.id)["decided_by"] == ANGHARAD.id


def test_a_mentor_asks_for_an_own_assignment_only(workbook: Workbook) -> None:
    row = made(workbook, variations.propose(as_(GETHIN, workbook), op(), "ASG-GETHIN", MORE), Variations)
    assert (row["mentor"], row["proposed_by"]) == (GETHIN_ID, GETHIN.id)
    assert variations.of_assignment(as_(GETHIN, workbook), "ASG-GETHIN") == [row]
    assert variations.of_assignment(as_(MAIR, workbook), "ASG-GETHIN") == []
    with nothing_written(workbook, NotAllowed):
        variations.propose(as_(MAIR, workbook), op(), "ASG-GETHIN", MORE)


@pytest.mark.parametrize("actor", [FINN, ADA])
def test_others_propose_nothing(workbook: Workbook, actor: object) -> None:
    with nothing_written(workbook, NotAllowed):
        variations.propose(as_(actor, workbook), op(), "ASG-GETHIN", MORE)  # type: ignore[arg-type]


@pytest.mark.parametrize("actor", [MARC, GETHIN, FINN, ADA])
def test_only_the_programme_manager_decides(workbook: Workbook, actor: object) -> None:
    shown, ctx = _proposed(workbook), as_(actor, workbook)  # type: ignore[arg-type]
    with nothing_written(workbook, NotAllowed):
        variations.approve(ctx, op(), shown)
    with nothing_written(workbook, NotAllowed):
        variations.refuse(ctx, op(), shown, "No")


def test_nobody_approves_days_for_themselves(workbook: Workbook) -> None:
    shown = _proposed(workbook)
    both_roles(workbook, ANGHARAD, GETHIN_ID)
    with nothing_written(workbook, NotYet):
        variations.approve(as_(ANGHARAD, workbook), op(), shown)


def test_a_variation_has_days_a_reason_and_a_running_assignment(workbook: Workbook) -> None:
    ctx = as_(MARC, workbook)
    for wrong in ({"days": None}, {"reason": " "}, {"days": Decimal(0)}):
        with nothing_written(workbook, InvalidEntry):
            variations.propose(ctx, op(), "ASG-GETHIN", {**MORE, **wrong})
    with nothing_written(workbook, NotAllowed):
        variations.propose(ctx, op(), "ASG-GETHIN", {**MORE, "status": "approved"})
    shown = _proposed(workbook)
    manager = as_(ANGHARAD, workbook)
    assignments.end(manager, op(), row_of(workbook, Assignments, "ASG-GETHIN"), date(2026, 10, 5))
    with nothing_written(workbook, NotYet):
        variations.propose(ctx, op(), "ASG-GETHIN", MORE)
    with nothing_written(workbook, NotYet):
        variations.approve(manager, op(), shown)
    variations.refuse(manager, op(), shown, "It has ended")


def test_what_changed_since_it_was_shown_is_not_approved(workbook: Workbook) -> None:
    shown = _proposed(workbook)
    stale = Row(shown, days=Decimal(1))
    with nothing_written(workbook, StaleRow):
        variations.approve(as_(ANGHARAD, workbook), op(), stale)


def test_a_variation_is_decided_once(workbook: Workbook) -> None:
    shown, ctx = _proposed(workbook), as_(ANGHARAD, workbook)
    with nothing_written(workbook, InvalidEntry):
        variations.refuse(ctx, op(), shown, "")
    variations.refuse(ctx, op(), shown, "Over budget")
    with nothing_written(workbook, NotYet):
        variations.approve(ctx, op(), shown)
    assert len(rows_of(workbook, Variations)) == 1
