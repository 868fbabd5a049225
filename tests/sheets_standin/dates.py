"""Dates as Sheets counts them, days since 30 December 1899, and their patterns."""

import re
from datetime import date, datetime, timedelta

DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  Sheets' serials are local time without a zone
TOKEN = re.compile(
    r'"[^"]*"|\\.|\[(?:h+|m+|s+|\$[^\]]*)\]|AM/PM|am/pm|A/P|y+|Y+|M+|m+|d+|D+|h+|H+|s+|S+|\.0+|.', re.DOTALL
)


def serial_of(day: date | datetime) -> float | int:
    """The serial of a date or a date and time."""
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001
    gap = moment - DAY_ZERO
    parts = gap.days + gap.seconds / 86400
    return int(parts) if parts == int(parts) else parts


def moment_of(serial: float) -> datetime:
    """The date and time of a serial, to the millisecond."""
    return DAY_ZERO + timedelta(milliseconds=round(serial * 86_400_000))


def date_text(serial: float, pattern: str) -> str:
    """A serial in a pattern: y, M, d, H, h, m, s in any case; `m` beside hours or seconds is minutes."""
    try:
        moment = moment_of(serial)
    except OverflowError:
        return "#VALUE!"
    tokens = TOKEN.findall(pattern)
    noon = any(token.upper() in ("AM/PM", "A/P") for token in tokens)
    return "".join(
        _piece(token, _is_minutes(tokens, at), noon, moment, serial) for at, token in enumerate(tokens)
    )


def _is_minutes(tokens: list[str], at: int) -> bool:
    """Whether an `m` or `M` stands for minutes: after hours or before seconds."""
    if tokens[at][0] not in "mM":
        return False
    letters = [token[0].lower() for token in tokens[:at] if token[0].lower() in "yMdhms".lower()]
    after = [token[0].lower() for token in tokens[at + 1 :] if token[0].lower() in "ymdhs"]
    return (letters[-1:] == ["h"] or after[:1] == ["s"]) and len(tokens[at]) < 3


def _piece(token: str, minutes: bool, noon: bool, moment: datetime, serial: float) -> str:
    first = token[0]
    if first == '"':
        return token[1:-1]
    if first == "\\":
        return token[1:]
    if first == "[":
        return _elapsed(token, serial)
    if token.upper() in ("AM/PM", "A/P"):
        word = "AM" if moment.hour < 12 else "PM"
        return word if len(token) > 3 else word[0]
    if token.startswith(".0"):
        return f".{moment.microsecond:06d}"[: len(token)]
    if minutes:
        return _padded(moment.minute, token)
    return _field(token, noon, moment)


def _elapsed(token: str, serial: float) -> str:
    """`[h]`: hours counted over days."""
    units = {"h": 24, "m": 1440, "s": 86400}
    letter = token[1].lower()
    return str(int(round(serial * 86400) // (86400 // units[letter]))) if letter in units else token[2:-1]


def _field(token: str, noon: bool, moment: datetime) -> str:
    letter, size = token[0].lower(), len(token)
    if letter == "y":
        return f"{moment.year:04d}" if size > 2 else f"{moment.year % 100:02d}"
    if letter == "m":
        words = {3: moment.strftime("%b"), 4: moment.strftime("%B"), 5: moment.strftime("%B")[0]}
        return words.get(size) or _padded(moment.month, token)
    if letter == "d":
        return {3: moment.strftime("%a"), 4: moment.strftime("%A")}.get(size) or _padded(moment.day, token)
    if letter == "h":
        return _padded((moment.hour % 12 or 12) if noon else moment.hour, token)
    return _padded(moment.second, token) if letter == "s" else token


def _padded(number: int, token: str) -> str:
    return f"{number:02d}" if len(token) > 1 else str(number)
