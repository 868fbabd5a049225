"""What the one who installs Mentor Desk decides: read once, from the environment and the secrets (design 8)."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from schemas.errors import ASK_ADMINISTRATOR, OurError
from schemas.words import N_, Message, message
from services.store.sheets.address import key_of

DEFAULT_STORE = "data/workbook.sqlite3"
LEAST_SECRET = 32
LONGEST, IDLE = timedelta(hours=12), timedelta(minutes=60)
CALLBACK = "/oauth2callback"
AT_HOME = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class SignIn:
    """How people sign in with an account: which providers, at which address, for how long.

    `providers` are the names of the secrets' `[auth.<name>]` sections; a lone blank one is `[auth]` itself. `issuers`
    are those whose every address counts as verified. `hosts` are the names that this app answers to.
    """

    address: str
    providers: tuple[str, ...] = ("",)
    issuers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    break_glass: str = ""
    longest: timedelta = LONGEST
    idle: timedelta = IDLE

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach this app by https."""
        return self.address.startswith("https://")

    @property
    def names(self) -> frozenset[str]:
        """Every host name that a request may ask for."""
        return frozenset({urlsplit(self.address).hostname or "", *self.hosts} - {""})


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
    sign_in: SignIn = SignIn("")

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
    today = environment.get("MENTOR_DESK_TODAY", "")
    store = store_of(environment, secrets)
    settings = Settings(
        store=store,
        keys=_keys(environment, secrets),
        has_sign_in=bool(auth),
        empty=environment.get("EMPTY", "") not in {"", "0"},
        today=date.fromisoformat(today) if today else None,
        account=account_of(environment, secrets) if key_of(store) else {},
        sign_in=sign_in_of(auth, secrets.get("sign_in") or {}) if auth else SignIn(""),
    )
    if not settings.keys and not settings.is_local:
        raise WeakSecret(Message(N_("The secrets hold no sealing key for this workbook.")))
    return settings


def sign_in_of(auth: Mapping[str, Any], more: Mapping[str, Any]) -> SignIn:
    """The `[auth]` that Streamlit reads, held to what keeps it safe, and our own `[sign_in]` beside it."""
    if len(str(auth.get("cookie_secret", ""))) < LEAST_SECRET:
        raise WeakSecret(Message(N_("The cookie secret for sign-in is shorter than 32 letters.")))
    address = str(auth.get("redirect_uri", ""))
    if not _is_safe(address) or not address.endswith(CALLBACK):
        raise WeakSecret(
            message(N_("redirect_uri must be an https address that ends in {end}."), end=CALLBACK)
        )
    named = {name: each for name, each in auth.items() if isinstance(each, Mapping) and "client_id" in each}
    for provider in named.values() or [auth]:
        _refuse_half_a_provider(provider)
    return SignIn(
        address,
        tuple(named) or ("",),
        _texts(more.get("trusted_issuers")),
        _texts(more.get("hosts")),
        str(more.get("break_glass") or ""),
        _at_most(more.get("hours"), timedelta(hours=1), LONGEST),
        _at_most(more.get("idle_minutes"), timedelta(minutes=1), IDLE),
    )


def _refuse_half_a_provider(provider: Mapping[str, Any]) -> None:
    if not _is_safe(str(provider.get("server_metadata_url", ""))):
        raise WeakSecret(Message(N_("server_metadata_url must be an https address.")))
    if not provider.get("client_id") or not provider.get("client_secret"):
        raise WeakSecret(Message(N_("Sign-in needs a client_id and a client_secret.")))


def _is_safe(address: str) -> bool:
    """By https, or on this very machine, where nobody listens in."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in AT_HOME)


def _texts(given: object) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(str(each) for each in given or ())  # type: ignore[attr-defined]


def _at_most(given: object, unit: timedelta, most: timedelta) -> timedelta:
    """Shorter than the rule where somebody wants it shorter, never longer."""
    is_number = isinstance(given, int | float) and not isinstance(given, bool)
    return min(most, unit * float(str(given))) if is_number else most


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


def refuse_open_doors(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    """Stop where the server is set to show more of itself than a charity's records allow."""
    wrong = [name for name, value in wanted.items() if found.get(name) not in (value, value or None)]
    if wrong:
        raise WeakSecret(
            message(
                N_("Streamlit's setting {name} must be {value}."), name=wrong[0], value=str(wanted[wrong[0]])
            )
        )


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
