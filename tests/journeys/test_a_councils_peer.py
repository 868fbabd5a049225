"""A council's way to its peer in a browser: asked for, found, asked, chosen, on site, repaid, looked back on (L3 to L10).

The co-ordinator works at a desk, two peers on a phone, the manager issues the order, finance pays.
"""

from datetime import date
from pathlib import Path

import pytest
from docx import Document
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from schemas.column import Role
from tests.copies import example_at
from tests.journeys.browser import (
    PATIENCE,
    PHONE,
    answer,
    cells,
    choose,
    click,
    download,
    fill,
    heading,
    open_page,
    printed,
    see,
    settled,
    signed_in,
    tick_first,
    type_day,
    upload,
    visitor,
)
from tests.server import running

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COUNCIL, PROJECT = "Marlbridge City Council", "Marlbridge City Council: peer challenge"
FIRST, LAST = date(2027, 2, 2), date(2027, 2, 4)
A_TUESDAY, AFTER = "2026-11-24", "2027-02-08"
MARCUS, LEYLA, WINIFRED = "Marcus Ode", "Leyla Brandt", "Winifred Ashby"
COMPETENCIES = 5


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example_at(tmp_path_factory.mktemp("peer") / "workbook.sqlite3", date.fromisoformat(A_TUESDAY))


def test_from_the_councils_request_to_what_both_say_of_its_peer(
    browser: Browser, store: Path, tmp_path: Path
) -> None:
    """One journey: whom a council asks for is on site ten weeks later, repaid at the limit, and looked back on."""
    with running(store, {"MENTOR_DESK_TODAY": A_TUESDAY}) as address:
        with visitor(browser, address, Role.COORDINATOR, code="lga") as page:
            request = receive(page)
            ask(page)
        with signed_in(browser, address, "Winifred", PHONE) as page:
            say_no(page)
        with signed_in(browser, address, "Marcus", PHONE) as page:
            say_yes(page)
        with visitor(browser, address, Role.COORDINATOR, code="lga") as page:
            place(page, request)
            tell(page, tmp_path)
            set_up(page)
        with visitor(browser, address, Role.MANAGER, code="lga") as page:
            order(page, tmp_path)
    with running(store, {"MENTOR_DESK_TODAY": AFTER}) as address:
        with visitor(browser, address, Role.COORDINATOR, code="lga") as page:
            be_on_site(page)
        with signed_in(browser, address, "Marcus", PHONE) as page:
            claim(page, tmp_path)
            look_back(page)
        with visitor(browser, address, Role.COORDINATOR, code="lga") as page:
            approve(page, tmp_path)
            hear_the_council(page)
            report(page, tmp_path)
        with visitor(browser, address, Role.FINANCE, code="lga") as page:
            pay(page)


# --- the request ------------------------------------------------------------------------------------------


def receive(page: Page) -> str:
    """Log what a new council asks for; gives the address of its page."""
    open_page(page, "placements", "Councils’ requests")
    click(page, "Log a request")
    fill(page, "Name", COUNCIL)
    choose(page, "Area", "South West")
    fill(page, "Contact person", "The chief executive")
    choose(page, "Kind of project", "peer challenge")
    fill(page, "Post or office wanted", "Director of finance")
    for topic in ("finance", "leadership"):
        choose(page, "Looks for help with", topic)
    page.keyboard.press("Escape")
    settled(page)
    type_day(page, "From", FIRST)
    type_day(page, "To", LAST)
    fill(page, "Days", "3")
    click(page, "Log the request")
    see(page, "Logged. Search for peers next.")
    find(page, COUNCIL)
    return page.url


def find(page: Page, name: str) -> None:
    """Search the list for one row and open it."""
    page.get_by_role("searchbox").first.fill(name)
    settled(page)
    rows = page.get_by_test_id("stDataFrame").first.locator("table tbody tr")
    expect(rows).to_have_count(1, timeout=PATIENCE)
    settled(page)
    tick_first(page)
    heading(page, name)


def ask(page: Page) -> None:
    """The shortlist says why; two officers are asked, and a member by way of her group's office."""
    see(page, "Holds the post wanted: Director of finance. (35 of 35)")
    for name in (MARCUS, LEYLA, WINIFRED):
        suggested(page, name).get_by_text("Ask", exact=True).click()
        settled(page)
    click(page, "Ask 3 peers")
    see(page, "Noted. Send them the e-mail; a member’s group office gets it first.")
    click(page, "The group office passed it on")
    see(page, "Noted. The peer can answer on their own page.")


def suggested(page: Page, name: str) -> Locator:
    """Somebody's place in the shortlist."""
    link = page.get_by_role("link", name=name, exact=True)
    return page.get_by_test_id("stVerticalBlock").filter(has=link).filter(has_text="points").last


def asked(page: Page, name: str) -> Locator:
    """The card of somebody who was asked."""
    return page.locator("[class*='st-key-ENQ']").filter(has_text=name)


def mine(page: Page) -> Locator:
    """The request on the phone of a peer who was asked."""
    open_page(page, "my-requests", "My projects")
    return page.locator("[class*='st-key-ENQ']").filter(has_text=COUNCIL)


