"""An e-mail's text in both languages, to copy or to take as a Word letter (L3, L4, L11)."""

from collections.abc import Callable

import streamlit as st

from pages import ui
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.column import Row
from schemas.words import N_
from services import placement_letters
from services.context import Context
from services.placement_letters import Letter
from services.placements import Request

LANGUAGES = {"en": "English", "cy": "Cymraeg"}
Load = Callable[[str], Letter]


def enquiry(ctx: Context, request: Request, row: Row, language: str) -> Letter:
    """The letter that belongs to where a peer stands."""
    return placement_letters.for_enquiry(ctx, request.row.id, row.id, language)


def profiles(ctx: Context, request: str, language: str) -> Letter:
    """The profiles for the council."""
    return placement_letters.profiles(ctx, request, language)


def offer(ctx: Context, key: str, load: Load, *, label: str = "") -> None:
    """A button that opens the text in a drawer."""
    drawers.opens(
        label or _(N_("E-mail")), f"letter:{key}", lambda: _show(ctx, key, load), icon=":material/mail:"
    )


def _show(ctx: Context, key: str, load: Load) -> None:
    language = st.pills(
        _(N_("Language")),
        list(LANGUAGES),
        format_func=lambda code: LANGUAGES[code],
        default=ui.language(),
        key=f"letter:{key}:language",
    )
    letter = shown.loaded(lambda: load(language or "en"))
    ui.lines(letter.subject, _(N_("To {name} {email}"), name=letter.to, email=letter.email))
    st.code(letter.text, language=None, wrap_lines=True)
    ui.download(
        _(N_("Word letter")),
        lambda: placement_letters.word_file(ctx, letter, language or "en"),
        "letter.docx",
        ui.WORD,
        key=f"letter:{key}:word",
    )
