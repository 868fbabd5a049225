"""Who changed what, when, from what to what; and the way back from one's last change (X4)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import inf

from schemas.column import Column, Register
from schemas.errors import Clash, NotYet, StaleRow
from schemas.kinds import Kind, Unreadable, instant
from schemas.people import Imports, ImportStatus, People
from schemas.registers import BY_TAB, REGISTERS
from schemas.words import N_, Message, money, say
from services import access, records
from services.context import Context
from services.records import Edit, FreshRows, Intent
from services.seals import Sealed
from services.store.interface import Cells, Needs, Receipt
from services.traces.kept import GONE

# A letter that went out is not unmade by a button: it is credited, and both papers stay (S12); and a mended
# cell is not made unreadable again (X2). A meeting's sheet is changed on itself while it is not signed, and what both
# signed is corrected beside (RM77).
NOT_UNDONE = frozenset(
    {
        "invoices.issue",
        "invoices.confirm_void",
        "payees.confirm",
        "rates.confirm",
        "sheets.write",
        "changes.undo",
        "workbook.check",
        "sheet.accepted",
        "sheet.adopted",
        "sheet.cleared",
        "erasure.confirm",
        "retention.confirm",
        # the case is no longer theirs to take back
        "cases.decline",
        "own.account",
        "own.sign_out",
        # what came out of the box is in no history to be put back there (W9)
        "answers.empty",
        # a concern is there for good (RM81)
        "concerns.raise",
        "concerns.handle",
    }
)
PAGE, MOST_PAGES = 1_000, 20
LATELY = 10  # so many rows every engine has at hand; one's own change is nearly always among them


@dataclass(frozen=True)
class Field:
    """One field of a change: its title, what it was and what it became."""

    title: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One change of one record."""

    at: datetime
    who: str
    action: str
    why: str
    op_id: str
    fields: tuple[Field, ...]
    who_id: str = ""


def of_record(ctx: Context, register: type[Register], id_: str) -> list[Entry]:
    """The history of one record that the actor may see, newest first."""
    access.require(ctx, "audit.see")
    records.view(ctx).get(register, id_)
    if access.is_apart(ctx, register.tab):
        access.refuse(ctx, "audit.see", id_)
    told = ctx.workbook.store.history(register.tab, id_)
    return [_entry(ctx, register, row) for row in told if _says_something(row)]


def newest(ctx: Context, limit: int = 200, *, tab: str = "", who: str = "") -> list[tuple[str, str, Entry]]:
    """The programme's newest changes, of one register or one person where asked: (register, record id, entry)."""
    access.require(ctx, "audit.see")
    found = _newest(ctx, limit, tab, who)
    return [(row["register"], row["row"], _entry(ctx, BY_TAB[row["register"]], row)) for row in found]


def _newest(ctx: Context, limit: int, tab: str = "", who: str = "") -> list[Cells]:
    """The newest audit rows of this programme that the actor may see, of one register or person where asked."""
    found: list[Cells] = []
    page = _latest(ctx)
    for _ in range(MOST_PAGES):
        found += [row for row in page if _is_asked_for(ctx, row, tab, who)]
        if len(page) < PAGE or len(found) >= limit:
            break
        page = ctx.workbook.store.audit(PAGE, int(page[-1]["number"]))
    return found[:limit]


def _latest(ctx: Context) -> tuple[Cells, ...]:
    """The store's newest audit rows, read once per version of the workbook and not at every click."""
    tabs = tuple(register.tab for register in REGISTERS)
    return ctx.workbook.derived("latest changes", tabs, "", lambda: ctx.workbook.store.audit(PAGE))


def _is_asked_for(ctx: Context, row: Cells, tab: str, who: str) -> bool:
    return (
        row["programme"] == ctx.programme.code
        and row["register"] in BY_TAB
        and _says_something(row)
        and access.scope(ctx, row["register"]) is access.Scope.ALL
        and tab in ("", row["register"])
        and who in ("", row["who"])
        and _is_seen(ctx, row)
    )


