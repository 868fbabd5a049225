"""Finding our tabs in a spreadsheet, and making those that were never there (X1, X2).

Each tab bears a note by which it is known under any name that people give it, with the columns it was made with:
so a tab or column that is gone is told from one that is new, and never replaced by an empty one.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from gspread.utils import absolute_range_name

from services.store.interface import AUDIT, Tab
from services.store.sheets import troubles
from services.store.sheets.audit import AUDIT_TAB, BEFORE, BEGINNING
from services.store.sheets.batch import COPY_FROM, TICKET, Place, Request, add_ticket, wider
from services.store.sheets.cells import format_of
from services.store.sheets.grid import Grid

NOTE = "mentor-desk"
ROWS_AT_FIRST = 100
BEFORE_COLUMNS = 40
COPIES_KEPT, COPIES_AT_MOST = 3_000, 10_000
BEFORE_TAB = Tab(BEFORE, ("_id", "columns", *(f"cell {n}" for n in range(1, BEFORE_COLUMNS - COPY_FROM + 1))))


@dataclass(frozen=True)
class Found:
    """What a spreadsheet holds of ours: tabs by register, and the columns each was made with.

    `gone` are registers whose tab was deleted, `foreign` the titles of tabs that are not ours.
    """

    book: Mapping[str, Place]
    known: Mapping[str, tuple[str, ...]]
    notes: Mapping[str, int]
    ticket: str | None
    gone: tuple[str, ...]
    foreign: frozenset[str]
    locale: str


def find(description: Mapping[str, Any], tabs: Sequence[Tab]) -> Found:
    """Our tabs, by the note they bear or else by their title."""
    book: dict[str, Place] = {}
    known: dict[str, tuple[str, ...]] = {}
    notes: dict[str, int] = {}
    names = {tab.name for tab in tabs}
    foreign: set[str] = set()
    for sheet in description.get("sheets", ()):
        place = _place(sheet["properties"])
        foreign.add(place.title)
        for note in sheet.get("developerMetadata", ()):
            if note.get("metadataKey") == NOTE and (said := _said(note)):
                book[said[0]], known[said[0]] = place, said[1]
                notes[said[0]] = note["metadataId"]
                foreign.discard(place.title)
    had = _had(description)
    ticket = next(
        (r["namedRangeId"] for r in description.get("namedRanges", ()) if r["name"] == TICKET), None
    )
    gone = tuple(sorted((names & had) - set(book)))
    locale = description.get("properties", {}).get("locale", "")
    return Found(book, known, notes, ticket, gone, frozenset(foreign), locale)


def _place(properties: Mapping[str, Any]) -> Place:
    grid = properties.get("gridProperties", {})
    rows, columns = grid.get("rowCount", 0), grid.get("columnCount", 0)
    return Place(properties.get("sheetId", 0), properties["title"], rows, columns)


def _said(note: Mapping[str, Any]) -> tuple[str, tuple[str, ...]] | None:
    try:
        said = json.loads(note.get("metadataValue", ""))
        return str(said["register"]), tuple(said["columns"])
    except (ValueError, KeyError, TypeError):
        return None


def _had(description: Mapping[str, Any]) -> set[str]:
    """The registers that this spreadsheet was made with."""
    had: set[str] = set()
    for note in description.get("developerMetadata", ()):
        if note.get("metadataKey") == NOTE:
            had |= set(json.loads(note.get("metadataValue", "[]")))
    return had


def missing_tabs(found: Found, tabs: Sequence[Tab]) -> list[Request]:
    """The requests that make what was never there: tabs with their headings, and the ticket; repeatable."""
    new = [tab for tab in tabs if tab.name not in found.book and tab.name not in found.gone]
    for tab in new:
        if tab.name in found.foreign:
            raise troubles.foreign_tab(tab.name)
    made = [request for tab in new for request in _new_tab(tab)]
    if AUDIT in {tab.name for tab in new} and found.ticket is None:
        made.append(add_ticket(BEGINNING, sheet_id_of(AUDIT)))
    if new:
        made.append(had_note([tab.name for tab in new]))
    return made


def missing_columns(found: Found, grids: Mapping[str, Grid]) -> list[Request]:
    """The requests that add columns which a tab was not made with, at its right edge."""
    made: list[Request] = []
    for name, grid in grids.items():
        new = [column for column in grid.missing if column not in found.known[name]]
        if new:
            place, at = found.book[name], len(grid.header)
            if at + len(new) > place.columns:
                made.append(wider(place.sheet_id, at + len(new) - place.columns))
            made.append(headings(place.sheet_id, at, [grid.tab.look(column).heading for column in new]))
            kinds = [grid.tab.look(column).kind for column in new]
            made += [column_format(place.sheet_id, at + n, kind) for n, kind in enumerate(kinds)]
            made.append(renoted(found.notes[name], name, (*found.known[name], *new)))
    return made


def old_copies(found: Found) -> list[Request]:
    """The request that clears copies of rows which nobody needs any more: the newest are on top, and stay."""
    place = found.book.get(BEFORE)
    if place is None or place.rows <= COPIES_AT_MOST:
        return []
    span = {"sheetId": place.sheet_id, "dimension": "ROWS", "startIndex": COPIES_KEPT, "endIndex": place.rows}
    return [{"deleteDimension": {"range": span}}]


def sheet_id_of(name: str) -> int:
    """Our own id for a new tab: the same for everyone, so that two who make it at once make it once."""
    return crc32(f"{NOTE}: {name}".encode()) & 0x7FFFFFFF


def _new_tab(tab: Tab) -> list[Request]:
    sheet_id = sheet_id_of(tab.name)
    grid = {"rowCount": ROWS_AT_FIRST, "columnCount": len(tab.columns), "frozenRowCount": 1}
    properties: Request = {"sheetId": sheet_id, "title": tab.name, "gridProperties": grid}
    if tab.name == BEFORE:
        properties["hidden"] = True
    return [
        {"addSheet": {"properties": properties}},
        headings(sheet_id, 0, [tab.look(name).heading for name in tab.columns]),
        *(column_format(sheet_id, at, tab.look(name).kind) for at, name in enumerate(tab.columns)),
        note_of(sheet_id, tab.name, tab.columns),
    ]


def headings(sheet_id: int, column: int, words: Sequence[str]) -> Request:
    """Write headings into the first row."""
    values = [{"userEnteredValue": {"stringValue": word}} for word in words]
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": column}
    return {"updateCells": {"start": start, "rows": [{"values": values}], "fields": "userEnteredValue"}}


def column_format(sheet_id: int, column: int, kind: str) -> Request:
    """Show a column's cells as what they are, below its heading."""
    span = {"startRowIndex": 1, "startColumnIndex": column, "endColumnIndex": column + 1}
    fields = "userEnteredFormat.numberFormat"
    return {"repeatCell": {"range": {"sheetId": sheet_id, **span}, "cell": format_of(kind), "fields": fields}}


def note_of(sheet_id: int, register: str, columns: Sequence[str]) -> Request:
    """The note by which a tab is known under any name."""
    value = json.dumps({"register": register, "columns": list(columns)})
    note = {
        "metadataKey": NOTE,
        "metadataValue": value,
        "location": {"sheetId": sheet_id},
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": note}}


def renoted(metadata_id: int, register: str, columns: Sequence[str]) -> Request:
    """The same note with more columns."""
    value = json.dumps({"register": register, "columns": list(columns)})
    which = {"developerMetadataLookup": {"metadataId": metadata_id}}
    note = {"metadataValue": value}
    return {
        "updateDeveloperMetadata": {
            "dataFilters": [which],
            "developerMetadata": note,
            "fields": "metadataValue",
        }
    }


def had_note(registers: Sequence[str]) -> Request:
    """The spreadsheet's own note of the registers it was made with."""
    note = {
        "metadataKey": NOTE,
        "metadataValue": json.dumps(sorted(registers)),
        "location": {"spreadsheet": True},
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": note}}


def title_range(place: Place, cells: str = "") -> str:
    """A tab, or cells of it, in A1 words."""
    return absolute_range_name(place.title, cells or None)


OWN_TABS = (AUDIT_TAB, BEFORE_TAB)
