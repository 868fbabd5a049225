"""A call to the stand-in and its answer, before and after HTTP."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Json = dict[str, Any]
LARGE = 100_000
READ_VERBS = (":getByDataFilter", "values:batchGetByDataFilter", "developerMetadata:search")


@dataclass(frozen=True)
class Call:
    """One request as it came in."""

    verb: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: dict[str, str]
    body: bytes

    @classmethod
    def of(cls, verb: str, target: str, headers: dict[str, str], body: bytes) -> "Call":
        """From a request line, header names in lower case."""
        parts = urlsplit(target)
        query = tuple(parse_qsl(parts.query, keep_blank_values=True))
        return cls(verb, parts.path, query, headers, body)

    @property
    def api(self) -> str:
        """sheets, drive, token, or control."""
        if self.path.startswith("/_control"):
            return "control"
        if self.path.startswith("/v4/"):
            return "sheets"
        return "token" if self.path == "/token" else "drive"

    @property
    def kind(self) -> str:
        """read or write, as Google counts them."""
        return "read" if self.verb == "GET" or self.path.endswith(READ_VERBS) else "write"

    @property
    def token(self) -> str:
        """The bearer token, or nothing."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token if scheme.lower() == "bearer" else ""

    def json(self) -> Any:
        """The body as JSON; an empty body is an empty object."""
        return json.loads(self.body) if self.body.strip() else {}


@dataclass(frozen=True)
class Answer:
    """What goes back: a code and either JSON or ready bytes."""

    code: int = 200
    data: Any = None
    raw: bytes = b""
    type: str = "application/json; charset=UTF-8"
    headers: dict[str, str] = field(default_factory=dict)

    def content(self) -> bytes:
        """The body's bytes, JSON printed as Google prints it; large ones in one line, which is faster."""
        if self.data is None:
            return self.raw
        text = json.dumps(self.data, ensure_ascii=False)
        if len(text) < LARGE:
            text = json.dumps(self.data, indent=2, ensure_ascii=False) + "\n"
        return text.encode()


@dataclass(frozen=True)
class Logged:
    """One line of the request log. `time` is the clock's, in seconds."""

    verb: str
    path: str
    query: tuple[tuple[str, str], ...]
    api: str
    kind: str
    body: bytes
    time: float
    user: str
    code: int
    trouble: str = ""

    def json(self) -> Json:
        """For the control pages."""
        text = self.body.decode("utf-8", "replace")
        return {name: getattr(self, name) for name in self.__dataclass_fields__} | {"body": text}
