"""What the model check explores, and what must hold however it ends (X3)."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from schemas.errors import NotFound, StaleRow, UnknownOutcome
from services.store.interface import Append, Cells, Change, Fresh, Needs, Operation, Receipt, Tab, Update
from services.store.sheets.audit import (
    BEFORE,
    BEGINNING,
    COLUMNS,
    Deed,
    End,
    Entry,
    closed,
    end_of,
    entries_of,
)
from services.store.sheets.memory import BY_HAND
from services.store.sheets.store import SheetsStore
from tests.services.store.sheets.replay import AT, Outcome, State
from tests.services.store.sheets.world import Act, Node, World
from tests.sheets_standin.people import Person
from tests.sheets_standin.workbook import Spreadsheet

OWN = ("_change", "_updated_at", "_updated_by")
MENTORS = Tab("Mentors", ("_id", "programme", "Name", "Status", "Notes", "By", *OWN))
LINES = Tab("Lines", ("_id", "programme", "Text", "By", *OWN))
TABS = (MENTORS, LINES)
ROWS: Mapping[str, Sequence[Cells]] = {
    "Mentors": [
        {"_id": "M-1", "programme": "ssw", "Name": "Cat", "Status": "Proposed", "Notes": "one"},
        {"_id": "M-2", "programme": "ssw", "Name": "Ben", "Status": "Proposed", "Notes": "two"},
        {"_id": "M-3", "programme": "ssw", "Name": "Ann", "Status": "Proposed", "Notes": "three"},
    ]
}
Key = tuple[str, str]


# --- what processes do -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Commit:
    """One save: cells to set, what must still stand for it, rows to add."""

    op: str
    sets: Mapping[Key, Mapping[str, str]] = field(default_factory=dict)
    base: Mapping[Key, Mapping[str, str]] = field(default_factory=dict)
    adds: Sequence[Append] = ()
    presses: int = 1
    """How often the person presses the button where it is not known whether it was saved."""

    def __call__(self, store: SheetsStore) -> Receipt:
        for _ in range(1, self.presses):
            with suppress(UnknownOutcome):
                return self._press(store)
        return self._press(store)

    def _press(self, store: SheetsStore) -> Receipt:
        operation = Operation(self.op, "digest", f"{self.op}@example.org", "save", AT, "ssw")
        return store.commit(operation, Needs(rows=tuple(self.sets)), self._decide)

    def _decide(self, fresh: Fresh) -> list[Change]:
        made: list[Change] = []
        for (register, id_), cells in self.sets.items():
            row = fresh.rows(register).get(id_)
            if row is None:
                raise NotFound
            if any(row[name] != text for name, text in self.base.get((register, id_), {}).items()):
                raise StaleRow(())
            made.append(Update(register, id_, dict(cells), {name: row[name] for name in cells}))
        return [*made, *self.adds]

    def written(self) -> dict[Key, Mapping[str, str]]:
        """The cells that it writes, by row."""
        return {**self.sets, **{(add.register, add.cells["_id"]): add.cells for add in self.adds}}


def approve(op: str, *ids: str) -> Commit:
    """A status moves on, which only one may do."""
    return Commit(
        op,
        {("Mentors", id_): {"Status": "Approved", "By": op} for id_ in ids},
        {("Mentors", id_): {"Status": "Proposed"} for id_ in ids},
    )


def write_notes(op: str, id_: str) -> Commit:
    """A note is rewritten, whatever it was."""
    return Commit(op, {("Mentors", id_): {"Notes": f"by {op}"}})


def add_line(op: str) -> Commit:
    """A row is added; nothing need be read for it."""
    return Commit(op, adds=(Append("Lines", {"_id": f"L-{op}", "programme": "ssw", "Text": "x", "By": op}),))


def approve_and_add(op: str, *ids: str) -> Commit:
    """Several rows of two registers."""
    approval = approve(op, *ids)
    return Commit(op, approval.sets, approval.base, add_line(op).adds)


def view(store: SheetsStore) -> Any:
    """Somebody opens a page."""
    store.look_again()
    return store.read("Mentors", "Lines")


# --- what people do --------------------------------------------------------------------------------


def _place(book: Spreadsheet, register: str, id_: str) -> int | None:
    """The row, as people count, that bears this id."""
    sheet = book.titled(register)
    assert sheet is not None
    found = [at for at, row in enumerate(sheet.cells) if 0 in row and row[0].value == id_]
    return found[0] + 1 if found else None


def sort() -> Act:
    """By name, which turns the order at first round."""

    def do(person: Person, book: Spreadsheet) -> bool:
        person.sort("Mentors", "C")
        return True

    return Act("sorts Mentors by name", do)


def insert() -> Act:
    """An empty row above all."""

    def do(person: Person, book: Spreadsheet) -> bool:
        person.insert_row("Mentors", 2)
        return True

    return Act("inserts a row", do)


def delete(id_: str) -> Act:
    """The row of a mentor."""

    def do(person: Person, book: Spreadsheet) -> bool:
        if (row := _place(book, "Mentors", id_)) is None:
            return False
        person.delete_row("Mentors", row)
        return True

    return Act(f"deletes {id_}", do, deletes=id_)


def write(id_: str, column: str, text: str) -> Act:
    """Types into a mentor's cell."""
    letter = "ABCDEFGHI"[MENTORS.columns.index(column)]

    def do(person: Person, book: Spreadsheet) -> bool:
        if (row := _place(book, "Mentors", id_)) is None:
            return False
        person.edit("Mentors", f"{letter}{row}", text)
        return True

    return Act(f"types {text!r} as {column} of {id_}", do, typed=("Mentors", id_, column, text))


