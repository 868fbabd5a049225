"""The calls to Google themselves: gspread's client with time limits, careful tries, quota and plain failures (X1).

gspread 6.2.1 has no time limit of its own and its back-off never ends; both are mended here, and nowhere else.
"""

import os
import random
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import gspread
import requests
from google.auth.exceptions import GoogleAuthError, RefreshError
from gspread.exceptions import APIError
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL, SPREADSHEET_VALUES_BATCH_URL

from schemas.errors import StoreUnavailable
from services.store.sheets import troubles
from services.store.sheets.asks import Lost, Refused, Unreachable
from services.store.sheets.cells import Raw

CONNECT_SECONDS = 3.05
CALL_SECONDS = 4.0
SAVE_SECONDS = 9.0
OPEN_SECONDS = 60.0
OPEN_CALL_SECONDS = 30.0
TRIES = 5
PER_MINUTE = 50  # Google allows 60: the rest is for people's own scripts and a second process
PASSING = frozenset({408, 429, 500, 502, 503, 504})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

SHEET_FIELDS = ("basicFilter", "protectedRanges", "developerMetadata")

ROW_SECONDS = 0.02  # for each row of a batch, over and above: a run of 2,000 lines takes its time
LONGEST_SECONDS = 170.0  # Google itself gives up after 180

_until: ContextVar[float] = ContextVar("until", default=float("inf"))
_call_seconds: ContextVar[float] = ContextVar("call_seconds", default=CALL_SECONDS)


@contextmanager
def within(seconds: float, each: float = CALL_SECONDS) -> Iterator[None]:
    """All calls in this block together end within so many seconds, and `each` of them within its own."""
    until = _until.set(min(_until.get(), time.monotonic() + seconds))
    call = _call_seconds.set(each)
    try:
        yield
    finally:
        _until.reset(until)
        _call_seconds.reset(call)


@contextmanager
def patient_with(count: int) -> Iterator[None]:
    """A call with many requests in it may take longer, and the save that makes it too."""
    more = min(ROW_SECONDS * count, LONGEST_SECONDS - CALL_SECONDS)
    until = _until.set(_until.get() + (more if more > 1 else 0))
    call = _call_seconds.set(_call_seconds.get() + more)
    try:
        yield
    finally:
        _until.reset(until)
        _call_seconds.reset(call)


def time_left() -> float:
    """Seconds until the calls of this block must have ended."""
    return _until.get() - time.monotonic()


def rest(seconds: float) -> None:
    """Wait about so long, but not beyond the time that is left."""
    wait = seconds * random.uniform(0.5, 1.5)  # noqa: S311 - not for secrets: two who met shall not meet again
    if wait >= time_left():
        raise Unreachable(troubles.slow())
    time.sleep(wait)


