"""Every wrong cell of the workbook, and its repair (X2)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import Row, number, text
from schemas.words import N_, message
from services import repairs
from services.repairs import Fault, WrongRow

WRONG = (
    text(N_("Tab"), name="tab"),
    number(N_("Row"), name="row"),
    text(N_("Column"), name="column"),
    text(N_("Value"), name="value"),
    text(N_("What is expected"), name="expected"),
)
WIDTHS = {"tab": 85, "row": 45, "column": 105, "value": 90}
COUNTS = (
    text(N_("Register"), name="register"),
    number(N_("Rows"), name="rows"),
    number(N_("Set aside"), name="wrong"),
)

ctx = ui.visit("workbook.check")


def line(place: int, row: WrongRow, fault: Fault) -> dict[str, object]:
    """A wrong cell as a line of the list."""
    return {
        "_id": str(place),
        "tab": ui.say(row.register.tab),
        "row": row.place,
        "column": ui.say(fault.column.title),
        "value": fault.value or _(N_("nothing")),
        "expected": ui.say(fault.expected),
    }


def repair(row: WrongRow) -> None:
    """The form for one row: what comes back as it was, and what a person must type."""
    with st.container(border=True):
        ui.lines(_(N_("{tab}, row {row}"), tab=ui.say(row.register.tab), row=row.place))
        for fault in row.faults:
            ui.text(ui.say(fault.expected))
        if row.by_hand is not None:
            st.info(ui.say(row.by_hand))
        elif not row.may_mend:
            st.info(_(N_("Somebody who works with this register mends it, here or in the workbook itself.")))
        else:
            form(row)


def form(row: WrongRow) -> None:
    """One button that puts every wrong cell of the row right at once."""
    for fault in row.faults:
        if not fault.is_typed:
            ui.text(f"{ui.say(fault.column.title)}: {came_back(fault)}")
    first = {
        fault.column.name: fault.column.read(fault.back)
        for fault in row.faults
        if fault.is_typed and fault.back
    }
    choices = {
        column.name: {choice: ui.say(choice) for choice in repairs.choices(column)}
        for column in row.typed
        if column.moves is not None
    }
    key = f"mend:{row.register.tab}:{row.id}"
    filling = ui.form(row.register, [column.name for column in row.typed], key, values=first, options=choices)
    ui.act(
        _(N_("Mend row {row}"), row=row.place),
        key,
        lambda ctx, op: repairs.mend(ctx, op, row, filling.texts()),
        message(N_("Row {row} is mended and counts again."), row=row.place),
    )


def came_back(fault: Fault) -> str:
    """What stood in the cell before, as a reader wants it."""
    if fault.column.sealed or not fault.back:
        return _(N_("as it was before"))
    value = fault.column.read(fault.back)
    return _(N_("{value}, as it was before"), value=ui.cell_words(fault.column, value))


report = repairs.report(ctx)
ui.title(
    _(N_("Check the workbook")),
    _(
        N_("What is wrong in a row sets that row aside and no other. Last read {when}."),
        when=ui.moment(report.read_at),
    ),
)
if st.button(_(N_("Read it again")), key="refresh", icon=":material/refresh:"):
    ctx.workbook.store.look_again()
    st.rerun()
ui.figures(
    [
        (_(N_("Rows set aside")), str(len(report.rows))),
        (_(N_("Good rows")), f"{sum(report.counts.values()):,}"),
    ]
)
lines = [(row, fault) for row in report.rows for fault in row.faults]
if not lines:
    ui.empty(
        _(N_("Every cell can be read.")),
        _(N_("Rows edited by hand in the workbook are checked at every visit.")),
    )
else:
    shown = [line(place, row, fault) for place, (row, fault) in enumerate(lines)]
    chosen = ui.table(
        shown, WRONG, "wrong", select="one", widths=WIDTHS, alt=_(N_("Wrong cells of the workbook"))
    )
    repair(lines[int(chosen[0])][0] if chosen else lines[0][0])
with st.expander(_(N_("Rows in each register"))):
    counted = [
        Row(register=ui.say(tab), rows=count, wrong=report.wrong(tab)) for tab, count in report.counts.items()
    ]
    ui.print_view(counted, COUNTS)
