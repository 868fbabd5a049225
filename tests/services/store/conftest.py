"""Every contract test runs on a SQLite file, a real PostgreSQL and a spreadsheet of the stand-in's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.store.interface import Store
from services.store.sql import SqlStore
from tests.services.store.workbook import SheetWorkbook, SqlWorkbook, Workbook
from tests.sheets_standin.server import Server as Sheets

ENGINES = ("sqlite", "postgresql", "sheets")


@pytest.fixture(params=ENGINES)
def workbook(request: pytest.FixtureRequest) -> Workbook:
    """An empty workbook."""
    if request.param == "sheets":
        made: Workbook = request.getfixturevalue("spreadsheet")
        return made
    return _sql(request)


@pytest.fixture(params=ENGINES[:2])
def sql_workbook(request: pytest.FixtureRequest) -> SqlWorkbook:
    """An empty workbook on either SQL engine."""
    return _sql(request)


def _sql(request: pytest.FixtureRequest) -> SqlWorkbook:
    if request.param == "sqlite":
        folder: Path = request.getfixturevalue("tmp_path")
        return SqlWorkbook(str(folder / "workbook.sqlite3"))
    return SqlWorkbook(request.getfixturevalue("postgresql_server").new_database())


@pytest.fixture(scope="session")
def sheets() -> Iterator[Sheets]:
    """The stand-in for Google, started once."""
    with Sheets() as server:
        yield server


@pytest.fixture
def spreadsheet(sheets: Sheets, monkeypatch: pytest.MonkeyPatch) -> Iterator[SheetWorkbook]:
    """An empty spreadsheet, shared with the app; gone after the test, for they are large."""
    monkeypatch.setenv("SHEETS_API_BASE", sheets.base)
    key = sheets.service.new_spreadsheet("Registers").key
    yield SheetWorkbook(f"{sheets.base}#{key}")
    sheets.service.drive.files.pop(key, None)
    sheets.service.log.clear()


@pytest.fixture
def store(workbook: Workbook) -> Iterator[Store]:
    """The empty workbook, opened."""
    store = workbook.open()
    yield store
    store.close()


@pytest.fixture
def sql_store(sql_workbook: SqlWorkbook) -> Iterator[SqlStore]:
    """The empty workbook on either SQL engine, opened."""
    store = sql_workbook.open()
    yield store
    store.close()
