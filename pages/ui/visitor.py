"""Who is visiting, in which programme and language; and the guard that every page begins with (X5)."""

import logging
from dataclasses import dataclass
from ipaddress import ip_address
from threading import local
from urllib.parse import urlsplit
from uuid import uuid4

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.ui.house import House, house
from schemas.column import Row
from schemas.errors import OurError
from schemas.words import LANGUAGES, N_
from services import access, people
from services.context import Context

log = logging.getLogger("mentor_desk.visitor")

PERSON_COOKIE = "mentor_desk_person"
LANGUAGE_COOKIE = "mentor_desk_language"
INVENTED = "@example.org"
# A page asks for its language thousands of times, and the session answers slowly: each run has its own thread.
_run = local()
_CONTEXT = ":context"
_LANGUAGE = ":language"
_VISITOR = ":visitor"


@dataclass(frozen=True)
class Visitor:
    """The person at the screen: the membership they act in, and their others."""

    person: Row
    memberships: tuple[Row, ...]


def visit(right: str) -> Context:
    """The guard and first statement of every page: the context of a visitor who has the right.

    Whoever is not signed in or lacks the right reads one plain refusal, and the page goes no further.
    """
    try:
        ctx = context_of_visitor()
        if ctx is None:
            _stop_signed_out()
        access.require(ctx, right)
        ctx.workbook.refresh()
    except OurError as error:
        from pages.ui.troubles import show_error

        show_error(error)
        st.stop()
    if ctx.workbook.trouble is not None or ctx.workbook.broken:
        from pages.ui.troubles import show_last_copy

        show_last_copy(ctx)
    return ctx


def _stop_signed_out() -> None:
    from pages.ui.words import _

    st.info(_(N_("Sign in to see this page.")), icon=":material/login:")
    st.stop()


def context_of_visitor() -> Context | None:
    """A fresh context for whoever is at the screen now, or `None`; read anew at each click (X5)."""
    visitor = find(house())
    _run.language = ""
    if visitor is None:
        st.session_state.pop(_CONTEXT, None)
        return None
    here = house()
    ctx = Context(
        here.workbook,
        here.programmes[visitor.person["programme"]],
        people.actor_of(visitor.person),
        here.now(),
        language(visitor.person),
    )
    st.session_state[_CONTEXT], st.session_state[_VISITOR] = ctx, visitor
    _run.language = ctx.language if get_script_run_ctx(suppress_warning=True) else ""
    return ctx


def language_of_run() -> str:
    """The language that this thread's run of a page was last found to be in; blank where it is not known."""
    return str(getattr(_run, "language", ""))


def context() -> Context:
    """The context of this page's visitor, for the kit's own use after `visit`."""
    ctx: Context = st.session_state[_CONTEXT]
    return ctx


def present() -> Visitor:
    """The visitor of this run, once `context_of_visitor` has found them."""
    visitor: Visitor = st.session_state[_VISITOR]
    return visitor


def find(here: House) -> Visitor | None:
    """Who is visiting: by verified e-mail, or (on the local example only) as chosen."""
    able = [row for row in _memberships(here) if row["programme"] in here.programmes]
    if not able:
        return None
    chosen = st.context.cookies.get(PERSON_COOKIE, "")
    person = next((row for row in able if row.id == chosen), None)
    if person is None and email_of_visitor():
        person = able[0]
    if person is None:
        return None
    same = tuple(row for row in able if row["email"].casefold() == person["email"].casefold())
    return Visitor(person, same)


def _memberships(here: House) -> list[Row]:
    if email := email_of_visitor():
        return people.memberships(here.store, email)
    return invented_people(here) if may_choose(here) else []


def email_of_visitor() -> str:
    """The signed-in address; blank where there is none or the provider has not verified it."""
    if not st.user.get("is_logged_in", False) or st.user.get("email_verified") is False:
        return ""
    return str(st.user.get("email") or "")


def may_choose(here: House) -> bool:
    """Whether this visitor may pick an invented person: the local example, at this very machine."""
    return here.settings.may_choose_person and is_at_this_machine()


def invented_people(here: House) -> list[Row]:
    """The people of the example; a real address is never offered to choose."""
    return [row for row in people.memberships(here.store) if row["email"].endswith(INVENTED)]


def is_at_this_machine() -> bool:
    """Whether browser and server are one machine, with no proxy between."""
    headers = st.context.headers
    if any(name.casefold() in {"forwarded", "x-forwarded-for", "x-real-ip"} for name in headers):
        return False
    peer = st.context.ip_address
    return (peer is None or is_loopback(peer)) and is_loopback(host_name(headers.get("Host", "localhost")))


def host_name(host: str) -> str:
    """The name in a Host header, without port and brackets."""
    return urlsplit(f"//{host}").hostname or ""


def is_loopback(name: str) -> bool:
    """Whether an address or name means this machine."""
    if name in {"localhost", "testclient"}:
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def language(person: Row | None = None) -> str:
    """The language of this visit: as switched just now, else the person's own, else as kept by the browser."""
    switched = st.session_state.get(_LANGUAGE)
    if switched in LANGUAGES:
        return str(switched)
    if person is not None and person["language"]:
        return people.language_of(person)
    kept = st.context.cookies.get(LANGUAGE_COOKIE)
    if kept in LANGUAGES:
        return str(kept)
    return "cy" if (st.context.locale or "").startswith("cy") else "en"


def is_language_switched() -> bool:
    """Whether the person chose the language in this session, so that the browser should remember it."""
    return _LANGUAGE in st.session_state


def set_language(code: str) -> None:
    """Switch this visit's language at once, and keep it as the person's own (X7)."""
    st.session_state[_LANGUAGE] = code
    try:
        ctx = context_of_visitor()
        if ctx is not None:
            people.set_language(ctx, uuid4().hex, code)
    except OurError as error:
        log.warning("language not kept: %s", type(error).__name__)
