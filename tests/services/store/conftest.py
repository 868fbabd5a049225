"""Every contract test runs on a SQLite file and on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.store.sql import SqlStore
from tests.services.store.workbook import Workbook


@pytest.fixture(params=["sqlite", "postgresql"])
def workbook(request: pytest.FixtureRequest, tmp_path: Path) -> Workbook:
    """An empty workbook."""
    if request.param == "sqlite":
        return Workbook(str(tmp_path / "workbook.sqlite3"))
    return Workbook(request.getfixturevalue("postgresql_server").new_database())


@pytest.fixture
def store(workbook: Workbook) -> Iterator[SqlStore]:
    """The empty workbook, opened."""
    store = workbook.open()
    yield store
    store.close()
