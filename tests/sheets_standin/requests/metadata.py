"""Requests about developer metadata."""

from typing import Any

from tests.sheets_standin.book import Book
from tests.sheets_standin.errors import Refusal
from tests.sheets_standin.masks import overlay
from tests.sheets_standin.metadata import filter_areas, located, matches
from tests.sheets_standin.requests.contents import fields_of

Json = dict[str, Any]


def create(book: Book, given: Json) -> Json:
    """Note something on a row, a column, a tab or the spreadsheet."""
    asked = given.get("developerMetadata") or {}
    key = asked.get("metadataId") or book.new_number()
    if any(one["metadataId"] == key for one in book.metadata):
        raise Refusal(f"DeveloperMetadata with id {key} already exists.")
    if not asked.get("metadataKey") or not asked.get("visibility"):
        raise Refusal("metadataKey and visibility must be set.")
    made = _kept(book, asked | {"metadataId": key})
    book.metadata = (*book.metadata, made)
    return {"developerMetadata": made}


def _kept(book: Book, asked: Json) -> Json:
    names = ("metadataId", "metadataKey", "metadataValue")
    made = {name: asked[name] for name in names if asked.get(name)}
    return made | {"location": located(book, asked.get("location") or {}), "visibility": asked["visibility"]}


def _selected(book: Book, filters: list[Json]) -> list[Json]:
    found = []
    for given in filters:
        if "developerMetadataLookup" not in given:
            filter_areas(book, given)
            raise Refusal("the stand-in selects metadata by developerMetadataLookup only.")
        found += [one for one in book.metadata if matches(book, one, given["developerMetadataLookup"])]
    return found


def update(book: Book, given: Json) -> Json:
    """Change the entries a filter selects."""
    asked, mask = given.get("developerMetadata") or {}, fields_of(given)
    old = _selected(book, given.get("dataFilters") or [])
    made = [_kept(book, overlay(one, asked, mask)) for one in old]
    changed = {one["metadataId"]: new for one, new in zip(old, made, strict=True)}
    book.metadata = tuple(changed.get(one["metadataId"], one) for one in book.metadata)
    return {"developerMetadata": made} if made else {}


def delete(book: Book, given: Json) -> Json:
    """Take the entries a filter selects away."""
    gone = _selected(book, [given.get("dataFilter") or {}])
    book.metadata = tuple(one for one in book.metadata if one not in gone)
    return {"deletedDeveloperMetadata": gone} if gone else {}


HANDLERS = {
    "createDeveloperMetadata": create,
    "updateDeveloperMetadata": update,
    "deleteDeveloperMetadata": delete,
}
