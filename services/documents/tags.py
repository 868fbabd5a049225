"""Reads a template's tags without running them: which fields it asks for, and what it gets wrong, where (X8).

A template may print a field, walk the rows of a table and leave out what is empty. Everything else Jinja
can do is refused, so a template stays something that staff can read, and can do no harm.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from html import unescape
from typing import Any, get_args, get_origin, get_type_hints

from jinja2 import Environment, TemplateSyntaxError, nodes

from schemas.words import N_, Message, message
from services.documents.text import squeezed
from services.documents.values import Paper, Row
from services.documents.word import Source

Shape = type[Paper] | type[Row]
_LOOP = {"index", "first", "last"}
_LOOSE = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}|\{_[{%]")
_XML_TAG = re.compile(r"<[^>]*>")
_PARAGRAPH_END = "</w:p>"
_PLACE_LENGTH = 90


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a template: what, and the words around it."""

    reason: Message
    field: str = ""
    place: str = ""


@dataclass
class Reading:
    """What has been read so far: fields shown or asked about (rows as invoice.rows.amount) and faults."""

    shown: set[str] = field(default_factory=set)
    asked_about: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Name:
    """A name a template may use at this point: the document, or a row while walking rows."""

    path: str
    shape: Shape


def read(sources: Iterator[Source], root: str, shape: type[Paper]) -> Reading:
    """All tags of a template, checked against the fields of its document."""
    reading = Reading()
    for source in sources:
        _read_source(source, {root: Name(root, shape)}, reading)
    return reading


def row_shape(shape: Shape, name: str) -> type[Row] | None:
    """The class of the rows in a field, or None where the field is no table."""
    hint = get_type_hints(shape).get(name)
    return get_args(hint)[0] if get_origin(hint) is tuple else None


def field_names(shape: Shape) -> list[str]:
    """The fields of a document or a row, as a template names them."""
    return [each.name for each in fields(shape)]


def _read_source(source: Source, scope: Mapping[str, Name], reading: Reading) -> None:
    reader = _Reader(source, reading)
    try:
        tree = Environment(autoescape=True).parse(source.xml)
    except TemplateSyntaxError as error:
        reason = N_("A tag is not complete {where}, near “{place}”.")
        reader.refuse(error.lineno, reason, "")
        return
    for node in tree.body:
        reader.visit(node, scope)


