"""The fault table: saves on a spreadsheet while three calls of ten go wrong and people sort, insert, delete and type.

Real gspread and the whole store over the stand-in without sockets, on a clock of its own. Two server processes save;
the second one's saves, people's hands and late requests come between any two calls of the first one's. Every text
that is written names the row and the column that it was written for, so a stray one shows itself.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import perf_counter
from types import SimpleNamespace
from typing import Any

from google.oauth2.credentials import Credentials

from schemas.errors import OurError, StaleRow, UnknownOutcome
from services.store.interface import Append, Cells, Change, Fresh, Needs, Operation, Receipt, Tab, Update
from services.store.sheets import store as store_module
from services.store.sheets import wire as wire_module
from services.store.sheets.audit import End, closed, end_of
from services.store.sheets.store import SheetsStore
from services.store.sheets.wire import Connection, Wire
from tests.sheets_standin.calls import Call
from tests.sheets_standin.direct import Direct
from tests.sheets_standin.service import Service

OWN = ("_change", "_updated_at", "_updated_by")
MENTORS = Tab("Mentors", ("_id", "programme", "Name", "Status", "Notes", *OWN))
LINES = Tab("Lines", ("_id", "programme", "Text", *OWN))
TABS = (MENTORS, LINES)
COLUMNS = {name: "ABCDEFGH"[at] for at, name in enumerate(MENTORS.columns)}
TROUBLES = (
    "429",
    "500",
    "503",
    "502",
    "reset_before",
    "reset_after",
    "cut",
    "stall:20",
    "500_after",
    "stale",
)
SEEDS = (1, 2, 3, 4, 5)
ROWS = 40
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ORDER = (
    "saved, and missing",
    "doubled",
    "in the wrong row",
    "typed by a person, lost unseen",
    "approved twice",
    "told wrongly",
)


@dataclass
class Clock:
    """Seconds that pass only when somebody waits."""

    now: float = 1_000_000.0

    def sleep(self, seconds: float) -> None:
        self.now += max(0.0, seconds)

    def monotonic(self) -> float:
        return self.now

    def moment(self) -> datetime:
        return NOON + timedelta(seconds=self.now - 1_000_000.0)


@dataclass(frozen=True)
class Save:
    """One save of somebody's: its cells by row, the status that must stand, rows to add."""

    op: str
    sets: dict[str, Cells] = field(default_factory=dict)
    base: dict[str, str] = field(default_factory=dict)
    adds: tuple[Append, ...] = ()

    def decide(self, fresh: Fresh) -> list[Change]:
        made: list[Change] = []
        for id_, cells in self.sets.items():
            row = fresh.rows("Mentors").get(id_)
            if row is None or row["Status"] != self.base.get(id_, row["Status"]):
                raise StaleRow(())
            made.append(Update("Mentors", id_, cells, {name: row[name] for name in cells}))
        return [*made, *self.adds]

    @property
    def needs(self) -> Needs:
        return Needs(rows=tuple(("Mentors", id_) for id_ in self.sets))

    def rows(self) -> dict[tuple[str, str], Cells]:
        """The cells it writes, by register and row."""
        found = {("Mentors", id_): cells for id_, cells in self.sets.items()}
        return found | {(add.register, add.cells["_id"]): add.cells for add in self.adds}


class Desk:
    """A spreadsheet in bad weather, and the server processes on it."""

    def __init__(self, processes: int = 2, rows: int = ROWS) -> None:
        self.clock = Clock()
        self.service = Service(self.clock.monotonic)
        self.transport = Direct(self.service, self.clock.sleep, latency=0.2)
        self.stores = [self._store() for _ in range(processes)]
        self.stores[0].open(TABS)
        first = [
            Append("Mentors", {"_id": f"M-{n}", "programme": "ssw", **_first(f"M-{n}")}) for n in range(rows)
        ]
        self.stores[0].commit(self.operation("first"), Needs(), lambda fresh: first)
        for store in self.stores[1:]:
            store.open(TABS)
        self.service.log.clear()

    def _store(self) -> SheetsStore:
        wire = Wire(Credentials("TOKEN"))  # type: ignore[no-untyped-call]
        wire.session.mount("https://", self.transport)
        wire.reads.most = wire.writes.most = 1_000_000
        return SheetsStore(Connection(wire, self.service.shared.key), self.clock.moment)

    def operation(self, op: str) -> Operation:
        return Operation(op, "digest", f"{op}@example.org", "save", self.clock.moment(), "ssw")

    def table(self, title: str) -> list[Cells]:
        """The rows of a tab as they stand."""
        sheet = self.service.shared.titled(title)
        assert sheet is not None
        heads = {at: str(cell.value) for at, cell in sheet.cells[0].items() if not cell.blank}
        return [
            {name: "" if at not in row or row[at].blank else str(row[at].value) for at, name in heads.items()}
            for row in sheet.cells[1:]
        ]

    @contextmanager
    def weather(self, plan: Callable[[Call], str | None]) -> Iterator[None]:
        """What goes wrong with each call."""
        self.service.plan = plan
        try:
            yield
        finally:
            self.service.plan = None

    def calm_down(self) -> SheetsStore:
        """Every late request lands; then a new process looks, which settles what is astray."""
        self.transport.land(everything=True)
        self.clock.sleep(120)
        fresh = self._store()
        fresh.open(TABS)
        fresh.read("Mentors", "Lines")
        return fresh


