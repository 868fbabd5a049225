"""A server from nothing to the sign-in page and the first data page, and what ten people cost in memory."""

import shutil
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Page, sync_playwright

from tests.bench.clock import head, say
from tests.server import CHROMIUM, QUIET, running, started

PEOPLE = 10


def run(folder: Path) -> None:
    """Print the figures; needs Chromium."""
    head("From process start, with the example")
    if not shutil.which("chromium"):
        say("not measured: Chromium is not on this machine", "")
        return
    store = folder / "start.sqlite3"
    with running(store):
        pass  # makes the example once: that is no part of a start
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        began = perf_counter()
        with started(store) as (address, process):
            page = browser.new_page()
            _sign_in(page, address, lambda: say("to the sign-in page", _since(began), "aim 1,500"))
            say("to the first data page, signing in at once", _since(began), "aim 2,500")
            for _ in range(PEOPLE - 1):
                _sign_in(browser.new_context().new_page(), address)
            say(f"memory of the server with {PEOPLE} people signed in", f"{_megabytes(process.pid):,.0f} MB")
        browser.close()


def _sign_in(page: Page, address: str, shown: Callable[[], None] = lambda: None) -> None:
    page.goto(address, wait_until="commit")
    button = page.get_by_role("button", name="Sign in as").nth(4)
    button.wait_for(timeout=60_000)
    shown()
    button.click()
    page.get_by_role("heading", name="Today").wait_for(timeout=60_000)


def _since(began: float) -> str:
    return f"{(perf_counter() - began) * 1000:,.0f} ms"


def _megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024
