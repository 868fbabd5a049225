"""Signing in with an account, from the first page over a real provider and back, in Chromium (X5, RM01 to RM05)."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from schemas.people import People
from services.access import MAY
from services.context import Actor
from services.store.interface import Needs, Operation, Update
from services.store.sqlite import SqliteStore
from tests.cast import CAST, NOW, cast_in, new_workbook, op
from tests.provider import LONG, desk_on_sheets, desk_with, new_context, new_page, provider, sign_in
from tests.services.staff import put
from tests.sheets_standin.server import Server
from tests.spreadsheets import open_spreadsheet

pytestmark = pytest.mark.browser

USERS = {
    "nia-1": {"email": "Nia.Newydd@example.org", "email_verified": True},
    "sion-2": {"email": "sion.stopped@example.org", "email_verified": True},
    "una-3": {"email": "una.unverified@example.org", "email_verified": False},
    "ivo-4": {"email": "ivo.stranger@example.org", "email_verified": True},
}
# The cast, whose rows carry no account of this provider: see `peopled`.
USERS |= {actor.id: {"email": actor.email, "email_verified": True} for actor in CAST}
HALL = {"role": "Programme Manager", "status": "active", "language": "English"}


def peopled(folder: Path) -> Path:
    """A workbook in which Nia may work, Siôn no longer and Una might."""
    workbook = new_workbook(folder / "workbook.sqlite3")
    put(
        workbook,
        People,
        "PER-NIANEW",
        programme="ssw",
        name="Nia Newydd",
        email="nia.newydd@example.org",
        **HALL,
    )
    put(workbook, People, "PER-UNAUNV", name="Una", email="una.unverified@example.org", **HALL)
    stopped = HALL | {"status": "stopped"}
    put(workbook, People, "PER-SIONST", name="Siôn", email="sion.stopped@example.org", **stopped)
    workbook.store.commit(Operation(op(), "", "test", "start", NOW, "ssw"), *bare())
    with closing(workbook.store):
        return folder / "workbook.sqlite3"


def bare() -> tuple[Needs, Callable[[object], list[Update]]]:
    """What a commit needs and decides to leave the cast without an account."""
    changes = [Update("People", actor.id, {"issuer": "", "subject": ""}, {}) for actor in CAST]
    return Needs(rows=tuple(("People", actor.id) for actor in CAST)), lambda fresh: changes


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return peopled(tmp_path_factory.mktemp("signed"))


@pytest.fixture(scope="module")
def address(store: Path) -> Iterator[str]:
    """Mentor Desk beside a provider that knows four people."""
    with provider(USERS) as port, desk_with(store, port) as served:
        yield served


def cells(store: Path, id_: str) -> dict[str, str]:
    """A row of People as the file holds it."""
    from services.store import create_store
    from services.workbook import tabs

    opened = create_store(str(store), tabs())
    assert isinstance(opened, SqliteStore)
    with closing(opened):
        return next(row for row in opened.read("People").rows["People"] if row["_id"] == id_)


def test_the_page_asked_for_before_sign_in_opens_after_it_and_the_account_is_written_once(
    address: str, store: Path, browser: Browser
) -> None:
    page = new_page(browser)
    sign_in(page, f"{address}/approvals?state=ready", "nia-1")
    expect(page.get_by_role("heading", name="Approvals")).to_be_visible(timeout=LONG)
    assert page.url == f"{address}/approvals?state=ready"
    row = cells(store, "PER-NIANEW")
    assert row["subject"] == "nia-1" and row["issuer"].startswith("http://localhost:")
    kept = {cookie["name"]: cookie for cookie in page.context.cookies()}
    cookie = kept["_streamlit_user"]
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    assert cookie["expires"] - time.time() <= 12 * 3600
    assert "mentor_desk_next" not in kept
    page.context.close()


EACH_ROLE = pytest.mark.parametrize(
    "actor", [each for each in CAST if each.name != "Gethin Llywelyn"], ids=lambda each: each.role.name
)


@pytest.fixture(scope="module")
def on_sheets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same on a Google spreadsheet of the stand-in, whose People carry no account yet."""
    with Server() as google, pytest.MonkeyPatch.context() as settings:
        settings.setenv("SHEETS_API_BASE", google.base)
        opened = open_spreadsheet(google)
        cast_in(opened)
        opened.commit(Operation(op(), "", "test", "start", NOW, "ssw"), *bare())
        key = opened.connection.key
        opened.close()
        folder = tmp_path_factory.mktemp("sheets")
        with provider(USERS) as port, desk_on_sheets(google, key, folder, port) as served:
            yield served


