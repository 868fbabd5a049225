"""Real gspread on the stand-in without sockets, at the speed of a function call and on any clock.

Troubles become what `requests` makes of them, and waiting is left to the `sleep` that is given, so that a
thousand faulted saves of ten simulated minutes take seconds.
"""

import io
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import gspread
import requests
from google.oauth2.credentials import Credentials
from requests.adapters import BaseAdapter
from urllib3.response import HTTPResponse

from tests.sheets_standin.calls import Answer, Call
from tests.sheets_standin.service import Service
from tests.sheets_standin.trouble import LATE, Trouble, refused

Timeout = float | tuple[float | None, float | None] | None


class Direct(BaseAdapter):
    """A transport of `requests` that asks a Service. latency: seconds of each call."""

    def __init__(self, service: Service, sleep: Callable[[float], None] = time.sleep, latency: float = 0.0):
        super().__init__()
        self.service, self.sleep, self.latency = service, sleep, latency
        self.late: list[tuple[float, Call]] = []
        """Calls nobody waits for any more, and when they land."""

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Timeout = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Carry out one call with what goes wrong with it."""
        call = _call_of(request)
        self.land()
        self.sleep(self.latency)
        trouble = self.service.trouble_for(call)
        answer = self._troubled(call, trouble, _read_limit(timeout)) if trouble else self.service.answer(call)
        return _response(request, answer)

    def land(self, everything: bool = False) -> None:
        """Carry out the late calls whose time has come, or all of them."""
        due = [one for one in self.late if everything or one[0] <= self.service.clock()]
        self.late = [one for one in self.late if one not in due]
        for _, call in due:
            self.service.answer(call, "late")

    def _troubled(self, call: Call, trouble: Trouble, limit: float) -> Answer:
        instead = refused(trouble, call)
        if instead is not None:
            if trouble.kind in LATE:
                self.service.answer(call, trouble.kind)
            else:
                self.service.note(call, instead.code, trouble.kind)
            return instead
        if trouble.kind == "reset_before":
            self.service.note(call, 0, trouble.kind)
            raise requests.ConnectionError(
                "Connection aborted.", ConnectionResetError(104, "Connection reset by peer")
            )
        return self._disturbed(call, trouble, limit)

    def _disturbed(self, call: Call, trouble: Trouble, limit: float) -> Answer:
        if trouble.kind == "stall" and trouble.seconds > limit:
            self.late.append((self.service.clock() + trouble.seconds, call))
            self.sleep(limit)
            raise requests.ReadTimeout(f"Read timed out. (read timeout={limit})")
        answer = self.service.answer(call, trouble.kind)
        if trouble.kind in ("stall", "stall_after"):
            self.sleep(min(trouble.seconds, limit))
            if trouble.seconds > limit:
                raise requests.ReadTimeout(f"Read timed out. (read timeout={limit})")
        if trouble.kind == "reset_after":
            raise requests.ConnectionError(
                "Connection aborted.", ConnectionResetError(104, "Connection reset by peer")
            )
        if trouble.kind == "cut":
            raise requests.exceptions.ChunkedEncodingError("Connection broken: IncompleteRead")
        return answer

    def close(self) -> None:
        """Nothing to close."""


def _read_limit(timeout: Timeout) -> float:
    read = timeout[1] if isinstance(timeout, tuple) else timeout
    return float("inf") if read is None else float(read)


def _call_of(request: requests.PreparedRequest) -> Call:
    parts = urlsplit(request.url or "")
    body = request.body or b""
    headers = {name.lower(): str(value) for name, value in request.headers.items()}
    raw = body.encode() if isinstance(body, str) else bytes(body)  # type: ignore[arg-type]
    return Call.of(request.method or "GET", f"{parts.path}?{parts.query}", headers, raw)


def _response(request: requests.PreparedRequest, answer: Answer) -> requests.Response:
    made = requests.Response()
    made.status_code, made.request, made.url = answer.code, request, request.url or ""
    made.headers["Content-Type"] = answer.type
    made.headers.update(answer.headers)
    made.raw = HTTPResponse(io.BytesIO(answer.content()), status=answer.code, preload_content=False)
    made.encoding = "utf-8"
    return made


def direct_client(transport: Direct, token: str = "TOKEN", seconds: float = 10.0) -> gspread.Client:
    """A gspread client on a transport; Google's own addresses are used and never reached."""
    client = gspread.authorize(Credentials(token))  # type: ignore[no-untyped-call]
    client.http_client.session.mount("https://", transport)
    client.http_client.session.mount("http://", transport)
    client.set_timeout(seconds)
    return client
