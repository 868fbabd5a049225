"""`spreadsheets.batchUpdate`: requests in order, each seeing what the earlier ones did, all or nothing."""

from typing import Any

from tests.sheets_standin.book import Book
from tests.sheets_standin.errors import GoogleError, Refusal, invalid
from tests.sheets_standin.requests import HANDLERS

Json = dict[str, Any]
ALWAYS_ANSWERED = (
    "deleteDeveloperMetadata",
    "deleteDimensionGroup",
    "deleteDuplicates",
    "findReplace",
    "trimWhitespace",
    "updateDeveloperMetadata",
)
"""Kinds whose reply is there even when it says nothing."""


def apply_requests(book: Book, requests: list[Json]) -> list[Json]:
    """The replies, one for each request; a refused request raises and the book is then half changed."""
    if not requests:
        raise invalid("Must specify at least one request.")
    return [_apply(book, at, request) for at, request in enumerate(requests)]


def _apply(book: Book, at: int, request: Json) -> Json:
    kinds = list(request)
    if len(kinds) != 1:
        raise invalid(f"Invalid requests[{at}]: No request set.")
    kind = kinds[0]
    handler = HANDLERS.get(kind)
    if handler is None:
        text = f"Invalid requests[{at}].{kind}: the stand-in does not model this kind of request."
        raise GoogleError(501, text, "UNIMPLEMENTED")
    try:
        reply = handler(book, request[kind] or {})
    except Refusal as refusal:
        raise invalid(f"Invalid requests[{at}].{kind}: {refusal}") from None
    return {kind: reply} if reply or kind in ALWAYS_ANSWERED else {}
