"""The parts of a page, always in one order: title, figures, list, one button (pages' anatomy)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from typing import Literal

import streamlit as st

from pages.ui import acts
from pages.ui.visitor import context
from pages.ui.words import _, html, language, lines, moment, safe
from schemas.words import N_
from services import history


class Tone(Enum):
    """What a badge means, everywhere the same."""

    LATE = "red"
    TODAY = "orange"
    LATER = "gray"
    DONE = "green"


LATE, TODAY, LATER, DONE = Tone.LATE, Tone.TODAY, Tone.LATER, Tone.DONE


def title(noun: str, caption: str = "", *, updated: tuple[datetime, str] | None = None) -> None:
    """The noun as in the navigation, what one does here, and when and by whom the data last changed.

    Below it stands what the visitor's last button did, with its Undo.
    """
    st.title(safe(noun), anchor=False)
    said = caption
    if updated:
        who = history.person_name(context(), updated[1])
        said += " " + _(N_("Updated {when} by {who}."), when=moment(updated[0]), who=who)
    if said.strip():
        st.caption(safe(said.strip()))
    acts.show_note()


def figures(shown: Sequence[tuple[str, str] | tuple[str, str, str]]) -> None:
    """Up to four figures: (label, value) or (label, value, help), all words of ours."""
    with st.container(horizontal=True):
        for label, value, *more in shown:
            st.metric(label, value, border=True, help=more[0] if more else None, width="content")


def badge(words: str, tone: Tone = LATER) -> None:
    """A small word of state; the colour only repeats what the word says."""
    st.badge(safe(words), color=tone.value)


def due_badge(on: date | None, today: date) -> None:
    """ "2 days late", "Today", "in 6 days"."""
    if on is None:
        badge(_(N_("Open")), LATER)
    elif on < today:
        days = (today - on).days
        badge(_(N_("{count} day late"), N_("{count} days late"), days), LATE)
    elif on == today:
        badge(_(N_("Today")), TODAY)
    else:
        days = (on - today).days
        badge(_(N_("in {count} day"), N_("in {count} days"), days), LATER)


@contextmanager
def card(
    heading: str,
    *about: str,
    badge_words: str = "",
    tone: Tone = LATER,
    due_on: date | None = None,
    key: str | None = None,
) -> Iterator[None]:
    """One thing to act on: badge (or the day it is due), what, whom it concerns; buttons go inside the `with`."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=key):
        if badge_words:
            badge(badge_words, tone)
        elif due_on:
            due_badge(due_on, context().today)
        lines(heading, *about)
        yield


def empty(reason: str, what_to_do: str = "") -> None:
    """An empty list says why, and what to do."""
    with st.container(border=True):
        html(f"<strong>{_escaped(reason)}</strong><br>{_escaped(what_to_do)}")


def _escaped(words: str) -> str:
    from html import escape

    return escape(words)


def drawer(
    heading: str,
    body: Callable[[], None],
    *,
    width: Literal["small", "medium", "large"] = "medium",
    on_close: Callable[[], None] | None = None,
) -> None:
    """Detail and editing at the right edge; it closes when a button in it has done its work.

    Call it in the run that opens it: `if st.button(...): ui.drawer(_(N_("Mentor")), lambda: show(row))`.
    """

    def shown() -> None:
        if acts.just_done():
            st.rerun()
        language()  # drawn again by itself, the drawer begins by knowing whose words it says
        body()

    st.dialog(safe(heading), position="right", width=width, on_dismiss=on_close or "ignore")(shown)()
