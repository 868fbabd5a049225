"""Every page fit for everybody, by axe; nothing from outside; no sideways scroll on a phone (X12)."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from pages.ui.navigation import PLACES, Place
from schemas.column import Role
from services.access import MAY
from tests.journeys import browser as to
from tests.server import running

WCAG = {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"}
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on the invented example."""
    with running(tmp_path_factory.mktemp("example") / "workbook.sqlite3") as address:
        yield address


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
