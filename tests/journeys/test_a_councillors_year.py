"""A councillor's year in a browser: asks for a mentor, is matched, meets in confidence, parts; the scheme is reviewed.

The Member Support Officer works at a desk, the mentor on a phone; the committee reads the review (P1 to P8).
"""

import re
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect

from schemas.column import Role
from tests.copies import example_at
from tests.journeys.browser import (
    PATIENCE,
    PHONE,
    answer,
    choose,
    click,
    download,
    fill,
    heading,
    open_page,
    root,
    see,
    settled,
    signed_in,
    type_day,
    visitor,
)
from tests.server import running

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MENTEE, MENTOR, OTHER = "Tomos Ellery", "Carwyn Bevan", "Tegid Orchard"
RETIRING, RETIRED = "Eirlys Maddock", "Gwilym Stead"
A_MONDAY, NEXT_AUTUMN = "2026-12-14", "2027-11-23"
IN_CONFIDENCE = "Afraid of the budget vote, and of saying so."
ONLY_NEW = "Has left office and mentors new members only; this member was first elected on"
UNTRAINED = "Training still to come: mentoring techniques, personal style."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example_at(tmp_path_factory.mktemp("year") / "workbook.sqlite3", date.fromisoformat(A_MONDAY))


def test_from_the_request_to_the_next_years_review(browser: Browser, store: Path, tmp_path: Path) -> None:
    """One journey: a new member's year with a mentor, of which others learn that the two met, and no more."""
    with running(store, {"MENTOR_DESK_TODAY": A_MONDAY}) as address:
        with visitor(browser, address, Role.COORDINATOR, code="powys") as page:
            in_english(page)
            ask(page)
            pair = match(page)
            meet(page)
            refer_on(page)
            hear_who_stands_again(page)
            review(page, tmp_path)
        with signed_in(browser, address, "Carwyn", PHONE) as page:
            write_down_a_meeting(page)
    with running(store, {"MENTOR_DESK_TODAY": NEXT_AUTUMN}) as address:
        with signed_in(browser, address, "Tegid", PHONE) as page:
            see_nothing_of_it(page, pair)
        with visitor(browser, address, Role.COORDINATOR, code="powys") as page:
            end(page, pair)
            train(page)
            find_within_the_rules(page)
        with visitor(browser, address, Role.EVALUATOR, code="powys") as page:
            read_the_review(page, tmp_path)


def in_english(page: Page) -> None:
    """The officer of the example reads Welsh; the choice stays with the person."""
    page.get_by_test_id("stSidebar").get_by_text("English", exact=True).click()
    heading(page, "Today")


def drawer(page: Page) -> Locator:
    """The drawer that is open."""
    found = page.get_by_role("dialog")
    expect(found).to_be_visible(timeout=PATIENCE)
    settled(page)
    return found


def card(page: Page, words: str) -> Locator:
    """The card in a list that says this."""
    return page.locator("[class*='st-key-card']").filter(has_text=words)


def find_somebody(page: Page, name: str) -> Locator:
    """The drawer with everybody in the register for the request of this person."""
    open_page(page, "pairs?stage=waiting", "Pairs")
    card(page, name).get_by_role("button", name="Find somebody").click()
    found = drawer(page)
    expect(found).to_contain_text("The list advises", timeout=PATIENCE)
    return found


def held_back(found: Locator) -> Locator:
    """The list, opened, of those who can't be matched now, each with the reason."""
    held = found.get_by_test_id("stExpander").filter(has_text="Who can’t be matched now")
    held.get_by_text("Who can’t be matched now").click()
    return held


def ask(page: Page) -> None:
    """A new member's request, with what is not for mentoring said above the form (P3, P4)."""
    open_page(page, "pairs", "Pairs")
    click(page, "Take down a request")
    see(page, "Mentoring does not cover what a political group or its national party provides")
    fill(page, "Name", MENTEE)
    type_day(page, "First elected on", date(2026, 10, 15))
    choose(page, "Looks for help with", "getting to know the ropes")
    page.keyboard.press("Tab")
    fill(page, "Post or office wanted", "Chair of Planning")
    fill(page, "Experience wanted", "planning")
    click(page, "Take down the request")
    see(page, "Taken down. Find somebody for it next.")


