"""Requests that put rows in order, find, replace, and trim."""

import re
from collections.abc import Callable
from typing import Any

from tests.sheets_standin.areas import Box
from tests.sheets_standin.book import Book
from tests.sheets_standin.cells import EMPTY, Cell, Fault, Scalar
from tests.sheets_standin.errors import Refusal
from tests.sheets_standin.references import shifted
from tests.sheets_standin.sheet import Sheet
from tests.sheets_standin.showing import show
from tests.sheets_standin.typing_in import typed_in

Json = dict[str, Any]


def sort_key(value: Scalar) -> tuple[int, Any]:
    """Google's order: numbers and dates, then texts without regard to case, then FALSE, TRUE, errors."""
    if isinstance(value, bool):
        return (2, value)
    if isinstance(value, int | float):
        return (0, value)
    if isinstance(value, str):
        return (1, value.casefold())
    return (3, "")


def sort_range(book: Book, given: Json) -> Json:
    """Put the rows of a range in order; contents move, the rows stay. Blanks come last either way."""
    sheet, box = book.box(given.get("range") or {})
    box = box._replace(bottom=max(box.top, min(box.bottom, len(sheet.cells))))
    rows = list(range(box.top, box.bottom))
    for spec in reversed(given.get("sortSpecs") or []):
        column = spec.get("dimensionIndex", 0)
        if not box.left <= column < box.right:
            raise Refusal(f"dimensionIndex[{column}] must be within the range.")
        rows = _ordered(book, sheet, rows, column, spec.get("sortOrder") == "DESCENDING")
    _put_rows(sheet, box, rows)
    return {}


def _ordered(book: Book, sheet: Sheet, rows: list[int], column: int, down: bool) -> list[int]:
    values = {row: book.value(sheet, row, column) for row in rows}
    written = [row for row in rows if values[row] is not None]
    written.sort(key=lambda row: sort_key(values[row]), reverse=down)
    return written + [row for row in rows if values[row] is None]


def _put_rows(sheet: Sheet, box: Box, order: list[int]) -> None:
    columns = range(box.left, box.right)
    taken = {old: {c: cell for c, cell in sheet.row(old).items() if c in columns} for old in order}
    for row, old in zip(range(box.top, box.bottom), order, strict=True):
        if row == old:
            continue
        stood = [c for c in sheet.row(row) if c in columns]
        sheet.put(row, dict.fromkeys(stood, EMPTY) | {c: _moved(x, row - old) for c, x in taken[old].items()})


def _moved(cell: Cell, down: int) -> Cell:
    return cell if cell.formula is None else cell._replace(formula=shifted(cell.formula, down, 0))


def find_replace(book: Book, given: Json) -> Json:
    """Find and replace in a range, a tab or everywhere; counts of nothing are left out."""
    if not given.get("find"):
        raise Refusal("find must be set.")
    swap, places = _swapper(given), _places(book, given)
    cells, formulas, rows, sheets, found = 0, 0, set(), set(), 0
    for sheet, box in places:
        for row in range(box.top, min(box.bottom, len(sheet.cells))):
            changes, count = _replaced_row(book, sheet, row, box, swap, bool(given.get("includeFormulas")))
            if changes:
                formulas += sum(sheet.cell(row, column).formula is not None for column in changes)
                sheet.put(row, changes)
                rows.add((sheet.id, row))
                sheets.add(sheet.id)
            cells, found = cells + len(changes), found + count
    made = {
        "valuesChanged": cells,
        "rowsChanged": len(rows),
        "sheetsChanged": len(sheets),
        "occurrencesChanged": found,
    }
    return {name: count for name, count in made.items() if count}


def _places(book: Book, given: Json) -> list[tuple[Sheet, Box]]:
    if "range" in given:
        return [book.box(given["range"])]
    if given.get("allSheets"):
        return [(sheet, sheet.whole) for sheet in book.sheets]
    if "sheetId" in given:
        sheet = book.sheet(given["sheetId"])
        return [(sheet, sheet.whole)]
    raise Refusal("One of range, sheetId or allSheets must be set.")


