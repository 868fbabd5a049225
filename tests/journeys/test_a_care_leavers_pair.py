"""A care leaver's pair in a browser: two forms, training, matched, met, signed, ended, evaluated (W1 to W11).

The co-ordinator works at a desk, the supporter on a phone; the manager is the safeguarding lead, the evaluator takes
the report. What is a young person's alone is looked for where it must not be.
"""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Download, Locator, Page, expect

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
    see,
    settled,
    signed_in,
    upload,
    visitor,
)
from tests.server import running
from tests.services.claiming import photo

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODE = "wmtd"
BEFORE, LAST_DAY_OF_THE_COURSE, AFTER = "2026-11-17", "2026-11-23", "2027-01-25"
SUPPORTER, YOUNG = "Ella Rudge", "Wren Holloway"
PAIR = f"{SUPPORTER} – {YOUNG}"
POLICIES = ("child protection", "confidentiality", "anti-discrimination", "health and safety")
ELEMENTS = ("ending the relationship", "important policies", "health and safety")
SECRET, WORRY, VOICE = (
    "I was afraid to say no.",
    "Wren has nowhere to sleep tonight.",
    "Let us meet on Sundays.",
)
SHEET = {
    "Meeting at": "The library",
    "Why we met today": "To write to the college",
    "What we did": "Filled in the form together",
    "What we achieved": "It is posted",
    "What we need to do next time": "Practise the interview",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example_at(tmp_path_factory.mktemp("pair") / "workbook.sqlite3", date.fromisoformat(BEFORE))


def test_from_the_first_form_to_the_last_report(browser: Browser, store: Path, tmp_path: Path) -> None:
    """One journey: whoever asks for support finds it, and nobody reads what is not theirs."""
    with running(store, {"MENTOR_DESK_TODAY": BEFORE}) as address:
        with visitor(browser, address, Role.COORDINATOR, code=CODE) as page:
            look_for(page)
            nobody_yet(page)
            supervise(page, "Group supervision", "Saying no.", "Jay Calder", SUPPORTER)
        with signed_in(browser, address, "Ella", PHONE) as page:
            offer(page)
            read_policies(page)
    with running(store, {"MENTOR_DESK_TODAY": LAST_DAY_OF_THE_COURSE}) as address:
        with visitor(browser, address, Role.COORDINATOR, code=CODE) as page:
            attend(page)
            certify(page)
            match(page)
            natural_pair(page)
            pair = meet(page)
            agree(page)
        with signed_in(browser, address, "Ella", PHONE) as page:
            write_down(page)
            sign_by_hand(page, tmp_path)
            keep_a_diary(page)
            say_without_a_name(page)
            raise_a_concern(page)
        with signed_in(browser, address, "Mags") as page:
            take_up(page)
            read_the_sheet(page, pair)
        with signed_in(browser, address, "Kai") as page:
            find_nothing_of_it(page)
    with running(store, {"MENTOR_DESK_TODAY": AFTER}) as address:
        with visitor(browser, address, Role.COORDINATOR, code=CODE) as page:
            supervise(page, "Individual supervision", "Ready for somebody new.", SUPPORTER)
            end(page, pair)
        with signed_in(browser, address, "Imran") as page:
            evaluate(page)


def text_of(file: Download) -> str:
    """What a Word file says, its tables too."""
    document = Document(io.BytesIO(Path(file.path()).read_bytes()))
    found = [each.text for each in document.paragraphs]
    found += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(found)


def block(page: Page, words: str, button: str | re.Pattern[str]) -> Locator:
    """The smallest part of the page that says this and has this button."""
    wanted = page.get_by_role("button", name=button, exact=isinstance(button, str))
    blocks = page.get_by_test_id("stVerticalBlock").or_(page.get_by_test_id("stHorizontalBlock"))
    return blocks.filter(has_text=words).filter(has=wanted).last


def press(page: Page, words: str, button: str) -> None:
    """Click the button beside these words."""
    block(page, words, button).get_by_role("button", name=button, exact=True).first.click()
    settled(page)


def tick(page: Page, field: str, *options: str) -> None:
    """Choose several in a list that takes several, and close it."""
    for option in options:
        choose(page, field, option)
    page.keyboard.press("Escape")
    settled(page)


def leave_drawer(page: Page) -> None:
    """Close the drawer, with nothing more to do in it."""
    page.get_by_role("dialog").get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


# --- two forms, and the training between -------------------------------------------------------------------


def look_for(page: Page) -> None:
    """What a young person is looking for, taken down with them."""
    open_page(page, "pairs", "Pairs")
    click(page, "Take down a request")
    fill(page, "Name", YOUNG)
    fill(page, "Their worker", "Ros Hyde")
    tick(page, "Looks for help with", "education and training")
    fill(page, "What they want", "To begin at college in January.")
    click(page, "Take down the request")
    see(page, "Taken down. Find somebody for it next.")


def nobody_yet(page: Page) -> None:
    """The supporter can't be matched before the training is done; whoever did it is offered with reasons."""
    press(page, YOUNG, "Find somebody")
    see(page, "Offers 1 of 1 looked for: education and training.")
    page.get_by_text("Who can’t be matched now").click()
    held = page.get_by_test_id("stExpander").filter(has_text="Who can’t be matched now")
    for words in ("Training still to come", SUPPORTER):
        expect(held).to_contain_text(words, timeout=PATIENCE)
    leave_drawer(page)


def offer(page: Page) -> None:
    """What the supporter offers, on her own phone."""
    open_page(page, "my-pairs", "My pairs")
    click(page, "What I offer")
    tick(page, "Can help with", "speaking up at meetings")
    fill(page, "Lived experience", "Went to college straight from care.")
    click(page, "Save")
    see(page, "Saved.")


def read_policies(page: Page) -> None:
    """One tap for each policy not yet acknowledged."""
    waiting = page.get_by_role("button", name="I have read it and keep to it", exact=True)
    for left in (3, 2, 1):
        expect(waiting).to_have_count(left, timeout=PATIENCE)
        waiting.first.click()
        settled(page)
    expect(waiting).to_have_count(0, timeout=PATIENCE)


def attend(page: Page) -> None:
    """The course's last day: who came, and what it covered."""
    open_page(page, "training", "Training")
    press(page, "Autumn course", "Open")
    choose(page, "Day", "23 November 2026")
    tick(page, "Covers", *ELEMENTS)
    tick(page, "Who came", SUPPORTER)
    click(page, "Note who came")
    see(page, "Noted.")


def certify(page: Page) -> None:
    """The certificate, in Word, with every element and its day."""
    press(page, f"{SUPPORTER}", "Certificate")
    said = text_of(download(page, "Certificate, English"))
    page.keyboard.press("Escape")
    assert SUPPORTER in said and "23 November 2026" in said
    assert [each for each in (*ELEMENTS, "setting goals") if each not in said] == []


def supervise(page: Page, kind: str, notes: str, *who: str) -> None:
    """A supervision by staff, its notes sealed."""
    open_page(page, "training", "Training")
    click(page, "Record a supervision")
    tick(page, "Who was there", *who)
    choose(page, "Kind", kind)
    fill(page, "Supervision notes", notes)
    click(page, "Record the supervision")
    see(page, "Recorded. Only staff open its notes.")


# --- matched, met, agreed ----------------------------------------------------------------------------------


def match(page: Page) -> None:
    """The list says why; two of them are matched."""
    open_page(page, "pairs", "Pairs")
    press(page, YOUNG, "Find somebody")
    place = page.get_by_test_id("stVerticalBlock").filter(has_text=SUPPORTER).filter(has_text="points").last
    expect(place).to_contain_text("Offers 1 of 1 looked for: education and training.", timeout=PATIENCE)
    place.get_by_text("Match these two").click()
    fill(page, "Why these two", "Both want to study.")
    click(page, "Match")
    see(page, "Matched. Their first meeting comes next.")


def natural_pair(page: Page) -> None:
    """Two who found each other, after the same training."""
    click(page, "Record a pair that found itself")
    fill(page, "Name", "Ash Linden")
    choose(page, "Supporter", "Reece Lander")
    for side in ("supporter", "supportee"):
        answer(page, f"The {side} wants to go on", "yes")
    fill(page, "Why these two", "They cook together already.")
    click(page, "Record the pair")
    see(page, "Reece Lander – Ash Linden")


def meet(page: Page) -> str:
    """The first meeting, chaired; both asked alone. Gives the address of the pair's page."""
    press(page, PAIR, "Open")
    heading(page, PAIR)
    click(page, "First meeting")
    for side in ("supporter", "supportee"):
        answer(page, f"The {side} wants to go on", "yes")
    click(page, "Record the first meeting")
    see(page, "agreement to make")
    return page.url.split("/")[-1]


def agree(page: Page) -> None:
    """Purpose, goals, expectations, in their words and in Word."""
    click(page, "Agreement")
    fill(page, "Purpose", "To begin at college")
    fill(page, "Goals", "The form is posted by December")
    fill(page, "What each expects", "Be there, or send a message")
    click(page, "Record the agreement")
    see(page, "running.")
    said = text_of(download(page, "Agreement, English"))
    wanted = (SUPPORTER, YOUNG, "The form is posted by December", "Be there, or send a message", "Ros Hyde")
    assert [each for each in wanted if each not in said] == []


# --- on the supporter's phone ------------------------------------------------------------------------------


def write_down(page: Page) -> None:
    """The Meeting Record Sheet has exactly the appendix's fields."""
    open_page(page, "my-pairs", "My pairs")
    press(page, YOUNG, "Write down a meeting")
    drawer = page.get_by_role("dialog")
    for field, words in SHEET.items():
        fill(page, field, words)
    # the two dates and the time have fields of their own
    expect(drawer.get_by_role("textbox")).to_have_count(len(SHEET))
    click(page, "Save the meeting")
    see(page, "Saved.")


def sign_by_hand(page: Page, folder: Path) -> None:
    """Printed, signed by both, photographed: it stands as it is from then on."""
    press(page, YOUNG, "Look")
    page.get_by_role("dialog").get_by_text("23 November 2026").first.click()
    said = text_of(download(page, "Word, English"))
    assert [words for words in (SUPPORTER, YOUNG, *SHEET.values()) if words not in said] == []
    choose(page, "How it was signed", "on the printed sheet, which is kept here")
    sheet = folder / "sheet.jpg"
    sheet.write_bytes(photo(1200, 1600, "JPEG"))
    upload(page, sheet)
    click(page, "We both sign")
    see(page, "Signed by both.")
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)


