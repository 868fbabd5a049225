"""Cell formats: how one is kept when entered, and what it comes to over the default."""

from collections.abc import Mapping
from typing import Any

from tests.sheets_standin.book import Book
from tests.sheets_standin.cells import Cell, Fault, Scalar
from tests.sheets_standin.defaults import DEFAULT_FORMAT

Json = dict[str, Any]
COLOURS = (
    "backgroundColor",
    "foregroundColor",
    "tabColor",
    "color",
    "headerColor",
    "firstBandColor",
    "secondBandColor",
)


def with_styles(given: Mapping[str, Any]) -> Json:
    """A thing with each colour said both ways, as Google answers it (`x` and `xStyle`)."""
    made = {key: with_styles(part) if isinstance(part, Mapping) else part for key, part in given.items()}
    for name in COLOURS:
        style = made.get(f"{name}Style")
        if isinstance(style, dict) and "rgbColor" in style:
            made[name] = style["rgbColor"]
        elif isinstance(made.get(name), dict) and style is None and name != "color":
            made[f"{name}Style"] = {"rgbColor": made[name]}
    return made


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> Json:
    made = dict(below)
    for key, part in above.items():
        before = made.get(key)
        made[key] = (
            _merged(before, part) if isinstance(part, Mapping) and isinstance(before, Mapping) else part
        )
    return made


def effective_format(book: Book, cell: Cell, value: Scalar) -> Json:
    """The default format with the cell's own over it, and the side its kind of value leans to."""
    base = dict(book.properties.get("defaultFormat") or DEFAULT_FORMAT)
    base["textFormat"] = base["textFormat"] | {"fontFamily": "Arial"}
    base["hyperlinkDisplayType"] = "PLAIN_TEXT"
    if value is not None:
        base["horizontalAlignment"] = _side(value)
    return _merged(base, cell.format or {})


def _side(value: Scalar) -> str:
    if isinstance(value, bool | Fault):
        return "CENTER"
    return "LEFT" if isinstance(value, str) else "RIGHT"
