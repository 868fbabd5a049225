"""What stands beside every list: named views of it, the print view, choosing several rows (X13)."""

from urllib.parse import parse_qsl, urlencode

import streamlit as st

from pages.ui import acts, navigation
from pages.ui.visitor import context
from pages.ui.words import _
from schemas.column import Row
from schemas.people import Views
from schemas.words import N_
from services import records
from services.context import Context
from services.records import New
from services.store.interface import Needs, Receipt

# On paper: the list from edge to edge, without the menu and whatever can only be pressed.
LEFT_OUT = (
    "[data-testid=stSidebar]",
    "[data-testid=stHeader]",
    "[data-testid=stToast]",
    ".stButton",
    ".stButtonGroup",
    ".stCheckbox",
    ".stDownloadButton",
    ".stPopover",
    ".stTextInput",
)
PAPER = (
    f"{', '.join(LEFT_OUT)} {{ display: none !important; }}"
    " .stMainBlockContainer { padding: 0 !important; max-width: none !important; }"
    " .stHtml div { overflow: visible !important; }"
    " .stHtml table { font-size: 8pt; }"
    " .stHtml td, .stHtml th { padding: 2pt 4pt !important; }"
    " .stHtml tr { break-inside: avoid; }"
)


def list_tools(page: str, *, several: bool = False) -> None:
    """Beside a list's filters: its named views, the switch to the print view, and to choosing several rows.

    `page` is the page's address and the key of its `table`, which is drawn as the switches say.
    """
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        saved_views(page)
        st.toggle(_(N_("Print view")), key=f"{page}:print")
        if several:
            st.toggle(_(N_("Change several")), key=f"{page}:several", disabled=is_on_paper(page))
    if is_on_paper(page):
        st.html(f"<style>@media print {{ {PAPER} }}</style>")


def is_on_paper(page: str) -> bool:
    """Whether the list of this page is shown as a plain table, for reading aloud and for paper."""
    return bool(st.session_state.get(f"{page}:print"))


def is_for_several(page: str) -> bool:
    """Whether rows are ticked here to change several at once, instead of opening one."""
    return bool(st.session_state.get(f"{page}:several"))


def saved_views(page: str) -> None:
    """A menu of this page's named views, and the way to name the one on screen."""
    mine = [row for row in records.view(context()).all(Views) if row.page == page]
    with st.popover(_(N_("Views")), icon=":material/bookmark:"):
        for row in mine:
            _link(page, row)
        _name_this(page)


def _link(page: str, row: Row) -> None:
    label = f"{row.name} ({_(N_('shared'))})" if row.is_shared else str(row.name)
    navigation.link(label, page, **dict(parse_qsl(row.address or "")))


def _name_this(page: str) -> None:
    key = f"view:{page}"
    number = acts.filling(key)
    name = st.text_input(_(N_("Name this view")), key=f"{key}:{number}:name")
    is_shared = st.checkbox(_(N_("Colleagues see it too")), key=f"{key}:{number}:shared")
    address = urlencode(st.query_params.to_dict())
    acts.act(
        _(N_("Keep this view")),
        key,
        lambda ctx, op: keep(
            ctx,
            op,
            page,
            st.session_state.get(f"{key}:{number}:name", name),
            address,
            is_shared=bool(st.session_state.get(f"{key}:{number}:shared", is_shared)),
        ),
        N_("View kept."),
        kind="secondary",
    )


def keep(ctx: Context, op_id: str, page: str, name: str, address: str, *, is_shared: bool) -> Receipt:
    """Keep a view's address under a name."""
    values = {"name": name, "page": page, "address": address, "owner": ctx.actor.id, "is_shared": is_shared}
    return records.commit(
        ctx,
        op_id,
        "views.keep",
        [page, name, address, is_shared],
        Needs(),
        lambda fresh: [New(Views, values)],
    )