def unaudit() -> Act:
    """Deletes the newest row of the history."""

    def do(person: Person, book: Spreadsheet) -> bool:
        sheet = book.titled("Audit")
        if sheet is None or len(sheet.cells) < 2 or not sheet.cells[1]:
            return False
        person.delete_row("Audit", 2)
        return True

    return Act(UNAUDIT, do)


UNAUDIT = "deletes the newest row of the history"


# --- what must hold --------------------------------------------------------------------------------


def table(book: Spreadsheet, title: str) -> list[Cells]:
    """The rows of a tab by heading, blank ones too."""
    sheet = book.titled(title)
    assert sheet is not None
    heads = {at: str(cell.value) for at, cell in sheet.cells[0].items()}
    return [
        {name: str(row[at].value) if at in row and not row[at].blank else "" for at, name in heads.items()}
        for row in sheet.cells[1:]
        if row
    ]


def history(book: Spreadsheet) -> list[Entry]:
    """The entries of the Audit tab with the rows they hit."""
    lines = [[row.get(name, "") for name in heads] for row, heads in _audit_rows(book)]
    sheet = book.titled(BEFORE)
    assert sheet is not None
    before = [
        [row[at].value if at in row and not row[at].blank else "" for at in range(20)]
        for row in sheet.cells[1:]
    ]
    return entries_of(lines, before, {tab.name: tab for tab in TABS})  # type: ignore[arg-type]


def _audit_rows(book: Spreadsheet) -> list[tuple[Cells, list[str]]]:
    rows = table(book, "Audit")
    return [(row, list(row)[: len(COLUMNS)]) for row in rows]


@lru_cache(maxsize=200_000)
def _history(world_key: int, sheet: int, book: Spreadsheet) -> tuple[Entry, ...]:
    return tuple(history(book))


@dataclass
class Judge:
    """Looks at one end: after one more look by a process that knows nothing, is everything as everybody was told?"""

    notices: int = 0

    def __call__(self, world: World, node: Node) -> list[str]:
        sheet, fresh = world.settled(node.sheet, lambda: world.fresh_process(view))
        end = Ending(world, node, sheet, fresh)
        if end.is_noticed:
            self.notices += 1
        return end.faults()


