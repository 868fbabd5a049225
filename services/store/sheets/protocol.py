"""The whole of a save on a spreadsheet, with no network in it (X3): what to ask next, and what the answer means.

`Save.run()` is a generator: it yields an `Ask` and is sent the answer, or has a failure thrown in. The store runs
it against Google; a test runs it against a model of a spreadsheet, through every order of events.

1. Look: the history's top first, then the tabs. 2. Settle what an earlier change left astray. 3. Saved before?
4. Decide on what was read. 5. Send one batch with the ticket that was read. 6. Judge the answer by the rows it
brought along. A ticket refused: somebody saved first, look again. An answer lost: look again, never repeat blindly.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from schemas.errors import OperationReused, UnknownOutcome
from services.store.changes import Key, mark, targets, work_out
from services.store.interface import Append, Cells, Change, Met, Needs, Operation, Receipt
from services.store.sheets import troubles
from services.store.sheets.asks import (
    FindChange,
    FindTicket,
    Lost,
    PutTicket,
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
    End,
    Entry,
    closed,
    end_of,
    finisher,
)
from services.store.sheets.batch import Batch, Reply
from services.store.sheets.deciding import (
    Decide,
    counted,
    entries_for,
    fresh,
    head_of,
    named,
    news_of_edits,
    refuse_unsafe,
)
from services.store.sheets.judging import (
    as_it_stands,
    is_astray,
    judged,
    moved_columns,
    remember,
)
from services.store.sheets.looking import (
    JITTER_SECONDS,
    SETTLED,
    Looking,
)
from services.store.sheets.memory import Edit
from services.store.sheets.settle import suspects

TRIES = 8
TRIES_OTHERWISE = 2
WITHDRAWN = "sheet.withdrawn"


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
        self.wanted |= dict.fromkeys(named(self.needs))
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
            or named(self.needs)
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
        batch.entries = entries_for(outcome.audit, standing, seen.grids)
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
        with self.memory.lock:
            return self._judged(seen, batch, saved, reply)

    def _judged(self, seen: Seen, batch: Batch, saved: dict[Key, Cells], reply: Reply) -> Receipt | None:
        """What the answer means, and hold it: no reader may put an older reading over it in between."""
        entries = judged(batch, seen, reply, self.registers)
        self.memory.learn(entries)
        self._refuse_moved_columns(batch, entries, seen, reply)
        if any(is_astray(entry, seen, reply, batch) for entry in entries):
            self._note_unclear(seen)  # written, but not where it belongs: the next look settles it
            return None
        follows = self.memory.edition
        found = as_it_stands(entries, saved)
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
        head = head_of(seen.number + 1, f"withdraw {self.operation.id}", WITHDRAWN, self.now())
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
