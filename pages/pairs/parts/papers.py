"""Word files of a pair in both languages, the reader's own first (X7, X8)."""

from collections.abc import Callable

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.words import N_

LANGUAGES = {"en": N_("English"), "cy": N_("Welsh")}


def word(what: str, made: Callable[[str], bytes], name: str) -> None:
    """A button for each language; the file's name says no person."""
    with st.container(horizontal=True):
        for code in sorted(LANGUAGES, key=lambda code: code != ui.language()):
            ui.download(
                _(N_("{what}, {language}"), what=what, language=_(LANGUAGES[code])),
                lambda code=code: made(code),  # type: ignore[misc]
                f"{name}-{code}.docx",
                ui.WORD,
                key=f"{name}:{code}",
                kind="secondary" if code == ui.language() else "tertiary",
            )
