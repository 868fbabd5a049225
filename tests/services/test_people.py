"""Who may sign in, and in which language they read (X5, X7)."""

from pathlib import Path

import pytest

from schemas.column import Role
from schemas.people import People
from services import people, records
from services.workbook import Workbook
from tests.cast import CAST, EVAN, MAIR, MARC, as_, new_workbook, op


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


@pytest.mark.parametrize("actor", CAST)
def test_everybody_keeps_their_own_language(workbook: Workbook, actor: object) -> None:
    ctx = as_(actor, workbook)  # type: ignore[arg-type]
    people.set_language(ctx, op(), "cy")
    (row,) = people.memberships(workbook.store, ctx.actor.email)
    assert people.language_of(row) == "cy"


def test_only_one_s_own_language_changes(workbook: Workbook) -> None:
    people.set_language(as_(MAIR, workbook), op(), "cy")
    others = [row for row in people.memberships(workbook.store) if row.id != MAIR.id]
    assert {people.language_of(row) for row in others} == {"en"}


def test_one_sees_one_s_own_entry_and_nobody_else_s(workbook: Workbook) -> None:
    for actor in (MAIR, EVAN, MARC):
        assert [row.id for row in records.view(as_(actor, workbook)).all(People)] == [actor.id]


def test_a_signed_in_persons_role_is_the_role_itself_not_a_text_like_it(workbook: Workbook) -> None:
    """X5: a verb asks `role is Role.MENTOR`; a text that only equals it would pass as staff."""
    (person,) = people.memberships(workbook.store, MAIR.email)
    assert people.actor_of(person).role is Role.MENTOR