def match(page: Page) -> str:
    """The best of the list with reasons, training before everything (P2, P3, P8); gives the pair's address."""
    found = find_somebody(page, MENTEE)
    for reason in (
        "Offers 1 of 1 looked for: getting to know the ropes. (50/50)",
        "Holds the post looked for: Chair of Planning. (20/20)",
        "Their story names: planning. (20/20)",
    ):
        expect(found).to_contain_text(reason, timeout=PATIENCE)
    can_not = held_back(found)
    for words in (OTHER, UNTRAINED):
        expect(can_not).to_contain_text(words, timeout=PATIENCE)
    expect(found).to_contain_text(RETIRED)
    expect(can_not).not_to_contain_text(RETIRED)  # a member who has left may mentor a new member
    first = found.get_by_text("Match these two").first
    first.click()
    fill(page, "Why these two", "He has chaired what she sits on; she chose him.")
    click(page, "Match")
    see(page, "Matched. Their first meeting comes next.")
    open_page(page, "pairs?stage=first+meeting+to+come", "Pairs")
    click(page, "Open")
    heading(page, f"{MENTOR} – {MENTEE}")
    return page.url


def meet(page: Page) -> None:
    """The first meeting: the mentee's say decides; nobody chairs, and no agreement is asked for."""
    click(page, "First meeting")
    asked = drawer(page)
    expect(asked).not_to_contain_text("Chaired by")
    expect(asked).not_to_contain_text("The mentor wants to go on")
    answer(page, "The mentee wants to go on", "yes")
    click(page, "Record the first meeting")
    see(page, "Recorded.")
    expect(page.get_by_role("button", name="End the pair")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="Agreement")).to_have_count(0)


def refer_on(page: Page) -> None:
    """What a group decides goes to its leader by name, and nobody is matched for it (P4)."""
    open_page(page, "pairs", "Pairs")
    click(page, "Take down a request")
    fill(page, "Name", "Lleucu Barrow")
    fill(page, "What they want", "How the group will vote on the council tax.")
    click(page, "Take down the request")
    see(page, "Taken down. Find somebody for it next.")
    found = find_somebody(page, "Lleucu Barrow")
    found.get_by_text("Not for mentoring? Pass it on").click()
    fill(page, "Group leader", "Merfyn Ames")
    click(page, "Pass it on")
    see(page, "Passed on; the request is closed.")


def hear_who_stands_again(page: Page) -> None:
    """A trained member who does not stand again may mentor for a year from election day, not a day longer (P8)."""
    open_page(page, "register-of-mentors?ask=election", "The register")
    card(page, RETIRING).get_by_role("button", name="Open").click()
    drawer(page)
    answer(page, "Stands again", "no")
    type_day(page, "May mentor until", date(2028, 5, 7))
    click(page, "Save what they said")
    see(page, "can be 6 May 2028 at the latest, counted from election day.")
    type_day(page, "May mentor until", date(2028, 5, 6))
    click(page, "Save what they said")
    see(page, "Saved.")
    still = page.get_by_role("radio", name=re.compile("^to ask before the election"))
    expect(still).to_be_checked(timeout=PATIENCE)  # the filter stays, though its count is another


def review(page: Page, folder: Path) -> None:
    """The report of the first year goes to the committee; what it decided is recorded (P7)."""
    open_page(page, "scheme", "The scheme")
    see(page, "The review is due on 1 December 2026, for the Democratic Services Committee.")
    box = page.get_by_role("textbox", name="What we learned (stands in the report only)", exact=True)
    box.fill(
        "Daytime meetings suit more members."
    )  # and straight on to the button, the field not left before
    said = report(page, folder / "first.docx")
    assert "Daytime meetings suit more members." in said and "Democratic Services Committee" in said
    click(page, "Record that it was considered")
    drawer(page)
    fill(page, "What was decided", "The scheme goes on.")
    click(page, "Record the review")
    see(page, "The review is due on 1 December 2027")


