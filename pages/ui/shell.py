"""What stands around every page: who is visiting, the navigation, the sidebar's foot (design 8)."""

import logging
import re
from datetime import timedelta
from html import escape
from pathlib import Path

import streamlit as st

from pages.ui import files, navigation, scripts, sign_in, troubles, visitor, visits
from pages.ui.house import FIRST_PAGE, house
from pages.ui.visitor import Visitor
from pages.ui.words import _, html, safe, say
from schemas.errors import OurError
from schemas.words import N_, UK
from services.accounts import BREAK_GLASS
from services.context import Context

log = logging.getLogger("mentor_desk.pages")

ID = re.compile(r"[A-Z]{3}-[0-9A-Z]{6}")
MARK = str(Path(__file__).parent / "pictures" / "mark.svg")
LANGUAGES = {"en": "English", "cy": "Cymraeg"}


def run() -> None:
    """One run of the script, for one visitor."""
    st.set_page_config("Mentor Desk", MARK)
    try:
        ctx = visitor.context_of_visitor()
    except OurError as error:
        troubles.show_error(error)
        st.stop()
    page = navigation.build(ctx)
    if ctx is None:
        sign_in.draw()
        _tell_language(visitor.language())
        FIRST_PAGE.set()
        return
    st.set_page_config(layout="wide")
    files.is_at_hand()
    _log_what_is_opened(ctx, page.url_path)
    _notice()
    if house().settings.has_sign_in:
        _watch()
    _sidebar(ctx)
    try:
        navigation.require_open(ctx, page)
        page.run()
    except OurError as error:
        troubles.show_error(error)


def _log_what_is_opened(ctx: Context, page: str) -> None:
    """Who looked at which page and record, once for each; ids alone, never a filter or a typed word."""
    ids = sorted(value for value in st.query_params.to_dict().values() if ID.fullmatch(value))
    opened = (page or "today", ctx.programme.code, *ids)
    if st.session_state.get(":opened") != opened:
        st.session_state[":opened"] = opened
        log.info("opened page=%s programme=%s records=%s actor=%s", *opened[:2], ",".join(ids), ctx.actor.id)


def _notice() -> None:
    if house().settings.may_choose_person:
        st.badge(
            _(N_("Example workbook, invented people")),
            icon=":material/science:",
            color="gray",
        )
    if visitor.present().person.id == BREAK_GLASS:
        st.warning(_(N_("You are here as the break-glass administrator. Every use is logged.")))


def _watch() -> None:
    """Warn before a visit ends by itself, and end it: looking at the clock is not a click."""
    rules = house().settings.sign_in

    @st.fragment(run_every=min(timedelta(seconds=20), rules.idle / 12), key=":watch")
    def look() -> None:
        account, now = visitor.account_of_visitor(house()), house().now()
        if account is None or visits.is_over(account, rules, now):
            st.rerun()
        if visits.is_ending(account, rules, now):
            _warn(f"{visits.ends_at(account, rules).astimezone(UK):%H:%M}")

    look()


def _warn(when: str) -> None:
    words = N_("Your visit ends at {when}. What you have typed into a form is kept.")
    st.warning(_(words, when=when), icon=":material/schedule:")
    st.button(_(N_("Stay")), key=":stay", on_click=visitor.context_of_visitor)


def _sidebar(ctx: Context) -> None:
    found = visitor.present()
    name = ctx.programme.short_name.said(ctx.language)
    st.logo(_logo(name), icon_image=MARK, size="large")
    with st.sidebar:
        st.caption(safe(ctx.programme.name.said(ctx.language)))
        if len(found.memberships) > 1:
            _switch(found)
        html(f"{escape(ctx.actor.name)}<br><small>{escape(say(ctx.actor.role))}</small>")
        language_switch(ctx.language)
        if st.button(_(N_("Sign out")), key=":sign-out", icon=":material/logout:", type="tertiary"):
            sign_in.leave(ctx)
        _tell_language(ctx.language)


def _logo(name: str) -> str:
    """The mark with the programme's short name beside it, as one picture."""
    mark = Path(MARK).read_text().replace("<svg ", '<svg width="26" height="26" y="3" ')
    style = "font: 600 15px 'Source Sans', 'Segoe UI', sans-serif; fill: #22211d"
    words = f'<text x="36" y="21" style="{style}">{escape(name)}</text>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 250 32" width="250" height="32">{mark}{words}</svg>'


def _tell_language(code: str) -> None:
    scripts.say_language(code, keep=visitor.is_language_switched())


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
    names = {
        visitor.choice_of(row): _membership_words(row["programme"], row["role"]) for row in found.memberships
    }
    ids = list(names)
    chosen = st.selectbox(
        _(N_("Programme and role")),
        ids,
        index=ids.index(visitor.choice_of(found.person)),
        format_func=names.__getitem__,
        key=":membership",
    )
    if chosen and chosen != visitor.choice_of(found.person):
        scripts.go(sign_in.address(chosen, "/"))


def _membership_words(programme: str, role: str) -> str:
    here = house().programmes[programme]
    return f"{here.short_name.said(visitor.language())}: {say(role)}"
