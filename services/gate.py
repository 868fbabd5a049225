"""From what a noun decides to what the store writes: merged, moved, checked, sealed, or stopped (design 4, X2, X3).

A noun says `New`, `Edit` and `Mend`; `Gate.changes` turns them into the store's changes on fresh rows, all or none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.column import Column, Register, Row, new_id
from schemas.errors import Clash, InvalidEntry, NotFound, NotYet, Problem, StaleRow
from schemas.frames import faults
from schemas.kinds import Kind, Unreadable
from schemas.registers import BY_TAB
from schemas.words import N_, Message, message, shown
from services import access, consent
from services.access import Scope
from services.context import Context
from services.reading import Rows, kept
from services.seals import Sealed
from services.store.interface import Append, Cells, Change, Fresh, Update
from services.workbook import CellReader

Values = Mapping[str, Any]


@dataclass(frozen=True)
class New:
    """A row to be made; an id of one's own lets other rows of the same commit link to it."""

    register: type[Register]
    values: Values
    id: str = ""


@dataclass(frozen=True)
class Edit:
    """A row to be changed. `shown` is the row as the person saw it; `signs` wants all of it unchanged."""

    register: type[Register]
    id: str
    values: Values
    shown: Row | None = None
    signs: bool = False
    back: bool = False


@dataclass(frozen=True)
class Mend:
    """A row set aside for its wrong cells, and the right values for all of them (X2).

    `cells` are the wrong cells as the person saw them: whoever mended or changed one meanwhile is not overwritten.
    """

    register: type[Register]
    id: str
    values: Values
    cells: Cells


Intent = New | Edit | Mend


Drafted = tuple[type[Register], Row, Values, Change | None]


class FreshRows:
    """What a `decide` is shown: typed rows as they stand while every other commit waits."""

    def __init__(self, ctx: Context, fresh: Fresh) -> None:
        self._ctx, self._fresh = ctx, fresh
        self._read: dict[str, dict[str, Row]] = {}

    def all(self, register: type[Register]) -> list[Row]:
        """The fresh rows of a register that `Needs` named, of this programme, archived ones left out."""
        here = self._ctx.programme.code
        return [
            row for row in self._rows(register).values() if row.programme == here and not row["_archived"]
        ]

    def where(self, register: type[Register], column: str, value: Any) -> list[Row]:
        """Those of the fresh rows with that value in that column."""
        return [row for row in self.all(register) if row[column] == value]

    def texts(self, register: type[Register], column: str) -> list[str]:
        """What stands in a column of the whole tab: archived rows and rows with a wrong cell too."""
        return [cells.get(column, "") for cells in self._fresh.rows(register.tab).values()]

    def find(self, register: type[Register], id_: str | None, *, archived: bool = False) -> Row | None:
        """One fresh row, or `None`; one that was put away only where it is to be brought back (`archived`)."""
        row = self._rows(register).get(id_ or "")
        if row is None or row.programme != self._ctx.programme.code or (row["_archived"] and not archived):
            return None
        return row

    def get(self, register: type[Register], id_: str, *, archived: bool = False) -> Row:
        """One fresh row; `NotFound` where it is gone."""
        row = self.find(register, id_, archived=archived)
        if row is None:
            access.log.warning("refused record=%s actor=%s", id_, self._ctx.actor.id)
            raise NotFound()
        return row

    def _rows(self, register: type[Register]) -> dict[str, Row]:
        if register.tab not in self._read:
            reader = CellReader(register)
            read = (reader.row(cells, 0) for cells in self._fresh.rows(register.tab).values())
            self._read[register.tab] = {row.id: row for row, problems in read if not problems}
        return self._read[register.tab]