def keep_a_diary(page: Page) -> None:
    """Only its writer opens it."""
    click(page, "My diary")
    fill(page, "What I want to remember", SECRET)
    click(page, "Keep it")
    see(page, "Kept.")
    click(page, "My diary")
    click(page, re.compile("23 November 2026$"))
    see(page, SECRET)
    leave_drawer(page)


def say_without_a_name(page: Page) -> None:
    """Feedback that nobody signs."""
    open_page(page, "voice", "Say what you think")
    choose(page, "You are", "supporter")
    choose(page, "Do you feel heard", "2")
    fill(page, "In your words", VOICE)
    click(page, "Send it without a name")
    see(page, "Sent. Thank you.")


def raise_a_concern(page: Page) -> None:
    """It arrives at once; its words do not come back, to whoever raised it neither."""
    open_page(page, "concerns", "Safeguarding")
    click(page, "Raise a concern")
    fill(page, "Whom it is about", YOUNG)
    fill(page, "What worries you", WORRY)
    click(page, "Send to the safeguarding lead")
    see(page, "It has arrived with the safeguarding lead and the deputy.")
    see(page, re.compile("^Arrived on 23 November 2026"))
    expect(page.get_by_text(WORRY)).to_have_count(0)


# --- who reads what ----------------------------------------------------------------------------------------


