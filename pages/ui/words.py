"""Words in the visitor's language, and user text that stays text (X7, X14)."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from html import escape

import streamlit as st

from pages.ui import visitor
from schemas import words
from schemas.words import Message, message

_MARKS = re.compile(r"([\\`*_\[\]~$<>]|:(?=[A-Za-z]))")


def language() -> str:
    """The language this page is shown in."""
    return visitor.language_of_run() or visitor.language()


def _(text: str, many: str = "", count: int | None = None, **values: object) -> str:
    """A sentence in the visitor's language: `_(N_("{name} is here"), name=row.name)`."""
    return say(message(text, many, count, **values))


def say(what: Message | str) -> str:
    """A `Message`, or a stored choice such as a status, in the visitor's language."""
    return words.say(what, language())


def day(value: date | None) -> str:
    """21 November 2026; blank for none."""
    return words.day_words(value, language()) if value else ""


def weekday(value: date) -> str:
    """Saturday 21 November 2026, for the top of a day's page."""
    return words.weekday_words(value, language())


def short(value: date | None) -> str:
    """Sat 21 Nov 2026, for tables; blank for none."""
    return words.short_day(value, language()) if value else ""


def moment(value: datetime | None) -> str:
    """21 November 2026, 10:42; blank for none."""
    return words.instant_words(value, language()) if value else ""


def money(pounds: Decimal | None) -> str:
    """£1,310.71; blank for none."""
    return words.money(pounds) if pounds is not None else ""


def hours(value: Decimal | None) -> str:
    """3.5; blank for none."""
    return words.plain(value) if value is not None else ""


def safe(text: object) -> str:
    """Text for a place that reads Markdown (a button, an alert), its marks made harmless.

    Only marks that would do something: a label is also read aloud as it stands here. No escape is complete
    there, so user text belongs in `text`, `lines`, tables or selectboxes.
    """
    return _MARKS.sub(r"\\\1", str(text)).replace("://", ":\u200b//").replace("\n", " ")


def text(what: object) -> None:
    """User text, exactly as written, line breaks kept."""
    html(f'<div style="white-space: pre-wrap; overflow-wrap: anywhere">{escape(str(what))}</div>')


def lines(heading: object, *more: object) -> None:
    """A bold line of user text and plain ones under it."""
    html(_lines(heading, *more))


def many_lines(items: Iterable[Sequence[object]]) -> None:
    """`lines` for each of a long list, drawn as one: a thousand elements would each go to the browser alone."""
    html("".join(f'<div style="margin-bottom: 1rem">{_lines(*item)}</div>' for item in items))


def _lines(heading: object, *more: object) -> str:
    rest = "".join(f"<br>{escape(str(line))}" for line in more if line)
    return f'<div style="overflow-wrap: anywhere"><strong>{escape(str(heading))}</strong>{rest}</div>'


def html(body: str) -> None:
    """HTML made here, every value in it escaped by whoever calls."""
    st.html(body)