class _Reader:
    """Walks one part's tags, keeping to what a template may do."""

    def __init__(self, source: Source, reading: Reading) -> None:
        self.source = source
        self.lines = source.xml.split("\n")
        self.reading = reading

    def visit(self, node: nodes.Node, scope: Mapping[str, Name]) -> None:
        if isinstance(node, nodes.Output):
            for child in node.nodes:
                self._printed(child, scope)
        elif isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.If):
            self._condition(node, scope)
        else:
            self._not_allowed(node)

    def _printed(self, node: nodes.Expr, scope: Mapping[str, Name]) -> None:
        if isinstance(node, nodes.TemplateData):
            self._loose(node)
            return
        path, kind = self._resolve(node, scope)
        if path and kind not in (str, int):
            reason = N_("“{field}” is not a text that can be printed {where}, near “{place}”.")
            self.refuse(node.lineno, reason, path)

    def _loop(self, node: nodes.For, scope: Mapping[str, Name]) -> None:
        path, kind = self._resolve(node.iter, scope)
        if node.test or node.recursive or not isinstance(node.target, nodes.Name):
            self._not_allowed(node)
        elif path and get_origin(kind) is tuple:
            inner = {**scope, node.target.name: Name(path, get_args(kind)[0]), "loop": Name("loop", Row)}
            self._all((*node.body, *node.else_), inner)
        elif path:
            self.refuse(
                node.lineno, N_("“{field}” has no rows to walk through {where}, near “{place}”."), path
            )

    def _condition(self, node: nodes.If, scope: Mapping[str, Name]) -> None:
        self._tested(node.test, scope)
        self._all((*node.body, *node.elif_, *node.else_), scope)

    def _tested(self, node: nodes.Node, scope: Mapping[str, Name]) -> None:
        if isinstance(node, nodes.Not):
            self._tested(node.node, scope)
        elif isinstance(node, nodes.And | nodes.Or):
            self._tested(node.left, scope)
            self._tested(node.right, scope)
        else:
            self._resolve(node, scope, is_shown=False)

    def _all(self, children: tuple[nodes.Node, ...], scope: Mapping[str, Name]) -> None:
        for child in children:
            self.visit(child, scope)

    def _resolve(self, node: nodes.Node, scope: Mapping[str, Name], is_shown: bool = True) -> tuple[str, Any]:
        """The dotted field a tag names and its type; ("", None) after a fault."""
        written = _dotted(node)
        if not written:
            self._not_allowed(node)
            return "", None
        head, _, last = written.rpartition(".")
        if head == "loop" and "loop" in scope and last in _LOOP:
            return written, int
        known = scope.get(head)
        if known is None or last not in field_names(known.shape):
            self._unknown(node, written, scope)
            return "", None
        path = f"{known.path}.{last}"
        (self.reading.shown if is_shown else self.reading.asked_about).add(path)
        return path, get_type_hints(known.shape)[last]

    def _unknown(self, node: nodes.Node, written: str, scope: Mapping[str, Name]) -> None:
        known = [f"{head}.{name}" for head, at in scope.items() for name in field_names(at.shape)]
        near = get_close_matches(written, known, n=1)
        if near:
            reason = N_("There is no field “{field}” ({where}, near “{place}”). Did you mean “{near}”?")
        else:
            reason = N_("There is no field “{field}” ({where}, near “{place}”).")
        self.refuse(node.lineno, reason, written, near=near[0] if near else "")

    def _loose(self, node: nodes.TemplateData) -> None:
        """Braces left in plain text: a tag that lost its other end, or `raw` text that would look like a tag."""
        for offset, line in enumerate(node.data.split("\n")):
            found = _LOOSE.search(_XML_TAG.sub("", line))
            if found:
                reason = N_("“{field}” stands alone {where}, near “{place}”: a tag has lost its other end.")
                self.refuse(node.lineno + offset, reason, found[0])

    def _not_allowed(self, node: nodes.Node) -> None:
        reason = N_(
            "A tag does something a template may not ({where}, near “{place}”). "
            "A template may print a field, walk through rows, and leave out what is empty."
        )
        self.refuse(node.lineno, reason, "")

    def refuse(self, lineno: int, reason: str, name: str, near: str = "") -> None:
        where, place = self._place(lineno, name)
        words = message(reason, field=name, where=where, place=place, near=near)
        self.reading.faults.append(Fault(words, name, place))

    def _place(self, lineno: int, name: str) -> tuple[Message, str]:
        """In which part, and the text of the paragraph or cell that holds the tag."""
        at = min(max(lineno, 1), len(self.lines)) - 1
        pieces = self.lines[at].split(_PARAGRAPH_END)
        index = next((i for i, piece in enumerate(pieces) if name and name in _words(piece)), None)
        text = _words(self.lines[at] if index is None else pieces[index])
        before = "\n".join(self.lines[:at]) + _PARAGRAPH_END.join(pieces[: index or 0])
        return Message(N_("in a table")) if _is_inside_cell(before) else self.source.where, _shortened(text)


def _is_inside_cell(before: str) -> bool:
    return before.count("<w:tc>") + before.count("<w:tc ") > before.count("</w:tc>")


def _words(xml: str) -> str:
    return squeezed(unescape(_XML_TAG.sub("", xml)))


def _dotted(node: nodes.Node) -> str:
    """`invoice.total` for a chain of names, "" for anything else."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        head = _dotted(node.node)
        return f"{head}.{node.attr}" if head else ""
    return ""


def _shortened(words: str) -> str:
    return words if len(words) <= _PLACE_LENGTH else f"{words[:_PLACE_LENGTH]}…"
