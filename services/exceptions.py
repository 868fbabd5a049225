"""Who may both approve and issue, allowed by name with the reason, and each time it was used (X15, RM83)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.kinds import instant
from schemas.people import ExceptionKind, Exceptions, People, PersonStatus
from schemas.words import N_, Message
from services import access, history, people, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New
from services.store.interface import Needs, Receipt

ACTION = "exceptions.allow"
AUDIT_ROWS = 100_000


@dataclass(frozen=True)
class Use:
    """One time that an exception was made use of: when, by whom, for which step."""

    at: datetime
    who: str
    action: str
    op_id: str


@dataclass(frozen=True)
class Allowed:
    """Somebody who may do both, whether that is in force today, and its uses, the newest first."""

    row: Row
    person: str
    in_force: bool
    uses: tuple[Use, ...]


def listed(ctx: Context) -> list[Allowed]:
    """Everybody allowed to approve and issue, the newest first, with every use the audit holds."""
    access.require(ctx, ACTION)
    found = records.view(ctx).where(Exceptions, "kind", ExceptionKind.TWO_ROLES)
    newest = sorted(found, key=lambda row: (row["allowed_on"] or date.min, row.id), reverse=True)
    audit = ctx.workbook.store.audit(AUDIT_ROWS) if newest else ()
    uses: dict[str, dict[str, Use]] = {row.id: {} for row in newest}
    for entry in audit:
        exception = entry["why"].split(":", 1)[0]
        if exception in uses and entry["op_id"] not in uses[exception] and entry["action"] != ACTION:
            who = history.person_name(ctx, entry["who"])
            uses[exception][entry["op_id"]] = Use(instant(entry["at"]), who, entry["action"], entry["op_id"])
    return [
        Allowed(
            row, history.person_name(ctx, row["person"]), _holds(row, ctx.today), tuple(uses[row.id].values())
        )
        for row in newest
    ]


def in_force(ctx: Context) -> list[tuple[Row, str]]:
    """Who may approve and issue today, each with their name; without the uses, which take the audit to find."""
    access.require(ctx, ACTION)
    found = records.view(ctx).where(Exceptions, "kind", ExceptionKind.TWO_ROLES)
    return [(row, history.person_name(ctx, row["person"])) for row in found if _holds(row, ctx.today)]


def note(ctx: Context, decided_by: Iterable[str | None]) -> str:
    """What the audit says of an issue run: the exception made use of, or nothing where none was needed.

    `decided_by` are those who approved the lines. Hand it to `records.commit` as `why`; `listed` finds it there.
    """
    if not any(each and people.is_same_human(ctx, each, ctx.actor.id) for each in decided_by):
        return ""
    found = records.ground(ctx).where(Exceptions, "kind", ExceptionKind.TWO_ROLES)
    mine = (row for row in found if row["person"] and people.is_same_human(ctx, row["person"], ctx.actor.id))
    used = next((row for row in mine if _holds(row, ctx.today)), None)
    return f"{used.id}: {used['reason']}" if used else ""


def _holds(row: Row, day: date) -> bool:
    return (row["from_on"] is None or row["from_on"] <= day) and (row["to_on"] is None or day <= row["to_on"])


def allow(
    ctx: Context, op_id: str, person: str, reason: str, from_on: date | None = None, to_on: date | None = None
) -> Receipt:
    """Allow one person by name both to approve and to issue, with the reason; never oneself (X15)."""
    values = {"person": person, "reason": reason, "from_on": from_on or ctx.today, "to_on": to_on}
    steps.needed(Exceptions, values, "person", "reason")
    if to_on is not None and to_on < (from_on or ctx.today):
        raise InvalidEntry([Exceptions.columns["to_on"].problem(Message(N_("can't be before it starts.")))])
    allowed = {"kind": ExceptionKind.TWO_ROLES, "allowed_by": ctx.actor.id, "allowed_on": ctx.today}
    id_ = new_id(Exceptions.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(People, person), PersonStatus.ACTIVE)
        if people.is_same_human(ctx, person, ctx.actor.id):
            raise NotYet(
                Message(N_("Nobody allows themselves.")), Message(N_("Ask another administrator to do it."))
            )
        return [New(Exceptions, {**values, **allowed}, id_)]

    needs = Needs(rows=((People.tab, person),))
    return records.commit(ctx, op_id, ACTION, values, needs, decide, why=reason)


def end(ctx: Context, op_id: str, shown: Row, to_on: date) -> Receipt:
    """Let an exception end on a day, never later than it would anyway; its past uses stay listed."""

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Exceptions, shown.id)
        if now["kind"] != ExceptionKind.TWO_ROLES:
            access.refuse(ctx, ACTION, shown.id)
        if now["to_on"] is not None and to_on > now["to_on"]:
            later = Message(N_("is later than the end it has. Allow it anew, with the reason."))
            raise InvalidEntry([Exceptions.columns["to_on"].problem(later)])
        return [Edit(Exceptions, shown.id, {"to_on": to_on}, shown=shown)]

    needs = Needs(rows=((Exceptions.tab, shown.id),))
    return records.commit(ctx, op_id, ACTION, [shown.id, to_on], needs, decide)
