"""A list as an Excel sheet: text stays text, whatever it begins with (X14)."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

WIDEST = 60


def excel(title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet with a heading row that stays in view and can be filtered; numbers and dates stay such."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = title[:31]
    for at, values in enumerate([heads, *rows], start=1):
        for column, value in enumerate(values, start=1):
            _write(sheet.cell(at, column), value)
    for column in range(1, len(heads) + 1):
        sheet.cell(1, column).font = Font(bold=True)
        letter = get_column_letter(column)
        longest = max(len(str(cell.value or "")) for cell in sheet[letter])
        sheet.column_dimensions[letter].width = min(longest + 2, WIDEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _write(cell: Any, value: Any) -> None:
    """A text that begins like a formula is written as text, marked so for Excel too."""
    if isinstance(value, int | Decimal | date) and not isinstance(value, bool):
        cell.value = value
        return
    cell.value = "" if value is None else str(value)
    cell.data_type = "s"
    if cell.value[:1] in set("=+-@"):
        cell.quotePrefix = True
