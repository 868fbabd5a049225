"""Google's error answers, word for word where a recording or a thread gives the words."""

from typing import Any

BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"


class GoogleError(Exception):
    """An answer other than 200: HTTP code, Google's message, its status word and details."""

    def __init__(self, code: int, message: str, status: str, details: list[dict[str, Any]] | None = None):
        super().__init__(message)
        self.code, self.message, self.status, self.details = code, message, status, details

    def body(self) -> dict[str, Any]:
        """The JSON body Google sends with this code."""
        error: dict[str, Any] = {"code": self.code, "message": self.message, "status": self.status}
        if self.details:
            error["details"] = self.details
        return {"error": error}


class Refusal(Exception):
    """Why one request of a batch is invalid; the batch puts `Invalid requests[n].kind: ` before it."""


def invalid(message: str, details: list[dict[str, Any]] | None = None) -> GoogleError:
    """400 INVALID_ARGUMENT."""
    return GoogleError(400, message, "INVALID_ARGUMENT", details)


def not_found() -> GoogleError:
    """404, the same for an entity that is not there and one never shared by link."""
    return GoogleError(404, "Requested entity was not found.", "NOT_FOUND")


def forbidden() -> GoogleError:
    """403 for a spreadsheet that exists and is not shared with the caller."""
    return GoogleError(403, "The caller does not have permission", "PERMISSION_DENIED")


def unparsable(text: str) -> GoogleError:
    """400 for an A1 range that names nothing in the spreadsheet."""
    return invalid(f"Unable to parse range: {text}")


def violations(found: list[tuple[str, str]]) -> GoogleError:
    """400 with one line and one fieldViolation per wrong field: (field path, description)."""
    listed = [
        {"field": field, "description": text} if field else {"description": text} for field, text in found
    ]
    return invalid("\n".join(text for _, text in found), [{"@type": BAD_REQUEST, "fieldViolations": listed}])


def bad_mask(path: str) -> GoogleError:
    """400 for a `fields` parameter that names no field of the answer."""
    text = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    return invalid(
        "Request contains an invalid argument.",
        [{"@type": BAD_REQUEST, "fieldViolations": [{"field": path, "description": text}]}],
    )
