"""The Mentee Tracker: every mentee's line, a mentor's own alone; the file goes out under a password (D13, 3.6)."""

from typing import Any

import streamlit as st

from pages import ui
from pages.contract.parts import asked, books, sending
from pages.ui import _
from schemas.cases import Cases
from schemas.column import Row
from schemas.contracts import ReturnKind
from schemas.mentors import Mentors
from schemas.words import N_
from services import access, contracts, records, returns, tracker
from services.context import Context
from services.rules.periods import Period
from services.tracker import Tracker

SHOWN = (
    "number", "taking_part", "started_on", "route", "benefit", "addiction", "treatment", "plan_on", "attended",
    "missed", "departure",
)  # fmt: skip


def lines(made: Tracker) -> None:
    """The lines; a ticked one is shown with all its fields."""
    columns = [column for column in tracker.COLUMNS if column.name in SHOWN]
    rows: list[dict[str, Any]] = [{"_id": line.case.id, **_said(line.values)} for line in made.lines]
    if not rows:
        ui.empty(
            _(N_("Nobody had started by the end of this month.")),
            _(N_("The tracker is sent all the same, as a nil return.")),
        )
        return
    chosen = ui.table(
        rows, columns, "tracker", select="one", alt=_(N_("The Mentee Tracker")),
        hint=_(N_("Tick a line to see every field of it.")),
    )  # fmt: skip
    line = next((each for each in made.lines if each.case.id in chosen), None)
    if line is not None:
        with st.container(border=True):
            for column in tracker.COLUMNS:
                if (words := ui.cell_words(column, _said(line.values).get(column.name))) != "":
                    ui.lines(ui.say(column.title), words)


def _said(values: tracker.Values) -> dict[str, Any]:
    said = {name: ui.say(values[name] or "") for name in ("taking_part", "departure") if name in values}
    return {**values, **said}


def file(ctx: Context, contract: Row | None, month: Period) -> None:
    """The encrypted file: of everybody, or of one mentor's mentees."""
    cases = records.view(ctx).all(Cases)
    names = {row.id: str(row["name"]) for row in records.view(ctx).all(Mentors)}
    held = {case["mentor"] for case in cases if case["mentor"]}
    mentor = ui.pick(
        "mentor", {id_: names[id_] for id_ in sorted(held) if id_ in names}, label=_(N_("Mentor"))
    )
    book = books.chosen(contracts.terms_of(ctx).tracker_columns, "tracker")
    password = ui.password("tracker")
    if password:
        ui.download(
            _(N_("Download, encrypted")),
            lambda: tracker.file(ctx, contract, month, password, mentor or "", book),
            tracker.file_name(month),
            ui.EXCEL,
            key="tracker",
            kind="primary",
        )
    else:
        st.caption(
            _(N_("The file is made only with a password. Tell it by telephone, not in the same e-mail."))
        )


def out(ctx: Context, contract: Row | None, month: Period) -> None:
    """What only the Contract Manager does: make the file, write down that it went."""
    file(ctx, contract, month)
    if contract is None or month.last >= ctx.today:
        return
    row = returns.sent_row(ctx, contract, ReturnKind.TRACKER, month)
    if row is not None:
        st.info(_(N_("Sent on {day}; each line is kept as it was."), day=row["sent_on"]))
        return
    verb = lambda ctx, op, values: tracker.send(ctx, op, contract, month, values)  # noqa: E731
    how = contracts.terms_of(ctx).send_tracker.said(ui.language())
    sending.button(ctx, f"tracker:{month.first}", _(N_("Mentee Tracker")), verb, how)


ctx = ui.visit("tracker.see")
ui.title(
    _(N_("Mentee Tracker")), _(N_("A line for each mentee who started, as the buyer’s analysts ask for it."))
)
if access.may(ctx, "returns.see"):
    chosen = asked.contract_and_month(ctx, everywhere=True)
else:
    chosen = (None, asked.chosen_month(ctx))
if chosen is not None:
    made = tracker.of_month(ctx, *chosen)
    shown = [(_(N_("Mentees")), str(len(made.lines)))]
    if access.may(ctx, "returns.see"):
        shown += [
            (_(N_("Consent withdrawn, left out")), str(made.left_out)),
            (_(N_("No consent recorded, left out")), str(made.without_consent)),
        ]
    ui.figures(shown)
    if access.may(ctx, "returns.tracker"):
        out(ctx, *chosen)
    lines(made)
