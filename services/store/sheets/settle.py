"""What a misplaced change calls for, worked out from the history and the rows as they stand (X3): pure.

Whoever reads the sheet next puts the stray values back, and makes the change on the row that it meant, if that
row still says what the change was decided on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.store.interface import Cells
from services.store.sheets.audit import Deed, End, Entry, closed
from services.store.sheets.grid import Grid

_MADE = frozenset({Deed.ADD, Deed.CHANGE, Deed.INSIST})
_FAILED = frozenset({End.GONE, End.CONFLICT})
Spot = tuple[str, int]
"""A register and a row's place in it, within one reading."""


@dataclass(frozen=True)
class Step:
    """What to write into one row, and which entry that ends, how; without a `spot` it only tells."""

    deed: str = Deed.NOTE
    spot: Spot | None = None
    fields: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    ends: Entry | None = None
    end: str = ""


def suspects(entries: Sequence[Entry], newest: int) -> list[Entry]:
    """Entries that may not have hit their row: not settled yet, and their row before does not show a hit.

    Of an older change whose copies are gone nothing more is asked: whoever wrote next had settled it.
    """
    ended = closed(entries)
    return [
        entry
        for entry in entries
        if entry.touches
        and entry.id not in ended
        and (not entry.hit or (entry.deed == Deed.BACK and entry.met()))
        and (entry.image is not None or entry.number == newest)
    ]


def steps(suspected: Sequence[Entry], grids: Mapping[str, Grid], entries: Sequence[Entry] = ()) -> list[Step]:
    """What is to be done now, newest entry first; nothing where a suspicion was unfounded.

    `entries` are those of the same change that did hit: all of a change is made, or nothing of it.
    """
    mending = _Mending(grids)
    for entry in suspected:
        mending.put_back(entry)
    mending.finish(suspected, entries)
    return [*mending.backs(), *mending.ends]


