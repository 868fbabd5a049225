"""What the one who installs Mentor Desk decides: read once, from the environment and the secrets (design 8)."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from schemas.errors import ASK_ADMINISTRATOR, OurError
from schemas.words import N_, Message, message
from services.store.sheets.address import key_of

DEFAULT_STORE = "data/workbook.sqlite3"
LEAST_SECRET = 32


@dataclass(frozen=True)
class Settings:
    """Where the workbook is, with which keys it is sealed, and how people sign in.

    `account` is the service account that a spreadsheet is shared with, as in its key file.
    """

    store: str
    keys: tuple[str, ...] = field(repr=False)
    has_sign_in: bool
    empty: bool = False
    today: date | None = None
    account: Mapping[str, Any] = field(default_factory=dict, repr=False, hash=False)

    @property
    def is_local(self) -> bool:
        """A file on this machine, which may be the example workbook."""
        return "://" not in self.store and self.store.endswith((".sqlite3", ".sqlite", ".db"))

    @property
    def is_spreadsheet(self) -> bool:
        """A Google spreadsheet."""
        return not self.is_local and bool(key_of(self.store))

    @property
    def may_choose_person(self) -> bool:
        """Whether a visitor on this very machine may pick one of the invented people."""
        return self.is_local and not self.has_sign_in


class WeakSecret(OurError):
    """A secret that would not keep one: the app does not start on it."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason, ASK_ADMINISTRATOR)


class NoAccount(OurError):
    """A spreadsheet, and nobody to open it as."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason, ASK_ADMINISTRATOR)


def read(environment: Mapping[str, str], secrets: Mapping[str, Any]) -> Settings:
    """The settings; raises `WeakSecret` for a cookie secret that can be guessed or a missing sealing key.

    `NoAccount` where the workbook is a spreadsheet and no service account was given.
    """
    auth = secrets.get("auth") or {}
    if auth and len(str(auth.get("cookie_secret", ""))) < LEAST_SECRET:
        raise WeakSecret(Message(N_("The cookie secret for sign-in is shorter than 32 letters.")))
    today = environment.get("MENTOR_DESK_TODAY", "")
    store = store_of(environment, secrets)
    settings = Settings(
        store=store,
        keys=_keys(environment, secrets),
        has_sign_in=bool(auth),
        empty=environment.get("EMPTY", "") not in {"", "0"},
        today=date.fromisoformat(today) if today else None,
        account=account_of(environment, secrets) if key_of(store) else {},
    )
    if not settings.keys and not settings.is_local:
        raise WeakSecret(Message(N_("The secrets hold no sealing key for this workbook.")))
    return settings


def store_of(environment: Mapping[str, str], secrets: Mapping[str, Any]) -> str:
    """Where the workbook is: the environment's word goes first."""
    return environment.get("MENTOR_DESK_STORE") or str(secrets.get("store") or DEFAULT_STORE)


def account_of(environment: Mapping[str, str], secrets: Mapping[str, Any]) -> Mapping[str, Any]:
    """The service account for a spreadsheet: from the secrets, or from Google's usual key file."""
    if given := secrets.get("gcp_service_account"):
        return dict(given)
    path = environment.get("GOOGLE_APPLICATION_CREDENTIALS", "")
    if not path:
        raise NoAccount(Message(N_("The secrets hold no service account to open the spreadsheet with.")))
    return account_in(Path(path))


def account_in(file: Path) -> Mapping[str, Any]:
    """The service account in a key file as Google gives it out."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError:
        raise NoAccount(message(N_("The key file {file} can't be read."), file=file.name)) from None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NoAccount(message(N_("{file} is not a service account's key file."), file=file.name))
    return found


def _keys(environment: Mapping[str, str], secrets: Mapping[str, Any]) -> tuple[str, ...]:
    given = environment.get("MENTOR_DESK_KEYS", "").split() or secrets.get("sealing_keys") or ()
    return (given,) if isinstance(given, str) else tuple(str(key) for key in given)


def refuse_open_file(secrets_file: Path) -> None:
    """Stop where other people on the machine can read the secrets.

    Windows keeps other rights than these; a file that a hosting service puts there is not ours to close.
    """
    if os.name != "posix" or not secrets_file.exists():
        return
    found = secrets_file.stat()
    if found.st_uid == os.getuid() and found.st_mode & 0o077:
        raise WeakSecret(
            Message(N_("Others on this machine can read the secrets file. Run: chmod 600 on it."))
        )
