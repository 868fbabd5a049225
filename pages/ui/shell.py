"""What stands around every page: who is visiting, the navigation, the sidebar's foot (design 8)."""

from html import escape
from pathlib import Path

import streamlit as st

from pages.ui import navigation, scripts, sign_in, troubles, visitor
from pages.ui.house import house
from pages.ui.visitor import Visitor
from pages.ui.words import _, html, say
from schemas.errors import OurError
from schemas.words import N_
from services.context import Context

MARK = str(Path(__file__).parent / "pictures" / "mark.svg")
LANGUAGES = {"en": "English", "cy": "Cymraeg"}


def run() -> None:
    """One run of the script, for one visitor."""
    st.set_page_config("Mentor Desk", MARK, layout="wide")
    try:
        ctx = visitor.context_of_visitor()
    except OurError as error:
        troubles.show_error(error)
        st.stop()
    page = navigation.build(ctx)
    scripts.say_language(
        visitor.language() if ctx is None else ctx.language, keep=":language" in st.session_state
    )
    if ctx is None:
        sign_in.draw()
        return
    _notice()
    _sidebar(ctx)
    try:
        page.run()
    except Exception as error:  # noqa: BLE001 - caught here, so that Streamlit does not log a person's words
        troubles.on_script_error(error)


def _notice() -> None:
    if house().settings.may_choose_person:
        st.badge(
            _(N_("Example workbook on this machine: the people in it are invented")),
            icon=":material/science:",
            color="gray",
        )


def _sidebar(ctx: Context) -> None:
    found = visitor.find(house())
    with st.sidebar:
        html(f"<strong>{escape(ctx.programme.short_name.said(ctx.language))}</strong>")
        if found is not None and len(found.memberships) > 1:
            _switch(found)
        html(f"{escape(ctx.actor.name)}<br><small>{escape(say(ctx.actor.role))}</small>")
        language_switch(ctx.language)
        if st.button(_(N_("Sign out")), key=":sign-out", icon=":material/logout:", type="tertiary"):
            sign_in.leave()


def language_switch(code: str) -> None:
    """English or Cymraeg, each in its own words."""
    st.segmented_control(
        _(N_("Language")),
        list(LANGUAGES),
        default=code,
        required=True,
        format_func=LANGUAGES.__getitem__,
        key=":language-switch",
        on_change=lambda: visitor.set_language(st.session_state[":language-switch"]),
        label_visibility="collapsed",
    )


def _switch(found: Visitor) -> None:
    """Work in another of one's programmes or roles."""
    names = {row.id: _membership_words(row["programme"], row["role"]) for row in found.memberships}
    ids = list(names)
    chosen = st.selectbox(
        _(N_("Programme and role")),
        ids,
        index=ids.index(found.person.id),
        format_func=names.__getitem__,
        key=":membership",
    )
    if chosen and chosen != found.person.id:
        scripts.go(sign_in.address(chosen, "/"))


def _membership_words(programme: str, role: str) -> str:
    here = house().programmes[programme]
    return f"{here.short_name.said(visitor.language())}: {say(role)}"
