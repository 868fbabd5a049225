"""What a save decides on, and what it is going to write of it (X3): pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from services.store.changes import Key, instant, mark
from services.store.interface import Cells, Change, Fresh, Needs
from services.store.sheets import troubles
from services.store.sheets.audit import (
    Deed,
    Entry,
)
from services.store.sheets.batch import Batch
from services.store.sheets.grid import Grid
from services.store.sheets.memory import Edit, notes
from services.store.sheets.settle import Spot

Decide = Callable[[Fresh], Sequence[Change]]


def fresh(grids: Mapping[str, Grid], needs: Needs) -> Fresh:
    """The rows that `needs` names, in the order of the sheet; stops where a tab can't be read."""
    found: dict[str, dict[str, Cells]] = {}
    for name in named(needs):
        if (fault := troubles.of(grids[name])) is not None:
            raise fault
    for name, column, value in needs.where:
        of = found.setdefault(name, {})
        of |= {row["_id"]: row for row in _rows(grids[name]) if row[column] == value}
    for name, id_ in needs.rows:
        refuse_unsafe(grids[name], id_)
        if (row := grids[name].one(id_)) is not None:
            found.setdefault(name, {})[id_] = dict(row)
        found.setdefault(name, {})
    for name in needs.whole:
        found[name] = {row["_id"]: row for row in _rows(grids[name])}
    return Fresh(found)


def _rows(grid: Grid) -> list[Cells]:
    """Rows that can be named: with an id, and that only once."""
    return [dict(grid.cells(places[0])) for places in grid.rows_of.values() if len(places) == 1]


def refuse_unsafe(grid: Grid, id_: str) -> None:
    """Stop before writing where the sheet itself is in disorder."""
    if (fault := troubles.of(grid)) is not None:
        raise fault
    if len(grid.rows_of.get(id_, ())) > 1:
        raise troubles.doubled(grid.tab.name, id_)


def named(needs: Needs) -> list[str]:
    named = [name for name, _ in needs.rows] + [name for name, _, _ in needs.where] + list(needs.whole)
    return list(dict.fromkeys(named))


def entries_for(
    audit: Sequence[Cells], standing: Mapping[Key, Cells], grids: Mapping[str, Grid]
) -> list[tuple[Entry, Spot | None]]:
    found: list[tuple[Entry, Spot | None]] = []
    for cells in audit:
        key = (cells["register"], cells["row"])
        if (row := standing.get(key)) is None:
            found.append((Entry(cells, deed=Deed.ADD), None))
        else:
            place = grids[key[0]].place(key[1])
            assert place is not None  # it is standing
            found.append((Entry(cells, deed=Deed.CHANGE, base=row["_change"]), (key[0], place)))
    return found


def counted(entries: list[tuple[Entry, Spot | None]]) -> list[tuple[Entry, Spot | None]]:
    """Each entry told how many there are, and numbered in their order."""
    found = []
    for count, (entry, spot) in enumerate(entries, start=1):
        cells = {**entry.cells, "_id": f"{_bare(entry.cells['_id'])}/{count}"}
        found.append((replace(entry, cells=cells, of=len(entries)), spot))
    return found


def _bare(id_: str) -> str:
    return id_.partition("/")[0]


def news_of_edits(edits: Sequence[Edit], batch: Batch) -> list[Entry]:
    """What people did in the sheet meanwhile, told in the history along with this change."""
    head = {"_id": batch.mark, "number": batch.mark.partition("-")[0]}
    return notes(edits, head, len(batch.entries) + 1)


def head_of(number: int, op_id: str, action: str, at: datetime) -> Cells:
    return {
        "_id": mark(number, op_id),
        "number": str(number),
        "at": instant(at),
        "who": "",
        "programme": "",
        "op_id": op_id,
        "digest": "",
        "action": action,
        "why": "",
        "register": "",
        "row": "",
    }
