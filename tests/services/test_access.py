"""The access table against the published matrix, role by role (X5, access-matrix.csv)."""

import csv
from pathlib import Path

import pytest

from schemas.column import Role
from schemas.registers import BY_TAB
from services.access import MAY, SEES, SEES_OF_PEOPLE

MATRIX = Path(__file__).parent.parent / "data" / "access-matrix.csv"
ROLES = {
    "administrator": Role.ADMINISTRATOR,
    "programme_manager": Role.MANAGER,
    "coordinator": Role.COORDINATOR,
    "mentor": Role.MENTOR,
    "finance": Role.FINANCE,
    "evaluator": Role.EVALUATOR,
}
# Rows that are about having a right at all; rows about whose record it is are tested at their nouns.
ACTIONS = {
    "RM06": "people.edit",
    "RM11": "audit.see",
    "RM13": "requests.bundle",
    "RM14": "erasure.confirm",
    "RM16": "imports.bring",
    "RM17": "pool.see",
    "RM21": "payees.confirm",
    "RM24": "interests.assess",
    "RM26": "timesheets.submit",
    "RM29": "timesheets.approve",
    "RM34": "timesheets.return",
    "RM35": "invoices.issue",
    "RM39": "invoices.void",
    "RM39b": "invoices.confirm_void",
    "RM40": "sessions.write",
    "RM83": "exceptions.allow",
}
ROWS = {row["id"]: row for row in csv.DictReader(MATRIX.open(encoding="utf-8"))}


@pytest.mark.parametrize("id_", ACTIONS)
def test_the_table_gives_a_right_to_exactly_the_matrix_s_roles(id_: str) -> None:
    row = ROWS[id_]
    allowed = {role for name, role in ROLES.items() if row[name] == "allow"}
    assert MAY[ACTIONS[id_]] == allowed


def test_every_register_says_who_sees_it() -> None:
    assert set(SEES) == set(BY_TAB)


def test_the_administrator_sees_no_people_s_records() -> None:
    """Set-up and exceptions, no people's records (X5)."""
    seen = {tab for tab, scopes in SEES.items() if Role.ADMINISTRATOR in scopes}
    # a concern of their own duty, where they have one: services/concerns.py, tests/services/test_concerns.py
    assert seen == {"Figures", "Proposals", "People", "Exceptions", "Drafts", "Views", "Concerns"}
    assert SEES["Concerns"][Role.ADMINISTRATOR] == "own"


def test_a_safeguarding_concern_is_nobody_s_by_role() -> None:
    """Whoever raised it sees that it arrived, the lead and the deputy see the rest, whatever their role (D30, W10)."""
    assert SEES["Concerns"] == dict.fromkeys(Role, "own")


def test_the_evaluator_sees_nothing_unmasked() -> None:
    scopes = {tab: seen[Role.EVALUATOR] for tab, seen in SEES.items() if Role.EVALUATOR in seen}
    assert set(scopes.values()) <= {"masked", "own"}
    own = {"People", "Drafts", "Views", "Concerns", "Return lines"}
    assert {tab for tab, scope in scopes.items() if scope == "own"} == own
    # of a return's lines, the measures alone (RM57)
    assert SEES["Return lines"][Role.EVALUATOR] == "own"


def test_the_evaluator_sees_nothing_of_people_in_a_programme_of_people() -> None:
    """Figures and anonymised samples only (X5): not even a masked row of a case."""
    assert not any(Role.EVALUATOR in scopes for scopes in SEES_OF_PEOPLE.values())
