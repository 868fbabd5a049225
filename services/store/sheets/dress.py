"""What helps staff keep to the schema in the spreadsheet itself: one batch, made again as often as one likes (X1, X2).

British locale and time, headings that stay in sight with their help as a note, dropdowns, checks of what is typed,
widths, number formats, and protection of what only Mentor Desk writes. Tabs and columns that are not ours are left
alone, and so is what staff may like otherwise: a width they chose, a check on a column without one of ours.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from schemas.kinds import TOO_LARGE, Kind
from services.store.interface import AUDIT, Look, Tab
from services.store.sheets import ready
from services.store.sheets.audit import BEFORE, STAMP
from services.store.sheets.batch import Place, Request
from services.store.sheets.cells import format_of
from services.store.sheets.grid import Grid
from services.store.sheets.wire import Connection

H = TypeVar("H", bound=Hashable)
LOCALE, ZONE = "en_GB", "Europe/London"
PREFIX = "Mentor Desk: "
"""Every protection of ours begins with this; others are theirs."""
OWN = ("_id", *STAMP)
"""Columns that only Mentor Desk writes."""
GOOGLES_WIDTH = 100  # pixels of a column whose width nobody chose
WIDTHS: Mapping[str, int] = {
    Kind.TEXT: 180,
    Kind.LONG_TEXT: 340,
    Kind.CHOICE: 150,
    Kind.LIST: 220,
    Kind.LINK: 130,
    Kind.INSTANT: 190,
    Kind.DATE: 95,
    Kind.TIME: 70,
    Kind.NUMBER: 90,
    Kind.MONEY: 95,
    Kind.HOURS: 75,
    Kind.YES_NO: 80,
}
COLUMN_WIDTHS = "data(columnMetadata(pixelSize))"
HEADING = {"textFormat": {"bold": True}, "wrapStrategy": "WRAP", "verticalAlignment": "TOP"}
HEADING_FIELDS = "userEnteredFormat(textFormat.bold,wrapStrategy,verticalAlignment)"

# The sheet is in English, whoever reads it (design 5): these are not translated.
DAY_HINT = "A date, like 31/08/2026."
TIME_HINT = "A time of day, like 14:30."
NUMBER_HINT = "A number, like 3.5, without letters or a £ sign."
CHOICE_HINT = "One of the list. Click the arrow to choose."


@dataclass(frozen=True)
class Dressed:
    """What was done: the locale and time zone as they stood, and how many requests it took."""

    locale_was: str
    zone_was: str
    requests: int


def dress(connection: Connection, tabs: Sequence[Tab]) -> Dressed:
    """Make our tabs helpful, in one batch; may raise what `Connection` raises.

    The tabs, their headings and the notes by which they are known must be there: `SheetsStore.open` makes them.
    """
    description = connection.describe(COLUMN_WIDTHS)
    ours = [*ready.OWN_TABS, *(tab for tab in tabs if tab.name != AUDIT)]
    found = ready.find(description, ours)
    grids = _headings(connection, found.book, ours)
    made = requests(description, found.book, grids, connection.account)
    connection.batch(made)
    properties = description.get("properties", {})
    return Dressed(properties.get("locale", ""), properties.get("timeZone", ""), len(made))


def _headings(connection: Connection, book: Mapping[str, Place], tabs: Sequence[Tab]) -> dict[str, Grid]:
    there = [tab for tab in tabs if tab.name in book]
    read = connection.values([ready.title_range(book[tab.name], "1:1") for tab in there])
    return {tab.name: Grid(tab, rows[0] if rows else [], []) for tab, rows in zip(there, read, strict=True)}


def requests(
    description: Mapping[str, Any], book: Mapping[str, Place], grids: Mapping[str, Grid], account: str
) -> list[Request]:
    """The one batch, worked out from what is there."""
    sheets = {sheet["properties"].get("sheetId", 0): sheet for sheet in description.get("sheets", ())}
    made = _spreadsheet(description.get("properties", {}))
    for name, grid in grids.items():
        place = book[name]
        made += _tab(place.sheet_id, grid, sheets[place.sheet_id])
    wanted = {words: span for name, grid in grids.items() for words, span in _guards(name, book[name], grid)}
    places = {place.sheet_id: place for place in book.values()}
    return made + list(_protections(sheets, places, wanted, account))


def _spreadsheet(properties: Mapping[str, Any]) -> list[Request]:
    """Dates are typed and shown the British way."""
    if (properties.get("locale"), properties.get("timeZone")) == (LOCALE, ZONE):
        return []
    wanted = {"locale": LOCALE, "timeZone": ZONE}
    return [{"updateSpreadsheetProperties": {"properties": wanted, "fields": "locale,timeZone"}}]


# --- one tab ---------------------------------------------------------------------------------------


def _tab(sheet_id: int, grid: Grid, sheet: Mapping[str, Any]) -> list[Request]:
    looks = {place: grid.tab.look(name) for name, place in grid.places.items()}
    widths = _widths_as_they_are(sheet)
    unset = {place for place in looks if widths.get(place, GOOGLES_WIDTH) == GOOGLES_WIDTH}
    return [
        *_frozen(sheet_id, sheet),
        *_bold(sheet_id, looks),
        *_notes(sheet_id, looks),
        *_formats(sheet_id, looks),
        *_rules(sheet_id, looks),
        *_widths(sheet_id, {place: look for place, look in looks.items() if place in unset}),
    ]


def _frozen(sheet_id: int, sheet: Mapping[str, Any]) -> Iterator[Request]:
    if not sheet["properties"].get("gridProperties", {}).get("frozenRowCount"):
        properties = {"sheetId": sheet_id, "gridProperties": {"frozenRowCount": 1}}
        fields = "gridProperties.frozenRowCount"
        yield {"updateSheetProperties": {"properties": properties, "fields": fields}}


def _bold(sheet_id: int, looks: Mapping[int, Look]) -> Iterator[Request]:
    for first, end, _ in stretches(dict.fromkeys(looks, True)):
        cell = {"userEnteredFormat": HEADING}
        area = _area(sheet_id, first, end, 0, 1)
        yield {"repeatCell": {"range": area, "cell": cell, "fields": HEADING_FIELDS}}


def _notes(sheet_id: int, looks: Mapping[int, Look]) -> Iterator[Request]:
    for first, end, _ in stretches({place: True for place, look in looks.items() if look.note}):
        values = [{"note": looks[place].note} for place in range(first, end)]
        start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": first}
        yield {"updateCells": {"start": start, "rows": [{"values": values}], "fields": "note"}}


def _formats(sheet_id: int, looks: Mapping[int, Look]) -> Iterator[Request]:
    """Ids, telephone numbers and links are text: a sheet would make 42 of 0042."""
    fields = "userEnteredFormat.numberFormat"
    for first, end, pattern in stretches({at: _pattern(look.kind) for at, look in looks.items()}):
        cell = {"userEnteredFormat": {"numberFormat": dict(pattern)}}
        yield {"repeatCell": {"range": _area(sheet_id, first, end, 1), "cell": cell, "fields": fields}}


def _pattern(kind: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(format_of(kind)["userEnteredFormat"]["numberFormat"].items()))


def _widths(sheet_id: int, looks: Mapping[int, Look]) -> Iterator[Request]:
    for first, end, pixels in stretches({at: WIDTHS[look.kind] for at, look in looks.items()}):
        span = {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": first, "endIndex": end}
        properties = {"pixelSize": pixels}
        yield {"updateDimensionProperties": {"range": span, "properties": properties, "fields": "pixelSize"}}


def _widths_as_they_are(sheet: Mapping[str, Any]) -> dict[int, int]:
    columns = [column for data in sheet.get("data", ())[:1] for column in data.get("columnMetadata", ())]
    return {at: column.get("pixelSize", GOOGLES_WIDTH) for at, column in enumerate(columns)}


# --- what may be typed -----------------------------------------------------------------------------


def _rules(sheet_id: int, looks: Mapping[int, Look]) -> Iterator[Request]:
    """Dropdowns and checks; each replaces what stood there, a column without a rule of ours keeps its own."""
    rules = {place: rule for place, look in looks.items() if (rule := _rule_key(look))}
    for first, end, (kind, choices) in stretches(rules):
        area = _area(sheet_id, first, end, 1)
        yield {"setDataValidation": {"range": area, "rule": rule_of(kind, choices, first)}}


def _rule_key(look: Look) -> tuple[str, tuple[str, ...]] | None:
    if look.kind == Kind.CHOICE:
        return (look.kind, look.choices) if look.choices else None
    if look.kind == Kind.YES_NO:
        return look.kind, ("yes", "no")
    is_checked = look.kind in {Kind.DATE, Kind.TIME, Kind.NUMBER, Kind.MONEY, Kind.HOURS}
    return (look.kind, ()) if is_checked else None


def rule_of(kind: str, choices: Sequence[str], column: int) -> Request:
    """The rule of a column; its message shows beside the cell and where something else is typed."""
    if choices:
        return _strict("ONE_OF_LIST", choices, CHOICE_HINT) | {"showCustomUi": True}
    if kind == Kind.DATE:
        return _strict("DATE_IS_VALID", (), DAY_HINT)
    if kind == Kind.TIME:
        cell = f"{_letters(column)}2"
        return _strict("CUSTOM_FORMULA", (f"=AND(ISNUMBER({cell}),{cell}>=0,{cell}<1)",), TIME_HINT)
    return _strict("NUMBER_BETWEEN", (str(-TOO_LARGE), str(TOO_LARGE)), NUMBER_HINT)


def _strict(kind: str, values: Sequence[str], hint: str) -> Request:
    condition: Request = {"type": kind}
    if values:
        condition["values"] = [{"userEnteredValue": value} for value in values]
    return {"condition": condition, "inputMessage": hint, "strict": True}


def _letters(column: int) -> str:
    letters, left = "", column + 1
    while left:
        left, at = divmod(left - 1, 26)
        letters = chr(ord("A") + at) + letters
    return letters


# --- what only Mentor Desk writes ------------------------------------------------------------------


def _guards(name: str, place: Place, grid: Grid) -> Iterator[tuple[str, Request]]:
    """What is protected in a tab, by the words that name the protection."""
    if name in (AUDIT, BEFORE):
        yield f"{PREFIX}{name}, the whole tab", {"sheetId": place.sheet_id}
        return
    for count, (first, end, _) in enumerate(stretches(dict.fromkeys(grid.places.values(), True)), start=1):
        yield f"{PREFIX}{name}, headings {count}", _area(place.sheet_id, first, end, 0, 1)
    own = {grid.places[column]: True for column in OWN if column in grid.places}
    for count, (first, end, _) in enumerate(stretches(own), start=1):
        yield f"{PREFIX}{name}, own columns {count}", _area(place.sheet_id, first, end, 1)


def guarded(names: Iterable[str]) -> set[str]:
    """The words that name the protections each of these tabs must have, wherever its columns stand."""
    found = set()
    for name in names:
        parts = ("the whole tab",) if name in (AUDIT, BEFORE) else ("headings 1", "own columns 1")
        found |= {f"{PREFIX}{name}, {part}" for part in parts}
    return found


def _protections(
    sheets: Mapping[int, Mapping[str, Any]],
    places: Mapping[int, Place],
    wanted: Mapping[str, Request],
    account: str,
) -> Iterator[Request]:
    """Add what is missing, mend what is other than it should be, take away what is ours and not wanted."""
    seen: set[str] = set()
    for sheet_id, sheet in sheets.items():
        for guard in sheet.get("protectedRanges", ()):
            words = guard.get("description", "")
            if not words.startswith(PREFIX):
                continue
            if words not in wanted or words in seen:
                yield {"deleteProtectedRange": {"protectedRangeId": guard["protectedRangeId"]}}
                continue
            seen.add(words)
            if not _is_so(guard, wanted[words], places.get(sheet_id), account):
                change = _guard(words, wanted[words], account)
                change["protectedRangeId"] = guard["protectedRangeId"]
                fields = "range,warningOnly,editors"
                yield {"updateProtectedRange": {"protectedRange": change, "fields": fields}}
    for words, span in wanted.items():
        if words not in seen:
            yield {"addProtectedRange": {"protectedRange": _guard(words, span, account)}}


def _guard(words: str, span: Request, account: str) -> Request:
    """The owner of the spreadsheet may always edit; beside them only the account of Mentor Desk."""
    editors: Request = {"users": [account]} if account else {}
    return {"range": span, "description": words, "warningOnly": False, "editors": editors}


def _is_so(guard: Mapping[str, Any], span: Request, place: Place | None, account: str) -> bool:
    users = guard.get("editors", {}).get("users", ())
    is_ours = not guard.get("warningOnly") and (not account or account in users)
    return is_ours and place is not None and _corners(guard["range"], place) == _corners(span, place)


def _corners(span: Mapping[str, Any], place: Place) -> tuple[int, ...]:
    """A range within its tab; an open end is the tab's own."""
    rows = span.get("startRowIndex", 0), min(span.get("endRowIndex", place.rows), place.rows)
    columns = span.get("startColumnIndex", 0), min(span.get("endColumnIndex", place.columns), place.columns)
    return (span.get("sheetId", 0), *rows, *columns)


# --- small words -----------------------------------------------------------------------------------


def stretches(how: Mapping[int, H]) -> Iterator[tuple[int, int, H]]:
    """Columns side by side that are treated alike, as (first, end, how)."""
    first = end = -1
    for place in sorted(how):
        if place == end and how[place] == how[first]:
            end += 1
            continue
        if end > first:
            yield first, end, how[first]
        first, end = place, place + 1
    if end > first:
        yield first, end, how[first]


def _area(sheet_id: int, first: int, end: int, top: int, bottom: int | None = None) -> Request:
    area = {
        "sheetId": sheet_id,
        "startRowIndex": top,
        "startColumnIndex": first,
        "endColumnIndex": end,
    }
    return area if bottom is None else area | {"endRowIndex": bottom}
