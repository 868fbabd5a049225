"""Whose a generated file is: Streamlit serves it to anybody who knows its address, we only to who made it (RM09).

Each browser carries a random cookie that no script reads. A file is remembered by the digest of what is in it, with
the session that made it and that session's browser; it is given out while that session is open, and to that browser.
"""

from hashlib import sha256
from threading import Lock
from typing import NamedTuple

import streamlit as st
from streamlit.runtime import exists, get_instance
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.scriptrunner import get_script_run_ctx

BROWSER_COOKIE = "mentor_desk_browser"


class Owner(NamedTuple):
    """One open page of one browser."""

    session: str
    browser: str


_lock = Lock()
_made: dict[str, set[Owner]] = {}
_open: set[Owner] = set()


def owner() -> Owner:
    """Whoever this run of a page is for."""
    run = get_script_run_ctx(suppress_warning=True)
    return Owner(run.session_id if run else "", st.context.cookies.get(BROWSER_COOKIE, ""))


def is_at_hand() -> None:
    """This browser has a page open, so that it may fetch the pictures on it; what closed pages made is forgotten."""
    with _lock:
        _open.add(owner())
        _open.intersection_update({each for each in _open if _is_open(each)})
        for digest in [digest for digest, owners in _made.items() if not any(map(_is_open, owners))]:
            del _made[digest]


def remember(content: bytes, made_by: Owner) -> bytes:
    """The same file, known as theirs from now on."""
    with _lock:
        _made.setdefault(sha256(content).hexdigest(), set()).add(made_by)
    return content


def is_theirs(file_id: str, browser: str) -> bool:
    """Whether this browser may fetch that file: made, or a picture shown, on a page that it has open now."""
    found = get_instance().media_file_mgr.read_file(file_id) if exists() else None
    if found is None or not browser:
        return False
    with _lock:
        made_by = set(_made.get(sha256(found.content).hexdigest(), ()))
        owners = made_by if found.kind is MediaFileKind.DOWNLOADABLE else set(_open)
    return any(each.browser == browser and _is_open(each) for each in owners)


def _is_open(each: Owner) -> bool:
    return not exists() or get_instance().is_active_session(each.session)