@dataclass
class Ending:
    """Everything there is to know at an end."""

    world: World
    node: Node
    sheet: int
    fresh: State

    def __post_init__(self) -> None:
        book = self.world.books[self.sheet]
        self.rows = {tab.name: table(book, tab.name) for tab in TABS}
        self.entries = _history(id(self.world), self.sheet, book)
        self.closings = closed(self.entries)
        self.acts = [self.world.scene.acts[number] for number in self.node.acts]
        self.deleted = {act.deletes for act in self.acts if act.deletes}
        self.steps = self._steps()
        self.unaudited = any(act.name == UNAUDIT for act in self.acts)
        numbers = {entry.number for entry in self.entries}
        newest = max(self.entries, key=lambda entry: entry.number, default=None)
        stops = book.named.keys() != {newest.mark if newest else BEGINNING}  # the next save is refused
        self.is_noticed = self.unaudited and (stops or len(numbers) < max(numbers, default=0))

    def _steps(self) -> list[tuple[Commit, Outcome]]:
        """Each save with how it ended for whoever waited."""
        found = []
        for at, (process, head) in enumerate(zip(self.world.processes, self.node.heads, strict=True)):
            del at
            state = process.states[head]
            ends = [*state.outcomes, *[Outcome("unknown")] * len(process.steps)]
            for number, (step, outcome) in enumerate(zip(process.steps, ends, strict=False)):
                if isinstance(step, Commit):
                    begun = number <= len(state.outcomes)
                    found.append((step, outcome if begun else Outcome("refused")))
        return found

    def faults(self) -> list[str]:
        """What is wrong, in words; nothing where all is well."""
        found = [*self._crashes()]
        found += self._history_faults()
        for commit, outcome in self.steps:
            found += self._promise_faults(commit, outcome)
        if not (self.is_noticed and self.fresh.outcomes[0].word == "refused"):
            found += self._cell_faults()
        found += self._row_faults()
        found += self._lost_edits()
        found += self._double_approvals()
        found += self._invented()
        return [f"{words} (noticed)" if self.is_noticed else words for words in found]

    def _crashes(self) -> list[str]:
        found = []
        for process, head in zip(self.world.processes, self.node.heads, strict=True):
            found += [
                f"{process.name} crashed: {each.error!r}"
                for each in process.states[head].outcomes
                if each.word == "crashed"
            ]
        (seen,) = self.fresh.outcomes
        if seen.word == "crashed" or (seen.word == "refused" and not self.unaudited):
            found.append(f"the fresh process can't look: {seen.error!r}")
        return found

    def _history_faults(self) -> list[str]:
        """One change for each number, none missing, and what it says of each row is so."""
        marks: dict[int, set[str]] = {}
        for entry in self.entries:
            marks.setdefault(entry.number, set()).add(entry.mark)
        found = [f"two changes have the number {number}" for number, each in marks.items() if len(each) > 1]
        if not self.unaudited and sorted(marks) != list(range(1, len(marks) + 1)):
            found.append("a number of the history is missing")
        for entry in self.entries:
            if entry.cells["action"] == BY_HAND:
                found += self._note_faults(entry)
        return found

    def _note_faults(self, entry: Entry) -> list[str]:
        register, id_ = entry.cells["register"], entry.cells["row"]
        return [
            f"the history tells of {new!r} typed as {name} of {id_}, which nobody did"
            for name, (_, new) in entry.fields.items()
            if new not in self._typed(register, id_, name) and not (id_ in self.deleted and not new)
        ]

    def _typed(self, register: str, id_: str, column: str) -> list[str]:
        return [act.typed[3] for act in self.acts if act.typed and act.typed[:3] == (register, id_, column)]

    def _own(self, commit: Commit, *, live: bool) -> list[Entry]:
        """The entries of an operation that stand, or those that were closed as not made."""
        own = [entry for entry in self.entries if entry.cells["op_id"] == commit.op]
        dead = {End.CONFLICT, End.GONE, End.UNCLEAR}
        return [entry for entry in own if (end_of(entry, self.closings) not in dead) == live]

    def _promise_faults(self, commit: Commit, outcome: Outcome) -> list[str]:
        """Saved is saved, whole; refused is not there at all; the history says the same."""
        live = {(entry.cells["register"], entry.cells["row"]) for entry in self._own(commit, live=True)}
        found = []
        if outcome.word == "refused":
            if live:
                found.append(f"{commit.op} was told it is not saved, and the history says it is")
            found += [f"{commit.op} was told it is not saved, and it is" for _ in self._traces(commit)[:1]]
        if (
            outcome.word == "saved"
            and not self.unaudited
            and set(commit.written()) != live | self._gone(commit)
        ):
            found.append(f"{commit.op} was told it is saved, and the history does not say so")
        if live and not self.unaudited and set(commit.written()) != live | self._gone(commit):
            found.append(f"{commit.op} stands in part")
        if outcome.word == "saved" or live:
            found += self._effect_faults(commit, outcome)
        elif not self.unaudited:
            found += [f"{commit.op} stands and the history does not say so" for _ in self._traces(commit)[:1]]
        return found

    def _gone(self, commit: Commit) -> set[Key]:
        return {(register, id_) for register, id_ in commit.written() if id_ in self.deleted}

    def _traces(self, commit: Commit) -> list[str]:
        """Where a row says that this operation wrote it."""
        return [
            f"{name} of {row['_id']}"
            for rows in self.rows.values()
            for row in rows
            for name, text in row.items()
            if text in {commit.op, f"by {commit.op}", f"L-{commit.op}", f"{commit.op}@example.org"}
        ]

    def _effect_faults(self, commit: Commit, outcome: Outcome) -> list[str]:
        found = []
        told = "saved" if outcome.word == "saved" else "the history says"
        for (register, id_), cells in commit.written().items():
            rows = [row for row in self.rows[register] if row["_id"] == id_]
            if not rows and id_ not in self.deleted:
                found.append(f"{told}: {commit.op}, and its row {id_} is missing")
            for row in rows:
                for name, text in cells.items():
                    if row[name] != text and row[name] not in self._later(commit, register, id_, name):
                        found.append(f"{told}: {commit.op}, and {name} of {id_} says {row[name]!r}")
        return found

    def _later(self, commit: Commit, register: str, id_: str, column: str) -> list[str]:
        """What may stand there instead: typed by a person, or written by a later change."""
        own = max((entry.number for entry in self._own(commit, live=True)), default=0)
        later = [
            entry.fields[column][1]
            for entry in self.entries
            if entry.number > own
            and (entry.cells["register"], entry.cells["row"]) == (register, id_)
            and entry.deed == Deed.CHANGE
            and column in entry.fields
        ]
        return [*self._typed(register, id_, column), *later]

    def _cell_faults(self) -> list[str]:
        """No cell says what nobody ever wrote into it."""
        found = []
        for register, rows in self.rows.items():
            first = {row["_id"]: row for row in ROWS.get(register, ())}
            for row in rows:
                found += self._strays(register, row, first.get(row["_id"], {}))
        return found

    def _strays(self, register: str, row: Cells, first: Mapping[str, str]) -> list[str]:
        found = []
        written = [
            c.written()[(register, row["_id"])]
            for c, _ in self.steps
            if (register, row["_id"]) in c.written()
        ]
        for name, text in row.items():
            if name in OWN:
                continue
            fine = [
                first.get(name, ""),
                *self._typed(register, row["_id"], name),
                *[each[name] for each in written if name in each],
            ]
            if text not in fine:
                found.append(
                    f"{name} of {row['_id'] or 'a row without id'} says {text!r}, written for another row"
                )
        mark = row["_change"]
        of_mark = [entry for entry in self.entries if entry.mark == mark]
        if mark and not self.unaudited and row["_id"] not in {entry.cells["row"] for entry in of_mark}:
            found.append(f"{row['_id'] or 'a row without id'} bears the mark of a change of another row")
        if not mark and (row["_updated_by"] or row["_updated_at"]):
            found.append(f"{row['_id'] or 'a row without id'} bears half a stamp")
        return found

    def _row_faults(self) -> list[str]:
        found = []
        for register, rows in self.rows.items():
            ids = [row["_id"] for row in rows if row["_id"]]
            found += [f"{id_} stands twice" for id_ in set(ids) if ids.count(id_) > 1]
            found += [f"{id_}, deleted by a person, is back" for id_ in set(ids) & self.deleted]
            missing = {row["_id"] for row in ROWS.get(register, ())} - set(ids) - self.deleted
            found += [f"the row {id_} is gone" for id_ in missing]
        return found

    def _lost_edits(self) -> list[str]:
        """The last thing that a person typed into a cell stands there, or can be seen in the history or a message."""
        last = {act.typed[:3]: act.typed[3] for act in self.acts if act.typed}
        wiped = [
            f"{text!r}, typed as {column} of {id_}, is gone, and no save was meant for that cell"
            for (register, id_, column), text in last.items()
            if id_ not in self.deleted
            and not any(row["_id"] == id_ and row[column] == text for row in self.rows[register])
            and not any(column in commit.written().get((register, id_), {}) for commit, _ in self.steps)
        ]
        return wiped + [
            f"{text!r}, typed as {column} of {id_}, is lost unseen"
            for (register, id_, column), text in last.items()
            if id_ not in self.deleted and not self._is_seen(register, id_, column, text)
        ]

    def _is_seen(self, register: str, id_: str, column: str, text: str) -> bool:
        if any(row["_id"] == id_ and row[column] == text for row in self.rows[register]):
            return True
        told = [entry.fields.get(column, ()) for entry in self.entries if entry.cells["row"] == id_]
        if any(text in pair for pair in told):
            return True
        if any(text in edit.fields.get(column, ()) for edit in self.fresh.edits if edit.row == id_):
            return True
        receipts = [outcome.receipt for _, outcome in self.steps if outcome.receipt]
        return any(met.typed == text for receipt in receipts for met in receipt.met if met.id == id_)

    def _double_approvals(self) -> list[str]:
        found = []
        for id_ in ("M-1", "M-2", "M-3"):
            told = [c.op for c, outcome in self.steps if outcome.word == "saved" and self._approves(c, id_)]
            stands = [
                entry.id
                for commit, _ in self.steps
                if self._approves(commit, id_)
                for entry in self._own(commit, live=True)
                if entry.cells["row"] == id_
            ]
            if len(told) > 1 or len(stands) > 1:
                found.append(f"{id_} was approved twice")
        return found

    def _invented(self) -> list[str]:
        """Whoever saves is shown as typed only what somebody typed there."""
        receipts = [outcome.receipt for _, outcome in self.steps if outcome.receipt]
        return [
            f"{met.typed!r} was shown as typed into {met.column} of {met.id} and was not"
            for receipt in receipts
            for met in receipt.met
            if met.typed not in self._typed(met.register, met.id, met.column)
        ]

    def _approves(self, commit: Commit, id_: str) -> bool:
        return "Status" in commit.base.get(("Mentors", id_), {})
