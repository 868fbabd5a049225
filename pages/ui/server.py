"""The server around the pages: headers on every answer, the routes of signing in, the warm-up (X5, X6)."""

import asyncio
import gc
import logging
import re
import socket
import sys
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.ui import house, scripts
from pages.ui.troubles import on_script_error, without_words
from pages.ui.visitor import PERSON_COOKIE, host_name, is_loopback

__all__ = ["MIDDLEWARE", "ROUTES", "lifespan", "on_script_error"]

log = logging.getLogger("mentor_desk.server")
logging.getLogger("streamlit.error_util").addFilter(without_words)
A_YEAR = 365 * 24 * 3600
INTERNET = (socket.AF_INET, socket.AF_INET6)
# Seconds: a pause for the browser to get its answers in, and until pages are made ready for nobody in particular.
A_BREATH, UNASKED = 0.3, 5
PROXIED = ("forwarded", "x-forwarded-for", "x-real-ip")


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
            "connect-src 'self' ws: wss:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


HEADERS = {
    "Content-Security-Policy": content_policy(),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class SecurityHeaders:
    """Puts the headers on every answer; Streamlit sends none of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
            await send(message)

        await self.app(scope, receive, with_headers)


def local_path(wish: str | None) -> str:
    """Where to go after signing in: a path of this app, or the first page."""
    path = wish or "/"
    parts = urlsplit(path)
    is_ours = path.startswith("/") and not path.startswith("//") and not (parts.scheme or parts.netloc)
    return path if is_ours and path.isprintable() and "\\" not in path else "/"


async def sign_in(request: Request) -> Response:
    """Keep in a cookie which of the people this browser is.

    With real sign-in it only chooses among one's own programmes and roles; without, it chooses an invented
    person of the example, and only a browser on this very machine may ask (design 8).
    """
    settings = house.house().settings
    if not _from_our_page(request) or not (settings.has_sign_in or _is_local(request)):
        return PlainTextResponse("Not here.", status_code=403)
    answer = RedirectResponse(local_path(request.query_params.get("next")), status_code=303)
    answer.set_cookie(
        PERSON_COOKIE,
        request.query_params.get("as", ""),
        max_age=A_YEAR,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


async def sign_out(request: Request) -> Response:
    """Forget the person of this browser."""
    if not _from_our_page(request):
        return PlainTextResponse("Not here.", status_code=403)
    answer = RedirectResponse("/", status_code=303)
    answer.delete_cookie(PERSON_COOKIE, httponly=True, samesite="lax")
    return answer


def _from_our_page(request: Request) -> bool:
    """Not sent here by another site's link or picture."""
    return request.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}


def _is_local(request: Request) -> bool:
    peer = request.client.host if request.client else ""
    proxied = any(name in request.headers for name in PROXIED)
    return not proxied and is_loopback(peer) and is_loopback(host_name(request.headers.get("host", "")))


async def ready(request: Request) -> Response:
    """Whether the workbook can be reached, for who watches the server."""
    from schemas.errors import OurError

    try:
        await asyncio.to_thread(lambda: house.house().store.number())
    except OurError:
        return PlainTextResponse("workbook not reached", status_code=503)
    return PlainTextResponse("ready")


ROUTES = [Route("/sign-in", sign_in), Route("/sign-out", sign_out), Route("/readyz", ready)]
MIDDLEWARE = [Middleware(SecurityHeaders)]


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Refuse to start on a weak secret; then warm up while the first visitor reads the sign-in page."""
    house.read_settings()
    send_at_once()
    # a browser's request takes its turn from the warm-up after half a millisecond, not after five
    sys.setswitchinterval(0.0005)
    warming = asyncio.create_task(_warm_up())
    yield
    warming.cancel()
    house.FIRST_PAGE.set()
    with suppress(asyncio.CancelledError):
        await warming


def send_at_once() -> None:
    """Let no small answer wait for the browser's nod to the one before: 40 ms for each of a page's 60 files.

    Streamlit 1.67 opens its socket without naming TCP, so asyncio does not do this by itself. What is
    accepted on a socket inherits it.
    """
    for each in gc.get_objects():
        if type(each) is socket.socket and each.type == socket.SOCK_STREAM and each.family in INTERNET:
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


async def _warm_up() -> None:
    """What the sign-in page needs while the browser reads Streamlit's scripts; the rest while a person reads it.

    Both at once made the sign-in page wait: Python runs one thread at a time.
    """
    from schemas.errors import OurError

    try:
        await asyncio.sleep(A_BREATH)
        await asyncio.to_thread(house.open_door)
        await asyncio.to_thread(house.FIRST_PAGE.wait, UNASKED)
        await asyncio.sleep(A_BREATH)
        await asyncio.to_thread(house.warm_up)
    except OurError as error:
        log.warning("not warmed up: %s", error)
