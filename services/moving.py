"""A whole workbook from one place to another: a file, a spreadsheet, a database server; a backup is such a move (X1).

Rows and history go as they are, sealed cells as their letters: they open only with the same keys.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from schemas.errors import OurError
from schemas.words import N_, Message, message
from services.store import create_store
from services.store.interface import AUDIT, Cells, Store
from services.workbook import tabs


class NotMovable(OurError):
    """A row without an id, or two with the same: the new place could not hold it."""

    def __init__(self, tab: str) -> None:
        super().__init__(
            message(N_("The tab {tab} has rows without an id, or two rows with the same one."), tab=tab),
            Message(N_("Mend them with the sheet check, then move the workbook. Nothing was moved.")),
        )


class MovedOtherwise(OurError):
    """The copy does not say what the original says."""

    def __init__(self, tab: str) -> None:
        super().__init__(
            message(N_("The tab {tab} is not the same in the new place."), tab=tab),
            Message(N_("Go on with the old workbook, and tell the person who looks after Mentor Desk.")),
        )


@dataclass(frozen=True)
class Moved:
    """How many rows each register and the history have in the new place, each compared with the old."""

    rows: Mapping[str, int]
    changes: int


def move(source: Store, target: Store) -> Moved:
    """Copy everything into an empty workbook, read it back and compare every row; the source stays as it is."""
    names = [tab.name for tab in tabs()]
    source.look_again()
    before = source.read(*names, AUDIT)
    if before.broken:
        raise next(iter(before.broken.values()))
    rows = {name: before.rows[name] for name in names}
    for name, cells_of in rows.items():
        _refuse_unnamed(name, cells_of)
    target.fill(rows, before.rows[AUDIT])
    target.look_again()
    after = target.read(*names, AUDIT)
    for name in (*names, AUDIT):
        if after.rows[name] != before.rows[name]:
            raise MovedOtherwise(name)
    return Moved({name: len(of) for name, of in rows.items()}, len(before.rows[AUDIT]))


def _refuse_unnamed(name: str, cells_of: Sequence[Cells]) -> None:
    ids = Counter(cells["_id"] for cells in cells_of)
    if "" in ids or any(count > 1 for count in ids.values()):
        raise NotMovable(name)


def back_up(source: Store, folder: Path, today: date) -> Path:
    """A dated file with the whole workbook, which can be moved back, or opened by Mentor Desk as it is."""
    path = _free(folder / f"mentor-desk-{today.isoformat()}.sqlite3")
    unfinished = path.with_suffix(".unfinished.sqlite3")
    unfinished.unlink(missing_ok=True)
    target = create_store(str(unfinished), tabs())
    try:
        move(source, target)
    except BaseException:
        target.close()
        unfinished.unlink(missing_ok=True)
        raise
    target.close()
    unfinished.rename(path)
    return path


def _free(path: Path) -> Path:
    """A name that nothing has yet: a second backup of the day never replaces the first."""
    count = 2
    free = path
    while free.exists():
        free = path.with_stem(f"{path.stem}-{count}")
        count += 1
    return free
