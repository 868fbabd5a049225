"""A spreadsheet as a file."""

import csv
import io
from collections.abc import Callable

from tests.sheets_standin.book import Book
from tests.sheets_standin.rendering import trimmed_values
from tests.sheets_standin.sheet import Sheet

CSV, TSV = "text/csv", "text/tab-separated-values"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _shown(book: Book, sheet: Sheet) -> list[list[str]]:
    rows = trimmed_values(book, sheet, sheet.whole, {}, False)
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def as_csv(book: Book) -> bytes:
    """The first tab, comma separated."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(_shown(book, book.sheets[0]))
    return text.getvalue().removesuffix("\r\n").encode()


def as_tsv(book: Book) -> bytes:
    """The first tab, tab separated; tabs and line ends inside cells become spaces."""
    rows = _shown(book, book.sheets[0])
    return "\r\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows).encode()


def as_xlsx(book: Book) -> bytes:
    """Every tab's values."""
    import openpyxl

    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in book.sheets:
        made = workbook.create_sheet(sheet.title[:31])
        options = {"valueRenderOption": "UNFORMATTED_VALUE"}
        for row in trimmed_values(book, sheet, sheet.whole, options, False):
            made.append(row)
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


EXPORTS: dict[str, Callable[[Book], bytes]] = {CSV: as_csv, TSV: as_tsv, XLSX: as_xlsx}
