"""Who may sign in, as what; and whether two names are one human being (X5, X15).

Read on the sign-in page's path: nothing here loads pandas or pandera.
"""

from collections.abc import Sequence

from schemas.column import Register, Role, Row
from schemas.errors import StoreUnavailable
from schemas.kinds import Unreadable
from schemas.mentors import Mentors
from schemas.people import ExceptionKind, Exceptions, Language, People, PersonStatus
from services import records
from services.context import Actor, Context
from services.records import Edit, FreshRows, Intent
from services.store.interface import Cells, Needs, Receipt, Store


def memberships(store: Store, email: str | None = None) -> list[Row]:
    """The active People rows of an address (or of everybody), each one programme and role.

    Checked here cell by cell in plain Python from the same description, so that signing in needs no frame.
    """
    rows = [_plain_row(People, cells) for cells in _register(store)]
    return [
        row
        for row in rows
        if row is not None
        and row["status"] == PersonStatus.ACTIVE
        and not row["_archived"]
        and (email is None or row["email"].casefold() == email.casefold())
    ]


def _register(store: Store) -> Sequence[Cells]:
    """The People register; its last good copy while the workbook can't be read."""
    try:
        return store.read(People.tab).rows[People.tab]
    except StoreUnavailable:
        held = store.held(People.tab)
        if held is None:
            raise
        return held


def _plain_row(register: type[Register], cells: dict[str, str]) -> Row | None:
    try:
        row = Row({name: column.read(cells.get(name, "")) for name, column in register.columns.items()})
    except Unreadable:
        return None
    needed = (column.name for column in register.columns.values() if column.required)
    return row if all(row[name] is not None for name in needed) else None


def actor_of(person: Row) -> Actor:
    """The actor a People row makes."""
    role, is_young = Role(person["role"]), person.get("is_young") is True
    # whoever manages and is in the pool too works here as a manager; that it is they, `is_self` finds by the address
    mentor = (person["mentor"] or "") if role is Role.MENTOR else ""
    # concerns are for staff alone, whatever a hand in the sheet wrote (W6, W10)
    duty = bool(person.get("duty")) and not is_young
    return Actor(person.id, person["name"], role, person["email"], mentor, duty, is_young)


def language_of(person: Row) -> str:
    """The language of a person's pages."""
    return "cy" if person["language"] == Language.WELSH else "en"


def set_language(ctx: Context, op_id: str, code: str) -> Receipt:
    """Keep the language a person reads in, for all their roles in this programme (X7)."""
    wanted = Language.WELSH if code == "cy" else Language.ENGLISH
    mine = [row.id for row in records.ground(ctx).all(People) if is_same_human(ctx, row.id, ctx.actor.id)]

    def decide(fresh: FreshRows) -> list[Intent]:
        return [Edit(People, id_, {"language": wanted}) for id_ in mine if fresh.find(People, id_)]

    needs = Needs(rows=tuple((People.tab, id_) for id_ in mine))
    return records.commit(ctx, op_id, "own.language", code, needs, decide)


def is_self(ctx: Context, mentor: str) -> bool:
    """Whether a mentor is the actor, under whichever of their roles (RM25, RM30)."""
    if mentor and mentor == ctx.actor.mentor:
        return True
    email = ctx.actor.email.casefold()
    whole = records.ground(ctx)
    same_mentor = whole.where(People, "mentor", mentor) if mentor else []
    entry = whole.find(Mentors, mentor)
    emails: Sequence[str] = [row["email"] for row in same_mentor] + ([entry["email"] or ""] if entry else [])
    return bool(email) and email in {each.casefold() for each in emails}


def is_same_human(ctx: Context, one: str, other: str) -> bool:
    """Whether two People ids belong to one human being: nobody is their own second person."""
    if one == other:
        return True
    rows = ctx.workbook.table(People.tab).rows
    first, second = rows.get(one), rows.get(other)
    return (
        first is not None and second is not None and first["email"].casefold() == second["email"].casefold()
    )


def may_hold_both(ctx: Context) -> bool:
    """Whether an administrator has allowed the actor, by name, to approve and to issue (X15)."""
    allowed = records.ground(ctx).where(Exceptions, "kind", ExceptionKind.TWO_ROLES)
    return any(
        row["person"]
        and is_same_human(ctx, row["person"], ctx.actor.id)
        and (row["from_on"] is None or row["from_on"] <= ctx.today)
        and (row["to_on"] is None or ctx.today <= row["to_on"])
        for row in allowed
    )
