"""Whole promises in a real browser: a charity's files to its letters; every page fit for everybody (X9, X12)."""

import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import Browser, Page, expect

from pages.ui.navigation import PLACES, Place
from schemas.column import Role
from services.access import MAY
from tests.journeys import browser as to
from tests.server import running

REAL = Path(__file__).parent.parent / "data" / "real-input"
FILES = {
    "mentor-pool.csv": 24,
    "groups-and-assignments.csv": 22,
    "timesheets-2026-07-to-09.csv": 162,
}
WCAG = {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"}
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server as `make run EMPTY=1` starts it."""
    store = tmp_path_factory.mktemp("empty") / "workbook.sqlite3"
    with running(store, {"EMPTY": "1"}) as address:
        yield address


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on the invented example."""
    with running(tmp_path_factory.mktemp("example") / "workbook.sqlite3") as address:
        yield address


def test_a_newcomer_brings_in_three_files_and_the_letters_go_out(browser: Browser, empty: str) -> None:
    with to.visitor(browser, empty, Role.MANAGER) as page:
        to.open_page(page, "imports", "Bring in a file")
        for name, rows in FILES.items():
            to.upload(page, REAL / name)
            to.click(page, f"Bring in {rows} rows")
            to.see(page, f"{rows} rows came in")
        to.open_page(page, "approvals", "Approvals")
        to.click(page, re.compile(r"^Approve 120 lines"))
        to.see(page, "Approved. Finance can put them on the quarter's letters.")
    with to.visitor(browser, empty, Role.FINANCE) as page:
        to.open_page(page, "invoices?period=2026-Q3", "The quarter")
        for held in ("2", "42", "7", "28", "9.25", "21.25", "3"):
            to.see(page, re.compile(rf"^{re.escape(held)}$"))
        to.click(page, "Issue 14 letters, £11,883.93")
        to.see(page, "Issued. The letters are below and in the register.")
        issue = page.get_by_role("button", name=re.compile("^Issue 0 letters"))
        expect(issue).to_be_disabled()
        papers = Path(to.download(page, "All letters of this period (zip)").path()).read_bytes()
    assert _total(papers) == Decimal("11883.93")


def _total(papers: bytes) -> Decimal:
    """What fourteen letters come to, read from the Word files themselves."""
    totals = []
    with zipfile.ZipFile(io.BytesIO(papers)) as bundle:
        names = bundle.namelist()
        assert len(names) == 14
        for name in names:
            tables = Document(io.BytesIO(bundle.read(name))).tables
            rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
            (last,) = [row for row in rows if row[0] == "Total to pay"]
            totals.append(Decimal(last[-1].replace("£", "").replace(",", "")))
    return sum(totals, Decimal())


ROLES = (Role.MANAGER, Role.FINANCE, Role.MENTOR, Role.ADMINISTRATOR)


def _reader(place: Place) -> Role:
    return next(role for role in ROLES if role in MAY[place.right])


@pytest.mark.parametrize("role", ROLES)
def test_no_page_breaks_a_rule_of_accessibility_or_of_its_own_content_policy(
    browser: Browser, example: str, role: Role
) -> None:
    """WCAG 2.2 A and AA by axe, nothing from outside, no refused script."""
    phone = role is Role.MENTOR
    faults: list[str] = []
    with to.visitor(browser, example, role, to.PHONE if phone else to.DESKTOP) as page:
        page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
        page.on("request", lambda asked: _stays_here(asked.url, example, faults))
        for place in PLACES:
            if place.in_menu and _reader(place) is role:
                page.goto(f"{example}/{'' if place is PLACES[0] else place.url}")
                page.get_by_role("heading", level=1).first.wait_for(timeout=to.PATIENCE)
                to.settled(page)
                faults += [f"{place.url}: {fault}" for fault in _violations(page)]
                if phone and _is_wider(page):
                    faults.append(f"{place.url}: wider than a phone")
    assert faults == []


def _stays_here(url: str, address: str, faults: list[str]) -> None:
    if not url.startswith((address, address.replace("http", "ws"), "data:", "blob:")):
        faults.append(f"asks outside: {url.split('?')[0]}")


# Streamlit 1.67 draws a navigation with sections as ul > div > li: its own markup, not ours to mend.
UPSTREAM = {"list", "listitem"}


def _violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']} ({each['impact']})"
        for each in found
        if (WCAG & set(each["tags"]) or each["impact"] in {"serious", "critical"}) and not _is_upstream(each)
    ]


def _is_upstream(violation: dict[str, Any]) -> bool:
    """Whether every fault is in the list of Streamlit's own sidebar navigation."""
    own = ("stSidebarNavItems", '<li class="st-emotion-cache')
    return violation["id"] in UPSTREAM and all(
        any(mark in node["html"] for mark in own) for node in violation["nodes"]
    )


def _is_wider(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"))
