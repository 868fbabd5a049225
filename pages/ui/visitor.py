"""Who is visiting, in which programme and language; and the guard that every page begins with (X5)."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from threading import local
from urllib.parse import urlsplit
from uuid import uuid4

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.ui import visits
from pages.ui.house import House, house
from schemas.column import Row
from schemas.errors import NotAllowed, OurError
from schemas.words import LANGUAGES, N_, speak_for
from services import access, accounts, people
from services.accounts import Account
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


class Door(StrEnum):
    """Why a visitor stands before the sign-in page."""

    OUT = "not signed in"
    STRANGER = "an account that opens nothing here"
    OVER = "signed in too long ago, left alone too long, or signed out elsewhere"
    CHOICE = "works in several programmes and has not said where"


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
    here = house()
    visitor = find(here)
    _run.language = ""
    if isinstance(visitor, Door):
        st.session_state.pop(_CONTEXT, None)
        return None
    ctx = Context(
        here.workbook,
        here.programmes[visitor.person["programme"]],
        people.actor_of(visitor.person),
        here.now(),
        language(visitor.person),
    )
    _let_in(ctx, visitor)
    speak_for(ctx.programme.wording)
    st.session_state[_CONTEXT], st.session_state[_VISITOR] = ctx, visitor
    _run.language = ctx.language if get_script_run_ctx(suppress_warning=True) else ""
    return ctx


def _let_in(ctx: Context, visitor: Visitor) -> None:
    """Count the click; at the very first one, write the account beside the person's rows."""
    account = account_of_visitor(house())
    if account is None:
        return
    visits.clicked(account, ctx.now, ctx.actor.id)
    if visitor.person["subject"] or ctx.actor.id == accounts.BREAK_GLASS:
        return
    try:
        accounts.bind(ctx, uuid4().hex, account)
    except NotAllowed:
        raise
    except OurError as error:
        log.warning("account not kept actor=%s: %s", ctx.actor.id, type(error).__name__)


def language_of_run() -> str:
    """The language that this thread's run of a page was last found to be in; blank where it is not known.

    A drawer is drawn again in a thread of its own, which knows neither language nor programme: it learns both here.
    """
    if not (known := getattr(_run, "language", "")) and get_script_run_ctx(suppress_warning=True):
        ctx: Context | None = st.session_state.get(_CONTEXT)
        if ctx is not None:
            speak_for(ctx.programme.wording)
            known = _run.language = ctx.language
    return str(known)


def context() -> Context:
    """The context of this page's visitor, for the kit's own use after `visit`."""
    ctx: Context = st.session_state[_CONTEXT]
    return ctx


def present() -> Visitor:
    """The visitor of this run, once `context_of_visitor` has found them."""
    visitor: Visitor = st.session_state[_VISITOR]
    return visitor


def find(here: House) -> Visitor | Door:
    """Who is visiting: by their account, or (on the local example only) as chosen; or why nobody comes in."""
    if st.user.get("is_logged_in", False):
        return _with_account(here, account_of_visitor(here))
    rows = invented_people(here) if may_choose(here) else []
    person = _chosen(rows)
    if person is None:
        return Door.OUT
    return Visitor(person, tuple(row for row in rows if access.same_address(row["email"], person["email"])))


def _with_account(here: House, account: Account | None) -> Visitor | Door:
    rows = memberships(here)
    if account is None or not rows:
        log.warning("refused sign-in visit=%s", account.key if account else "unreadable")
        return Door.STRANGER
    if accounts.has_ended(rows, account) or visits.is_over(account, here.settings.sign_in, here.now()):
        return Door.OVER
    is_one_programme = len({row["programme"] for row in rows}) == 1
    person = _chosen(rows) or (rows[0] if is_one_programme else None)
    if person is None:
        return Door.CHOICE
    if person.id == accounts.BREAK_GLASS:
        log.warning("break-glass administrator programme=%s visit=%s", person["programme"], account.key)
    return Visitor(person, tuple(rows))


def _chosen(rows: Sequence[Row]) -> Row | None:
    """The one of these rows that the browser was told to be: `PER-7F3K9Q`, or `break-glass@ssw`."""
    wanted = st.context.cookies.get(PERSON_COOKIE, "")
    return next((row for row in rows if choice_of(row) == wanted), None)


def choice_of(row: Row) -> str:
    """What a browser keeps to be this person."""
    return f"{row.id}@{row['programme']}" if row.id == accounts.BREAK_GLASS else row.id


def memberships(here: House) -> list[Row]:
    """The rows of this visitor's account in the programmes here; else the break-glass administrator's."""
    account = account_of_visitor(here)
    if account is None:
        return []
    own = [row for row in accounts.memberships(here.store, account) if row["programme"] in here.programmes]
    return own or accounts.break_glass(account, here.settings.sign_in.break_glass, tuple(here.programmes))


def account_of_visitor(here: House) -> Account | None:
    """The account this browser has signed in with; `None` for none, or for one that says too little."""
    return accounts.account_of(st.user.to_dict(), here.settings.sign_in.issuers)


def may_choose(here: House) -> bool:
    """Whether this visitor may pick an invented person: the local example, at this very machine."""
    return here.settings.may_choose_person and is_at_this_machine()


def invented_people(here: House) -> list[Row]:
    """The people of the example; a real address is never offered to choose."""
    rows = people.memberships(here.store)
    return [row for row in rows if row["email"].endswith(INVENTED) and row["programme"] in here.programmes]


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
