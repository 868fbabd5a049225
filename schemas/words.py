"""The words a person sees: marked where they are defined, translated where they are shown (X7).

A service never knows which language its reader has. It says a `Message`: an English sentence with named
gaps, and the values for the gaps. The page (or the document) says it in the reader's language.
"""

import gettext
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, runtime_checkable
from zoneinfo import ZoneInfo

LOCALE = Path(__file__).parent.parent / "locale"
DOMAIN = "mentor_desk"
LANGUAGES = ("en", "cy")
UK = ZoneInfo("Europe/London")
_NOTHING: Mapping[str, object] = MappingProxyType({})


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "mark, don't translate"
    """Mark `text` for the catalogue; it is translated when shown."""
    return text


@dataclass(frozen=True)
class Message:
    """A sentence with named gaps, said later in the reader's language.

    `many` and `count` make a plural; a value that is itself a `Message`, a date, an amount or a `Decimal`
    is worded in the same language as the sentence.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=lambda: _NOTHING, hash=False)
    many: str = ""
    count: int | None = None

    def __str__(self) -> str:
        return say(self, "en")


def message(text: str, many: str = "", count: int | None = None, **values: object) -> Message:
    """A `Message` written like a call: `message(N_("{name} is here"), name="Siân")`."""
    return Message(text, MappingProxyType(values), many, count)


@dataclass(frozen=True)
class Money:
    """An amount in pounds, said as £1,310.71."""

    pounds: Decimal


@dataclass(frozen=True)
class Month:
    """A calendar month, named by one of its days, said as November 2026."""

    day: date


@runtime_checkable
class Spoken(Protocol):
    """A programme's own words, which bring both languages along."""

    def said(self, language: str) -> str:
        """The words in one language."""
        ...


_OWN: ContextVar[Mapping[str, Spoken]] = ContextVar("a programme's own wording", default=MappingProxyType({}))


def speak_for(wording: Mapping[str, Spoken]) -> None:
    """Say a programme's own words from here on in this run: "Mentee" wherever the product says "Group"."""
    _OWN.set(wording)


def _translated(text: str, language: str) -> str:
    own = _OWN.get().get(text)
    return own.said(language) if own is not None else catalogue(language).gettext(text)


@lru_cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The compiled words of one language; English needs none."""
    return gettext.translation(DOMAIN, LOCALE, [language], fallback=True)


def say(what: Message | str, language: str) -> str:
    """The sentence in `language`, its gaps filled."""
    if isinstance(what, str):
        return _translated(what, language) if what else ""
    if what.count is None:
        sentence = _translated(what.text, language)
    else:
        sentence = catalogue(language).ngettext(what.text, what.many, what.count)
    values = {name: shown(value, language) for name, value in what.values.items()}
    if what.count is not None:
        values.setdefault("count", str(what.count))
    return sentence.format_map(values) if values else sentence


def shown(value: object, language: str) -> str:
    """One value worded for a sentence: dates long, money with pence, the rest as it is."""
    if type(value) is str:
        return value
    if isinstance(value, Message):
        return say(value, language)
    if isinstance(value, Money):
        return money(value.pounds)
    if isinstance(value, Month):
        return month_words(value.day, language)
    if isinstance(value, datetime):
        return instant_words(value, language)
    if isinstance(value, date):
        return day_words(value, language)
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Spoken):
        return value.said(language)
    return str(value)


def plain(number: Decimal) -> str:
    """A number without exponent or trailing noughts: 3.50 is 3.5, 20 is 20."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(pounds: Decimal) -> str:
    """£1,310.71; a credit is −£20.00."""
    sign = "−" if pounds < 0 else ""
    return f"{sign}£{abs(pounds):,.2f}"


def day_words(day: date, language: str) -> str:
    """21 November 2026 / 21 Tachwedd 2026."""
    return _babel_date(day, "d MMMM y", language)


def weekday_words(day: date, language: str) -> str:
    """Saturday 21 November 2026."""
    return _babel_date(day, "EEEE d MMMM y", language)


def short_day(day: date, language: str) -> str:
    """Sat 21 Nov 2026, for tables."""
    return _babel_date(day, "EEE d MMM y", language)


def month_words(day: date, language: str) -> str:
    """November 2026 / Tachwedd 2026."""
    return _babel_date(day, "MMMM y", language)


def instant_words(at: datetime, language: str) -> str:
    """21 November 2026, 10:42 by the clock on a British wall."""
    local = at.astimezone(UK)
    return f"{day_words(local.date(), language)}, {local:%H:%M}"


@lru_cache(maxsize=4096)
def _babel_date(day: date, pattern: str, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale="cy" if language == "cy" else "en_GB")
