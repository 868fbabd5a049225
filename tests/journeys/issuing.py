"""Issues the summer quarter of a workbook, in a process of its own that dies on the way, as in a power cut.

`python -m tests.journeys.issuing FILE TOTAL WHERE`: WHERE is the number of the writing statement it does not
live to run, `commit` to die before the commit, or `never`: then it says when it begins, for somebody to kill it.
"""

import os
import signal
import sys
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from services import invoices
from services.rules import periods
from services.seals import Seals
from services.store import create_store
from services.workbook import Workbook, tabs
from tests.cast import FINN, KEY, as_, op


def main(path: Path, total: Decimal, where: str) -> None:
    """Issue, or die on the way."""
    workbook = Workbook(create_store(str(path), tabs()), Seals([KEY]))
    workbook.refresh()
    if where == "commit":
        event.listen(Engine, "commit", _die)
    elif where != "never":
        die_at(int(where))
    print("issuing", flush=True)
    receipt = invoices.issue(as_(FINN, workbook), op(), periods.quarter(2026, 3), total)
    print("issued", len(receipt.saved), flush=True)


def die_at(number: int) -> None:
    """Die before this writing statement, counted from 1: what was written before it is not yet for good."""
    numbers = count(1)

    def counted(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        if not statement.startswith("SELECT") and next(numbers) == number:
            _die()

    event.listen(Engine, "before_cursor_execute", counted)


def _die(*about: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Decimal(sys.argv[2]), sys.argv[3])
