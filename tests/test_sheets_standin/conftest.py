"""A stand-in for the module's tests, and a new spreadsheet for each test."""

from collections.abc import Iterator

import gspread
import pytest

from tests.sheets_standin.client import client_for
from tests.sheets_standin.server import Server
from tests.sheets_standin.workbook import Spreadsheet


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def client(server: Server) -> Iterator[gspread.Client]:
    yield client_for(server.base)
    server.service.plan = None


@pytest.fixture
def workbook(client: gspread.Client) -> gspread.Spreadsheet:
    return client.create("Registers")


@pytest.fixture
def tab(workbook: gspread.Spreadsheet) -> gspread.Worksheet:
    return workbook.sheet1


@pytest.fixture
def book() -> Spreadsheet:
    """A spreadsheet without HTTP."""
    return Spreadsheet("KEY", "Registers")
