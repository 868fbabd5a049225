"""Every kind of change has a name for people (X4)."""

import ast
from pathlib import Path

from services import deeds

SERVICES = Path(deeds.__file__).parent


def committed() -> set[str]:
    """The actions that services commit under, where they are written out or kept in ACTION."""
    found = set()
    for file in SERVICES.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "records.commit":
                found |= {node.args[2].value} if isinstance(node.args[2], ast.Constant) else set()
    return found


def test_every_action_that_is_committed_has_a_name() -> None:
    assert committed() <= set(deeds.DEEDS)
    assert len(committed()) > 10
