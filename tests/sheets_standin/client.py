"""Real gspread, unchanged, pointed at the stand-in."""

from typing import Any
from urllib.parse import urlsplit

import gspread
from google.oauth2.credentials import Credentials


def client_for(base: str, token: str = "TOKEN", seconds: float = 10.0) -> gspread.Client:
    """A gspread client whose every call goes to `base`. seconds: time limit of one call."""

    class Loopback(gspread.HTTPClient):
        def request(self, method: str, endpoint: str, **given: Any) -> Any:  # type: ignore[override]
            parts = urlsplit(endpoint)
            return super().request(
                method, base + parts.path + (f"?{parts.query}" if parts.query else ""), **given
            )

    client = gspread.authorize(Credentials(token), http_client=Loopback)  # type: ignore[no-untyped-call]
    client.set_timeout(seconds)
    return client
