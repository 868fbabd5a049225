"""Requests about tabs and the spreadsheet itself."""

from typing import Any

from tests.sheets_standin.book import Book
from tests.sheets_standin.defaults import COLUMNS, MOST_CELLS, ROWS
from tests.sheets_standin.errors import Refusal
from tests.sheets_standin.looks import with_styles
from tests.sheets_standin.masks import Mask, overlay
from tests.sheets_standin.reading import sheet_properties
from tests.sheets_standin.requests.contents import fields_of
from tests.sheets_standin.sheet import Sheet

Json = dict[str, Any]
LOOK = ("hidden", "tabColor", "tabColorStyle", "rightToLeft")
READ_ONLY = {"dataSourceSheetProperties"}


def add_sheet(book: Book, given: Json) -> Json:
    """A new tab, at the end or where its index says."""
    asked = given.get("properties") or {}
    if asked.get("sheetType", "GRID") != "GRID":
        raise Refusal("the stand-in models GRID sheets only.")
    number = asked.get("sheetId")
    number = book.new_number() if number is None else number
    title = asked.get("title") or _free_title(book)
    sheet = Sheet(number, title)
    _check_new(book, sheet)
    grid = asked.get("gridProperties") or {}
    sheet.row_count, sheet.column_count = grid.get("rowCount") or ROWS, grid.get("columnCount") or COLUMNS
    sheet.grid = _kept({k: v for k, v in grid.items() if k not in ("rowCount", "columnCount")})
    sheet.look = _kept(with_styles({k: v for k, v in asked.items() if k in LOOK}))
    _place(book, sheet, asked.get("index"))
    check_size(book)
    return {"properties": sheet_properties(book, sheet)}


def _kept(things: Json) -> Json:
    """Google leaves default values out of its answers."""
    return {key: value for key, value in things.items() if value or isinstance(value, dict)}


