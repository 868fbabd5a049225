"""Parts of an Activity Record's form: progress on the plan, signposting, the time it belongs to (S7)."""

from collections.abc import Callable

import streamlit as st

from pages import ui
from pages.mentor.parts.words import hours_words
from pages.ui import _
from schemas.column import Row
from schemas.mentees import Signposts
from schemas.words import N_
from schemas.work import Progress, Sessions
from services import record_choices, sessions
from services.context import Context
from services.sessions import Record


def progress(ctx: Context, key: str, assignment: Row | None, known: Record | None) -> dict[str, ui.Filling]:
    """How far each priority action of the group's plan is: a step, and words where there is more to say."""
    st.subheader(_(N_("The group's progress")), anchor=False)
    actions = record_choices.actions_of(ctx, assignment) if assignment else []
    if not actions:
        st.caption(_(N_("The group has no agreed plan yet. Say above how they got on.")))
    said = {row["action"]: row for row in known.progress} if known else {}
    fillings = {}
    for action in actions:
        with st.container(border=True):
            now = _(N_("So far: {step}"), step=ui.say(action["step"])) if action["step"] else ""
            ui.lines(action["title"], now)
            first = said.get(action.id, {})
            fillings[action.id] = ui.form(
                Progress,
                ["step", "words"],
                f"{key}:{action.id}",
                values=first,
                titles={"step": N_("Now")},
                keep=True,
            )
    return fillings


def signposting(key: str, known: Record | None) -> list[ui.Filling]:
    """Agencies the group was pointed to; each joins its plan."""
    st.subheader(_(N_("Signposting")), anchor=False)
    st.caption(_(N_("An agency you name here is added to the group's action plan.")))
    for row in known.signposts if known else ():
        ui.lines(row["agency"], row["purpose"] or "")
    rows = int(st.session_state.setdefault(f"{key}:agencies", 1))
    fillings = [
        ui.form(Signposts, ["agency", "purpose"], f"{key}:agency:{number}", keep=True)
        for number in range(rows)
    ]
    st.button(_(N_("One more agency")), key=f"{key}:more", on_click=one_more, args=(f"{key}:agencies",))
    return fillings


def one_more(name: str) -> None:
    """Another row for an agency."""
    st.session_state[name] += 1


def linking(
    ctx: Context, key: str, assignment: str, shown: Row | None, wanted: tuple[str, ...]
) -> Callable[[], list[str]]:
    """The lines of time this record is about; they can't be paid without one. Gives what is chosen on click."""
    st.subheader(_(N_("Time it belongs to")), anchor=False)
    fit = {line.id: line for line in record_choices.lines_for(ctx, assignment, shown.id if shown else "")}
    settled = [line for line in (sessions.lines_of(ctx, shown.id) if shown else []) if line.id not in fit]
    for line in settled:
        ui.lines(line_words(line), ui.say(line["status"]))
    if not fit and not settled:
        st.caption(_(N_("No line of time waits for a record. You can link it later.")))
    linked = [id_ for id_, line in fit.items() if line["session"] or id_ in wanted]
    field = f"{key}:{ui.op_id(key)}:{assignment}:lines"
    if fit:
        st.multiselect(
            _(N_("Lines of time")),
            list(fit),
            linked,
            format_func=lambda id_: line_words(fit[id_]),
            placeholder=_(N_("Choose")),
            key=field,
        )
    return lambda: [*st.session_state.get(field, linked), *(line.id for line in settled)]


def line_words(line: Row) -> str:
    """A line of time in a few words."""
    kind = ui.cell_words(Sessions.kind, line["kind"])
    said = _(N_("{day} · {time}"), day=ui.short(line["worked_on"]), time=hours_words(line["hours"]))
    return f"{said} · {kind}" if kind else said


def read(record: Record) -> None:
    """An accepted record, to read."""
    for column in (Sessions.done, Sessions.next_steps, Sessions.learned):
        if record.row[column.name]:
            st.subheader(ui.safe(ui.say(column.title)), anchor=False)
            ui.text(record.row[column.name])
    if record.progress:
        st.subheader(_(N_("The group's progress")), anchor=False)
    for step in record.progress:
        ui.lines(ui.cell_words(Progress.action, step["action"]), ui.say(step["step"]), step["words"] or "")
    if record.signposts:
        st.subheader(_(N_("Signposting")), anchor=False)
    for row in record.signposts:
        ui.lines(row["agency"], row["purpose"] or "")
