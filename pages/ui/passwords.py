"""The password under which a file with personal data leaves (X6): typed here, kept nowhere."""

import streamlit as st

from pages.ui.troubles import show_error
from pages.ui.words import _
from schemas.words import N_
from services import passwords


def password(key: str) -> str:
    """A field for it; blank, with what is wrong below, until it is long enough."""
    typed = st.text_input(
        _(N_("Password for the file")),
        key=f"password:{key}",
        type="password",
        autocomplete="new-password",
        help=_(
            N_("At least 12 letters. Nobody can open the file without it, and Mentor Desk does not keep it.")
        ),
    )
    if not typed:
        return ""
    try:
        return passwords.check(typed)
    except passwords.WeakPassword as weak:
        show_error(weak)
        return ""
