"""Somebody asks for their data, then for its erasure: two managers in a browser, and the papers they get (X6, RM13 to RM15)."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import msoffcrypto
import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from schemas.column import Role
from tests.copies import example_at
from tests.journeys.browser import (
    DESKTOP,
    PATIENCE,
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

PERSON, CALLED = "Colin Baptiste", "Colin Baptiste (Contact person)"
SECOND, ADDRESS = "Nest Ifans", "nest.ifans@example.org"
PASSWORD = "slate otter lantern tide"  # noqa: S105 - a test's own


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on the example."""
    with running(example_at(tmp_path_factory.mktemp("asked") / "workbook.sqlite3")) as served:
        yield served


def test_a_person_is_given_everything_and_then_erased_by_two(browser: Browser, address: str) -> None:
    """One journey: what is given is what is erased."""
    with visitor(browser, address, Role.MANAGER) as page:
        invite_a_second_manager(page)
        note_and_identify(page, "access")
        assert PERSON in words_of_the_bundle(page)
        answer(page)
        note_and_identify(page, "erasure")
        propose(page)
    with second_manager(browser, address) as page:
        confirm(page)
        certificate = Document(download(page, "Certificate in English").path())
        said = "\n".join(paragraph.text for paragraph in certificate.paragraphs)
        assert PERSON not in said and "copies" in said, said
        open_page(page, "groups", "Groups")
        page.get_by_role("searchbox").first.fill("Colin")
        expect(page.get_by_text(PERSON)).to_have_count(0)


def invite_a_second_manager(page: Page) -> None:
    """Erasure takes two; the example has one manager."""
    open_page(page, "people", "People")
    click(page, "Invite a person")
    page.get_by_role("textbox", name="Name", exact=True).fill(SECOND)
    page.get_by_role("textbox", name="E-mail", exact=True).fill(ADDRESS)
    choose(page, "Role", "Programme Manager")
    click(page, "Invite this person")
    see(page, "Invited. They can sign in with this address now.")


def note_and_identify(page: Page, kind: str) -> None:
    """It came today, and we know who it is."""
    open_page(page, "requests", "Requests")
    click(page, "Note a request")
    choose(page, "Kind", kind)
    page.get_by_role("textbox", name="Person", exact=True).fill(PERSON)
    click(page, "Note the request")
    see(page, "Noted. It stands on the home page until it is answered.")
    open_the_first(page, kind)
    choose(page, "Record", CALLED)
    page.get_by_role("textbox", name="How we know who it is").fill("Came to the office, known for years")
    click(page, "This is the person")
    see(page, "The request is in hand.")
    open_the_first(page, kind)


def open_the_first(page: Page, kind: str) -> None:
    """The request of this kind, in its drawer, drawn whole; its title says the kind."""
    open_page(page, "requests", "Requests")
    buttons, drawer = (
        page.get_by_test_id("stMain").get_by_role("button", name="Open", exact=True),
        page.get_by_role("dialog"),
    )
    for place in range(buttons.count()):
        buttons.nth(place).click()
        expect(drawer.get_by_text("Received on")).to_be_visible(timeout=PATIENCE)
        settled(page)
        if drawer.get_by_text(kind, exact=True).count():
            return
        page.keyboard.press("Escape")
        expect(drawer).to_have_count(0, timeout=PATIENCE)
    raise AssertionError(f"no request of this kind: {kind}")


def words_of_the_bundle(page: Page) -> str:
    """The Word file out of the protected zip."""
    for field in page.get_by_role("dialog").locator("input[type=password]").all():
        field.fill(PASSWORD)
        field.press("Enter")
    settled(page)
    file = download(page, "Everything about this person, in English").path()
    with zipfile.ZipFile(file) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".docx"))
        assert PERSON.split()[0] not in name
        locked, out = msoffcrypto.OfficeFile(io.BytesIO(archive.read(name))), io.BytesIO()
    locked.load_key(password=PASSWORD)
    locked.decrypt(out)
    return "\n".join(paragraph.text for paragraph in Document(out).paragraphs)


def answer(page: Page) -> None:
    """The bundle went by hand."""
    page.get_by_role("textbox", name="What was answered").first.fill("Handed over on paper")
    click(page, "Answered")
    see(page, "The request is closed.")


def propose(page: Page) -> None:
    """The first person's word; the same person cannot confirm it."""
    page.get_by_role("textbox", name="Reason").first.fill("They asked for it")
    click(page, "Propose the erasure")
    see(page, "Proposed. Another Programme Manager has to confirm it.")
    open_the_first(page, "erasure")
    see(page, "Somebody else has to confirm it.")
    expect(page.get_by_role("button", name="Erase this person")).to_have_count(0)


@contextmanager
def second_manager(browser: Browser, address: str) -> Iterator[Page]:
    """A page of the second manager, signed in by their card."""
    context = browser.new_context(viewport=DESKTOP, locale="en-GB", accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(address, wait_until="commit")
    settled(page)  # a card that moves while the page is drawn loses the click
    click(page, "Sign in as Nest")
    heading(page, "Today")
    yield page
    context.close()


def confirm(page: Page) -> None:
    """The second person's word, asked twice because nothing brings it back."""
    open_the_first(page, "erasure")
    click(page, "Erase this person")  # which asks once more
    see(page, "This can’t be undone")
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Erase this person").click()
    see(page, "Erased. The certificate is ready.")
    open_the_first(page, "erasure")
