"""The app as it is served: a cold start, a deep link, signing in, headers (X5, X6)."""

import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from pages.ui import server
from pages.ui.navigation import PLACES
from pages.ui.troubles import log_bug
from tests.cast import ANGHARAD, MAIR, new_workbook
from tests.provider import new_page
from tests.server import PATIENCE, get, running

DEEP = PLACES[-1]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on the cast's workbook."""
    path = tmp_path_factory.mktemp("served") / "workbook.sqlite3"
    new_workbook(path)
    with running(path) as served:
        yield served


@pytest.mark.browser
def test_the_first_deep_link_after_a_start_meets_the_sign_in_page(tmp_path: Path, browser: Browser) -> None:
    """A folder named pages/ must not let Streamlit run a page past the gate, nor say "Page not found" (X5)."""
    path = tmp_path / "workbook.sqlite3"
    new_workbook(path)
    with running(path) as served:
        page = new_page(browser)
        page.goto(f"{served}/{DEEP.url if DEEP is not PLACES[0] else ''}")
        expect(page.get_by_role("heading", name="Mentor Desk")).to_be_visible(timeout=PATIENCE * 1000)
        expect(page.get_by_role("button", name="Sign in as Angharad")).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
        page.close()


@pytest.mark.browser
def test_signing_in_opens_what_was_asked_for_and_a_refresh_keeps_the_person(
    address: str, browser: Browser
) -> None:
    page = new_page(browser)
    page.goto(f"{address}/?state=ready")
    page.get_by_role("button", name="Sign in as Mair").click(timeout=PATIENCE * 1000)
    expect(page.get_by_role("heading", name="Today")).to_be_visible(timeout=PATIENCE * 1000)
    assert page.url == f"{address}/?state=ready"
    page.reload()
    expect(page.get_by_role("heading", name="Today")).to_be_visible(timeout=PATIENCE * 1000)
    expect(page.get_by_text(MAIR.name)).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in as Mair")).to_be_visible(timeout=PATIENCE * 1000)
    page.context.close()


@pytest.mark.browser
def test_the_language_switch_tells_the_browser_and_outlives_a_refresh(address: str, browser: Browser) -> None:
    """A screen reader speaks the page's language only when the page says which it is (X7, X12)."""
    page = new_page(browser)
    page.goto(f"{address}/sign-in?as={ANGHARAD.id}")
    page.get_by_role("radio", name="Cymraeg").or_(page.get_by_text("Cymraeg")).first.click(
        timeout=PATIENCE * 1000
    )
    expect(page.locator("html")).to_have_attribute("lang", "cy", timeout=PATIENCE * 1000)
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "cy", timeout=PATIENCE * 1000)
    page.context.close()


def test_a_socket_opened_as_streamlit_opens_it_sends_small_answers_at_once() -> None:
    """Without it each of the 60 small files of a page waits 40 ms for the browser's receipt of the one before."""
    closed = socket.socket(socket.AF_INET)
    closed.close()  # still in memory somewhere, and no reason not to start
    with socket.socket(socket.AF_INET) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server.send_at_once()
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(address: str) -> None:
    status, headers = get(f"{address}/sign-in?as={MAIR.id}&next=/")
    assert status == 303
    assert "HttpOnly" in headers["Set-Cookie"]
    assert "SameSite=lax" in headers["Set-Cookie"]


@pytest.mark.parametrize(
    "wish", ["//evil.example", "https://evil.example", "/\\evil.example", "/%0d%0aX:1", ""]
)
def test_after_signing_in_only_a_path_of_ours_is_opened(address: str, wish: str) -> None:
    _, headers = get(f"{address}/sign-in?as={MAIR.id}&next={wish}")
    assert headers["Location"] == "/"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "desk.example.org"},
        {"X-Forwarded-For": "203.0.113.7"},
        {"Forwarded": "for=203.0.113.7"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_nobody_but_a_browser_on_this_machine_may_choose_a_person(
    address: str, headers: dict[str, str]
) -> None:
    status, answered = get(f"{address}/sign-in?as={MAIR.id}", headers)
    assert status == 403
    assert "Set-Cookie" not in answered


def test_the_log_of_a_bug_says_where_and_never_what_was_typed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """X6: Streamlit logs each uncaught error with its message; ours logs places under a reference."""
    logger = logging.getLogger("streamlit.error_util")
    assert server.without_words in logger.filters
    logger.addHandler(caplog.handler)
    try:
        raise KeyError("Mair Pritchard")
    except KeyError as error:
        logger.error("Uncaught app execution", exc_info=error)
        logger.error("Another", exc_info=error)
        bug = log_bug(error)
    logger.removeHandler(caplog.handler)
    assert "Mair" not in caplog.text
    assert bug.reference in caplog.text
    assert "test_app.py" in caplog.text
