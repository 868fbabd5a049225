"""Who may work here, as what: invited, given another role, stopped and started again (X5, RM06, RM07).

Nobody touches their own rows: not the role, not the address, not the link to a mentor, by which "one's own
hours" are told. A stopped person is out at their next click, because every click reads People anew.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from schemas.column import Role, Row, new_id
from schemas.errors import InvalidEntry, NotYet, Problem
from schemas.mentors import Mentors, MentorStatus
from schemas.people import Language, People, PersonStatus
from schemas.words import N_, Message
from services import access, people, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New
from services.store.interface import Needs, Receipt

ACTION = "people.edit"
FIELDS = ("name", "email", "role", "language", "mentor", "duty", "is_young")
# Another address, or a fresh start, is opened by another account than before.
NO_ACCOUNT: Mapping[str, Any] = {"issuer": None, "subject": None}
NOT_ONESELF = Message(N_("Nobody changes their own role or access."))
ROLE_THERE = Message(N_("has this role already. Choose another role, or start the person again."))
MENTOR_TAKEN = Message(N_("is somebody else's entry in the pool. Choose the person's own."))
DUTY_TAKEN = Message(N_("is somebody else's. Take it from them first, so that one person is named."))
MENTOR_NEEDED = Message(N_("is needed for a mentor. Choose their entry in the pool."))


def listed(ctx: Context) -> list[Row]:
    """Everybody who may sign in to this programme, stopped people last, by name."""
    access.require(ctx, "people.see")
    rows = records.view(ctx).all(People)
    return sorted(rows, key=lambda row: (row["status"], row["name"].casefold(), row["role"]))


def mentor_choices(ctx: Context, keep: str | None = None) -> dict[str, str]:
    """Pool entries that nobody signs in for yet, and `keep`, by name: who gives a role must be able to link it."""
    access.require(ctx, ACTION)
    whole = records.ground(ctx)
    taken = {row["mentor"] for row in whole.all(People) if row["status"] == PersonStatus.ACTIVE} - {keep}
    named = {row.id: str(row["name"]) for row in whole.all(Mentors) if row.id not in taken}
    return dict(sorted(named.items(), key=lambda pair: pair[1].casefold()))


def mentor_names(ctx: Context) -> dict[str, str]:
    """The names of the pool entries that people sign in for, by id."""
    access.require(ctx, "people.see")
    whole = records.ground(ctx)
    linked = (row["mentor"] for row in whole.all(People) if row["mentor"])
    return {id_: whole.name(Mentors, id_) for id_ in linked}


def leavers(ctx: Context) -> list[tuple[Row, date]]:
    """Those who may still sign in as a mentor though they left, with the day they did, the first of them on top."""
    access.require(ctx, ACTION)
    pool = records.ground(ctx)
    found = [
        (row, mentor["left_on"] or ctx.today)
        for row in records.view(ctx).where(People, "status", PersonStatus.ACTIVE)
        if (mentor := pool.find(Mentors, row["mentor"] or "")) and mentor["status"] == MentorStatus.LEFT
    ]
    return sorted(found, key=lambda each: (each[1], each[0].id))


def is_oneself(ctx: Context, row: Row) -> bool:
    """Whether a row is the actor's, under whichever role."""
    return people.is_same_human(ctx, row.id, ctx.actor.id) or access.same_address(
        row["email"], ctx.actor.email
    )


