"""Fills a Word template with one value and proves that nothing was lost on the way (X8)."""

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from schemas.errors import TemplateProblem
from schemas.words import N_, Message, message, say
from services.documents.kinds import LOCALES, DocumentKind, kind_of
from services.documents.package import has_zip64, normalised
from services.documents.text import clean_text, clean_value, squeezed
from services.documents.values import Paper, Row

if TYPE_CHECKING:
    from docx.document import Document

    from services.documents.word import StrictTemplate

_CHECK_TEMPLATE = Message(
    N_("Check the template on the documents page, mend it in Word and upload it again.")
)


def render(template: bytes, value: Paper, language: str) -> bytes:
    """The Word document for `value`; the same template, value and language always make the same bytes.

    `language` is "en" or "cy". Raises TemplateProblem, naming field and place, where the template asks for
    what the document has not, or where a number, a total or a row did not arrive in the finished document.
    """
    from services.documents.check import refuse_faulty

    kind = kind_of(value)
    refuse_faulty(template, kind.kind)
    return render_unchecked(template, value, kind, language)


def render_unchecked(template: bytes, value: Paper, kind: DocumentKind, language: str) -> bytes:
    """As `render`, for a template whose tags are known to be good; the output is still proved."""
    cleaned = clean_value(value)
    filled = _filled(template, cleaned, kind)
    _stamp(filled.docx, cleaned, kind, language)
    out = normalised(_saved(filled))
    refuse_incomplete(out, cleaned)
    return out


def _filled(template: bytes, value: Paper, kind: DocumentKind) -> "StrictTemplate":
    """The template with the value's texts in it, not yet saved; the value is clean already."""
    from jinja2 import TemplateError
    from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]

    from services.documents.word import environment, opened

    filled = opened(template)
    try:
        filled.render({kind.root: value}, environment(), autoescape=True)
    except (TemplateError, XMLSyntaxError) as error:
        raise TemplateProblem(Message(N_("The template cannot be filled.")), _CHECK_TEMPLATE) from error
    return filled


def refuse_incomplete(docx: bytes, value: Paper) -> None:
    """Open a finished document again and refuse it unless every required text and row is in it.

    Raises:
        TemplateProblem: naming the field that is missing.
    """
    from docx import Document

    from services.documents.word import lines_of, texts_of

    document = Document(io.BytesIO(docx))
    everything = squeezed("\n".join(texts_of(document)))
    for name, text in value.required_texts.items():
        if squeezed(text) not in everything:
            raise _lost(name)
    lines = [squeezed(line) for line in lines_of(document)]
    for name, rows in value.required_rows.items():
        _refuse_lost_rows(name, rows, lines)
    if has_zip64(docx):
        raise TemplateProblem(Message(N_("The document came out too large for Word.")), _CHECK_TEMPLATE)


def _refuse_lost_rows(name: str, rows: tuple[Row, ...], lines: list[str]) -> None:
    """Each row must be found, in order, in a line of its own."""
    remaining = iter(lines)
    for number, row in enumerate(rows, start=1):
        wanted = [squeezed(text) for text in row.required_texts]
        if not any(all(text in line for text in wanted) for line in remaining):
            raise _lost(f"{name}, {number}")


def _stamp(document: "Document", value: Paper, kind: DocumentKind, language: str) -> None:
    """Author, title, language and dates of the file, from the value alone."""
    at = datetime.fromisoformat(value.iso_date).replace(tzinfo=UTC)
    properties = document.core_properties
    properties.author = properties.last_modified_by = clean_text(value.programme)[:255]
    properties.title = squeezed(f"{say(kind.title, language)} {value.subject}")[:255]
    properties.language = LOCALES[language]
    properties.created = properties.modified = at.replace(tzinfo=None)
    properties.comments, properties.revision = "", 1


def _saved(filled: "StrictTemplate") -> bytes:
    out = io.BytesIO()
    filled.save(out)
    return out.getvalue()


def _lost(field: str) -> TemplateProblem:
    reason = N_("The finished document does not show “{field}”, so it was not handed out.")
    return TemplateProblem(message(reason, field=field), _CHECK_TEMPLATE)
