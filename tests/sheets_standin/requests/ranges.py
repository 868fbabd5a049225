"""Requests that hang things on ranges: merges, filters, groups, colours, rules; and shifting of cells."""

from typing import Any

from tests.sheets_standin.areas import Area, Box, area_of
from tests.sheets_standin.book import Book
from tests.sheets_standin.cells import EMPTY
from tests.sheets_standin.errors import Refusal
from tests.sheets_standin.looks import with_styles
from tests.sheets_standin.masks import overlay
from tests.sheets_standin.requests.dimensions import span_of
from tests.sheets_standin.requests.sorting import sort_range
from tests.sheets_standin.sheet import Sheet

Json = dict[str, Any]


def merge_cells(book: Book, given: Json) -> Json:
    """Merge a range whole, by columns or by rows; only the first cell of each keeps its value."""
    sheet, box = book.box(given.get("range") or {})
    kind = given.get("mergeType") or "MERGE_ALL"
    boxes = [box]
    if kind == "MERGE_COLUMNS":
        boxes = [Box(box.top, box.bottom, column, column + 1) for column in range(box.left, box.right)]
    elif kind == "MERGE_ROWS":
        boxes = [Box(row, row + 1, box.left, box.right) for row in range(box.top, box.bottom)]
    for one in boxes:
        _merge(sheet, one)
    return {}


def _merge(sheet: Sheet, box: Box) -> None:
    kept = []
    for area in sheet.merges:
        old = area.clipped(sheet.row_count, sheet.column_count)
        if _inside(old, box):
            continue
        if old.top < box.bottom and box.top < old.bottom and old.left < box.right and box.left < old.right:
            raise Refusal("You must select all cells in a merged range to merge or unmerge them.")
        kept.append(area)
    sheet.merges = (*kept, *((Area(sheet.id, *box),) if box.cells > 1 else ()))
    first = sheet.cell(box.top, box.left)
    sheet.change_present(box, lambda cell: cell._replace(value=None, formula=None))
    if first != EMPTY:
        sheet.put(box.top, {box.left: first})


def _inside(inner: Box, outer: Box) -> bool:
    return (
        outer.top <= inner.top
        and inner.bottom <= outer.bottom
        and outer.left <= inner.left
        and inner.right <= outer.right
    )


def unmerge_cells(book: Book, given: Json) -> Json:
    """Take merges in a range apart."""
    sheet, box = book.box(given.get("range") or {})
    merges = [(area, area.clipped(sheet.row_count, sheet.column_count)) for area in sheet.merges]
    sheet.merges = tuple(area for area, one in merges if not _inside(one, box))
    return {}


def set_basic_filter(book: Book, given: Json) -> Json:
    """Switch the filter of a tab on."""
    asked = given.get("filter") or {}
    sheet, box = book.box(asked.get("range") or {})
    sheet.filter = asked | {"range": Area(sheet.id, *box).json()}
    for spec in asked.get("sortSpecs") or ():
        sort_range(book, {"range": asked["range"] | {"startRowIndex": box.top + 1}, "sortSpecs": [spec]})
    return {}


def clear_basic_filter(book: Book, given: Json) -> Json:
    """Switch the filter of a tab off."""
    book.sheet(given.get("sheetId", 0)).filter = None
    return {}


def add_filter_view(book: Book, given: Json) -> Json:
    """Keep a filter view."""
    asked = dict(given.get("filter") or {})
    sheet, box = book.box(asked.get("range") or {})
    asked["filterViewId"] = asked.get("filterViewId") or book.new_number()
    made = asked | {"range": Area(sheet.id, *box).json(), "title": asked.get("title") or "Filter 1"}
    sheet.things["filterViews"] = (*sheet.things.get("filterViews", ()), made)
    return {"filter": made}


def delete_filter_view(book: Book, given: Json) -> Json:
    """Take a filter view away."""
    _drop(book, "filterViews", "filterViewId", given.get("filterId", 0), "filter view")
    return {}


def _drop(book: Book, kind: str, name: str, key: int, words: str) -> Json:
    for sheet in book.sheets:
        for one in sheet.things.get(kind, ()):
            if one[name] == key:
                sheet.things[kind] = tuple(other for other in sheet.things[kind] if other is not one)
                return one
    raise Refusal(f"No {words} with id: {key}")


def add_dimension_group(book: Book, given: Json) -> Json:
    """Group rows or columns; a group over a group is one deeper."""
    sheet, rows, start, end = span_of(book, given.get("range") or {})
    kind = "rowGroups" if rows else "columnGroups"
    groups = sheet.things.get(kind, ())
    over = [one for one in groups if one["range"]["startIndex"] <= start and end <= one["range"]["endIndex"]]
    made = {"range": _dimension_range(sheet, rows, start, end), "depth": len(over) + 1}
    sheet.things[kind] = (*groups, made)
    sheet.grid = sheet.grid | {"rowGroupControlAfter" if rows else "columnGroupControlAfter": True}
    return {"dimensionGroups": list(sheet.things[kind])}


def _dimension_range(sheet: Sheet, rows: bool, start: int, end: int) -> Json:
    made: Json = {"sheetId": sheet.id} if sheet.id else {}
    return made | {"dimension": "ROWS" if rows else "COLUMNS", "startIndex": start, "endIndex": end}


def delete_dimension_group(book: Book, given: Json) -> Json:
    """Take the deepest group over a span away."""
    sheet, rows, start, end = span_of(book, given.get("range") or {})
    kind = "rowGroups" if rows else "columnGroups"
    groups = sheet.things.get(kind, ())
    same = [one for one in groups if one["range"]["startIndex"] == start and one["range"]["endIndex"] == end]
    if not same:
        raise Refusal("There is no dimension group over the specified range.")
    sheet.things[kind] = tuple(one for one in groups if one is not same[-1])
    left = sheet.things[kind]
    return {"dimensionGroups": list(left)} if left else {}


