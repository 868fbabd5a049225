"""Half-filled forms, kept as rows so that a refresh or a flat battery loses nothing (X13)."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import streamlit as st

from pages.ui.visitor import context, context_of_visitor
from pages.ui.words import _
from schemas.column import Row
from schemas.errors import OurError
from schemas.kinds import Kind, Unreadable
from schemas.people import Drafts
from schemas.words import N_, UK
from services import records
from services.context import Context
from services.records import Edit, FreshRows, Intent, New
from services.store.interface import Needs

if TYPE_CHECKING:
    from pages.ui.forms import Filling

EVERY = timedelta(seconds=20)


def restored(filling: "Filling") -> dict[str, Any]:
    """First values from this person's draft of this form; nothing where there is none."""
    ctx = context()
    content = _content(ctx, _row(ctx, filling.key))
    st.session_state.setdefault(f"{filling.key}:kept", content)
    texts: dict[str, str] = json.loads(content) if content else {}
    return {name: _first(filling, name, text) for name, text in texts.items() if name in filling.names}


def _first(filling: "Filling", name: str, text: str) -> Any:
    column = filling.register.columns[name]
    if column.kind in {Kind.TEXT, Kind.LONG_TEXT, Kind.NUMBER, Kind.MONEY}:
        return text
    try:
        return column.typed(text)
    except Unreadable:
        return None


def keep(filling: "Filling") -> None:
    """Save what is typed when it has changed, at most every 20 seconds, and say when."""
    st.session_state.setdefault(f"{filling.key}:untouched", json.dumps(filling.texts()))

    @st.fragment(run_every=EVERY, key=f"{filling.key}:draft")
    def shown() -> None:
        _save_if_changed(filling)
        _say_when(filling.key)

    shown()


def _save_if_changed(filling: "Filling") -> None:
    key, texts = filling.key, filling.texts()
    content = json.dumps(texts, ensure_ascii=False)
    kept = st.session_state.get(f"{key}:kept") or ""
    untouched = st.session_state[f"{key}:untouched"]
    if content == kept or (not kept and json.dumps(texts) == untouched):
        return
    ctx = context_of_visitor()
    last = st.session_state.get(f"{key}:kept_at")
    if ctx is None or (last is not None and ctx.now - last < EVERY):
        return
    try:
        write(ctx, key, content)
    except OurError:
        st.session_state[f"{key}:kept_at"] = None
        return
    st.session_state[f"{key}:kept"], st.session_state[f"{key}:kept_at"] = content, ctx.now


def _say_when(key: str) -> None:
    at = st.session_state.get(f"{key}:kept_at")
    if at is not None:
        st.caption(_(N_("Draft saved {time}"), time=f"{at.astimezone(UK):%H:%M}"))
    elif st.session_state.get(f"{key}:kept"):
        st.caption(_(N_("Your draft is back.")))


def forget(ctx: Context, key: str) -> None:
    """The form is saved for good: its draft is emptied."""
    if st.session_state.pop(f"{key}:kept", None):
        write(ctx, key, "")
    for name in ("kept_at", "untouched"):
        st.session_state.pop(f"{key}:{name}", None)


def write(ctx: Context, form: str, content: str) -> None:
    """Keep `content` as this person's one draft of `form`."""
    needs = Needs(where=((Drafts.tab, "person", ctx.actor.id),))
    values = {"content": content, "saved_at": ctx.now}

    def decide(fresh: FreshRows) -> list[Intent]:
        row = next((row for row in fresh.all(Drafts) if row.form == form), None)
        if row is not None:
            return [Edit(Drafts, row.id, values)]
        return [New(Drafts, {"person": ctx.actor.id, "form": form, **values})]

    records.commit(ctx, uuid4().hex, "drafts.keep", [form, content], needs, decide)


def _row(ctx: Context, form: str) -> Row | None:
    mine = records.view(ctx).where(Drafts, "person", ctx.actor.id)
    return next((row for row in mine if row.form == form), None)


def _content(ctx: Context, row: Row | None) -> str:
    try:
        return records.unseal(ctx, row, "content", "drafts.keep") if row is not None else ""
    except (
        OurError
    ):  # sealed with a key that is gone: the form opens empty, and its next draft takes the place
        return ""
