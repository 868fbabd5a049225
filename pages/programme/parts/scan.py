"""A photo or scan on a page: the field that takes one, and the paper as it is kept (L6, W3)."""

import streamlit as st

from pages import ui
from pages.ui import _
from pages.ui.acts import problems
from schemas.words import N_
from services import scans
from services.scans import Paper

TYPES = ("jpg", "jpeg", "png", "pdf")


def field(label: str, key: str, widget: str, name: str) -> None:
    """A photo from the telephone's camera, or a file; what is wrong with it is said beside it.

    `key` is the act that keeps it, `name` the field of the record that it belongs to.
    """
    st.file_uploader(label, type=TYPES, key=widget, max_upload_size=10)
    if wrong := problems(key).get(name):
        st.markdown(f":red[:material/error: {ui.safe(ui.say(wrong.words))}]")


def given(widget: str) -> bytes:
    """The content of what was chosen in the field; nothing where nothing was."""
    chosen = st.session_state.get(widget)
    return chosen.getvalue() if chosen is not None else b""


def show(paper: Paper, name: str, says: str, takes_out: str, key: str) -> None:
    """A photo as it is kept; a PDF only to be taken out, it is opened nowhere here."""
    if paper.form == scans.JPEG:
        ui.picture(paper.content, paper.mime, says)
    else:
        ui.text(
            _(N_("A PDF of {size} kB. Take it out to read it."), size=str(len(paper.content) // 1000 + 1))
        )
    ui.download(takes_out, lambda: paper.content, name, paper.mime, key=key)
