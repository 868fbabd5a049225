"""From a file's rows to the records they make, or to all that is wrong with them (X9).

The same plan is made twice: on the rows a person looks at, and again inside the commit on fresh ones. It writes
nothing and reads nothing but the rows it is given.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from schemas import kinds
from schemas.column import COMMON, Register, Row
from schemas.errors import Problem
from schemas.frames import NEEDED
from schemas.kinds import Unreadable
from schemas.registers import BY_TAB
from schemas.words import N_, Message, message
from services.imports import warnings
from services.imports.cells import Cells
from services.imports.files import FileRow, Upload
from services.imports.mapping import columns_of
from services.imports.pool import Pool, RowsOf, column_at, fold
from services.programmes import Choose, Find, Making, Programme, Recipe
from services.records import Edit, Intent, New
from services.seals import Sealed, Seals

SEVERAL = Message(N_("fits more than one record. Mend the name, or enter this row by hand."))
DIFFERS = Message(N_("differs from what is there already. Choose to update such rows, or to skip them."))
SETTLED = Message(N_("is decided already, so no file changes it. Have it returned first, then mend it."))
# What somebody signed: its hours are approved, on a letter or paid, and stay as they were signed (S10, S12).
DECIDED: dict[str, frozenset[str]] = {
    "Timesheets": frozenset({"approved", "refused", "invoiced", "paid"}),
    "Sessions": frozenset({"accepted"}),
}
AGREED = Message(
    N_(
        "was agreed with the mentor. It changes by more days, decided by the Programme Manager, not by a file."
    )
)
STEP = Message(
    N_("would decide about a record that is here already. Whoever may decide it does so on its own page.")
)
# What the Programme Manager approved: another number of days or another end is a variation (S6).
APPROVED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "Assignments": (
        frozenset({"approved", "ended"}),
        frozenset({"days", "starts_on", "ends_on", "approved_on"}),
    ),
}


class Existing(StrEnum):
    """What to do with a row whose records are there already with other content."""

    ADD = "add"
    UPDATE = "update"
    SKIP = "skip"


class RowStatus(StrEnum):
    """What a file row would do."""

    NEW = N_("new")
    CHANGED = N_("changed")
    SAME = N_("already there")
    SKIPPED = N_("skipped")
    WRONG = N_("wrong")


@dataclass(frozen=True)
class Line:
    """A file row and what comes of it; its own text is kept for the file of rejected rows.

    `warnings` are said of a row that comes in as it stands.
    """

    row: FileRow
    status: RowStatus
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a whole file would do."""

    lines: tuple[Line, ...]
    intents: Callable[[], tuple[Intent, ...]]


@dataclass(frozen=True)
class Order:
    """What a person asked for: which recipe, which column goes where, what to do with rows already there."""

    recipe: Recipe
    mapping: Mapping[str, str]
    existing: Existing


@dataclass
class Draft:
    """A record as a file row leaves it; `before` is `None` where the row makes it."""

    register: type[Register]
    row: Row
    before: Row | None
    changes: dict[str, Any] = field(default_factory=dict)


def plan(programme: Programme, order: Order, upload: Upload, rows_of: RowsOf, seals: Seals) -> Plan:
    """What every row of the file comes to, on these rows of the workbook; `seals` open what is compared."""
    planner = _Planner(programme, order, Pool(rows_of), seals)
    lines = tuple(planner.line(row) for row in upload.rows)
    return Plan(lines, planner.intents)


