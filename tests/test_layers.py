"""The house has one way down and no arrow back up (design 1): read from the imports themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = [
    ROOT / "app.py",
    *sorted(path for top in ("pages", "services", "schemas") for path in (ROOT / top).rglob("*.py")),
]
OURS = ("pages", "services", "schemas", "tests", "app")
NEVER_IN_PAGES = {
    "sqlalchemy",
    "gspread",
    "docx",
    "docxtpl",
    "openpyxl",
    "psycopg",
    "sqlite3",
    "cryptography",
}


def imports(file: Path) -> set[str]:
    """Every module a file imports, also inside functions; type-checking imports included."""
    return set(_imports(ast.parse(file.read_text())))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def under(file: Path, *folders: str) -> bool:
    return any(str(file.relative_to(ROOT)).startswith(folder) for folder in folders)


def breaches(file: Path) -> list[str]:
    """What a file imports that its place forbids."""
    return [module for module in sorted(imports(file)) if not _may(file, module)]


def _may(file: Path, module: str) -> bool:
    top = module.split(".")[0]
    is_ours = top in OURS
    if under(file, "schemas"):
        return top != "streamlit" and (not is_ours or top == "schemas")
    if under(file, "services/rules", "services/documents"):
        own = ".".join(file.relative_to(ROOT).parts[:2])
        return top != "streamlit" and (not is_ours or top == "schemas" or module.startswith(own))
    if under(file, "services/store"):
        is_own = module.startswith("services.store")
        return top != "streamlit" and (
            not is_ours or is_own or module.startswith(("schemas.errors", "schemas.kinds", "schemas.words"))
        )
    if under(file, "services"):
        return top not in {"streamlit", "pages", "tests", "app"}
    if top in NEVER_IN_PAGES or top in {"tests", "app"}:
        return False
    if under(file, "pages/ui") or file.name == "app.py":
        return top != "pages" or module.startswith("pages.ui")
    is_part = module.split(".")[2:3] == ["parts"]  # shared pieces; a page itself is nobody's to import
    return top != "pages" or module.startswith("pages.ui") or is_part


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_module_imports_only_what_lies_below_it(file: Path) -> None:
    assert breaches(file) == []


def test_only_the_gate_reads_and_writes_through_the_store() -> None:
    """Nouns name what they need with the store's own values; who commits to it is the gate alone."""
    callers = [
        str(file.relative_to(ROOT))
        for file in FILES
        if under(file, "services")
        and not under(file, "services/store")
        and ".store.commit(" in file.read_text()
    ]
    assert set(callers) <= {"services/records.py", "services/example.py"}


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("services/rules/x.py", "from services import records"),
        ("services/x.py", "import streamlit as st"),
        ("schemas/x.py", "from services.store import create_store"),
        ("pages/mentor/x.py", "from pages.finance import invoices"),
        ("pages/mentor/x.py", "import sqlalchemy"),
    ],
)
def test_the_test_sees_an_arrow_that_points_up(place: str, line: str) -> None:
    (module,) = set(_imports(ast.parse(line)))
    assert not _may(ROOT / place, module)


def test_the_gate_and_the_reading_behind_records_are_reached_through_it_alone() -> None:
    """One door: whoever reads or writes registers imports `services.records`."""
    behind = {"services.gate", "services.reading"}
    inside = {"services/records.py", "services/gate.py"}
    for file in FILES:
        if str(file.relative_to(ROOT)) not in inside:
            modules = imports(file)
            assert not {each for each in modules if each in behind or each.rpartition(".")[0] in behind}, file
