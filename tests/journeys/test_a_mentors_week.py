"""A mentor's week on a phone: time, its record, the paper; then the manager sees them (S7, S8, S10, X13)."""

import re
from collections.abc import Iterator

import pytest
from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect

from schemas.column import Role
from tests.copies import example_at
from tests.journeys.browser import (
    PATIENCE,
    PHONE,
    cells,
    choose,
    click,
    download,
    heading,
    open_page,
    see,
    settled,
    visitor,
)
from tests.server import running

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTE = "Staked the lower hedge with Cyfeillion Coed y Glyn"
DONE = "Planted sixty whips along the lower edge."
ACTION, STEP = "Map the wood and its paths", "achieved"
AGENCY = "Coed Cadw Sirol"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on the example."""
    with running(example_at(tmp_path_factory.mktemp("week") / "workbook.sqlite3")) as served:
        yield served


def test_a_mentor_records_time_and_its_record_on_a_phone_and_the_manager_sees_them(
    browser: Browser, address: str
) -> None:
    """One journey: the manager reads what the mentor wrote."""
    with visitor(browser, address, Role.MENTOR, PHONE) as page:
        type_half_an_hour_and_refresh(page)
        send_it_with_two_clicks(page)
        write_its_record(page)
        paper = words_of_the_paper(page)
        for words in (DONE, ACTION, STEP, AGENCY):
            assert words in paper
    with visitor(browser, address, Role.MANAGER) as page:
        the_manager_sees_one_line(page)


def type_half_an_hour_and_refresh(page: Page) -> None:
    """The days left answer while one types, and a refresh loses nothing."""
    open_page(page, "timesheet", "Timesheet")
    see(page, "1.54 of 6 days left")
    hours = page.get_by_role("textbox", name="Hours")
    hours.fill("0.5")  # and not left: the field is still being typed in
    see(page, "1.46 of 6 days left after this")
    see(page, re.compile("^Draft saved"))
    page.reload()
    heading(page, "Timesheet")
    expect(hours).to_have_value("0.5", timeout=PATIENCE)
    see(page, "Your draft is back.")


def send_it_with_two_clicks(page: Page) -> None:
    """An impatient thumb sends one line."""
    see(page, "Sent · 3")
    page.get_by_text("Times and a note, if you like").click()
    page.get_by_role("textbox", name="Note").fill(NOTE)
    page.get_by_role("button", name="Save and send").dblclick()
    see(page, "Sent to the Programme Manager.")
    page.reload()
    heading(page, "Timesheet")
    see(page, "Sent · 4")
    expect(card(page)).to_have_count(1)


def card(page: Page) -> Locator:
    """The line of this journey, by its note."""
    return page.locator("[class*='st-key-line-']").filter(has_text=NOTE)


def write_its_record(page: Page) -> None:
    """Work, progress on the plan, an agency; sent with two clicks, it stands once."""
    card(page).get_by_role("button", name="Write its record").click()
    heading(page, "Activity Record")
    page.get_by_role("textbox", name="What we did").fill(DONE)
    choose(page, "Now", STEP)
    page.get_by_role("textbox", name="Agency").fill(AGENCY)
    page.get_by_role("textbox", name="What for").fill("Free hedge plants")
    page.get_by_role("button", name="Send the record").dblclick()
    see(page, "Your record is in.")
    page.reload()
    heading(page, "Activity Record")
    expect(page.get_by_text("record in", exact=True)).to_have_count(2, timeout=PATIENCE)  # and one of before


def words_of_the_paper(page: Page) -> str:
    """All words of the newest record's Word file."""
    open_page(page, "record", "Activity Record")
    click(page, "Open")
    settled(page)
    document = Document(download(page, "Word: English").path())
    boxes = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *boxes])


def the_manager_sees_one_line(page: Page) -> None:
    """The line waits for approval, with its record."""
    open_page(page, "approvals", "Approvals")
    page.get_by_role("searchbox", name="Mentor or group").fill("Mair")
    expect(grid(page)).not_to_contain_text("Gethin", timeout=PATIENCE)
    heading, *lines = cells(grid(page))
    sent = [dict(zip(heading, line, strict=True)) for line in lines]
    assert [
        (line["Mentor"], line["Work"], line["Days left"], line["State"])
        for line in sent
        if line["Hours"] == "0.5"
    ] == [("Mair Pritchard", "Cyfeillion Coed y Glyn", "1.96 of 6", "ready")]


def grid(page: Page) -> Locator:
    """The words of the page's grid, as a screen reader has them."""
    return page.get_by_test_id("stDataFrame").first.locator("table")
