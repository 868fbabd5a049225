"""What verbs ask before they write: the status they expect, nobody's own, and only the form's fields."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from schemas.column import Register, Row
from schemas.errors import InvalidEntry, NotYet
from schemas.words import N_, Message, message
from services import access, history, people, records
from services.context import Context
from services.records import Edit
from services.store.interface import Needs, Receipt

LOOK_AGAIN = Message(N_("Open it again to see how it stands."))
ANOTHER = Message(N_("Ask a colleague who has the right to it."))


def at(ctx: Context, row: Row, *statuses: str) -> None:
    """Stop unless the row still stands where the step begins; says who moved it on (RM32)."""
    if row["status"] in statuses:
        return
    reason = message(
        N_("This is {status} now, last changed by {who}."),
        status=Message(str(row["status"])),
        who=history.person_name(ctx, row["_updated_by"] or ""),
    )
    raise NotYet(reason, LOOK_AGAIN)


def not_own(ctx: Context, action: str, mentor: str | None, reason: Message) -> None:
    """Stop where the mentor concerned is the actor, under whichever of their roles (X15)."""
    if mentor and people.is_self(ctx, mentor):
        access.log.warning("refused own action=%s actor=%s", action, ctx.actor.id)
        raise NotYet(reason, ANOTHER)


def only(ctx: Context, action: str, values: Mapping[str, Any], allowed: Collection[str]) -> dict[str, Any]:
    """The values of a form; a field that is not the form's own is refused, whoever sent it."""
    if set(values) - set(allowed):
        access.refuse(ctx, action, ", ".join(sorted(set(values) - set(allowed))))
    return dict(values)


def needed(register: type[Register], values: Mapping[str, Any], *names: str) -> None:
    """Stop where one of these fields is blank; all blank ones are told at once. No is an answer."""
    blank = [
        name for name in names if values.get(name) is not False and not str(values.get(name) or "").strip()
    ]
    if blank:
        raise InvalidEntry([register.columns[name].problem(Message(N_("is needed."))) for name in blank])


def not_ahead(ctx: Context, register: type[Register], name: str, day: date | None) -> None:
    """Stop where something that has happened is dated in the future."""
    if day is not None and day > ctx.today:
        raise InvalidEntry([register.columns[name].problem(Message(N_("can't be in the future.")))])


def edit(
    ctx: Context,
    op_id: str,
    action: str,
    register: type[Register],
    shown: Row,
    values: Mapping[str, Any],
    allowed: Collection[str],
) -> Receipt:
    """Change a record's fields, merged with what others changed meanwhile (X3)."""
    typed = only(ctx, action, values, allowed)
    needs = Needs(rows=((register.tab, shown.id),))
    intent = Edit(register, shown.id, typed, shown=shown)
    return records.commit(ctx, op_id, action, [shown.id, typed], needs, lambda fresh: [intent])
