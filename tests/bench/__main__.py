"""`make bench`: all figures, in one run."""

import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from services import example
from services.programmes import all_programmes
from services.seals import Seals
from services.store import create_store
from services.workbook import tabs
from tests.bench import bills, faults, pages, placing, quarter, returns, sheets, start
from tests.cast import KEY, NOW


def main() -> int:
    """Everything; 0 when it ran through."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        start.run(folder)
        store = create_store(str(folder / "example.sqlite3"), tabs())
        example.fill(store, Seals([KEY]), all_programmes(), date.fromisoformat(str(NOW.date())))
        pages.run(store, "the example", "150 ms")
        quarter.run(folder)
        returns.run(folder)
        placing.run(folder)
        bills.run(folder)
        pages.large(folder / "large.sqlite3")
        sheets.run(folder)
        faults.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
