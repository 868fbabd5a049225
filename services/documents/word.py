"""docxtpl with its quiet losses made loud. Imported only when a document is made or checked (X8).

What docxtpl does on its own: escapes nothing unless told, drops the rest of a document it cannot parse,
turns "{_{" in anyone's text into "{{", and fills a template's own properties. None of that happens here.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from docx.document import Document
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree  # type: ignore[import-untyped]
from markupsafe import Markup, escape

from schemas.words import N_, Message

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


@dataclass(frozen=True)
class Source:
    """One part of a template as Jinja sees it; each Word paragraph starts on a new line."""

    where: Message
    xml: str


class StrictTemplate(DocxTemplate):  # type: ignore[misc,unused-ignore]
    """A template whose output must be whole XML."""

    def fix_tables(self, xml: str) -> Any:
        """Parse strictly before docxtpl parses leniently: a broken body would be cut short without a word."""
        etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
        return super().fix_tables(xml)

    def patch_xml(self, src_xml: str) -> str:
        """The same part of the same template is patched once, not for each of a quarter's letters."""
        return _patched(src_xml)

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Nothing: `render` sets the file's properties itself."""

    def sources(self) -> Iterator[Source]:
        """Every part that gets filled, patched as docxtpl patches it before Jinja reads it."""
        self.render_init()
        yield Source(Message(N_("in the text")), _lined(self.patch_xml(self.get_xml())))
        for uri, where in ((self.HEADER_URI, N_("in the header")), (self.FOOTER_URI, N_("in the footer"))):
            for _key, part in self.get_headers_footers(uri):
                yield Source(Message(where), _lined(self.patch_xml(self.get_part_xml(part))))
        yield from self._footnotes()

    def filled_part_names(self) -> set[str]:
        """The names of the parts that get filled; a tag anywhere else would stay a tag."""
        uris = (self.HEADER_URI, self.FOOTER_URI)
        parts = [part for uri in uris for _key, part in self.get_headers_footers(uri)]
        names = {str(part.partname).lstrip("/") for part in (*parts, *self._footnote_parts())}
        return names | {str(self.docx.part.partname).lstrip("/")}

    def _footnotes(self) -> Iterator[Source]:
        for part in self._footnote_parts():
            yield Source(Message(N_("in a footnote")), _lined(self.patch_xml(part.blob.decode())))

    def _footnote_parts(self) -> list[Any]:
        return [part for part in self.docx.part.package.iter_parts() if part.content_type == FOOTNOTES]


def opened(docx: bytes) -> StrictTemplate:
    """A template ready to read or fill."""
    template = StrictTemplate(io.BytesIO(docx))
    template.init_docx()
    return template


class _Environment(ImmutableSandboxedEnvironment):
    """Remembers what it compiled: fifty letters from one template are read as one."""

    def compile(self, source: Any, name: Any = None, filename: Any = None, *rest: Any, **more: Any) -> Any:
        """As Jinja's own; only the text of a template, as `render` gives it, is remembered."""
        if isinstance(source, str) and not (name or filename or rest or more):
            return _compiled(source)
        return super().compile(source, name, filename, *rest, **more)


def environment() -> ImmutableSandboxedEnvironment:
    """Jinja without reach: sandboxed, nothing undefined passes, and texts come out exactly as they went in."""
    return _Environment(undefined=StrictUndefined, autoescape=True, finalize=_exactly)


@lru_cache(maxsize=64)
def _compiled(source: str) -> Any:
    made = environment()
    return ImmutableSandboxedEnvironment.compile(made, source)


@lru_cache(maxsize=64)
def _patched(xml: str) -> str:
    return str(DocxTemplate.patch_xml(DocxTemplate(None), xml))


def lines_of(document: Document) -> list[str]:
    """The texts of a document in reading order: a paragraph each, a table row each."""
    return list(_lines(document.element.body))


def texts_of(document: Document) -> list[str]:
    """As `lines_of`, headers and footers too."""
    lines = lines_of(document)
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            lines.extend(_lines(part._element))
    return lines


def _lines(element: Any) -> Iterator[str]:
    for child in element.iterchildren("{*}p", "{*}tbl", "{*}sdt", "{*}sdtContent"):
        kind = etree.QName(child).localname
        if kind == "p":
            yield _text(child)
        elif kind == "tbl":
            yield from (_text(row) for row in child.iter("{*}tr"))
        else:
            yield from _lines(child)


def _text(element: Any) -> str:
    """The text of a paragraph or a row; breaks, tabs and paragraph ends count as white space."""
    words = []
    for node in element.iter("{*}t", "{*}br", "{*}tab", "{*}p"):
        words.append(node.text or "" if etree.QName(node).localname == "t" else " ")
    return "".join(words)


def _lined(xml: str) -> str:
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)


def _exactly(content: object) -> object:
    """Escape a text so that neither XML nor docxtpl's own "{_{" rule can change it."""
    if isinstance(content, str):
        return Markup(str(escape(content)).replace("_", "&#95;"))  # noqa: S704 - escaped on this line
    return content
