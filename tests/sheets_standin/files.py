"""The files of the stand-in's Drive: spreadsheets, who may use them, and when they changed."""

import random
import string
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.sheets_standin.errors import forbidden, not_found
from tests.sheets_standin.workbook import Spreadsheet

Json = dict[str, Any]
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
EVERYONE = {"kind": "drive#permission", "id": "anyoneWithLink", "type": "anyone", "role": "writer"}
ALPHABET = string.ascii_letters + string.digits + "-_"
RANKS = {"reader": 0, "commenter": 1, "writer": 2, "fileOrganizer": 2, "organizer": 2, "owner": 3}


def stamp(seconds: float) -> str:
    """A time as Drive prints it: `2023-07-25T15:40:49.067Z`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


class File:
    """One spreadsheet in Drive. Whoever reads or changes it holds its lock."""

    def __init__(self, book: Spreadsheet, owner: str, now: float):
        self.book, self.created, self.modified = book, now, now
        self.version = 1
        self.before = book.clone()
        """As it stood before the last change, for reads that come back stale."""
        self.lock = threading.RLock()
        self.parents: list[str] = ["root"]
        self.trashed = False
        self.unshared: set[str] = set()
        """Users shut out whatever the permissions say."""
        self.permissions: dict[str, Json] = {}
        self.permit({"type": "user", "role": "owner", "emailAddress": owner})

    @property
    def name(self) -> str:
        return str(self.book.properties["title"])

    def permit(self, given: Json) -> Json:
        """Add or raise a permission; as kept."""
        if given["type"] == "anyone":
            made = EVERYONE | {"role": given["role"], "allowFileDiscovery": False}
        else:
            who = given.get("emailAddress") or given.get("domain") or ""
            key = str(random.Random(who).randrange(10**19, 10**20))
            field = "domain" if given["type"] == "domain" else "emailAddress"
            made = {
                "kind": "drive#permission",
                "id": key,
                "type": given["type"],
                field: who,
                "role": given["role"],
            }
            made |= {"displayName": who.partition("@")[0], "deleted": False, "pendingOwner": False}
        self.permissions[made["id"]] = made
        return made

    def role(self, user: str) -> str | None:
        """The highest role a user has; None for none."""
        if user in self.unshared or "*" in self.unshared:
            return None
        roles = [one["role"] for one in self.permissions.values() if _covers(one, user)]
        return max(roles, key=lambda role: RANKS.get(role, 0), default=None)

    def touch(self, now: float, before: Spreadsheet | None = None) -> None:
        """Note a change; `before` is how the spreadsheet stood."""
        self.before = before or self.before
        self.modified, self.version = max(now, self.modified), self.version + 1


def _covers(permission: Json, user: str) -> bool:
    if permission["type"] == "domain":
        return user.endswith("@" + permission["domain"])
    return permission["type"] == "anyone" or permission.get("emailAddress") == user


class Drive:
    """All files by key."""

    def __init__(self, clock: Callable[[], float], seed: str = "stand-in"):
        self.clock = clock
        self.files: dict[str, File] = {}
        self.lock = threading.Lock()
        self._chance = random.Random(seed)

    def new_key(self) -> str:
        """A key of 44 characters, as Google's."""
        return "1" + "".join(self._chance.choice(ALPHABET) for _ in range(43))

    def add(self, book: Spreadsheet, owner: str) -> File:
        """Keep a new spreadsheet."""
        file = File(book, owner, self.clock())
        with self.lock:
            self.files[book.key] = file
        return file

    def create(self, title: str, owner: str, locale: str = "en_US", zone: str = "Etc/GMT") -> File:
        """A new empty spreadsheet."""
        return self.add(Spreadsheet(self.new_key(), title, locale, zone), owner)

    def for_sheets(self, key: str, user: str, write: bool) -> File:
        """The file for a Sheets call, or Google's 404 or 403."""
        file = self.files.get(key)
        if file is None:
            raise not_found()
        role = file.role(user)
        if role is None or (write and RANKS.get(role, 0) < RANKS["writer"]):
            raise forbidden()
        return file