def say_no(page: Page) -> None:
    """Interested, but away in those weeks: the days are kept."""
    mine(page).get_by_role("button", name="No, or with a remark").click()
    answer_no(page)
    see(page, "Thank you. It is noted.")


def answer_no(page: Page) -> None:
    """The form of an answer, with days on which she can't."""
    answer(page, "Interested", "yes")
    answer(page, "Available", "no")
    for field, day in (("Not available from", date(2027, 1, 25)), ("Not available to", date(2027, 2, 12))):
        type_day(page, field, day)
        page.keyboard.press("Escape")  # the calendar covers what follows on a narrow page
    click(page, "Send my answer")


def say_yes(page: Page) -> None:
    """Two taps."""
    mine(page).get_by_role("button", name="Yes, I am interested and available").click()
    see(page, "Thank you. We tell you what the council chooses.")


def place(page: Page, request: str) -> None:
    """Who said yes is put forward; the council chooses one, and the other is told too."""
    page.goto(request)
    heading(page, COUNCIL)
    expect(asked(page, WINIFRED)).to_contain_text(
        "Not available from 25 January 2027 to 12 February 2027.", timeout=PATIENCE
    )
    note_yes(page, LEYLA)
    click(page, "Put 2 peers forward")
    see(page, "Put forward. Send the council their profiles.")
    click(page, "Profiles for the council")
    profiles = drawer(page)
    expect(profiles).to_contain_text("closed a £14m gap", timeout=PATIENCE)
    expect(profiles).to_contain_text(LEYLA)
    expect(profiles).not_to_contain_text(WINIFRED)
    shut(page)
    click(page, "The council’s choice")
    drawer(page).get_by_text(MARCUS, exact=True).click()
    settled(page)
    click(page, "Record the choice")
    see(page, "Recorded. Tell everybody, the others too.")


def note_yes(page: Page, name: str) -> None:
    """An answer by telephone, noted for the peer."""
    asked(page, name).get_by_role("button", name="Note the answer").click()
    answer(page, "Interested", "yes")
    answer(page, "Available", "yes")
    click(page, "Save the answer")
    see(page, "Noted.")


def drawer(page: Page) -> Locator:
    """The drawer that is open."""
    found = page.get_by_role("dialog")
    expect(found).to_be_visible(timeout=PATIENCE)
    settled(page)
    return found


def shut(page: Page) -> None:
    """Close the drawer."""
    drawer(page).get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)
    settled(page)


def tell(page: Page, folder: Path) -> None:
    """The unsuccessful is written to as well; the chosen's employer releases him."""
    asked(page, LEYLA).get_by_role("button", name="E-mail").click()
    letter = drawer(page)
    expect(letter).to_contain_text(f"{COUNCIL} has chosen other peers this time.", timeout=PATIENCE)
    assert COUNCIL in words_of(page, "Word letter", folder)
    shut(page)
    click(page, "2 peers were told")
    see(page, "Noted.")
    asked(page, MARCUS).get_by_role("button", name="Employer’s release").click()
    click(page, "Record it")
    see(page, "Recorded.")


def words_of(page: Page, button: str, folder: Path) -> str:
    """All the words of a Word file that a button hands over."""
    file = folder / "file.docx"
    download(page, button).save_as(file)
    document = Document(str(file))
    in_cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *in_cells])


def set_up(page: Page) -> None:
    """The project with its timeline, made from the rules of a peer challenge, and a file for the calendar."""
    click(page, "Set up the project")
    form = drawer(page)
    choose(page, "Project manager", "Harriet Lowe")
    form.get_by_role("button", name="Set up the project").click()
    see(page, "Set up. Issue the purchase orders next.")
    page.get_by_role("link", name=f"Project: {PROJECT}").click()
    heading(page, PROJECT)
    days = {what: when for when, what, _state in printed(page, "When")}
    assert days["Administration e-mail"] == "22 December 2026 to 5 January 2027"
    assert days["Team meeting in the hotel, in the evening"] == "1 February 2027"
    assert days["Peers comment on the draft report"] == "9 February 2027 to 14 February 2027"
    assert download(page, "Calendar file").suggested_filename == "project.ics"


# --- the project ------------------------------------------------------------------------------------------


def project(page: Page) -> None:
    """Find the project's page by its name."""
    open_page(page, "projects", "Projects")
    page.get_by_role("searchbox").first.fill("Marlbridge")
    settled(page)
    rows = page.get_by_test_id("stDataFrame").first.locator("table tbody tr")
    expect(rows).to_have_count(1, timeout=PATIENCE)
    settled(page)
    tick_first(page)
    heading(page, PROJECT)


def order(page: Page, folder: Path) -> None:
    """The purchase order, before the project begins."""
    project(page)
    click(page, "Issue a purchase order")
    drawer(page)
    fill(page, "Deliverables", "Three days on site; comments on the draft report.")
    click(page, "Issue it")
    see(page, "Issued. Send it before the project begins.")
    said = words_of(page, "Purchase order PO-2026-0004", folder)
    for words in (MARCUS, PROJECT, "Three days on site; comments on the draft report.", "PO-2026-0004"):
        assert words in said


