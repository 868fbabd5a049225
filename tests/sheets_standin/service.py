"""The stand-in without sockets: a call in, an answer out, with quota, troubles, people and a log."""

import base64
import json
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import parse_qs

from tests.sheets_standin.calls import Answer, Call, Logged
from tests.sheets_standin.description import find_method
from tests.sheets_standin.drive import drive_answer, import_csv, no_storage
from tests.sheets_standin.errors import GoogleError
from tests.sheets_standin.files import Drive, File
from tests.sheets_standin.people import Person
from tests.sheets_standin.quota import Quota
from tests.sheets_standin.routes import sheets_answer
from tests.sheets_standin.trouble import Plan, Trouble, unauthenticated
from tests.sheets_standin.workbook import Spreadsheet

OWNER = "charity@example.org"
ANYONE = "tester@example.org"
JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
NO_PAGE = Answer(
    404, raw=b"<!DOCTYPE html><title>Error 404 (Not Found)!!1</title>", type="text/html; charset=UTF-8"
)


class Service:
    """A Google of one's own. Any bearer token is `tester@example.org` unless `/token` gave it to someone.

    clock: seconds, for quota, log and Drive's times. quota: None counts nothing.
    """

    def __init__(self, clock: Callable[[], float] = time.time, quota: Quota | None = None):
        self.clock, self.quota = clock, quota
        self.drive = Drive(clock)
        self.log: list[Logged] = []
        self.plan: Plan | None = None
        """What goes wrong with each call to Sheets or Drive; None for nothing."""
        self.tokens: dict[str, str] = {}
        self.expired: set[str] = set()
        self.refused_accounts: set[str] = set()
        """Service accounts whose key `/token` no longer takes."""
        self.service_accounts_own_files = True
        """False for Google's rule of today: a service account has no storage."""
        self._lock = threading.Lock()
        self.shared = self.new_spreadsheet("Registers")

    def new_spreadsheet(self, title: str, locale: str = "en_US", zone: str = "Etc/GMT") -> Spreadsheet:
        """An empty spreadsheet of the charity's, which everyone may edit until it is unshared."""
        file = self.drive.create(title, OWNER, locale, zone)
        file.permit({"type": "anyone", "role": "writer"})
        return file.book

    def file(self, key: str | None = None) -> File:
        """A file, the shared one if no key is given."""
        return self.drive.files[key or self.shared.key]

    @contextmanager
    def person(self, key: str | None = None) -> Iterator[Person]:
        """Someone at the sheet; what they do in the block happens at one moment."""
        file = self.file(key)
        with file.lock:
            before = file.book.clone()
            yield Person(file.book)
            if file.book.version != before.version:
                file.touch(self.clock(), before)

    def unshare(self, key: str | None = None, user: str = "*") -> None:
        """Stop sharing: Sheets answers 403, Drive 404."""
        self.file(key).unshared.add(user)

    def share(self, key: str | None = None, user: str = "*") -> None:
        """Take `unshare` back."""
        self.file(key).unshared.discard(user)

    def forget(self, key: str | None = None) -> None:
        """Delete a file for good: 404 from now on."""
        self.drive.files.pop(key or self.shared.key)

    def expire_tokens(self) -> None:
        """Every token given so far is refused with 401 from now on."""
        self.expired.update(self.tokens)

    def plan_troubles(self, troubles: Sequence[str | Trouble | None]) -> None:
        """Let the next calls to Sheets or Drive go wrong one by one, None being a good one."""
        left = [Trouble.of(one) for one in troubles]
        lock = threading.Lock()

        def next_one(call: Call) -> Trouble | None:
            with lock:
                return left.pop(0) if left else None

        self.plan = next_one

    def trouble_for(self, call: Call) -> Trouble | None:
        """What is to go wrong with this call."""
        if self.plan is None or call.api not in ("sheets", "drive"):
            return None
        return Trouble.of(self.plan(call))

    def user_of(self, call: Call) -> str:
        """Whose call it is."""
        return self.tokens.get(call.token, ANYONE)

    def answer(self, call: Call, trouble: str = "") -> Answer:
        """Carry a call out and log it. A mistake of the stand-in's own is printed and answered as such."""
        try:
            made = self._answer(call, trouble == "stale")
        except GoogleError as error:
            made = Answer(error.code, error.body())
        except Exception:
            traceback.print_exc()
            made = Answer(
                500, {"error": {"code": 500, "message": "The stand-in is broken here.", "status": "INTERNAL"}}
            )
        self.note(call, made.code, trouble)
        return made

    def note(self, call: Call, code: int, trouble: str = "") -> None:
        """Write a call into the log."""
        line = Logged(
            call.verb,
            call.path,
            call.query,
            call.api,
            call.kind,
            call.body,
            self.clock(),
            self.user_of(call),
            code,
            trouble,
        )
        with self._lock:
            self.log.append(line)

    def counts(self) -> Counter[str]:
        """How many calls there were: by `sheets read`, `sheets write`, `drive read`, ..."""
        with self._lock:
            return Counter(f"{one.api} {one.kind}" for one in self.log)

    def _answer(self, call: Call, stale: bool) -> Answer:
        if call.api == "token":
            return self._token(call)
        if call.token in self.expired:
            raise unauthenticated()
        user = self.user_of(call)
        if call.api == "sheets" and self.quota and (spent := self.quota.spend(user, call.kind)):
            raise spent
        if call.path.startswith("/upload/drive/v2/files/") and call.verb == "PUT":
            return import_csv(self.drive, call.path.rpartition("/")[2], call, user)
        found = find_method(call.verb, call.path)
        if found is None:
            return NO_PAGE
        method, places = found
        if call.api == "sheets":
            self._check_storage(method.name == "spreadsheets.create", user)
            return sheets_answer(self.drive, method, places, call, user, stale)
        self._check_storage(method.name in ("files.create", "files.copy"), user)
        return drive_answer(self.drive, method, places, call, user)

    def _check_storage(self, makes_file: bool, user: str) -> None:
        if makes_file and not self.service_accounts_own_files and user.endswith(".gserviceaccount.com"):
            raise no_storage()

    def _token(self, call: Call) -> Answer:
        """A token for whoever signed the JWT; the signature is not checked, nobody's key being known here."""
        form = {name: values[0] for name, values in parse_qs(call.body.decode()).items()}
        if form.get("grant_type") != JWT_GRANT:
            return Answer(400, {"error": "unsupported_grant_type", "error_description": "Invalid grant_type"})
        try:
            payload = form["assertion"].split(".")[1]
            account = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["iss"]
        except (KeyError, IndexError, ValueError):
            return Answer(400, {"error": "invalid_grant", "error_description": "Invalid JWT"})
        if account in self.refused_accounts:
            return Answer(400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."})
        with self._lock:
            token = f"ya29.stand-in-{len(self.tokens) + 1}"
            self.tokens[token] = account
        return Answer(data={"access_token": token, "expires_in": 3599, "token_type": "Bearer"})
