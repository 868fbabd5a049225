"""Every wrong cell of the workbook, what hands did to the spreadsheet, and the repair of both (X2)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import Row, number, text
from schemas.words import N_, message
from services import repairs, sheet_check
from services.repairs import Fault, Report, WrongRow
from services.sheet_check import Check, Line

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

CALLED = {
    "tab gone": N_("Tab deleted"),
    "ticket gone": N_("Named range deleted"),
    "column gone": N_("Column missing"),
    "column doubled": N_("Column there twice"),
    "history gap": N_("History deleted"),
    "row gone": N_("Row deleted"),
    "no id": N_("Row without an id"),
    "row doubled": N_("Row there twice"),
    "unreadable": N_("Wrong value"),
    "locale": N_("Another country’s dates"),
    "formula": N_("Formula"),
    "text": N_("Number or date as text"),
    "number": N_("Text as number"),
    "merged": N_("Merged cells"),
    "unprotected": N_("Protection missing"),
    "tab renamed": N_("Tab renamed"),
    "hidden": N_("Filter or hidden rows"),
    "column moved": N_("Columns moved"),
    "column extra": N_("Your own columns"),
}
BUTTONS = {
    "retype": N_("Keep the value, as it should be kept"),
    "adopt": N_("Adopt this row"),
    "clear": N_("Clear this row, keep the other"),
    "put back": N_("Put back what the history knows"),
    "leave": N_("Accept that it is gone"),
    "heading": N_("Give the heading its name back"),
    "second": N_("Give this column another heading"),
    "tab name": N_("Give the tab its name back"),
    "locale": N_("Read dates the British way"),
    "ticket": N_("Put the named range back"),
    "unmerge": N_("Take the cells apart"),
}
SHEET = (
    text(N_("Tab"), name="tab"),
    number(N_("Row"), name="row"),
    text(N_("Column"), name="column"),
    text(N_("Found"), name="found"),
    text(N_("Value"), name="value"),
    text(N_("What it means"), name="expected"),
)
SHEET_WIDTHS = {"tab": 90, "row": 45, "column": 100, "found": 130, "value": 90}

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
        fault.column.name: fault.column.read(fault.meant or fault.back)
        for fault in row.faults
        if fault.is_typed and (fault.meant or fault.back)
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


def good_rows(report: Report) -> None:
    """How many rows of each register are good, and how many are set aside."""
    with st.expander(_(N_("Rows in each register"))):
        counted = [
            Row(register=ui.say(tab), rows=count, wrong=report.wrong(tab))
            for tab, count in report.counts.items()
        ]
        ui.print_view(counted, COUNTS)


def registers_alone(report: Report) -> None:
    """The wrong cells of a workbook that no hand can put in disorder."""
    lines = [(row, fault) for row in report.rows for fault in row.faults]
    if not lines:
        ui.empty(
            _(N_("Every cell can be read.")),
            _(N_("Rows edited by hand in the workbook are checked at every visit.")),
        )
        return
    shown = [line(place, row, fault) for place, (row, fault) in enumerate(lines)]
    chosen = ui.table(
        shown, WRONG, "wrong", select="one", widths=WIDTHS, alt=_(N_("Wrong cells of the workbook"))
    )
    repair(lines[int(chosen[0])][0] if chosen else lines[0][0])


# --- a spreadsheet -----------------------------------------------------------------------------------


def whole_sheet(check: Check) -> None:
    """What hands did and the rows set aside, in one list, the worst first; what is only told comes last."""
    grave = [each for each in check.lines if not each.finding.is_only_told]
    told = [each for each in check.lines if each.finding.is_only_told]
    cells = [(row, fault) for row in check.report.rows for fault in row.faults]
    stops = [each for each in grave if each.finding.stops_more]
    rest = [each for each in grave if each not in stops]
    listed: list[Line | tuple[WrongRow, Fault]] = [*stops, *cells, *rest, *told]
    if not listed:
        ui.empty(
            _(N_("The spreadsheet is in order.")),
            _(N_("It is looked through again whenever you open this page after a change.")),
        )
        return
    shown = [sheet_line(place, each) for place, each in enumerate(listed)]
    alt = _(N_("What was found in the spreadsheet"))
    chosen = ui.table(shown, SHEET, "found", select="one", widths=SHEET_WIDTHS, alt=alt)
    one = listed[int(chosen[0])] if chosen else listed[0]
    if isinstance(one, tuple):
        repair(one[0])
    else:
        mend_sheet(one)


def sheet_line(place: int, each: Line | tuple[WrongRow, Fault]) -> dict[str, object]:
    """A finding or a wrong cell as a line of the list."""
    if isinstance(each, tuple):
        return {**line(place, *each), "found": _(CALLED["unreadable"])}
    return {
        "_id": str(place),
        "tab": ui.say(each.tab) if each.tab else _(N_("the spreadsheet")),
        "row": each.finding.row,
        "column": ui.say(each.column.title) if each.column else "",
        "found": _(CALLED[each.finding.what]),
        "value": each.value,
        "expected": ui.say(each.words),
    }


def mend_sheet(each: Line) -> None:
    """What was found, whole, with a button for each repair that is offered."""
    with st.container(border=True):
        ui.lines(_(CALLED[each.finding.what]), where(each))
        ui.text(ui.say(each.words))
        if each.cure is not None:
            st.info(ui.safe(ui.say(each.cure)))
        for place, how in enumerate(each.repairs):
            ui.act(
                _(BUTTONS[how]),
                f"sheet:{each.key}:{how}",
                lambda ctx, op, how=how: sheet_check.repair(ctx, op, each, how),
                message(N_("Done: {what}."), what=message(CALLED[each.finding.what])),
                kind="secondary" if place else "primary",
            )


def where(each: Line) -> str:
    """The place of a finding in words."""
    if not each.tab:
        return _(N_("The spreadsheet as a whole"))
    if each.finding.row is None:
        return _(N_("Tab {tab}"), tab=ui.say(each.tab))
    return _(N_("{tab}, row {row}"), tab=ui.say(each.tab), row=each.finding.row)


check = sheet_check.check(ctx)
report = check.report if check else repairs.report(ctx)
ui.title(
    _(N_("Check the workbook")),
    _(
        N_("What is wrong in a row sets that row aside and no other. Last read {when}."),
        when=ui.moment(check.read_at if check else report.read_at),
    ),
)
if st.button(_(N_("Read it again")), key="refresh", icon=":material/refresh:"):
    sheet_check.read_again(ctx)
    st.rerun()
figures = [
    (_(N_("Rows set aside")), str(len(report.rows))),
    (_(N_("Good rows")), f"{sum(report.counts.values()):,}"),
]
if check:
    figures.insert(0, (_(N_("To be mended")), str(check.faults)))
ui.figures(figures)
if check:
    whole_sheet(check)
else:
    registers_alone(report)
good_rows(report)
