"""Reflections: what mentors learn, shared with the programme team, the pool or their host (S14)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import Row, text
from schemas.words import N_, Message
from schemas.work import Development, DevelopmentKind, Timesheets
from services import development, timesheets, work
from services.context import Context
from services.store.interface import Receipt

ctx = ui.visit("development.see")
FIELDS = ("title", "words", "held_on", "kind", "shared_with")
LISTED = (Development.held_on, text(N_("Mentor"), name="author"), Development.title, Development.words)
KEY, TIME = "reflection", "reflection:time"
WHOSE = {"all": N_("All"), "mine": N_("Mine"), "others": N_("Others'")}


def share() -> None:
    """A reflection in a few sentences; its time is written down with it where the mentor wants."""
    first = {"held_on": ctx.today, "kind": DevelopmentKind.REFLECTION, "shared_with": ("programme team",)}
    typed = ui.form(Development, FIELDS, KEY, values=first, keep=True)
    time = spent()
    ui.act(
        _(N_("Share it")),
        KEY,
        lambda ctx, op: shared(ctx, op, typed, time),
        Message(N_("Shared. Thank you.")),
        also=(TIME,),
    )


def spent() -> ui.Filling:
    """The time it took: unpaid, or within an allowance the Programme Manager approved."""
    allowed = development.allowances(ctx)
    with st.expander(_(N_("Time it took"))):
        if not allowed:
            st.caption(
                _(
                    N_(
                        "You have no allowance for programme activity, so this time is unpaid and not written down."
                    )
                )
            )
            return ui.Filling(Timesheets, (), TIME)
        hint = st.container()
        typed = ui.form(
            Timesheets,
            ("assignment", "hours", "is_chargeable"),
            TIME,
            values={"assignment": allowed[0].id, "is_chargeable": True},
            options={"assignment": {row.id: work.name_of(ctx, row) for row in allowed}},
            titles={"assignment": N_("Allowance")},
            live=("hours",),
            keep=True,
        )
        chosen = next((row for row in allowed if row.id == typed.text("assignment")), None)
        if chosen is not None:
            left, hours = timesheets.days_left(ctx, chosen), typed.value("hours")
            charged = hours if hours and typed.value("is_chargeable") else None
            hint.caption(ui.safe(ui.say(left.after(charged) if charged else left.words)))
        return typed


def shared(ctx: Context, op: str, typed: ui.Filling, time: ui.Filling) -> Receipt:
    """The reflection, and its hours as a draft line."""
    told = time.values()
    values = {**typed.values(), "is_chargeable": told.get("is_chargeable", False)}
    return development.share(ctx, op, values, told.get("hours"), told.get("assignment") or "")


def entry(row: Row) -> None:
    """One reflection, to read."""
    with st.container(border=True, key=f"reflection:{row.id}"):
        about = (development.author(ctx, row), ui.short(row["held_on"]), ui.say(row["kind"]))
        ui.lines(row["title"], " · ".join(part for part in about if part))
        ui.text(row["words"] or "")
        audience = ui.cell_words(Development.shared_with, row["shared_with"])
        if audience:
            st.caption(ui.safe(_(N_("Shared with: {audience}"), audience=audience)))


ui.title(
    _(N_("Reflections")), _(N_("What mentors learn from groups, for one another and for the programme."))
)
if development.may_share(ctx):
    share()
found = development.shared(ctx)
mine = [row for row in found if development.is_mine(ctx, row)]
others = [row for row in found if row not in mine]
lists = {"all": found, "mine": mine, "others": others}
st.subheader(_(N_("What has been shared")), anchor=False)
if mine:
    counts = {name: len(rows) for name, rows in lists.items()}
    whose = ui.filters("whose", {name: _(words) for name, words in WHOSE.items()}, counts, default="all")
    found = lists[whose or "all"]
with st.container(horizontal=True, vertical_alignment="center"):
    typed = ui.search("reflections", _(N_("Search")))
    ui.list_tools("reflections")
found = ui.found(found, typed, (Development.title, Development.words))
if not found:
    ui.empty(
        _(N_("Nothing has been shared here yet.")),
        _(N_("What you share with the mentor pool is read by all mentors.")),
    )
if ui.is_on_paper("reflections"):
    ui.print_view([{**row, "author": development.author(ctx, row)} for row in found], LISTED)
else:
    for row in found:
        entry(row)
