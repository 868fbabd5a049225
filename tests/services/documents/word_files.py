"""Word files changed the way staff, or an attacker, might change them."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from docx import Document
from docx.table import Table

TEMPLATES = Path(__file__).parents[3] / "templates"
DOCUMENTS = TEMPLATES / "ssw" / "documents"


def shipped(kind: str, language: str = "en") -> bytes:
    """A document's template, of the first programme that has one."""
    found = sorted(TEMPLATES.glob(f"*/documents/{language}/{kind}.docx"), reverse=True)
    return found[0].read_bytes()


def with_text(template: bytes, old: str, new: str) -> bytes:
    """`old` replaced by `new` in the body's paragraphs and cells."""
    document = Document(io.BytesIO(template))
    runs = [
        run
        for paragraph in document.element.body.iter("{*}t")
        for run in [paragraph]
        if old in (run.text or "")
    ]
    assert runs, f"{old} is not in the template"
    for run in runs:
        run.text = run.text.replace(old, new)
    return saved(document)


def with_paragraph(template: bytes, text: str) -> bytes:
    document = Document(io.BytesIO(template))
    document.add_paragraph(text)
    return saved(document)


def with_split_runs(template: bytes, tag: str) -> bytes:
    """One tag split over several runs, as Word does after a spelling check."""
    document = Document(io.BytesIO(template))
    paragraph = next(each for each in document.paragraphs if tag in each.text)
    text, paragraph.text = paragraph.text, ""
    for at in range(0, len(text), 3):
        paragraph.add_run(text[at : at + 3]).bold = at % 2 == 0
    return saved(document)


def without_table(template: bytes, with_text_in_it: str) -> bytes:
    document = Document(io.BytesIO(template))
    for table in document.tables:
        if with_text_in_it in "".join(t.text or "" for t in table._tbl.iter("{*}t")):
            table._tbl.getparent().remove(table._tbl)
    return saved(document)


def with_member(template: bytes, name: str, content: bytes | Callable[[bytes], bytes]) -> bytes:
    """One file inside the zip added or changed."""
    members = unzipped(template)
    members[name] = content if isinstance(content, bytes) else content(members[name])
    return zipped(members)


def unzipped(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def read_document(docx: bytes) -> Document:
    return Document(io.BytesIO(docx))


def text_of(docx: bytes) -> str:
    """All text of the body, cells and breaks included."""
    document = read_document(docx)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def table_with(docx: bytes, heading: str) -> Table:
    """The table whose first row holds `heading`."""
    tables = read_document(docx).tables
    return next(each for each in tables if heading in [cell.text for cell in each.rows[0].cells])


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
