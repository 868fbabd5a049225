"""Requests about named ranges and protected ranges."""

import re
from typing import Any

from tests.sheets_standin.areas import a1_corners, area_of
from tests.sheets_standin.book import Book
from tests.sheets_standin.errors import Refusal
from tests.sheets_standin.masks import overlay
from tests.sheets_standin.requests.contents import fields_of

Json = dict[str, Any]
GOOD_NAME = re.compile(r"[^\W\d]\w{0,249}$")


def _range(book: Book, given: Json) -> Json:
    """A request's GridRange as it is kept and answered."""
    area = area_of(given)
    book.box(given)
    return area.json()


def _check_name(book: Book, name: str, but: str | None) -> None:
    if not GOOD_NAME.match(name) or a1_corners(name) or name.lower() in ("true", "false"):
        raise Refusal(f"The name of the named range is invalid: {name}")
    taken = {one["name"].lower() for key, one in book.named.items() if key != but}
    if "names_repeat" in book.quirks:
        return
    if name.lower() in taken or name.lower() in book.ghosts:
        raise Refusal(
            f"Cannot add named range with name {name}, a named range with that name already exists."
        )


def add_named_range(book: Book, given: Json) -> Json:
    """Name a range, under the caller's own id if one is given."""
    asked = given.get("namedRange") or {}
    own = None if "own_name_id_ignored" in book.quirks else asked.get("namedRangeId")
    key = own or str(book.new_number())
    if key in book.named and "names_repeat" not in book.quirks:
        raise Refusal(f"Cannot add named range with id {key}, a named range with that id already exists.")
    _check_name(book, asked.get("name") or "", None)
    if "range" not in asked:
        raise Refusal("range must be set.")
    book.named[key] = {"namedRangeId": key, "name": asked["name"], "range": _range(book, asked["range"])}
    return {"namedRange": dict(book.named[key])}


def delete_named_range(book: Book, given: Json) -> Json:
    """Take a name away."""
    key = given.get("namedRangeId") or ""
    if key not in book.named and "missing_name_ignored" not in book.quirks:
        raise Refusal(f"No NamedRange with id: {key}")
    book.named.pop(key, None)
    return {}


def update_named_range(book: Book, given: Json) -> Json:
    """Rename a named range or point it elsewhere."""
    asked, mask = given.get("namedRange") or {}, fields_of(given)
    key = asked.get("namedRangeId") or ""
    if key not in book.named:
        raise Refusal(f"No NamedRange with id: {key}")
    made = overlay(book.named[key], asked, mask)
    _check_name(book, made.get("name") or "", key)
    book.named[key] = made | {"namedRangeId": key, "range": _range(book, made["range"])}
    return {}


def add_protected_range(book: Book, given: Json) -> Json:
    """Protect a range, a named range or a whole tab."""
    asked = dict(given.get("protectedRange") or {})
    if "namedRangeId" in asked and "range" not in asked:
        if asked["namedRangeId"] not in book.named:
            raise Refusal(f"No NamedRange with id: {asked['namedRangeId']}")
        asked["range"] = book.named[asked["namedRangeId"]]["range"]
    if "range" not in asked:
        raise Refusal("range must be set.")
    sheet = book.sheet(asked["range"].get("sheetId", 0))
    key = asked.get("protectedRangeId") or book.new_number()
    if any(one["protectedRangeId"] == key for one in _all_protected(book)):
        raise Refusal(f"A protected range with ID {key} already exists.")
    made = _protected(book, asked | {"protectedRangeId": key})
    sheet.things["protectedRanges"] = (*sheet.things.get("protectedRanges", ()), made)
    return {"protectedRange": made}


def _all_protected(book: Book) -> list[Json]:
    return [one for sheet in book.sheets for one in sheet.things.get("protectedRanges", ())]


def _protected(book: Book, asked: Json) -> Json:
    """A protected range as answered: false flags left out, editors always there."""
    made: Json = {"protectedRangeId": asked["protectedRangeId"], "range": _range(book, asked["range"])}
    for name in ("namedRangeId", "tableId", "description", "warningOnly"):
        if asked.get(name):
            made[name] = asked[name]
    made["requestingUserCanEdit"] = True
    if asked.get("unprotectedRanges"):
        made["unprotectedRanges"] = [_range(book, one) for one in asked["unprotectedRanges"]]
    if not asked.get("warningOnly"):
        made["editors"] = {key: part for key, part in (asked.get("editors") or {}).items() if part}
    return made


def delete_protected_range(book: Book, given: Json) -> Json:
    """Take a protection away."""
    key = given.get("protectedRangeId", 0)
    for sheet in book.sheets:
        found = sheet.things.get("protectedRanges", ())
        kept = tuple(one for one in found if one["protectedRangeId"] != key)
        if len(kept) < len(found):
            sheet.things["protectedRanges"] = kept
            return {}
    raise Refusal(f"No protected range with ID: {key}")


def update_protected_range(book: Book, given: Json) -> Json:
    """Change a protection."""
    asked, mask = given.get("protectedRange") or {}, fields_of(given)
    key = asked.get("protectedRangeId", 0)
    old = next((one for one in _all_protected(book) if one["protectedRangeId"] == key), None)
    if old is None:
        raise Refusal(f"No protected range with ID: {key}")
    made = _protected(book, overlay(old, asked, mask) | {"protectedRangeId": key})
    delete_protected_range(book, {"protectedRangeId": key})
    sheet = book.sheet(made["range"].get("sheetId", 0))
    sheet.things["protectedRanges"] = (*sheet.things.get("protectedRanges", ()), made)
    return {}


HANDLERS = {
    "addNamedRange": add_named_range,
    "deleteNamedRange": delete_named_range,
    "updateNamedRange": update_named_range,
    "addProtectedRange": add_protected_range,
    "deleteProtectedRange": delete_protected_range,
    "updateProtectedRange": update_protected_range,
}