class _Mending:
    """The rows as they will stand once what was noted so far is done."""

    def __init__(self, grids: Mapping[str, Grid]) -> None:
        self.grids = grids
        self.rows: dict[Spot, Cells] = {}
        self.misplaced: list[Entry] = []
        self.ends: list[Step] = []

    def put_back(self, entry: Entry) -> None:
        """Take the stray values out again, wherever people have moved the row since."""
        if entry.hit:  # it put a value back over something newer that a person had typed: that goes back
            self._back(entry, self._own_spot(entry), entry.met())
            self.ends.append(Step(ends=entry, end=End.FINISHED))
        elif (entry.image is None or entry.is_blank_before) and self._carries(entry):
            return
        elif entry.image is None:
            self.ends.append(Step(ends=entry, end=End.UNCLEAR))
        else:
            back = {name: entry.image[name] for name in entry.written}
            self._back(entry, self._stray_spot(entry, entry.image["_id"]), back)
            self.misplaced.append(entry)

    def finish(self, suspected: Sequence[Entry], entries: Sequence[Entry]) -> None:
        """Make the changes on their own rows: all that belong together, or none.

        Where a part of the change stands already the rest is made too, over what was typed there meanwhile.
        """
        for entry in self.misplaced:
            if entry.deed == Deed.BACK:
                self._finish(entry, self._verdict(entry))
        verdicts = {e.id: self._verdict(e) for e in self.misplaced if e.deed != Deed.BACK}
        ids = {entry.id for entry in suspected}
        stands = any(e.deed in _MADE and (e.deed != Deed.CHANGE or e.id not in ids) for e in entries)
        insists = stands or any(e.deed == Deed.INSIST for e in self.misplaced)
        fails = any(verdict in _FAILED for verdict in verdicts.values())
        for entry in self.misplaced:
            if (verdict := verdicts.get(entry.id)) is not None:
                if verdict != End.GONE and insists:
                    verdict = Deed.INSIST
                elif verdict not in _FAILED and fails and not insists:
                    verdict = End.CONFLICT
                self._finish(entry, verdict)

    def _verdict(self, entry: Entry) -> str:
        """How it can end, as its row stands now; a deed where it is to be made."""
        spot = self._own_spot(entry)
        if spot is None:
            return End.GONE
        now = self._row(spot)
        if all(now[name] == new for name, (_, new) in entry.fields.items()):
            return End.FINISHED
        if entry.deed == Deed.BACK:
            return Deed.BACK if self._left(entry) else End.CONFLICT
        if any(now[name] != old for name, (old, _) in entry.fields.items()):
            return End.CONFLICT
        return entry.deed

    def _finish(self, entry: Entry, verdict: str) -> None:
        if verdict in {End.GONE, End.CONFLICT, End.FINISHED}:
            self.ends.append(Step(ends=entry, end=verdict))
            return
        fields = self._left(entry) if verdict == Deed.BACK else entry.fields
        pairs = {name: (old, new) for name, (old, new) in fields.items()}
        self.ends.append(Step(verdict, self._own_spot(entry), pairs, entry, End.FINISHED))

    def _left(self, entry: Entry) -> dict[str, list[str]]:
        """The cells that still say what is to be taken out of them."""
        spot = self._own_spot(entry)
        now = {} if spot is None else self._row(spot)
        return {name: pair for name, pair in entry.fields.items() if now.get(name) == pair[0]}

    def backs(self) -> list[Step]:
        """One step for each row that gets values back."""
        found = []
        for (register, place), cells in self.rows.items():
            now = self.grids[register].cells(place)
            fields = {name: (now[name], text) for name, text in cells.items() if now[name] != text}
            if fields:
                found.append(Step(Deed.BACK, (register, place), fields))
        return found

    def _row(self, spot: Spot) -> Cells:
        if spot in self.rows:
            return self.rows[spot]
        return self.grids[spot[0]].cells(spot[1])

    def _back(self, entry: Entry, spot: Spot | None, back: Mapping[str, str]) -> None:
        """Only cells that still say what the entry wrote: newer typing stays."""
        if spot is None:
            return
        row, written = dict(self._row(spot)), entry.written
        row |= {name: text for name, text in back.items() if row[name] == written[name]}
        self.rows[spot] = row

    def _own_spot(self, entry: Entry) -> Spot | None:
        """The row that it meant; one without an id is known by the mark that it bears."""
        register, id_ = entry.cells["register"], entry.cells["row"]
        grid = self.grids[register]
        if id_:
            place = grid.place(id_)
        else:
            marked = [at for at in grid.nameless if self._row((register, at))["_change"] == entry.base]
            place = marked[0] if len(marked) == 1 else None
        return None if place is None else (register, place)

    def _stray_spot(self, entry: Entry, id_: str) -> Spot | None:
        """The row that was hit by mistake: the one with its id, and among several the one with the mark."""
        register = entry.cells["register"]
        grid, mark = self.grids[register], entry.written.get("_change")
        id_ = entry.written.get("_id", id_)  # a repair may have written over the id itself
        candidates = grid.rows_of.get(id_, ()) if id_ else grid.nameless
        marked = [place for place in candidates if grid.cells(place)["_change"] == mark]
        marked = [place for place in marked if (register, place) not in self.rows] or marked
        if not marked and not id_ and entry.image is not None:  # nothing but its cells to know it by
            whole = {**entry.image, **entry.written}
            marked = [place for place in candidates if grid.cells(place) == whole]
        place = marked[0] if marked else grid.place(id_)
        return None if place is None else (register, place)

    def _carries(self, entry: Entry) -> bool:
        """Whether the row it meant shows that it was written after all."""
        spot = self._own_spot(entry) or (self._stray_spot(entry, "") if "_id" in entry.written else None)
        mark = entry.written.get("_change")
        return spot is not None and mark is not None and self._row(spot)["_change"] == mark
