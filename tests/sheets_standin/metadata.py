"""Developer metadata, and the data filters that select ranges by it, by A1 or by grid."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.sheets_standin.areas import Area, area_of
from tests.sheets_standin.book import Book
from tests.sheets_standin.errors import Refusal, invalid
from tests.sheets_standin.sheet import Sheet

Json = dict[str, Any]
SAME = ("metadataId", "metadataKey", "metadataValue", "visibility")


def located(book: Book, location: Mapping[str, Any]) -> Json:
    """A metadata location as answered, with its type; one row or column, a tab or the spreadsheet."""
    if location.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if "dimensionRange" in location:
        return _line(book, location["dimensionRange"])
    if "sheetId" in location:
        book.sheet(location["sheetId"])
        return {"locationType": "SHEET"} | ({"sheetId": location["sheetId"]} if location["sheetId"] else {})
    raise Refusal("location must be set.")


def _line(book: Book, span: Mapping[str, Any]) -> Json:
    sheet, rows = book.sheet(span.get("sheetId", 0)), span.get("dimension") == "ROWS"
    start, end = span.get("startIndex", 0), span.get("endIndex", 0)
    if end - start != 1 or end > sheet.count(rows):
        raise Refusal("The dimension range must be exactly one row or column of the grid.")
    made = ({"sheetId": sheet.id} if sheet.id else {}) | {"dimension": span.get("dimension")}
    return {
        "locationType": "ROW" if rows else "COLUMN",
        "dimensionRange": made | {"startIndex": start, "endIndex": end},
    }


def matches(book: Book, one: Json, lookup: Mapping[str, Any]) -> bool:
    """Whether a metadata entry answers a DeveloperMetadataLookup."""
    if any(name in lookup and one.get(name) != lookup[name] for name in SAME):
        return False
    place = one["location"]
    if "metadataLocation" in lookup and not _at(book, place, lookup):
        return False
    return lookup.get("locationType") in (None, place["locationType"])


def _at(book: Book, place: Json, lookup: Mapping[str, Any]) -> bool:
    asked = located_loosely(lookup["metadataLocation"])
    if lookup.get("locationMatchingStrategy") != "INTERSECTING_LOCATION" and "locationType" not in lookup:
        return asked == place
    if asked["locationType"] == "SPREADSHEET":
        return True
    sheet = (
        asked.get("sheetId", 0)
        if asked["locationType"] == "SHEET"
        else asked["dimensionRange"].get("sheetId", 0)
    )
    here = place.get("dimensionRange", place)
    return place["locationType"] != "SPREADSHEET" and bool(here.get("sheetId", 0) == sheet)


def located_loosely(location: Mapping[str, Any]) -> Json:
    """A location asked for, in the form of a kept one."""
    if location.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if "dimensionRange" in location:
        span = {key: value for key, value in location["dimensionRange"].items() if key != "sheetId" or value}
        return {
            "locationType": "ROW" if span.get("dimension") == "ROWS" else "COLUMN",
            "dimensionRange": span,
        }
    return {"locationType": "SHEET"} | ({"sheetId": location["sheetId"]} if location.get("sheetId") else {})


def search(book: Book, filters: Sequence[Json]) -> Json:
    """`developerMetadata.search`: each entry with the filters it answers; nothing found is an empty answer."""
    found = []
    for one in book.metadata:
        hit = [given for given in filters if _answers(book, one, given)]
        if hit:
            found.append({"developerMetadata": one, "dataFilters": hit})
    return {"matchedDeveloperMetadata": found} if found else {}


def _answers(book: Book, one: Json, given: Json) -> bool:
    if "developerMetadataLookup" in given:
        return matches(book, one, given["developerMetadataLookup"])
    place, areas = one["location"], filter_areas(book, given)
    return any(_area_of_place(place, area.sheet) and _inside(place, area) for _, area in areas)


def _area_of_place(place: Json, sheet: int) -> bool:
    here = place.get("dimensionRange", place)
    return place["locationType"] != "SPREADSHEET" and bool(here.get("sheetId", 0) == sheet)


def _inside(place: Json, area: Area) -> bool:
    if "dimensionRange" not in place:
        return area[1:] == (None, None, None, None)
    rows, start = place["locationType"] == "ROW", place["dimensionRange"]["startIndex"]
    low, high = (area.top, area.bottom) if rows else (area.left, area.right)
    return (low or 0) <= start and (high is None or start < high)


def filter_areas(book: Book, given: Mapping[str, Any]) -> list[tuple[Sheet, Area]]:
    """The ranges a DataFilter selects, in the order of the sheet."""
    if "a1Range" in given:
        return [book.find(given["a1Range"])]
    try:
        if "gridRange" in given:
            area = area_of(given["gridRange"])
            return [(book.sheet(area.sheet), area)]
    except Refusal as refusal:
        raise invalid(str(refusal)) from None
    if "developerMetadataLookup" in given:
        found = [one for one in book.metadata if matches(book, one, given["developerMetadataLookup"])]
        return [
            _place_area(book, one["location"])
            for one in found
            if one["location"]["locationType"] != "SPREADSHEET"
        ]
    raise invalid("Must specify a filter for each DataFilter.")


def _place_area(book: Book, place: Json) -> tuple[Sheet, Area]:
    span = place.get("dimensionRange")
    if span is None:
        sheet = book.sheet(place.get("sheetId", 0))
        return sheet, Area(sheet.id)
    sheet, start, end = book.sheet(span.get("sheetId", 0)), span["startIndex"], span["endIndex"]
    if place["locationType"] == "ROW":
        return sheet, Area(sheet.id, start, end)
    return sheet, Area(sheet.id, None, None, start, end)
