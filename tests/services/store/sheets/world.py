"""Every order of events of a few processes, people's hands and one network, on one spreadsheet (X3).

A node is the spreadsheet, each process by what it was answered, the requests still under way, and what people did.
Two orders that lead to the same node go on as one, so every order is explored though each node only once; `paths`
counts the orders themselves.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from services.store.interface import Tab
from services.store.sheets.store import SheetsStore
from tests.services.store.sheets.replay import Call, Played, Process, State, Step
from tests.sheets_standin.errors import GoogleError
from tests.sheets_standin.people import Person
from tests.sheets_standin.workbook import Spreadsheet

DEAD = -1
FIELDS = "replies,updatedSpreadsheet.sheets(properties.sheetId,data(startRow,startColumn,rowData.values.effectiveValue))"


@dataclass(frozen=True)
class Act:
    """Something a person does. `typed` is (register, row's id, column, text) where they type."""

    name: str
    do: Callable[[Person, Spreadsheet], bool]
    typed: tuple[str, str, str, str] | None = None
    deletes: str = ""

    def __repr__(self) -> str:
        return self.name


class Node(NamedTuple):
    """One state of the world."""

    sheet: int
    before: int
    heads: tuple[int, ...]
    late: tuple[tuple[int, int], ...]
    acts: tuple[int, ...]
    faults: int
    deaths: tuple[int, ...]


@dataclass(frozen=True)
class Scene:
    """What is explored: rows at first, the program of each process, what people and the network may do."""

    tabs: Sequence[Tab]
    rows: Mapping[str, Sequence[Mapping[str, str]]]
    programs: tuple[tuple[Step, ...], ...]
    warm: tuple[bool, ...] = ()
    acts: tuple[Act, ...] = ()
    most_acts: int = 1
    faults: tuple[str, ...] = ()
    most_faults: int = 0


READ_FAULTS = ("stale", "torn", "mixed", "down")
SEND_FAULTS = ("request lost", "reply lost", "late", "died", "died late", "turned away")


@dataclass
class World:
    """The exploration of one scene."""

    scene: Scene
    judge: Callable[["World", Node], list[str]]
    books: list[Spreadsheet] = field(default_factory=list)
    paths: dict[Node, int] = field(default_factory=dict)
    ends: int = 0
    wrong: dict[str, list[str]] = field(default_factory=dict)
    most_wrong: int = 5
    _numbers: dict[Any, int] = field(default_factory=dict)
    _applied: dict[tuple[int, int, int], tuple[Any, str, int]] = field(default_factory=dict)
    _acted: dict[tuple[int, int], int | None] = field(default_factory=dict)
    _settled: dict[int, tuple[int, State]] = field(default_factory=dict)
    _from: dict[Node, tuple[Node | None, str]] = field(default_factory=dict)

    @cached_property
    def processes(self) -> list[Process]:
        """One for each program; a warm one read everything before the scene begins."""
        return [
            Process(f"P{at + 1}", steps, self.scene.tabs, self._found)
            for at, steps in enumerate(self.scene.programs)
        ]

    @cached_property
    def _found(self) -> Any:
        return self._opened[1]

    @cached_property
    def _opened(self) -> tuple[Spreadsheet, Any]:
        """A spreadsheet set up by the store itself, with the scene's rows put in."""
        book = Spreadsheet("model", "Registers")
        store = SheetsStore(Live(book), _no_clock)  # type: ignore[arg-type]
        store.open(self.scene.tabs)
        for tab in self.scene.tabs:
            lines = [[row.get(name, "") for name in tab.columns] for row in self.scene.rows.get(tab.name, ())]
            if lines:
                book.values_update(f"'{tab.name}'!A2", {"values": lines}, valueInputOption="RAW")
        for sheet in book.sheets:  # bare cells: formats of blank ones only take time
            sheet.cells = [{at: cell for at, cell in row.items() if not cell.blank} for row in sheet.cells]
            del sheet.cells[_filled(sheet.cells) :]
        return book, store.found

    def start(self) -> Node:
        """The beginning, after the warm processes have read."""
        sheet = self.number(self._opened[0])
        heads = [0] * len(self.processes)
        for at, is_warm in enumerate(self.scene.warm):
            while is_warm and not self.processes[at].states[heads[at]].outcomes:
                answer, key, sheet = self._carried_out(sheet, at, heads[at])
                heads[at] = self.processes[at].answered(heads[at], answer, key)
        return Node(sheet, sheet, tuple(heads), (), (), self.scene.most_faults, ())

    def explore(self, most: int = 10_000_000) -> int:
        """The number of orders of events there are from the beginning; `wrong` fills with what went wrong.

        0 where it was broken off: too many nodes, or enough found wrong.
        """
        root = self.start()
        self._from[root] = (None, "")
        stack: list[tuple[Node, list[Node] | None]] = [(root, None)]
        while stack:
            node, followers = stack.pop()
            if node in self.paths:
                continue
            if followers is None:
                followers = []
                for told, follower in self.followers(node):
                    self._from.setdefault(follower, (node, told))
                    followers.append(follower)
                stack.append((node, followers))
                stack.extend((each, None) for each in followers if each not in self.paths)
                if len(self._from) > most or len(self.wrong) >= self.most_wrong:
                    return 0
                continue
            is_end = self.is_end(node)
            if is_end:
                self.ends += 1
                for words in self.judge(self, node):
                    self.wrong.setdefault(words, self.story(node))
            self.paths[node] = sum(self.paths[each] for each in followers) + is_end
        return self.paths[root]

    def is_end(self, node: Node) -> bool:
        """Whether every process has ended or died."""
        return all(self._call(node, at) is None for at in range(len(self.processes)))

    def story(self, node: Node) -> list[str]:
        """How it came to this."""
        told: list[str] = []
        here: Node | None = node
        while here is not None:
            here, words = self._from[here]
            told.append(words)
        return told[-2::-1]

    # --- what may happen next ----------------------------------------------------------------------

    def followers(self, node: Node) -> Iterator[tuple[str, Node]]:
        """Every next event: (in words, what it leads to)."""
        for at, process in enumerate(self.processes):
            call = self._call(node, at)
            if call is not None:
                told = f"{process.name} {call.kind}"
                answer, key, sheet = self._carried_out(node.sheet, at, node.heads[at])
                yield told, self._go_on(node, at, answer, key, sheet)
                if node.faults:
                    yield from self._faults(node, at, call, told)
        for at, late in enumerate(node.late):
            rest = node.late[:at] + node.late[at + 1 :]
            sheet = self._carried_out(node.sheet, *late)[2]
            yield f"P{late[0] + 1}'s late request lands", self._moved(node, sheet)._replace(late=rest)
        if len(node.acts) < self.scene.most_acts:
            for number, act in enumerate(self.scene.acts):
                if (sheet := self._after_act(node.sheet, number)) is not None:
                    yield f"somebody: {act}", self._moved(node, sheet)._replace(acts=(*node.acts, number))

    def _call(self, node: Node, at: int) -> Call | None:
        return None if at in node.deaths else self.processes[at].states[node.heads[at]].call

    def _faults(self, node: Node, at: int, call: Call, told: str) -> Iterator[tuple[str, Node]]:
        less = node._replace(faults=node.faults - 1)
        names = SEND_FAULTS if call.kind == "batch" else READ_FAULTS
        for name in names:
            if name not in self.scene.faults or (name == "torn" and len(call.ranges) < 3):
                continue
            if call.kind == "batch":
                yield f"{told}: {name}", self._send_goes_wrong(less, at, name)
            elif name == "down":
                yield f"{told}: {name}", self._go_on(less, at, "down", "down", node.sheet)
            elif node.before != node.sheet and call.kind == "values":
                answer = self._misread(node, call, name)
                yield f"{told}: {name}", self._go_on(less, at, answer, repr(answer), node.sheet)

    def _send_goes_wrong(self, node: Node, at: int, name: str) -> Node:
        here = node.heads[at]
        applied = self._carried_out(node.sheet, at, here)[2]
        if name == "turned away":
            return self._go_on(node, at, "down", "down", node.sheet)
        if name in {"late", "died late"}:
            node = node._replace(late=(*node.late, (at, here)))
        sheet = applied if name in {"reply lost", "died"} else node.sheet
        if name.startswith("died"):
            return self._moved(node, sheet)._replace(deaths=(*node.deaths, at))
        return self._go_on(node, at, "lost", "lost", sheet)

    def _misread(self, node: Node, call: Call, name: str) -> Any:
        """All of it as before the last change; or only the history; or only the tabs."""
        old, new = read(self.books[node.before], call), read(self.books[node.sheet], call)
        if not isinstance(old, list) or not isinstance(new, list):
            return old
        first, second = {"stale": (old, old), "torn": (old, new), "mixed": (new, old)}[name]
        return [*first[:2], *second[2:]]

    def _go_on(self, node: Node, at: int, answer: Any, key: str, sheet: int) -> Node:
        head = self.processes[at].answered(node.heads[at], answer, key)
        heads = (*node.heads[:at], head, *node.heads[at + 1 :])
        return self._moved(node, sheet)._replace(heads=heads)

    def _moved(self, node: Node, sheet: int) -> Node:
        before = node.sheet if sheet != node.sheet else node.before
        can_be_stale = node.faults and set(self.scene.faults) & {"stale", "torn", "mixed"}
        return node._replace(sheet=sheet, before=before if can_be_stale else sheet)

    # --- the spreadsheet ---------------------------------------------------------------------------

    def number(self, book: Spreadsheet) -> int:
        """A spreadsheet by what it holds."""
        told = content(book)
        if told not in self._numbers:
            self._numbers[told] = len(self.books)
            self.books.append(book)
        return self._numbers[told]

    def _carried_out(self, sheet: int, at: int, head: int) -> tuple[Any, str, int]:
        """The answer to a process's call, what to know it by, and the spreadsheet after it."""
        key = (sheet, at, head)
        if key not in self._applied:
            call = self.processes[at].states[head].call
            assert call is not None
            book = self.books[sheet].clone() if call.kind == "batch" else self.books[sheet]
            answer = carry_out(book, call)
            known_by = answer if isinstance(answer, str) else repr(answer)
            self._applied[key] = (answer, known_by, self.number(book))
        return self._applied[key]

    def _after_act(self, sheet: int, act: int) -> int | None:
        if (sheet, act) not in self._acted:
            book = self.books[sheet].clone()
            done = self.scene.acts[act].do(Person(book), book)
            after = self.number(book) if done else None
            self._acted[(sheet, act)] = None if after == sheet else after
        return self._acted[(sheet, act)]

    def settled(self, sheet: int, looker: Callable[[], Process]) -> tuple[int, State]:
        """The spreadsheet after one look by a fresh process, and that process."""
        if sheet not in self._settled:
            book, process, head = self.books[sheet].clone(), looker(), 0
            while (call := process.states[head].call) is not None:
                answer = carry_out(book, call)
                head = process.answered(head, answer, str(head))
            self._settled[sheet] = (self.number(book), process.states[head])
        return self._settled[sheet]

    def fresh_process(self, *steps: Step) -> Process:
        """A process that starts now."""
        return Process("fresh", steps, self.scene.tabs, self._found)


def _no_clock() -> Any:
    raise AssertionError("opening needs no clock")


def carry_out(book: Spreadsheet, call: Call) -> Any:
    """The answer of the spreadsheet; a word where it refuses."""
    if call.kind == "batch":
        return _send(book, call)
    return read(book, call)


def read(book: Spreadsheet, call: Call) -> Any:
    """The answer to a call that changes nothing."""
    if call.kind == "describe":
        return book.get()
    try:
        answer = book.values_batch_get(
            call.ranges, valueRenderOption="UNFORMATTED_VALUE", dateTimeRenderOption="SERIAL_NUMBER"
        )
    except GoogleError:
        return "refused"
    return [found.get("values", []) for found in answer["valueRanges"]]


def _send(book: Spreadsheet, call: Call) -> Any:
    body: dict[str, Any] = {"requests": list(call.requests)}
    if call.ranges:
        body |= {"includeSpreadsheetInResponse": True, "responseIncludeGridData": True}
        body |= {"responseRanges": list(call.ranges)}
    try:
        return book.batch_update(body, FIELDS if call.ranges else None)
    except GoogleError as error:
        text = str(error)
        return "ticket refused" if "amedRange" in text or "named range" in text.casefold() else "refused"


class Live(Played):
    """A `Connection` straight to a spreadsheet."""

    def __init__(self, book: Spreadsheet) -> None:
        super().__init__(())
        self.book = book

    def _answer(self, call: Call) -> Any:
        from tests.services.store.sheets.replay import FAILURES

        answer = carry_out(self.book, call)
        if isinstance(answer, str):
            raise FAILURES[answer]()
        return answer


_rows_seen: dict[int, tuple[Any, Any]] = {}


def content(book: Spreadsheet) -> Any:
    """What a spreadsheet holds, to be compared."""
    sheets = tuple(
        (sheet.title, *map(_row_content, sheet.cells[: _filled(sheet.cells)])) for sheet in book.sheets
    )
    return sheets, tuple(book.named)


def _row_content(row: Mapping[int, Any]) -> Any:
    """The values of a row; rows are replaced, never changed, so each is looked at once."""
    kept = _rows_seen.get(id(row))
    if kept is None or kept[0] is not row:
        told = tuple(sorted((at, cell.value) for at, cell in row.items() if not cell.blank))
        _rows_seen[id(row)] = kept = (row, told)
    return kept[1]


def _filled(rows: Sequence[Mapping[int, Any]]) -> int:
    end = len(rows)
    while end and all(cell.blank for cell in rows[end - 1].values()):
        end -= 1
    return end