def be_on_site(page: Page) -> None:
    """Begun and over."""
    project(page)
    click(page, "It begins")
    see(page, "Under way.")
    click(page, "Over on site")
    see(page, "Closed. The report and the follow-up may still come.")


def claim(page: Page, folder: Path) -> None:
    """Meals of two nights with a photo; what is above the limit is said before anything is sent."""
    photo = folder / "IMG_2041.jpg"
    Image.new("RGB", (1200, 1600), "white").save(photo, "JPEG")
    open_page(page, "claims", "My expenses")
    choose(page, "Kind of expense", "meals")
    settled(page)
    type_day(page, "Date", FIRST)
    page.keyboard.press("Escape")
    fill(page, "What for", "Dinners in Marlbridge")
    fill(page, "Paid out", "85.20")
    fill(page, "Nights", "2")
    choose(page, "Project", PROJECT)
    worth = page.get_by_test_id("stAlert").filter(
        has_text="£72.00 of £85.20 paid back; £13.20 above a limit is not."
    )
    expect(worth).to_contain_text("The limit is £36.00 a night, here for 2 nights.", timeout=PATIENCE)
    expect(worth).to_contain_text("The receipt is missing.")
    upload(page, photo)
    expect(worth).not_to_contain_text("The receipt is missing.", timeout=PATIENCE)
    click(page, "Keep it")
    see(page, "Kept. Send it when all of this trip is here.")
    click(
        page, "Send 1 item, £72.00"
    )  # the flight that was planned lacks its receipt, and keeps nothing back
    see(page, "1 item sent.")
    flight = page.locator("[class*='st-key-line']").filter(has_text="Newquay to Newcastle")
    flight.get_by_role("button", name="Delete it").click()
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Delete it").click()
    see(page, "Deleted.")


def look_back(page: Page) -> None:
    """The peer's marks of himself, for each competency."""
    open_page(page, "my-requests?part=projects", "My projects")
    page.get_by_role("button", name="Look back").first.click()
    mark(page, "4", "I should have asked the auditors earlier.")
    see(page, "Saved. Thank you.")


def mark(page: Page, value: str, words: str) -> None:
    """The same mark for all, and an account in words."""
    marks = drawer(page).get_by_role("radio", name=value, exact=True)
    expect(marks).to_have_count(COMPETENCIES, timeout=PATIENCE)
    for place in range(COMPETENCIES):
        marks.nth(place).click()
        settled(page)
    fill(page, "In their words", words)
    click(page, "Save the marks")


def approve(page: Page, folder: Path) -> None:
    """The receipt is looked at, the claim form opened in Word, and what was shown is approved."""
    open_page(page, "expenses", "Expenses")
    sent = page.locator("[class*='st-key-claim']").filter(has_text="Dinners in Marlbridge")
    sent.get_by_role("button", name="Receipt").click()
    expect(drawer(page).get_by_role("img")).to_be_visible(timeout=PATIENCE)
    shut(page)
    form = folder / "claim.docx"
    with page.expect_download(timeout=PATIENCE) as waiting:
        sent.get_by_role("button", name="Claim form").click()
    waiting.value.save_as(form)
    tables = [[cell.text for cell in row.cells] for table in Document(str(form)).tables for row in table.rows]
    said = "\n".join(" | ".join(row) for row in tables)
    assert "Dinners in Marlbridge" in said and "72.00" in said and "PO-2026-0004" in said
    sent.get_by_role("button", name="Approve 1 item, £72.00").click()
    see(page, "Approved. Finance pays it.")


def hear_the_council(page: Page) -> None:
    """What the council says stands beside what the peer said."""
    project(page)
    click(page, "Looking back")
    mark(page, "5", "He found what we had not seen.")
    see(page, "Saved. Thank you.")
    project(page)
    click(page, "Looking back")
    sides = cells(drawer(page).get_by_role("table"))
    assert sides[0] == ["Competency", "The peer", "The council"]
    assert [row[1:] for row in sides[1:]] == [["4", "5"]] * COMPETENCIES
    see(page, "I should have asked the auditors earlier.")


def report(page: Page, folder: Path) -> None:
    """The year's report: what was said of all peers together, and of nobody by name."""
    open_page(page, "scheme", "How it goes")
    fill(page, "What we learned (stands in the report only)", "Ask the group offices earlier.")
    click(page, "Make the report")
    drawer(page)
    said = words_of(page, "Report, English", folder)
    for words in (
        "Review of the programme",
        "Ask the group offices earlier.",
        "Councils of their peers, mean of 5",
    ):
        assert words in said
    assert MARCUS not in said and COUNCIL not in said


def pay(page: Page) -> None:
    """Finance pays what was approved, and no more."""
    open_page(page, "expenses", "Expenses")
    approved = page.locator("[class*='st-key-claim']").filter(has_text="Dinners in Marlbridge")
    approved.get_by_role("button", name="Pay £72.00").click()
    click(page, "Record the payment")
    see(page, "Paid.")
