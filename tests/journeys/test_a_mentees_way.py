"""A mentee's way in a browser: referred, met, started, planned, supported, returned to the buyer (D1 to D14, 3.6).

The co-ordinator works at a desk, the mentor on a phone, the contract manager sends the month's return.
"""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.copies import example_at
from tests.journeys.browser import (
    PATIENCE,
    PHONE,
    answer,
    choose,
    click,
    fill,
    heading,
    open_page,
    see,
    settled,
    signed_in,
    tick_first,
    type_day,
)
from tests.server import running

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MENTEE = "Wren Ashdown"
A_TUESDAY, NEXT_MONTH = "2026-11-24", "2026-12-02"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example_at(tmp_path_factory.mktemp("way") / "workbook.sqlite3", date.fromisoformat(A_TUESDAY))


def test_from_the_referral_to_the_return(browser: Browser, store: Path) -> None:
    """One journey: what the mentor records on the phone is what the buyer is told."""
    with running(store, {"MENTOR_DESK_TODAY": A_TUESDAY}) as address:
        with signed_in(browser, address, "Callum") as page:
            before = starts(page)
            case = refer(page)
            meet(page)
        with signed_in(browser, address, "Dougie", PHONE) as page:
            start(page, case)
            plan(page)
    with running(store, {"MENTOR_DESK_TODAY": NEXT_MONTH}) as address:
        with signed_in(browser, address, "Dougie", PHONE) as page:
            record_a_session(page)
        with signed_in(browser, address, "Imogen") as page:
            assert starts(page, "2026-11") == before + 1
            send(page)
        with signed_in(browser, address, "Sadia", PHONE) as page:
            open_page(page, "cases?stage=open", "Cases")
            expect(page.get_by_text(MENTEE)).to_have_count(0)  # another mentor's mentee (3.6)


def starts(page: Page, month: str = "2026-11") -> int:
    """How many started in the month, as the page of returns says."""
    open_page(page, f"returns?month={month}", "Returns")
    figure = page.get_by_test_id("stMetric").filter(has_text="New starts")
    return int(figure.get_by_test_id("stMetricValue").inner_text())


def refer(page: Page) -> str:
    """Log the referral; gives the address of its case."""
    open_page(page, "cases", "Cases")
    click(page, "Log a referral")
    fill(page, "Name", MENTEE)
    type_day(page, "Date of birth", date(1991, 5, 14))
    answer(page, "Customer of the department", "yes")
    choose(page, "Route", "Jobcentre Plus")
    choose(page, "Area", "8")
    choose(page, "Mentor", "Dougie Baird")
    click(page, "Log the referral")
    see(page, "Logged. Book the initial meeting next.")
    page.get_by_role("searchbox").first.fill(MENTEE)
    settled(page)
    expect(page.get_by_test_id("stDataFrame").first.locator("table")).not_to_contain_text(
        "Nia", timeout=PATIENCE
    )
    settled(page)
    tick_first(page)
    heading(page, MENTEE)
    return page.url


def meet(page: Page) -> None:
    """The initial meeting, held today at the Jobcentre: everything explained, every answer there."""
    click(page, "Record the initial meeting")
    for question in (
        "Explained: voluntary, benefits unaffected",
        "Explained: what data goes where",
        "Explained: feedback and complaints",
        "Dependency is a barrier to sustained work",
        "Lives in the area",
        "Unemployed",
    ):
        answer(page, question, "yes")
    choose(page, "Benefit", "Universal Credit")
    see(page, "By these answers they are eligible.")
    click(page, "Record the meeting")
    see(page, "Recorded.")


def start(page: Page, case: str) -> None:
    """The diagnostic interview is the first session; the survey is done in it."""
    page.goto(case)
    heading(page, MENTEE)
    page.get_by_role("tab", name="Start").click()
    click(page, "Record the diagnostic interview")
    fill(page, "Aspirations", "To cook for others")
    fill(page, "Needs", "A place of their own")
    choose(page, "Addiction", "alcohol")
    choose(page, "Treatment", "waiting for treatment")
    choose(page, "Employment history", "worked one to five years ago")
    choose(page, "Disclosure to the Jobcentre", "disclosed before")
    answer(page, "Explained again: feedback and complaints", "yes")
    fill(page, "National Insurance number", "xx 12 34 56 a")
    page.get_by_text("Baseline survey done in this session").click()
    settled(page)
    click(page, "Record the start")
    see(page, "They have started. Agree the SMART plan next.")


def plan(page: Page) -> None:
    """One action, SMART in each of its parts, agreed by hand."""
    page.get_by_role("tab", name="Plan").click()
    click(page, "Start the plan")
    fill(page, "What they want to reach", "A quiet home")
    click(page, "Start the version")
    see(page, "A draft is open.")
    click(page, "Add an action")
    for field, words in (
        ("Action", "See the housing officer"),
        ("How we will know", "The appointment is kept"),
        ("How it can be done", "We go together by bus"),
        ("Why it fits now", "The hostel place ends in January"),
    ):
        fill(page, field, words)
    type_day(page, "By", date(2026, 12, 8))
    click(page, "Add the action")
    see(page, "Added.")
    click(page, "Agree the plan")
    choose(page, "How they confirmed it", "signed by hand")
    click(page, "Agree version 1")
    see(page, "The plan is agreed.")


def record_a_session(page: Page) -> None:
    """Three taps on a phone: the mentee, the button, save."""
    open_page(page, "mine", "My mentees")
    card = page.locator("[class*='st-key-mentee']").filter(has_text=MENTEE)
    card.get_by_role("button", name="Record a session").click()
    see(page, "All my mentees")
    settled(page)
    click(page, "Save the session")
    see(page, "The session is recorded.")


def send(page: Page) -> None:
    """The month's return is written down as sent; a second time it is not offered."""
    click(page, "Write down that it was sent")
    fill(page, "Receipt", "JAG-77120")
    click(page, "Write it down")
    see(page, "Written down, with every figure as it is now.")
    expect(page.get_by_role("button", name="Write down that it was sent")).to_have_count(0)
