"""A real PostgreSQL for tests: Debian's own programs, a cluster in a temporary folder, a unix socket, no network."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

SETTINGS = "-c listen_addresses='' -c fsync=off -c max_connections=100"
OWNER = "postgres"


@dataclass(frozen=True)
class Server:
    """A running cluster; `folder` holds its data and its socket."""

    programs: Path
    folder: Path

    def new_database(self) -> str:
        """The address of an empty database of its own."""
        name = f"t{uuid4().hex[:12]}"
        self._run("createdb", "-h", str(self.folder), "-T", "template0", name)
        return f"postgresql+psycopg://{OWNER}@/{name}?host={self.folder}"

    def start(self) -> None:
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self._run("pg_ctl", "-w", "-D", data, "-l", log, "-o", f"-k {self.folder} {SETTINGS}", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-w", "-D", str(self.folder / "data"), "-m", "immediate", "stop")

    def make(self) -> None:
        self._run("initdb", "-A", "trust", "-N", "-U", OWNER, "-E", "UTF8", "-D", str(self.folder / "data"))

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if os.geteuid() == 0:  # PostgreSQL refuses to be root
            command = ["runuser", "-u", OWNER, "--", *command]
        elif program == "createdb":
            command[1:1] = ["-U", OWNER]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


def programs() -> Path | None:
    """Where initdb and pg_ctl are, Debian's folder first."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    found = versions[0] if versions else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a cluster, and remove it afterwards. In CI a missing PostgreSQL is a failure, not a skip."""
    if (where := programs()) is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL is not installed, so half of the contract would go untested")
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = Server(where, folder)
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam(OWNER).pw_uid, -1)
    try:
        server.make()
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