def write_down_a_meeting(page: Page) -> None:
    """On the phone: the day, and what stays between the two, which its writer may open again (P5)."""
    open_page(page, "my-pairs", "My pairs")
    mine = page.locator("[class*='st-key-mine']").filter(has_text=MENTEE)
    mine.get_by_role("button", name="Write down a meeting").click()
    drawer(page)
    fill(page, "Between the two of you", IN_CONFIDENCE)
    click(page, "Save the meeting")
    see(page, "Saved.")
    open_page(page, "my-pairs", "My pairs")
    mine.get_by_role("button", name="Look").click()
    found = drawer(page)
    found.get_by_text("14 December 2026").click()
    expect(page.get_by_text(IN_CONFIDENCE)).to_have_count(0)
    click(page, "Open our notes")
    see(page, IN_CONFIDENCE)


def see_nothing_of_it(page: Page, pair: str) -> None:
    """Another mentor finds neither the pair nor its page (P5)."""
    open_page(page, "my-pairs", "My pairs")
    expect(page.get_by_text(MENTEE)).to_have_count(0)
    page.goto(at_this(page, pair), wait_until="commit")
    see(page, "not here, or not open to you")
    expect(page.get_by_text(MENTEE)).to_have_count(0)


def end(page: Page, pair: str) -> None:
    """The officer sees that the two met, and nothing of it; and notes that they part (P5)."""
    page.goto(at_this(page, pair), wait_until="commit")
    heading(page, f"{MENTOR} – {MENTEE}")
    see(page, "What is said stays between the two. Here stands that they met.")
    see(page, "14 December 2026")
    expect(page.get_by_role("button", name="Open our notes")).to_have_count(0)
    expect(page.get_by_text(IN_CONFIDENCE)).to_have_count(0)
    click(page, "End the pair")
    expect(drawer(page)).not_to_contain_text("Mediation")
    choose(page, "How it ended", "agreed by both")
    drawer(page).get_by_role("button", name="End the pair").click()
    see(page, "Ended.")


def train(page: Page) -> None:
    """Who came to the training is noted; with it a member may be matched (P2, P6)."""
    open_page(page, "training", "Training")
    card(page, "Mentoring basics, second round").get_by_role("button", name="Open").click()
    drawer(page)
    for element in ("mentoring techniques", "personal style"):
        choose(page, "Covers", element)
        page.keyboard.press("Tab")
    choose(page, "Who came", OTHER)
    page.keyboard.press("Tab")
    click(page, "Note who came")
    see(page, "Noted.")


def find_within_the_rules(page: Page) -> None:
    """Now the one who was trained can be matched; those who left can't, each with the reason (P2, P8)."""
    found = find_somebody(page, "Owain Peel")
    can_not = held_back(found)
    for words in (RETIRING, ONLY_NEW, RETIRED, "Is out of office, and may not mentor on this day."):
        expect(can_not).to_contain_text(words, timeout=PATIENCE)
    expect(found).to_contain_text(OTHER)
    expect(can_not).not_to_contain_text(OTHER)  # trained since


def read_the_review(page: Page, folder: Path) -> None:
    """A year on the review is due again, from the committee too; it reads figures and no name (P7, RM74)."""
    see(page, "Review the scheme")
    see(page, "in 8 days")
    open_page(page, "scheme", "The scheme")
    see(page, "The review is due on 1 December 2027, for the Democratic Services Committee.")
    said = report(page, folder / "second.docx")
    assert "Meetings held" in said and "a mentor was found" in said
    for name in (MENTEE, MENTOR, RETIRING, IN_CONFIDENCE):
        assert name not in said


def report(page: Page, file: Path) -> str:
    """The review's Word file as it is downloaded and opened: every paragraph and cell."""
    click(page, "Make the report")
    drawer(page)
    download(page, "Report, English").save_as(file)
    drawer(page).get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)
    opened = Document(str(file))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in opened.paragraphs), *cells])


def at_this(page: Page, address: str) -> str:
    """A page of before at the server of now."""
    return root(page) + address.removeprefix("http://").partition("/")[2]
