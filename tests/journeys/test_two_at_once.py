"""Two people, one workbook, the same button: it is done once, and the second is told (S10, S12, X3)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from schemas.column import Role
from schemas.money import Invoices
from schemas.work import Timesheets
from services.store import create_store
from services.workbook import tabs
from tests.copies import example_at
from tests.journeys.browser import PATIENCE, click, open_page, see, visitor
from tests.server import running

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example_at(tmp_path_factory.mktemp("two") / "workbook.sqlite3")


@pytest.fixture(scope="module")
def address(store: Path) -> Iterator[str]:
    """A server on the example."""
    with running(store) as served:
        yield served


def ids(store: Path, tab: str, **cells: str) -> set[str]:
    """The rows of a register that say this, as they stand in the file."""
    found = create_store(str(store), tabs()).read(tab).rows[tab]
    return {row["_id"] for row in found if all(row.get(name) == cell for name, cell in cells.items())}


def changes(store: Path, action: str) -> int:
    """How many times this was done to the workbook."""
    return len(
        {row["op_id"] for row in create_store(str(store), tabs()).audit(5_000) if row["action"] == action}
    )


def test_two_tabs_approve_the_same_lines_once_and_the_second_is_told_who_and_when(
    browser: Browser, address: str, store: Path
) -> None:
    button = re.compile(r"Approve 7 lines, £[\d,.]+$")
    with (
        visitor(browser, address, Role.MANAGER) as first,
        visitor(browser, address, Role.MANAGER) as second,
    ):
        for page in (first, second):
            open_page(page, "approvals", "Approvals")
            expect(page.get_by_role("button", name=button)).to_be_visible(timeout=PATIENCE)
        before = ids(store, Timesheets.tab, status="approved")
        click(first, button)
        see(first, re.compile("^Approved. Finance can put them"))
        after = ids(store, Timesheets.tab, status="approved")
        assert len(after - before) == 7
        click(second, button)
        see(second, re.compile(r"^Already approved by Angharad Puw on \d+ \w+ \d{4}\.$"))
        expect(second.get_by_role("columnheader", name="Yours")).to_have_count(0)
    assert ids(store, Timesheets.tab, status="approved") == after
    assert changes(store, "timesheets.approve") == 1


def test_two_finance_people_issue_one_quarter_once(browser: Browser, address: str, store: Path) -> None:
    """Both clicks are on their way before either has its answer."""
    button = re.compile(r"Issue \d+ letters?, £[\d,.]+$")
    with (
        visitor(browser, address, Role.FINANCE) as first,
        visitor(browser, address, Role.FINANCE) as second,
    ):
        for page in (first, second):
            open_page(page, "invoices?period=2026-Q4", "The quarter")
            expect(page.get_by_role("button", name=button)).to_be_enabled(timeout=PATIENCE)
        before = ids(store, Invoices.tab)
        promised = int(re.findall(r"Issue (\d+)", first.get_by_role("button", name=button).inner_text())[0])
        click(first, button)
        click(second, button)
        said = [answer(page) for page in (first, second)]
        assert sorted(said) == ["Issued.", "There is nothing to pay in this period."]
    assert len(ids(store, Invoices.tab) - before) == promised > 0
    assert changes(store, "invoices.issue") == 1


def answer(page: Page) -> str:
    """What the page says to the click: done, or why not."""
    return see(page, re.compile("^(Issued\\.|There is nothing to pay)")).inner_text().split(" The letters")[0]
