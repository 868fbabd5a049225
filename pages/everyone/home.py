"""What is due from me, late first, each with the way to where it is done (X10)."""

from pages import ui
from pages.ui import _
from schemas.words import N_
from services import due
from services.due import Due, appointments
from services.due.calendar import calendar_file

ctx = ui.visit("home.see")


def show(task: Due, number: int) -> None:
    """One thing due: its badge, what, whom it concerns, and one button."""
    with ui.card(ui.say(task.title), ui.say(task.about), due_on=task.on):
        ui.button_to(ui.say(task.button), task.page, f"due:{number}", **task.params)


ui.title(_(N_("Today")), ui.weekday(ctx.today))
tasks = due.of(ctx)
for number, task in enumerate(tasks):
    show(task, number)
meetings = appointments.of(ctx)
if meetings or any(task.on for task in tasks):
    ui.download(
        _(N_("Calendar file")),
        lambda: calendar_file(ctx, tasks, meetings),
        "mentor-desk.ics",
        ui.CALENDAR,
        kind="tertiary",
        icon=":material/calendar_add_on:",
    )
if not tasks:
    ui.empty(_(N_("Nothing is due from you.")), _(N_("When something is, it stands here, late first.")))
