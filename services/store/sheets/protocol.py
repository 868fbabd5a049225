"""The whole of a save on a spreadsheet, with no network in it (X3): what to ask next, and what the answer means.

`Save.run()` is a generator: it yields an `Ask` and is sent the answer, or has a failure thrown in. The store runs
it against Google; a test runs it against a model of a spreadsheet, through every order of events.

1. Look: the history's top first, then the tabs. 2. Settle what an earlier change left astray. 3. Saved before?
4. Decide on what was read. 5. Send one batch with the ticket that was read. 6. Judge the answer by the rows it
brought along. A ticket refused: somebody saved first, look again. An answer lost: look again, never repeat blindly.
"""

from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from schemas.errors import OperationReused, StoreUnavailable, UnknownOutcome
from services.store.changes import Key, instant, mark, targets, work_out
from services.store.interface import Append, Cells, Change, Fresh, Met, Needs, Operation, Receipt, Tab
from services.store.sheets import troubles
from services.store.sheets.audit import (
    BEFORE,
    BEGINNING,
    Deed,
    End,
    Entry,
    closed,
    end_of,
    finisher,
    image_of,
)
from services.store.sheets.batch import HEADER_ROWS, Batch, Place, Reply
from services.store.sheets.grid import Grid
from services.store.sheets.memory import Edit, Memory, notes
from services.store.sheets.settle import Spot, Step, steps, suspects

DEPTH = 30
TRIES = 8
TRIES_OTHERWISE = 2
LOOKS_FOR_STALE = 2
STALE_SECONDS = 1.0
STALE_AT_MOST = timedelta(minutes=5)
JITTER_SECONDS = 0.2
SETTLED = "sheet.settled"
WITHDRAWN = "sheet.withdrawn"


@dataclass(frozen=True)
class Look:
    """Read the top `depth` rows of the history and these tabs, in one call; answered by `Seen`."""

    tabs: tuple[str, ...]
    depth: int


@dataclass(frozen=True)
class Send:
    """Send this batch; answered by `Reply`, or `Refused` or `Lost` thrown in."""

    batch: Batch
    seen: "Seen"


@dataclass(frozen=True)
class FindTicket:
    """Which ticket the spreadsheet holds; answered by its id, or `None`."""


@dataclass(frozen=True)
class PutTicket:
    """Put a ticket where there is none; answered by nothing, or `Refused`."""

    mark: str


@dataclass(frozen=True)
class ListOps:
    """All operations of the history; answered by (op id, digest, number) of each."""


@dataclass(frozen=True)
class FindChange:
    """The entries of one older change."""

    number: int


@dataclass(frozen=True)
class Inspect:
    """Read all that a sheet check looks at of these registers; answered by `Inspection`."""

    tabs: tuple[str, ...]


@dataclass(frozen=True)
class Rest:
    """Wait about so long before the next ask."""

    seconds: float


Ask = Look | Send | FindTicket | PutTicket | ListOps | FindChange | Inspect | Rest


@dataclass(frozen=True)
class Seen:
    """One reading: the newest entries of the history, newest change first, and tabs; `is_cut`: there are older ones."""

    entries: list[Entry]
    grids: Mapping[str, Grid]
    book: Mapping[str, Place]
    at: datetime
    is_cut: bool

    @property
    def number(self) -> int:
        """The newest change's number."""
        return max((entry.number for entry in self.entries), default=0)

    def of(self, number: int) -> list[Entry]:
        """The entries of one change."""
        return [entry for entry in self.entries if entry.number == number]


class Refused(Exception):
    """The spreadsheet refused the batch as a whole; `is_ticket`: because another change came first."""

    def __init__(self, *, is_ticket: bool) -> None:
        self.is_ticket = is_ticket
        super().__init__(f"refused, ticket: {is_ticket}")


class Lost(Exception):
    """No answer came: the batch may or may not have been applied, or may be still."""


class Unreachable(Exception):
    """The spreadsheet can't be reached, or the time is up; `error` says it to a person."""

    def __init__(self, error: StoreUnavailable) -> None:
        self.error = error
        super().__init__(str(error))


