"""Every list out, as an Excel workbook or as CSV (X9): what is on the screen, and safe to open.

Text stays text: nothing that somebody typed is worked out as a formula. Dates, hours and pounds are real ones,
so that staff's sums work.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from schemas.column import COMMON, Column, Register, Row
from schemas.errors import NotYet
from schemas.kinds import Kind
from schemas.registers import BY_TAB, REGISTERS
from schemas.words import N_, Message, say
from services import access, passwords, records
from services.context import Context
from services.documents.text import clean_text
from services.seals import Sealed

FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
FORMATS = {
    Kind.MONEY: '"£"#,##0.00',
    Kind.HOURS: "0.00",
    Kind.DATE: "dd/mm/yyyy",
    Kind.TIME: "hh:mm",
    Kind.INSTANT: "dd/mm/yyyy hh:mm",
}
NAMING = frozenset({"Mentors", "People", "Payees", "Interests", "Checks"})
NARROWEST, WIDEST = 9, 48
_NOT_IN_A_TAB = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class Sheet:
    """A list to be written: its title, its columns, and a value per column and row."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    language: str = "en"

    @property
    def heading(self) -> list[str]:
        """The columns' titles in the reader's language."""
        return [say(column.title, self.language) for column in self.columns]


def sheet_of(
    ctx: Context, register: type[Register], rows: Sequence[Row], names: Sequence[str] | None = None
) -> Sheet:
    """Rows of a register as they are shown: those columns, links as "id name", sealed cells as dots."""
    columns = tuple(register.columns[name] for name in (names or _own(register)))
    reader = records.view(ctx)
    values = tuple(tuple(_value(reader, column, row[column.name]) for column in columns) for row in rows)
    return Sheet(say(register.tab, ctx.language), columns, values, ctx.language)


def _own(register: type[Register]) -> list[str]:
    return [name for name in register.columns if name not in COMMON or name == "_id"]


def _value(reader: records.Rows, column: Column, value: Any) -> Any:
    if isinstance(value, Sealed):
        return str(value)
    if column.to and value and value != records.HIDDEN:
        name = reader.name(BY_TAB[column.to], value)
        return value if name == value else f"{value} {name}"
    return value


def excel(*sheets: Sheet) -> bytes:
    """An .xlsx workbook with a tab for each sheet: heading frozen, filters set, columns wide enough."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(_tab(sheet.title)), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _tab(title: str) -> str:
    return _NOT_IN_A_TAB.sub(" ", clean_text(title))[:31].strip("' ") or "Sheet"


def _write(tab: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    last = get_column_letter(max(len(sheet.columns), 1))
    tab.freeze_panes = "A2"
    tab.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
    for place, width in enumerate(_widths(sheet), start=1):
        tab.column_dimensions[get_column_letter(place)].width = width
    heading = [_cell(tab, title) for title in sheet.heading]
    for cell in heading:
        cell.font = Font(bold=True)
    tab.append(heading)
    for row in sheet.rows:
        tab.append(
            [
                _quick(tab, *_for_excel(value, column))
                for value, column in zip(row, sheet.columns, strict=True)
            ]
        )


def _widths(sheet: Sheet) -> list[int]:
    longest = [len(title) + 3 for title in sheet.heading]
    for row in sheet.rows:
        for place, value in enumerate(row):
            longest[place] = max(longest[place], len(_text(value, sheet.language)) + 1)
    return [min(max(width, NARROWEST), WIDEST) for width in longest]


def _quick(tab: Any, value: Any, number_format: str) -> Any:
    """A blank or a plain text as it is, which is half the time of a cell; what could be misread as a cell."""
    if value is None or (isinstance(value, str) and not value.startswith((*FORMULA_MARKS, "#"))):
        return value
    return _cell(tab, value, number_format)


def _cell(tab: Any, value: Any, number_format: str = "") -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell: Any = WriteOnlyCell(tab, value)
    if isinstance(value, str):
        # openpyxl takes "=1+1" for a formula; so would a spreadsheet when the cell is next edited
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_MARKS)
    elif number_format:
        cell.number_format = number_format
    return cell


def _for_excel(value: Any, column: Column) -> tuple[Any, str]:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None), FORMATS[Kind.INSTANT]
    if isinstance(value, Decimal | date | time) and not isinstance(value, bool):
        return value, FORMATS.get(column.kind, "")
    return (None, "") if value is None else (_text(value, "en"), "")


def _text(value: Any, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("yes" if value else "no", language)
    if isinstance(value, tuple):
        return clean_text("; ".join(value))
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return clean_text(str(value))


def excel_file(*sheets: Sheet, password: str = "", is_personal: bool = False) -> bytes:
    """The workbook as it may leave: with personal data in it only under a password that is long enough (X6)."""
    made = excel(*sheets)
    if is_personal or any(has_personal(sheet) for sheet in sheets):
        return passwords.protected(made, password)
    return made


def has_personal(sheet: Sheet) -> bool:
    """Whether a list says anything of a person: by a column's own description, or by whom it links to."""
    return any(
        column.personal or column.sealed or column.to in NAMING or column.kind is Kind.LONG_TEXT
        for column in sheet.columns
    )


def csv_file(sheet: Sheet) -> bytes:
    """The same list as CSV: UTF-8 with its mark, an apostrophe before what would be a formula.

    CSV can't be closed with a password, so a list with personal data does not leave this way (X6).
    """
    if has_personal(sheet):
        raise NotYet(
            Message(N_("A CSV file can’t be closed with a password, and this list has personal data.")),
            Message(N_("Take it out as Excel.")),
        )
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_guarded(title) for title in sheet.heading])
    for row in sheet.rows:
        writer.writerow([_plain(value, sheet.language) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _plain(value: Any, language: str) -> str:
    text = _text(value, language)
    return text if isinstance(value, Decimal) else _guarded(text)


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_MARKS) else text


def whole_workbook(ctx: Context, password: str) -> bytes:
    """Every register the actor may see, a tab each, under a password (X6, X9); sealed cells stay dots.

    Safeguarding concerns leave in no file, not even the lead's own (W10); nor does what was scanned (L6, W3).
    """
    access.require(ctx, "workbook.export")
    wanted = (register for register in REGISTERS if register.tab not in access.IN_NO_FILE)
    seen = [register for register in wanted if access.scope(ctx, register.tab) is not None]
    reader = records.view(ctx)
    made = [sheet_of(ctx, register, reader.all(register)) for register in seen]
    return excel_file(*made, password=password, is_personal=True)
