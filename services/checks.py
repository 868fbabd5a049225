"""Dated proofs: public liability insurance with the copy seen, training, policies (S2)."""

from datetime import date
from typing import Any

from schemas.column import Role, Row, new_id
from schemas.errors import InvalidEntry
from schemas.mentors import CheckKind, Checks, Mentors
from schemas.people import ExceptionKind, Exceptions
from schemas.words import N_, Message
from services import access, cover, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Values
from services.store.interface import Needs, Receipt

POLICY = frozenset({"issuer", "reference", "from_on", "to_on"})
SEEN = frozenset({"seen_by", "seen_on"})
TYPED = POLICY | SEEN | {"kind", "mentor", "organisation"}
NOT_OWN = Message(N_("Nobody vouches for their own papers."))


def record(ctx: Context, op_id: str, values: Values) -> Receipt:
    """Record a proof held by a mentor or by a host; a mentor records only the own insurance.

    Insurance needs insurer, policy and last day. Without a day seen, the copy has still to be looked at.
    """
    own = ctx.actor.role is Role.MENTOR
    action = "own.insurance" if own else "checks.record"
    typed = steps.only(ctx, action, values, TYPED)
    if own:
        typed = _of_ones_own(ctx, typed)
    if typed.get("kind") == CheckKind.INSURANCE:
        steps.needed(Checks, typed, "issuer", "reference", "to_on")
    steps.not_ahead(ctx, Checks, "seen_on", typed.get("seen_on"))
    id_ = new_id(Checks.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        if typed.get("seen_by") or typed.get("seen_on"):
            steps.not_own(ctx, action, typed.get("mentor"), NOT_OWN)
        return [New(Checks, typed, id_)]

    return records.commit(ctx, op_id, action, typed, Needs(), decide)


def held_by_host(ctx: Context, organisation: str) -> list[Row]:
    """A host's proofs, the latest end first."""
    access.require(ctx, "organisations.edit")
    held = records.view(ctx).where(Checks, "organisation", organisation)
    return sorted(held, key=lambda row: (row["to_on"] or date.min, row.id), reverse=True)


def host_standing(ctx: Context, organisation: str) -> cover.Standing:
    """How a host's own public liability insurance stands today (S2)."""
    access.require(ctx, "organisations.edit")
    rows, warn = records.view(ctx), ctx.programme.insurance.warn_days
    return cover.standing_of_host(rows, organisation, ctx.today, warn)


def _of_ones_own(ctx: Context, typed: dict[str, Any]) -> dict[str, Any]:
    """A mentor's own policy, whoever's id was sent; that a copy was seen is for staff to say."""
    mine = typed.get("mentor") or ctx.actor.mentor
    if mine != ctx.actor.mentor or set(typed) & SEEN or typed.get("organisation"):
        access.refuse(ctx, "own.insurance", str(mine))
    if typed.get("kind", CheckKind.INSURANCE) != CheckKind.INSURANCE:
        access.refuse(ctx, "own.insurance", str(mine))
    return {**typed, "mentor": mine, "kind": CheckKind.INSURANCE}


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Put a proof's own facts right; never one's own."""
    steps.not_own(ctx, "checks.record", shown["mentor"], NOT_OWN)
    return steps.edit(ctx, op_id, "checks.record", Checks, shown, values, POLICY)


def see_copy(ctx: Context, op_id: str, shown: Row, seen_on: date | None = None) -> Receipt:
    """Say that one has seen the copy, as it is shown; never one's own."""
    day = seen_on or ctx.today
    steps.not_ahead(ctx, Checks, "seen_on", day)

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Checks, shown.id)
        steps.not_own(ctx, "checks.record", now["mentor"], NOT_OWN)
        seen = {"seen_by": ctx.actor.name, "seen_on": day}
        return [Edit(Checks, shown.id, seen, shown=shown, signs=True)]

    needs = Needs(rows=((Checks.tab, shown.id),))
    return records.commit(ctx, op_id, "checks.record", [shown.id, day], needs, decide)


def allow_gap(
    ctx: Context, op_id: str, mentor: str, from_on: date | None, to_on: date | None, reason: str
) -> Receipt:
    """Record why work in an insurance gap may be paid, for these days; never for oneself (S2)."""
    values = {"mentor": mentor, "from_on": from_on, "to_on": to_on, "reason": reason}
    steps.needed(Exceptions, values, "from_on", "to_on", "reason")
    if from_on and to_on and to_on < from_on:
        raise InvalidEntry([Exceptions.columns["to_on"].problem(Message(N_("can't be before it starts.")))])
    allowed = {"kind": ExceptionKind.GAP_MAY_BE_PAID, "allowed_by": ctx.actor.id, "allowed_on": ctx.today}
    id_ = new_id(Exceptions.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.not_own(ctx, "gaps.allow", mentor, Message(N_("Nobody allows their own gap to be paid.")))
        fresh.get(Mentors, mentor)
        return [New(Exceptions, {**values, **allowed}, id_)]

    needs = Needs(rows=((Mentors.tab, mentor),))
    return records.commit(ctx, op_id, "gaps.allow", values, needs, decide, why=reason)