class Gate:
    """Turns a noun's intents into the store's changes, or stops with all that is wrong."""

    def __init__(self, ctx: Context, rows: FreshRows, fresh: Fresh, action: str = "") -> None:
        self.ctx, self.rows, self.fresh, self.action = ctx, rows, fresh, action
        # who may still write of somebody who withdrew consent is the owner of what is kept
        self.reader = Rows(ctx, everything=False, kept=action in consent.KEEPS)
        self.made: set[str] = set()
        self.taken_on: frozenset[str] = frozenset()

    def changes(self, intents: Sequence[Intent]) -> list[Change]:
        self.made = {intent.id for intent in intents if isinstance(intent, New) and intent.id}
        self.taken_on = _taken_on(self.ctx, intents) & self.made
        drafts = [self._drafted(intent) for intent in intents]
        self._check(drafts)
        return [change for *_, change in drafts if change is not None]

    def _drafted(self, intent: Intent) -> Drafted:
        if isinstance(intent, New):
            return self._new(intent)
        return self._mend(intent) if isinstance(intent, Mend) else self._edit(intent)

    def _new(self, intent: New) -> Drafted:
        register = intent.register
        values = self._canonical(register, intent.values)
        id_ = intent.id or new_id(register.prefix)
        blank: dict[str, Any] = dict.fromkeys(register.columns)
        row = Row(blank, **values, _id=id_, programme=self.ctx.programme.code)
        self._may_write(register, row)
        return register, row, row, Append(register.tab, self._cells(register, row, row))

    def _mend(self, intent: Mend) -> Drafted:
        register = intent.register
        cells = self.fresh.rows(register.tab).get(intent.id)
        if cells is None:
            raise NotFound()
        _as_shown(intent, cells)
        read, problems = CellReader(register).row(cells, 0)
        values = self._canonical(register, intent.values)
        row = Row(read, **values)
        if row["programme"] != self.ctx.programme.code:
            raise NotFound()
        if left := [problem for problem in problems if problem.field not in values]:
            raise InvalidEntry(left)
        self._may_write(register, row)
        new = self._cells(register, values, row)
        return register, row, values, Update(register.tab, row.id, new, {name: cells[name] for name in new})

    def _edit(self, intent: Edit) -> Drafted:
        register = intent.register
        now = self.rows.get(register, intent.id, archived=intent.back)
        self._may_write(register, now)
        mine = self._canonical(register, intent.values)
        if intent.shown is not None:
            _unchanged_or_merged(register, intent, now, mine)
        changed = {name: value for name, value in mine.items() if not self._same(now[name], value)}
        if not intent.back:
            _allowed_moves(register, now, changed)
        row = Row(now, **changed)
        self._may_write(register, row)
        cells = self._cells(register, changed, row)
        before = {name: self.fresh.rows(register.tab)[intent.id].get(name, "") for name in cells}
        return register, row, changed, Update(register.tab, intent.id, cells, before) if cells else None

    def _canonical(self, register: type[Register], values: Values) -> dict[str, Any]:
        """The values as the workbook will give them back; every wrong one told at once."""
        good, problems = {}, []
        for name, value in values.items():
            column = register.columns[name]
            try:
                good[name] = value if isinstance(value, Sealed) else _clean(column, value)
            except Unreadable as error:
                problems.append(column.problem(error.words))
        if problems:
            raise InvalidEntry(problems)
        return good

    def _cells(self, register: type[Register], changed: Mapping[str, Any], row: Row) -> Cells:
        return {name: self._cell(register, register.columns[name], value) for name, value in changed.items()}

    def _cell(self, register: type[Register], column: Column, value: Any) -> str:
        if isinstance(value, Sealed):
            return value.token
        return _closed(self.ctx, value, register, column) if column.sealed else column.write(value)

    def _same(self, now: Any, mine: Any) -> bool:
        if isinstance(now, Sealed) and not isinstance(mine, Sealed):
            return self.ctx.workbook.seals.readable(now) == (mine or "")
        return bool(now == mine)

    def _may_write(self, register: type[Register], row: Row) -> None:
        scope = access.scope(self.ctx, register.tab)
        own = scope is Scope.OWN and access.owns(self.ctx, register.tab, row, self._mine)
        if scope is not Scope.ALL and not own:
            access.refuse(self.ctx, f"write {register.tab}", row.id)
        about = consent.mentee_of(register, row)
        if about in consent.withdrawn(self.ctx) and self.action not in consent.KEEPS:
            access.refuse(self.ctx, f"use {register.tab} after consent was withdrawn", row.id)

    @property
    def _mine(self) -> Mapping[str, frozenset[str]]:
        mine = self.reader.mine
        return (
            {**mine, "Mentees": mine.get("Mentees", frozenset()) | self.taken_on} if self.taken_on else mine
        )

    def _check(self, drafts: Sequence[Drafted]) -> None:
        problems: list[Problem] = []
        for register in dict.fromkeys(register for register, *_ in drafts):
            problems += faults(register, [row for of, row, *_ in drafts if of is register])
        for register, _, written, _ in drafts:
            problems += self._loose_links(register, written)
        if problems:
            raise InvalidEntry(problems)

    def _loose_links(self, register: type[Register], written: Values) -> list[Problem]:
        loose = Message(N_("names a record that is not there. Choose it again."))
        whole = kept(self.ctx)
        return [
            column.problem(loose)
            for column in register.columns.values()
            if column.to
            and (id_ := written.get(column.name))
            and id_ not in self.made
            and whole.find(BY_TAB[column.to], id_) is None
        ]


