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
_PAGE = {"en": ("Page ", " of "), "cy": ("Tudalen ", " o ")}


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
    """The document as .docx: A4, its language set, pages numbered, heading rows repeated, no row or record torn."""
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
            _table(document, table, part.heading)
        for picture in part.pictures:
            _picture(document, picture, part.heading)
    _number(section, value.language)
    _stamp(document, value)
    out = io.BytesIO()
    document.save(out)
    return normalised(out.getvalue())


def _paragraphs(document: Any, texts: Sequence[str]) -> None:
    """A paragraph each; its lines stay together, so that a record is read on one page."""
    for text in texts:
        document.add_paragraph(clean_text(text)).paragraph_format.keep_together = True


def _table(document: Any, table: Table, says: str) -> None:
    """A table named for what it says, its heading row marked as one."""
    made = document.add_table(rows=1, cols=len(table.heading), style="Table Grid")
    for cell, text in zip(made.rows[0].cells, table.heading, strict=True):
        cell.paragraphs[0].add_run(clean_text(text)).bold = True
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    for row in table.rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = clean_text(text)
    for number, row in enumerate(made.rows):
        _mark(row._tr.get_or_add_trPr(), "w:cantSplit")
        if not number:
            _mark(row._tr.get_or_add_trPr(), "w:tblHeader")
    _mark(made._tbl.tblPr, "w:tblCaption", val=clean_text(says))
    document.add_paragraph()


def _mark(element: Any, name: str, **values: str) -> Any:
    """A new last child of an element of Word's own XML."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    element.append(made)
    return made


def _number(section: Any, language: str) -> None:
    """ "Page 2 of 5" at the foot of every page, worked out by Word."""
    before, between = _PAGE[language]
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = 2  # to the right
    for words, field_name in ((before, "PAGE"), (between, "NUMPAGES")):
        paragraph.add_run(words)
        _mark(_mark(paragraph._p, "w:fldSimple", instr=field_name), "w:r").append(_text("1"))


def _text(words: str) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement("w:t")
    made.text = words
    return made


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
