"""The cost register, and the buyer's notices that part of a month's implementation costs waits (D14, D18; 4.2 to 4.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from schemas.column import Row, new_id
from schemas.contracts import BillKind, Contracts, Costs, Deferrals
from schemas.errors import InvalidEntry, NotYet, Problem
from schemas.words import N_, Message, Money, message, plain
from services import access, contracts, earnings, records, steps
from services.context import Context
from services.earnings import NOTHING
from services.records import Edit, FreshRows, Intent, New, Values
from services.rules import fees, workdays
from services.rules.pay import PENNY
from services.rules.periods import month_of
from services.store.interface import Needs, Receipt

TYPED = frozenset(
    {
        "month",
        "what",
        "is_implementation",
        "planned_pounds",
        "actual_pounds",
        "supplier",
        "is_subcontractor",
        "is_sme",
    }
)
NOTICED = frozenset({"month", "noticed_on", "percent", "pounds", "reason"})
FIXED = frozenset({"month", "what", "is_implementation", "planned_pounds", "actual_pounds"})
VOID_FIRST = Message(N_("Make it void first, with the reason; then change this and issue it again."))


@dataclass(frozen=True)
class Month:
    """A month of the cost register."""

    month: date
    planned: Decimal
    actual: Decimal
    lines: tuple[Row, ...]


@dataclass(frozen=True)
class Share:
    """How much of the contract's value the implementation takes, and may take (4.2)."""

    pounds: Decimal
    most: Decimal


def listed(ctx: Context, contract: Row) -> list[Row]:
    """The lines of the cost register, the newest month first."""
    access.require(ctx, "costs.see")
    found = records.view(ctx).where(Costs, "contract", contract.id)
    return sorted(found, key=lambda row: (row["month"], row["what"]), reverse=True)


def by_month(ctx: Context, contract: Row) -> list[Month]:
    """Planned beside actual, month by month, the earliest first."""
    lines = listed(ctx, contract)
    months = sorted({row["month"] for row in lines})
    return [_month(month, [row for row in lines if row["month"] == month]) for month in months]


def _month(month: date, lines: list[Row]) -> Month:
    return Month(month, _sum(lines, "planned_pounds"), _sum(lines, "actual_pounds"), tuple(lines))


def _sum(lines: Iterable[Row], column: str) -> Decimal:
    return sum((row[column] for row in lines if row[column] is not None), NOTHING)


def share(ctx: Context, contract: Row) -> Share:
    """The implementation costs beside the most that they may come to."""
    access.require(ctx, "costs.see")
    spent = sum(earnings.implementation_costs(records.view(ctx), contract.id).values(), NOTHING)
    return Share(spent, _most(ctx, contract))


def _most(ctx: Context, contract: Row) -> Decimal:
    return fees.cap(contract["value_pounds"], contracts.terms_of(ctx).implementation_percent_most)


