"""What people's hands did to the charity's spreadsheet, beside the wrong cells of its registers, and its repair (X2).

Reading and repairing the sheet itself is the store's; who may see and mend which row is decided here. A repair of
a row in a register that somebody signs for can only say what the history knows.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from schemas.column import Column, Register, Row, new_id
from schemas.errors import NotYet
from schemas.registers import BY_TAB, REGISTERS
from schemas.words import N_, Message, message
from services import access, records, repairs
from services.access import Scope
from services.context import Context
from services.records import FreshRows, Intent, Mend, New
from services.repairs import Report, WrongRow
from services.seals import Sealed
from services.spreadsheet import sheets_of
from services.store.interface import Cells, Needs, Operation, Receipt
from services.workbook import read_rows

if TYPE_CHECKING:
    from services.store.sheets.check import Finding, Repair
    from services.store.sheets.store import SheetsStore

ACTION = repairs.ACTION
UNSEEN = frozenset({"Drafts", "Views"})
IN_THE_APP = Message(
    N_(
        "Rows of this register are made in Mentor Desk, where they are checked and decided on. Enter it there, then "
        "clear this row in the spreadsheet."
    )
)
MEND_FIRST = Message(N_("First mend this in the spreadsheet itself: {problems}"))
OTHERWISE = Message(N_("The row says something else than the history knows."))
UNDO_THERE = Message(N_("Put right in the spreadsheet what was changed there, then read it again."))
SOMEBODY = Message(N_("Somebody who works with this register mends it, here or in the spreadsheet itself."))
A_MANAGER = Message(N_("A Programme Manager or administrator decides this."))


@dataclass(frozen=True)
class Line:
    """A finding as its reader may see it: `value` masked where it must be, `repairs` those that are theirs to make.

    `cure` says what to do where nothing can be done from here.
    """

    finding: "Finding"
    words: Message
    column: Column | None
    value: str
    repairs: tuple["Repair", ...]
    cure: Message | None = None

    @property
    def tab(self) -> str:
        """The tab as the registers call it; '' for the spreadsheet as a whole."""
        return self.finding.tab

    @property
    def key(self) -> str:
        """A name for its buttons, the same at each drawing of the page."""
        finding = self.finding
        where = (finding.what, finding.tab, finding.row, finding.column, finding.at, finding.stands)
        return hashlib.sha256(json.dumps(where).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Check:
    """The whole check of a spreadsheet: what hands did, the rows set aside, and when both were read."""

    read_at: datetime
    lines: tuple[Line, ...]
    report: Report

    @property
    def faults(self) -> int:
        """How many things want mending; what is only told does not."""
        return sum(not line.finding.is_only_told for line in self.lines) + len(self.report.rows)


def check(ctx: Context) -> Check | None:
    """Everything found, the worst first; `None` where the workbook is no spreadsheet.

    The spreadsheet is read for it once per version of the registers, and again after `read_again` or a repair.
    """
    access.require(ctx, ACTION)
    sheets = sheets_of(ctx.workbook.store)
    if sheets is None:
        return None
    report = repairs.report(ctx)
    at, found = _found(ctx, sheets)
    shown = (finding for finding in found if not access.is_apart(ctx, finding.tab))
    lines = [line for finding in shown if (line := _line(ctx, finding)) is not None]
    told = {(line.tab, line.finding.row) for line in lines if line.finding.column == "_id"}
    rows = [_placed(sheets, row) for row in report.rows]
    left = tuple(mended for row in rows if (mended := _untold(row, told)) is not None)
    known = {(row.register.tab, row.place, fault.column.name) for row in left for fault in row.faults}
    lines = [line for line in lines if (line.tab, line.finding.row, line.finding.column) not in known]
    return Check(at, tuple(lines), replace(report, rows=left))


def read_again(ctx: Context) -> None:
    """The next check reads everything anew."""
    access.require(ctx, ACTION)
    ctx.workbook.look_again()


def _found(ctx: Context, sheets: "SheetsStore") -> tuple[datetime, list["Finding"]]:
    tabs = tuple(register.tab for register in repairs.readable(ctx))

    def made() -> tuple[datetime, list["Finding"]]:
        from services.store.sheets.check import findings

        seen = sheets.inspect([register.tab for register in REGISTERS if register.tab not in UNSEEN])
        return seen.at, findings(seen)

    return ctx.workbook.derived("sheet check", tabs, "", made)


def _placed(sheets: "SheetsStore", row: WrongRow) -> WrongRow:
    """The row at its number in the sheet: blank rows between others count there."""
    numbers = sheets.row_numbers(row.register.tab)
    at = row.place - 2
    return replace(row, place=numbers[at]) if at < len(numbers) else row


def _untold(row: WrongRow, told: set[tuple[str, int | None]]) -> WrongRow | None:
    """A wrong row without what the findings tell better: that it has no id, or one that stands twice."""
    if (row.register.tab, row.place) not in told and all(fault.column.name != "_id" for fault in row.faults):
        return row
    faults = tuple(fault for fault in row.faults if fault.column.name != "_id")
    by_hand = Message(N_("Mend these cells in the spreadsheet itself, then read it again."))
    return replace(row, faults=faults, by_hand=by_hand) if faults else None


# --- one line --------------------------------------------------------------------------------------


def _line(ctx: Context, finding: "Finding") -> Line | None:
    """The finding as the actor may see it; `None` where it is another programme's row."""
    register = BY_TAB.get(finding.tab)
    if register is None or not (finding.id or finding.cells):
        made, cure = _theirs(ctx, finding)
        return Line(finding, finding.words, _column(register, finding), finding.stands, made, cure)
    if finding.programme != ctx.programme.code and not _is_nobodys(finding):
        return None
    made, cure = _of_row(ctx, register, finding)
    column = _column(register, finding)
    return Line(finding, _worded(finding, column), column, _shown(ctx, register, finding, column), made, cure)


