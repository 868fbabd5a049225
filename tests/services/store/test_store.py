"""Choosing an engine by address (X1, design 8)."""

import subprocess
import sys
from pathlib import Path

import pytest

from schemas.errors import StoreUnavailable
from services.store import create_store
from services.store.postgresql import PostgresqlStore
from services.store.sqlite import SqliteStore
from tests.databases import Server
from tests.services.store.workbook import TABS, add, rows


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
