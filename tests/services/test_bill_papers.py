"""An invoice to the buyer is one file with its supporting papers inside, the same next year (D19, 4.11)."""

import io
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document

from schemas.column import Row
from schemas.contracts import BillKind, Costs, ReturnLines
from schemas.errors import NotAllowed
from services import bill_papers, bills, costs, payees
from services.documents import pdf
from services.documents.word import texts_of
from services.workbook import Workbook
from tests import dwp
from tests.cast import op
from tests.dwp import COLIN, DEE, FERN, NORA
from tests.services import contract as scene
from tests.services.contract import APRIL, FEBRUARY, FEE, MAY, contract_of, noticed, on
from tests.services.test_bills import TODAY, issue


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return dwp.new_workbook(tmp_path / "workbook.sqlite3", scene.scene)


def words(content: bytes) -> str:
    return "\n".join(texts_of(Document(io.BytesIO(content))))


def word(workbook: Workbook, bill: Row, language: str = "en", day: date = TODAY) -> str:
    return words(bill_papers.word(on(FERN, workbook, day), bill.id, language))


def measured(workbook: Workbook) -> None:
    """The figures of April's PMI as they were sent."""
    for n, (measure, value) in enumerate((("05 starts", "41"), ("06 new-starts", "0"))):
        scene.put(workbook, ReturnLines, f"RTL-LINES{n}", sent="RET-APRILL", measure=measure, value=value)


def test_a_fee_carries_the_order_the_account_and_the_months_return(workbook: Workbook) -> None:
    measured(workbook)
    said = word(workbook, issue(workbook))
    for each in (
        "PM-2024-0001", "12 June 2024", "April 2024", "Department for Work and Pensions", "SSCL", "NP10 8FZ",
        "PO-778812", "10123456", "54321", "Delivery fee for April 2024, 80 % line", "£24,000.00", "£6,000.00",
        "£30,000.00", "Sort code: 12-34-56", "Account number: 12345678", "Area 5",
        "The PMI for April 2024 was due on 8 May 2024 and sent on 8 May 2024.", "Starts on the programme", "41",
    ):  # fmt: skip
        assert each in said, each
    assert "Cost register" not in said
    assert "notice" not in said


def test_implementation_costs_carry_the_notice_and_the_lines_of_the_cost_register(workbook: Workbook) -> None:
    noticed(workbook)
    said = word(workbook, issue(workbook, FEBRUARY, BillKind.IMPLEMENTATION, Decimal("50000.00")))
    assert "Notice of 3 March 2023: 50 % of February 2023 deferred, £50,000.00 to be claimed." in said
    assert "Recruiting and training" in said
    assert "£100,000.00" in said
    assert "PMI" not in said


def test_the_rest_says_when_all_was_complete(workbook: Workbook) -> None:
    costs.complete(on(FERN, workbook, TODAY), op(), noticed(workbook), date(2023, 4, 28))
    said = word(workbook, issue(workbook, FEBRUARY, BillKind.IMPLEMENTATION_REST, Decimal("50000.00")))
    assert "All planned activity of the month was complete on 28 April 2023." in said


def test_the_same_bytes_come_out_next_year_whatever_was_changed_since(workbook: Workbook) -> None:
    measured(workbook)
    bill = issue(workbook)
    before = bill_papers.word(on(FERN, workbook, TODAY), bill.id)
    manager, finance = on(NORA, workbook, TODAY), on(FERN, workbook, TODAY)
    (payee,) = payees.all_payees(finance)
    payees.propose(finance, op(), payee, {"name": "Another Name", "address": "Elsewhere"})
    payees.decide(manager, op(), payees.waiting(manager)[0].row, confirm=True)
    after = bill_papers.word(on(FERN, workbook, date(2025, 6, 12)), bill.id)
    assert after == before


def test_a_void_invoice_says_so_and_why(workbook: Workbook) -> None:
    bill = issue(workbook)
    bills.void(on(FERN, workbook, TODAY), op(), bill, "Wrong purchase order")
    assert "VOID: Wrong purchase order" in word(workbook, bill)


def test_a_late_return_is_told_as_it_was_when_the_invoice_went(workbook: Workbook) -> None:
    """The 80 % of a month whose PMI came later still says that it had not been sent."""
    march = date(2024, 3, 1)
    bill = issue(workbook, march, BillKind.FEE_MAIN, Decimal("24000.00"))
    assert "The PMI for March 2024 had not been sent by its day." in word(workbook, bill)
    scene.sent(workbook, "RET-MARCHH", march, date(2024, 4, 8), date(2024, 6, 20))
    assert "The PMI for March 2024 had not been sent by its day." in word(
        workbook, bill, day=date(2024, 6, 21)
    )


def test_a_welsh_reader_has_a_welsh_copy(workbook: Workbook) -> None:
    said = word(workbook, issue(workbook), "cy")
    assert "Canolfan gost" in said
    assert "Ebrill 2024" in said


def test_a_figure_that_was_nil_is_said_in_the_reader_s_language(workbook: Workbook) -> None:
    """X7: it was sent as "nil"; a Welsh copy has no English word between its figures."""
    scene.put(workbook, ReturnLines, "RTL-NJLLLL", sent="RET-APRILL", measure="05 starts", value="nil")
    bill = issue(workbook)
    figures = {
        language: bill_papers.paper(on(FERN, workbook, TODAY), bill.id, language).measures[0].value
        for language in ("en", "cy")
    }
    assert figures == {"en": "nil", "cy": "dim"}


@pytest.mark.skipif(not pdf.available(), reason="LibreOffice is not installed")
def test_one_pdf_holds_the_invoice_and_its_papers(workbook: Workbook, tmp_path: Path) -> None:
    measured(workbook)
    bill = issue(workbook)
    (tmp_path / "bill.pdf").write_bytes(bill_papers.pdf(on(FERN, workbook, TODAY), bill.id))
    shown = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "bill.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    ).stdout
    first, second = shown.split("\f")[:2]
    assert "PM-2024-0001" in first
    assert "£30,000.00" in first
    assert "Supporting papers" in second
    assert "Starts on the programme" in second
    assert bill_papers.file_name(bill) == "PM-2024-0001.pdf"


@pytest.mark.parametrize("actor", [COLIN, DEE], ids=lambda each: each.role)
def test_who_may_not_see_invoices_gets_no_paper(workbook: Workbook, actor: object) -> None:
    bill = issue(workbook)
    with pytest.raises(NotAllowed):
        bill_papers.word(on(actor, workbook, TODAY), bill.id)  # type: ignore[arg-type]


def test_what_an_invoice_prints_of_the_cost_register_can_not_be_reworded(workbook: Workbook) -> None:
    issue(workbook, MAY, BillKind.FEE_MAIN, Decimal("24000.00"))
    line = dwp.row_of(workbook, Costs, "COS-FEBRUA")
    with pytest.raises(Exception, match="PM-2024-0001"):
        costs.edit(on(NORA, workbook, TODAY), op(), line, {"what": "Something else"})
    assert issue(workbook, APRIL)["pounds"] == FEE
    assert contract_of(workbook)["value_pounds"] == 900000