def _is_nobodys(finding: "Finding") -> bool:
    from services.programmes import all_programmes

    return finding.programme not in all_programmes()


def _column(register: type[Register] | None, finding: "Finding") -> Column | None:
    return register.columns.get(finding.column) if register else None


def _worded(finding: "Finding", column: Column | None) -> Message:
    """A cell's words go on from its heading, like any message about a field."""
    from services.store.sheets.check import What

    if column is None or finding.what not in {What.TEXT, What.UNREADABLE, What.NUMBER, What.FORMULA}:
        return finding.words
    return message(N_("{field} {what}"), field=Message(column.title), what=finding.words)


def _shown(ctx: Context, register: type[Register], finding: "Finding", column: Column | None) -> str:
    if finding.stands == finding.id:
        return finding.stands
    is_open = access.scope(ctx, register.tab) is Scope.ALL
    if not is_open or column is None or column.personal or column.sealed:
        return repairs.dots(finding.stands)
    return finding.stands


def _theirs(ctx: Context, finding: "Finding") -> tuple[tuple["Repair", ...], Message | None]:
    """The repairs of the spreadsheet as a whole, of its tabs and columns, that the actor may make."""
    from services.store.sheets.check import Repair

    grave = {Repair.LEAVE, Repair.TICKET}
    if grave & set(finding.repairs) and not access.may(ctx, "audit.see"):
        return (), A_MANAGER
    return finding.repairs, None


def _of_row(
    ctx: Context, register: type[Register], finding: "Finding"
) -> tuple[tuple["Repair", ...], Message | None]:
    """The repairs of a row that the actor may make, or why there is none."""
    from services.store.sheets.check import Repair

    if not finding.repairs:
        return (), None
    if access.scope(ctx, register.tab) is not Scope.ALL:
        return (), SOMEBODY
    if Repair.ADOPT in finding.repairs and (hurdle := _hurdle(ctx, register, finding)):
        return (), hurdle
    if Repair.RETYPE in finding.repairs and _is_signed(register, finding):
        return (Repair.PUT_BACK,), None
    if Repair.LEAVE in finding.repairs and not access.may(ctx, "audit.see"):
        return tuple(repair for repair in finding.repairs if repair is not Repair.LEAVE), None
    return finding.repairs, None


def _is_signed(register: type[Register], finding: "Finding") -> bool:
    """Whether only the history may say what stands in a cell."""
    return register.tab in repairs.SIGNED or repairs.is_fast(register.columns[finding.column])


# --- adopting a row --------------------------------------------------------------------------------


def _hurdle(ctx: Context, register: type[Register], finding: "Finding") -> Message | None:
    """What keeps a row without an id from being adopted; `None` where nothing does."""
    given = {**(finding.cells or {}), **_given(ctx, register, finding)}
    if register.tab in repairs.SIGNED:
        return None if finding.id else IN_THE_APP
    good, wrong = read_rows(register, [given])
    problems = [problem.words for said in wrong.values() for problem in said]
    problems += [problem.words for row in good for problem in repairs.beyond_the_cell(ctx, register, row)]
    if not finding.id:
        problems += [_begins(register, row, name) for row in good for name in _late(register, row)]
    return replace(MEND_FIRST, values={"problems": problems[0]}) if problems else None


def _late(register: type[Register], row: Row) -> list[str]:
    """The steps that a row written by hand would have skipped: they belong to whoever decides them."""
    moving = [column for column in register.columns.values() if column.moves is not None]
    return [column.name for column in moving if row[column.name] not in (None, *repairs.choices(column))]


def _begins(register: type[Register], row: Row, name: str) -> Message:
    return register.columns[name].problem(repairs.BEGINS).words


def _refuse_other_than_known(ctx: Context, register: type[Register], finding: "Finding") -> None:
    """A row that was signed for comes back as it was, or not at all."""
    if register.tab in repairs.SIGNED:
        known, cells = repairs.past(ctx, register, finding.id) or {}, finding.cells or {}
        if any(cells.get(each.name, "") != known.get(each.name, "") for each in register.own_columns()):
            raise NotYet(OTHERWISE, UNDO_THERE)


