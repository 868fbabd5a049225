"""Fixtures that any test may ask for."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import dwp
from tests.databases import Server, running_server
from tests.desk import Desk, closed, opened, settled


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """A real PostgreSQL, started once; `new_database()` gives the address of an empty database."""
    with running_server() as server:
        yield server


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
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that drive a browser come first: at the end one core would wait for the other's long test."""
    long = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path not in long)


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