def _first(id_: str) -> Cells:
    return {name: f"first {name} {id_}" for name in ("Name", "Status", "Notes")}


@contextmanager
def own_time(clock: Clock) -> Iterator[None]:
    """The store waits by this clock."""
    kept = wire_module.time, store_module.time
    wire_module.time = store_module.time = SimpleNamespace(monotonic=clock.monotonic, sleep=clock.sleep)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        wire_module.time, store_module.time = kept  # type: ignore[attr-defined]


@dataclass
class Run:
    """So many saves in bad weather, with a tally of everything that anybody was told or did."""

    seed: int
    saves: int
    desk: Desk = field(default_factory=Desk)
    told: dict[str, tuple[Save, str, Receipt | None]] = field(default_factory=dict)
    typed: dict[str, tuple[str, str]] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    longest: float = 0.0
    others: float = 0.0
    deeds: Counter[str] = field(default_factory=Counter)
    nested: bool = False

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def run(self) -> Counter[str]:
        """What went wrong, by kind; all zero where all is well."""
        random.seed(self.seed)
        with own_time(self.desk.clock):
            with self.desk.weather(self.trouble):
                while len(self.told) < self.saves:
                    self.save(0)
            return self.count(self.desk.calm_down())

    # --- what happens ------------------------------------------------------------------------------

    def trouble(self, call: Call) -> str | None:
        """Before each call: perhaps people, perhaps the other process, perhaps a fault."""
        if self.chance.random() < 0.25:
            self.meddle()
        if not self.nested and self.chance.random() < 0.15:
            self.nested = True
            begun = self.desk.clock.now
            try:
                self.save(1)
            finally:
                self.nested = False
                self.others += self.desk.clock.now - begun
        if self.chance.random() < 0.3:
            kind = self.chance.choice(TROUBLES)
            self.deeds[kind] += 1
            return None if kind == "stale" and call.kind != "read" else kind
        return None

    def save(self, process: int) -> None:
        """Somebody saves, and presses again where it is not known."""
        save = self.new_save()
        self.told[save.op] = (save, "unknown", None)
        store = self.desk.stores[process]
        for _ in range(3):
            begun = self.desk.clock.now - self.others
            word, receipt = commit(store, self.desk.operation(save.op), save)
            if not self.nested:
                self.longest = max(self.longest, self.desk.clock.now - self.others - begun)
            self.told[save.op] = (save, word, receipt)
            self.desk.clock.sleep(self.chance.uniform(1, 20))
            if word != "unknown":
                break
        self.deeds[word] += 1

    def new_save(self) -> Save:
        op, kind = f"op-{len(self.told)}", self.chance.random()
        ids = self.chance.sample(self.ids(), 3)
        if kind < 0.3:
            status = {row["_id"]: row["Status"] for row in self.desk.table("Mentors")}
            return Save(op, {ids[0]: {"Status": f"{op} Status {ids[0]}"}}, {ids[0]: status[ids[0]]})
        if kind < 0.6:
            return Save(op, {ids[0]: {"Notes": f"{op} Notes {ids[0]}"}})
        line = Append("Lines", {"_id": f"L-{op}", "programme": "ssw", "Text": f"{op} Text L-{op}"})
        if kind < 0.75:
            return Save(op, adds=(line,))
        if kind < 0.85:
            new = {name: f"{op} {name} M-{op}" for name in ("Name", "Status", "Notes")}
            return Save(op, adds=(Append("Mentors", {"_id": f"M-{op}", "programme": "ssw", **new}),))
        return Save(op, {id_: {"Notes": f"{op} Notes {id_}"} for id_ in ids}, adds=(line,))

    def ids(self) -> list[str]:
        return sorted({row["_id"] for row in self.desk.table("Mentors") if row["_id"].startswith("M-")})

    def meddle(self) -> None:
        """A person does something in the sheet."""
        rows = self.desk.table("Mentors")
        at = self.chance.randrange(len(rows))
        deed = self.chance.choice(("sort", "sort", "insert", "delete", "type", "type", "type"))
        if deed == "delete" and (len(rows) < ROWS or self.chance.random() < 0.5):
            deed = "sort"
        self.deeds[f"people: {deed}"] += 1
        with self.desk.service.person() as person:
            if deed == "sort":
                person.sort("Mentors", self.chance.choice("ACDE"), descending=self.chance.random() < 0.5)
            elif deed == "insert":
                person.insert_row("Mentors", at + 2)
            elif deed == "delete":
                self.note_gone(rows[at])
                person.delete_row("Mentors", at + 2)
            elif rows[at]["_id"].startswith("M-"):
                column = self.chance.choice(("Status", "Notes", "Notes"))
                self.note_gone({column: rows[at][column]})
                text = f"typed-{len(self.typed)} {column} {rows[at]['_id']}"
                self.typed[text] = (rows[at]["_id"], column)
                person.edit("Mentors", f"{COLUMNS[column]}{at + 2}", text)

    def note_gone(self, cells: Cells) -> None:
        """What a person wipes away with open eyes is not lost unseen."""
        self.undone |= set(cells.values())
        if id_ := cells.get("_id"):
            self.deleted.add(id_)

    # --- what became of it -------------------------------------------------------------------------

    def count(self, fresh: SheetsStore) -> Counter[str]:
        """Compare what everybody was told with what is there."""
        found: Counter[str] = Counter(dict.fromkeys(ORDER, 0))
        entries = fresh._history().everything()
        ended = closed(entries)
        dead = {End.CONFLICT, End.GONE, End.UNCLEAR}
        live = [entry for entry in entries if end_of(entry, ended) not in dead]
        by_op: dict[str, set[tuple[str, str]]] = {}
        last: dict[tuple[str, str, str], str] = {}
        for entry in sorted(live, key=lambda each: each.number):
            key = (entry.cells["register"], entry.cells["row"])
            if entry.deed in {"add", "change"}:
                by_op.setdefault(entry.cells["op_id"], set()).add(key)
                last |= {(*key, name): new for name, (_, new) in entry.fields.items()}
            elif entry.deed == "insist":
                last |= {(*key, name): new for name, (_, new) in entry.fields.items()}
        tables = {tab.name: self.desk.table(tab.name) for tab in TABS}
        found["in the wrong row"] = sum(1 for row in tables["Mentors"] for _ in _strays(row))
        ids = Counter(row["_id"] for rows in tables.values() for row in rows if row["_id"])
        found["doubled"] = sum(count - 1 for count in ids.values())
        stands = {row["_id"]: row for rows in tables.values() for row in rows}
        for save, word, _ in self.told.values():
            has = by_op.get(save.op, set())
            gone = {key for key in save.rows() if key[1] in self.deleted}
            if word == "saved" and (has | gone != set(save.rows()) or not self.is_there(save, stands, last)):
                found["saved, and missing"] += 1
            if word == "refused" and has:
                found["told wrongly"] += 1
        found["approved twice"] = self.doubles()
        found["typed by a person, lost unseen"] = len(self.lost(entries, tables["Mentors"], fresh))
        return found

    def is_there(self, save: Save, stands: dict[str, Cells], last: dict[tuple[str, str, str], str]) -> bool:
        """Whether each row is there and says what was written last, or what somebody typed since."""
        for (register, id_), cells in save.rows().items():
            row = stands.get(id_)
            if row is None and id_ not in self.deleted:
                return False
            for name in cells.keys() - {"_id", "programme"} if row is not None else ():
                if row[name] != last.get((register, id_, name)) and row[name] not in self.typed:
                    return False
        return True

    def doubles(self) -> int:
        """Two who moved the same status on, both told that they had."""
        moved = Counter(
            (id_, base)
            for save, word, _ in self.told.values()
            if word == "saved"
            for id_, base in save.base.items()
        )
        return sum(count - 1 for count in moved.values())

    def lost(self, entries: Sequence[Any], rows: Sequence[Cells], fresh: SheetsStore) -> list[str]:
        """What people typed that is neither in the sheet nor to be seen anywhere."""
        seen = {text for row in rows for text in row.values()} | self.undone
        for entry in entries:
            seen |= {text for pair in entry.fields.values() for text in pair}
        for _, _, receipt in self.told.values():
            seen |= {met.typed for met in receipt.met} if receipt else set()
        for store in (*self.desk.stores, fresh):
            seen |= {text for edit in store.memory.edits for pair in edit.fields.values() for text in pair}
        return [text for text, (id_, _) in self.typed.items() if text not in seen and id_ not in self.deleted]


