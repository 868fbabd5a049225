"""Cell formats: how one is kept when entered, and what it comes to over the default."""

import struct
from collections.abc import Mapping
from typing import Any

from tests.sheets_standin.book import Book
from tests.sheets_standin.cells import Cell, Fault, Scalar, plain_number
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
            made[name] = colour(style["rgbColor"])
            made[f"{name}Style"] = {"rgbColor": made[name]}
        elif isinstance(made.get(name), dict) and style is None and name != "color":
            made[name] = colour(made[name])
            made[f"{name}Style"] = {"rgbColor": made[name]}
    return made


def colour(given: Mapping[str, Any]) -> Json:
    """A colour as Google keeps it: 255 shades of each light in single precision, none left out."""
    made = {name: _single(round(float(light) * 255) / 255) for name, light in given.items()}
    return {name: light for name, light in made.items() if light}


def _single(number: float) -> float | int:
    """The shortest writing of a number in single precision."""
    wanted = struct.pack("f", number)
    (kept,) = struct.unpack("f", wanted)
    texts = (f"{kept:.{digits}g}" for digits in range(1, 10))
    return plain_number(float(next(text for text in texts if struct.pack("f", float(text)) == wanted)))


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