def _swapper(given: Json) -> Callable[[str], tuple[str, int]]:
    """What makes a new text of an old one and counts the places."""
    source = given["find"] if given.get("searchByRegex") else re.escape(given["find"])
    pattern = re.compile(source, 0 if given.get("matchCase") else re.IGNORECASE)
    new, whole = given.get("replacement", ""), bool(given.get("matchEntireCell"))
    template = re.sub(r"\$(\d)", r"\\\1", new) if given.get("searchByRegex") else new.replace("\\", r"\\")

    def swap(text: str) -> tuple[str, int]:
        if whole:
            found = pattern.fullmatch(text)
            return (found.expand(template), 1) if found else (text, 0)
        return pattern.subn(template, text)

    return swap


def _replaced_row(
    book: Book, sheet: Sheet, row: int, box: Box, swap: Callable[[str], tuple[str, int]], formulas: bool
) -> tuple[dict[int, Cell], int]:
    changes, total = {}, 0
    for column, cell in sheet.row(row).items():
        if cell.blank or not box.left <= column < box.right or (cell.formula is not None and not formulas):
            continue
        old = cell.formula if cell.formula is not None else show(cell.value, cell.format, book.locale)
        new, count = swap(old)
        if count:
            changes[column] = typed_in(cell._replace(formula=None, value=new or None), new, book.locale)
            total += count
    return changes, total


def trim_whitespace(book: Book, given: Json) -> Json:
    """Take blanks off the ends of texts, and double ones out of their middles."""
    sheet, box = book.box(given.get("range") or {})
    rows = (sheet.row(row) for row in range(box.top, min(box.bottom, len(sheet.cells))))
    present = [cell for row in rows for c, cell in row.items() if box.left <= c < box.right]
    count = sum(_trimmed(cell) is not cell for cell in present)
    sheet.change_present(box, _trimmed)
    return {"cellsChangedCount": count} if count else {}


def _trimmed(cell: Cell) -> Cell:
    if not isinstance(cell.value, str) or (made := " ".join(cell.value.split())) == cell.value:
        return cell
    return cell._replace(value=made or None)


def delete_duplicates(book: Book, given: Json) -> Json:
    """Take out rows of a range equal to an earlier one; the rest move up."""
    sheet, box = book.box(given.get("range") or {})
    spans = given.get("comparisonColumns") or [{"startIndex": box.left, "endIndex": box.right}]
    columns = [
        c for span in spans for c in range(span.get("startIndex", box.left), span.get("endIndex", box.right))
    ]
    seen, kept = set(), []
    for row in range(box.top, min(box.bottom, len(sheet.cells))):
        key = tuple(_comparable(book.value(sheet, row, column)) for column in columns)
        if key not in seen:
            seen.add(key)
            kept.append(row)
    gone = min(box.bottom, len(sheet.cells)) - box.top - len(kept)
    filled = [dict(sheet.row(row)) for row in kept]
    for at, row in enumerate(range(box.top, min(box.bottom, len(sheet.cells)))):
        new = filled[at] if at < len(filled) else {}
        old = dict.fromkeys((c for c in sheet.row(row) if box.left <= c < box.right), EMPTY)
        sheet.put(row, old | {c: cell for c, cell in new.items() if box.left <= c < box.right})
    return {"duplicatesRemovedCount": gone} if gone > 0 else {}


def _comparable(value: Scalar) -> Any:
    if isinstance(value, Fault):
        return value.shown
    return value.casefold() if isinstance(value, str) else value


HANDLERS = {
    "sortRange": sort_range,
    "findReplace": find_replace,
    "trimWhitespace": trim_whitespace,
    "deleteDuplicates": delete_duplicates,
}
