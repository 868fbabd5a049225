"""Text fit for a file: what XML cannot hold is taken out before it can truncate a document (X8)."""

import re
from dataclasses import fields, replace
from typing import Any, TypeVar

from services.documents.values import Paper, Row

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")

_Value = TypeVar("_Value", bound=Paper | Row)


def clean_text(text: str) -> str:
    """`text` without characters that Word files cannot hold.

    Every kind of line break becomes a plain one, control characters go, and half of a broken emoji (a lone
    surrogate) becomes the replacement character, so that a reader sees that something was there.
    """
    with_breaks = _LINE_BREAKS.sub("\n", text)
    return _SURROGATES.sub("\ufffd", _ILLEGAL.sub("", with_breaks))


def clean_value(value: _Value) -> _Value:
    """The same document or row with every text in it cleaned."""
    changes: dict[str, Any] = {field.name: _clean(getattr(value, field.name)) for field in fields(value)}
    return replace(value, **changes)


def _clean(content: object) -> object:
    if isinstance(content, str):
        return clean_text(content)
    if isinstance(content, tuple):
        return tuple(clean_value(row) for row in content)
    return content


def squeezed(text: str) -> str:
    """`text` with every run of white space as one space: how a document's text is compared."""
    return " ".join(text.split())