def _closed(ctx: Context, value: Any, register: type[Register], column: Column) -> str:
    return ctx.workbook.seals.close(value or "", f"{register.prefix}.{column.name}")


def _clean(column: Column, value: Any) -> Any:
    """A value through the same door as a typed text: the input policy holds for every way in (X14)."""
    if column.kind in {Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE, Kind.LINK}:
        return column.typed(str(value or ""))
    return column.read(column.write(value))


def _taken_on(ctx: Context, intents: Sequence[Intent]) -> frozenset[str]:
    """Whom a mentor takes on in this very commit, by a new case that is theirs (2.8)."""
    made = (intent for intent in intents if isinstance(intent, New) and intent.register is BY_TAB["Cases"])
    return frozenset(
        str(new.values["mentee"])
        for new in made
        if ctx.actor.mentor and new.values.get("mentor") == ctx.actor.mentor
    )


def _as_shown(mend: Mend, now: Cells) -> None:
    """Stop where a wrong cell is no longer the one that the person saw."""
    clashes = [
        Clash(name, was, now.get(name, ""), _text(mend.values.get(name)))
        for name, was in mend.cells.items()
        if now.get(name, "") != was
    ]
    if clashes:
        raise StaleRow(clashes)


def _unchanged_or_merged(register: type[Register], intent: Edit, now: Row, mine: dict[str, Any]) -> None:
    """Three-way: keep their fields, write mine, stop where both changed one (design 4)."""
    was = intent.shown or now
    names = [name for name in register.columns if not name.startswith("_")]
    watched = names if intent.signs else [name for name in names if name in mine]
    clashes = [
        Clash(name, _text(was.get(name)), _text(now[name]), _text(mine.get(name)))
        for name in watched
        if was.get(name) != now[name]
        and (intent.signs or mine[name] != now[name] or register.columns[name].moves is not None)
    ]
    if clashes:
        raise StaleRow(clashes)


def _allowed_moves(register: type[Register], now: Row, changed: Mapping[str, Any]) -> None:
    for name, value in changed.items():
        moves = register.columns[name].moves
        if moves is not None and now[name] is not None and value not in moves.get(now[name], ()):
            raise NotYet(
                message(N_("This is {status} now."), status=Message(str(now[name]))),
                Message(N_("Look at it again: this step does not follow from there.")),
            )


def _text(value: Any) -> str:
    return "" if value is None else shown(value, "en")
