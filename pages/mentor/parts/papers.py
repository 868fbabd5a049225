"""A paper as a Word file, in the language one chooses."""

from collections.abc import Callable

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.words import LANGUAGES, N_

NAMES = {"en": "English", "cy": "Cymraeg"}


def word_files(key: str, build: Callable[[str], bytes], file_name: str) -> None:
    """One button for each language; `build` takes the language's code."""
    with st.container(horizontal=True):
        for code in LANGUAGES:
            ui.download(
                _(N_("Word: {language}"), language=NAMES[code]),
                lambda code=code: build(code),
                file_name,
                ui.WORD,
                key=f"word:{key}:{code}",
            )
