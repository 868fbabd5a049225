"""`python -m tests.sheets_standin --port 8700`: the stand-in until Ctrl-C."""

import argparse
import contextlib

from tests.sheets_standin.quota import Quota
from tests.sheets_standin.server import Server


def main() -> None:
    """Start it and say where it is."""
    parser = argparse.ArgumentParser(prog="python -m tests.sheets_standin", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds added to each call")
    parser.add_argument(
        "--quota", action="store_true", help="refuse more than 60 reads and 60 writes a minute"
    )
    parser.add_argument("--locale", default="en_US", help="of the shared spreadsheet")
    given = parser.parse_args()
    server = Server(given.port, given.latency)
    server.service.quota = Quota(server.service.clock) if given.quota else None
    server.service.shared.properties["locale"] = given.locale
    with server:
        print(f"Google Sheets stand-in: {server.base}", flush=True)
        print(f"Shared spreadsheet: {server.key}", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            server.wait()


if __name__ == "__main__":
    main()