def take_up(page: Page) -> None:
    """The named lead has it on her home page at once, and takes it up."""
    press(page, "Take up a safeguarding concern", "Open")
    heading(page, "Safeguarding")
    click(page, "Open")
    see(page, WORRY)
    click(page, "Take it up")
    see(page, "It is in your hands.")


def read_the_sheet(page: Page, pair: str) -> None:
    """Staff keep an eye on how it goes: they read the sheet and the paper that both signed, and no diary."""
    open_page(page, pair, PAIR)
    expect(page.get_by_text(SECRET)).to_have_count(0)
    press(page, "23 November 2026", "Open")
    see(page, SHEET["What we achieved"])
    click(page, "Open the signed sheet")
    expect(page.get_by_role("img", name="Photo of the signed sheet")).to_be_visible(timeout=PATIENCE)


def find_nothing_of_it(page: Page) -> None:
    """A young co-ordinator sees neither the concern nor a supervision, and nobody's diary; of feedback no name, once the box is emptied."""
    expect(page.get_by_text("safeguarding concern")).to_have_count(0)
    open_page(page, "concerns", "Safeguarding")
    expect(page.get_by_role("button", name="Open", exact=True)).to_have_count(0)
    open_page(page, "training", "Training")
    expect(page.get_by_text("Supervision")).to_have_count(0)
    open_page(page, "scheme", "The scheme")
    page.get_by_role("tab", name="Feedback").click()
    see(page, "3 answers are in the box.")
    expect(page.get_by_text("Do you feel heard: 2")).to_have_count(0)
    click(page, "Empty the box")
    see(page, "Emptied. Nobody can say who put in which.")
    press(page, "Do you feel heard: 2", "Open")
    see(page, VOICE)
    expect(page.get_by_role("dialog").get_by_text(re.compile("Ella|Rudge"))).to_have_count(0)


# --- the end, and the report -------------------------------------------------------------------------------


def end(page: Page, pair: str) -> None:
    """Agreed by both."""
    open_page(page, pair, PAIR)
    click(page, "End the pair")
    choose(page, "How it ended", "agreed by both")
    page.get_by_role("dialog").get_by_role("button", name="End the pair", exact=True).click()
    see(page, "ended.")


def evaluate(page: Page) -> None:
    """The evaluator is asked for it, and takes a report with figures and without a name; small counts stay hidden."""
    press(page, "Review the scheme", "Open")
    heading(page, "The scheme")
    expect(page.get_by_role("tab")).to_have_count(1)
    fill(page, "What we learned (stands in the report only)", "Begin before the summer.")
    click(page, "Make the report")
    said = text_of(download(page, "Report, English"))
    assert [
        words
        for words in ("Begin before the summer.", "Supporters in the register", "fewer than 5", "–")
        if words not in said
    ] == []
    assert not re.search(f"{SUPPORTER}|{YOUNG}|{VOICE}|Wren|Ella", said)
