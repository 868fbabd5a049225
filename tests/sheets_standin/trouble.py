"""What can go wrong on the way: the answers Google gives then, and those that never arrive."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.sheets_standin.calls import Answer, Call
from tests.sheets_standin.errors import GoogleError

Json = dict[str, Any]
PROJECT = "123456789012"
HELP = "type.googleapis.com/google.rpc.Help"
ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"

HTML_502 = b"""<!DOCTYPE html>
<html lang=en>
  <meta charset=utf-8>
  <title>Error 502 (Server Error)!!1</title>
  <p><b>502.</b> <ins>That's an error.</ins>
  <p>The server encountered a temporary error and could not complete your request.<p>Please try again in 30 seconds.  <ins>That's all we know.</ins>
"""


@dataclass(frozen=True)
class Trouble:
    """One thing that goes wrong with one call. `seconds` only counts for stalls."""

    kind: str
    seconds: float = 0.0

    @classmethod
    def of(cls, text: "str | Trouble | None") -> "Trouble | None":
        """`503`, `stall:5`; None for none."""
        if text is None or isinstance(text, Trouble):
            return text
        kind, _, seconds = text.partition(":")
        if kind not in KINDS:
            raise ValueError(f"No such trouble: {kind}. There are {', '.join(KINDS)}.")
        return cls(kind, float(seconds or 0))


Plan = Callable[[Call], "str | Trouble | None"]


def quota_error(kind: str, limit: int = 60) -> GoogleError:
    """429 as recorded, for `read` or `write` requests."""
    word, name = kind.capitalize(), f"{kind.capitalize()}RequestsPerMinutePerUser"
    text = (
        f"Quota exceeded for quota metric '{word} requests' and limit '{word} requests per minute per user' "
        f"of service 'sheets.googleapis.com' for consumer 'project_number:{PROJECT}'."
    )
    metadata = {
        "consumer": f"projects/{PROJECT}",
        "quota_limit": name,
        "quota_limit_value": str(limit),
        "quota_location": "global",
        "quota_metric": f"sheets.googleapis.com/{kind}_requests",
        "service": "sheets.googleapis.com",
    }
    info = {
        "@type": ERROR_INFO,
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": metadata,
    }
    url = "https://cloud.google.com/docs/quotas/help/request_increase"
    more = {"@type": HELP, "links": [{"description": "Request a higher quota limit.", "url": url}]}
    return GoogleError(429, text, "RESOURCE_EXHAUSTED", [info, more])


def unauthenticated() -> GoogleError:
    """401 for a token that is wrong or has run out."""
    text = (
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
        "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
    )
    return GoogleError(401, text, "UNAUTHENTICATED")


def api_off() -> GoogleError:
    """403 where the project has not switched the Sheets API on."""
    url = f"https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project={PROJECT}"
    text = (
        f"Google Sheets API has not been used in project {PROJECT} before or it is disabled. Enable it by visiting "
        f"{url} then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our "
        "systems and retry."
    )
    metadata = {"consumer": f"projects/{PROJECT}", "service": "sheets.googleapis.com", "activationUrl": url}
    link = {"description": "Google developers console API activation", "url": url}
    info = {
        "@type": ERROR_INFO,
        "reason": "SERVICE_DISABLED",
        "domain": "googleapis.com",
        "metadata": metadata,
    }
    return GoogleError(403, text, "PERMISSION_DENIED", [{"@type": HELP, "links": [link]}, info])


def _refusal(error: GoogleError) -> Answer:
    return Answer(error.code, error.body())


ANSWERS: dict[str, Callable[[Call], Answer]] = {
    "401": lambda call: _refusal(unauthenticated()),
    "403": lambda call: _refusal(
        GoogleError(403, "The caller does not have permission", "PERMISSION_DENIED")
    ),
    "404": lambda call: _refusal(GoogleError(404, "Requested entity was not found.", "NOT_FOUND")),
    "429": lambda call: _refusal(quota_error(call.kind)),
    "500": lambda call: _refusal(GoogleError(500, "Internal error encountered.", "INTERNAL")),
    "503": lambda call: _refusal(GoogleError(503, "The service is currently unavailable.", "UNAVAILABLE")),
    "502": lambda call: Answer(502, raw=HTML_502, type="text/html; charset=UTF-8"),
    "api_off": lambda call: _refusal(api_off()),
}
"""Answers given instead of doing anything."""

LATE = ("500_after", "503_after", "502_after")
"""The call is carried out, then answered with that error."""

KINDS = (*ANSWERS, *LATE, "stall", "stall_after", "reset_before", "reset_after", "cut", "stale")
"""`stall` waits, then carries the call out; `stall_after` carries it out, then waits; `reset_*` drops the
connection before or after carrying it out; `cut` carries it out and sends half the answer; `stale` answers a
read as the spreadsheet stood before its last change."""


def refused(trouble: Trouble, call: Call) -> Answer | None:
    """The error a trouble answers with, if it is one."""
    maker = ANSWERS.get(trouble.kind.removesuffix("_after"))
    return maker(call) if maker else None
