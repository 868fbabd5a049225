"""The server around the pages: headers on every answer, the routes of signing in, the warm-up (X5, X6)."""

import asyncio
import contextlib
import gc
import logging
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import quote

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit import config
from streamlit.user_info import generate_login_redirect_url

from pages.ui import house
from pages.ui.answers import A_QUARTER, A_YEAR, NEXT_COOKIE, Answers, local_path
from pages.ui.troubles import on_script_error, without_words
from pages.ui.visitor import PERSON_COOKIE, host_name, is_loopback
from services.settings import Settings, refuse_open_doors

__all__ = ["MIDDLEWARE", "ROUTES", "lifespan", "on_script_error"]

log = logging.getLogger("mentor_desk.server")
logging.getLogger("streamlit.error_util").addFilter(without_words)
INTERNET = (socket.AF_INET, socket.AF_INET6)
# Seconds: a pause for the browser to get its answers in, and until pages are made ready for nobody in particular.
A_BREATH, UNASKED = 0.3, 5
PROXIED = ("forwarded", "x-forwarded-for", "x-real-ip")


async def sign_in(request: Request) -> Response:
    """Off to a provider (`with`), or keep in a cookie which of the people this browser is (`as`).

    With real sign-in that only chooses among one's own programmes and roles; without, it chooses an invented
    person of the example, and only a browser on this very machine may ask (design 8).
    """
    settings = house.house().settings
    if not _from_our_page(request) or not (settings.has_sign_in or _is_local(request)):
        return _refused()
    if "with" in request.query_params:
        return _to_provider(request, settings)
    answer = RedirectResponse(local_path(request.query_params.get("next")), status_code=303)
    _keep(answer, PERSON_COOKIE, request.query_params.get("as", ""), A_YEAR)
    return answer


def _to_provider(request: Request, settings: Settings) -> Response:
    """Streamlit's own way to the provider, and a note of the page to open afterwards, which Streamlit forgets."""
    name = request.query_params["with"]
    if not settings.has_sign_in or name not in settings.sign_in.providers:
        return _refused()
    answer = RedirectResponse(generate_login_redirect_url(name or "default"), status_code=303)
    _keep(answer, NEXT_COOKIE, quote(local_path(request.query_params.get("next")), safe=""), A_QUARTER)
    return answer


def _refused() -> Response:
    return PlainTextResponse("Not here.", status_code=403)


def _keep(answer: Response, name: str, value: str, seconds: int) -> None:
    """A cookie out of reach of scripts and other sites; `OurHeaders` keeps it to https where there is https."""
    answer.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax")


async def sign_out(request: Request) -> Response:
    """Forget the person of this browser."""
    if not _from_our_page(request):
        return _refused()
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
MIDDLEWARE = [Middleware(Answers, settings=house.settings)]
# What Streamlit could be told to do and must not do here.
SET_TO = {
    "global.developmentMode": False,
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.scriptHealthCheckEnabled": False,
    "client.showErrorDetails": "none",
    # a header that anybody can write would decide who is signed in
    "server.trustedUserHeaders": {},
}


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Refuse to start on a weak secret; then warm up while the first visitor reads the sign-in page."""
    refuse_open_doors({name: config.get_option(name) for name in SET_TO}, SET_TO)
    house.settings()
    keep_a_log()
    send_at_once()
    # a browser's request takes its turn from the warm-up after half a millisecond, not after five
    sys.setswitchinterval(0.0005)
    warming = asyncio.create_task(_warm_up())
    yield
    warming.cancel()
    house.FIRST_PAGE.set()
    with suppress(asyncio.CancelledError):
        await warming


class OneLine(logging.Formatter):
    """Each event on one line of its own, by the clock of Greenwich: nothing that is logged can feign another line."""

    converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        """The line, with every control character written out."""
        said = super().format(record)
        return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in said)


def keep_a_log() -> None:
    """Who came in, what they opened, what was refused: one line each, by ids, with the moment, to where errors go."""
    ours = logging.getLogger("mentor_desk")
    if not ours.handlers:
        lines = logging.StreamHandler()
        lines.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%SZ"))
        ours.addHandler(lines)
    ours.setLevel(logging.INFO)
    ours.propagate = False


def send_at_once() -> None:
    """Let no small answer wait for the browser's nod to the one before: 40 ms for each of a page's 60 files.

    Streamlit 1.67 opens its socket without naming TCP, so asyncio does not do this by itself. What is
    accepted on a socket inherits it.
    """
    for each in gc.get_objects():
        if type(each) is socket.socket and each.type == socket.SOCK_STREAM and each.family in INTERNET:
            with contextlib.suppress(OSError):  # one that was closed is no longer anybody's
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
