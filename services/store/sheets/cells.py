"""One cell of a spreadsheet and its canonical text, both ways: dates as real dates, text always as text (X2)."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from schemas.kinds import Kind, canonical
from schemas.words import plain

Raw = str | int | float | bool
"""A cell as the sheet holds it, unformatted; '' is blank."""

DAY_0 = date(1899, 12, 30)
DAYS = range(2, 80_000)  # 1 January 1900 to 2118: beyond it a number in a date column is no day
MINUTES = 24 * 60
NO_DECIMALS = 10**15  # a sheet keeps 15 digits: no sum or day is so large
BINARY_NOISE = 9  # decimals: a sheet's 0.1 + 0.2 is 0.30000000000000004
ID_AND_NAME = re.compile(r"([A-Z]{3}-[0-9A-Z]+) .*", re.DOTALL)
NUMBERS = frozenset({Kind.NUMBER, Kind.MONEY, Kind.HOURS})


def text_of(kind: str, raw: Raw) -> str:
    """The canonical text of a cell; what can't be read as its kind stays visible as it stands."""
    if isinstance(raw, str):
        return _id_of(raw) if kind == Kind.LINK else raw
    if isinstance(raw, bool):
        return _boolean(kind, raw)
    if abs(raw) >= NO_DECIMALS:
        return plain(Decimal(raw))
    number = round(Decimal(repr(raw)), BINARY_NOISE) if isinstance(raw, float) else Decimal(raw)
    return _READ.get(kind, plain)(number)


def _id_of(link: str) -> str:
    """`MEN-7F3K9Q Siân O'Brien`: the id is read, the name is for people (design 2)."""
    found = ID_AND_NAME.fullmatch(link)
    return found[1] if found else link


def _boolean(kind: str, raw: bool) -> str:
    return canonical(Kind.YES_NO, raw) if kind == Kind.YES_NO else str(raw).upper()


def _figure(kind: Kind) -> Callable[[Decimal], str]:
    def read(number: Decimal) -> str:
        return canonical(kind, number) if round(number, 2) == number else plain(number)

    return read


def _day(number: Decimal) -> str:
    is_day = number == int(number) and int(number) in DAYS
    return (DAY_0 + timedelta(int(number))).isoformat() if is_day else plain(number)


def _clock(number: Decimal) -> str:
    if not 0 <= number < 1:
        return plain(number)
    minutes = round(number * MINUTES)
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


_READ: Mapping[str, Callable[[Decimal], str]] = {
    **{kind: _figure(kind) for kind in NUMBERS},
    Kind.DATE: _day,
    Kind.TIME: _clock,
}


def raw_of(kind: str, text: str) -> Raw:
    """What the sheet shall hold: a real number or date where that reads back as this very text, else the text."""
    if not text or kind not in _READ:
        return text
    raw = _number(kind, text)
    return raw if raw is not None and text_of(kind, raw) == text else text


def _number(kind: str, text: str) -> int | float | None:
    try:
        if kind == Kind.DATE:
            return (date.fromisoformat(text) - DAY_0).days
        if kind == Kind.TIME:
            hours, _, minutes = text.partition(":")
            return (int(hours) * 60 + int(minutes)) / MINUTES
        number = float(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() else number


def sent(raw: Raw) -> dict[str, Any]:
    """The cell for a request (`CellData`); blank clears. Never a formula: letters stay letters (X14)."""
    if isinstance(raw, str):
        return {"userEnteredValue": {"stringValue": str(raw)}} if raw else {}
    return {"userEnteredValue": {"boolValue" if isinstance(raw, bool) else "numberValue": raw}}


def received(cell: Mapping[str, Any]) -> Raw:
    """A cell of an answer (`effectiveValue`)."""
    value = cell.get("effectiveValue") or {}
    for name in ("stringValue", "numberValue", "boolValue"):
        if name in value:
            raw: Raw = value[name]
            return raw
    return "#ERROR" if value else ""


def format_of(kind: str) -> dict[str, Any]:
    """How a cell of this kind shows itself (`userEnteredFormat`): text stays as it was typed, days look British."""
    pattern = _PATTERNS.get(kind, {"type": "TEXT", "pattern": "@"})
    return {"userEnteredFormat": {"numberFormat": pattern}}


_PATTERNS: Mapping[str, Mapping[str, str]] = {
    Kind.DATE: {"type": "DATE", "pattern": "dd/mm/yyyy"},
    Kind.TIME: {"type": "TIME", "pattern": "hh:mm"},
    Kind.MONEY: {"type": "NUMBER", "pattern": "#,##0.00"},
    Kind.HOURS: {"type": "NUMBER", "pattern": "0.00"},
    Kind.NUMBER: {"type": "NUMBER", "pattern": "0.##"},
}