def _free_title(book: Book) -> str:
    number = len(book.sheets) + 1
    while book.titled(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def _check_new(book: Book, sheet: Sheet) -> None:
    if sheet.id < 0:
        raise Refusal(f"Invalid sheet id: {sheet.id}. It must be non-negative.")
    if any(one.id == sheet.id for one in book.sheets):
        raise Refusal(f"A sheet with id {sheet.id} already exists.")
    _check_title(book, sheet, sheet.title)


def _check_title(book: Book, sheet: Sheet, title: str) -> None:
    other = book.titled(title)
    if other is not None and other is not sheet:
        raise Refusal(f'A sheet with the name "{title}" already exists. Please enter another name.')
    if len(title) > 100:
        raise Refusal("The sheet name cannot be greater than 100 characters.")


def _place(book: Book, sheet: Sheet, index: int | None) -> None:
    if index is not None and index > len(book.sheets):
        raise Refusal(f"Sheet index {index} is greater than the number of sheets ({len(book.sheets)}).")
    book.sheets.insert(len(book.sheets) if index is None else index, sheet)


def check_size(book: Book) -> None:
    """A spreadsheet holds ten million cells."""
    if sum(sheet.row_count * sheet.column_count for sheet in book.sheets) > MOST_CELLS:
        raise Refusal(
            f"This action would increase the number of cells in the workbook above the limit of {MOST_CELLS} cells."
        )


def delete_sheet(book: Book, given: Json) -> Json:
    """Take a tab out; names that stood on it stay taken and are no longer listed."""
    sheet = book.sheet(given.get("sheetId", 0))
    shown = [one for one in book.sheets if not one.look.get("hidden") and one is not sheet]
    if not shown:
        raise Refusal("You can't remove all the visible sheets in a document.")
    book.sheets.remove(sheet)
    book.lose_names([key for key, one in book.named.items() if one["range"].get("sheetId", 0) == sheet.id])
    return {}


def duplicate_sheet(book: Book, given: Json) -> Json:
    """A copy of a tab, its protections and filter with it."""
    source = book.sheet(given.get("sourceSheetId", 0))
    number = given.get("newSheetId")
    made = copy_of(book, source, book.new_number() if number is None else number)
    made.title = given.get("newSheetName") or _copy_title(book, source.title)
    _check_new(book, made)
    index = given.get("insertSheetIndex")
    _place(book, made, book.sheets.index(source) + 1 if index is None else index)
    check_size(book)
    return {"properties": sheet_properties(book, made)}


def _copy_title(book: Book, title: str) -> str:
    made, number = f"Copy of {title}", 1
    while book.titled(made):
        number += 1
        made = f"Copy of {title} {number}"
    return made


def copy_of(book: Book, source: Sheet, number: int) -> Sheet:
    """A tab with another's cells, its own ranges pointing at itself."""
    made = source.clone()
    made.id = number
    made.merges = tuple(area._replace(sheet=number) for area in source.merges)
    made.filter = _pointed(source.filter, number) if source.filter else None
    made.things = {
        kind: tuple(_pointed(one, number) for one in things) for kind, things in source.things.items()
    }
    for kind, key in (("protectedRanges", "protectedRangeId"), ("filterViews", "filterViewId")):
        made.things[kind] = tuple(one | {key: book.new_number()} for one in made.things.get(kind, ()))
    return made


def _pointed(thing: Json, number: int) -> Json:
    """A thing whose ranges name another tab."""
    made = dict(thing)
    for name, part in thing.items():
        if name == "range":
            made[name] = {"sheetId": number} | {key: at for key, at in part.items() if key != "sheetId"}
        elif name in ("ranges", "unprotectedRanges"):
            made[name] = [_pointed({"range": one}, number)["range"] for one in part]
    return made


def update_sheet_properties(book: Book, given: Json) -> Json:
    """Rename, move, hide, colour, freeze or resize a tab."""
    asked, mask = given.get("properties") or {}, fields_of(given)
    sheet = book.sheet(asked.get("sheetId", 0))
    if "*" in mask:
        mask = {name: {} for name in ("title", "index", "gridProperties", *LOOK)}
    if "title" in mask:
        _check_title(book, sheet, asked.get("title") or "")
        sheet.title = asked.get("title") or sheet.title
    if "gridProperties" in mask:
        _change_grid(book, sheet, asked.get("gridProperties") or {}, mask["gridProperties"])
    if "index" in mask:
        _move_tab(book, sheet, asked.get("index", 0))
    looks = _both_colours({name: inner for name, inner in mask.items() if name in LOOK})
    if looks:
        sheet.look = _kept(overlay(sheet.look, with_styles(asked), looks))
        _check_some_shown(book)
    return {}


def _both_colours(mask: Mask) -> Mask:
    if "tabColor" in mask or "tabColorStyle" in mask:
        return mask | {"tabColor": {}, "tabColorStyle": {}}
    return mask


def _check_some_shown(book: Book) -> None:
    if all(sheet.look.get("hidden") for sheet in book.sheets):
        raise Refusal("You can't hide all the sheets in a document.")


def _change_grid(book: Book, sheet: Sheet, asked: Json, mask: Mask) -> None:
    old = {"rowCount": sheet.row_count, "columnCount": sheet.column_count} | sheet.grid
    made = overlay(old, asked, mask)
    rows, columns = made.pop("rowCount", sheet.row_count), made.pop("columnCount", sheet.column_count)
    if rows < 1 or columns < 1:
        raise Refusal("The number of rows and columns must be greater than 0.")
    for name, count, word in (("frozenRowCount", rows, "rows"), ("frozenColumnCount", columns, "columns")):
        if made.get(name, 0) >= count:
            raise Refusal(f"You can't freeze all visible {word} on the sheet.")
    sheet.resize(rows, columns)
    sheet.grid = _kept(made)
    check_size(book)


def _move_tab(book: Book, sheet: Sheet, index: int) -> None:
    """Google counts the new place before the tab is taken from its old one."""
    at = book.sheets.index(sheet)
    if index > len(book.sheets):
        raise Refusal(f"Sheet index {index} is greater than the number of sheets ({len(book.sheets)}).")
    book.sheets.remove(sheet)
    book.sheets.insert(index - 1 if index > at else index, sheet)


def update_spreadsheet_properties(book: Book, given: Json) -> Json:
    """Title, locale, time zone, recalculation and default format."""
    asked, mask = given.get("properties") or {}, fields_of(given)
    made = overlay(book.properties, asked, {name: {} for name in book.properties} if "*" in mask else mask)
    locale = made.get("locale") or ""
    if not locale or not locale.replace("_", "").isalpha():
        raise Refusal(f"Unsupported locale: {locale}")
    book.properties = made
    return {}


HANDLERS = {
    "addSheet": add_sheet,
    "deleteSheet": delete_sheet,
    "duplicateSheet": duplicate_sheet,
    "updateSheetProperties": update_sheet_properties,
    "updateSpreadsheetProperties": update_spreadsheet_properties,
}
