"""What a contract has earned, part by part, and which invoice claims each part (D18).

The figures stand in four registers: the contract, its cost register, the buyer's notices, and the returns sent.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schemas.column import Row
from schemas.contracts import BillKind, Bills, BillStatus, Costs, Deferrals, ReturnKind, Returns
from services import access, contracts, records
from services.context import Context
from services.records import Reader
from services.rules import fees, workdays
from services.rules.fees import Deal, Notice, Part, Return, Standing
from services.rules.periods import following, month_of

NOTHING = Decimal("0.00")
WHOLE = {
    BillKind.FEE: (BillKind.FEE, BillKind.FEE_MAIN, BillKind.FEE_REST),
    BillKind.FEE_MAIN: (BillKind.FEE, BillKind.FEE_MAIN),
    BillKind.FEE_REST: (BillKind.FEE, BillKind.FEE_REST),
    BillKind.IMPLEMENTATION: (BillKind.IMPLEMENTATION,),
    BillKind.IMPLEMENTATION_REST: (BillKind.IMPLEMENTATION_REST,),
}
OF_IMPLEMENTATION = (BillKind.IMPLEMENTATION, BillKind.IMPLEMENTATION_REST)


@dataclass(frozen=True)
class Earned:
    """A part of the value, and the invoice that claims it, where one stands."""

    part: Part
    bill: Row | None

    @property
    def is_claimable(self) -> bool:
        """Whether an invoice for it can be issued now."""
        return self.bill is None and self.part.standing is Standing.PAYABLE


@dataclass(frozen=True)
class Account:
    """A contract's whole value: what each part is worth together is the value, to the penny."""

    value: Decimal
    parts: tuple[Earned, ...]

    @property
    def paid(self) -> Decimal:
        """Paid by the buyer."""
        return self._of(lambda each: each.bill is not None and each.bill["status"] == BillStatus.PAID)

    @property
    def issued(self) -> Decimal:
        """On invoices that are not paid yet."""
        return self._of(lambda each: each.bill is not None and each.bill["status"] == BillStatus.ISSUED)

    @property
    def claimable(self) -> Decimal:
        """Earned, with no invoice yet."""
        return self._of(lambda each: each.is_claimable)

    @property
    def ahead(self) -> Decimal:
        """Not earned yet, or waiting for a return that is not late."""
        return self._of(lambda each: each.part.standing in (Standing.AHEAD, Standing.AWAITED))

    def standing(self, standing: Standing) -> Decimal:
        """What is deferred, or forfeited."""
        return self._of(lambda each: each.bill is None and each.part.standing is standing)

    def _of(self, wanted: Callable[["Earned"], bool]) -> Decimal:
        return sum((each.part.pounds for each in self.parts if wanted(each)), NOTHING)


def account(ctx: Context, contract: Row) -> Account:
    """Every part of a contract's value as it stands today."""
    access.require(ctx, "bills.see")
    rows = records.view(ctx)
    bills = contracts.live_bills(rows, contract.id)
    parts = parts_of(ctx, rows, contract)
    return Account(
        contract["value_pounds"],
        tuple(Earned(part, claimed_by(bills, part.month, part.kind)) for part in parts),
    )


def parts_of(ctx: Context, rows: Reader, contract: Row) -> tuple[Part, ...]:
    """The parts of the value, worked out on these rows."""
    return fees.parts(deal_of(ctx, rows, contract), ctx.today)


def deal_of(ctx: Context, rows: Reader, contract: Row) -> Deal:
    """A contract's figures for the rule."""
    notices = {
        row["month"]: Notice(row["pounds"], row["completed_on"])
        for row in rows.where(Deferrals, "contract", contract.id)
    }
    return Deal(
        contract["value_pounds"],
        contract["implemented_on"],
        contract["ends_on"],
        contracts.terms_of(ctx).fee_deferred_percent,
        implementation_costs(rows, contract.id),
        notices,
        returns_of(ctx, rows, contract),
    )


def implementation_costs(rows: Reader, contract: str) -> dict[date, Decimal]:
    """What the cost register says is due for each month: the actual costs, the planned ones while they are not in."""
    found: dict[date, Decimal] = {}
    for row in implementation_lines(rows, contract):
        found[row["month"]] = found.get(row["month"], NOTHING) + cost_of(row)
    return {month: pounds for month, pounds in found.items() if pounds}


def cost_of(row: Row) -> Decimal:
    """What a line of the cost register costs, as far as is known."""
    known = row["actual_pounds"] if row["actual_pounds"] is not None else row["planned_pounds"]
    return known or NOTHING


def implementation_lines(rows: Reader, contract: str, month: date | None = None) -> list[Row]:
    """The lines of the cost register for the implementation, of one month where asked."""
    found = [row for row in rows.where(Costs, "contract", contract) if row["is_implementation"]]
    return [row for row in found if month in (None, row["month"])]


def returns_of(ctx: Context, rows: Reader, contract: Row) -> dict[date, Return]:
    """The PMI of each month of the fee: as it stands in the register, or due and not sent."""
    terms = contracts.terms_of(ctx)
    sent = {
        row["month"]: row
        for row in sorted(pmi_rows(rows, contract.id), key=lambda row: row["sent_on"], reverse=True)
    }
    found = {}
    for month in fees.delivery_months(contract["implemented_on"], contract["ends_on"]):
        row, after = sent.get(month), following(month_of(month)).first
        due = workdays.nth_working_day(after.year, after.month, terms.return_working_day, terms.nation)
        found[month] = Return(row["due_on"], row["sent_on"]) if row else Return(due)
    return found


def pmi_rows(rows: Reader, contract: str) -> list[Row]:
    """The PMI returns of a contract as they were sent; of several for a month the first counts."""
    return [row for row in rows.where(Returns, "contract", contract) if row["kind"] == ReturnKind.PMI]


def claimed_by(bills: Sequence[Row], month: date, kind: BillKind) -> Row | None:
    """The live invoice that claims a part, or a part that it lies in."""
    return next((row for row in bills if row["month"] == month and row["kind"] in WHOLE[kind]), None)


def months_without_actuals(rows: Reader, contract: str, month: date | None = None) -> list[date]:
    """Months with a planned cost of implementation whose actual cost is not in the register yet."""
    lines = implementation_lines(rows, contract, month)
    return sorted({row["month"] for row in lines if row["actual_pounds"] is None})


def needs(contract: str) -> tuple[tuple[str, str, str], ...]:
    """What a commit must see fresh to work the parts out again."""
    return tuple((register.tab, "contract", contract) for register in (Costs, Deferrals, Returns, Bills))
