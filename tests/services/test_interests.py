"""Declaring and assessing earlier relationships (S5, RM23 to RM25)."""

from pathlib import Path

import pytest

from schemas.assignments import DeclaredBy, Interests
from schemas.column import Row
from schemas.errors import InvalidEntry, NotAllowed, NotFound, NotYet, StaleRow
from services import interests, records
from services.rules.conditions import Relationship
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, EVAN, FINN, GETHIN, MAIR, MARC, as_, op
from tests.services.staff import (
    GETHIN_ID,
    GROUP_ID,
    OTHER_GROUP_ID,
    assigned,
    both_roles,
    made,
    nothing_written,
    put,
    row_of,
    rows_of,
    staffed,
)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    found = staffed(tmp_path)
    assigned(found, status="proposed")
    return found


def _state(workbook: Workbook) -> Relationship:
    return interests.state_of(records.ground(as_(MARC, workbook)), GETHIN_ID, GROUP_ID)


def _declared(workbook: Workbook, nature: str = "Chaired it until 2024") -> Row:
    return made(workbook, interests.declare(as_(GETHIN, workbook), op(), GROUP_ID, nature), Interests)


def test_a_mentor_declares_about_the_group_of_an_own_assignment(workbook: Workbook) -> None:
    assert _state(workbook) is Relationship.NONE
    row = _declared(workbook)
    assert (row["mentor"], row["declared_by"], row["status"]) == (GETHIN_ID, "mentor", "declared")
    assert _state(workbook) is Relationship.DECLARED
    assert [each.id for each in interests.waiting(as_(MARC, workbook))] == [row.id]


def test_none_is_a_declaration_too(workbook: Workbook) -> None:
    assert _declared(workbook, " ")["status"] == "none declared"
    assert _state(workbook) is Relationship.NONE
    _declared(workbook)
    assert _state(workbook) is Relationship.DECLARED
    assert len(rows_of(workbook, Interests)) == 1


def test_a_second_click_declares_once(workbook: Workbook) -> None:
    key, ctx = op(), as_(GETHIN, workbook)
    interests.declare(ctx, key, GROUP_ID, "Neighbour")
    assert interests.declare(ctx, key, GROUP_ID, "Neighbour").repeated
    assert len(rows_of(workbook, Interests)) == 1


def test_a_mentor_speaks_for_nobody_else(workbook: Workbook) -> None:
    """RM23: own assignment only."""
    with nothing_written(workbook, NotAllowed):
        interests.declare(as_(MAIR, workbook), op(), GROUP_ID, "x")
    with nothing_written(workbook, NotAllowed):
        interests.declare(as_(GETHIN, workbook), op(), OTHER_GROUP_ID, "x")
    with nothing_written(workbook, NotAllowed):
        interests.declare(as_(GETHIN, workbook), op(), GROUP_ID, "x", mentor="MEN-MAIRPR")
    with nothing_written(workbook, NotAllowed):
        interests.declare(as_(GETHIN, workbook), op(), GROUP_ID, "x", declared_by=DeclaredBy.HOST)


def test_the_hosts_declaration_is_recorded_by_staff_and_counts_beside_the_mentors(workbook: Workbook) -> None:
    _declared(workbook, "")
    ctx = as_(MARC, workbook)
    interests.declare(ctx, op(), GROUP_ID, "Funded it", mentor=GETHIN_ID, declared_by=DeclaredBy.HOST)
    assert len(rows_of(workbook, Interests)) == 2
    assert _state(workbook) is Relationship.DECLARED
    with nothing_written(workbook, NotFound):
        interests.declare(ctx, op(), GROUP_ID, "x", mentor="MEN-NOBODY")


@pytest.mark.parametrize(
    ("may", "status", "state"),
    [
        (True, "may proceed", Relationship.MAY_PROCEED),
        (False, "may not", Relationship.MAY_NOT),
    ],
)
def test_the_assessment_says_whether_the_work_may_go_ahead(
    workbook: Workbook, may: bool, status: str, state: Relationship
) -> None:
    shown = _declared(workbook)
    key, ctx = op(), as_(MARC, workbook)
    interests.assess(ctx, key, shown, may_proceed=may, assessment="Two years ago")
    assert interests.assess(ctx, key, shown, may_proceed=may, assessment="Two years ago").repeated
    row = row_of(workbook, Interests, shown.id)
    assert (row["status"], row["assessed_by"], _state(workbook)) == (status, MARC.id, state)
    assert interests.waiting(ctx) == []


def test_a_new_declaration_wants_a_new_assessment(workbook: Workbook) -> None:
    shown, ctx = _declared(workbook), as_(MARC, workbook)
    interests.assess(ctx, op(), shown, may_proceed=True, assessment="Long ago")
    row = _declared(workbook, "Now its treasurer")
    assert (row.id, row["status"], row["assessment"]) == (shown.id, "declared", None)


def test_a_declared_relationship_is_not_taken_back_to_none(workbook: Workbook) -> None:
    _declared(workbook)
    with nothing_written(workbook, NotYet):
        interests.declare(as_(GETHIN, workbook), op(), GROUP_ID, "")


def test_nobody_assesses_themselves_under_any_role(workbook: Workbook) -> None:
    """RM25: a facilitator with a mentor's row of the same address."""
    shown = _declared(workbook)
    both_roles(workbook, MARC, GETHIN_ID)
    with nothing_written(workbook, NotYet):
        interests.assess(as_(MARC, workbook), op(), shown, may_proceed=True, assessment="Fine")
    interests.assess(as_(ANGHARAD, workbook), op(), shown, may_proceed=True, assessment="Fine")


@pytest.mark.parametrize("actor", [GETHIN, FINN, EVAN, ADA])
def test_only_staff_assess(workbook: Workbook, actor: object) -> None:
    """RM24."""
    shown, ctx = _declared(workbook), as_(actor, workbook)  # type: ignore[arg-type]
    with nothing_written(workbook, NotAllowed):
        interests.assess(ctx, op(), shown, may_proceed=True, assessment="Fine")
    with pytest.raises(NotAllowed):
        interests.waiting(ctx)


def test_an_assessment_has_a_reason_and_is_of_what_was_shown(workbook: Workbook) -> None:
    shown, ctx = _declared(workbook), as_(MARC, workbook)
    with nothing_written(workbook, InvalidEntry):
        interests.assess(ctx, op(), shown, may_proceed=True, assessment=" ")
    _declared(workbook, "Also its landlord")
    with nothing_written(workbook, StaleRow):
        interests.assess(ctx, op(), shown, may_proceed=True, assessment="Fine")
    now = row_of(workbook, Interests, shown.id)
    interests.assess(as_(ANGHARAD, workbook), op(), now, may_proceed=False, assessment="No")
    with nothing_written(workbook, NotYet):
        interests.assess(ctx, op(), now, may_proceed=True, assessment="Fine")


def test_an_imported_declaration_without_its_giver_is_the_mentors(workbook: Workbook) -> None:
    put(workbook, Interests, "INT-IMPORT", mentor=GETHIN_ID, mentee=GROUP_ID, status="none declared")
    assert _declared(workbook).id == "INT-IMPORT"