class Minute:
    """At most so many calls in any minute; waits for room, within the time that is left."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.calls: deque[float] = deque()

    def take(self) -> None:
        """Room for one call."""
        now = time.monotonic()
        while self.calls and self.calls[0] <= now - 60:
            self.calls.popleft()
        if len(self.calls) >= self.most:
            wait = self.calls[0] + 60 - now
            if wait >= time_left():
                raise Unreachable(troubles.too_many_calls())
            time.sleep(wait)
        self.calls.append(time.monotonic())


class Wire(gspread.HTTPClient):
    """gspread's one door to Google, with everything that every call needs."""

    def __init__(self, auth: Any, session: Any = None) -> None:
        super().__init__(auth, session)
        self.base = base_address()
        self.made: Counter[str] = Counter()
        self.reads, self.writes = Minute(PER_MINUTE), Minute(PER_MINUTE)
        self.slowest_read = self.waited = 0.0

    def request(self, method: str, endpoint: str, *args: Any, **named: Any) -> requests.Response:
        """One call, tried again where it surely was not carried out; else `APIError` or an error of the network."""
        if self.base:
            parts = urlsplit(endpoint)
            endpoint = self.base + parts.path + (f"?{parts.query}" if parts.query else "")
        is_read = method.lower() == "get"
        for attempt in range(1, TRIES + 1):
            (self.reads if is_read else self.writes).take()
            self._limits()  # a call for which no time is left is not made
            self.made["read" if is_read else "write"] += 1
            try:
                return self._once(method, endpoint, is_read, *args, **named)
            except (APIError, requests.RequestException, GoogleAuthError) as error:
                if attempt == TRIES or not _may_try_again(error, is_read):
                    raise
                self.made["again"] += 1
                self._back_off(error, attempt)
        raise AssertionError("unreachable")

    def _once(self, method: str, endpoint: str, is_read: bool, *args: Any, **named: Any) -> requests.Response:
        started = time.monotonic()
        response = super().request(method, endpoint, *args, **named)
        self.waited += time.monotonic() - started
        if is_read:
            response.json()  # an answer cut off in the middle is tried again
            self.slowest_read = max(0.9 * self.slowest_read, time.monotonic() - started)
        return response

    @property
    def timeout(self) -> tuple[float, float]:
        """To connect and to answer: those of whoever makes the call, for a reader and a saver may call at once."""
        return self._limits()

    @timeout.setter
    def timeout(self, given: object) -> None:
        """gspread's own is one for everybody, and at first none."""

    def _limits(self) -> tuple[float, float]:
        left = time_left()
        if left <= 0.05:
            raise Unreachable(troubles.slow())
        longest = max(_call_seconds.get(), 4 * self.slowest_read)
        return min(CONNECT_SECONDS, left), min(longest, left)

    def _back_off(self, error: Exception, attempt: int) -> None:
        wait = random.uniform(0, min(32, 0.5 * 2**attempt))  # noqa: S311 - not for secrets
        if isinstance(error, APIError):
            asked = error.response.headers.get("Retry-After", "")
            wait = float(asked) if asked.isdecimal() else wait
        if wait >= time_left():
            raise Unreachable(_as_trouble(error)) from error
        time.sleep(wait)


def base_address() -> str:
    """Where the calls go instead of Google: only ever this machine, for they carry the token."""
    base = os.environ.get("SHEETS_API_BASE", "").rstrip("/")
    if base and urlsplit(base).hostname not in LOOPBACK:
        raise ValueError("SHEETS_API_BASE must be an address of this machine")
    return base


def _may_try_again(error: Exception, is_read: bool) -> bool:
    """A read always may; a write only where it was refused before it was carried out, or never arrived."""
    if isinstance(error, APIError):
        status = error.response.status_code
        return status == 429 or (is_read and status in PASSING)
    if isinstance(error, GoogleAuthError):
        return bool(getattr(error, "retryable", False))
    return is_read or _never_arrived(error)


def _never_arrived(error: Exception) -> bool:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectTimeout) or type(reason).__name__ == "NewConnectionError"


def _as_trouble(error: Exception, account: str = "") -> StoreUnavailable:
    """What a failure means to a person."""
    if isinstance(error, RefreshError):
        return troubles.wrong_key()
    if not isinstance(error, APIError):
        return troubles.slow()
    status, text = error.response.status_code, error.response.text
    if status == 403:
        return (
            troubles.api_off()
            if "SERVICE_DISABLED" in text or "has not been used" in text
            else (troubles.not_shared(account))
        )
    meanings: dict[int, Callable[[], StoreUnavailable]] = {
        401: troubles.wrong_key,
        404: troubles.not_found,
        429: troubles.too_many_calls,
    }
    return meanings.get(status, troubles.slow)()