def _is_seen(ctx: Context, audit: Cells) -> bool:
    """Whether a change's record is one the actor may read at all: the history shows no more than the lists do."""
    register = BY_TAB[audit["register"]]
    row = ctx.workbook.table(register.tab).rows.get(audit["row"])
    return row is None or records.is_readable(ctx, register, row)


def _says_something(row: Cells) -> bool:
    """A repair that made a real number of the same number in letters changed nothing that anybody reads."""
    fields: Mapping[str, list[str]] = json.loads(row["fields"] or "{}")
    return not fields or any(old != new or old == GONE for old, new in fields.values())


def writers(ctx: Context) -> dict[str, str]:
    """Who has changed anything lately, by id and name, for a filter."""
    access.require(ctx, "audit.see")
    ids = dict.fromkeys(row["who"] for row in _newest(ctx, PAGE))
    named = {id_: person_name(ctx, id_) for id_ in ids}
    return dict(sorted(named.items(), key=lambda pair: pair[1].casefold()))


def _entry(ctx: Context, register: type[Register], row: Cells) -> Entry:
    fields: Mapping[str, list[str]] = json.loads(row["fields"])
    shown = tuple(
        Field(register.columns[name].title, *(_shown(ctx, register, name, cell) for cell in cells))
        for name, cells in fields.items()
        if name in register.columns
        and not name.startswith("_")
        and (cells[0] != cells[1] or cells[0] == GONE)
    )
    who = person_name(ctx, row["who"])
    return Entry(instant(row["at"]), who, row["action"], row["why"], row["op_id"], shown, row["who"])


def _shown(ctx: Context, register: type[Register], name: str, cell: str) -> str:
    column = register.columns[name]
    if column.sealed:
        return "••••" if cell else ""
    try:
        value = column.read(cell)
    except Unreadable:
        return cell
    return shown_value(ctx, column, value)


def shown_value(ctx: Context, column: Column, value: object) -> str:
    """A value of a change in the reader's words: names for links, dates long, yes and no, choices translated."""
    if isinstance(value, bool):
        return say(N_("yes") if value else N_("no"), ctx.language)
    if isinstance(value, str) and column.choices:
        return say(value, ctx.language)
    if isinstance(value, Decimal) and column.kind is Kind.MONEY:
        return money(value)
    return records.view(ctx).words(column, value)


def person_name(ctx: Context, id_: str) -> str:
    """The name behind a `PER-` id; whoever is gone is called by the id, and nobody's was a hand in the sheet."""
    if not id_:
        return say(N_("In the spreadsheet"), ctx.language)
    person = ctx.workbook.table(People.tab).rows.get(id_)
    return str(person.name) if person else id_


def last_change(ctx: Context) -> Cells | None:
    """The actor's own newest change in this programme that may be undone, if it is their newest at all."""
    newest_one = next((row for few in (LATELY, 200) for row in _own_of(ctx, few)), None)
    return newest_one if newest_one and newest_one["action"] not in NOT_UNDONE else None


def _own_of(ctx: Context, limit: int) -> list[Cells]:
    return [
        row
        for row in ctx.workbook.store.audit(limit)
        if row["who"] == ctx.actor.id
        and row["programme"] == ctx.programme.code
        and row["register"] != "Drafts"
    ]


def undo(ctx: Context, op_id: str, of: str) -> Receipt:
    """Write the inverse of one's own change `of`, unless somebody touched its rows since (design 5)."""
    lately = ctx.workbook.store.audit(5_000)
    rows = [row for row in lately if row["op_id"] == of and row["who"] == ctx.actor.id]
    if not rows or rows[0]["action"] in NOT_UNDONE:
        raise NotYet(
            Message(N_("This change can't be undone.")),
            Message(N_("Make the opposite change by hand, so that both stand in the history.")),
        )
    access.require(ctx, rows[0]["action"])
    _refuse_if_built_upon(ctx, rows)
    needs = Needs(rows=tuple((row["register"], row["row"]) for row in rows))

    def decide(fresh: FreshRows) -> list[Intent]:
        back = [_inverse(ctx, fresh, row) for row in rows]
        _refuse_if_decided_since(rows, lately)
        return back

    return records.commit(ctx, op_id, "changes.undo", of, needs, decide)


