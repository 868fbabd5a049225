"""A project's timeline, for staff and for its peers (L4)."""

from pages import ui
from pages.ui import _
from schemas.column import Row, text
from schemas.words import N_
from services import projects
from services.context import Context
from services.projects import Project
from services.rules.timelines import State, Step

COLUMNS = (
    text(N_("When"), name="when"),
    text(N_("What"), name="what"),
    text(N_("State"), name="state"),
)


def when(step: Step) -> str:
    """The day, or the first and the last."""
    if step.from_on == step.to_on:
        return ui.day(step.from_on)
    return _(N_("{first} to {last}"), first=ui.day(step.from_on), last=ui.day(step.to_on))


def show(project: Project) -> None:
    """Every step with its days."""
    if not project.steps:
        ui.empty(
            _(N_("No timeline.")), _(N_("It needs the first day on site, and a project that is not off."))
        )
        return
    rows = [
        {"when": when(step), "what": ui.say(step.title), "state": _state(step), "_id": step.code.value}
        for step in project.steps
    ]
    ui.print_view(rows, COLUMNS)


def _state(step: Step) -> str:
    if step.state is State.DONE and step.done_on:
        return _(N_("done on {day}"), day=ui.day(step.done_on))
    return ui.say(step.state)


def calendar(ctx: Context, row: Row) -> None:
    """The timeline for one's own calendar."""
    ui.download(
        _(N_("Calendar file")),
        lambda: projects.calendar(ctx, row.id),
        "project.ics",
        ui.CALENDAR,
        key=f"calendar:{row.id}",
        kind="tertiary",
        icon=":material/calendar_add_on:",
    )
