"""Who changed what, when, from what to what (X4)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import text
from schemas.registers import BY_TAB
from schemas.words import N_, UK
from services import access, deeds, history, records
from services.access import Scope
from services.history import Entry

SHORTEST = 80
LIST = (
    text(N_("When"), name="when"),
    text(N_("Who"), name="who"),
    text(N_("What"), name="what"),
    text(N_("Record"), name="record"),
    text(N_("Changes"), name="changes"),
)
WIDTHS = {"when": 125, "who": 115, "what": 150, "record": 170}
FIELDS = (text(N_("Field"), name="field"), text(N_("Before"), name="old"), text(N_("After"), name="new"))

ctx = ui.visit("audit.see")


def shortened(words: str) -> str:
    """A long text's beginning, for the list."""
    line = " ".join(words.split())
    return line if len(line) <= SHORTEST else f"{line[: SHORTEST - 1]}…"


def changes(entry: Entry) -> str:
    """All fields of a change in one line."""
    said = []
    for field in entry.fields:
        old, new = shortened(field.old), shortened(field.new)
        said.append(f"{ui.say(field.title)}: {old} → {new}" if old else f"{ui.say(field.title)}: {new}")
    return "; ".join(said)


def show(entry: Entry) -> None:
    """One change, every field whole."""
    ui.lines(ui.say(deeds.name(entry.action)), f"{entry.who}, {ui.moment(entry.at)}", entry.why)
    rows = [{"field": ui.say(each.title), "old": each.old, "new": each.new} for each in entry.fields]
    if rows:
        ui.print_view(rows, FIELDS)


def one_record(tab: str, id_: str) -> None:
    """The whole history of one record, newest first."""
    entries = history.of_record(ctx, BY_TAB[tab], id_)
    name = records.view(ctx).name(BY_TAB[tab], id_)
    ui.title(_(N_("History")), _(N_("{register}: {name}"), register=ui.say(tab), name=name))
    ui.link(_(N_("Back to all changes")), "history")
    for entry in entries:
        with st.container(border=True):
            show(entry)


def row_of(place: int, tab: str, id_: str, entry: Entry) -> dict[str, object]:
    """A change as a line of the list."""
    return {
        "_id": str(place),
        "when": f"{entry.at.astimezone(UK):%d/%m/%Y %H:%M}",
        "who": entry.who,
        "what": ui.say(deeds.name(entry.action)),
        "record": f"{ui.say(tab)}: {records.view(ctx).name(BY_TAB[tab], id_)}",
        "changes": changes(entry),
    }


def everything() -> None:
    """The newest changes, by register and person."""
    ui.title(
        _(N_("History")), _(N_("Who changed what, when, from what to what. Nothing here can be changed."))
    )
    seen = {tab: ui.say(tab) for tab in BY_TAB if access.scope(ctx, tab) is Scope.ALL}
    with st.container(horizontal=True):
        tab = ui.pick("tab", seen, label=_(N_("Register"))) or ""
        who = ui.pick("who", history.writers(ctx), label=_(N_("Person"))) or ""
    found = history.newest(ctx, tab=tab, who=who)
    rows = [row_of(place, *each) for place, each in enumerate(found)]
    rows = ui.found(rows, ui.search("history", _(N_("Search these changes"))), LIST)
    if not rows:
        ui.empty(_(N_("No changes by these filters.")), _(N_("Take a filter away.")))
        return
    chosen = ui.table(rows, LIST, "history", select="one", widths=WIDTHS, alt=_(N_("The newest changes")))
    if not chosen:
        st.caption(_(N_("Choose a row to read every field of a change.")))
        return
    tab, id_, entry = found[int(chosen[0])]
    with st.container(border=True):
        show(entry)
        ui.button_to(_(N_("All changes of this record")), "history", "whole", register=tab, id=id_)


tab, id_ = st.query_params.get("register", ""), st.query_params.get("id", "")
if tab in BY_TAB and id_:
    one_record(tab, id_)
else:
    everything()
