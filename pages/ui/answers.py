"""What every answer of the server carries and what it never answers: headers, hosts, closed doors (X5).

Streamlit sends no security header of its own, serves figures about itself to anybody, keeps its sign-in cookie for
30 days, and hands a generated file to whoever knows its address.
"""

import asyncio
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import unquote, urlsplit

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.ui import files, scripts
from pages.ui.files import BROWSER_COOKIE
from pages.ui.visitor import host_name, is_loopback
from services.settings import CALLBACK, LONGEST, Settings

A_YEAR, A_QUARTER = 365 * 24 * 3600, 15 * 60
NEXT_COOKIE = "mentor_desk_next"
INNER, MEDIA, STATIC = "/_stcore/", "/media/", "/static/"
# Streamlit's own routes that a page needs. All others (figures, agents, components, health of the script) are shut.
NEEDED = ("/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/_stcore/upload_file/")
SHUT = (INNER, "/component/", "/app/static/")
HEALTH = frozenset({"/_stcore/health", "/readyz"})
_MONTH = re.compile(r"(?i)max-age=\d+")


def _hashed(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def _inline_scripts() -> list[str]:
    """The inline scripts of Streamlit's own page, which change with its version."""
    index = Path(streamlit.__file__).parent / "static" / "index.html"
    return re.findall(r"<script>(.*?)</script>", index.read_text(), re.DOTALL)


def content_policy() -> str:
    """What a page may load: itself, and no stranger's script, frame or address."""
    allowed = " ".join(_hashed(script) for script in (*_inline_scripts(), *scripts.ALL))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {allowed}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


HEADERS = {
    "Content-Security-Policy": content_policy(),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
KEPT, NOT_KEPT = "public, max-age=31536000, immutable", "no-store"
HSTS = f"max-age={A_YEAR}; includeSubDomains"


def local_path(wish: str | None) -> str:
    """Where to go after signing in: a path of this app, or the first page."""
    path = wish or "/"
    parts = urlsplit(path)
    is_ours = path.startswith("/") and not path.startswith("//") and not (parts.scheme or parts.netloc)
    return path if is_ours and path.isprintable() and "\\" not in path else "/"


class Answers:
    """Around the whole app: refuses what is shut, and dresses every answer. `settings` is asked at each request."""

    def __init__(self, app: ASGIApp, settings: Callable[[], Settings]) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or one socket being opened."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        asked = _Asked(scope, self.settings())
        refusal = await asked.refusal()
        app = PlainTextResponse(*refusal) if refusal else self.app
        if scope["type"] == "http":
            await app(scope, receive, asked.dressing(send))
        elif refusal:
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self.app(scope, receive, send)


class _Asked:
    """One request and what is known of it."""

    def __init__(self, scope: Scope, settings: Settings) -> None:
        self.path, self.settings = scope["path"], settings
        self.headers = Headers(scope=scope)
        self.is_secure = scope["scheme"] in {"https", "wss"} or settings.sign_in.is_secure
        self.cookies = _cookies(self.headers.get("cookie", ""))

    async def refusal(self) -> tuple[str, int] | None:
        """What is said instead of an answer."""
        if not self._is_our_host():
            return "Not here.", 400
        if self.path.startswith(SHUT) and not self.path.startswith(NEEDED):
            return "Not here.", 404
        if self.path.startswith(MEDIA):
            name, browser = self.path.removeprefix(MEDIA), self.cookies.get(BROWSER_COOKIE, "")
            if not await asyncio.to_thread(files.is_theirs, name, browser):
                return "Not here.", 404
        return None

    def _is_our_host(self) -> bool:
        """Where people sign in, only the names that the secrets give; a watcher on the machine may ask for health."""
        if not self.settings.has_sign_in:
            return True
        try:
            host = host_name(self.headers.get("host", ""))
        except ValueError:
            return False
        return host in self.settings.sign_in.names or (self.path in HEALTH and is_loopback(host))

    def dressing(self, send: Send) -> Send:
        """The way out, on which the headers are put."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._dress(MutableHeaders(scope=message), message["status"])
            await send(message)

        return dressed

    def _dress(self, headers: MutableHeaders, status: int) -> None:
        for name, value in HEADERS.items():
            headers[name] = value
        is_page = headers.get("content-type", "").startswith("text/html")
        is_kept = self.path.startswith(STATIC) and status == 200 and not is_page
        headers["Cache-Control"] = KEPT if is_kept else NOT_KEPT
        if self.is_secure:
            headers["Strict-Transport-Security"] = HSTS
        if is_page and BROWSER_COOKIE not in self.cookies:
            headers.append(
                "Set-Cookie", f"{BROWSER_COOKIE}={token_urlsafe(32)}; Path=/; HttpOnly; SameSite=lax"
            )
        if self.path == CALLBACK and NEXT_COOKIE in self.cookies:
            headers["Location"] = local_path(unquote(self.cookies[NEXT_COOKIE]))
            headers.append("Set-Cookie", f"{NEXT_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=lax")
        self._close_cookies(headers)

    def _close_cookies(self, headers: MutableHeaders) -> None:
        """Only by https where there is https; an account's cookie for as long as a visit may last, and no longer."""
        cookies = headers.getlist("set-cookie")
        del headers["set-cookie"]
        for cookie in cookies:
            if cookie.startswith("_streamlit_user") and "max-age=0" not in cookie.casefold():
                cookie = _MONTH.sub(f"Max-Age={int(LONGEST.total_seconds())}", cookie)
            is_open = self.is_secure and "secure" not in cookie.casefold().split("; ")
            headers.append("Set-Cookie", f"{cookie}; Secure" if is_open else cookie)


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}
