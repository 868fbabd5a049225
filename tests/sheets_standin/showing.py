"""How a value is shown: the number format's words for it, in the spreadsheet's locale."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from tests.sheets_standin.cells import Fault, Scalar
from tests.sheets_standin.dates import date_text

DATES = {"en_GB": ("dd/MM/yyyy", "HH:mm:ss"), "en_US": ("M/d/yyyy", "h:mm:ss AM/PM")}
ISO_DATE = ("yyyy-MM-dd", "HH:mm:ss")
CURRENCY = {"en_GB": "£", "en_US": "$", "cy_GB": "£", "en_IE": "€"}
NUMBERS = {"NUMBER": "#,##0.00", "PERCENT": "0.00%", "SCIENTIFIC": "0.00E+00", "TEXT": "@"}
SECTION = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
TOKEN = re.compile(r'"[^"]*"|\\.|\[\$[^\]-]*(?:-[^\]]*)?\]|\[[^\]]*\]|[0#?.,]+(?:[eE][+-]0+)?|_.|\*.|.')


def date_patterns(locale: str) -> tuple[str, str]:
    """(date, time) patterns of a locale."""
    return DATES.get(locale, ("dd/MM/yyyy", "HH:mm:ss") if locale.endswith("_GB") else ISO_DATE)


def pattern_of(form: Mapping[str, Any] | None, locale: str) -> tuple[str, str]:
    """(type, pattern) of a cell's number format; its type's default pattern where it names none."""
    number = (form or {}).get("numberFormat") or {}
    kind, pattern = number.get("type") or "", number.get("pattern") or ""
    return kind, pattern or _default(kind, locale)


def _default(kind: str, locale: str) -> str:
    date, time = date_patterns(locale)
    dates = {"DATE": date, "TIME": time, "DATE_TIME": f"{date} {time if 'H' in time else 'H:mm:ss'}"}
    if kind == "CURRENCY":
        return f"[${CURRENCY.get(locale, '$')}]#,##0.00"
    return dates.get(kind) or NUMBERS.get(kind, "")


def is_date_format(form: Mapping[str, Any] | None) -> bool:
    """Whether numbers in such a cell are dates or times."""
    kind = ((form or {}).get("numberFormat") or {}).get("type")
    return kind in ("DATE", "TIME", "DATE_TIME")


def show(value: Scalar, form: Mapping[str, Any] | None, locale: str) -> str:
    """The text a person sees in the cell."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Fault):
        return value.shown
    if isinstance(value, str) or value is None:
        return value or ""
    kind, pattern = pattern_of(form, locale)
    if not pattern or pattern == "@":
        return general(value)
    if kind in ("DATE", "TIME", "DATE_TIME"):
        return date_text(value, pattern)
    return number_text(value, pattern)


def general(value: float) -> str:
    """A number as a cell without a format shows it: up to ten decimals, no exponent up to 15 digits."""
    size = abs(value)
    if size and (size >= 1e15 or size < 1e-9):
        digits, _, power = f"{value:.5E}".partition("E")
        return f"{digits.rstrip('0').rstrip('.')}E{power[0]}{int(power[1:]):02d}"
    if isinstance(value, int):
        return str(value)
    text = f"{Decimal(repr(value)).quantize(Decimal('1e-10'), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_text(value: float, pattern: str) -> str:
    """A number in a pattern such as `#,##0.00`, `0%`, `[$£]#,##0.00` or `0.00;(0.00);"none"`."""
    sections = SECTION.split(pattern)
    if value < 0 and len(sections) > 1:
        return _section(-value, sections[1])
    if value == 0 and len(sections) > 2:
        return _section(value, sections[2])
    text = _section(abs(value), sections[0])
    return f"-{text}" if value < 0 and any(digit in text for digit in "123456789") else text


@lru_cache(maxsize=512)
def _tokens(pattern: str) -> tuple[str, ...]:
    return tuple(TOKEN.findall(pattern))


def _section(value: float, pattern: str) -> str:
    tokens = _tokens(pattern)
    for token in tokens:
        if token == "%":
            value *= 100
    return "".join(_piece(token, value) for token in tokens)


def _piece(token: str, value: float) -> str:
    if token[0] == '"':
        return token[1:-1]
    if token[0] == "\\":
        return token[1:]
    if token.startswith("[$"):
        return token[2:-1].partition("-")[0]
    if token[0] in "[*":
        return ""
    if token[0] == "_":
        return " "
    if set(token) <= set("0#?.,eE+-") and set(token) & set("0#?"):
        return _digits(value, token)
    return token


def _digits(value: float, mask: str) -> str:
    head, exponent = re.match(r"([0#?.,]+)(?:[eE]([+-])(0+))?$", mask).group(1, 3) if mask else ("", None)  # type: ignore[union-attr]
    whole, _, fraction = head.partition(".")
    if exponent:
        digits, _, power = f"{value:.{len(fraction)}E}".partition("E")
        return f"{digits}E{power[0]}{power[1:].lstrip('0').rjust(len(exponent), '0')}"
    number = Decimal(repr(value)) / (1000 ** (len(whole) - len(whole.rstrip(","))))
    text = f"{number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP):f}"
    left, _, right = text.partition(".")
    kept = len(fraction.rstrip("#?"))
    right = right[:kept] + right[kept:].rstrip("0")
    left = left.lstrip("0").rjust(sum(whole.count(x) for x in "0"), "0")
    if "," in whole.rstrip(","):
        left = _grouped(left)
    return left + (f".{right}" if right or fraction.startswith("0") else "")


def _grouped(digits: str) -> str:
    parts: list[str] = []
    while len(digits) > 3:
        parts.insert(0, digits[-3:])
        digits = digits[:-3]
    return ",".join([digits, *parts])
