"""Steps of a claim for expenses, and receipts made for them, for the tests of what follows."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from PIL import Image

from schemas.column import Row
from schemas.expenses import Expenses
from services import expenses, receipts, records
from services.context import Actor
from services.workbook import Workbook
from tests import lga
from tests.cast import op
from tests.lga import HELEN, OLU, as_, made, row_of
from tests.services import placing

SPENT = date(2026, 11, 16)
TRAIN = {"kind": "rail", "spent_on": SPENT, "what": "Harmer to Brockney and back", "pounds": Decimal("64.20")}
MEAL = {
    "kind": "meals",
    "spent_on": SPENT,
    "what": "Dinner",
    "pounds": Decimal("41.50"),
    "nights": Decimal(1),
}
DRIVE = {"kind": "car mileage", "spent_on": SPENT, "what": "Harmer to Brockney", "miles": Decimal(120)}
FLIGHT = {
    "kind": "air",
    "spent_on": date(2026, 12, 1),
    "what": "Newquay to Newcastle",
    "pounds": Decimal(88),
    "saves": "A night in a hotel and £60 of train fare",
}


def scene(workbook: Workbook) -> None:
    """A project under way with the officer in its team and a purchase order."""
    lga.begin(workbook)
    placing.ready(workbook)


def opened(path: Path) -> Workbook:
    """A workbook with that scene in it."""
    return lga.new_workbook(path / "workbook.sqlite3", scene)


def photo(width: int = 60, height: int = 40, form: str = "PNG", **more: Any) -> bytes:
    """A small picture, as a telephone might send it."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, form, **more)
    return out.getvalue()


def written(workbook: Workbook, values: dict[str, Any], actor: Actor = OLU) -> Row:
    """A draft."""
    return made(workbook, expenses.save(as_(actor, workbook), op(), values), Expenses)[0]


def drafted(workbook: Workbook, values: dict[str, Any], actor: Actor = OLU) -> Row:
    """A draft with its receipt."""
    row = written(workbook, values, actor)
    receipts.add(as_(actor, workbook), op(), row, photo())
    return row_of(workbook, Expenses, row.id)


def sent(workbook: Workbook, *values: dict[str, Any], actor: Actor = OLU) -> list[Row]:
    """Items sent together, each with its receipt."""
    rows = [drafted(workbook, each, actor) for each in values]
    expenses.submit(as_(actor, workbook), op(), rows)
    return [row_of(workbook, Expenses, row.id) for row in rows]


def approved(workbook: Workbook, *values: dict[str, Any]) -> list[Row]:
    """Items approved by the manager."""
    rows = sent(workbook, *values)
    expenses.approve(as_(HELEN, workbook), op(), rows)
    return [row_of(workbook, Expenses, row.id) for row in rows]


def all_rows(workbook: Workbook) -> list[Row]:
    """Every item there is."""
    return records.ground(as_(HELEN, workbook)).all(Expenses)
