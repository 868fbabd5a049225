"""Fixtures that any test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Server, running_server
from tests.desk import Desk, closed, opened


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
