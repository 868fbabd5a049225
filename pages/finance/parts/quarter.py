"""The quarter's lists: what is payable on which letter, what is held, what is missing, what went out (S12)."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages import ui
from pages.programme.parts import hours, shown
from pages.ui import _
from schemas.column import Row, money, text
from schemas.column import hours as hours_column
from schemas.money import InvoiceLines, Invoices
from schemas.words import N_
from schemas.work import Timesheets
from services import invoices, letters, runs
from services.context import Context
from services.rules import periods
from services.rules.conditions import State
from services.rules.periods import Period
from services.runs import Letter, Preview

PAGE = "invoices"
ITEMS = (
    InvoiceLines.mentor_name,
    InvoiceLines.work,
    text(N_("Time"), name="time"),
    InvoiceLines.hours,
    InvoiceLines.day_rate_pounds,
    InvoiceLines.amount_pounds,
)
PAYABLE = (
    text(N_("Payee"), name="payee"),
    text(N_("Mentors"), name="mentors"),
    hours_column(N_("Hours"), name="hours"),
    money(N_("Amount"), name="pounds"),
)
HELD_LINES = (
    Timesheets.worked_on,
    text(N_("Mentor"), name="mentor_name"),
    text(N_("Work"), name="work"),
    Timesheets.hours,
    text(N_("What holds it"), name="state"),
)
ISSUED = (Invoices.number, Invoices.payee_name, Invoices.hours, Invoices.total_pounds, Invoices.status)


def show_figures(seen: Preview) -> None:
    """What can be issued, what is held, what is unpaid."""
    letters_words = _(N_("{count} letter"), N_("{count} letters"), len(seen.letters))
    ui.figures(
        [
            (_(N_("To pay")), ui.money(seen.pounds), letters_words),
            (_(N_("Payable hours")), ui.hours(seen.hours)),
            (_(N_("Held back, hours")), ui.hours(seen.held_hours)),
            (_(N_("Unpaid, hours")), ui.hours(seen.unpaid_hours)),
        ]
    )


def show_missing(seen: Preview) -> None:
    """Whose time is not in yet: a run without them leaves it for the next."""
    for counts, words in (
        (seen.unsent, N_("Not sent yet")),
        (seen.unapproved, N_("Waiting for approval")),
    ):
        if counts:
            with st.container(horizontal=True, vertical_alignment="center"):
                ui.badge(_(words), ui.TODAY)
                ui.text(_people(counts))


def _people(counts: Mapping[str, int]) -> str:
    return "; ".join(
        _(N_("{name}: {count} line"), N_("{name}: {count} lines"), count, name=name)
        for name, count in counts.items()
    )


def show_letters(seen: Preview) -> None:
    """A row per letter to be, and each one's items below it."""
    st.subheader(_(N_("Payable")), anchor=False)
    if not seen.letters:
        ui.empty(
            _(N_("Nothing is payable in this period.")),
            _(N_("Hours show here once they are approved and nothing holds them.")),
        )
        return
    ui.print_view([_letter_row(letter) for letter in seen.letters], PAYABLE)
    with st.expander(_(N_("What stands on each letter")), expanded=ui.is_on_paper(PAGE)):
        for letter in seen.letters:
            ui.lines(f"{letter.name} · {ui.money(letter.pounds)}")
            ui.print_view([_item_row(item) for item in letter.items], ITEMS)


def _letter_row(letter: Letter) -> dict[str, Any]:
    names = dict.fromkeys(ui.cell_words(Timesheets.mentor, item.mentor) for item in letter.items)
    return {"payee": letter.name, "mentors": "; ".join(names), "hours": letter.hours, "pounds": letter.pounds}


def _item_row(item: runs.Item) -> dict[str, Any]:
    return {
        "mentor_name": ui.cell_words(Timesheets.mentor, item.mentor),
        "work": ui.cell_words(Timesheets.assignment, item.assignment),
        "time": ui.say(letters.time_words(item.hours, item.hours_per_day)),
        "hours": item.hours,
        "day_rate_pounds": item.day_rate_pounds,
        "amount_pounds": item.pounds,
    }


def show_held(seen: Preview) -> None:
    """Every condition with its hours and who can clear it; each hour once in the total."""
    if not seen.held:
        return
    st.subheader(_(N_("Held back")), anchor=False)
    total = ui.hours(seen.held_hours)
    st.caption(
        _(
            N_(
                "{hours} hours in all. An hour stands under every condition that holds it, and once in the total."
            ),
            hours=total,
        )
    )
    counts = {
        condition: sum(condition in held.verdict.held_by for held in seen.held) for condition in seen.held_by
    }
    rows = [hours.condition_row(each, found, counts[each]) for each, found in seen.held_by.items()]
    ui.print_view(rows, hours.HELD)
    with st.expander(_(N_("The lines held back")), expanded=ui.is_on_paper(PAGE)):
        lines = [_held_row(held) for held in seen.held]
        ui.table(lines, HELD_LINES, PAGE, alt=_(N_("The lines held back")))
        shown.excel_button(lines, HELD_LINES, _(N_("Held back")), f"held-{periods.code(seen.period)}.xlsx")


def _held_row(held: runs.Held) -> dict[str, Any]:
    words = "; ".join(_(hours.clears(condition).label) for condition in held.verdict.held_by)
    refused = _(N_("the work may not go ahead"))
    state = refused if held.verdict.state is State.REFUSED else words
    return {**held.line, "mentor_name": held.mentor, "work": held.work, "state": state}


def show_issued(ctx: Context, period: Period) -> None:
    """The letters of this period that went out, one by one and as a zip."""
    rows = [row for row in invoices.register(ctx) if row["to_on"] == period.last]
    if not rows:
        return
    st.subheader(_(N_("Issued")), anchor=False)
    ui.print_view(rows, ISSUED)
    with st.container(horizontal=True):
        ui.download(
            _(N_("All letters of this period (zip)")),
            lambda: letters.zipped(ctx, rows),
            f"letters-{periods.code(period)}.zip",
            ui.ZIP,
            key="letters",
        )
        shown.excel_button(rows, ISSUED, _(N_("Issued")), f"letters-{periods.code(period)}.xlsx")
        ui.button_to(_(N_("Open the register")), "register", "register")
    with st.expander(_(N_("One by one"))), st.container(horizontal=True):
        for row in rows:
            _download(ctx, row)


def _download(ctx: Context, row: Row) -> None:
    build = lambda: letters.letter(ctx, row.id)  # noqa: E731 - built on click, in another thread
    ui.download(row["number"], build, letters.file_name(row), ui.WORD, key=f"letter:{row.id}")