class _Planner:
    """Goes through the rows in order: what a good row makes is there for those that follow."""

    def __init__(self, programme: Programme, order: Order, pool: Pool, seals: Seals) -> None:
        self.programme, self.order, self.pool, self.seals = programme, order, pool, seals
        self.cells = Cells(programme)
        self.seen: Counter[tuple[str, tuple[Any, ...]]] = Counter()
        self.made: dict[str, type[Register]] = {}
        self.memory: dict[tuple[int, tuple[str, ...]], tuple[str | Message, int]] = {}
        self.changed: dict[tuple[str, str], dict[str, Any]] = {}
        makes = order.recipe.makes
        self.columns = {making.called: columns_of(making, order.mapping.values()) for making in makes}
        self.blanks = {making.called: _blank(making) for making in makes}
        self.private = {
            target
            for making in makes
            for target, name in self.columns[making.called].items()
            if _is_private(making, name)
        }

    def line(self, row: FileRow) -> Line:
        """Read one row; only a good one leaves anything behind."""
        reading = _Reading(self, row)
        problems = reading.problems()
        if problems:
            return Line(row, RowStatus.WRONG, problems)
        if reading.differs and self.order.existing is Existing.SKIP:
            return Line(row, RowStatus.SKIPPED)
        status = reading.status()
        self.seen.update(reading.counted)
        for draft in reading.drafts.values():
            self._keep(draft)
        return Line(row, status, warnings=reading.warnings())

    def is_same(self, value: Any, now: Any) -> bool:
        """Whether a cell of the file says what is there already; a sealed value is compared opened."""
        if isinstance(now, Sealed):
            return bool(self.seals.readable(now) == value)
        return bool(fold(value) == fold(now))

    def found(
        self, find: Find, texts: Mapping[str, str], search: Callable[[Find], str | Message]
    ) -> str | Message:
        """The id found for those texts, remembered until a row of that register is put in."""
        asked = tuple([texts.get(source, "") for source in _sources(find)])
        version = self.pool.version[find.register]
        at = id(find), asked
        if self.memory.get(at, ("", -1))[1] != version:
            self.memory[at] = search(find), version
        return self.memory[at][0]

    def _keep(self, draft: Draft) -> None:
        id_ = draft.row.id
        if draft.before is None:
            self.made[id_] = draft.register
        elif draft.changes and id_ not in self.made:
            self.changed.setdefault((draft.register.tab, id_), {}).update(draft.changes)
        if draft.before is None or draft.changes:
            self.pool.put(draft.register, draft.row)

    def intents(self) -> tuple[Intent, ...]:
        """The records to be made and changed, each once."""
        new = [
            New(register, _filled(self.pool.rows(register)[id_]), id_) for id_, register in self.made.items()
        ]
        edits = [Edit(BY_TAB[tab], id_, values, back=True) for (tab, id_), values in self.changed.items()]
        return (*new, *edits)


def _is_private(making: Making, name: str) -> bool:
    """Whether a complaint about the cell repeats nothing of what stands in it (X14)."""
    column = BY_TAB[making.register].columns[name]
    return column.personal or column.sealed


def _blank(making: Making) -> dict[str, Any]:
    """A new record of this recipe line before the file has its say."""
    register = BY_TAB[making.register]
    fixed = {name: register.columns[name].typed(text) for name, text in making.fixed.items()}
    return dict.fromkeys(register.columns) | fixed


def _chosen(register: type[Register], name: str, choose: Choose, row: Row) -> Any:
    """The value of a column that another one decides."""
    if _holds(choose, row[choose.when]):
        return register.columns[name].typed(choose.then)
    if choose.or_else:
        return _chosen(register, name, choose.or_else, row)
    return register.columns[name].typed(choose.otherwise)


def _holds(choose: Choose, value: Any) -> bool:
    if value is None:
        return False
    said = fold("yes" if value is True else "no" if value is False else str(value))
    if choose.equals:
        return bool(said == fold(choose.equals))
    return bool(said.startswith(fold(choose.begins)))


def _filled(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None and name not in COMMON}