def undo_last(ctx: Context, op_id: str, of: str) -> Receipt:
    """Undo one's newest change: what came before it is corrected by hand, in the open (X4)."""
    newest_one = last_change(ctx)
    if newest_one is None or newest_one["op_id"] != of:
        raise NotYet(
            Message(N_("You have changed something else since.")),
            Message(N_("Make the opposite change by hand, so that both stand in the history.")),
        )
    return undo(ctx, op_id, of)


def _refuse_if_decided_since(rows: Sequence[Cells], lately: Sequence[Cells]) -> None:
    """What somebody went on from stands: an expense approved because it was agreed keeps its agreement."""
    own = {(row["register"], row["row"]): int(row["number"]) for row in rows}
    since = (row for row in lately if int(row["number"]) > own.get((row["register"], row["row"]), inf))
    if any(_moved(row) for row in since):
        raise NotYet(
            Message(N_("This has been decided about since, so it can't be undone.")),
            Message(N_("Make the opposite change by hand, so that both stand in the history.")),
        )


def _moved(audit: Cells) -> bool:
    """Whether a change took a record a step further."""
    columns = BY_TAB[audit["register"]].columns
    fields = json.loads(audit["fields"] or "{}")
    return any(name in fields and column.moves is not None for name, column in columns.items())


def _refuse_if_built_upon(ctx: Context, rows: Sequence[Cells]) -> None:
    """A record that others name is not put away: hours without their assignment would be paid to nobody."""
    made: dict[str, set[str]] = {register.tab: set() for register in REGISTERS}
    for row in rows:
        if _is_new(row):
            made[row["register"]].add(row["row"])
    if any(_is_built_upon(ctx, tab, ids, made) for tab, ids in made.items()):
        raise NotYet(
            Message(N_("Other records build upon what this change made, so it can't be undone.")),
            Message(N_("Undo the later change first, or correct the rows by hand.")),
        )


def _is_new(audit: Cells) -> bool:
    return bool(json.loads(audit["fields"]).get("programme", ["?"])[0] == "")


def _is_built_upon(ctx: Context, tab: str, ids: set[str], made: Mapping[str, set[str]]) -> bool:
    whole = records.ground(ctx)
    return bool(ids) and any(
        row[column.name] in ids and row.id not in made[register.tab]
        for register in REGISTERS
        for column in register.own_columns()
        if column.to == tab
        for row in whole.all(register)
    )


def _inverse(ctx: Context, fresh: FreshRows, audit: Cells) -> Intent:
    register = BY_TAB[audit["register"]]
    fields: Mapping[str, list[str]] = json.loads(audit["fields"])
    _was, put_away = fields.get("_archived", ("", ""))
    now = fresh.get(register, audit["row"], archived=bool(put_away))
    own = {
        name: cells for name, cells in fields.items() if name in register.columns and not name.startswith("_")
    }
    clashes = [
        Clash(name, old, cell, new)
        for name, (old, new) in own.items()
        if (cell := _cell(register, name, now[name])) != new
    ]
    if clashes:
        raise StaleRow(clashes, Message(N_("Somebody changed this since, so it can't be undone.")))
    if register is Imports:
        return Edit(register, now.id, {"status": ImportStatus.UNDONE}, back=True)
    if _is_new(audit):
        return Edit(register, now.id, {"_archived": N_("undone")}, back=True)
    back = {name: _value(register, name, old) for name, (old, _) in own.items()}
    return Edit(register, now.id, back | ({"_archived": None} if put_away else {}), back=True)


def _cell(register: type[Register], name: str, value: object) -> str:
    return value.token if isinstance(value, Sealed) else register.columns[name].write(value)


def _value(register: type[Register], name: str, cell: str) -> object:
    column = register.columns[name]
    return Sealed(cell) if column.sealed else column.read(cell)
