"""What the one who installs Mentor Desk decides: read once, from the environment and the secrets (design 8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from schemas.errors import ASK_ADMINISTRATOR, OurError
from schemas.words import N_, Message

DEFAULT_STORE = "data/workbook.sqlite3"
LEAST_SECRET = 32


@dataclass(frozen=True)
class Settings:
    """Where the workbook is, with which keys it is sealed, and how people sign in."""

    store: str
    keys: tuple[str, ...]
    has_sign_in: bool
    empty: bool = False
    today: date | None = None

    @property
    def is_local(self) -> bool:
        """A file on this machine, which may be the example workbook."""
        return "://" not in self.store and self.store.endswith((".sqlite3", ".sqlite", ".db"))

    @property
    def may_choose_person(self) -> bool:
        """Whether a visitor on this very machine may pick one of the invented people."""
        return self.is_local and not self.has_sign_in


class WeakSecret(OurError):
    """A secret that would not keep one: the app does not start on it."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason, ASK_ADMINISTRATOR)


def read(environment: Mapping[str, str], secrets: Mapping[str, Any]) -> Settings:
    """The settings; raises `WeakSecret` for a cookie secret that can be guessed or a missing sealing key."""
    auth = secrets.get("auth") or {}
    if auth and len(str(auth.get("cookie_secret", ""))) < LEAST_SECRET:
        raise WeakSecret(Message(N_("The cookie secret for sign-in is shorter than 32 letters.")))
    today = environment.get("MENTOR_DESK_TODAY", "")
    settings = Settings(
        store=environment.get("MENTOR_DESK_STORE") or str(secrets.get("store") or DEFAULT_STORE),
        keys=_keys(environment, secrets),
        has_sign_in=bool(auth),
        empty=environment.get("EMPTY", "") not in {"", "0"},
        today=date.fromisoformat(today) if today else None,
    )
    if not settings.keys and not settings.is_local:
        raise WeakSecret(Message(N_("The secrets hold no sealing key for this workbook.")))
    return settings


def _keys(environment: Mapping[str, str], secrets: Mapping[str, Any]) -> tuple[str, ...]:
    given = environment.get("MENTOR_DESK_KEYS", "").split() or secrets.get("sealing_keys") or ()
    return (given,) if isinstance(given, str) else tuple(str(key) for key in given)


def refuse_open_file(secrets_file: Path) -> None:
    """Stop where other people on the machine can read the secrets."""
    if secrets_file.exists() and secrets_file.stat().st_mode & 0o077:
        raise WeakSecret(
            Message(N_("Others on this machine can read the secrets file. Run: chmod 600 on it."))
        )
