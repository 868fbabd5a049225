"""Every page begins by asking who is there and with which right, and none can be run past the gate (X5)."""

import ast
from pathlib import Path

import pytest

from pages.ui.navigation import PLACES
from services.access import MAY
from tests.desk import ROOT

FOLDER = ROOT / "pages"
PAGES = sorted(
    file for file in FOLDER.glob("*/*.py") if file.parent.name != "ui" and file.name != "__init__.py"
)
BY_FILE = {place.file: place for place in PLACES}


def first_statement(file: Path) -> ast.stmt:
    """The first thing a page does after its docstring and imports, and so before it shows anything."""
    quiet = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef
    body = ast.parse(file.read_text()).body
    return next(each for each in body if not isinstance(each, quiet) and not _is_constant(each))


def _is_constant(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id.isupper()
    if isinstance(statement, ast.Assign):
        return all(isinstance(target, ast.Name) and target.id.isupper() for target in statement.targets)
    return False


def visited_right(statement: ast.stmt) -> str | None:
    """The right in `ctx = ui.visit("right")`; `None` for any other statement."""
    if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Call):
        return None
    called, given = statement.value.func, statement.value.args
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    if name != "visit" or len(given) != 1 or not isinstance(given[0], ast.Constant):
        return None
    return str(given[0].value)


@pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(FOLDER)))
def test_the_first_statement_of_a_page_is_its_guard(file: Path) -> None:
    assert visited_right(first_statement(file)) in MAY


@pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(FOLDER)))
def test_a_page_stands_in_the_navigation_with_the_right_it_asks_for(file: Path) -> None:
    place = BY_FILE[str(file.relative_to(ROOT))]
    assert place.right == visited_right(first_statement(file))


def test_no_file_lies_where_streamlit_would_run_it_past_the_gate() -> None:
    assert [file.name for file in FOLDER.glob("*.py")] == ["__init__.py"]


def test_every_place_in_the_navigation_has_its_file_and_an_address_of_its_own() -> None:
    assert [place.file for place in PLACES if not (ROOT / place.file).exists()] == []
    assert len({place.url for place in PLACES}) == len(PLACES)
    assert {place.right for place in PLACES} <= set(MAY)


def test_the_guard_test_would_see_a_page_that_shows_before_it_asks(tmp_path: Path) -> None:
    page = tmp_path / "page.py"
    page.write_text('import streamlit as st\nst.write("all")\nctx = ui.visit("pool.see")\n')
    assert visited_right(first_statement(page)) is None
