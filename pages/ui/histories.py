"""What happened to one record, for those who may read the history (X4)."""

from datetime import datetime

import streamlit as st

from pages.ui.visitor import context
from pages.ui.words import _, lines, moment, say
from schemas.column import Register, Row
from schemas.kinds import instant
from schemas.words import N_
from services import access, history
from services.history import Entry


def row_history(register: type[Register], row: Row, without: str = "") -> None:
    """Who changed what, when, from what to what, folded away; nothing for whoever may not read it.

    Changes by the action `without` stand in the programme's history alone: this page may be read with others.
    """
    ctx = context()
    if not access.may(ctx, "audit.see"):
        return
    with st.expander(_(N_("History")), icon=":material/history:"):
        for entry in history.of_record(ctx, register, row.id):
            if entry.action != without:
                _show(entry)


def _show(entry: Entry) -> None:
    changed = (
        _(N_("{field}: {old} → {new}"), field=say(field.title), old=field.old or "–", new=field.new or "–")
        for field in entry.fields
    )
    heading = _(N_("{when}, {who}"), when=moment(entry.at), who=entry.who)
    lines(heading, *((entry.why,) if entry.why else ()), *changed)


def last_update(row: Row) -> tuple[datetime, str] | None:
    """When and by whom a record was changed last, for the caption of its page."""
    at = row["_updated_at"]
    return (instant(at), row["_updated_by"] or "") if at else None
