"""Buttons that change the workbook: one key per filling, one way to succeed, fail, retry and undo (X3, X4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar
from uuid import uuid4

import streamlit as st

from pages.ui import troubles, visitor
from pages.ui.words import _, safe, say
from schemas.column import Register, Row
from schemas.errors import InvalidEntry, NotAllowed, OurError, Problem, StaleRow
from schemas.registers import BY_TAB
from schemas.words import N_, Message
from services import history, records
from services.context import Context
from services.store.interface import Receipt

T = TypeVar("T")
Action = Callable[[Context, str], T]
_NOTE = ":note"


@dataclass(frozen=True)
class Note:
    """What the last button did, until the next one or another page."""

    words: Message | str
    undo: str = ""
    page: str = ""
    is_told: bool = False
    met: str = ""


def op_id(key: str) -> str:
    """The key of this filling: the same until it has succeeded, so that a second click saves nothing twice."""
    return str(st.session_state.setdefault(f"{key}:op", uuid4().hex))


def filling(key: str) -> int:
    """Which filling of this form it is; its widgets carry the number, so that a new one starts empty."""
    return int(st.session_state.setdefault(f"{key}:filling", 0))


def done(key: str) -> None:
    """This filling is saved: the next one is new, with empty fields and a key of its own."""
    st.session_state[f"{key}:filling"] = filling(key) + 1
    for name in ("op", "trouble"):
        st.session_state.pop(f"{key}:{name}", None)


def attempt(
    key: str,
    action: Action[T],
    words: Message | str | Callable[[T], Message | str] = "",
    also: Sequence[str] = (),
) -> T | None:
    """Run one verb of a service as whoever is at the screen now: `action(ctx, op_id)`.

    Success renews the key and leaves a note with Undo; an `OurError` is kept and shown beside the button by
    `trouble(key)`; anything else is logged under a reference. Safe in a callback, before the page's guard has
    run: the context is made anew, so a stopped person's click does nothing. `also` are the keys of further
    forms that the same button saves: they are emptied with it.
    """
    st.session_state.pop(_NOTE, None)
    op = op_id(key)
    try:
        ctx = visitor.context_of_visitor()
        if ctx is None:
            raise NotAllowed()
        result = action(ctx, op)
    except OurError as error:
        st.session_state[f"{key}:trouble"] = error
        return None
    except Exception as error:  # noqa: BLE001 - a bug must reach the log and plain words, never a traceback
        st.session_state[f"{key}:trouble"] = troubles.log_bug(error)
        return None
    for form in (key, *also):
        _forget_draft(ctx, form)
        done(form)
    note(words(result) if callable(words) else words, undo=_undoable(ctx, op), met=_met(result))
    return result


def _forget_draft(ctx: Context, key: str) -> None:
    from pages.ui import drafts

    try:
        drafts.forget(ctx, key)
    except OurError:
        troubles.log.warning("draft not emptied actor=%s", ctx.actor.id)


def _met(result: object) -> str:
    """What people typed in the sheet in the moment of this save, so that it is not lost unseen."""
    if not isinstance(result, Receipt) or not result.met:
        return ""
    typed = "; ".join(
        f"{say(BY_TAB[each.register].columns[each.column].title)}: {each.typed}" for each in result.met
    )
    return _(
        N_("In this very moment somebody typed in the spreadsheet, and your save replaced it: {typed}"),
        typed=typed,
    )


def _undoable(ctx: Context, op: str) -> str:
    change = history.last_change(ctx)
    return op if change is not None and change["op_id"] == op else ""


def act(
    label: str,
    key: str,
    action: Action[Any],
    words: Message | str | Callable[[Any], Message | str] = "",
    *,
    kind: Literal["primary", "secondary", "tertiary"] = "primary",
    ask: str = "",
    disabled: bool = False,
    icon: str | None = None,
    help: str | None = None,
    also: Sequence[str] = (),
) -> None:
    """A button that attempts `action(ctx, op_id)`, and shows below it what stopped it.

    `ask` makes a destructive one ask first. The page is drawn again after the change.
    """
    op_id(key)
    call = {"on_click": _clicked, "args": (key, action, words, also)}
    if ask:
        with st.popover(safe(label), icon=icon, disabled=disabled, help=help):
            st.write(safe(ask))
            st.button(safe(label), key=f"{key}:button", type="primary", **call)
    else:
        st.button(
            safe(label), key=f"{key}:button", type=kind, disabled=disabled, icon=icon, help=help, **call
        )
    trouble(key)


def _clicked(key: str, action: Action[Any], words: Any, also: Sequence[str] = ()) -> None:
    attempt(key, action, words, also)


def trouble(key: str) -> None:
    """What stopped the last attempt under this key, if anything."""
    what = st.session_state.get(f"{key}:trouble")
    if isinstance(what, OurError):
        troubles.show_error(what)
    elif what is not None:
        troubles.show_bug(what)


def problems(key: str) -> dict[str, Problem]:
    """The wrong fields of the last attempt under this key, by column name."""
    what = st.session_state.get(f"{key}:trouble")
    return {problem.field: problem for problem in what.problems} if isinstance(what, InvalidEntry) else {}


def seen(key: str, register: type[Register], row: Row) -> Row:
    """The record as this person has seen it: after a clash, the newer version that stands beside theirs (X3)."""
    clashed = isinstance(st.session_state.get(f"{key}:trouble"), StaleRow)
    return records.view(visitor.context()).get(register, row.id) if clashed else row


def forget_trouble(key: str) -> None:
    """The person moved on: what stopped them is no longer shown."""
    st.session_state.pop(f"{key}:trouble", None)


def note(words: Message | str, undo: str = "", met: str = "") -> None:
    """Say at the top of the page what was done; `undo` is the operation that Undo takes back.

    `met` is what people typed in the sheet in the same moment.
    """
    st.session_state[_NOTE] = Note(words, undo, st.session_state.get(":page", ""), met=met)


def just_done() -> bool:
    """Whether a button has just done its work and nobody has been told yet."""
    kept: Note | None = st.session_state.get(_NOTE)
    return kept is not None and not kept.is_told


def show_note() -> None:
    """The note of the last button, with its Undo; called by `title`."""
    kept: Note | None = st.session_state.get(_NOTE)
    if kept is None:
        return
    if kept.is_told and kept.page != st.session_state.get(":page", ""):
        del st.session_state[_NOTE]
        return
    if not kept.is_told:
        if kept.words:
            st.toast(safe(say(kept.words)), icon=":material/check:")
        st.session_state[_NOTE] = replace(kept, is_told=True, page=st.session_state.get(":page", ""))
    _note_line(kept)


def _note_line(kept: Note) -> None:
    if kept.met:
        st.warning(safe(kept.met), icon=":material/edit_note:")
    with st.container(horizontal=True, vertical_alignment="center"):
        if kept.words:
            st.markdown(f":green[:material/check: {safe(say(kept.words))}]", width="content")
        if kept.undo:
            st.button(
                _(N_("Undo")),
                key=":undo",
                icon=":material/undo:",
                on_click=_clicked,
                args=("undo", lambda ctx, op: history.undo_last(ctx, op, kept.undo), Message(N_("Undone."))),
            )
    trouble("undo")
