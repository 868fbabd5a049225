"""Every page fit for everybody, by axe; nothing from outside; no sideways scroll on a phone (X12)."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from pages.ui.navigation import PLACES, Place
from schemas.column import Role
from services.access import MAY
from services.programmes import all_programmes
from tests.copies import example_at
from tests.journeys import browser as to
from tests.server import running

WCAG = {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"}
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on the invented example."""
    with running(example_at(tmp_path_factory.mktemp("example") / "workbook.sqlite3")) as address:
        yield address


ROLES = (Role.MANAGER, Role.FINANCE, Role.MENTOR, Role.ADMINISTRATOR)
# Who reads each programme's pages: the first programme's in both languages, the others' own pages in one.
READERS = (
    *(("ssw", role, language) for role in ROLES for language in ("en", "cy")),
    ("dwp", Role.MANAGER, "en"),
    ("dwp", Role.MENTOR, "cy"),
    ("lga", Role.MANAGER, "cy"),
    ("lga", Role.MENTOR, "en"),
    ("wmtd", Role.MANAGER, "en"),
    ("wmtd", Role.MENTOR, "cy"),
)


def _pages_of(code: str, role: Role) -> list[Place]:
    """The menu's pages that this role is the first to read, and that no earlier programme has shown."""
    programmes = all_programmes()
    shown = set() if code == "ssw" else {"", *programmes["ssw"].pages}
    return [
        place
        for place in PLACES
        if place.in_menu
        and (not place.part or place.part in programmes[code].pages)
        and place.part not in shown
        and next(each for each in ROLES if each in MAY[place.right]) is role
    ]


@pytest.mark.parametrize(("code", "role", "language"), READERS)
def test_no_page_breaks_a_rule_of_accessibility_or_of_its_own_content_policy(
    browser: Browser, example: str, code: str, role: Role, language: str
) -> None:
    """WCAG 2.2 A and AA by axe in both languages, nothing from outside, no refused script."""
    phone = role is Role.MENTOR
    faults: list[str] = []
    with to.visitor(browser, example, role, to.PHONE if phone else to.DESKTOP, code) as page:
        speak(page, language, is_phone=phone)
        page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
        page.on("request", lambda asked: _stays_here(asked.url, example, faults))
        for place in _pages_of(code, role):
            if place is not PLACES[0]:  # where one is after signing in
                go_to(page, place)
            faults += [f"{place.url}: {fault}" for fault in _violations(page)]
            if phone and _is_wider(page):
                faults.append(f"{place.url}: wider than a phone")
        speak(page, "en", is_phone=phone)  # kept as the person's own, whom the next test signs in again
    assert faults == []


def go_to(page: Page, place: Place) -> None:
    """By the menu, as people do; on a phone it is folded away, and its links are there all the same."""
    title = page.get_by_role("heading", level=1).first
    before = title.inner_text()
    page.get_by_test_id("stSidebar").locator(f"a[href='{place.url}']").dispatch_event("click")
    expect(title).not_to_have_text(before, timeout=to.PATIENCE)
    to.settled(page)


def speak(page: Page, language: str, *, is_phone: bool) -> None:
    """Switch to the language, at the foot of the sidebar."""
    if is_phone:  # a phone keeps the sidebar as it was left, open or closed
        opener = page.get_by_test_id("stExpandSidebarButton")
        closer = page.get_by_test_id("stSidebarCollapseButton")
        opener.or_(closer).filter(visible=True).first.wait_for(timeout=to.PATIENCE)
        page.wait_for_timeout(500)  # it slides
        if opener.is_visible():
            opener.click()
    words = {"en": "English", "cy": "Cymraeg"}[language]
    page.get_by_test_id("stSidebar").get_by_text(words, exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", language, timeout=to.PATIENCE)
    to.settled(page)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_list_on_paper_and_several_rows_being_changed_break_no_rule_either(
    browser: Browser, example: str, language: str
) -> None:
    """X12, X13: what stands behind the switches beside a list."""
    with to.visitor(browser, example, Role.MANAGER) as page:
        speak(page, language, is_phone=False)
        page.goto(f"{example}/groups")
        page.get_by_role("heading", level=1).first.wait_for(timeout=to.PATIENCE)
        to.settled(page)
        paper, several = (page.get_by_test_id("stCheckbox").nth(place) for place in (0, 1))
        paper.click()
        page.locator("table").first.wait_for(timeout=to.PATIENCE)
        faults = _violations(page)
        paper.click()
        several.click()
        grid = page.get_by_test_id("stDataFrame").first
        to.settled(page)
        expect(grid).to_be_visible(timeout=to.PATIENCE)
        expect(grid.locator("table")).to_contain_text("Coed y Glyn", timeout=to.PATIENCE)
        page.wait_for_timeout(1000)  # the canvas is drawn after the table that a screen reader has
        to.tick_first(page)
        change = {"en": "Change 1 row", "cy": "Newid 1 rhes"}[language]
        page.get_by_role("button", name=change).click()
        page.get_by_role("dialog").wait_for(timeout=to.PATIENCE)
        to.settled(page)
        faults += _violations(page)
        page.keyboard.press("Escape")
        speak(page, "en", is_phone=False)
    assert faults == []


def test_the_menu_marks_the_page_one_is_on_and_leads_to_all_of_it(browser: Browser, example: str) -> None:
    """For the eye and for a screen reader; the page's own link leaves its record or filter behind (X12)."""
    with to.visitor(browser, example, Role.MANAGER) as page:
        menu = page.get_by_test_id("stSidebar")
        current = menu.locator("a[aria-current=page]")
        expect(current).to_have_text(re.compile("Today$"))
        menu.get_by_role("link", name="Mentor pool").click()
        to.heading(page, "Mentor pool")
        expect(current).to_have_count(1)
        expect(current).to_have_text(re.compile("Mentor pool$"))
        to.open_page(page, "groups?closed=1", "Groups")
        menu.get_by_role("link", name="Groups", exact=True).click()
        expect(page).to_have_url(f"{example}/groups")
        to.settled(page)
        expect(page).to_have_url(f"{example}/groups")


def _stays_here(url: str, address: str, faults: list[str]) -> None:
    if not url.startswith((address, address.replace("http", "ws"), "data:", "blob:")):
        faults.append(f"asks outside: {url.split('?')[0]}")


# What fades in or out is measured once it has: axe would take its colour on the way for its own.
STILL = (
    "!document.querySelector('[data-stale=true]') && document.getAnimations()"
    ".every(each => each.playState !== 'running' || each.effect.getComputedTiming().endTime === Infinity)"
)


def _violations(page: Page) -> list[str]:
    for _ in range(
        to.PATIENCE // 50
    ):  # asked from outside: the page's own policy lets nothing be evaluated in it
        if page.evaluate(STILL):
            break
        page.wait_for_timeout(50)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{each['id']} ({each['impact']})"
        for each in found
        if WCAG & set(each["tags"]) or each["impact"] in {"serious", "critical"}
    ]


def _is_wider(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"))
