"""Mentees' travel costs: claimed by one person, decided by another, paid by finance (D22, 2.25)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from schemas.cases import Cases, RefundPurpose, Refunds, RefundStatus
from schemas.column import Row
from schemas.errors import InvalidEntry, NotYet, Problem
from schemas.words import N_, Message, message
from schemas.work import Attendance, Manner, Sessions
from services import access, people, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Reader, Values
from services.store.interface import Needs, Receipt

TYPED = frozenset({"travelled_on", "journey", "purpose", "pounds", "receipt_seen"})
CLAIMED, APPROVED = RefundStatus.CLAIMED, RefundStatus.APPROVED
OWN = Message(N_("You recorded this refund yourself."))


def of_case(ctx: Context, case: str) -> list[Row]:
    """A mentee's refunds, the newest journey first."""
    access.require(ctx, "cases.see")
    return _newest(records.view(ctx).where(Refunds, "case", case))


def listed(ctx: Context, status: str = "") -> list[Row]:
    """The refunds that stand so, or all, the newest journey first."""
    access.require(ctx, "refunds.see")
    return _newest(
        [row for row in records.view(ctx).all(Refunds) if row["status"] == (status or row["status"])]
    )


def _newest(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["travelled_on"], row.id), reverse=True)


def total(rows: list[Row]) -> Decimal:
    """What they come to, in pounds."""
    return sum((row["pounds"] for row in rows), Decimal())


def claim(ctx: Context, op_id: str, case: str, values: Values) -> Receipt:
    """Record what a journey cost: to a session face to face, or to an interview we arranged."""
    typed = steps.only(ctx, "refunds.claim", values, TYPED)
    records.view(ctx).get(Cases, case)

    def decide(fresh: FreshRows) -> list[Intent]:
        own = fresh.get(Cases, case)
        if wrong := _wrong(ctx, fresh, own, typed):
            raise InvalidEntry(wrong)
        claimed = {"mentee": own["mentee"], "case": case, "claimed_by": ctx.actor.id, "status": CLAIMED}
        return [New(Refunds, {**typed, **claimed})]

    where = ((Refunds.tab, "case", case), (Sessions.tab, "case", case))
    needs = Needs(rows=((Cases.tab, case),), where=where)
    return records.commit(ctx, op_id, "refunds.claim", [case, typed], needs, decide)


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Mend a claim that nobody has decided; the receipt seen later is recorded so too."""
    typed = steps.only(ctx, "refunds.claim", values, TYPED)
    case = records.view(ctx).get(Refunds, shown.id)["case"]

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Refunds, shown.id)
        steps.at(ctx, now, CLAIMED)
        if wrong := _wrong(ctx, fresh, fresh.get(Cases, case), {**now, **typed}, now.id):
            raise InvalidEntry(wrong)
        return [Edit(Refunds, shown.id, {**typed, "claimed_by": ctx.actor.id}, shown=shown)]

    where = ((Refunds.tab, "case", case), (Sessions.tab, "case", case))
    needs = Needs(rows=((Cases.tab, case), (Refunds.tab, shown.id)), where=where)
    return records.commit(ctx, op_id, "refunds.claim", ["edit", shown.id, typed], needs, decide)


def decide(ctx: Context, op_id: str, shown: Row, *, approves: bool, reason: str = "") -> Receipt:
    """Approve a refund whose receipt was seen, or refuse it and say why; never one that one recorded oneself."""
    if not approves and not reason.strip():
        raise InvalidEntry([Refunds.columns["reason"].problem(Message(N_("is needed.")))])

    def made(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Refunds, shown.id)
        _not_ones_own(ctx, "refunds.decide", now)
        steps.at(ctx, now, CLAIMED)
        if approves and now["receipt_seen"] is not True:
            raise NotYet(
                Message(N_("Nobody has seen the receipt yet.")),
                Message(N_("Ask whoever recorded it; then approve it.")),
            )
        status = APPROVED if approves else RefundStatus.REFUSED
        told = {"status": status, "reason": reason, "decided_by": ctx.actor.id, "decided_on": ctx.today}
        return [Edit(Refunds, shown.id, told, shown=shown, signs=True)]

    return _step(ctx, op_id, "refunds.decide", [shown.id, approves, reason], shown, made)


def pay(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Record the day an approved refund was paid; whoever recorded or approved it does not pay it."""
    typed = steps.only(ctx, "refunds.pay", values, {"paid_on"})
    steps.needed(Refunds, typed, "paid_on")
    steps.not_ahead(ctx, Refunds, "paid_on", typed["paid_on"])

    def made(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Refunds, shown.id)
        _not_ones_own(ctx, "refunds.pay", now)
        if people.is_same_human(ctx, now["decided_by"] or "", ctx.actor.id):
            raise NotYet(Message(N_("You approved this refund yourself.")), steps.ANOTHER)
        steps.at(ctx, now, APPROVED)
        if typed["paid_on"] < now["decided_on"]:
            words = message(N_("can't be before it was approved on {day}."), day=now["decided_on"])
            raise InvalidEntry([Refunds.columns["paid_on"].problem(words)])
        return [Edit(Refunds, shown.id, {**typed, "status": RefundStatus.PAID}, shown=shown, signs=True)]

    return _step(ctx, op_id, "refunds.pay", [shown.id, typed], shown, made)


def _step(ctx: Context, op_id: str, right: str, typed: object, shown: Row, made: records.Decide) -> Receipt:
    needs = Needs(rows=((Refunds.tab, shown.id),))
    return records.commit(ctx, op_id, right, typed, needs, made)


def _not_ones_own(ctx: Context, right: str, refund: Row) -> None:
    if people.is_same_human(ctx, refund["claimed_by"] or "", ctx.actor.id):
        access.log.warning("refused own action=%s actor=%s", right, ctx.actor.id)
        raise NotYet(OWN, steps.ANOTHER)


def _wrong(ctx: Context, rows: Reader, case: Row, values: Mapping[str, Any], id_: str = "") -> list[Problem]:
    columns, needed = Refunds.columns, Message(N_("is needed."))
    wrong = [
        columns[name].problem(needed)
        for name in ("travelled_on", "journey", "purpose", "pounds")
        if values.get(name) in (None, "")
    ]
    on = values.get("travelled_on")
    if on is not None and on > ctx.today:
        wrong.append(columns["travelled_on"].problem(Message(N_("can't be in the future."))))
    elif on is not None and values.get("purpose") == RefundPurpose.SESSION and not _came(rows, case, on):
        words = message(N_("is refunded for a session face to face, and there is none on {day}."), day=on)
        wrong.append(columns["purpose"].problem(words))
    if not wrong and _is_claimed(rows, case, values, id_):
        wrong.append(columns["journey"].problem(Message(N_("is claimed for that day already."))))
    return wrong


def is_journeyed(session: Row) -> bool:
    """Whether somebody came to a session face to face: what a journey to a session is refunded for."""
    return bool(session["attendance"] == Attendance.ATTENDED and session["manner"] != Manner.DIGITAL)


def _came(rows: Reader, case: Row, on: date) -> bool:
    found = rows.where(Sessions, "case", case.id)
    return any(row["held_on"] == on and is_journeyed(row) for row in found)


def _is_claimed(rows: Reader, case: Row, values: Mapping[str, Any], id_: str) -> bool:
    """The same journey on the same day, unless it was refused."""
    return any(
        row.id != id_
        and row["status"] != RefundStatus.REFUSED
        and row["travelled_on"] == values["travelled_on"]
        and row["journey"].casefold() == str(values["journey"]).strip().casefold()
        for row in rows.where(Refunds, "case", case.id)
    )
