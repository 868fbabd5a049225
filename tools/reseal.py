"""Close every sealed value anew with the newest key: `python -m tools.reseal`, with Mentor Desk stopped.

A local workbook gets a new key here; its old ones go to a file beside it, for the backups that still need them.
Any other workbook takes its keys from the secrets: put the new one first, run this, then take the old ones out.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from cryptography.fernet import Fernet

from schemas.errors import OurError
from services import sealing, settings
from services.seals import Seals, keys_beside
from services.store import create_store
from services.workbook import Workbook, tabs
from tools import installation

ONLY_OWNER = 0o600


def main() -> int:
    """Reseal, and say what is left to do; 1 where it can't be done."""
    try:
        given = settings.read(os.environ, installation.secrets())
    except OurError as error:
        return _failed(f"{error.reason} {error.remedy}")
    if given.keys:
        return _reseal(given.store, given.keys, given, None)
    path = Path(given.store)
    if not path.exists():
        return _failed(f"There is no workbook at {path}.")
    beside = path.with_suffix(".key")
    old = keys_beside(path)
    keys = (Fernet.generate_key().decode(), *old)
    _write(beside, keys)
    return _reseal(given.store, keys, given, beside)


def _reseal(store_at: str, keys: tuple[str, ...], given: settings.Settings, beside: Path | None) -> int:
    try:
        store, seals = create_store(store_at, tabs(), account=given.account), Seals(keys)
        rows = sealing.reseal(store, seals, datetime.now(UTC))
        left = sealing.standing(Workbook(store, seals))
    except OurError as error:
        return _failed(f"{error.reason} {error.remedy}")
    sys.stdout.write(
        f"{rows} rows sealed anew; {left.sealed} sealed values, {left.lost} that no key opens.\n"
    )
    if left.lost:
        return _failed("Keep every key: a missing one is still needed. Put it back and run this again.")
    if beside is None:
        sys.stdout.write(
            "You may take the older keys out of the secrets. Backups made until now still need them.\n"
        )
    else:
        kept = beside.with_name(f"{beside.stem}.key-before-{datetime.now(UTC):%Y-%m-%d-%H%M%S}")
        _write(kept, keys[1:])
        _write(beside, keys[:1])
        sys.stdout.write(
            f"{kept.name} opens the backups made until now: keep it apart, destroy it with them.\n"
        )
    return 0


def _write(path: Path, keys: tuple[str, ...]) -> None:
    """Whole or not at all, and readable by its owner only."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, ONLY_OWNER)
    with os.fdopen(handle, "w") as file:
        file.write("\n".join(keys))
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def _failed(words: str) -> int:
    sys.stderr.write(f"{words}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
