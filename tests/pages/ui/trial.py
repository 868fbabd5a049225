"""A page that uses every part of the kit once; tests run it, nobody navigates to it."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.mentors import Mentors
from schemas.words import N_
from services import records
from services.records import Edit, New
from services.store.interface import Needs

COLUMNS = (Mentors.name, Mentors.recruited_on, Mentors.status)

ctx = ui.visit("mentors.edit")


def add(ctx, op):
    """Keep what stands in the form."""
    values = {**filling.values(), "status": "applied"}
    return records.commit(ctx, op, "mentors.edit", values, Needs(), lambda fresh: [New(Mentors, values)])


def rename(ctx, op):
    """Change the name of the chosen ones."""
    needs = Needs(rows=tuple((Mentors.tab, id_) for id_ in chosen))
    to = {"name": st.session_state["new name"]}
    return records.commit(
        ctx, op, "mentors.edit", [chosen, to], needs, lambda fresh: [Edit(Mentors, id_, to) for id_ in chosen]
    )


def break_down(ctx, op):
    """A bug with a person's name in its message."""
    raise KeyError("Mair Pritchard")


def editing():
    """What a drawer holds."""
    st.text_input("New name", key="new name")
    ui.act("Rename", "rename", rename, N_("Renamed."))


rows = records.view(ctx).all(Mentors)
ui.title("Trial & <error>", "A caption with *stars*", updated=(ctx.now, ctx.actor.id))
ui.figures([("Mentors", str(len(rows)))])
state = ui.filters(
    "state", {"applied": _(N_("applied")), "approved": _(N_("approved"))}, {"applied": len(rows)}
)
looked_for = ui.search("mentors", "Name")
shown = ui.found(rows, looked_for, COLUMNS)
chosen = ui.table(shown, COLUMNS, "mentors", select="many", alt="Mentors")
ui.print_view(shown, COLUMNS)
ui.list_tools("trial")
if st.button("Edit", key="edit"):
    ui.drawer("Edit", editing)
ui.act("Break", "break", break_down, kind="secondary")
filling = ui.form(Mentors, ["name", "email", "recruited_on", "languages"], "mentor", keep=True)
ui.act("Add", "mentor", add, N_("Added."))
with ui.card("A <b>heading</b>", "about", badge_words="Late", tone=ui.LATE):
    ui.button_to("Go", "today", "go")
ui.empty("Nothing *here*", "Wait.")
ui.download("File", lambda: b"x", "file.csv", ui.CSV, key="file")
