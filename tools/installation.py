"""What this installation is told: its environment and its secrets, for commands that run without the app."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from services import settings

SECRETS = Path(".streamlit/secrets.toml")


def secrets() -> dict[str, Any]:
    """The secrets file, where there is one; refused where others on this machine can read it."""
    settings.refuse_open_file(SECRETS)
    return tomllib.loads(SECRETS.read_text(encoding="utf-8")) if SECRETS.exists() else {}


def store() -> str:
    """Where the workbook is."""
    return settings.store_of(os.environ, secrets())


def account(address: str, key_file: str = "") -> Mapping[str, Any]:
    """The service account for a spreadsheet; nothing where the address is none."""
    from services.store.sheets.address import key_of

    if not key_of(address):
        return {}
    return settings.account_in(Path(key_file)) if key_file else settings.account_of(os.environ, secrets())
