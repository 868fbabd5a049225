"""A paper as a file, in the language one chooses: Word, and PDF where this machine can make one (X8)."""

from collections.abc import Callable

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.errors import OurError
from schemas.words import LANGUAGES, N_
from services.documents import pdf

NAMES = {"en": "English", "cy": "Cymraeg"}
SECONDS = 30


def paper_files(key: str, build: Callable[[str], bytes], file_name: str) -> None:
    """One button for each language and kind of file; `build` takes the language's code and gives Word's bytes."""
    with st.container(horizontal=True):
        for code in LANGUAGES:
            ui.download(
                _(N_("Word: {language}"), language=NAMES[code]),
                lambda code=code: build(code),
                file_name,
                ui.WORD,
                key=f"word:{key}:{code}",
            )
        wanted = [code for code in LANGUAGES if _is_pdf_wanted(key, code)]
        for code in wanted:
            _pdf(key, code, build, file_name)


def _is_pdf_wanted(key: str, code: str) -> bool:
    return pdf.available() and st.button(
        _(N_("PDF: {language}"), language=NAMES[code]),
        key=f"pdf:{key}:{code}",
        icon=":material/picture_as_pdf:",
    )


def _pdf(key: str, code: str, build: Callable[[str], bytes], file_name: str) -> None:
    """The PDF made now, to be saved; what stopped it where it can't be made, with Word beside it."""
    try:
        with st.spinner(_(N_("Making the PDF"))):
            made = pdf.to_pdf(build(code), SECONDS)
    except OurError as error:
        ui.show_error(error)
        return
    ui.download(
        _(N_("Save the PDF: {language}"), language=NAMES[code]),
        lambda: made,
        f"{file_name.removesuffix('.docx')}.pdf",
        ui.PDF,
        key=f"save:{key}:{code}",
        kind="primary",
    )
