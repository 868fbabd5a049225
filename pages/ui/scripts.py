"""The few lines of JavaScript that Streamlit has no command for. Constant, so that the policy knows each by hash."""

from html import escape

import streamlit as st

GO = "location.assign(document.querySelector('[data-go]').dataset.go)"
LANGUAGE = {code: f"document.documentElement.lang='{code}'" for code in ("en", "cy")}
KEEP = {
    code: script + f";document.cookie='mentor_desk_language={code};path=/;max-age=31536000;samesite=lax'"
    for code, script in LANGUAGE.items()
}
ALL = (GO, *LANGUAGE.values(), *KEEP.values())


def go(address: str) -> None:
    """Leave for an address of the server's own, in this tab: a route that sets a cookie."""
    st.html(f'<span data-go="{escape(address)}"></span><script>{GO}</script>', unsafe_allow_javascript=True)


def say_language(code: str, *, keep: bool) -> None:
    """Tell the browser (and so a screen reader) the page's language; `keep` remembers a switch."""
    script = (KEEP if keep else LANGUAGE)[code]
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
