"""A real OpenID provider on this machine, and Mentor Desk set up to sign in with it."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import oidc_provider_mock
from oidc_provider_mock import User
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import KEY
from tests.server import PATIENCE, running
from tests.sheets_standin.server import Server
from tests.spreadsheets import key_file

LONG = 20_000
SECRETS = """
[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
cookie_secret = "an invented secret of more than 32 letters"
client_id = "mentor-desk"
client_secret = "invented"
server_metadata_url = "http://localhost:{port}/.well-known/openid-configuration"

[sign_in]
{more}
"""


@contextmanager
def provider(users: Mapping[str, Mapping[str, object]]) -> Iterator[int]:
    """A provider whose accounts are these, by subject; gives its port. By http, which its library wants said."""
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    accounts = [User(sub=subject, claims=dict(claims)) for subject, claims in users.items()]
    with oidc_provider_mock.run_server_in_thread(user_claims=accounts) as server:
        yield server.server_port


@contextmanager
def desk_with(store: Path, port: int, more: str = "") -> Iterator[str]:
    """Mentor Desk with that provider; gives the address people use. `more` goes into [sign_in]."""
    secrets = secrets_in(store.parent, port, more)
    with running(store, more=[f"--secrets.files={secrets}"]) as address:
        yield address.replace("127.0.0.1", "localhost")


@contextmanager
def desk_on_sheets(google: Server, key: str, folder: Path, port: int) -> Iterator[str]:
    """The same on a spreadsheet of the stand-in, opened with a service account's key file."""
    secrets = secrets_in(folder, port)
    told = {
        "SHEETS_API_BASE": google.base,
        "GOOGLE_APPLICATION_CREDENTIALS": str(key_file(google, folder)),
        "MENTOR_DESK_KEYS": KEY,
    }
    with running(Path(key), told, more=[f"--secrets.files={secrets}"]) as address:
        yield address.replace("127.0.0.1", "localhost")


def secrets_in(folder: Path, port: int, more: str = "") -> Path:
    """A secrets file that names the provider on that port."""
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(port=port, more=more))
    secrets.chmod(0o600)
    return secrets


def new_context(browser: Browser) -> BrowserContext:
    """A browser of its own, which has never been here."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE * 1000)
    return context


def new_page(browser: Browser) -> Page:
    """A page of such a browser."""
    return new_context(browser).new_page()


def sign_in(page: Page, address: str, subject: str) -> None:
    """From an address of ours over the provider's page and back."""
    page.goto(address)
    page.get_by_role("button", name="Sign in").click(timeout=LONG)
    page.get_by_role("button", name=subject).click(timeout=LONG)
    expect(page.get_by_test_id("stApp")).to_be_visible(timeout=LONG)
