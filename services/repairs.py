"""Every wrong cell of the workbook, and the way to mend it from here (X2).

A row with a cell that can't be read is set aside, whole, until it is mended; good rows keep working. Where the
history knows what stood in the cell, that can be put back. In registers whose rows somebody decides on (hours,
letters, days agreed) nothing else can: a repair is no way around an approval. Elsewhere the right value is typed.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from schemas.column import Column, Register, Row, new_id
from schemas.errors import InvalidEntry, NotYet, Problem, StoreUnavailable
from schemas.frames import NEEDED
from schemas.kinds import Unreadable
from schemas.people import People
from schemas.registers import REGISTERS
from schemas.words import N_, Message, message
from services import access, records, steps
from services.access import Scope
from services.context import Context
from services.programmes import all_programmes
from services.records import FreshRows, Intent, Mend
from services.seals import Sealed
from services.store.interface import Cells, Needs, Receipt
from services.workbook import read_rows

ACTION = "workbook.check"
SIGNED = frozenset(
    {"Assignments", "Variations", "Interests", "Sessions", "Timesheets", "Invoices", "Invoice lines"}
    | {"Expenses", "Purchase orders", "Payees", "Figures", "Proposals", "Requests", "People", "Exceptions"}
)
BY_HAND = frozenset({"sheet.edited", "sheet.cleared"})
LOOSE = Message(N_("names a record that is not there. Choose it again."))
BEGINS = Message(N_("must be where such a record begins; its own page takes it further."))
NO_PROGRAMME = Message(N_("names no programme, so the row shows nowhere."))


@dataclass(frozen=True)
class Fault:
    """One wrong cell: what stands there (masked where personal), what is expected, what stood there before.

    `back` is the cell that would be put back, `None` where the history knows none; `is_typed` asks a person, and
    `meant` is what the cell most likely means, where it can mean one thing only: a date written as text.
    """

    column: Column
    value: str
    expected: Message
    back: str | None
    is_typed: bool
    meant: str = ""


@dataclass(frozen=True)
class WrongRow:
    """A row set aside, at its place in the tab (the header is row 1); `by_hand` says what only the sheet can mend."""

    register: type[Register]
    id: str
    place: int
    cells: Cells
    faults: tuple[Fault, ...]
    may_mend: bool
    by_hand: Message | None = None

    @property
    def typed(self) -> tuple[Column, ...]:
        """The columns whose right value a person gives."""
        return tuple(fault.column for fault in self.faults if fault.is_typed)


@dataclass(frozen=True)
class Report:
    """The workbook as last read: rows per register, and every wrong row."""

    read_at: datetime | None
    rows: tuple[WrongRow, ...]
    counts: Mapping[str, int]

    def wrong(self, tab: str) -> int:
        """How many rows of a register are set aside."""
        return sum(row.register.tab == tab for row in self.rows)


def report(ctx: Context) -> Report:
    """What the workbook holds and every wrong cell of this programme's rows, in the order of the tabs."""
    access.require(ctx, ACTION)
    shown = (register for register in readable(ctx) if not access.is_apart(ctx, register.tab))
    seen = [register for register in shown if register.tab not in {"Drafts", "Views"}]
    wrong = _suspects(ctx)
    suspects = [register for register in seen if register.tab in wrong]
    raw = ctx.workbook.store.read(*(register.tab for register in suspects)).rows if suspects else {}
    rows = [row for register in suspects for row in _wrong_rows(ctx, register, raw[register.tab])]
    counted = [register for register in seen if register.tab not in access.UNCOUNTED]
    counts = {register.tab: len(records.ground(ctx).all(register)) for register in counted}
    return Report(ctx.workbook.read_at, tuple(rows), counts)


def readable(ctx: Context) -> list[type[Register]]:
    """The registers that can be read at all: in a spreadsheet a tab or column may be gone."""
    ctx.workbook.refresh()
    return [register for register in REGISTERS if _is_readable(ctx, register.tab)]