@dataclass(frozen=True)
class Connection:
    """One spreadsheet, by its key: what it is, what it holds, and batches of requests to it."""

    wire: Wire
    key: str
    account: str = ""

    def describe(self, *more: str) -> dict[str, Any]:
        """Its tabs, their sizes, its named ranges and what set-up noted on them; `more` fields of each tab."""
        grid = "gridProperties(rowCount,columnCount,frozenRowCount)"
        fields = (
            "properties(title,locale,timeZone),namedRanges,developerMetadata,"
            f"sheets({','.join((f'properties(sheetId,title,{grid})', *SHEET_FIELDS, *more))})"
        )
        found: dict[str, Any] = self._read(SPREADSHEET_URL, {"fields": fields, "includeGridData": False})
        return found

    def values(self, ranges: Sequence[str], *, formulas: bool = False) -> list[list[list[Raw]]]:
        """The cells of several ranges, read in one call: numbers as numbers, days as their serial."""
        params = {
            "ranges": list(ranges),
            "valueRenderOption": "FORMULA" if formulas else "UNFORMATTED_VALUE",
            "dateTimeRenderOption": "SERIAL_NUMBER",
        }
        answer = self._read(SPREADSHEET_VALUES_BATCH_URL, params)
        return [found.get("values", []) for found in answer["valueRanges"]]

    def batch(self, requests_: Sequence[Mapping[str, Any]], ranges: Sequence[str] = ()) -> dict[str, Any]:
        """Carry out requests, all or none; raises `Refused`, `Lost` or `Unreachable`."""
        body: dict[str, Any] = {"requests": list(requests_)}
        params: dict[str, Any] = {}
        if ranges:
            body |= {"includeSpreadsheetInResponse": True, "responseRanges": list(ranges)}
            body |= {"responseIncludeGridData": True}
            data = "data(startRow,startColumn,rowData.values.effectiveValue)"
            params["fields"] = f"replies,updatedSpreadsheet.sheets(properties.sheetId,{data})"
        try:
            with patient_with(sum(map(_weight, requests_))):
                sent = self.wire.request(
                    "post", SPREADSHEET_BATCH_UPDATE_URL % self.key, params=params, json=body
                )
            answer: dict[str, Any] = sent.json()
        except APIError as error:
            raise self._batch_error(error) from error
        except GoogleAuthError as error:
            raise Unreachable(_as_trouble(error)) from error
        except requests.RequestException as error:
            raise (Unreachable(troubles.slow()) if _never_arrived(error) else Lost()) from error
        return answer

    def _batch_error(self, error: APIError) -> Exception:
        status, text = error.response.status_code, error.response.text
        if status == 400:
            if "above the limit" in text or "50000 characters" in text:
                return Unreachable(troubles.no_room())
            return Refused(is_ticket="amedRange" in text or "named range" in text.casefold())
        if status in PASSING and status != 429:
            return Lost()
        return Unreachable(_as_trouble(error, self.account))

    def _read(self, url: str, params: Mapping[str, Any]) -> Any:
        try:
            return self.wire.request("get", url % self.key, params=dict(params)).json()
        except APIError as error:
            if error.response.status_code == 400:
                raise Refused(is_ticket=False) from error
            raise Unreachable(_as_trouble(error, self.account)) from error
        except (requests.RequestException, GoogleAuthError) as error:
            raise Unreachable(_as_trouble(error, self.account)) from error


def _weight(request: Mapping[str, Any]) -> int:
    """How many rows a request carries, for the time it may take."""
    ((_, body),) = request.items()
    return len(body.get("rows", ())) or 1


def connect(key: str, account: Mapping[str, Any]) -> Connection:
    """A connection as the service account whose key file the secrets hold.

    An account that is a bare token serves tests alone: it goes to this machine and nowhere else.
    """
    scopes = ("https://www.googleapis.com/auth/spreadsheets",)
    if "token" in account and base_address():
        from google.oauth2.credentials import Credentials

        return Connection(Wire(Credentials(account["token"])), key)  # type: ignore[no-untyped-call]
    from google.oauth2.service_account import Credentials as ServiceAccount

    try:
        credentials = ServiceAccount.from_service_account_info(dict(account), scopes=scopes)  # type: ignore[no-untyped-call]
    except (ValueError, KeyError, GoogleAuthError) as error:
        raise troubles.wrong_key() from error
    return Connection(Wire(credentials), key, str(account.get("client_email", "")))
