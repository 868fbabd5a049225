"""Small verbs for journeys in a browser: sign in by one's card, open a page, click, upload, download."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Download, Locator, Page, Response, TimeoutError, expect

from schemas.column import Role
from services import example
from services.programmes import all_programmes
from tests import server

PATIENCE = server.PATIENCE * 1000
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 780}
TODAY = re.compile("^(Today|Heddiw)$")
AT_REST = '[data-testid=stApp][data-test-script-state="notRunning"]'


@contextmanager
def visitor(
    browser: Browser, address: str, role: Role, size: dict[str, int] | None = None, code: str = "ssw"
) -> Iterator[Page]:
    """A page of this role's first invented person in a programme, on today's work."""
    person = next(row["Id"] for row in people(code) if row["Role"] == role)
    with _at_work(browser, address, person, size) as page:
        yield page


@contextmanager
def signed_in(
    browser: Browser, address: str, first_name: str, size: dict[str, int] | None = None
) -> Iterator[Page]:
    """A page of one of the example's people by first name, on today's work."""
    everybody = (row for code in all_programmes() for row in people(code))
    person = next(row["Id"] for row in everybody if row["Name"].split()[0] == first_name)
    with _at_work(browser, address, person, size) as page:
        yield page


def people(code: str) -> list[dict[str, str]]:
    """The invented people of a programme's example, by their columns' titles."""
    with (example.folder(all_programmes()[code]) / "people.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@contextmanager
def _at_work(
    browser: Browser, address: str, person: str, size: dict[str, int] | None = None
) -> Iterator[Page]:
    """Signed in by the address that stands behind a person's card (tests/test_app.py clicks the card itself)."""
    context = browser.new_context(viewport=size or DESKTOP, locale="en-GB", accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{address}/sign-in?as={person}&next=/", wait_until="commit")
    page.get_by_role("heading", level=1).filter(has_text=TODAY).wait_for(timeout=PATIENCE)
    settled(page)
    yield page
    context.close()


def heading(page: Page, words: str) -> None:
    """Wait for the page's title, and until it is drawn whole."""
    expect(page.get_by_role("heading", name=words, level=1, exact=True)).to_be_visible(timeout=PATIENCE)
    settled(page)


def settled(page: Page) -> None:
    """Wait until no run of the page is under way and every widget has come in place of its grey bar."""
    page.locator(AT_REST).wait_for(state="attached", timeout=PATIENCE)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=PATIENCE)


def open_page(page: Page, url: str, title: str) -> None:
    """Open a page by its address, as from a bookmark."""
    page.goto(root(page) + url, wait_until="commit")
    heading(page, title)


def root(page: Page) -> str:
    """The address of the server the page is on."""
    return re.match(r"\w+://[^/]+/", page.url).group()  # type: ignore[union-attr]


def click(page: Page, name: str | re.Pattern[str]) -> None:
    """Click the one button of this name."""
    page.get_by_role("button", name=name, exact=isinstance(name, str)).first.click(timeout=PATIENCE)


def choose(page: Page, field: str, option: str) -> None:
    """Choose in the first list of this name; what was typed before is sent first, and closes a list that is open."""
    drawer = page.get_by_role("dialog")
    place = drawer if drawer.count() else page  # a filter of the same name may stand behind it
    box = place.get_by_role("combobox", name=field, exact=True).first
    wanted = page.get_by_role("option", name=option, exact=True)
    box.focus(timeout=PATIENCE)
    settled(page)
    for _ in range(4):
        if not wanted.is_visible():
            box.press("ArrowDown", timeout=PATIENCE)
        try:
            wanted.click(timeout=PATIENCE / 6)
        except TimeoutError:
            settled(page)
        else:
            return
    wanted.click(timeout=PATIENCE)


def tick_first(page: Page) -> None:
    """Tick the first row of the page's first grid, which is drawn on a canvas."""
    place = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert place is not None
    page.mouse.click(place["x"] + 17, place["y"] + 52)


def type_day(page: Page, field: str, day: date) -> None:
    """Type a date into the field of this name, day first, as its places ask for it."""
    page.get_by_role("spinbutton", name=f"day, {field}").first.click(timeout=PATIENCE)
    page.keyboard.type(f"{day:%d%m%Y}", delay=20)
    page.keyboard.press("Tab")
    settled(page)


def answer(page: Page, field: str, word: str) -> None:
    """Choose yes or no where a field asks it."""
    group = page.get_by_role("radiogroup", name=field, exact=True)
    group.get_by_text(word, exact=True).click(timeout=PATIENCE)
    settled(page)


def fill(page: Page, field: str, words: str) -> None:
    """Type into the one text field of this name, and leave it."""
    box = page.get_by_role("textbox", name=field, exact=True).first
    box.fill(words, timeout=PATIENCE)
    box.press("Tab")
    settled(page)


def upload(page: Page, file: Path) -> None:
    """Choose a file in the page's one uploader, and wait until the page has taken it in."""

    def is_sent(answer: Response) -> bool:
        return "/upload_file/" in answer.url and answer.request.method == "PUT"

    with page.expect_response(is_sent, timeout=PATIENCE):
        page.locator("input[type=file]").set_input_files(file)
    page.wait_for_timeout(500)  # the run that it brings about begins a moment later
    settled(page)


def download(page: Page, name: str) -> Download:
    """Click a button that hands over a file."""
    with page.expect_download(timeout=PATIENCE) as waiting:
        click(page, name)
    return waiting.value


def see(page: Page, words: str | re.Pattern[str]) -> Locator:
    """Wait until the page says this somewhere."""
    found = page.get_by_text(words).first
    expect(found).to_be_visible(timeout=PATIENCE)
    return found


def cells(table: Locator) -> list[list[str]]:
    """The rows of a printed table, or the hidden table of a grid, heading first."""
    return table.evaluate(
        "table => [...table.querySelectorAll('tr')].map(row => "
        "[...row.querySelectorAll('th, td')].map(cell => cell.innerText || cell.textContent))"
    )


def printed(page: Page, first: str) -> list[list[str]]:
    """The printed table whose first heading is this, without its heading row."""
    table = page.get_by_role("table").filter(has=page.get_by_role("columnheader", name=first, exact=True))
    expect(table).to_be_visible(timeout=PATIENCE)
    return cells(table)[1:]