def _is_readable(ctx: Context, tab: str) -> bool:
    try:
        ctx.workbook.table(tab)
    except StoreUnavailable:
        return False
    return True


def _suspects(ctx: Context) -> frozenset[str]:
    """The tabs in which something is wrong, looked through once per version of the workbook."""
    registers = readable(ctx)
    tabs = tuple(register.tab for register in registers)

    def found() -> frozenset[str]:
        return frozenset(register.tab for register in registers if _is_suspect(ctx, register))

    return ctx.workbook.derived("suspects", tabs, "", found)


def _is_suspect(ctx: Context, register: type[Register]) -> bool:
    table = ctx.workbook.table(register.tab)
    return bool(table.wrong) or any(beyond_the_cell(ctx, register, row) for row in table.rows.values())


def beyond_the_cell(ctx: Context, register: type[Register], row: Row) -> list[Problem]:
    """What no cell shows by itself: links to records that are gone, rows of no programme."""
    found = []
    if row.programme not in all_programmes():
        found.append(register.columns["programme"].problem(NO_PROGRAMME, value=row.programme or ""))
    if not row["_archived"]:
        linked = (column for column in register.columns.values() if column.to and row[column.name])
        found += [
            column.problem(LOOSE, value=row[column.name])
            for column in linked
            if not _is_there(ctx, column.to, row[column.name])
        ]
    return found


def _is_there(ctx: Context, tab: str, id_: str) -> bool:
    if not _is_readable(ctx, tab):
        return True  # nobody can tell
    table = ctx.workbook.table(tab)
    return id_ in table.rows or id_ in table.wrong


def _wrong_rows(ctx: Context, register: type[Register], raw: Sequence[Cells]) -> Iterable[WrongRow]:
    good, wrong = read_rows(register, raw)
    beyond = {row.id: beyond_the_cell(ctx, register, row) for row in good}
    ids = Counter(cells["_id"] for cells in raw)
    by_place: dict[int, list[Problem]] = {}
    for problem in (problem for said in wrong.values() for problem in said):
        by_place.setdefault(problem.row or 0, []).append(problem)
    for place, cells in enumerate(raw, start=2):
        problems = by_place.get(place) or beyond.get(cells["_id"]) or []
        if problems and is_here(ctx, cells):
            is_doubled = ids[cells["_id"]] > 1
            yield _wrong_row(ctx, register, place, cells, problems, is_doubled=is_doubled)


def is_here(ctx: Context, cells: Cells) -> bool:
    """This programme's rows and nobody's; archived and wholly empty ones disturb no one."""
    is_elsewhere = cells["programme"] in all_programmes() and cells["programme"] != ctx.programme.code
    return not (is_elsewhere or cells["_archived"] or not any(cells.values()))


def _wrong_row(
    ctx: Context,
    register: type[Register],
    place: int,
    cells: Cells,
    problems: Sequence[Problem],
    *,
    is_doubled: bool,
) -> WrongRow:
    by_hand = _by_hand(register, cells, problems, is_doubled=is_doubled)
    before = past(ctx, register, cells["_id"])
    faults = tuple(_fault(ctx, register, problem, cells, before) for problem in problems)
    may_mend = access.scope(ctx, register.tab) is Scope.ALL and by_hand is None
    return WrongRow(register, cells["_id"], place, cells, faults, may_mend, by_hand)


def _by_hand(
    register: type[Register], cells: Cells, problems: Sequence[Problem], *, is_doubled: bool
) -> Message | None:
    """A row without an id of its own can't be named, so only the sheet itself can mend it."""
    if cells["_id"] and not is_doubled and all(problem.field != "_id" for problem in problems):
        return None
    return message(
        N_(
            "Write {id} into its Id cell in the workbook, or clear the row if it is there twice. Then read again."
        ),
        id=new_id(register.prefix),
    )


