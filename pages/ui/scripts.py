"""The few lines of JavaScript that Streamlit has no command for. Constant, so that the policy knows each by hash."""

from html import escape

import streamlit as st

GO = "location.assign(document.querySelector('[data-go]').dataset.go)"
LANGUAGE = {code: f"document.documentElement.lang='{code}'" for code in ("en", "cy")}
KEEP = {
    code: script + f";document.cookie='mentor_desk_language={code};path=/;max-age=31536000;samesite=lax'"
    for code, script in LANGUAGE.items()
}
# The links may be drawn after this, so it looks for a while. Streamlit gives the first page's link an empty
# address, which a new tab would take for the page one is on.
CURRENT = (
    "(function mark(left){const here=document.querySelector('[data-current]')?.dataset.current;let found=false;"
    "document.querySelectorAll('[data-testid=stSidebar] [data-testid=stPageLink-NavLink]').forEach(link=>{"
    "const to=link.getAttribute('href').split('?')[0];if(!link.getAttribute('href'))link.setAttribute('href','./');"
    "if(to.replace('./','')===here){found=true;link.setAttribute('aria-current','page')}"
    "else link.removeAttribute('aria-current')});"
    "if(!found&&left)setTimeout(mark,100,left-1)})(30)"
)
ALL = (GO, CURRENT, *LANGUAGE.values(), *KEEP.values())


def go(address: str) -> None:
    """Leave for an address of the server's own, in this tab: a route that sets a cookie."""
    st.html(f'<span data-go="{escape(address)}"></span><script>{GO}</script>', unsafe_allow_javascript=True)


def say_language(code: str, *, keep: bool) -> None:
    """Tell the browser (and so a screen reader) the page's language; `keep` remembers a switch."""
    script = (KEEP if keep else LANGUAGE)[code]
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def mark_current(url: str) -> None:
    """Tell a screen reader which link of the menu is the page one is on; the eye sees it already."""
    html = f'<span data-current="{escape(url)}"></span><script>{CURRENT}</script>'
    st.html(html, unsafe_allow_javascript=True)
