"""`make move` opens each side as the app would: a spreadsheet with the account of this installation (X1)."""

import sys
from pathlib import Path

import pytest

from services.store import create_store
from services.store.interface import Append, Needs
from services.workbook import tabs
from tests.services.store.workbook import operation
from tests.sheets_standin.server import Server
from tests.spreadsheets import new_address
from tools import installation, move


def test_a_file_moves_into_a_spreadsheet_with_the_account_of_the_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = str(tmp_path / "workbook.sqlite3")
    person = Append("People", {"_id": "PER-1", "programme": "ssw", "name": "Ada Blythe"})
    create_store(source, tabs()).commit(operation("op-1"), Needs(), lambda fresh: [person])
    secrets = tmp_path / "secrets.toml"
    secrets.write_text('[gcp_service_account]\ntoken = "tester"\n')
    secrets.chmod(0o600)
    monkeypatch.setattr(installation, "SECRETS", secrets)
    with Server() as google:
        monkeypatch.setenv("SHEETS_API_BASE", google.base)
        monkeypatch.setattr(sys, "argv", ["move", source, new_address(google)])
        assert move.main() == 0
    assert "1 rows and 1 lines of history moved and compared" in capsys.readouterr().out
