"""An Excel workbook's first sheet as lines of text (X9): looked at from outside before any parser opens it.

A workbook is a zip file. A small one can unpack to gigabytes, or carry macros, so the directory is read first:
what it holds, how much it says it unpacks to, and whether the XML declares entities.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from schemas.words import N_, Message
from services.imports.files import MOST_COLUMNS, FileRefused, Numbered

MOST_UNPACKED = 120 * 1024 * 1024
MOST_TIMES = 150
SMALL = 1024 * 1024
MOST_MEMBERS = 2_000
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def lines(content: bytes) -> Iterator[Numbered]:
    """The first sheet's rows with their numbers; raises `FileRefused` for what is no plain workbook."""
    check(content)
    try:
        sheet = list(_rows(content, values=True))
        if _has_formulas(content):
            sheet = _with_formulas(sheet, list(_rows(content, values=False)))
    except FileRefused:
        raise
    except Exception as error:
        # openpyxl raises whatever a broken part made it trip over; all of it means the same to a person
        raise _broken() from error
    return ((number, [_text(cell) for cell in cells]) for number, cells in enumerate(sheet, start=1))


def check(content: bytes) -> None:
    """Refuse bombs, macros and what is not an .xlsx, before any parser sees it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            _check_size(members, len(content))
            _check_parts({member.filename for member in members}, package)
            _check_entities(package, members)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
        raise _broken() from None


def _check_size(members: Sequence[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(member.file_size for member in members)
    too_much = unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked > packed * MOST_TIMES)
    overlapping = sum(member.compress_size for member in members) > packed
    if too_much or overlapping or len(members) > MOST_MEMBERS:
        raise FileRefused(
            Message(N_("This workbook unpacks to far more than it should, so it was not opened.")),
            Message(N_("Copy the rows into a new workbook, save it and choose that file.")),
        )


def _check_parts(names: set[str], package: zipfile.ZipFile) -> None:
    folded = {name.casefold() for name in names}
    kinds = package.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if any(name.endswith("vbaproject.bin") for name in folded) or b"macroEnabled" in kinds:
        raise FileRefused(
            Message(N_("This workbook holds macros, so it was not opened.")),
            Message(N_("Save it as an Excel workbook without macros (.xlsx) and choose that file.")),
        )
    if "xl/workbook.bin" in folded or "mimetype" in folded:
        raise FileRefused(Message(N_("This kind of spreadsheet can't be read.")))
    if "xl/workbook.xml" not in folded:
        raise FileRefused(Message(N_("This is neither a CSV file nor an Excel workbook.")))


def _check_entities(package: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> None:
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            with package.open(member) as part:
                if _DECLARED.search(part.read(4096)):
                    raise _broken()


def _broken() -> FileRefused:
    return FileRefused(
        Message(N_("This workbook is damaged or is not really an Excel workbook.")),
        Message(N_("Open it in a spreadsheet, save it as a new .xlsx file and choose that.")),
    )


def _rows(content: bytes, *, values: bool) -> Iterator[Sequence[Any]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)
    try:
        if not book.worksheets:
            raise FileRefused(Message(N_("This workbook has no sheet with rows.")))
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        yield from sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
    finally:
        book.close()


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(package.read(name)) for name in sheets)


def _with_formulas(values: Sequence[Sequence[Any]], formulas: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """Values as last worked out; a formula never worked out keeps its own text, so that nothing is lost."""
    return [
        [written if value is None else value for value, written in zip(row, texts, strict=False)]
        for row, texts in zip(values, formulas, strict=False)
    ]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{Decimal(f'{cell:.15g}'):f}"
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    return f"{cell:%H:%M}" if isinstance(cell, time) else str(getattr(cell, "text", cell))