def _given(ctx: Context, register: type[Register], finding: "Finding") -> Cells:
    """The cells that an adopted row gets: its id of before or a new one, and the programme."""
    id_ = finding.id or new_id(register.prefix)
    return {"_id": id_, "programme": finding.programme or ctx.programme.code}


# --- repairing -------------------------------------------------------------------------------------


def repair(ctx: Context, op_id: str, line: Line, how: "Repair") -> Receipt:
    """Carry out one of a line's repairs; refused where the place no longer says what was shown."""
    from services.store.sheets.check import Repair

    access.require(ctx, ACTION)
    sheets = sheets_of(ctx.workbook.store)
    allowed = _line(ctx, line.finding)
    if sheets is None or allowed is None or how not in allowed.repairs:
        access.refuse(ctx, f"repair {how}", line.finding.id)
    if how is Repair.PUT_BACK and not _is_as_it_was(ctx, line.finding):
        receipt = _put_back(ctx, op_id, line.finding)
    else:
        in_place = Repair.RETYPE if how is Repair.PUT_BACK else how
        receipt = _in_the_sheet(ctx, op_id, sheets, line.finding, in_place)
    ctx.workbook.look_again()
    return receipt


def _in_the_sheet(
    ctx: Context, op_id: str, sheets: "SheetsStore", finding: "Finding", how: "Repair"
) -> Receipt:
    from services.store.sheets.check import Repair

    given: Cells = {}
    if how is Repair.ADOPT:
        register = BY_TAB[finding.tab]
        repairs.refuse_self_made(ctx, register, (finding.cells or {}).get("email", ""))
        given = _given(ctx, register, finding)
        _refuse_other_than_known(ctx, register, finding)
    typed = [ctx.actor.id, how, finding.what, finding.tab, finding.column, finding.id, finding.stands]
    digest = hashlib.sha256(json.dumps(typed).encode()).hexdigest()
    operation = Operation(op_id, digest, ctx.actor.id, ACTION, ctx.now, ctx.programme.code)
    return sheets.repair(operation, finding, how, given)


def _is_as_it_was(ctx: Context, finding: "Finding") -> bool:
    """Whether a cell says what the history knows already, only as text or by a formula."""
    if finding.cells is None:
        return False
    known = repairs.past(ctx, BY_TAB[finding.tab], finding.id) or {}
    return known.get(finding.column) == finding.cells[finding.column]


def _put_back(ctx: Context, op_id: str, finding: "Finding") -> Receipt:
    """What the history knows, through the gate: one cell, or a whole row that was deleted."""
    register = BY_TAB[finding.tab]
    known = repairs.past(ctx, register, finding.id)
    if finding.cells is None and register.tab not in repairs.SIGNED:
        known = _when_deleted(ctx, register, finding.id) or known
    if known is None:
        raise NotYet(
            Message(N_("The history knows nothing of this row: it was written by hand.")),
            Message(N_("Take it back in Google Sheets with File, Version history.")),
        )
    if finding.cells is not None:
        return _put_back_cell(ctx, op_id, register, finding, known)
    repairs.refuse_self_made(ctx, register, known.get("email", ""))
    values = {
        name: _value(column, known[name]) for name, column in _kept(register).items() if known.get(name)
    }
    new = New(register, values, finding.id)

    def decide(fresh: FreshRows) -> Sequence[Intent]:
        return [] if fresh.find(register, finding.id) else [new]

    needs = Needs(rows=((register.tab, finding.id),))
    return records.commit(ctx, op_id, ACTION, ["put back", register.tab, finding.id], needs, decide)


def _when_deleted(ctx: Context, register: type[Register], id_: str) -> dict[str, str]:
    """What the row said when somebody deleted it, where the app saw it go: edits made in the sheet included."""
    for entry in ctx.workbook.store.history(register.tab, id_):
        fields: dict[str, list[str]] = json.loads(entry["fields"] or "{}")
        if entry["action"] == "sheet.edited" and fields and not any(new for _, new in fields.values()):
            return {name: old for name, (old, _) in fields.items()}
    return {}


def _put_back_cell(
    ctx: Context, op_id: str, register: type[Register], finding: "Finding", known: Mapping[str, str]
) -> Receipt:
    column, cells = register.columns[finding.column], finding.cells or {}
    if (was := repairs.good(column, known)) is None:
        raise NotYet(OTHERWISE, UNDO_THERE)
    values = {column.name: _value(column, was)}
    mend = Mend(register, finding.id, values, {column.name: cells[column.name]})
    needs = Needs(rows=((register.tab, finding.id),))
    typed = ["put back", register.tab, finding.id, column.name, finding.stands]
    return records.commit(ctx, op_id, ACTION, typed, needs, lambda fresh: [mend])


def _kept(register: type[Register]) -> dict[str, Column]:
    """The columns that the history tells of a row, but for the programme, which is the gate's."""
    own = {column.name: column for column in register.own_columns()}
    return {**own, "_archived": register.columns["_archived"]}


def _value(column: Column, cell: str) -> object:
    return Sealed(cell) if column.sealed else column.read(cell)
