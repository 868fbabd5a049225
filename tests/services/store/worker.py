"""What another process does to a workbook: `python -m tests.services.store.worker ADDRESS DEED ...`."""

import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from services.store.interface import Append, Change, Fresh, Needs, Store
from tests.services.store.workbook import add, operation, workbook_at

if TYPE_CHECKING:
    from services.store.sql import SqlStore

CAP = 60


def take_up_to_the_cap(store: Store, name: str, times: int = 50) -> int:
    """Try `times` to add a line while there are fewer than CAP; how many it got."""

    def decide(fresh: Fresh) -> list[Change]:
        return [Append("Mentors", {"_id": f"{name}-{n}"})] if len(fresh.rows("Mentors")) < CAP else []

    taken = 0
    for n in range(times):
        taken += len(store.commit(operation(f"{name}-{n}"), Needs(whole=("Mentors",)), decide).saved)
    return taken


def die_at(store: "SqlStore", statement: int) -> None:
    """Be killed just before the numbered statement of a commit of 200 rows, changed and new."""
    from sqlalchemy import event

    left = iter(range(statement))

    @event.listens_for(store.writer, "before_cursor_execute")
    def count(*_: object) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    save_200(store, "doomed")
    os.kill(os.getpid(), signal.SIGKILL)


def save_200(store: Store, op_id: str) -> None:
    add(store, op_id, *(f"{op_id}-{n}" for n in range(200)), Notes="x" * 200)


def save_for_ever(store: Store, name: str) -> None:
    """Commit 200 rows at a time until killed; say each that was acknowledged."""
    print("ready", flush=True)
    n = 0
    while True:
        save_200(store, f"{name}-{n}")
        print(n, flush=True)
        n += 1


DEEDS: dict[str, Callable[..., object]] = {
    "open": lambda store, _: print(store.number()),
    "take": lambda store, name: print(take_up_to_the_cap(store, name)),
    "die": lambda store, statement: die_at(store, int(statement)),
    "save": save_for_ever,
}

if __name__ == "__main__":
    address, deed, argument = sys.argv[1:]
    DEEDS[deed](workbook_at(address).open(), argument)
