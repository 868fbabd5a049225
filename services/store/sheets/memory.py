"""What one process knows of the spreadsheet: its tabs as last read, what changed since when, edits by hand (X2).

Nothing here is needed for a save to be safe; it saves calls, keeps the last good copy, and notices what people
did in the sheet, so that the record's history can tell it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import RLock

from schemas.errors import StoreUnavailable
from services.store.interface import Cells
from services.store.sheets import troubles
from services.store.sheets.audit import BEGINNING, STAMP, Deed, Entry
from services.store.sheets.batch import Place
from services.store.sheets.grid import Grid

CHANGES_KEPT = 64
BY_HAND = "sheet.edited"
"""The action under which the history tells of an edit made in the sheet."""


@dataclass(frozen=True)
class Edit:
    """What somebody's hand did to a row of the sheet; a row added or deleted has every cell from or to blank."""

    register: str
    row: str
    programme: str
    fields: Mapping[str, tuple[str, str]]
    at: datetime
    since: int = 0
    """The newest change when the row was last seen without it: an older note tells of another edit."""


@dataclass
class Held:
    """One tab as last read, and since which edition each of its rows stands as it is."""

    grid: Grid
    changed: dict[str, int] = field(default_factory=dict)
    moved: int = 0
    number: int = 0


@dataclass
class Memory:
    """`newest` is the number of the newest change seen, `known` the entries of the last ones, `ops` all operations.

    `broken` says what keeps a tab from being read: what is held of it is the last good reading. Readers and the one
    saver of this process share it, hence the `lock`; nobody waits for Google while holding it.
    """

    newest: int = 0
    mark: str = BEGINNING
    edition: int = 0
    tabs: dict[str, Held] = field(default_factory=dict)
    known: dict[int, list[Entry]] = field(default_factory=dict)
    ops: dict[str, tuple[str, int]] = field(default_factory=dict)
    has_ops: bool = False
    book: Mapping[str, Place] = field(default_factory=dict)
    broken: dict[str, StoreUnavailable] = field(default_factory=dict)
    looked_for: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)
    unclear: dict[str, int] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)
    lock: RLock = field(default_factory=RLock, repr=False, compare=False)

    def learn(self, entries: Iterable[Entry]) -> None:
        """Remember what the history says; entries come whole changes at a time, newest first or not."""
        by_number: dict[int, list[Entry]] = {}
        for entry in entries:
            by_number.setdefault(entry.number, []).append(entry)
            if entry.cells["op_id"]:
                self.learn_op(entry.cells["op_id"], entry.cells["digest"], entry.number)
            if entry.number > self.newest:
                self.newest, self.mark = entry.number, entry.mark
        self.known |= by_number
        for number in sorted(self.known)[:-CHANGES_KEPT]:
            del self.known[number]

    def learn_op(self, op_id: str, digest: str, number: int) -> None:
        """An operation may have been made twice over, where the first did not stand: the newest counts."""
        if number >= self.ops.get(op_id, ("", 0))[1]:
            self.ops[op_id] = (digest, number)

    def note_met(self, entries: Iterable[Entry], at: datetime) -> None:
        """What people typed in the moment of a save is told like any edit, by whoever comes next, once."""
        for entry in entries:
            if entry.id not in self.met and entry.deed != Deed.BACK and (typed := entry.met()):
                self.met.add(entry.id)
                cells = entry.cells
                fields = {name: (entry.fields[name][0], text) for name, text in typed.items()}
                edit = Edit(cells["register"], cells["row"], cells["programme"], fields, at, entry.number)
                self.edits.append(edit)

    def forget_told(self, entries: Iterable[Entry]) -> None:
        """Drop the edits that the history tells of by now, or that part of them."""
        told = [entry for entry in entries if entry.cells["action"] == BY_HAND or entry.deed == Deed.BACK]
        told.sort(key=lambda entry: (entry.number, entry.count))
        self.edits = [left for edit in self.edits if (left := _untold(edit, told)).fields]

    def latest(self, limit: int) -> list[Cells] | None:
        """The newest rows of the history, newest first, where at least `limit` of them are known."""
        found: list[Cells] = []
        for number in range(self.newest, 0, -1):
            entries = self.known.get(number, [])
            if not entries or len(entries) < entries[0].of:
                return None
            found += [entry.cells for entry in sorted(entries, key=lambda entry: -entry.count)]
            if len(found) >= limit:
                return found
        return found if self.has_ops else None

    def hold(self, grids: Mapping[str, Grid], at: datetime) -> None:
        """Take freshly read tabs in place of what was held; note what no change of the app accounts for."""
        for name, grid in grids.items():
            before = self.tabs.get(name)
            if (fault := troubles.of(grid)) is not None:
                self.broken[name] = fault
                continue
            self.broken.pop(name, None)
            if before is None:
                self.edition += 1
                self.tabs[name] = Held(grid, moved=self.edition, number=self.newest)
            else:
                self._renew(name, before, grid, at)
                before.number = self.newest

    def _renew(self, name: str, held: Held, grid: Grid, at: datetime) -> None:
        old = held.grid
        if old.places == grid.places and old.lines == grid.lines:
            grid.borrow(old)
            held.grid = grid
            return
        grid.borrow_rows(old)
        changed = [id_ for id_ in grid.rows_of if not _is_same(grid.one(id_), old.one(id_))]
        has_moved = list(old.rows_of) != list(grid.rows_of)[: len(old.rows_of)] or any(
            len(places) > 1 for places in grid.rows_of.values()
        )
        if changed or has_moved or old.nameless or grid.nameless:
            self.edition += 1
            held.changed |= dict.fromkeys(changed, self.edition)
            if has_moved or old.nameless != grid.nameless or grid.nameless:
                held.moved = self.edition
        gone = [id_ for id_ in old.rows_of if id_ not in grid.rows_of]
        found = [edit for id_ in (*changed, *gone) if (edit := _by_hand(name, id_, old, grid, at))]
        self.edits += [replace(edit, since=held.number) for edit in found]
        held.grid = grid

    def patch(self, name: str, id_: str) -> None:
        """A row of a held tab was written by this process."""
        self.tabs[name].changed[id_] = self.edition

    def since(self, names: Iterable[str], edition: int) -> dict[str, tuple[Cells, ...]] | None:
        """Per tab the rows changed after an edition; `None` where rows may be gone or moved since."""
        found = {}
        with self.lock:
            for name in names:
                held = self.tabs[name]
                if held.moved > edition:
                    return None
                ids = [id_ for id_, at in held.changed.items() if at > edition]
                found[name] = tuple(cells for id_ in ids if (cells := held.grid.one(id_)) is not None)
        return found


