"""One cell, and how its value looks in Google's JSON."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.sheets_standin.defaults import MOST_CHARACTERS
from tests.sheets_standin.errors import Refusal


class Fault(NamedTuple):
    """A formula's error: Google's type word, what the cell shows, why."""

    kind: str
    shown: str
    message: str


Scalar = None | bool | int | float | str | Fault


class Cell(NamedTuple):
    """A cell's own things. Never changed in place, so that copies of a sheet can share it."""

    value: Scalar = None
    formula: str | None = None
    format: Mapping[str, Any] | None = None
    note: str | None = None
    rule: Mapping[str, Any] | None = None
    runs: tuple[Mapping[str, Any], ...] | None = None
    chips: tuple[Mapping[str, Any], ...] | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing is written here (a format may be)."""
        return self.value is None and self.formula is None


EMPTY = Cell()
Row = dict[int, Cell]


def plain_number(value: float) -> float | int:
    """3 for 3.0, as Google prints a double."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value


def checked_text(text: str) -> str:
    """The text, unless it is longer than a cell may hold."""
    if len(text) > MOST_CHARACTERS:
        raise Refusal(
            f"Your input contains more than the maximum of {MOST_CHARACTERS} characters in a single cell."
        )
    return text


def extended(value: Scalar) -> dict[str, Any] | None:
    """A value as ExtendedValue."""
    if value is None:
        return None
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, Fault):
        return {"errorValue": {"type": value.kind, "message": value.message}}
    if isinstance(value, str):
        return {"stringValue": value}
    return {"numberValue": value}


def user_entered(cell: Cell) -> dict[str, Any] | None:
    """What was entered, as ExtendedValue."""
    return {"formulaValue": cell.formula} if cell.formula is not None else extended(cell.value)


def entered(given: Mapping[str, Any] | None) -> tuple[Scalar, str | None]:
    """(value, formula) of an ExtendedValue; a cell is cleared by an absent or empty one."""
    if not given:
        return None, None
    if "formulaValue" in given:
        text = checked_text(str(given["formulaValue"]))
        return (None, text) if text.startswith("=") else (text or None, None)
    if "stringValue" in given:
        return checked_text(str(given["stringValue"])) or None, None
    if "numberValue" in given:
        return plain_number(given["numberValue"]), None
    if "boolValue" in given:
        return bool(given["boolValue"]), None
    raise Refusal("Cannot set an error value.")
