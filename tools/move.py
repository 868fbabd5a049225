"""Move a whole workbook, or back it up: `python -m tools.move FROM TO`, `python -m tools.move --backup FROM FOLDER`.

FROM and TO are what `MENTOR_DESK_STORE` takes: a .sqlite3 file, a spreadsheet's address, a database's address.
TO must be empty; FROM stays as it is. Sealed cells open only with the same keys, so take those along.
"""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from schemas.errors import OurError
from services import moving
from services.store import create_store
from services.store.interface import Store
from services.workbook import tabs
from tools import installation


def main() -> int:
    """Move or back up, and say how many rows stand in the new place."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--backup", action="store_true", help="TO is a folder; the file gets today's date")
    parser.add_argument("source", metavar="FROM")
    parser.add_argument("target", metavar="TO")
    given = parser.parse_args()
    try:
        source = _opened(given.source)
        if given.backup:
            folder = Path(given.target)
            folder.mkdir(parents=True, exist_ok=True)
            path = moving.back_up(source, folder, datetime.now().astimezone().date())
            sys.stdout.write(f"Backed up to {path}. Keep the sealing keys apart.\n")
        else:
            moved = moving.move(source, _opened(given.target))
            rows = sum(moved.rows.values())
            sys.stdout.write(f"{rows} rows and {moved.changes} lines of history moved and compared.\n")
    except OurError as error:
        sys.stderr.write(f"{error.reason} {error.remedy}\n")
        return 1
    return 0


def _opened(address: str) -> Store:
    return create_store(address, tabs(), account=installation.account(address))


if __name__ == "__main__":
    sys.exit(main())