def add_conditional_format(book: Book, given: Json) -> Json:
    """Keep a conditional format; nothing is coloured by it."""
    rule, index = given.get("rule") or {}, given.get("index", 0)
    areas = [book.box(one)[0] for one in rule.get("ranges") or ()]
    if not areas:
        raise Refusal("ranges must be set.")
    kept = with_styles(rule) | {"ranges": [area_of(one).json() for one in rule["ranges"]]}
    found = list(areas[0].things.get("conditionalFormats", ()))
    found.insert(index, kept)
    areas[0].things["conditionalFormats"] = tuple(found)
    return {}


def delete_conditional_format(book: Book, given: Json) -> Json:
    """Take a conditional format away."""
    sheet, index = book.sheet(given.get("sheetId", 0)), given.get("index", 0)
    found = list(sheet.things.get("conditionalFormats", ()))
    if index >= len(found):
        raise Refusal(f"No conditional format on sheet: {sheet.id} at index: {index}")
    gone = found.pop(index)
    sheet.things["conditionalFormats"] = tuple(found)
    return {"rule": gone}


def add_banding(book: Book, given: Json) -> Json:
    """Keep alternating colours."""
    asked = given.get("bandedRange") or {}
    sheet, box = book.box(asked.get("range") or {})
    made = {
        "bandedRangeId": asked.get("bandedRangeId") or book.new_number(),
        "range": Area(sheet.id, *box).json(),
    }
    made |= {key: with_styles(part) for key, part in asked.items() if key.endswith("Properties")}
    sheet.things["bandedRanges"] = (*sheet.things.get("bandedRanges", ()), made)
    return {"bandedRange": made}


def delete_banding(book: Book, given: Json) -> Json:
    """Take alternating colours away."""
    _drop(book, "bandedRanges", "bandedRangeId", given.get("bandedRangeId", 0), "banded range")
    return {}


def update_borders(book: Book, given: Json) -> Json:
    """Draw the borders of a range: each side of each cell that lies on it."""
    sheet, box = book.box(given.get("range") or {})
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            sides = {name: given[key] for key, name in _sides(box, row, column) if key in given}
            cell = sheet.cell(row, column)
            borders = overlay((cell.format or {}).get("borders", {}), sides, {name: {} for name in sides})
            if sides:
                sheet.put(row, {column: cell._replace(format=dict(cell.format or {}) | {"borders": borders})})
    return {}


def _sides(box: Box, row: int, column: int) -> list[tuple[str, str]]:
    """(which border of the request, which side of the cell)."""
    return [
        ("top" if row == box.top else "innerHorizontal", "top"),
        ("bottom" if row == box.bottom - 1 else "innerHorizontal", "bottom"),
        ("left" if column == box.left else "innerVertical", "left"),
        ("right" if column == box.right - 1 else "innerVertical", "right"),
    ]


def insert_range(book: Book, given: Json) -> Json:
    """Put empty cells in and shift those there down or right."""
    sheet, box = book.box(given.get("range") or {})
    rows = given.get("shiftDimension") == "ROWS"
    step = (box.bottom - box.top, 0) if rows else (0, box.right - box.left)
    _shift(sheet, box, rows, step)
    return {}


def delete_range(book: Book, given: Json) -> Json:
    """Take cells out and shift those beyond up or left."""
    sheet, box = book.box(given.get("range") or {})
    rows = given.get("shiftDimension") == "ROWS"
    step = (box.top - box.bottom, 0) if rows else (0, box.left - box.right)
    _shift(sheet, box, rows, step)
    return {}


def _shift(sheet: Sheet, box: Box, rows: bool, step: tuple[int, int]) -> None:
    """Move the cells from the range on; what is pushed over the edge of the grid is refused, as in a paste."""
    last = len(sheet.cells)
    zone = (
        Box(box.top, last, box.left, box.right)
        if rows
        else Box(box.top, box.bottom, box.left, sheet.column_count)
    )
    moved = []
    for row in range(zone.top, min(zone.bottom, last)):
        for column, cell in sheet.row(row).items():
            if zone.left <= column < zone.right:
                moved.append((row, column, cell))
    gone = sum(step) < 0
    sheet.change_present(zone, lambda cell: EMPTY)
    for row, column, cell in moved:
        if gone and box.top <= row < box.bottom and box.left <= column < box.right:
            continue
        if row + step[0] >= sheet.row_count or column + step[1] >= sheet.column_count:
            sheet.resize(
                max(sheet.row_count, row + step[0] + 1), max(sheet.column_count, column + step[1] + 1)
            )
        sheet.put(row + step[0], {column + step[1]: cell})


HANDLERS = {
    "mergeCells": merge_cells,
    "unmergeCells": unmerge_cells,
    "setBasicFilter": set_basic_filter,
    "clearBasicFilter": clear_basic_filter,
    "addFilterView": add_filter_view,
    "deleteFilterView": delete_filter_view,
    "addDimensionGroup": add_dimension_group,
    "deleteDimensionGroup": delete_dimension_group,
    "addConditionalFormatRule": add_conditional_format,
    "deleteConditionalFormatRule": delete_conditional_format,
    "addBanding": add_banding,
    "deleteBanding": delete_banding,
    "updateBorders": update_borders,
    "insertRange": insert_range,
    "deleteRange": delete_range,
}
