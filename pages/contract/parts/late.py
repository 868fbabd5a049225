"""Limits that are late or due, the most pressing first (D5)."""

from collections.abc import Sequence

from pages import ui
from pages.ui import _
from schemas.cases import Cases
from schemas.column import date as day_column
from schemas.column import text
from schemas.words import N_
from services.context import Context
from services.levels import Late
from services.rules.levels import State

STEPS = {
    "initial-meeting": N_("Initial meeting"),
    "interview": N_("Diagnostic interview"),
    "survey": N_("Baseline survey"),
    "plan": N_("SMART Action Plan"),
    "first-sessions": N_("First sessions"),
    "sessions": N_("All sessions"),
}
COLUMNS = (
    text(N_("Limit"), name="step"),
    Cases.number,
    Cases.mentee,
    Cases.mentor,
    Cases.area,
    day_column(N_("Due on"), name="due_on"),
    text(N_("How it stands"), name="state"),
)


def words_of(late: Late) -> tuple[str, ui.Tone]:
    """3 working days late, or due in 2."""
    days = late.step.working_days
    if late.step.state is State.LATE:
        return _(N_("{count} working day late"), N_("{count} working days late"), days), ui.LATE
    return _(
        N_("{count} working day left"), N_("{count} working days left"), days
    ), ui.TODAY if not days else ui.LATER


def show(ctx: Context, found: Sequence[Late]) -> None:
    """The list; a row leads to its case."""
    if not found:
        ui.empty(
            _(N_("Nothing is late or due.")), _(N_("New referrals and starts bring their limits with them."))
        )
        return
    rows = [
        {
            **late.case,
            "_id": f"{late.case.id}:{late.step.code}",
            "step": _(STEPS[late.step.code]),
            "due_on": late.step.due_on,
            "state": words_of(late)[0],
        }
        for late in found
    ]
    tones = {"state": [words_of(late)[1] for late in found]}
    chosen = ui.table(
        rows, COLUMNS, "late", select="one", tones=tones, alt=_(N_("Limits late and due")),
        hint=_(N_("Tick a line to go to the case.")),
    )  # fmt: skip
    if chosen:
        ui.go("case", id=chosen[0].partition(":")[0])
