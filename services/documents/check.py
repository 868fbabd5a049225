"""Checks a Word template before anybody relies on it: its fields, its rows, and that it can do no harm (X8)."""

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from schemas.errors import OurError, TemplateProblem
from schemas.words import N_, Message, message
from services.documents.kinds import DOCUMENTS, DocumentKind
from services.documents.package import members_of, refuse_harm
from services.documents.values import Paper, Row

_CANARY_ROWS = 3


@dataclass(frozen=True)
class TemplateFault:
    """One thing to mend: what is wrong, what to do, which field, and the words around it in the template."""

    reason: Message
    remedy: Message
    field: str = ""
    place: str = ""


@dataclass(frozen=True)
class TemplateReport:
    """What a check found: faults to mend, and the fields the template leaves out though it need not."""

    document: str
    faults: tuple[TemplateFault, ...]
    unused: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        return not self.faults


_REMEDY = Message(N_("Mend it in Word and upload the template again."))


@lru_cache(maxsize=16)
def check(template: bytes, document: str) -> TemplateReport:
    """Everything wrong with a template for one kind of document (a key of DOCUMENTS), all at once.

    Never raises for what is in the file: a file that cannot be opened is one fault.
    """
    kind = DOCUMENTS[document]
    try:
        members = members_of(template)
        refuse_harm(members)
        return _report(template, kind, members)
    except OurError as error:
        return TemplateReport(document, (TemplateFault(error.reason, error.remedy),))


def refuse_faulty(template: bytes, document: str) -> None:
    """Raise the first fault of a template; a template that was found good is not read twice.

    Raises:
        TemplateProblem: naming field and place.
    """
    report = check(template, document)
    if not report.is_good:
        first = report.faults[0]
        raise TemplateProblem(first.reason, first.remedy)


def canary(kind: DocumentKind) -> Paper:
    """A value whose every text is its own field's name: what is missing from the output was not printed."""
    made: Paper = _canary_of(kind.shape, kind.root)
    return made


def _report(template: bytes, kind: DocumentKind, members: dict[str, bytes]) -> TemplateReport:
    from services.documents.tags import read

    word = _opened(template)
    reading = read(word.sources(), kind.root, kind.shape)
    faults = [TemplateFault(fault.reason, _REMEDY, fault.field, fault.place) for fault in reading.faults]
    faults += _unfilled_parts(members, word.filled_part_names())
    faults += _missing(kind, reading.shown)
    if not faults:
        faults += _proof(template, kind)
    unused = sorted(_wanted(kind.shape, kind.root, required_only=False) - reading.shown - reading.asked_about)
    return TemplateReport(kind.kind, tuple(faults), tuple(unused))


def _opened(template: bytes) -> Any:
    """The template read by python-docx; what it cannot read is no template."""
    from services.documents.word import opened

    try:
        return opened(template)
    except Exception as error:  # python-docx, zipfile and lxml each fail in their own ways on a damaged file
        raise TemplateProblem(
            Message(N_("This Word document is damaged.")),
            Message(N_("Open it in Word, save it again, and upload it.")),
        ) from error


def _unfilled_parts(members: dict[str, bytes], filled: set[str]) -> list[TemplateFault]:
    """Tags where nothing is ever filled in: comments, endnotes, charts."""
    return [_stranded(name) for name, xml in members.items() if name not in filled and _has_tag(name, xml)]


def _has_tag(name: str, xml: bytes) -> bool:
    if not name.startswith("word/") or not name.endswith(".xml"):
        return False
    return bool(re.search(rb"\{\{|\{%", re.sub(rb"<[^>]*>", b"", xml)))


def _stranded(name: str) -> TemplateFault:
    reason = message(N_("There is a tag in {part}, where nothing is filled in."), part=name)
    return TemplateFault(reason, Message(N_("Move it into the text, the header or the footer.")), place=name)


def _missing(kind: DocumentKind, shown: set[str]) -> list[TemplateFault]:
    wanted = sorted(_wanted(kind.shape, kind.root, required_only=True) - shown)
    return [_not_shown(path) for path in wanted]


def _not_shown(path: str) -> TemplateFault:
    reason = message(N_("The template does not show “{field}”, which this document must."), field=path)
    remedy = message(
        N_("Put the tag for “{field}” where it should stand, and upload the template again."), field=path
    )
    return TemplateFault(reason, remedy, path)


def _wanted(shape: type[Paper], root: str, required_only: bool) -> set[str]:
    """The dotted fields a template must show, or could."""
    from services.documents.tags import field_names, row_shape

    names = (*shape.REQUIRED, *shape.ROWS) if required_only else field_names(shape)
    wanted = {f"{root}.{name}" for name in names if name != "iso_date"}
    for name in names:
        rows = row_shape(shape, name)
        if rows:
            inner = rows.REQUIRED if required_only else field_names(rows)
            wanted |= {f"{root}.{name}.{each}" for each in inner}
    return wanted


def _proof(template: bytes, kind: DocumentKind) -> list[TemplateFault]:
    """Fill the template with canaries and look for each: what the tags promise must really come out."""
    from services.documents.render import render_unchecked

    try:
        render_unchecked(template, canary(kind), kind, "en")
    except TemplateProblem as error:
        return [TemplateFault(error.reason, error.remedy)]
    return []


def _canary_of(shape: type[Any], path: str) -> Any:
    from services.documents.tags import row_shape

    values: dict[str, object] = {}
    for each in fields(shape):
        rows = row_shape(shape, each.name)
        values[each.name] = _canary_rows(rows, f"{path} {each.name}") if rows else _canary_leaf(each, path)
    return shape(**values)


def _canary_rows(rows: type[Row], path: str) -> tuple[Row, ...]:
    return tuple(_canary_of(rows, f"{path} {number}") for number in range(1, _CANARY_ROWS + 1))


def _canary_leaf(field: Any, path: str) -> object:
    if field.type in (bool, "bool"):
        return True
    return "2026-01-01" if field.name == "iso_date" else f"[{path} {field.name}]"
