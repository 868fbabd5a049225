"""Keys change and get lost: every sealed value closed anew with the newest key, and a lost key said plainly (X6)."""

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from schemas.registers import BY_TAB, REGISTERS
from schemas.words import N_
from services.seals import PREFIX, Sealed, Seals
from services.store.interface import AUDIT, Cells, Erasure, Operation, Rewrite, Store
from services.workbook import Workbook

log = logging.getLogger("mentor_desk.seals")
ACTION = "seals.rotate"
WHO = "Reseal"
LOST = N_("Sealed values can’t be opened: their key is missing")


@dataclass(frozen=True)
class Standing:
    """How many sealed values the registers hold, how many no key opens, how many an older key closed."""

    sealed: int
    lost: int
    older: int


def standing(workbook: Workbook) -> Standing:
    """The registers' sealed values against the keys of this installation; nothing is shown of any."""
    cells = [
        row[column.name].token
        for register in REGISTERS
        for column in register.columns.values()
        if column.sealed
        for row in workbook.table(register.tab).rows.values()
        if row[column.name]
    ]
    lost = sum(workbook.seals.readable(Sealed(token)) is None for token in cells)
    older = sum(not workbook.seals.is_newest(token) for token in cells) - lost
    return Standing(len(cells), lost, older)


def say_lost(workbook: Workbook) -> None:
    """Say at the start, in the log, that a key is missing; the home page says it too."""
    if lost := standing(workbook).lost:
        log.critical(
            "%s sealed values can't be opened: their key is not among the keys of this installation. "
            "Put the key back (sealing_keys, MENTOR_DESK_KEYS or the .key file beside the workbook); "
            "without it these values must be asked for anew.",
            lost,
        )


def reseal(store: Store, seals: Seals, now: datetime) -> int:
    """Close every sealed value anew with the newest key, in rows and history; how many rows of registers changed.

    What no key opens stays as it is. Running it again changes nothing.
    """
    before = store.read(*BY_TAB).rows
    rewrite = _resealing(seals)
    rows = sum(rewrite(tab, cells) != cells for tab, of in before.items() for cells in of)
    if rows or any(rewrite(AUDIT, cells) != cells for cells in store.audit(10_000_000)):
        digest = hashlib.sha256(now.isoformat().encode()).hexdigest()
        operation = Operation(f"reseal-{digest[:16]}", digest, WHO, ACTION, now, "")
        store.erase(operation, lambda fresh: Erasure(rewrite))
    return rows


def _resealing(seals: Seals) -> Rewrite:
    done: dict[str, str] = {}

    def anew(cell: str) -> str:
        if not cell.startswith(PREFIX):
            return cell
        return done.setdefault(cell, seals.renewed(cell))

    def rewrite(tab: str, cells: Cells) -> Cells:
        if tab == AUDIT:
            return _history(cells, anew)
        return {name: anew(cell) for name, cell in cells.items()}

    return rewrite


def _history(cells: Cells, anew: Callable[[str], str]) -> Cells:
    if PREFIX not in cells["fields"]:
        return cells
    try:
        fields = json.loads(cells["fields"])
    except ValueError:
        return cells
    new = {name: [anew(cell) for cell in pair] for name, pair in fields.items()}
    if new == fields:
        return cells
    return {**cells, "fields": json.dumps(new, ensure_ascii=False, sort_keys=True)}
