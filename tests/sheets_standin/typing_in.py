"""What Google makes of text typed into a cell, in the spreadsheet's locale.

en_GB reads 3/4/2026 as 3 April, en_US as 4 March; yyyy-mm-dd means the same everywhere.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from tests.sheets_standin.cells import Cell, Scalar, plain_number
from tests.sheets_standin.dates import serial_of
from tests.sheets_standin.showing import CURRENCY, date_patterns

NUMBER = re.compile(r"([+-]?)\s*(\d{1,3}(?:,\d{3})+|\d+|)(\.\d*)?(?:[eE]([+-]?\d+))?\s*(%?)$")
ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$")
NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?$")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FULL = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
DAY_FIRST = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?(?:[ -](\d{4}|\d{2}))?$")
MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:,? (\d{4}))?$")
TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,3})?)?(?: ?([AaPp][Mm]))?$")


class Meant(NamedTuple):
    """A value and the number format Google gives the cell for it."""

    value: Scalar
    kind: str = ""
    pattern: str = ""


def typed_in(cell: Cell, text: str, locale: str) -> Cell:
    """The cell after a person typed `text` into it (or USER_ENTERED sent it)."""
    if text.startswith("'"):
        return cell._replace(value=text[1:] or None, formula=None)
    kind = ((cell.format or {}).get("numberFormat") or {}).get("type")
    if kind == "TEXT":
        return cell._replace(value=text or None, formula=None)
    if text.startswith("=") and len(text) > 1:
        return cell._replace(value=None, formula=text)
    meant = meaning(text, locale)
    if meant.kind and not _has_format(cell.format, meant.kind):
        form = dict(cell.format or {}) | {"numberFormat": {"type": meant.kind, "pattern": meant.pattern}}
        return cell._replace(value=meant.value, formula=None, format=form)
    return cell._replace(value=meant.value, formula=None)


def _has_format(form: Mapping[str, Any] | None, kind: str) -> bool:
    """Whether the cell's own format already says how to show such a value."""
    found = ((form or {}).get("numberFormat") or {}).get("type")
    return found is not None and (found == kind or (kind in DATE_KINDS) is (found in DATE_KINDS))


DATE_KINDS = ("DATE", "TIME", "DATE_TIME")


def meaning(text: str, locale: str) -> Meant:
    """The value of a typed text; the text itself if it is nothing else."""
    plain = text.strip()
    if plain.upper() in ("TRUE", "FALSE"):
        return Meant(plain.upper() == "TRUE")
    for read in (_number, _currency, _moment):
        found = read(plain, locale)
        if found is not None:
            return found
    return Meant(text or None)


def _number(text: str, locale: str) -> Meant | None:
    found = NUMBER.match(text)
    if not found or not (found[2] or (found[3] or "")[1:]):
        return None
    sign, whole, fraction, power, percent = found.groups()
    value = float(f"{sign}{(whole or '0').replace(',', '')}{fraction or ''}e{power or 0}")
    if percent:
        return Meant(plain_number(value / 100), "PERCENT", "0.00%" if fraction else "0%")
    if power:
        return Meant(plain_number(value), "SCIENTIFIC", "0.00E+00")
    if "," in whole:
        return Meant(plain_number(value), "NUMBER", "#,##0.00" if fraction else "#,##0")
    return Meant(plain_number(value))


def _currency(text: str, locale: str) -> Meant | None:
    symbol = CURRENCY.get(locale, "$")
    found = re.match(rf"(-?)\s*{re.escape(symbol)}\s*(-?)(.+)$", text)
    number = _number(found[3], locale) if found else None
    if (
        not found
        or number is None
        or number.kind not in ("", "NUMBER")
        or not isinstance(number.value, int | float)
    ):
        return None
    sign = -1 if found[1] or found[2] else 1
    decimals = ".00" if "." in text else ""
    return Meant(sign * number.value, "CURRENCY", f"[${symbol}]#,##0{decimals}")


def _moment(text: str, locale: str) -> Meant | None:
    """A date, a time, or both with a blank or T between."""
    day = _date(text, locale)
    if day is not None:
        return day
    time = _time(text)
    if time is not None:
        return time
    for mark in (" ", "T"):
        left, found, right = text.partition(mark)
        first, second = _date(left, locale), _time(right) if found else None
        if first is not None and second is not None:
            value = float(first.value) + float(second.value)  # type: ignore[arg-type]
            return Meant(plain_number(value), "DATE_TIME", f"{first.pattern} {second.pattern}")
    return None


def _time(text: str) -> Meant | None:
    found = TIME.match(text)
    if not found:
        return None
    hour, minute, second, rest, noon = found.groups()
    hours = int(hour) % 12 + 12 * (noon.lower() == "pm") if noon else int(hour)
    if int(minute) > 59 or (noon and not 1 <= int(hour) <= 12) or int(second or 0) > 59:
        return None
    value = (hours * 3600 + int(minute) * 60 + float((second or "0") + (rest or ""))) / 86400
    pattern = ("h:mm" if noon else "H:mm" if len(hour) == 1 else "HH:mm") + (":ss" if second else "")
    return Meant(plain_number(value), "TIME", pattern + (" AM/PM" if noon else ""))


def _date(text: str, locale: str) -> Meant | None:
    if found := ISO.match(text):
        year, mark, month, day = found.groups()
        return _made(
            int(year),
            int(month),
            int(day),
            f"yyyy{mark}{'mm' if len(month) > 1 else 'm'}{mark}{'dd' if len(day) > 1 else 'd'}",
        )
    if found := NUMERIC.match(text):
        first, mark, second, year = found.groups()
        return _numeric(first, mark, second, year, not date_patterns(locale)[0].startswith("M"))
    return _worded(text)


def _numeric(first: str, mark: str, second: str, year: str | None, day_first: bool) -> Meant | None:
    if mark == "." and not (day_first and year):
        return None
    day, month = (first, second) if day_first else (second, first)
    names = [("dd" if len(day) > 1 else "d"), ("MM" if len(month) > 1 else "M")]
    pattern = mark.join(names if day_first else names[::-1]) + (
        f"{mark}{'yyyy' if len(year) > 2 else 'yy'}" if year else ""
    )
    return _made(_year(year), int(month), int(day), pattern)


def _worded(text: str) -> Meant | None:
    if found := DAY_FIRST.match(text):
        day, word, year = found.groups()
        pattern = f"d {'mmmm' if word.lower() in FULL and word.lower() != 'may' else 'mmm'}{' yyyy' if year else ''}"
        return _made(
            _year(year), _month(word), int(day), pattern.replace(" ", "-") if "-" in text else pattern
        )
    if found := MONTH_FIRST.match(text):
        word, day, year = found.groups()
        return _made(_year(year), _month(word), int(day), f"mmmm d{', yyyy' if year else ''}")
    return None


def _month(word: str) -> int:
    """The month's number; 0 for no month."""
    low = word.lower()
    if low in FULL:
        return FULL.index(low) + 1
    return MONTHS.index(low) + 1 if low in MONTHS else 0


def _year(text: str | None) -> int:
    """A typed year; two digits from 30 on are of the last century; none is this year."""
    if text is None:
        return datetime.now().year  # noqa: DTZ005  as Google, which completes a date with today's year
    return int(text) if len(text) > 2 else int(text) + (1900 if int(text) >= 30 else 2000)


def _made(year: int, month: int, day: int, pattern: str) -> Meant | None:
    try:
        return Meant(serial_of(datetime(year, month, day)), "DATE", pattern)  # noqa: DTZ001
    except ValueError:
        return None
