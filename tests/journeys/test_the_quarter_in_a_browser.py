"""A newcomer's first quarter in a real browser, from three files to fourteen letters (S1 to S12, X9).

The figures are those of `test_real_quarter.py`, worked out beforehand by a plain script.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from schemas.column import Role
from tests.journeys.browser import (
    PATIENCE,
    cells,
    click,
    download,
    heading,
    open_page,
    printed,
    see,
    settled,
    upload,
    visitor,
)
from tests.server import running

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REAL = Path(__file__).parent.parent / "data" / "real-input"
QUARTER = "invoices?period=2026-Q3"
TOTAL = Decimal("11883.93")
FILES = (
    ("mentor-pool.csv", 24, [26]),
    ("groups-and-assignments.csv", 22, []),
    ("timesheets-2026-07-to-09.csv", 162, [11, 20, 29, 38, 47, 56, 65]),
)
HELD = ["2", "42", "7", "28", "9.25", "21.25", "3"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server as a newcomer starts it: people, and not one row of work."""
    store = tmp_path_factory.mktemp("newcomer") / "workbook.sqlite3"
    with running(store, {"EMPTY": "1"}) as served:
        yield served


def test_three_files_become_fourteen_letters_of_11883_93(browser: Browser, address: str) -> None:
    """One journey: each step needs the one before it."""
    with visitor(browser, address, Role.MANAGER) as page:
        for name, good, wrong in FILES:
            bring_in(page, name, good, wrong)
        approve_all_ready(page)
    with visitor(browser, address, Role.FINANCE) as page:
        open_page(page, QUARTER, "The quarter")
        see_what_can_be_paid(page)
        issue_with_two_clicks(page)
        totals = letters_in_the_zip(page)
        assert (len(totals), sum(totals)) == (14, TOTAL)
        nothing_is_left_to_pay(page)


def bring_in(page: Page, name: str, good: int, wrong: list[int]) -> None:
    """Upload, look at every wrong row by its number, take the rejected rows away, bring in the rest."""
    open_page(page, "imports", "Bring in a file")
    upload(page, REAL / name)
    button = page.get_by_role("button", name=f"Bring in {good} rows")
    expect(button).to_be_visible(timeout=PATIENCE)
    settled(page)
    if wrong:
        grid = page.get_by_test_id("stDataFrame").first.locator("table")
        expect(grid).to_be_attached(timeout=PATIENCE)
        shown = cells(grid)
        assert shown[0][:3] == ["Row", "Column", "What is wrong"]
        assert sorted({int(row[0]) for row in shown[1:]}) == wrong
        assert all(row[2].strip() for row in shown[1:])
        assert rejected_rows(page, len(wrong)) == len(wrong)
    button.click()
    see(page, f"{good} rows came in")


def rejected_rows(page: Page, count: int) -> int:
    """How many rows the file of rejected rows holds."""
    words = "Download the 1 wrong row" if count == 1 else f"Download the {count} wrong rows"
    content = Path(download(page, words).path()).read_text(encoding="utf-8-sig")
    return len(list(csv.DictReader(io.StringIO(content))))


def approve_all_ready(page: Page) -> None:
    """One button for everything nothing holds."""
    open_page(page, "approvals", "Approvals")
    click(page, re.compile(r"Approve 120 lines, £[\d,.]+$"))
    see(page, "Approved. Finance can put them on the quarter's letters.")


def see_what_can_be_paid(page: Page) -> None:
    """The figures on top, and what each condition holds."""
    metric = page.get_by_test_id("stMetric").filter(has_text="To pay")
    expect(metric).to_contain_text("£11,883.93", timeout=PATIENCE)
    held = page.get_by_test_id("stMetric").filter(has_text="Held back")
    expect(held).to_contain_text("101.5")
    payable = printed(page, "Payee")
    assert len(payable) == 14
    assert sum(Decimal(re.sub("[£,]", "", row[-1])) for row in payable) == TOTAL
    held_by = printed(page, "What holds it")
    assert [row[1] for row in held_by] == HELD


def issue_with_two_clicks(page: Page) -> None:
    """An impatient double click makes one run."""
    page.get_by_role("button", name="Issue 14 letters, £11,883.93").dblclick()
    see(page, "Issued. The letters are below and in the register.")
    see(page, "Nothing is payable in this period.")


def letters_in_the_zip(page: Page) -> list[Decimal]:
    """The totals printed in the letters of the downloaded zip."""
    settled(page)
    handed = download(page, "All letters of this period (zip)")
    with zipfile.ZipFile(handed.path()) as letters:
        names = [name for name in letters.namelist() if name.endswith(".docx")]
        return [printed_total(letters.read(name)) for name in names]


def printed_total(content: bytes) -> Decimal:
    """The amount in the row "Total to pay"."""
    rows = [row for table in Document(io.BytesIO(content)).tables for row in table.rows]
    total = next(row for row in rows if row.cells[0].text == "Total to pay")
    return Decimal(re.sub("[£,]", "", total.cells[-1].text))


def nothing_is_left_to_pay(page: Page) -> None:
    """After a refresh too: fourteen letters, no second run."""
    page.reload()
    heading(page, "The quarter")
    see(page, "Nothing is payable in this period.")
    expect(page.get_by_role("button", name=re.compile("Issue 0 letters"))).to_be_disabled()
    settled(page)
    assert len(printed(page, "Number")) == 14