Run = Generator[Ask, Any, Any]
Decide = Callable[[Fresh], Sequence[Change]]


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
            self._remember(seen)
            if not (yield from self._settled(seen)):
                continue
            return seen

    def _may_be_stale(self, seen: Seen) -> bool:
        """Whether to look again: something known is not there, and was not missed twice before."""
        missed = [entry.id for entry in self._behind(seen)]
        missed += [str(self.memory.newest)] if seen.number < self.memory.newest else []
        self.missed.update(missed)
        looked_for = {each for each in missed if self.missed[each] > LOOKS_FOR_STALE}
        self.memory.looked_for |= looked_for
        return not looked_for.issuperset(missed)

    def _remember(self, seen: Seen) -> None:
        self.memory.learn(seen.entries)
        self.memory.note_met(seen.entries, seen.at)
        self.memory.hold(seen.grids, seen.at)
        self.memory.forget_told(seen.entries)

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


@dataclass
class Save(Looking):
    """One operation, from reading to receipt."""

    operation: Operation = field(kw_only=True)
    needs: Needs = field(kw_only=True)
    decide: Decide = field(kw_only=True)
    is_fresh: Callable[[str], bool] = field(kw_only=True, default=lambda name: False)
    attempted: bool = False
    tried: bool = False
    refusals: int = 0
    refused_mark: str = ""

    @property
    def unclear_at(self) -> int | None:
        """The change number after which an attempt of this operation may have been made, or still may be.

        Whoever presses the button again must not be told "not saved" only because Google is away by then.
        """
        return self.memory.unclear.get(self.operation.id)

    def _note_unclear(self, seen: Seen) -> None:
        self.memory.unclear[self.operation.id] = seen.number

    def run(self) -> Run:
        """The receipt; raises what `decide` raises, `StoreUnavailable` or, where an answer stays lost, `UnknownOutcome`."""
        try:
            return (yield from self._run())
        except Unreachable as error:
            if self.unclear_at is not None:
                raise UnknownOutcome from error
            raise error.error from error

    def _run(self) -> Run:
        self.wanted |= dict.fromkeys(_named(self.needs))
        while True:
            seen = self._known_enough() or (yield from self.look())
            if (earlier := (yield from self._earlier(seen))) is not None:
                self.memory.unclear.pop(self.operation.id, None)
                return earlier
            yield from self._note_used_up(seen)
            try:
                changes = self.decide(fresh(seen.grids, self.needs))
                if (seen := self._with_targets(seen, changes)) is None:
                    continue
                batch, saved = self._batch(seen, changes)
            except Exception:
                if not (yield from self._used_up(seen)):
                    continue
                raise
            if not changes:
                if not (yield from self._used_up(seen)):
                    continue
                return self._receipt(seen.number, {}, [], self.memory.edition)
            if (receipt := (yield from self._sent(seen, batch, saved))) is not None:
                self.memory.unclear.pop(self.operation.id, None)
                return receipt

    def _known_enough(self) -> Seen | None:
        """What this process holds, where nothing need be read: its ticket tells whether that is still so."""
        memory = self.memory
        if (
            self.unclear_at is not None
            or _named(self.needs)
            or self.attempted
            or self.refusals
            or not (memory.has_ops and memory.book)
        ):
            return None
        newest = memory.known.get(memory.newest, [])
        if (not newest and memory.newest) or suspects(newest, memory.newest):
            return None  # nobody writes before what came before is settled
        return Seen(newest, {}, memory.book, self.now(), is_cut=True)

    def _with_targets(self, seen: Seen, changes: Sequence[Change]) -> Seen | None:
        """The same reading with every tab the changes touch; `None` where one must be read first.

        A tab that only gets new rows need not be read afresh: the answer shows its headings.
        """
        missing = [name for name in targets(changes) if name in self.registers and name not in seen.grids]
        updated = {change.register for change in changes if not isinstance(change, Append)}
        held = {name: self.memory.tabs[name].grid for name in missing if self.is_fresh(name)}
        if set(missing) - set(held) or updated & set(missing):
            self.wanted |= dict.fromkeys(missing)
            self.attempted = True
            return None
        return replace(seen, grids={**seen.grids, **held})

    def _batch(self, seen: Seen, changes: Sequence[Change]) -> tuple[Batch, dict[Key, Cells]]:
        touched = [(name, id_) for name, ids in targets(changes).items() for id_ in ids if name in seen.grids]
        for name, id_ in touched:
            refuse_unsafe(seen.grids[name], id_)
        standing = {key: row for key in touched if (row := seen.grids[key[0]].one(key[1])) is not None}
        outcome = work_out(self.operation, seen.number + 1, changes, self.registers, standing)
        batch = Batch(mark_of(seen), mark(seen.number + 1, self.operation.id))
        batch.entries = _entries(outcome.audit, standing, seen.grids)
        batch.entries += [(note, None) for note in news_of_edits(self.memory.edits, batch)]
        batch.entries = counted(batch.entries)
        for key, row in outcome.changed.items():
            place = seen.grids[key[0]].place(key[1])
            assert place is not None  # it is standing
            old = standing[key]
            batch.writes[(key[0], place)] = {name: text for name, text in row.items() if text != old[name]}
        for (name, _), row in outcome.added.items():
            batch.added.setdefault(name, []).append(row)
        return batch, {**outcome.added, **outcome.changed}

    def _sent(self, seen: Seen, batch: Batch, saved: dict[Key, Cells]) -> Run:
        """The receipt, or `None` where one must look again."""
        self.attempted = self.tried = True
        try:
            reply: Reply = yield Send(batch, seen)
        except Refused as refusal:
            yield from self._refused(seen, refusal)
            return None
        except Lost:
            self._note_unclear(seen)
            return None
        entries = judged(batch, seen, reply, self.registers)
        self.memory.learn(entries)
        self._refuse_moved_columns(batch, entries, seen, reply)
        if any(_is_astray(entry, seen, reply, batch) for entry in entries):
            self._note_unclear(seen)  # written, but not where it belongs: the next look settles it
            return None
        follows = self.memory.edition
        found = _as_it_stands(entries, saved)
        remember(self.memory, seen, found, batch)
        self.memory.note_met(entries, self.now())
        self.memory.forget_told(entries)
        own = [entry for entry in entries if entry.cells["op_id"] == self.operation.id]
        return self._receipt(seen.number + 1, found, own, follows)

    def _refuse_moved_columns(self, batch: Batch, entries: Sequence[Entry], seen: Seen, reply: Reply) -> None:
        """Stop, and let the history of each row tell, where columns were moved between reading and writing."""
        for register, order in moved_columns(batch, seen, reply).items():
            for cells in (entry.cells for entry in entries if entry.cells["register"] == register):
                told = {"columns": order}
                edit = Edit(register, cells["row"], cells["programme"], told, self.now(), seen.number + 1)
                self.memory.edits.append(edit)
        for register in moved_columns(batch, seen, reply):
            raise troubles.columns_moved(register)

    def _receipt(
        self, number: int, saved: Mapping[Key, Cells], entries: Sequence[Entry], follows: int
    ) -> Receipt:
        met = tuple(
            Met(entry.cells["register"], entry.cells["row"], name, text)
            for entry in entries
            for name, text in entry.met().items()
        )
        return Receipt(
            self.operation.id,
            number,
            tuple((register, dict(row)) for (register, _), row in saved.items()),
            tuple(dict(entry.cells) for entry in entries),
            follows=follows,
            edition=self.memory.edition,
            met=met,
        )

    def _refused(self, seen: Seen, refusal: Refused) -> Run:
        self.refusals += 1
        if self.refusals > (TRIES if refusal.is_ticket else TRIES_OTHERWISE):
            raise Unreachable(troubles.busy() if refusal.is_ticket else troubles.not_accepted())
        if refusal.is_ticket and self.refused_mark == mark_of(seen):
            yield from self._mend_ticket(seen)
        self.refused_mark = mark_of(seen)
        yield Rest(JITTER_SECONDS)

    def _mend_ticket(self, seen: Seen) -> Run:
        """The same ticket was refused twice: it is gone, or it belongs to a change the history no longer shows."""
        standing = yield FindTicket()
        if standing is None:
            try:
                yield PutTicket(mark_of(seen))
            except Refused:
                return
        elif standing != mark_of(seen):
            raise Unreachable(troubles.history_gone())

    def _note_used_up(self, seen: Seen) -> Run:
        """After a lost answer: where the ticket that it needed was used by another change, it can't land any more."""
        if self.unclear_at is None or seen.number <= self.unclear_at:
            return
        change = seen.of(self.unclear_at + 1) or (yield FindChange(self.unclear_at + 1))
        if not change:  # the history no longer tells whose change that was
            raise UnknownOutcome
        del self.memory.unclear[self.operation.id]

    def _used_up(self, seen: Seen) -> Run:
        """Whether no attempt of this save can land any more; else look again.

        After a lost answer a late request may still arrive. It needs its ticket, so this takes the ticket first.
        """
        if self.unclear_at is None:
            return True
        head = _head(seen.number + 1, f"withdraw {self.operation.id}", WITHDRAWN, self.now())
        batch = Batch(mark_of(seen), head["_id"], counted([(Entry({**head, "fields": ""}), None)]))
        try:
            yield Send(batch, seen)
        except Refused as refusal:
            yield from self._refused(seen, refusal)
            return False
        except Lost:
            return False
        del self.memory.unclear[self.operation.id]
        return True

    def _earlier(self, seen: Seen) -> Run:
        """The receipt of this same operation saved before, or `None`."""
        if (kept := self.memory.ops.get(self.operation.id)) is None:
            return None
        digest, number = kept
        entries = yield from self._with_ends(seen, number)
        own = [e for e in entries if e.cells["op_id"] == self.operation.id and e.number == number]
        ended = closed(entries)
        live = [e for e in own if end_of(e, ended) not in {End.CONFLICT, End.GONE, End.UNCLEAR}]
        if not live:
            return None
        if digest != self.operation.digest:
            raise OperationReused
        self.wanted |= dict.fromkeys(
            e.cells["register"] for e in own if e.cells["register"] in self.registers
        )
        if not set(self.wanted) <= set(seen.grids):
            seen = yield from self.look()
        rows = {(e.cells["register"], e.cells["row"]): None for e in live}
        saved = {(tab, id_): row for tab, id_ in rows if (row := seen.grids[tab].one(id_)) is not None}
        made = {finisher(entry, ended) for entry in live}
        receipt = self._receipt(number, saved, [entry for entry in entries if entry.id in made], -1)
        audit = tuple(dict(entry.cells) for entry in live)
        return replace(receipt, audit=audit, repeated=not self.tried)

    def _with_ends(self, seen: Seen, number: int) -> Run:
        """The entries of a change and of the settlements that followed it at once."""
        found: list[Entry] = []
        while True:
            entries = seen.of(number)
            if not entries or not is_complete(entries):
                entries = yield FindChange(number)
            if found and not any(entry.cells["action"] == SETTLED for entry in entries):
                return found
            found += entries
            number += 1
            if number > seen.number:
                return found


