"""A contract with a bank account, two months of costs, and returns: for the tests of what the buyer pays."""

from datetime import date
from decimal import Decimal
from typing import Any

from schemas.column import Row
from schemas.contracts import Contracts, Costs, Deferrals, Returns
from schemas.organisations import Organisations, Payees
from services.context import Actor, Context
from services.workbook import Workbook
from tests import dwp

FEBRUARY, MARCH = date(2023, 2, 1), date(2023, 3, 1)
APRIL, MAY = date(2024, 4, 1), date(2024, 5, 1)  # their PMI is due on 8 May and 7 June
PAYEE_ID = "PAY-OURSEL"
FEE = Decimal("30000.00")  # (900,000 − 180,000) over 24 months


def scene(workbook: Workbook) -> None:
    """The cast's contract, ready to be billed: £180,000 of implementation costs are in."""
    dwp.begin(workbook)
    put(
        workbook,
        Organisations,
        "ORG-OURSEL",
        name="Example Recovery",
        kind="our own organisation",
        status="active",
    )
    put(
        workbook, Payees, PAYEE_ID, organisation="ORG-OURSEL", name="Example Recovery", address="2 Heol y Bont",
        account_name="Example Recovery", sort_code="12-34-56", account_number="12345678", status="confirmed",
    )  # fmt: skip
    put(
        workbook, Contracts, "CTR-BILLED", name="Area 5", areas=("5",), starts_on=date(2023, 1, 9),
        implemented_on=date(2023, 3, 31), ends_on=date(2025, 3, 7), last_start_on=date(2025, 1, 10),
        value_pounds=Decimal("900000.00"), cost_centre="10123456", account_code="54321", payee=PAYEE_ID,
        purchase_order="PO-778812", line_implementation="1", line_main="2", line_kept="3", status="running",
    )  # fmt: skip
    cost(workbook, "COS-FEBRUA", FEBRUARY, "100000.00")
    cost(workbook, "COS-MARCHH", MARCH, "80000.00")
    sent(workbook, "RET-APRILL", APRIL, due_on=date(2024, 5, 8), sent_on=date(2024, 5, 8))
    sent(workbook, "RET-MAYMAY", MAY, due_on=date(2024, 6, 7), sent_on=date(2024, 6, 10))


put = dwp.put


def cost(workbook: Workbook, id_: str, month: date, actual: str | None, planned: str = "90000.00") -> Row:
    """A line of the cost register for the implementation."""
    given = {"actual_pounds": Decimal(actual)} if actual else {}
    return put(
        workbook, Costs, id_, contract="CTR-BILLED", month=month, what="Recruiting and training",
        is_implementation=True, planned_pounds=Decimal(planned), **given,
    )  # fmt: skip


def sent(
    workbook: Workbook, id_: str, month: date, due_on: date, sent_on: date, kind: str = "PMI return"
) -> Row:
    """A return as it stands in the register."""
    return put(
        workbook, Returns, id_, contract="CTR-BILLED", kind=kind, month=month, due_on=due_on, sent_on=sent_on
    )


def noticed(workbook: Workbook, month: date = FEBRUARY, **more: Any) -> Row:
    """The buyer defers half of a month."""
    values = {"percent": Decimal(50), "pounds": Decimal("50000.00"), "noticed_on": date(2023, 3, 3)} | more
    return put(workbook, Deferrals, "DEF-FEBRUA", contract="CTR-BILLED", month=month, **values)


def contract_of(workbook: Workbook) -> Row:
    """The contract that is billed."""
    return dwp.row_of(workbook, Contracts, "CTR-BILLED")


def on(actor: Actor, workbook: Workbook, day: date) -> Context:
    """One of the cast on a day."""
    return dwp.on(dwp.as_(actor, workbook), day)