def past(ctx: Context, register: type[Register], id_: str) -> dict[str, str] | None:
    """The cells as Mentor Desk last wrote them; `None` for a row made by hand.

    What a hand in the spreadsheet wrote is told in the history too: it is what somebody did, not what was decided.
    """
    told = ctx.workbook.store.history(register.tab, id_) if id_ else ()
    audit = [entry for entry in told if entry["action"] not in BY_HAND]
    if not audit:
        return None
    cells: dict[str, str] = {}
    for entry in reversed(audit):
        cells |= {name: new for name, (_, new) in json.loads(entry["fields"] or "{}").items()}
    return cells


def _fault(
    ctx: Context, register: type[Register], problem: Problem, cells: Cells, before: dict[str, str] | None
) -> Fault:
    column = register.columns[problem.field]
    cell = cells[column.name]
    back = ctx.programme.code if column.name == "programme" else good(column, before)
    is_fixed = register.tab in SIGNED or is_fast(column) or column.name == "programme"
    is_seen = access.scope(ctx, register.tab) is Scope.ALL and not (column.personal or column.sealed)
    shown = cell if is_seen else dots(cell)
    is_typed = back is None or not is_fixed
    return Fault(column, shown, problem.words, back, is_typed, _meant(column, cell) if is_typed else "")


def _meant(column: Column, cell: str) -> str:
    """What a cell says that a person would have been understood to type."""
    if column.sealed or column.moves is not None:
        return ""
    try:
        return column.write(column.typed(cell))
    except Unreadable:
        return ""


def good(column: Column, before: Mapping[str, str] | None) -> str | None:
    """What stood in the cell before, where that may stand there."""
    cell = (before or {}).get(column.name, "")
    if before is None or (column.required and not cell):
        return None
    try:
        return cell if column.sealed else column.write(column.read(cell))
    except Unreadable:
        return None


def is_fast(column: Column) -> bool:
    """A status moves by its verbs alone, and a sealed value is never typed in passing."""
    return column.moves is not None or column.sealed


def dots(cell: str) -> str:
    return "••••" if cell else ""


def choices(column: Column) -> tuple[str, ...]:
    """What may be chosen in a repair: a status begins where its life begins."""
    return column.choices[:1] if column.moves is not None else column.choices


def mend(ctx: Context, op_id: str, row: WrongRow, texts: Mapping[str, str]) -> Receipt:
    """Put right every wrong cell of a row at once: what stood there before, and what the person typed.

    Refused where a cell has been changed since it was shown (`StaleRow`), and while anything is still wrong.
    """
    access.require(ctx, ACTION)
    values = _values(row, texts)
    refuse_self_made(ctx, row.register, str(values.get("email") or row.cells.get("email", "")))
    wrong = {fault.column.name: row.cells[fault.column.name] for fault in row.faults}

    def decide(fresh: FreshRows) -> list[Intent]:
        return [Mend(row.register, row.id, values, wrong)]

    typed = [row.register.tab, row.id, wrong, dict(texts)]
    needs = Needs(rows=((row.register.tab, row.id),))
    return records.commit(ctx, op_id, ACTION, typed, needs, decide)


def _values(row: WrongRow, texts: Mapping[str, str]) -> dict[str, Any]:
    typed = {column.name: texts.get(column.name, "") for column in row.typed}
    values = records.typed_values(row.register, typed)
    for column in row.typed:
        value = values[column.name]
        if column.required and value is None:
            raise InvalidEntry([column.problem(NEEDED)])
        if column.moves is not None and value not in (None, *choices(column)):
            raise InvalidEntry([column.problem(BEGINS)])
    for fault in row.faults:
        if not fault.is_typed:
            values[fault.column.name] = _put_back(fault)
    return values


def _put_back(fault: Fault) -> Any:
    cell = fault.back or ""
    return Sealed(cell) if fault.column.sealed else fault.column.read(cell)


def refuse_self_made(ctx: Context, register: type[Register], email: str) -> None:
    """A row of People written by hand is no way to give oneself a role (RM07)."""
    if register is not People:
        return
    access.require(ctx, "people.edit")
    if access.same_address(email, ctx.actor.email):
        raise NotYet(Message(N_("Nobody changes their own role or access.")), steps.ANOTHER)