class _Reading:
    """One file row being read: its records so far and, by file column, what is wrong."""

    def __init__(self, planner: _Planner, row: FileRow) -> None:
        self.planner, self.pool, self.file_row = planner, planner.pool, row
        self.titles = {target: column for column, target in planner.order.mapping.items() if target}
        self.texts = {target: row.cells.get(column, "").strip() for target, column in self.titles.items()}
        self.wrong: dict[str, Problem] = {}
        self.drafts: dict[str, Draft] = {}
        self.counted: list[tuple[str, tuple[Any, ...]]] = []
        self.differs = False
        if row.beyond:
            last = list(row.cells)[-1]
            self.wrong[last] = Problem(
                last, Message(N_("This row has more cells than the heading has columns.")), row.number
            )
        for making in planner.order.recipe.makes:
            if self._is_wanted(making):
                self._read(making)

    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong, in the order of the file's columns."""
        order = {column: place for place, column in enumerate(self.file_row.cells)}
        return tuple(sorted(self.wrong.values(), key=lambda problem: order.get(problem.field, -1)))

    def status(self) -> RowStatus:
        if any(draft.before is None for draft in self.drafts.values()):
            return RowStatus.NEW
        changed = any(draft.changes for draft in self.drafts.values())
        return RowStatus.CHANGED if changed else RowStatus.SAME

    def warnings(self) -> tuple[Message, ...]:
        """What is odd in a row that comes in all the same."""
        rows = {called: draft.row for called, draft in self.drafts.items()}
        found = (
            warnings.WARNINGS[name](self.planner.programme, rows)
            for making in self.planner.order.recipe.makes
            if making.called in self.drafts
            for name in making.warns
        )
        return tuple(words for words in found if words is not None)

    # --- one record ---

    def _is_wanted(self, making: Making) -> bool:
        if not all(self.texts.get(source) for source in making.when):
            return False
        if not making.when_is:
            return True
        try:
            return kinds.yes_no(self.texts[making.when[-1]]) is (making.when_is == "yes")
        except Unreadable as error:
            self._complain(making.when[-1], error.words)
            return False

    def _read(self, making: Making) -> None:
        register = BY_TAB[making.register]
        values = self._values(making, register) | self._links(making, register)
        draft = self._draft(making, register, values)
        self.drafts[making.called] = draft
        if draft.before is None or draft.changes:
            self._check(making, draft)

    def _values(self, making: Making, register: type[Register]) -> dict[str, Any]:
        values = {}
        for target, name in self.planner.columns[making.called].items():
            column = register.columns[name]
            try:
                words = making.words.get(name, {})
                values[name] = self.planner.cells.value(column, self.texts.get(target, ""), words)
            except Unreadable as error:
                self._complain(target, error.words)
            if name in making.required and name in values and values[name] is None:
                self._complain(target, NEEDED)
        return values

    def _links(self, making: Making, register: type[Register]) -> dict[str, Any]:
        links = {name: self._found(register, name, find) for name, find in making.find.items()}
        for name, called in making.same.items():
            links[name] = self.drafts[called].row.id if called in self.drafts else None
        for name, path in making.follow.items():
            links[name] = self.pool.value(register, path, Row(links))
            if links[name] is None and links.get(path.partition(".")[0]) and register.columns[name].required:
                self._complain(self._source(making, name), _lacking(register, name))
        return links

    def _found(self, register: type[Register], name: str, find: Find) -> str | None:
        source = next(iter(find.by.values()))
        if not self.texts.get(source):
            if register.columns[name].required:
                self._complain(source, NEEDED)
            return None
        found = self.planner.found(find, self.texts, self._search)
        if isinstance(found, str):
            return found
        self._complain(source, found)
        return None

    def _search(self, find: Find) -> str | Message:
        rows = self._narrowed(find, self._matching(BY_TAB[find.register], find.by))
        if len(rows) == 1:
            return rows[0].id
        return SEVERAL if rows else _missing(find)

    def _matching(self, register: type[Register], by: Mapping[str, str]) -> list[Row]:
        key = tuple(self._folded(register, path, source) for path, source in by.items())
        return self.pool.matching(register, tuple(by), key)

    def _folded(self, register: type[Register], path: str, source: str) -> Any:
        try:
            return fold(self.planner.cells.value(column_at(register, path), self.texts.get(source, ""), {}))
        except Unreadable:
            return fold(self.texts.get(source, ""))

    def _narrowed(self, find: Find, rows: list[Row]) -> list[Row]:
        """The tie-breakers, each only where it leaves somebody."""
        register = BY_TAB[find.register]
        if len(rows) > 1 and find.prefer:
            key = tuple(self._folded(register, path, source) for path, source in find.prefer.items())
            rows = [row for row in rows if self.pool.key(register, tuple(find.prefer), row) == key] or rows
        for source, span in find.within.items():
            if len(rows) > 1:
                rows = [row for row in rows if self._is_within(source, span.split(), row)] or rows
        return rows

    def _is_within(self, source: str, span: Sequence[str], row: Row) -> bool:
        try:
            day = kinds.day(self.texts.get(source, ""))
        except Unreadable:
            return False
        first, last = (row.get(name) for name in span)
        return (first is None or first <= day) and (last is None or day <= last)

    def _draft(self, making: Making, register: type[Register], values: dict[str, Any]) -> Draft:
        asked = Row(self.planner.blanks[making.called] | values)
        key = self.pool.key(register, making.key, asked)
        if (mine := self._own(making, register, key)) is not None:
            return self._onto(making, mine, values)
        before = self._there(making, register, key)
        if before is not None:
            return self._onto(making, Draft(register, before, before), values)
        chosen = {name: _chosen(register, name, choose, asked) for name, choose in making.choose.items()}
        asked.update(chosen, _id=self.pool.new_id(register))
        return Draft(register, asked, None)

    def _own(self, making: Making, register: type[Register], key: tuple[Any, ...]) -> Draft | None:
        """The record that this very row made a moment ago: a second recipe line may add to it."""
        of_register = (draft for draft in self.drafts.values() if draft.register is register)
        return next(
            (draft for draft in of_register if self.pool.key(register, making.key, draft.row) == key), None
        )

    def _there(self, making: Making, register: type[Register], key: tuple[Any, ...]) -> Row | None:
        if making.counted:
            self.counted.append((making.called, key))
            return self.pool.nth(register, making.key, key, self.planner.seen[making.called, key])
        rows = self.pool.matching(register, making.key, key)
        if len(rows) > 1:
            self._complain(self._source(making, making.key[0]), SEVERAL)
        return rows[0] if rows else None

    def _onto(self, making: Making, draft: Draft, values: Mapping[str, Any]) -> Draft:
        """What the row changes in a record that is there; an empty cell changes nothing."""
        left = {*making.key, *making.once}
        now = draft.row
        changes = {
            name: value
            for name, value in values.items()
            if value is not None and name not in left and not self.planner.is_same(value, now[name])
        }
        register = draft.register
        chosen = {
            name: _chosen(register, name, choose, Row(now, **changes))
            for name, choose in making.choose.items()
            if not changes.keys().isdisjoint(choose.asks)
        }
        # what nobody has said yet follows the file; what has an order of steps is decided by people
        steps = {
            name: making.choose[name]
            for name, value in chosen.items()
            if value is not None and value != now[name] and (now[name] or "") == making.choose[name].otherwise
        }
        free = {name for name in steps if register.columns[name].moves is None}
        changes |= {name: chosen[name] for name in steps if draft.before is None or name in free}
        if draft.before is None:
            return Draft(register, Row(now, **changes), None)
        if steps.keys() - free and self.planner.order.existing is Existing.UPDATE:
            for name in steps.keys() - free:
                self._complain(self._source(making, steps[name].when), STEP)
            return draft
        return self._allowed(making, draft, changes)

    def _allowed(self, making: Making, draft: Draft, changes: dict[str, Any]) -> Draft:
        existing = self.planner.order.existing
        if existing is Existing.UPDATE and (signed := _signed(draft, changes)):
            for name, words in signed.items():
                self._complain(self._source(making, name), words)
            return draft
        if existing is Existing.UPDATE:
            return Draft(draft.register, Row(draft.row, **changes), draft.before, draft.changes | changes)
        if changes and not making.reuse:
            self.differs = True
            if existing is Existing.ADD:
                for name in changes:
                    self._complain(self._source(making, name), DIFFERS)
        return draft

    def _check(self, making: Making, draft: Draft) -> None:
        register, row = draft.register, draft.row
        for column in register.own_columns():
            if column.required and row[column.name] is None:
                self._complain(self._source(making, column.name), NEEDED)
        for rule in register.rules:
            if not rule.holds(row):
                self._complain(self._source(making, rule.column), rule.words)

    # --- saying what is wrong ---

    def _source(self, making: Making, name: str) -> str:
        """The file column that a column of the record comes from."""
        targets: Iterable[str] = (
            target for target, column in self.planner.columns[making.called].items() if column == name
        )
        if (target := next(iter(targets), None)) is not None:
            return target
        if name in making.find:
            return next(iter(making.find[name].by.values()))
        if name in making.follow:
            return self._source(making, making.follow[name].partition(".")[0])
        if name in making.choose:
            return self._source(making, making.choose[name].when)
        if name in making.same:
            other = next(each for each in self.planner.order.recipe.makes if each.called == making.same[name])
            return self._source(other, other.key[0])
        return next(iter(making.columns), making.when[0] if making.when else "")

    def _complain(self, target: str, words: Message) -> None:
        column = self.titles.get(target, target)
        said = message(N_("{field} {what}"), field=column, what=words)
        value = "" if target in self.planner.private else self.texts.get(target, "")
        self.wrong.setdefault(column, Problem(column, said, self.file_row.number, value=value))


def _signed(draft: Draft, changes: Mapping[str, Any]) -> dict[str, Message]:
    """Of the columns that a row would change, those that somebody signed, and why no file changes them."""
    tab, status = draft.register.tab, draft.row.get("status")
    if status in DECIDED.get(tab, ()):
        return dict.fromkeys(changes, SETTLED)
    statuses, names = APPROVED.get(tab, (frozenset(), frozenset()))
    return {name: AGREED for name in changes if name in names} if status in statuses else {}


def _sources(find: Find) -> Iterable[str]:
    return (*find.by.values(), *find.prefer.values(), *find.within)


def _lacking(register: type[Register], name: str) -> Message:
    return message(
        N_("has no {what}. Say it there first, then bring this row in."),
        what=Message(register.columns[name].title),
    )


def _missing(find: Find) -> Message:
    if find.missing is not None:
        return message("{words}", words=find.missing)
    return message(N_("is not among the {register}."), register=Message(BY_TAB[find.register].tab))
