"""Performance Improvement Plans on a page: those owed, those open, each as a Word file (D15)."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages import ui
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import Row
from schemas.contracts import Improvements, ImprovementStatus
from schemas.words import N_
from services import access, improvements, returns
from services.context import Context
from services.levels import Tally

FIELDS = ("cause", "actions", "owner", "review_on")
TONES = {
    ImprovementStatus.OPEN: ui.LATE,
    ImprovementStatus.SENT: ui.TODAY,
    ImprovementStatus.CLOSED: ui.DONE,
}


def begin(contract: Row, tally: Tally) -> None:
    """The button that opens the plan for a level that was missed."""

    def body() -> None:
        key = f"pip:{tally.level.code}:{tally.area}:{tally.month.first}"
        filling = ui.form(Improvements, FIELDS, key)
        ui.act(
            _(N_("Begin the plan")),
            key,
            lambda ctx, op: improvements.begin(ctx, op, contract, tally, filling.values()),
            N_("The plan is begun."),
        )

    drawers.opens(
        _(N_("Begin an improvement plan")), f"pip:{tally.level.code}:{tally.area}:{tally.month.first}", body
    )


def show(ctx: Context, contract: Row, owed: Sequence[Tally]) -> None:
    """What is owed first, then every plan."""
    may_edit = access.may(ctx, "improvements.edit")
    for tally in owed:
        about = _(
            N_("{missed} missed in {month}"),
            missed=tally.missed,
            month=ui.say(returns.month_name(tally.month)),
        )
        with ui.card(
            _name(ctx, tally.level.code, tally.area), about, badge_words=_(N_("to write")), tone=ui.LATE
        ):
            if may_edit:
                begin(contract, tally)
    found = improvements.listed(ctx, contract)
    for row in found:
        _plan(ctx, row, may_edit=may_edit)
    if not (owed or found):
        ui.empty(_(N_("No plan is owed.")), _(N_("A service level that is missed asks for one here.")))


def _name(ctx: Context, code: str, area: str | None) -> str:
    level = improvements.level_name(ctx, code, ui.language())
    return _(N_("{level}, area {area}"), level=level, area=area) if area else level


def _plan(ctx: Context, row: Row, *, may_edit: bool) -> None:
    status = row["status"]
    month = ui.say(returns.month_name(returns.month_of(row["month"])))
    with ui.card(
        _name(ctx, row["level"], row["area"]), month, row["owner"] or "",
        badge_words=ui.say(status), tone=TONES[status],
    ):  # fmt: skip
        name = improvements.file_name(row)
        ui.download(
            _(N_("Word")),
            partial(improvements.document, ctx, row.id, ui.language()),
            name,
            ui.WORD,
            key=f"doc:{row.id}",
        )
        if may_edit:
            _steps(row, status)


def _steps(row: Row, status: str) -> None:
    if status != ImprovementStatus.CLOSED:
        drawers.edits(Improvements, FIELDS, row, improvements.edit, N_("Saved."))
    if status == ImprovementStatus.OPEN:
        drawers.opens(_(N_("It was sent")), f"pip:send:{row.id}", lambda: _send(row))
    elif status == ImprovementStatus.SENT:
        ui.act(
            _(N_("Close")),
            f"pip:close:{row.id}",
            lambda ctx, op: improvements.close(ctx, op, row),
            N_("Closed."),
        )
    if status != ImprovementStatus.OPEN:
        ui.act(
            _(N_("Open again")), f"pip:open:{row.id}", lambda ctx, op: improvements.reopen(ctx, op, row),
            N_("Open again."), kind="tertiary",
        )  # fmt: skip


def _send(row: Row) -> None:
    key = f"pip:sent:{row.id}:{row['_change']}"
    filling = ui.form(Improvements, ("sent_on",), key)
    seen = ui.seen(key, Improvements, row)
    ui.act(
        _(N_("Write it down")),
        key,
        lambda ctx, op: improvements.send(ctx, op, seen, filling.values()["sent_on"]),
        N_("Written down."),
    )
    st.caption(_(N_("The plan names no mentee.")))
