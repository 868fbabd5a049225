"""The buyer's own workbook, asked for only where the programme's folder maps its cells (2.31, 3.7, 3.9)."""

from collections.abc import Mapping

import streamlit as st

from pages.ui import _
from schemas.words import N_


def chosen(at: Mapping[str, str], key: str) -> bytes:
    """What was chosen; blank while nothing is, or where ours is sent."""
    if not at:
        return b""
    given = st.file_uploader(
        _(N_("The buyer’s workbook, to be filled")), type="xlsx", max_upload_size=10, key=f"book:{key}"
    )
    return given.getvalue() if given else b""
