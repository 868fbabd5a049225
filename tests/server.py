"""The real server in a process of its own, for what only a fresh start or a browser can show."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

ROOT = Path(__file__).parent.parent
PATIENCE = 60  # seconds until something is given up as lost; on a busy machine a first page takes twenty
# Chromium without its window, where Debian has it: the window is drawn for nobody, and takes half the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), "")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    store: Path, environment: Mapping[str, str] | None = None, more: Sequence[str] = ()
) -> Iterator[str]:
    """A server on `store`, ready to answer; gives its address, and ends it afterwards. `more` are its options."""
    with started(store, environment, more=more) as (address, _):
        yield address


@contextmanager
def started(
    store: Path,
    environment: Mapping[str, str] | None = None,
    script: Path | str = "app.py",
    more: Sequence[str] = (),
    log: Path | None = None,
) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The same, with its process; `script` is another app to compare with."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    options = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    variables = {**os.environ, "MENTOR_DESK_STORE": str(store), **(environment or {})}
    # a file and no pipe: a pipe that nobody empties would stop the server when it is full
    with open(log, "w+b") if log else TemporaryFile() as told:  # noqa: PTH123
        process = subprocess.Popen(
            [*command, *options, *more], cwd=ROOT, env=variables, stdout=subprocess.DEVNULL, stderr=told
        )
        try:
            _wait(f"http://127.0.0.1:{port}", process, told)
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wait(address: str, process: "subprocess.Popen[bytes]", told: IO[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            told.seek(0)
            raise RuntimeError(told.read().decode())
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
            return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(f"the server did not start in {PATIENCE} seconds")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **more: object) -> None:
        """Answers are looked at, not followed."""


def get(address: str, headers: Mapping[str, str] | None = None) -> tuple[int, Message]:
    """One answer: its status and headers."""
    request = urllib.request.Request(address, headers=dict(headers or {}))
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=10) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers
