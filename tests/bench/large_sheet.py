"""The stand-in with the large workbook in its spreadsheet: `python -m tests.bench.large_sheet FILE`.

In a process of its own, as Google is; put in without HTTP and without checking each request, which tests do.
"""

import gc
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from services.store.sheets import filling
from services.store.sheets.store import SheetsStore
from services.workbook import tabs
from tests.bench import large
from tests.services.store.workbook import now
from tests.sheets_standin.server import Server
from tests.sheets_standin.workbook import Spreadsheet


@dataclass(frozen=True)
class Straight:
    """A connection to a spreadsheet in this process."""

    book: Spreadsheet
    wire: Any = field(default_factory=lambda: SimpleNamespace(slowest_read=0.0))

    def describe(self) -> dict[str, Any]:
        """Everything that `spreadsheets.get` says."""
        found: dict[str, Any] = self.book.get()
        return found

    def values(self, ranges: Sequence[str], *, formulas: bool = False) -> list[list[list[Any]]]:
        """The cells of several ranges."""
        answer = self.book.values_batch_get(
            list(ranges), valueRenderOption="UNFORMATTED_VALUE", dateTimeRenderOption="SERIAL_NUMBER"
        )
        return [found.get("values", []) for found in answer["valueRanges"]]

    def batch(self, requests: Sequence[Mapping[str, Any]], ranges: Sequence[str] = ()) -> dict[str, Any]:
        """Carry out requests."""
        return self.book.batch_update({"requests": list(requests)})


def main() -> None:
    """Fill, then serve until ended."""
    source = large.make(Path(sys.argv[1]))
    rows = source.read(*(tab.name for tab in tabs())).rows
    with Server() as google:
        filling.LETTERS_AT_ONCE = 10**9
        store = SheetsStore(Straight(google.service.shared), now)  # type: ignore[arg-type]
        store.open(tabs())
        store.fill(rows, source.audit(1)[-1_000:])
        del store, rows
        gc.freeze()
        sys.stdout.write(f"{google.base} {google.key}\n")
        sys.stdout.flush()
        google.wait()


if __name__ == "__main__":
    main()