# --- what a save is made of ------------------------------------------------------------------------


def fresh(grids: Mapping[str, Grid], needs: Needs) -> Fresh:
    """The rows that `needs` names, in the order of the sheet; stops where a tab can't be read."""
    found: dict[str, dict[str, Cells]] = {}
    for name in _named(needs):
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


def _named(needs: Needs) -> list[str]:
    named = [name for name, _ in needs.rows] + [name for name, _, _ in needs.where] + list(needs.whole)
    return list(dict.fromkeys(named))


def is_complete(entries: Sequence[Entry]) -> bool:
    """Whether all entries of a change are there."""
    return not entries or len(entries) >= entries[0].of


def mark_of(seen: Seen) -> str:
    """The newest change's mark, which is the id of the ticket."""
    newest = seen.of(seen.number)
    return newest[0].mark if newest else BEGINNING


def _entries(
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


def _head(number: int, op_id: str, action: str, at: datetime) -> Cells:
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


def settlement(seen: Seen, todo: Sequence[Step], at: datetime) -> Batch:
    """One batch that puts back and finishes, with its own ticket, copies and entries."""
    import json

    number = seen.number + 1
    head = _head(number, f"settle {mark_of(seen)}", SETTLED, at)
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


def _is_astray(entry: Entry, seen: Seen, reply: Reply, batch: Batch) -> bool:
    """Whether an entry hit another row; the row as it stands after overrules a copy of nothing."""
    if not entry.touches or entry.hit:
        return False
    if entry.image is not None and not entry.is_blank_before:
        return True
    spot = next(spot for each, spot in batch.copied if each.id == entry.id)
    grid = seen.grids[spot[0]]
    after = grid.read(reply.row(seen.book[spot[0]].sheet_id, HEADER_ROWS + spot[1]))
    return after["_id"] != entry.written.get("_id", entry.cells["row"])


def _as_it_stands(entries: Sequence[Entry], saved: Mapping[Key, Cells]) -> dict[Key, Cells]:
    """The rows written, with what people typed beside the written cells in the same moment."""
    found = dict(saved)
    for entry in entries:
        key = (entry.cells["register"], entry.cells["row"])
        if entry.touches and entry.hit and entry.image is not None and key in found:
            found[key] = {**entry.image, **entry.written}
    return found


def remember(memory: Memory, seen: Seen, saved: Mapping[Key, Cells], batch: Batch) -> None:
    """Bring the held tabs up to one's own save, without reading."""
    memory.edition += 1
    for name, id_ in saved:
        held = memory.tabs[name].grid
        place = held.place(id_)
        if place is None:
            held.add(saved[(name, id_)])
        else:
            held.take(place, saved[(name, id_)])
        memory.patch(name, id_)
