"""An invoice to the buyer: the parts of a contract, one invoice issued, its Word file and its one PDF."""

from decimal import Decimal
from pathlib import Path

from schemas.column import Row
from schemas.contracts import BillKind, Bills, ReturnLines
from services import bill_papers, bills, earnings
from services.documents import pdf
from tests import dwp
from tests.bench.clock import head, say, timed
from tests.cast import op
from tests.dwp import FERN
from tests.services import contract as scene

MEASURES, TIMES = 25, 5


def run(folder: Path) -> None:
    """Print the figures; without LibreOffice, that there is no PDF here."""
    head(f"One invoice to the buyer, with its {MEASURES} measures inside")
    workbook = dwp.new_workbook(folder / "bills.sqlite3", scene.scene)
    for n in range(MEASURES):
        scene.put(
            workbook, ReturnLines, f"RTL-LINE{n:02}", sent="RET-APRILL", measure=f"Measure {n}", value="12"
        )
    finance = dwp.as_(FERN, workbook)
    contract: Row = scene.contract_of(workbook)
    earnings.account(finance, contract)  # loads the bank holidays
    account, _ = timed(lambda: earnings.account(finance, contract))
    say("the account of a contract of 26 months", f"{account:,.0f} ms", "150 ms")
    what = ("CTR-BILLED", scene.APRIL, BillKind.FEE, Decimal("30000.00"))
    issue, _ = timed(lambda: bills.issue(finance, op(), *what))
    say("issue, one durable commit", f"{issue:,.0f} ms")
    (bill,) = finance.workbook.of(Bills.tab, dwp.PROGRAMME)
    word, _ = timed(lambda: [bill_papers.word(finance, bill) for _ in range(TIMES)])
    say("Word file, checked", f"{word / TIMES:,.0f} ms")
    if pdf.available():
        made, content = timed(lambda: bill_papers.pdf(finance, bill))
        say(f"one PDF, {len(content) // 1024} kB", f"{made:,.0f} ms", "5,000 ms")
    else:
        say("one PDF", "LibreOffice is not installed")