def invite(ctx: Context, op_id: str, values: Mapping[str, Any]) -> Receipt:
    """Let somebody sign in with this address in this role; never oneself, never the same role twice."""
    typed = _checked(ctx, values)
    id_ = new_id(People.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        _refuse_own_address(ctx, typed["email"])
        _refuse_clashes(fresh.all(People), "", typed)
        return [New(People, {**typed, "status": PersonStatus.ACTIVE}, id_)]

    needs = Needs(whole=(People.tab,))
    return records.commit(ctx, op_id, ACTION, typed, needs, decide, why=N_("invited"))


def change(ctx: Context, op_id: str, shown: Row, values: Mapping[str, Any]) -> Receipt:
    """Change somebody's name, address, role, language, mentor or duty; never one's own."""
    typed = _checked(ctx, values)

    def decide(fresh: FreshRows) -> list[Intent]:
        _refuse_oneself(ctx, fresh.get(People, shown.id))
        _refuse_own_address(ctx, typed["email"])
        _refuse_clashes(fresh.all(People), shown.id, typed)
        is_same = access.same_address(shown["email"], typed["email"])
        return [Edit(People, shown.id, typed if is_same else {**typed, **NO_ACCOUNT}, shown=shown)]

    needs = Needs(whole=(People.tab,))
    return records.commit(ctx, op_id, ACTION, [shown.id, typed], needs, decide)


def stop(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """The person is out at their next click; their rows and their history stay."""
    return _set_status(ctx, op_id, shown, PersonStatus.ACTIVE, PersonStatus.STOPPED)


def start_again(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """A stopped person may sign in again; the next verified sign-in with their address is theirs, whatever account."""
    return _set_status(ctx, op_id, shown, PersonStatus.STOPPED, PersonStatus.ACTIVE)


def _set_status(ctx: Context, op_id: str, shown: Row, begins: PersonStatus, ends: PersonStatus) -> Receipt:
    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(People, shown.id)
        _refuse_oneself(ctx, now)
        steps.at(ctx, now, begins)
        if ends is PersonStatus.ACTIVE:
            _refuse_clashes(fresh.all(People), shown.id, now)
        account = NO_ACCOUNT if ends is PersonStatus.ACTIVE else {}
        return [Edit(People, shown.id, {"status": ends, **account}, shown=shown)]

    needs = Needs(whole=(People.tab,))
    return records.commit(ctx, op_id, ACTION, [shown.id, ends], needs, decide)


def _checked(ctx: Context, values: Mapping[str, Any]) -> dict[str, Any]:
    typed = {"language": Language.ENGLISH, "mentor": None, **steps.only(ctx, ACTION, values, FIELDS)}
    steps.needed(People, typed, "name", "email", "role")
    if typed["role"] == Role.MENTOR and not typed["mentor"]:
        raise InvalidEntry([People.columns["mentor"].problem(MENTOR_NEEDED)])
    return typed


def _refuse_oneself(ctx: Context, row: Row) -> None:
    if is_oneself(ctx, row):
        access.log.warning("refused own action=%s actor=%s", ACTION, ctx.actor.id)
        raise NotYet(NOT_ONESELF, steps.ANOTHER)


def _refuse_own_address(ctx: Context, email: str) -> None:
    """A second row with one's own address would be a role given to oneself."""
    if access.same_address(email, ctx.actor.email):
        access.log.warning("refused own action=%s actor=%s", ACTION, ctx.actor.id)
        raise NotYet(NOT_ONESELF, steps.ANOTHER)


def _refuse_clashes(rows: Iterable[Row], id_: str, typed: Mapping[str, Any]) -> None:
    """One active row per person and role; one human being per mentor, and per safeguarding duty (W10)."""
    others = [row for row in rows if row.id != id_ and row["status"] == PersonStatus.ACTIVE]
    problems: list[Problem] = []
    for row in others:
        is_same = access.same_address(row["email"], typed["email"])
        if is_same and row["role"] == typed["role"]:
            problems = [People.columns["email"].problem(ROLE_THERE), *problems]
        if not is_same and typed["mentor"] and row["mentor"] == typed["mentor"]:
            problems.append(People.columns["mentor"].problem(MENTOR_TAKEN))
        if not is_same and typed.get("duty") and row["duty"] == typed["duty"]:
            problems.append(People.columns["duty"].problem(DUTY_TAKEN))
    if problems:
        raise InvalidEntry(problems)