def _is_same(one: Cells | None, other: Cells | None) -> bool:
    return one is other or one == other


def fields_text(edit: Edit) -> str:
    """The fields of an edit as the history writes them."""
    import json

    return json.dumps(
        {name: list(pair) for name, pair in edit.fields.items()}, ensure_ascii=False, sort_keys=True
    )


def _untold(edit: Edit, told: Iterable[Entry]) -> Edit:
    """An edit without what later notes tell of it: one from A to C, told from A to B, is one from B to C.

    Nor is it an edit where a settlement put a value back, which bears no mark.
    """
    fields = dict(edit.fields)
    for note in told:
        if note.number > edit.since and (note.cells["register"], note.hit_id) == (edit.register, edit.row):
            for name, (old, new) in note.fields.items():
                stood = note.image.get(name, old) if note.image else old
                if name in fields and fields[name][0] == stood:
                    fields[name] = (new, fields[name][1])
    return replace(edit, fields={name: pair for name, pair in fields.items() if pair[0] != pair[1]})


def _by_hand(name: str, id_: str, old: Grid, new: Grid, at: datetime) -> Edit | None:
    """An edit by hand leaves the change's mark as it was; a row of the app's own has a new one."""
    was, now = old.one(id_), new.one(id_)
    if was is not None and now is not None and was["_change"] != now["_change"]:
        return None
    if was is None and (now is None or now["_change"]):
        return None
    if id_ in new.rows_of and now is None:
        return None  # doubled: the sheet check tells of it
    first, second = was or {}, now or {}
    names = [each for each in new.tab.columns if each not in {"_id", *STAMP}]
    fields = {
        each: (first.get(each, ""), second.get(each, ""))
        for each in names
        if first.get(each, "") != second.get(each, "")
    }
    programme = (was or now or {}).get("programme", "")
    return Edit(name, id_, programme, fields, at) if fields else None


def notes(edits: Iterable[Edit], head: Cells, first: int) -> list[Entry]:
    """The entries that tell of edits by hand, to go along with the next change."""
    from services.store.changes import instant

    found = []
    for count, edit in enumerate(edits, start=first):
        cells = {
            **head,
            "_id": f"{head['_id']}/{count}",
            "at": instant(edit.at),
            "who": "",
            "programme": edit.programme,
            "op_id": "",
            "digest": "",
            "action": BY_HAND,
            "why": "",
            "register": edit.register,
            "row": edit.row,
            "fields": fields_text(edit),
        }
        found.append(Entry(cells, deed=Deed.NOTE))
    return found
