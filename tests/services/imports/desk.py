"""Bringing the charity's own files into a workbook of the tests' own."""

from pathlib import Path

from services.context import Context
from services.imports import mapping
from services.imports.bring import Imported, bring
from services.imports.files import read
from services.imports.preview import Preview, preview
from services.workbook import Workbook
from tests.cast import ANGHARAD, as_, op

REAL = Path(__file__).parents[2] / "data" / "real-input"
POOL, GROUPS, TIME = "mentor-pool.csv", "groups-and-assignments.csv", "timesheets-2026-07-to-09.csv"


def look(ctx: Context, content: bytes | str, existing: str = "add") -> Preview:
    """A preview by the recipe and the mapping that the headings suggest."""
    raw = (REAL / content).read_bytes() if isinstance(content, str) else content
    upload = read(content if isinstance(content, str) else "file.csv", raw)
    recipe = mapping.best(ctx.programme, upload.columns)
    assert recipe is not None
    return preview(ctx, recipe, upload, mapping.default(recipe, upload.columns), existing)


def take(ctx: Context, content: bytes | str, existing: str = "add", only: str = "good") -> Imported:
    """Preview and bring in."""
    return bring(ctx, op(), look(ctx, content, existing), only)


def pool_and_groups(workbook: Workbook) -> None:
    """The first two files brought in, as a scene."""
    for name in (POOL, GROUPS):
        take(as_(ANGHARAD, workbook), name)


def wrong_columns(seen: Preview) -> dict[int, list[str]]:
    """File row -> the columns that are wrong in it."""
    return {line.row.number: [problem.field for problem in line.problems] for line in seen.wrong}