def add(ctx: Context, op_id: str, contract: str, values: Values) -> Receipt:
    """Put a line into the cost register."""
    typed = _by_month(steps.only(ctx, "costs.edit", values, TYPED))
    id_ = new_id(Costs.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.needed(Costs, typed, "month", "what")
        held = fresh.get(Contracts, contract)
        row = {**typed, "contract": contract}
        _refuse(ctx, fresh, held, row, "")
        if typed.get("is_implementation"):
            _not_billed(fresh, held, typed["month"])
        return [New(Costs, row, id_)]

    return records.commit(ctx, op_id, "costs.edit", [contract, typed], _needs(contract), decide)


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change a line, or fill in what it came to; what an invoice was worked out from stays while that stands."""
    typed = _by_month(steps.only(ctx, "costs.edit", values, TYPED))

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Costs, shown.id)
        held = fresh.get(Contracts, now["contract"])
        row = {**now, **typed}
        steps.needed(Costs, row, "month", "what")
        is_counted = now["is_implementation"] or row["is_implementation"]
        if is_counted and any(row[name] != now[name] for name in FIXED):
            _not_billed(fresh, held, now["month"])
            _not_billed(fresh, held, row["month"])
        _refuse(ctx, fresh, held, row, now.id)
        return [Edit(Costs, now.id, typed, shown=shown)]

    return records.commit(ctx, op_id, "costs.edit", [shown.id, typed], _needs(shown["contract"]), decide)


def _by_month(values: dict[str, Any]) -> dict[str, Any]:
    """A month is named by its first day, whichever day of it was typed."""
    month = values.get("month")
    return {**values, "month": month.replace(day=1)} if month else values


def _needs(contract: str) -> Needs:
    return Needs(rows=((Contracts.tab, contract),), where=earnings.needs(contract))


def _not_billed(fresh: FreshRows, contract: Row, month: date) -> None:
    """The balance of every fee, and the claim of the month, rest on the implementation costs."""
    bills = contracts.live_bills(fresh, contract.id)
    stands = [row for row in bills if row["month"] == month or row["kind"] not in earnings.OF_IMPLEMENTATION]
    if stands:
        raise NotYet(
            message(N_("Invoice {number} was worked out from these costs."), number=stands[0]["number"]),
            VOID_FIRST,
        )


def _refuse(ctx: Context, fresh: FreshRows, contract: Row, row: Values, own: str) -> None:
    problems = [*_wrong_month(contract, row), *_wrong_sum(ctx, fresh, contract, row, own)]
    if row.get("planned_pounds") is None and row.get("actual_pounds") is None:
        problems.append(
            Costs.columns["planned_pounds"].problem(Message(N_("or Actual: one of them is needed.")))
        )
    if problems:
        raise InvalidEntry(problems)


def _wrong_month(contract: Row, row: Values) -> Iterable[Problem]:
    last = contract["implemented_on"] if row.get("is_implementation") else contract["ends_on"]
    if not contract["starts_on"].replace(day=1) <= row["month"] <= last:
        words = message(N_("must be from {first} to {last}."), first=contract["starts_on"], last=last)
        yield Costs.columns["month"].problem(words)


def _wrong_sum(ctx: Context, fresh: FreshRows, contract: Row, row: Values, own: str) -> Iterable[Problem]:
    if not row.get("is_implementation"):
        return
    others = [line for line in earnings.implementation_lines(fresh, contract.id) if line.id != own]
    most = _most(ctx, contract)
    for column in ("planned_pounds", "actual_pounds"):
        together = _sum(others, column) + (row.get(column) or NOTHING)
        if together > most:
            words = message(
                N_("brings the implementation costs to {together}; at most {percent} % of the value, {most}, is paid."),
                together=Money(together), most=Money(most),
                percent=plain(contracts.terms_of(ctx).implementation_percent_most),
            )  # fmt: skip
            yield Costs.columns[column].problem(words)


# --- the buyer's notice ----------------------------------------------------------------------------


def notices(ctx: Context, contract: Row) -> list[Row]:
    """The buyer's notices, the newest month first."""
    access.require(ctx, "costs.see")
    found = records.view(ctx).where(Deferrals, "contract", contract.id)
    return sorted(found, key=lambda row: row["month"], reverse=True)


def notice_by(ctx: Context, month: date) -> date:
    """The last day on which the buyer may give notice for a month (4.4)."""
    terms = contracts.terms_of(ctx)
    return workdays.add_working_days(month_of(month).last, terms.notice_working_days, terms.nation)


def note(ctx: Context, op_id: str, contract: str, values: Values) -> Receipt:
    """Record the buyer's notice as it came: what share waits, and what may be claimed now."""
    typed = _by_month(steps.only(ctx, "costs.edit", values, NOTICED))
    id_ = new_id(Deferrals.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.needed(Deferrals, typed, "month", "noticed_on", "percent", "pounds")
        held = fresh.get(Contracts, contract)
        if any(row["month"] == typed["month"] for row in fresh.where(Deferrals, "contract", contract)):
            raise NotYet(
                Message(N_("A notice for this month is recorded already.")),
                Message(N_("Open that one and put it right.")),
            )
        _refuse_notice(ctx, fresh, held, typed)
        return [New(Deferrals, {**typed, "contract": contract}, id_)]

    return records.commit(ctx, op_id, "costs.edit", [contract, typed], _needs(contract), decide)


def correct(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Put right a notice that was written down wrongly; not while an invoice follows it."""
    typed = _by_month(steps.only(ctx, "costs.edit", values, NOTICED - {"month"}))

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Deferrals, shown.id)
        _refuse_notice(ctx, fresh, fresh.get(Contracts, now["contract"]), {**now, **typed})
        return [Edit(Deferrals, now.id, typed, shown=shown)]

    return records.commit(ctx, op_id, "costs.edit", [shown.id, typed], _needs(shown["contract"]), decide)


def complete(ctx: Context, op_id: str, shown: Row, completed_on: date | None) -> Receipt:
    """Record the day on which all that was planned for the month was complete: the rest may be claimed (4.3)."""
    steps.needed(Deferrals, {"completed_on": completed_on}, "completed_on")
    steps.not_ahead(ctx, Deferrals, "completed_on", completed_on)

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Deferrals, shown.id)
        bills = contracts.live_bills(fresh, now["contract"])
        claimed = earnings.claimed_by(bills, now["month"], BillKind.IMPLEMENTATION_REST)
        if claimed is not None:
            raise NotYet(
                message(N_("Invoice {number} claims it already."), number=claimed["number"]), VOID_FIRST
            )
        if completed_on is not None and completed_on < now["month"]:
            words = Message(N_("can't be before the month itself."))
            raise InvalidEntry([Deferrals.columns["completed_on"].problem(words)])
        return [Edit(Deferrals, now.id, {"completed_on": completed_on}, shown=shown)]

    needs = _needs(shown["contract"])
    return records.commit(ctx, op_id, "costs.edit", [shown.id, completed_on], needs, decide)


def _refuse_notice(ctx: Context, fresh: FreshRows, contract: Row, values: Values) -> None:
    month = values["month"]
    claimed = earnings.claimed_by(contracts.live_bills(fresh, contract.id), month, BillKind.IMPLEMENTATION)
    if claimed is not None:
        raise NotYet(
            message(N_("Invoice {number} claims this month already."), number=claimed["number"]), VOID_FIRST
        )
    due = earnings.implementation_costs(fresh, contract.id).get(month, NOTHING)
    problems = [*_wrong_day(ctx, values), *wrong_claim(ctx, due, values)]
    if problems:
        raise InvalidEntry(problems)


def _wrong_day(ctx: Context, values: Values) -> Iterable[Problem]:
    first, last = values["month"] + timedelta(days=1), notice_by(ctx, values["month"])
    if not first <= values["noticed_on"] <= last:
        words = message(
            N_("must be by {last}, {days} working days after the month. A later notice does not bind: tell the buyer."),
            last=last, days=contracts.terms_of(ctx).notice_working_days,
        )  # fmt: skip
        yield Deferrals.columns["noticed_on"].problem(words)


def wrong_claim(ctx: Context, due: Decimal, values: Values) -> Iterable[Problem]:
    """What of a notice does not fit the costs due for its month, or the most that may wait."""
    most, percent = contracts.terms_of(ctx).deferral_percent_most, values["percent"]
    if not due:
        yield Deferrals.columns["month"].problem(Message(N_("has no implementation costs in the register.")))
    elif percent > most:
        words = message(N_("is more than the buyer may defer: at most {most} %."), most=plain(most))
        yield Deferrals.columns["percent"].problem(words)
    elif abs(values["pounds"] - fees.claim_of(due, percent)) > PENNY:
        words = message(
            N_("does not fit: {percent} % of {due} deferred leaves {left} to claim."),
            percent=plain(percent), due=Money(due), left=Money(fees.claim_of(due, percent)),
        )  # fmt: skip
        yield Deferrals.columns["pounds"].problem(words)
