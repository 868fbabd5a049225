"""What the answer to a save tells: which rows it hit, and what people typed meanwhile (X3): pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.store.changes import Key
from services.store.interface import Cells, Tab
from services.store.sheets.asks import (
    Seen,
)
from services.store.sheets.audit import (
    BEFORE,
    Entry,
    image_of,
)
from services.store.sheets.batch import HEADER_ROWS, Batch, Reply
from services.store.sheets.grid import Grid
from services.store.sheets.memory import Memory


def moved_columns(batch: Batch, seen: Seen, reply: Reply) -> dict[str, tuple[str, str]]:
    """Registers whose headings stood elsewhere than was read: as they were, and as they are.

    What was written there stands beside its places.
    """
    found = {}
    for register in batch.tabs():
        grid = seen.grids[register]
        header = reply.row(seen.book[register].sheet_id, 0)
        if Grid(grid.tab, header, []).places != grid.places:
            found[register] = (_words(grid.header), _words(header))
    return found


def _words(header: Sequence[object]) -> str:
    return ", ".join(str(heading) for heading in header)


def judged(batch: Batch, seen: Seen, reply: Reply, registers: Mapping[str, Tab]) -> list[Entry]:
    """The entries of a batch with the rows that they hit, as the answer shows them."""
    images: dict[str, Cells | None] = {}
    before = seen.book[BEFORE].sheet_id
    for at, (entry, (register, _)) in enumerate(batch.copied):
        images[entry.id] = image_of(reply.row(before, HEADER_ROWS + at), registers[register])
    return [replace(entry, image=images.get(entry.id)) for entry, _ in batch.entries]


def is_astray(entry: Entry, seen: Seen, reply: Reply, batch: Batch) -> bool:
    """Whether an entry hit another row; the row as it stands after overrules a copy of nothing."""
    if not entry.touches or entry.hit:
        return False
    if entry.image is not None and not entry.is_blank_before:
        return True
    spot = next(spot for each, spot in batch.copied if each.id == entry.id)
    grid = seen.grids[spot[0]]
    after = grid.read(reply.row(seen.book[spot[0]].sheet_id, HEADER_ROWS + spot[1]))
    return after["_id"] != entry.written.get("_id", entry.cells["row"])


def as_it_stands(entries: Sequence[Entry], saved: Mapping[Key, Cells]) -> dict[Key, Cells]:
    """The rows written, with what people typed beside the written cells in the same moment."""
    found = dict(saved)
    for entry in entries:
        key = (entry.cells["register"], entry.cells["row"])
        if entry.touches and entry.hit and entry.image is not None and key in found:
            found[key] = {**entry.image, **entry.written}
    return found


def remember(memory: Memory, seen: Seen, saved: Mapping[Key, Cells], batch: Batch) -> None:
    """Bring the held tabs up to one's own save, without reading."""
    with memory.lock:
        memory.edition += 1
        for name, id_ in saved:
            held = memory.tabs[name].grid
            place = held.place(id_)
            if place is None:
                held.add(saved[(name, id_)])
            else:
                held.take(place, saved[(name, id_)])
            memory.patch(name, id_)
