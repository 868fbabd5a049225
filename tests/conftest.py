"""Fixtures that any test may ask for."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests import dwp
from tests.databases import Server, running_server
from tests.desk import Desk, closed, opened, settled
from tests.server import CHROMIUM, PATIENCE, QUIET

expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """A real PostgreSQL, started once; `new_database()` gives the address of an empty database."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser; without one a journey proves nothing, and says so."""
    if not CHROMIUM:
        pytest.skip("Chromium is missing")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The app on a new workbook with the cast as its people; `desk.page(file, MAIR)` runs a page."""
    yield opened(tmp_path)
    closed()


@pytest.fixture
def dwp_desk(tmp_path: Path) -> Iterator[Desk]:
    """The app on a new workbook with the people, contract and cases of `tests/dwp.py`, on their day."""
    path = tmp_path / "workbook.sqlite3"
    yield settled(dwp.new_workbook(path), path, dwp.TODAY)
    closed()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files that drive a browser come first, shared out among all workers but one.

    At the end one core would wait for the other's long test; one after the other they would take longer than
    everything else. xdist gives each worker a run of the list, of the same length as the others'.
    """
    workers = int(getattr(config, "workerinput", {}).get("workercount", 1))
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    long = {path: found for path, found in files.items() if _seconds(found) >= BROWSER_SECONDS}
    lanes: list[list[pytest.Item]] = [[] for _ in range(max(workers - 1, 1))]
    for found in sorted(long.values(), key=_seconds, reverse=True):
        min(lanes, key=_seconds).extend(found)
    others = [item for item in items if item.path not in long]
    count = len(items)
    ordered: list[pytest.Item] = []
    for worker in range(workers):
        lane = lanes[worker] if worker < len(lanes) else []
        room = (count - len(ordered)) // (workers - worker) - len(lane)
        ordered += [*lane, *others[: max(room, 0)]]
        others = others[max(room, 0) :]
    items[:] = [*ordered, *others]


BROWSER_SECONDS, JOURNEY_SECONDS, SECONDS = 20.0, 90.0, 0.2


def _seconds(items: list[pytest.Item]) -> float:
    """About how long tests take together, from what kind each is."""
    return sum(
        (JOURNEY_SECONDS if item.get_closest_marker("slow") else BROWSER_SECONDS)
        if item.get_closest_marker("browser")
        else SECONDS
        for item in items
    )


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are cores: much of a browser's test is waiting."""
    return (os.cpu_count() or 1) + 1


TESTS_BETWEEN = 50
_run = 0


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays: looking through it for garbage again and again takes a seventh of the run."""
    gc.set_threshold(20_000, 50, 100)
    _keep_what_is_here()


def pytest_runtest_logfinish(nodeid: str) -> None:
    """So does what the tests load as they go."""
    global _run
    _run += 1
    if _run % TESTS_BETWEEN == 0:
        _keep_what_is_here()


def _keep_what_is_here() -> None:
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was skipped for lack of a system program; where CI runs, nothing may be."""
    skipped = terminalreporter.stats.get("skipped", [])
    for report in skipped:
        terminalreporter.write_line(f"skipped: {report.nodeid}: {report.longrepr[2]}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skipped test proves nothing: CI installs what the tests need and takes no excuse."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
