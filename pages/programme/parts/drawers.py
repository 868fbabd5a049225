"""Buttons that open a drawer, and the form in it that edits one record."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypeVar

import streamlit as st

from pages import ui
from pages.programme.parts import shown
from pages.ui import _
from schemas.column import Register, Row
from schemas.words import N_, Message
from services.context import Context

T = TypeVar("T")
Verb = Callable[[Context, str, Row, dict[str, Any]], Any]


def opens(
    label: str,
    key: str,
    body: Callable[[], None],
    *,
    heading: str = "",
    kind: Literal["primary", "secondary", "tertiary"] = "secondary",
    icon: str | None = None,
) -> None:
    """A button that opens a drawer."""
    if st.button(ui.safe(label), key=f"open:{key}", type=kind, icon=icon):
        ui.drawer(heading or label, body)


def opens_sealed(
    label: str,
    key: str,
    load: Callable[[], T],
    body: Callable[[T], None],
    *,
    heading: str = "",
    kind: Literal["primary", "secondary", "tertiary"] = "secondary",
) -> None:
    """A button that opens a drawer on something whose every view is logged.

    `load` runs once for each opening, however often the drawer is drawn again: the log counts views, not redraws.
    """
    if st.button(ui.safe(label), key=f"open:{key}", type=kind):
        opened = shown.loaded(load)
        ui.drawer(heading or label, lambda: body(opened))


def edits(
    register: type[Register],
    names: Sequence[str],
    row: Row,
    verb: Verb,
    words: Message | str,
    *,
    options: Mapping[str, Mapping[str, str]] | None = None,
    label: str = "",
    key: str = "",
) -> None:
    """The form of a record; only what was changed is sent, so that colleagues' changes stay (X3).

    Each version of the record has a form of its own: what stood in an older one never comes back unseen.
    """
    own = f"edit:{key}:{row.id}:{row['_change']}"

    def body() -> None:
        filling = ui.form(register, names, own, values=row, options=options)
        seen = ui.seen(own, register, row)
        ui.act(_(N_("Save")), own, lambda ctx, op: verb(ctx, op, seen, filling.changes(row)), words)

    opens(label or _(N_("Edit")), own, body, icon=":material/edit:")
