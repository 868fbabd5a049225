"""A file as a person has it, read into columns and rows of text (X9, X14).

CSV in UTF-8 (with or without its mark), Windows-1252 or UTF-16, split by commas, semicolons or tabs; Excel
workbooks by way of `excel`. What is in the file decides, never its name. Anything else is refused at once
with one plain sentence.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.errors import OurError
from schemas.words import N_, Message, message

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 200
MARKED = N_("What is wrong")
GUARDED = ("=", "+", "-", "@", "\t")
SAVE_AS = Message(N_("Save it as .xlsx or as CSV and choose that file."))
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class FileRefused(OurError):
    """A file that can't be read as rows under a heading; nothing was looked at further."""

    def __init__(self, reason: Message, remedy: Message = SAVE_AS) -> None:
        super().__init__(reason, remedy)


@dataclass(frozen=True)
class FileRow:
    """One row as it stands in the file; `number` is the row a spreadsheet shows beside it."""

    number: int
    cells: Mapping[str, str]
    beyond: bool = False


@dataclass(frozen=True)
class Upload:
    """A file's columns, in order, and its rows that hold anything."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[FileRow, ...]
    digest: str


Numbered = tuple[int, Sequence[str]]


def read(name: str, content: bytes) -> Upload:
    """The columns and rows of a file; raises `FileRefused` in plain words (X9)."""
    if len(content) > MOST_BYTES:
        raise FileRefused(
            message(N_("This file is larger than {most} MB."), most=MOST_BYTES // 1024**2),
            Message(N_("Split it into smaller files.")),
        )
    if not content.strip():
        raise FileRefused(Message(N_("This file is empty.")), Message(N_("Choose another file.")))
    lines = _lines(content)
    columns, rows = _table(lines)
    return Upload(name, columns, rows, hashlib.sha256(content).hexdigest())


def _lines(content: bytes) -> Iterator[Numbered]:
    if content.startswith(b"PK"):
        from services.imports import excel

        return excel.lines(content)
    if content.startswith(_OLD_EXCEL):
        raise FileRefused(Message(N_("This is an old .xls workbook, or one with a password.")))
    return _csv_lines(_text(content))


def _text(content: bytes) -> str:
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "")
    text = _decoded(content, encoding) if encoding else _guessed(content)
    start = text[:200].lstrip().casefold()
    if "\0" in text or text.startswith("%PDF") or start.startswith(("<!doctype", "<html", "<?xml")):
        raise FileRefused(Message(N_("This is neither a CSV file nor an Excel workbook.")))
    return text


def _guessed(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(content, "cp1252")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise FileRefused(Message(N_("The letters in this file can't be read."))) from None


def _csv_lines(text: str) -> Iterator[Numbered]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error:
        raise FileRefused(
            message(N_("Row {row} can't be read: a quotation mark is not closed."), row=number + 1),
            Message(N_("Open the file in a spreadsheet, mend that row and save it again.")),
        ) from None


def _delimiter(text: str) -> str:
    """What splits the heading into most parts; quoted marks do not count."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(heading.split('"')[::2])
    return max(",;\t", key=bare.count)


def _table(lines: Iterable[Numbered]) -> tuple[tuple[str, ...], tuple[FileRow, ...]]:
    filled = ((number, cells) for number, cells in lines if any(map(str.strip, cells)))
    number, heading = next(filled, (0, ()))
    if not number:
        raise FileRefused(Message(N_("This file is empty.")), Message(N_("Choose another file.")))
    columns = _columns(heading)
    rows: list[FileRow] = []
    for number, cells in filled:
        if len(rows) == MOST_ROWS:
            raise FileRefused(
                message(N_("This file has more than {most} rows."), most=f"{MOST_ROWS:,}"),
                Message(N_("Split it into smaller files.")),
            )
        rows.append(_row(number, columns, cells))
    if not rows:
        raise FileRefused(
            Message(N_("This file has a heading but no rows under it.")), Message(N_("Choose another file."))
        )
    kept = _used(columns, rows)
    return kept, tuple(rows)


def _columns(heading: Sequence[str]) -> tuple[str, ...]:
    titles = [" ".join(cell.replace("\ufeff", "").split()) for cell in heading]
    while titles and not titles[-1]:
        titles.pop()
    if len(titles) > MOST_COLUMNS:
        raise FileRefused(message(N_("This file has more than {most} columns."), most=MOST_COLUMNS))
    folded = [title.casefold() for title in titles]
    twice = next((title for title in titles if title and folded.count(title.casefold()) > 1), "")
    if twice:
        raise FileRefused(
            message(N_("Two columns are headed {title}."), title=twice),
            Message(N_("Give each column its own heading and choose the file again.")),
        )
    return tuple(title or f"({place})" for place, title in enumerate(titles, start=1))


def _row(number: int, columns: tuple[str, ...], cells: Sequence[str]) -> FileRow:
    beyond = any(map(str.strip, cells[len(columns) :]))
    padded = [*cells[: len(columns)], *[""] * (len(columns) - len(cells))]
    named = dict(zip(columns, padded, strict=True))
    if MARKED in named:
        named = {title: _unguarded(cell) for title, cell in named.items()}
    return FileRow(number, named, beyond)


def _unguarded(cell: str) -> str:
    """The cell without the apostrophe that our own file of rejected rows puts before a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(GUARDED) else cell


def _used(columns: tuple[str, ...], rows: Sequence[FileRow]) -> tuple[str, ...]:
    """Without the unnamed columns that hold nothing."""
    return tuple(
        title
        for title in columns
        if not title.startswith("(") or any(row.cells[title].strip() for row in rows)
    )
