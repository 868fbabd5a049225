"""Reading until what was read can be trusted, and nothing that an earlier change left astray is left (X3)."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from services.store.changes import Key, instant
from services.store.interface import Tab
from services.store.sheets import troubles
from services.store.sheets.asks import (
    ListOps,
    Look,
    Lost,
    Refused,
    Rest,
    Run,
    Seen,
    Send,
    Unreachable,
    is_complete,
    mark_of,
)
from services.store.sheets.audit import (
    Deed,
    Entry,
)
from services.store.sheets.batch import Batch
from services.store.sheets.deciding import (
    counted,
    head_of,
)
from services.store.sheets.grid import Grid
from services.store.sheets.memory import Memory
from services.store.sheets.settle import Step, steps, suspects

DEPTH = 30
LOOKS_FOR_STALE = 2
STALE_SECONDS = 1.0
STALE_AT_MOST = timedelta(minutes=5)
JITTER_SECONDS = 0.2
SETTLED = "sheet.settled"


@dataclass
class Looking:
    """Reads until what was read can be trusted and nothing is astray."""

    memory: Memory
    registers: Mapping[str, Tab]
    now: Callable[[], datetime]
    wanted: dict[str, None] = field(default_factory=dict)
    depth: int = DEPTH
    missed: Counter[str] = field(default_factory=Counter)

    def look(self) -> Run:
        """A reading that is no older than what is known, of a workbook with nothing left to settle."""
        while True:
            try:
                seen: Seen = yield Look(tuple(self.wanted), self.depth)
            except Refused as error:
                raise Unreachable(troubles.not_accepted()) from error
            if seen.is_cut and not is_complete(seen.of(seen.number)):
                self.depth *= 4
                continue
            if self._may_be_stale(seen):
                yield Rest(STALE_SECONDS)
                continue
            seen = self._with_known(seen)
            if (self._is_gap(seen) or not self.memory.has_ops) and seen.is_cut:
                for op in (yield ListOps()):
                    self.memory.learn_op(*op)
            self.memory.has_ops = True
            if self._remember(seen) and (yield from self._settled(seen)):
                return seen

    def _may_be_stale(self, seen: Seen) -> bool:
        """Whether to look again: something known is not there, and was not missed twice before."""
        missed = [entry.id for entry in self._behind(seen)]
        missed += [str(self.memory.newest)] if seen.number < self.memory.newest else []
        self.missed.update(missed)
        looked_for = {each for each in missed if self.missed[each] > LOOKS_FOR_STALE}
        self.memory.looked_for |= looked_for
        return not looked_for.issuperset(missed)

    def _remember(self, seen: Seen) -> bool:
        """Hold what was read, unless this process saved something newer in the meantime."""
        with self.memory.lock:
            if seen.number < self.memory.newest:
                return False
            self.memory.learn(seen.entries)
            self.memory.note_met(seen.entries, seen.at)
            self.memory.hold(seen.grids, seen.at)
            self.memory.forget_told(seen.entries)
        return True

    def _is_gap(self, seen: Seen) -> bool:
        return min((entry.number for entry in seen.entries), default=0) > self.memory.newest + 1

    def _behind(self, seen: Seen) -> list[Entry]:
        """Entries whose rows don't show what was written last: an older state of the tab, or a person's doing."""
        newest: dict[Key, Entry] = {}
        for entry in sorted(seen.entries, key=lambda each: (-each.number, -each.count)):
            if entry.touches or entry.deed == Deed.ADD:
                newest.setdefault((entry.cells["register"], entry.hit_id), entry)
        recent = instant(seen.at - STALE_AT_MOST)
        return [
            entry
            for entry in newest.values()
            if entry.id not in self.memory.looked_for
            and (entry.number == seen.number or entry.cells["at"] > recent)
            and _is_behind(entry, seen.grids)
        ]

    def _with_known(self, seen: Seen) -> Seen:
        """Where the newest rows of the history were deleted by hand, what this process holds of them."""
        if seen.number >= self.memory.newest:
            return seen
        lost = range(seen.number + 1, self.memory.newest + 1)
        if any(number not in self.memory.known for number in lost):
            raise Unreachable(troubles.history_gone())
        kept = [entry for number in reversed(lost) for entry in self.memory.known[number]]
        return replace(seen, entries=[*kept, *seen.entries])

    def _settled(self, seen: Seen) -> Run:
        """Whether nothing is astray; if something is, put it right and answer False."""
        suspected = suspects(seen.entries, seen.number)
        missing = {entry.cells["register"] for entry in suspected} - set(seen.grids)
        if missing & set(self.registers):
            self.wanted |= dict.fromkeys(sorted(missing))
            return False
        suspected = [e for e in suspected if e.cells["register"] in seen.grids]
        if not (todo := steps(suspected, seen.grids, seen.of(seen.number))):
            return True
        try:
            reply = yield Send(settlement(seen, todo, self.now()), seen)
        except (Refused, Lost):
            yield Rest(JITTER_SECONDS)
        else:
            del reply  # its own rows before are judged with the next reading, like anybody's
        return False


def _is_behind(entry: Entry, grids: Mapping[str, Grid]) -> bool:
    """Whether no row shows the entry: neither the one it meant nor the one that it hit."""
    grid = grids.get(entry.cells["register"])
    if grid is None:
        return False
    places = [*grid.rows_of.get(entry.cells["row"], ()), *grid.rows_of.get(entry.hit_id, ())]
    if entry.is_blank_before or not (entry.cells["row"] and entry.hit_id and entry.written.get("_id", "?")):
        places += grid.nameless
    if new_id := entry.written.get("_id"):
        places += grid.rows_of.get(new_id, ())
    rows = [grid.cells(place) for place in places]
    if entry.deed == Deed.BACK:
        stray = {name: old for name, (old, _) in entry.fields.items()}
        return any(stray.items() <= row.items() for row in rows)
    return not any(row["_change"] == entry.mark for row in rows)


def settlement(seen: Seen, todo: Sequence[Step], at: datetime) -> Batch:
    """One batch that puts back and finishes, with its own ticket, copies and entries."""
    import json

    number = seen.number + 1
    head = head_of(number, f"settle {mark_of(seen)}", SETTLED, at)
    batch = Batch(mark_of(seen), head["_id"])
    for count, step in enumerate(todo, start=1):
        end = f"{step.end} by {head['_id']}/{count}" if step.spot and step.end else step.end
        closes = {step.ends.id: end} if step.ends else {}
        told = step.ends.cells if step.ends else head
        cells = {**head, **{name: told[name] for name in ("who", "programme", "why", "register", "row")}}
        base, fields = "", dict(step.fields)
        if step.spot is not None:
            grid = seen.grids[step.spot[0]]
            row = grid.cells(step.spot[1])
            cells |= {"register": step.spot[0], "row": row["_id"], "programme": row["programme"]}
            base = row["_change"]
            news = {name: new for name, (_, new) in step.fields.items()}
            fields = {name: (row[name], new) for name, new in news.items()}
            if step.deed != Deed.BACK:
                news |= {"_change": batch.mark, "_updated_at": head["at"], "_updated_by": cells["who"]}
            batch.writes[step.spot] = {**batch.writes.get(step.spot, {}), **news}
        cells["fields"] = json.dumps(
            {name: list(pair) for name, pair in fields.items()}, ensure_ascii=False, sort_keys=True
        )
        batch.entries.append((Entry(cells, deed=step.deed, base=base, closes=closes), step.spot))
    batch.entries = counted(batch.entries)
    return batch
