"""The workbook taken out to Excel: whole, or one register (X9)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.registers import BY_TAB
from schemas.words import N_
from services import access, exports, records

ctx = ui.visit("workbook.export")


def one(tab: str) -> None:
    """One register's table, as Excel or CSV."""
    rows = records.view(ctx).all(BY_TAB[tab])
    sheet = exports.sheet_of(ctx, BY_TAB[tab], rows)
    if not rows:
        ui.empty(_(N_("This register has no rows yet.")), _(N_("Choose another one.")))
        return
    name = tab.casefold().replace(" ", "-")
    rows_words = _(N_("{count} row"), N_("{count} rows"), len(rows))
    ui.lines(ui.say(tab), rows_words)
    is_personal = exports.has_personal(sheet)
    if password or not is_personal:
        ui.download(
            _(N_("Download as Excel")),
            lambda: exports.excel_file(sheet, password=password),
            f"{name}.xlsx",
            ui.EXCEL,
            key="one",
        )
    if is_personal:
        st.caption(_(N_("A CSV file can’t be closed with a password, and this list has personal data.")))
    else:
        ui.download(
            _(N_("Download as CSV")), lambda: exports.csv_file(sheet), f"{name}.csv", ui.CSV, key="csv"
        )


seen = [tab for tab in BY_TAB if access.scope(ctx, tab) is not None]
ui.title(
    _(N_("Take out")),
    _(
        N_(
            "Every register as an Excel workbook, closed with a password of yours. What somebody typed stays text; sealed cells stay dots."
        )
    ),  # fmt: skip
)
ui.figures([(_(N_("Registers")), str(len(seen)))])
password = ui.password("export")
if password:
    ui.download(
        _(N_("Download the whole workbook")),
        lambda: exports.whole_workbook(ctx, password),
        f"workbook-{ctx.today.isoformat()}.xlsx",
        ui.EXCEL,
        key="whole",
        kind="primary",
    )
tab = ui.pick("register", {tab: ui.say(tab) for tab in seen}, label=_(N_("Or one register")))
if tab:
    one(tab)
