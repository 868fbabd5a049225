"""An empty spreadsheet of the charity's at the stand-in, and service accounts to open it with."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from services.store.sheets.store import FRESH_SECONDS, SheetsStore
from services.store.sheets.wire import connect
from services.workbook import tabs
from tests.sheets_standin.server import Server
from tests.sheets_standin.workbook import Spreadsheet

DESK = "mentor-desk@charity-registers.iam.gserviceaccount.com"


@cache
def private_key() -> str:
    """A key made for the tests; it opens nothing."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key.private_bytes(*form).decode()


def account_at(google: Server) -> dict[str, str]:
    """A service account as Google's key file has it, whose tokens come from the stand-in."""
    return {
        "type": "service_account",
        "project_id": "charity-registers",
        "private_key_id": "0123",
        "private_key": private_key(),
        "client_email": DESK,
        "client_id": "1",
        "token_uri": f"{google.base}/token",
    }


def key_file(google: Server, folder: Path) -> Path:
    """The same, as the file that Google lets one download."""
    file = folder / "charity-registers-0123.json"
    file.write_text(json.dumps(account_at(google)))
    return file


def new_address(google: Server, title: str = "Registers") -> str:
    """The address of a new, empty spreadsheet, as the browser shows it."""
    return (
        f"https://docs.google.com/spreadsheets/d/{google.service.new_spreadsheet(title).key}/edit?gid=0#gid=0"
    )


Scene = Callable[[SheetsStore], object]
"""Writes what a spreadsheet holds at the beginning of a test: a function without arguments of its own."""

_MASTERS: dict[Scene | None, Spreadsheet] = {}


def open_spreadsheet(
    google: Server, fresh_seconds: float = FRESH_SECONDS, scene: Scene | None = None
) -> SheetsStore:
    """The registers in a new spreadsheet with that scene in it, opened; the calls of a minute are not counted.

    The first of a scene is set up by the store itself, the others begin as copies of it: a hundred calls fewer.
    The test sets `SHEETS_API_BASE` to the stand-in's address.
    """
    if scene not in _MASTERS:
        _MASTERS[scene] = _made(google, scene)
    key = google.service.new_spreadsheet("Registers").key
    _become(google, key, _MASTERS[scene])
    return _opened(key, fresh_seconds)


def _made(google: Server, scene: Scene | None) -> Spreadsheet:
    if scene is None:
        store = _opened(google.service.new_spreadsheet("Registers").key, 0)
    else:
        store = open_spreadsheet(google, 0)
        scene(store)
    store.close()
    return google.service.file(store.connection.key).book.clone()


def _become(google: Server, key: str, master: Spreadsheet) -> None:
    file = google.service.file(key)
    file.book.take(master.clone())
    file.before = master.clone()


def _opened(key: str, fresh_seconds: float) -> SheetsStore:
    store = SheetsStore(connect(key, {"token": "tester"}), lambda: datetime.now(UTC), fresh_seconds)
    store.connection.wire.reads.most = store.connection.wire.writes.most = 100_000
    store.open(tabs())
    return store
