"""One field of several records, changed at once: seen row by row before, undone as one (X13).

`looked_at` says what each row would become and which rows are left out, and why; `change` writes exactly that
in one commit, or nothing where a row has moved on since.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from schemas.column import Column, Register, Row
from schemas.errors import NotYet
from schemas.kinds import Kind
from schemas.mentees import Mentees, MenteeStatus
from schemas.mentors import Mentors, MentorStatus
from schemas.organisations import Organisations
from schemas.words import N_, Message, message
from services import access, records
from services.context import Context
from services.records import Edit, FreshRows, Intent
from services.store.interface import Needs, Receipt

ALREADY = Message(N_("has it already"))
CLOSED = Message(N_("is no longer supported"))
LEFT = Message(N_("has left the pool"))


@dataclass(frozen=True)
class Several:
    """A register whose rows may be changed together: the right it takes, the fields, whom it leaves out."""

    register: type[Register]
    right: str
    fields: tuple[str, ...]
    left_out: Mapping[str, Message]


_ALL = (
    Several(
        Mentees,
        "groups.edit",
        ("facilitator", "area", "languages"),
        MappingProxyType({MenteeStatus.CLOSED: CLOSED}),
    ),
    Several(
        Mentors,
        "mentors.edit",
        ("area", "languages", "skills", "days_a_month", "availability"),
        MappingProxyType({MentorStatus.LEFT: LEFT}),
    ),
    Several(Organisations, "organisations.edit", ("kind", "not_for_profit", "status"), MappingProxyType({})),
)
SEVERAL: Mapping[str, Several] = MappingProxyType({each.register.tab: each for each in _ALL})


@dataclass(frozen=True)
class Change:
    """What one row would become; `left_out` says why it stays as it is."""

    row: Row
    old: Any
    new: Any
    left_out: Message | None = None


@dataclass(frozen=True)
class Look:
    """The preview of a change: every chosen row, old and new."""

    register: type[Register]
    column: Column
    changes: tuple[Change, ...]

    @property
    def good(self) -> tuple[Change, ...]:
        """The rows that will change."""
        return tuple(change for change in self.changes if change.left_out is None)

    @property
    def refused(self) -> tuple[Change, ...]:
        """The rows that stay as they are."""
        return tuple(change for change in self.changes if change.left_out is not None)


def fields(ctx: Context, register: type[Register]) -> tuple[Column, ...]:
    """What the actor may change on several rows of a register at once; nothing where nothing is."""
    several = SEVERAL.get(register.tab)
    if several is None or not access.may(ctx, several.right):
        return ()
    return tuple(register.columns[name] for name in several.fields)


def looked_at(
    ctx: Context, register: type[Register], ids: Iterable[str], name: str, value: Any, *, adds: bool = False
) -> Look:
    """Old and new of each chosen row; `adds` puts the items of a list beside those that are there."""
    several = _asked(ctx, register, name)
    rows = records.view(ctx)
    column = register.columns[name]
    found = [row for id_ in ids if (row := rows.find(register, id_)) is not None]
    return Look(register, column, tuple(_change(several, column, row, value, adds=adds) for row in found))


def _asked(ctx: Context, register: type[Register], name: str) -> Several:
    several = SEVERAL.get(register.tab)
    if several is None or name not in several.fields:
        access.refuse(ctx, "change several", f"{register.tab} {name}")
    access.require(ctx, several.right)
    return several


def _change(several: Several, column: Column, row: Row, value: Any, *, adds: bool) -> Change:
    old = row[column.name]
    new = value
    if adds and column.kind is Kind.LIST:
        new = (*(old or ()), *(item for item in value or () if item not in (old or ())))
    return Change(row, old, new, _left_out(several, column, row, new))


def _left_out(several: Several, column: Column, row: Row, new: Any) -> Message | None:
    if (why := several.left_out.get(row["status"])) is not None:
        return why
    if new == row[column.name]:
        return ALREADY
    after = Row(row, **{column.name: new})
    broken = (rule.words for rule in several.register.rules if rule.holds(row) and not rule.holds(after))
    return next(broken, None)


def change(ctx: Context, op_id: str, look: Look) -> Receipt:
    """Write the good rows of a preview as one change; nothing where one of them has changed since."""
    several = _asked(ctx, look.register, look.column.name)
    register, name, good = look.register, look.column.name, look.good
    if not good:
        raise NotYet(
            Message(N_("None of these rows would change.")),
            Message(N_("Choose other rows or another value.")),
        )

    def decide(fresh: FreshRows) -> list[Intent]:
        _refuse_moved_on(ctx, register, name, good, fresh)
        return [Edit(register, each.row.id, {name: each.new}, shown=each.row) for each in good]

    typed = [name, [[each.row.id, str(each.new)] for each in good]]
    needs = Needs(rows=tuple((register.tab, each.row.id) for each in good))
    return records.commit(ctx, op_id, several.right, typed, needs, decide)


def _refuse_moved_on(
    ctx: Context, register: type[Register], name: str, good: Sequence[Change], fresh: FreshRows
) -> None:
    now = {each.row.id: fresh.find(register, each.row.id) for each in good}
    moved = [each.row for each in good if (row := now[each.row.id]) is None or row[name] != each.old]
    if moved:
        rows = records.view(ctx)
        names = "; ".join(rows.name(register, row.id) for row in moved)
        raise NotYet(
            message(N_("Changed by somebody else meanwhile: {names}. Nothing was written."), names=names),
            Message(N_("Look at the new preview, then change the rows.")),
        )
