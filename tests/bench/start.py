"""A server from nothing to the sign-in page and the first data page, and what ten people cost in memory."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from playwright.sync_api import Browser, Page, sync_playwright

from services import example
from services.programmes import all_programmes
from services.seals import Seals, keys_beside
from services.store import create_store
from services.workbook import tabs
from tests.bench.clock import head, say
from tests.server import CHROMIUM, QUIET, started

PEOPLE, STARTS = 10, 3
A_WHILE = 2  # seconds for whatever the server still does after its first visitor


HELLO = """import streamlit as st

st.title("Hello")
if st.button("Go on"):
    st.header("Today")
"""


def run(folder: Path) -> None:
    """Print the figures, the barest Streamlit app beside ours; needs Chromium."""
    head("From process start, with the example")
    if not shutil.which("chromium"):
        say("not measured: Chromium is not on this machine", "")
        return
    store = folder / "start.sqlite3"
    _example(store)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        ours = [_ours(browser, store, people) for people in (*[1] * (STARTS - 1), PEOPLE)]
        bare = [_bare(browser, folder) for _ in range(STARTS)]
        for name, place, aim in (
            ("the server answers", 0, ""),
            ("to the sign-in page, drawn in a fresh Chromium", 1, "1,500 ms"),
            ("to the first data page, signing in at once", 2, "2,500 ms"),
        ):
            say(name, f"{_middle(ours, place):,.0f} ms", aim)
            say("  beside it: Streamlit's title and one button", f"{_middle(bare, place):,.0f} ms")
        say("the sign-in page for the next visitor", f"{_middle(ours, 3):,.0f} ms")
        say("  beside it: Streamlit's title and one button", f"{_middle(bare, 3):,.0f} ms")
        say(f"memory of the server with {PEOPLE} people signed in", f"{ours[-1][4]:,.0f} MB")
        browser.close()


def _example(store: Path) -> None:
    """The example, made beforehand: that is no part of a start."""
    made = create_store(str(store), tabs())
    example.fill(made, Seals(keys_beside(store)), all_programmes(), datetime.now(UTC).date())
    made.close()


def _middle(runs: list[tuple[float, ...]], place: int) -> float:
    return median(run[place] for run in runs)


def _ours(browser: Browser, store: Path, people: int) -> tuple[float, ...]:
    began = perf_counter()
    with started(store) as (address, process):
        health = _since(began)
        page = browser.new_context().new_page()
        _sign_in_page(page, address)
        shown = _since(began)
        _go_in(page)
        today = _since(began)
        again = _second(browser, lambda page: _sign_in_page(page, address))
        for _ in range(people - 1):
            other = browser.new_context().new_page()
            _sign_in_page(other, address)
            _go_in(other)
        memory = _megabytes(process.pid)
        _close(browser)
    return health, shown, today, again, memory


def _bare(browser: Browser, folder: Path) -> tuple[float, ...]:
    script = folder / "hello.py"
    script.write_text(HELLO)

    def asked(page: Page, address: str) -> None:
        page.goto(address, wait_until="commit")
        page.get_by_role("button", name="Go on").wait_for(timeout=60_000)

    began = perf_counter()
    with started(folder / "unused", script=script) as (address, _):
        health = _since(began)
        page = browser.new_context().new_page()
        asked(page, address)
        shown = _since(began)
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("heading", name="Today").wait_for(timeout=60_000)
        today = _since(began)
        again = _second(browser, lambda page: asked(page, address))
        _close(browser)
    return health, shown, today, again


def _second(browser: Browser, ask: Callable[[Page], None]) -> float:
    sleep(A_WHILE)
    began = perf_counter()
    ask(browser.new_context().new_page())
    return _since(began)


def _close(browser: Browser) -> None:
    for context in browser.contexts:
        context.close()


def _sign_in_page(page: Page, address: str) -> None:
    page.goto(address, wait_until="commit")
    page.get_by_role("button", name="Sign in as").nth(4).wait_for(timeout=60_000)


def _go_in(page: Page) -> None:
    page.get_by_role("button", name="Sign in as").nth(4).click()
    page.get_by_role("heading", name="Today").wait_for(timeout=60_000)


def _since(began: float) -> float:
    """Milliseconds."""
    return (perf_counter() - began) * 1000


def _megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024
