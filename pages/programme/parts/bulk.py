"""Several rows of a list changed at once: choose a field, look at each row, one button (X13)."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages import ui
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import Register, text
from schemas.errors import OurError
from schemas.kinds import Kind
from schemas.words import N_
from services import bulk, records
from services.bulk import Change, Look
from services.context import Context
from services.records import Rows

PREVIEW = (
    text(N_("Record"), name="record"),
    text(N_("Now"), name="old"),
    text(N_("Becomes"), name="new"),
)
ADD, INSTEAD = "add", "instead"


def offer(ctx: Context, register: type[Register], ids: Sequence[str]) -> None:
    """The button for the ticked rows of a list."""
    if not ids:
        st.caption(_(N_("Tick the rows to change.")))
        return
    words = _(N_("Change {count} row"), N_("Change {count} rows"), len(ids))
    key = f"several:{register.tab}:{ui.fingerprint([{'_id': id_} for id_ in ids])}"
    drawers.opens(words, key, lambda: choose(ctx, register, ids, key), kind="primary", icon=":material/edit:")


def choose(ctx: Context, register: type[Register], ids: Sequence[str], key: str) -> None:
    """Which field, which value; then old and new of each row."""
    named = {column.name: column for column in bulk.fields(ctx, register)}
    name = st.selectbox(
        _(N_("What to change")),
        list(named),
        format_func=lambda each: ui.say(named[each].title),
        key=f"{key}:field",
    )
    adds = named[name].kind is Kind.LIST and how(key) == ADD
    own = f"{key}:{name}"
    filling = ui.form(register, (name,), own)
    value = read(filling, name)
    if value in (None, "", ()):
        st.caption(_(N_("Fill in the new value to see what changes.")))
        return
    look = bulk.looked_at(ctx, register, ids, name, value, adds=adds)
    preview(ctx, look)
    count = len(look.good)
    ui.act(
        _(N_("Change {count} row"), N_("Change {count} rows"), count),
        own,
        lambda ctx, op: bulk.change(ctx, op, look),
        N_("Changed."),
        disabled=not count,
        icon=":material/check:",
    )


def read(filling: ui.Filling, name: str) -> Any:
    """The new value; nothing and the reason where it can't be read."""
    try:
        return filling.values()[name]
    except OurError as error:
        ui.show_error(error)
        return None


def how(key: str) -> str:
    """Whether the items of a list join those that are there or replace them."""
    words = {ADD: _(N_("Add to what is there")), INSTEAD: _(N_("Put in its place"))}
    return st.radio(
        _(N_("How")), list(words), format_func=words.__getitem__, key=f"{key}:how", horizontal=True
    )


def preview(ctx: Context, look: Look) -> None:
    """Every row that changes, old and new; then every row that does not, and why."""
    names = records.view(ctx)
    if look.good:
        ui.print_view([row_of(names, look, each) for each in look.good], PREVIEW)
    if look.refused:
        st.caption(_(N_("These rows stay as they are:")))
        for each in look.refused:
            ui.text(f"{names.name(look.register, each.row.id)}: {ui.say(each.left_out or '')}")


def row_of(names: Rows, look: Look, each: Change) -> dict[str, Any]:
    """One row of the preview, in words."""
    return {
        "record": names.name(look.register, each.row.id),
        "old": ui.cell_words(look.column, each.old) or "–",
        "new": ui.cell_words(look.column, each.new) or "–",
    }
