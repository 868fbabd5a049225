"""Who may work here: nobody gives themselves a role (X5, RM03, RM06, RM07)."""

from pathlib import Path

import pytest

from schemas.column import Role, Row
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.people import People
from services import people, people_register, records
from services.context import Context
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, CAST, FINN, MAIR, MARC, as_, new_workbook, op

NEW = {"name": "Nia Voyle", "email": "nia.voyle@example.org", "role": Role.COORDINATOR}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


def row_of(ctx: Context, id_: str) -> Row:
    return records.ground(ctx).get(People, id_)


@pytest.mark.parametrize("actor", [ANGHARAD, ADA])
def test_manager_and_administrator_may_invite(workbook: Workbook, actor: object) -> None:
    ctx = as_(actor, workbook)  # type: ignore[arg-type]
    people_register.invite(ctx, op(), NEW)
    (nia,) = people.memberships(workbook.store, "NIA.Voyle@example.org")
    assert (nia.role, nia.status) == (Role.COORDINATOR, "active")


@pytest.mark.parametrize("actor", [MARC, MAIR, FINN])
def test_nobody_else_may(workbook: Workbook, actor: object) -> None:
    with pytest.raises(NotAllowed):
        people_register.invite(as_(actor, workbook), op(), NEW)  # type: ignore[arg-type]


def test_nobody_changes_their_own_role(workbook: Workbook) -> None:
    """RM07."""
    ctx = as_(ANGHARAD, workbook)
    mine = row_of(ctx, ANGHARAD.id)
    values = {"name": mine.name, "email": mine.email, "role": Role.FINANCE}
    with pytest.raises(NotYet):
        people_register.change(ctx, op(), mine, values)
    with pytest.raises(NotYet):
        people_register.stop(ctx, op(), mine)
    assert row_of(ctx, ANGHARAD.id).role == Role.MANAGER


def test_nobody_invites_themselves_into_another_role_or_takes_over_a_colleague_s_row(
    workbook: Workbook,
) -> None:
    """RM07: a second row with one's own address is a role given to oneself."""
    ctx = as_(ANGHARAD, workbook)
    own = {"name": "Someone", "email": "Angharad.Puw@Example.org", "role": Role.FINANCE}
    with pytest.raises(NotYet):
        people_register.invite(ctx, op(), own)
    with pytest.raises(NotYet):
        people_register.change(ctx, op(), row_of(ctx, FINN.id), own)
    assert row_of(ctx, FINN.id).email == FINN.email


def test_a_colleague_s_role_can_be_changed(workbook: Workbook) -> None:
    ctx = as_(ANGHARAD, workbook)
    marc = row_of(ctx, MARC.id)
    people_register.change(ctx, op(), marc, {"name": marc.name, "email": marc.email, "role": Role.EVALUATOR})
    assert row_of(ctx, MARC.id).role == Role.EVALUATOR


def test_a_stopped_person_is_out_and_may_be_started_again(workbook: Workbook) -> None:
    """RM03."""
    ctx = as_(ADA, workbook)
    people_register.stop(ctx, op(), row_of(ctx, MARC.id))
    assert people.memberships(workbook.store, MARC.email) == []
    people_register.start_again(ctx, op(), row_of(ctx, MARC.id))
    assert len(people.memberships(workbook.store, MARC.email)) == 1


def test_stopping_whom_a_colleague_has_just_stopped_says_who_did(workbook: Workbook) -> None:
    shown = row_of(as_(ADA, workbook), MARC.id)
    people_register.stop(as_(ADA, workbook), op(), shown)
    with pytest.raises(NotYet) as refused:
        people_register.stop(as_(ANGHARAD, workbook), op(), shown)
    assert "Ada Blythe" in str(refused.value)


def test_the_same_role_twice_for_one_address_is_refused(workbook: Workbook) -> None:
    ctx = as_(ANGHARAD, workbook)
    twice = {"name": "Marc again", "email": MARC.email.upper(), "role": Role.COORDINATOR}
    with pytest.raises(InvalidEntry) as refused:
        people_register.invite(ctx, op(), twice)
    assert [problem.field for problem in refused.value.problems] == ["email"]


def test_a_mentor_needs_their_own_entry_in_the_pool(workbook: Workbook) -> None:
    ctx = as_(ANGHARAD, workbook)
    with pytest.raises(InvalidEntry) as refused:
        people_register.invite(ctx, op(), NEW | {"role": Role.MENTOR})
    assert [problem.field for problem in refused.value.problems] == ["mentor"]
    with pytest.raises(InvalidEntry) as refused:
        people_register.invite(ctx, op(), NEW | {"role": Role.MENTOR, "mentor": MAIR.mentor})
    assert "somebody else" in str(refused.value)


def test_the_list_holds_stopped_people_too_and_is_closed_to_mentors(workbook: Workbook) -> None:
    ctx = as_(ADA, workbook)
    people_register.stop(ctx, op(), row_of(ctx, MARC.id))
    rows = people_register.listed(ctx)
    assert len(rows) == len(CAST)
    assert rows[-1].id == MARC.id
    with pytest.raises(NotAllowed):
        people_register.listed(as_(MAIR, workbook))
