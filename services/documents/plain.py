"""A plain Word document of headings, paragraphs and tables, for papers that no charity designs itself (X6, X8)."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.documents.kinds import LOCALES
from services.documents.package import normalised
from services.documents.text import clean_text

# Millimetres that a picture may take up beside the margins of an A4 page.
WIDE, HIGH = 174, 230


@dataclass(frozen=True)
class Table:
    """Rows under a heading row; every cell is text."""

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Part:
    """One heading with what stands under it; each picture is a page of the paper that the heading names."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Plain:
    """The whole document; `on` is its day, so that the same value makes the same bytes."""

    title: str
    language: str
    on: date
    intro: tuple[str, ...] = ()
    parts: tuple[Part, ...] = field(default=())


def word(value: Plain) -> bytes:
    """The document as .docx, A4, its language set, each table's heading row repeated on every page."""
    from docx import Document
    from docx.shared import Mm

    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    document.add_heading(clean_text(value.title), 0)
    _paragraphs(document, value.intro)
    for part in value.parts:
        document.add_heading(clean_text(part.heading), 1)
        _paragraphs(document, part.paragraphs)
        for table in part.tables:
            _table(document, table)
        for picture in part.pictures:
            _picture(document, picture, part.heading)
    _stamp(document, value)
    out = io.BytesIO()
    document.save(out)
    return normalised(out.getvalue())


def _paragraphs(document: Any, texts: Sequence[str]) -> None:
    for text in texts:
        document.add_paragraph(clean_text(text))


def _table(document: Any, table: Table) -> None:
    from docx.oxml import OxmlElement

    made = document.add_table(rows=1, cols=len(table.heading), style="Table Grid")
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, text in zip(made.rows[0].cells, table.heading, strict=True):
        cell.paragraphs[0].add_run(clean_text(text)).bold = True
    for row in table.rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = clean_text(text)
    document.add_paragraph()


def _picture(document: Any, content: bytes, says: str) -> None:
    """As large as fits on a page, with words for who can't see it."""
    from docx.shared import Mm

    shape = document.add_picture(io.BytesIO(content), width=Mm(WIDE))
    if shape.height > Mm(HIGH):
        shape.width, shape.height = int(shape.width * Mm(HIGH) / shape.height), Mm(HIGH)
    shape._inline.docPr.set("descr", clean_text(says))


def _stamp(document: Any, value: Plain) -> None:
    """Title, language and dates from the value alone; no author, no template's own words."""
    from datetime import datetime, time

    from docx.oxml.ns import qn

    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title, properties.language = clean_text(value.title)[:255], LOCALES[value.language]
    properties.created = properties.modified = datetime.combine(value.on, time())
    for run in document.styles.element.iter(qn("w:lang")):
        run.set(qn("w:val"), LOCALES[value.language])