@EACH_ROLE
def test_each_role_comes_in_by_the_provider_and_works_as_itself(
    address: str, browser: Browser, actor: Actor
) -> None:
    works_as_itself(address, browser, actor)


@EACH_ROLE
def test_each_role_comes_in_by_the_provider_on_a_google_spreadsheet_too(
    on_sheets: str, browser: Browser, actor: Actor
) -> None:
    works_as_itself(on_sheets, browser, actor)


def works_as_itself(address: str, browser: Browser, actor: Actor) -> None:
    page = new_page(browser)
    sign_in(page, address, actor.id)
    expect(page.get_by_role("heading", name="Today")).to_be_visible(timeout=LONG)
    expect(page.get_by_text(actor.name)).to_be_visible(timeout=LONG)
    expect(page.get_by_text(actor.role.value, exact=True)).to_be_visible(timeout=LONG)
    page.goto(f"{address}/people")
    may = actor.role in MAY["people.see"]
    shown = page.get_by_role("heading", name="People", exact=True)
    refused = page.get_by_text("not open to you")
    expect(shown if may else refused).to_be_visible(timeout=LONG)
    page.context.close()


def test_unknown_stopped_and_unverified_people_read_the_same_page(address: str, browser: Browser) -> None:
    """RM02: who may not come in is not told why."""
    said = set()
    for subject in ("ivo-4", "sion-2", "una-3"):
        page = new_page(browser)
        sign_in(page, f"{address}/people", subject)
        expect(page.get_by_text("This account opens nothing here.")).to_be_visible(timeout=LONG)
        expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=LONG)
        said.add(page.get_by_test_id("stMain").inner_text())
        expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
        page.context.close()
    assert len(said) == 1


def test_signing_out_ends_the_visit_everywhere_and_a_kept_cookie_opens_nothing(
    address: str, browser: Browser
) -> None:
    """RM05: the provider is asked to end its session, and yesterday's cookie is only a cookie."""
    page = new_page(browser)
    sign_in(page, address, "nia-1")
    expect(page.get_by_role("heading", name="Today")).to_be_visible(timeout=LONG)
    kept = page.context.cookies()
    other = new_context(browser)
    other.add_cookies(kept)
    elsewhere = other.new_page()
    elsewhere.goto(address)
    expect(elsewhere.get_by_role("heading", name="Today")).to_be_visible(timeout=LONG)
    time.sleep(1.1)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click(timeout=LONG)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=LONG)
    assert not [cookie for cookie in page.context.cookies() if cookie["name"] == "_streamlit_user"]
    elsewhere.get_by_text("Cymraeg").first.click()
    expect(elsewhere.get_by_role("heading", name="Today")).to_have_count(0, timeout=LONG)
    replayed = new_context(browser)
    replayed.add_cookies(kept)
    late = replayed.new_page()
    late.goto(address)
    expect(late.get_by_text("Your visit is over.").or_(late.get_by_text("Mae eich ymweliad"))).to_be_visible(
        timeout=LONG
    )
    for each in (page.context, other, replayed):
        each.close()


def test_a_visit_left_alone_warns_then_ends_and_a_click_keeps_it_and_the_draft_is_there_again(
    tmp_path: Path, browser: Browser
) -> None:
    """X5, X13: sixty minutes in real life, twelve seconds here."""
    with provider(USERS) as port, desk_with(peopled(tmp_path), port, "idle_minutes = 0.2") as served:
        page = new_page(browser)
        sign_in(page, served, "nia-1")
        expect(page.get_by_text("Your visit ends at")).to_be_visible(timeout=LONG)
        page.get_by_role("button", name="Stay").click()
        expect(page.get_by_text("Your visit ends at")).to_have_count(0, timeout=LONG)
        expect(page.get_by_role("heading", name="Today")).to_be_visible()
        asker = half_a_request(page, served)
        asker.fill("Pererin Wyn")
        asker.press("Tab")
        expect(page.get_by_text("Draft saved")).to_be_visible(timeout=LONG)
        expect(page.get_by_text("Your visit is over.")).to_be_visible(timeout=2 * LONG)
        expect(page.get_by_role("heading", name="Requests")).to_have_count(0)
        sign_in(page, served, "nia-1")
        expect(half_a_request(page, served)).to_have_value("Pererin Wyn", timeout=LONG)
        page.context.close()


def half_a_request(page: Page, address: str) -> Locator:
    """A form that keeps drafts, open at its field for a name."""
    page.goto(f"{address}/requests")
    page.get_by_role("button", name="Note a request").click(timeout=LONG)
    return page.get_by_role("textbox", name="Person", exact=True)