def commit(store: SheetsStore, operation: Operation, save: Save) -> tuple[str, Receipt | None]:
    """How a save ended for whoever pressed the button."""
    try:
        return "saved", store.commit(operation, save.needs, save.decide)
    except UnknownOutcome:
        return "unknown", None
    except OurError:
        return "refused", None


def _strays(row: Cells) -> Iterator[str]:
    """Cells that say something written for another row or column."""
    for name in ("Name", "Status", "Notes"):
        if row[name] and not row[name].endswith(f" {name} {row['_id']}"):
            yield name


def run(saves: int = 1_000, seeds: Sequence[int] = SEEDS) -> Counter[str]:
    """Print the table; what went wrong in all."""
    print(f"\n{saves:,} saves a seed on a spreadsheet, 3 calls of 10 faulted, people at it, two processes")
    total: Counter[str] = Counter()
    for seed in seeds:
        begun, each = perf_counter(), Run(seed, saves)
        found = each.run()
        total += found
        told = ", ".join(f"{each.deeds[word]} {word}" for word in ("saved", "refused", "unknown"))
        wrong = ", ".join(f"{words}: {found[words]}" for words in ORDER)
        print(
            f"  seed {seed}: {told}; {wrong}; longest wait {each.longest:.1f} s ({perf_counter() - begun:.0f} s)"
        )
    return total


if __name__ == "__main__":
    import sys

    run(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
