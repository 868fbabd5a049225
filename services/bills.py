"""Invoices to the buyer: issued for a part that is earned, paid, or made void with a reason (D19; 4.6 to 4.11).

`issue` works the contract's parts out again on fresh rows inside its one commit, so that no part is claimed twice
and the full fee is never claimed while its return was late (RM60).
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from schemas.column import Row, new_id
from schemas.contracts import BillKind, Bills, BillStatus, Contracts, Deferrals
from schemas.errors import InvalidEntry, NotYet
from schemas.organisations import Payees, PayeeStatus
from schemas.words import N_, Message, Money, Month, message
from services import access, contracts, costs, earnings, records, steps
from services.context import Context
from services.payees import BANK
from services.records import Edit, FreshRows, Intent, New
from services.rules.fees import Part, Standing
from services.store.interface import Needs, Receipt

LINES: Mapping[BillKind, tuple[str, ...]] = {
    BillKind.IMPLEMENTATION: ("line_implementation",),
    BillKind.IMPLEMENTATION_REST: ("line_implementation",),
    BillKind.FEE: ("line_main", "line_kept"),
    BillKind.FEE_MAIN: ("line_main",),
    BillKind.FEE_REST: ("line_kept",),
}
WAITS: Mapping[Standing, tuple[str, str]] = {
    Standing.AHEAD: (
        N_("Invoices are in arrears, and this month is not over."),
        N_("Issue it once the month is over."),
    ),
    Standing.AWAITED: (
        N_("The PMI for {month} has not been sent."),
        N_("Send it first; the full fee is claimed when it went in time."),
    ),
    Standing.DEFERRED: (
        N_("This part of {month} is deferred."),
        N_("It can be claimed once what it waits for is complete: the PMI, or the planned activity."),
    ),
    Standing.FORFEITED: (
        N_(
            "This part of {month} is forfeited: what it waited for was still missing at the end of the contract."
        ),
        N_("It can't be claimed any more."),
    ),
}
FILL_IN = Message(N_("The Contract Manager fills it in on the contract's page."))


def listed(ctx: Context, contract: Row) -> list[Row]:
    """The invoices of a contract, the newest first."""
    access.require(ctx, "bills.see")
    found = records.view(ctx).where(Bills, "contract", contract.id)
    return sorted(found, key=lambda row: row["number"], reverse=True)


def issue(ctx: Context, op_id: str, contract: str, month: date, kind: BillKind, pounds: Decimal) -> Receipt:
    """Issue the invoice for one part; `pounds` is what its reader saw, and must be what is due."""
    kind, id_ = BillKind(kind), new_id(Bills.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        held = fresh.get(Contracts, contract)
        part = _part(ctx, fresh, held, month, kind)
        _refuse_claimed(fresh, held, part)
        _refuse_unearned(part)
        _refuse_unknown_costs(fresh, held, part)
        _refuse_other_amount(ctx, fresh, held, part, pounds)
        values = {**_frozen_order(held, kind), **_frozen_payee(ctx, fresh, held), **_claimed(part)}
        return [New(Bills, {**values, **_facts(ctx, fresh), "contract": contract, "month": month}, id_)]

    needs = Needs(
        rows=((Contracts.tab, contract),), where=earnings.needs(contract), whole=(Bills.tab, Payees.tab)
    )
    return records.commit(ctx, op_id, "bills.issue", [contract, month, kind, pounds], needs, decide)


def _part(ctx: Context, fresh: FreshRows, contract: Row, month: date, kind: BillKind) -> Part:
    parts = [part for part in earnings.parts_of(ctx, fresh, contract) if part.month == month]
    found = next((part for part in parts if part.kind is kind), None)
    if found is not None:
        return found
    if kind is BillKind.FEE and any(part.kind is BillKind.FEE_MAIN for part in parts):
        raise NotYet(
            message(
                N_("The PMI for {month} was late, so the full fee can't be claimed."), month=Month(month)
            ),
            Message(N_("Claim the 80 % line; the 20 % line follows once the PMI is complete.")),
        )
    raise NotYet(
        message(N_("Nothing of this kind is due for {month}."), month=Month(month)),
        Message(N_("Look at the list of what is due.")),
    )


def _refuse_claimed(fresh: FreshRows, contract: Row, part: Part) -> None:
    claimed = earnings.claimed_by(contracts.live_bills(fresh, contract.id), part.month, part.kind)
    if claimed is not None:
        raise NotYet(
            message(N_("Invoice {number} claims it already."), number=claimed["number"]),
            Message(N_("If that one is wrong, make it void first.")),
        )


def _refuse_unearned(part: Part) -> None:
    if part.standing is not Standing.PAYABLE:
        reason, remedy = WAITS[part.standing]
        raise NotYet(message(reason, month=Month(part.month)), Message(remedy))


def _refuse_unknown_costs(fresh: FreshRows, contract: Row, part: Part) -> None:
    """Costs are claimed as they were; and every fee is a share of what they left."""
    month = part.month if part.kind in earnings.OF_IMPLEMENTATION else None
    missing = earnings.months_without_actuals(fresh, contract.id, month)
    if missing:
        raise NotYet(
            message(
                N_("The actual implementation costs of {month} are not in the register."),
                month=Month(missing[0]),
            ),
            Message(N_("Fill them in on the cost register, then issue.")),
        )


def _refuse_other_amount(ctx: Context, fresh: FreshRows, contract: Row, part: Part, pounds: Decimal) -> None:
    notice = next(
        (row for row in fresh.where(Deferrals, "contract", contract.id) if row["month"] == part.month), None
    )
    if part.kind in earnings.OF_IMPLEMENTATION and notice is not None:
        due = earnings.implementation_costs(fresh, contract.id)[part.month]
        if problems := list(costs.wrong_claim(ctx, due, notice)):
            raise InvalidEntry(
                problems, Message(N_("Put the cost register and the buyer's notice right first."))
            )
        if pounds != part.pounds:
            reason = N_("The buyer's notice for {month} says {due}; this invoice says {pounds}.")
            raise NotYet(
                message(reason, month=Month(part.month), due=Money(part.pounds), pounds=Money(pounds)),
                Message(N_("The claim must equal the notice: issue it with that amount.")),
            )
    if pounds != part.pounds:
        raise NotYet(
            message(N_("{due} is due now, not {pounds}."), due=Money(part.pounds), pounds=Money(pounds)),
            Message(N_("Somebody changed the figures meanwhile. Look at it again, then issue.")),
        )


def _frozen_order(contract: Row, kind: BillKind) -> dict[str, object]:
    needed = ("cost_centre", "account_code", "purchase_order", *LINES[kind])
    blank = [
        Contracts.columns[name].problem(Message(N_("is needed on every invoice.")))
        for name in needed
        if not contract[name]
    ]
    if blank:
        raise InvalidEntry(blank, FILL_IN)
    frozen = {name: contract[name] for name in ("cost_centre", "account_code", "purchase_order")}
    return {**frozen, "lines": "; ".join(contract[name] for name in LINES[kind])}


def _frozen_payee(ctx: Context, fresh: FreshRows, contract: Row) -> dict[str, object]:
    """The buyer pays into a bank account in the United Kingdom only: confirmed, with sort code and number (4.8)."""
    payee = fresh.find(Payees, contract["payee"])
    if payee is None:
        raise InvalidEntry(
            [Contracts.columns["payee"].problem(Message(N_("is needed on every invoice.")))], FILL_IN
        )
    seals = ctx.workbook.seals
    bank = {name: seals.readable(payee[name]) or "" for name in BANK}
    if payee["status"] != PayeeStatus.CONFIRMED or not _is_of_the_uk(bank):
        raise NotYet(
            message(N_("There is no confirmed United Kingdom bank account for {name}."), name=payee["name"]),
            Message(
                N_(
                    "Propose its sort code and account number on the page Payees; a second person confirms them."
                )
            ),
        )
    return {"payee_name": payee["name"], "payee_address": payee["address"], **bank}


def _is_of_the_uk(bank: Mapping[str, str]) -> bool:
    """A whole account, its numbers in the form that only accounts of the United Kingdom have, typed by hand too."""
    checks = ((bank[name], check) for name in BANK for check in Payees.columns[name].checks)
    return all(bank.values()) and all(check.holds(text) for text, check in checks)


def _claimed(part: Part) -> dict[str, object]:
    lines = {"main_pounds": part.main, "kept_pounds": part.kept}
    return {"kind": part.kind, "pounds": part.pounds} | {
        name: pounds for name, pounds in lines.items() if pounds
    }


def _facts(ctx: Context, fresh: FreshRows) -> dict[str, object]:
    terms = contracts.terms_of(ctx)
    return {
        "number": terms.bill_number.format(
            year=ctx.today.year, count=_next_count(ctx, fresh, terms.bill_number)
        ),
        "addressed_to": "\n".join([terms.bill_to.en, *terms.bill_address.split(", ")]),
        "issued_on": ctx.today,
        "issued_by": ctx.actor.id,
        "status": BillStatus.ISSUED,
    }


def _next_count(ctx: Context, fresh: FreshRows, pattern: str) -> int:
    """Numbers count up within a year; a number is spent once it stands in the sheet, put away or spoilt as well."""
    start = pattern.split("{count", 1)[0].format(year=ctx.today.year)
    tails = [text.removeprefix(start) for text in fresh.texts(Bills, "number") if text.startswith(start)]
    return max((int(tail) for tail in tails if tail.isdigit()), default=0) + 1


def pay(ctx: Context, op_id: str, shown: Row, paid_on: date | None) -> Receipt:
    """Record that the buyer paid; after that nothing of it is changed."""
    steps.needed(Bills, {"paid_on": paid_on}, "paid_on")
    steps.not_ahead(ctx, Bills, "paid_on", paid_on)

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Bills, shown.id)
        steps.at(ctx, now, BillStatus.ISSUED)
        if paid_on is not None and paid_on < now["issued_on"]:
            raise InvalidEntry(
                [Bills.columns["paid_on"].problem(Message(N_("can't be before the day it was issued.")))]
            )
        return [Edit(Bills, now.id, {"status": BillStatus.PAID, "paid_on": paid_on}, shown=shown, signs=True)]

    return records.commit(
        ctx, op_id, "bills.pay", [shown.id, paid_on], Needs(rows=((Bills.tab, shown.id),)), decide
    )


def void(ctx: Context, op_id: str, shown: Row, reason: str) -> Receipt:
    """Take an issued invoice back, with the reason; its number stays spent and its part can be claimed anew."""
    steps.needed(Bills, {"reason": reason}, "reason")

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Bills, shown.id)
        steps.at(ctx, now, BillStatus.ISSUED)
        return [Edit(Bills, now.id, {"status": BillStatus.VOID, "reason": reason}, shown=shown, signs=True)]

    return records.commit(
        ctx, op_id, "bills.issue", [shown.id, reason], Needs(rows=((Bills.tab, shown.id),)), decide
    )
