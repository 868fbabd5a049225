"""Choosing an engine by address (X1, design 8)."""

import subprocess
import sys
from pathlib import Path

import pytest

from schemas.errors import StoreUnavailable
from services.store import create_store
from services.store.postgresql import PostgresqlStore
from services.store.sheets.store import SheetsStore
from services.store.sqlite import SqliteStore
from tests.databases import Server
from tests.services.store.workbook import TABS, SheetWorkbook, add, rows


@pytest.mark.parametrize("name", ["workbook.sqlite3", "w.sqlite", "w.db"])
def test_a_path_is_a_file(tmp_path: Path, name: str) -> None:
    store = create_store(str(tmp_path / "data" / name), TABS)
    assert isinstance(store, SqliteStore) and store.number() == 0
    assert (tmp_path / "data" / name).exists()


@pytest.mark.parametrize("scheme", ["postgresql+psycopg", "postgresql", "postgres"])
def test_an_address_is_a_server(postgresql_server: Server, scheme: str) -> None:
    address = postgresql_server.new_database().replace("postgresql+psycopg", scheme)
    store = create_store(address, TABS)
    add(store, "op-1", "MEN-1")
    assert isinstance(store, PostgresqlStore) and list(rows(create_store(address, TABS))) == ["MEN-1"]


@pytest.mark.parametrize("written", ["{key}", "https://docs.google.com/spreadsheets/d/{key}/edit#gid=0"])
def test_a_key_or_an_address_from_the_browser_is_a_spreadsheet(
    spreadsheet: SheetWorkbook, written: str
) -> None:
    address = written.format(key=spreadsheet.address.partition("#")[2])
    store = create_store(address, TABS, account={"token": "tester"})
    add(store, "op-1", "MEN-1")
    assert isinstance(store, SheetsStore) and store.number() == 1
    store.close()


@pytest.mark.parametrize("account", [None, {}, {"token": "tester"}, {"client_email": "desk@example.org"}])
def test_no_account_and_a_bare_token_never_reach_google(
    account: dict[str, str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token is for tests: it goes to this very machine or nowhere."""
    monkeypatch.delenv("SHEETS_API_BASE", raising=False)
    with pytest.raises(StoreUnavailable, match="does not accept the service account's key"):
        create_store("x" * 44, TABS, account=account)


@pytest.mark.parametrize("address", ["", "workbook", "mysql://asha:hush@host/db", "https://example.org/x.db"])
def test_anything_else_is_refused_without_repeating_it(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may hold a password."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreUnavailable) as refusal:
        create_store(address, TABS)
    assert "hush" not in str(refusal.value) and list(tmp_path.iterdir()) == []


def test_the_interface_is_cheap_to_import() -> None:
    """It lies on the sign-in page's path."""
    words = "import services.store, services.store.interface, sys; print('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], capture_output=True, text=True).stdout == "False\n"
