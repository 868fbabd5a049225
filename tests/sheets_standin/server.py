"""The stand-in over HTTP on loopback, with the troubles only a connection can have."""

import socket
import struct
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.sheets_standin.calls import Answer, Call
from tests.sheets_standin.controls import control
from tests.sheets_standin.quota import Quota
from tests.sheets_standin.service import Service
from tests.sheets_standin.trouble import LATE, Trouble, refused


class Handler(BaseHTTPRequestHandler):
    """One connection. Headers and body leave in one packet."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    server_version, sys_version = "ESF", ""
    server: "Sockets"

    def handle_any(self) -> None:
        """Read the call, carry it out, answer."""
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else b""
        headers = {name.lower(): value for name, value in self.headers.items()}
        call = Call.of(self.command, self.path, headers, body)
        self.server.busy(call, self)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any  # noqa: N815

    def send(self, answer: Answer, cut: bool = False) -> None:
        """Write an answer; a cut one stops halfway and closes."""
        content = answer.content()
        self.send_response_only(answer.code)
        headers = {
            "Content-Type": answer.type,
            "Date": self.date_time_string(),
            "Server": "ESF",
            "Cache-Control": "private",
            "Content-Length": str(len(content)),
        }
        for name, value in {**headers, **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if cut else content)
        self.wfile.flush()
        if cut:
            self.close_connection = True

    def reset(self) -> None:
        """Drop the connection as a network does: the client sees it reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Sockets(ThreadingHTTPServer):
    """Listens, and plays the troubles."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, service: Service, latency: float):
        super().__init__(("127.0.0.1", port), Handler)
        self.service, self.latency = service, latency

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no news."""

    def busy(self, call: Call, handler: Handler) -> None:
        """Carry out one call with what goes wrong with it."""
        if call.api == "control":
            handler.send(control(self.service, call))
            return
        if self.latency:
            time.sleep(self.latency)
        trouble = self.service.trouble_for(call)
        if trouble is None:
            handler.send(self.service.answer(call))
        else:
            self._troubled(call, handler, trouble)

    def _troubled(self, call: Call, handler: Handler, trouble: Trouble) -> None:
        instead = refused(trouble, call)
        if instead is not None:
            if trouble.kind in LATE:
                self.service.answer(call, trouble.kind)
            else:
                self.service.note(call, instead.code, trouble.kind)
            handler.send(instead)
        elif trouble.kind == "reset_before":
            self.service.note(call, 0, trouble.kind)
            handler.reset()
        else:
            self._disturbed(call, handler, trouble)

    def _disturbed(self, call: Call, handler: Handler, trouble: Trouble) -> None:
        """Troubles in which the call is carried out all the same."""
        if trouble.kind == "stall":
            time.sleep(trouble.seconds)
        answer = self.service.answer(call, trouble.kind)
        if trouble.kind == "stall_after":
            time.sleep(trouble.seconds)
        if trouble.kind == "reset_after":
            handler.reset()
        else:
            handler.send(answer, cut=trouble.kind == "cut")


class Server:
    """The stand-in, listening on loopback; a context manager. `service` holds the controls."""

    def __init__(
        self,
        port: int = 0,
        latency: float = 0.0,
        clock: Callable[[], float] = time.time,
        quota: Quota | None = None,
    ):
        self.service = Service(clock, quota)
        self._sockets = Sockets(port, self.service, latency)
        self._thread = threading.Thread(target=self._sockets.serve_forever, args=(0.05,), daemon=True)

    @property
    def base(self) -> str:
        """Its address: `http://127.0.0.1:PORT`."""
        return f"http://127.0.0.1:{self._sockets.server_address[1]}"

    @property
    def key(self) -> str:
        """The shared spreadsheet's key."""
        return self.service.shared.key

    @property
    def latency(self) -> float:
        """Seconds added to each call."""
        return self._sockets.latency

    @latency.setter
    def latency(self, seconds: float) -> None:
        self._sockets.latency = seconds

    def start(self) -> "Server":
        """Begin to answer."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Answer no more."""
        self._sockets.shutdown()
        self._sockets.server_close()
        self.service.log.clear()  # with every body ever sent: too much to keep for whoever still knows the server

    def wait(self) -> None:
        """Answer until the programme is stopped."""
        self._thread.join()

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()
