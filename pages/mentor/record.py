"""Activity Record: the work, the group's progress, signposting; written, sent, linked to the time (S7, S11)."""

from collections.abc import Callable

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import Row
from schemas.mentees import Signposts
from schemas.words import LANGUAGES, N_, Message
from schemas.work import Progress, Sessions, SessionStatus
from services import sessions, work
from services.context import Context
from services.sessions import Signpost, Step
from services.store.interface import Receipt

ctx = ui.visit("sessions.write")
FIELDS = ("assignment", "held_on", "kind", "place", "done")
AFTER = ("next_steps", "learned")
NAMES = {"en": "English", "cy": "Cymraeg"}
WAITS = {
    SessionStatus.DRAFT: N_("Draft: only you see it. Send it when it is done."),
    SessionStatus.IN: N_("Sent: your Facilitator and the programme team can read it. You can still mend it."),
    SessionStatus.ACCEPTED: N_("Accepted with your time. It stays as it is."),
}


def write(shown: Row | None) -> None:
    """The whole record on one page, a draft of it kept while one types."""
    line = st.query_params.get("line", "")
    key = f"record:{shown.id if shown else line or 'new'}"
    blank = sessions.begin(ctx, line, st.query_params.get("assignment", ""))
    first = (
        dict(shown)
        if shown
        else {"assignment": blank.assignment, "held_on": blank.held_on, "kind": blank.kind}
    )
    groups = {row.id: row for row in sessions.groups_of(ctx)}
    top, middle, bottom = st.container(), st.container(), st.container()
    typed = ui.form(
        Sessions,
        FIELDS + AFTER,
        key,
        values=first,
        options={"assignment": {id_: work.name_of(ctx, row) for id_, row in groups.items()}},
        keep=True,
        into=dict.fromkeys(FIELDS, top) | dict.fromkeys(AFTER, bottom),
    )
    assignment = groups.get(typed.text("assignment"))
    known = sessions.record(ctx, shown.id) if shown else None
    with middle:
        steps = progress(key, assignment, known)
        signposts = signposting(key, known)
    chosen = linking(key, typed.text("assignment"), shown, blank.lines)
    saving(typed, steps, signposts, chosen, shown)


def progress(key: str, assignment: Row | None, known: sessions.Record | None) -> dict[str, ui.Filling]:
    """How far each priority action of the group's plan is: a step, and words where there is more to say."""
    st.subheader(_(N_("The group's progress")), anchor=False)
    actions = sessions.actions_of(ctx, assignment) if assignment else []
    if not actions:
        st.caption(_(N_("The group has no agreed plan yet. Say above how they got on.")))
    said = {row["action"]: row for row in known.progress} if known else {}
    fillings = {}
    for action in actions:
        with st.container(border=True):
            ui.lines(
                action["title"], _(N_("Now: {step}"), step=ui.say(action["step"])) if action["step"] else ""
            )
            first = said.get(action.id, {"step": action["step"]})
            form = f"{key}:{action.id}"
            fillings[action.id] = ui.form(Progress, ["step", "words"], form, values=first, keep=True)
    return fillings


def signposting(key: str, known: sessions.Record | None) -> list[ui.Filling]:
    """Agencies the group was pointed to; each joins its plan."""
    st.subheader(_(N_("Signposting")), anchor=False)
    for row in known.signposts if known else ():
        ui.lines(row["agency"], row["purpose"] or "")
    rows = int(st.session_state.setdefault(f"{key}:agencies", 1))
    fillings = [
        ui.form(Signposts, ["agency", "purpose"], f"{key}:agency:{number}", keep=True)
        for number in range(rows)
    ]
    st.button(_(N_("One more agency")), key=f"{key}:more", on_click=one_more, args=(f"{key}:agencies",))
    st.caption(_(N_("What you write here is added to the group's action plan.")))
    return fillings


def one_more(name: str) -> None:
    """Another row for an agency."""
    st.session_state[name] += 1


def linking(key: str, assignment: str, shown: Row | None, wanted: tuple[str, ...]) -> Callable[[], list[str]]:
    """The lines of time this record is about; they can't be paid without one."""
    st.subheader(_(N_("Time it belongs to")), anchor=False)
    fit = {line.id: line for line in sessions.lines_for(ctx, assignment, shown.id if shown else "")}
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
    return _(N_("{day} · {hours} hours"), day=ui.short(line["worked_on"]), hours=line["hours"]) + (
        f" · {kind}" if kind else ""
    )


def saving(
    typed: ui.Filling,
    steps: dict[str, ui.Filling],
    signposts: list[ui.Filling],
    chosen: Callable[[], list[str]],
    shown: Row | None,
) -> None:
    """Save a draft, or send it to the Facilitator and the programme team."""

    def save(ctx: Context, op: str, *, send: bool) -> Receipt:
        told = [
            Step(id_, each.text("step"), each.text("words"))
            for id_, each in steps.items()
            if each.text("step")
        ]
        named = [
            Signpost(each.text("agency"), each.text("purpose")) for each in signposts if each.text("agency")
        ]
        return sessions.save(ctx, op, typed.values(), told, named, shown, send=send, lines=chosen())

    also = tuple(each.key for each in (*steps.values(), *signposts))
    is_in = shown is not None and shown["status"] == SessionStatus.IN
    with st.container(horizontal=True):
        if not is_in:
            draft = (typed.key, lambda ctx, op: save(ctx, op, send=False), Message(N_("Draft saved.")), also)
            st.button(_(N_("Save draft")), key=f"{typed.key}:draft:button", on_click=leave, args=draft)
        words = _(N_("Save the changes")) if is_in else _(N_("Send the record"))
        sent = (typed.key, lambda ctx, op: save(ctx, op, send=True), Message(N_("Your record is in.")), also)
        st.button(words, key=f"{typed.key}:send", type="primary", on_click=leave, args=sent)
    ui.trouble(typed.key)


def leave(key: str, action: Callable[[Context, str], Receipt], words: Message, also: tuple[str, ...]) -> None:
    """Save; then back to the list."""
    if ui.attempt(key, action, words, also) is not None:
        st.session_state.pop(f"{key}:agencies", None)
        st.query_params.clear()


def read(record: sessions.Record) -> None:
    """An accepted record, to read."""
    for title, name in (
        (Sessions.done, "done"),
        (Sessions.next_steps, "next_steps"),
        (Sessions.learned, "learned"),
    ):
        if record.row[name]:
            st.subheader(ui.safe(ui.say(title.title)), anchor=False)
            ui.text(record.row[name])
    if record.progress:
        st.subheader(_(N_("The group's progress")), anchor=False)
    for step in record.progress:
        ui.lines(ui.cell_words(Progress.action, step["action"]), ui.say(step["step"]), step["words"] or "")
    for row in record.signposts:
        ui.lines(row["agency"], row["purpose"] or "")


def papers(row: Row) -> None:
    """The record as a Word file, in the language one chooses."""
    with st.container(horizontal=True):
        for code in LANGUAGES:
            ui.download(
                _(N_("Word file ({language})"), language=NAMES[code]),
                lambda code=code: sessions.document(ctx, row.id, code),
                f"activity-record-{row.id}-{code}.docx",
                ui.WORD,
                key=f"word:{row.id}:{code}",
            )


def one(id_: str) -> None:
    """One record: to write on, or to read."""
    record = sessions.record(ctx, id_)
    heading = " · ".join((record.mentee, ui.short(record.row["held_on"])))
    ui.lines(heading, _(WAITS[record.row["status"]]))
    if record.row["status"] == SessionStatus.ACCEPTED:
        read(record)
    else:
        write(record.row)
    papers(record.row)
    ui.link(_(N_("All my records")), "record")


def everything() -> None:
    """The list of one's records, newest first, and the way to a new one."""
    own = sessions.all_records(ctx)
    if sessions.groups_of(ctx):
        ui.button_to(_(N_("Write a new record")), "record", "new", new="yes")
    if not own:
        ui.empty(
            _(N_("You have no records yet.")),
            _(N_("After a session, write here what you did. Your time can be paid when its record is in.")),
        )
    for row in own:
        group = ui.cell_words(Sessions.mentee, row["mentee"])
        tone = ui.DONE if row["status"] == SessionStatus.ACCEPTED else ui.LATER
        with ui.card(group, ui.short(row["held_on"]), badge_words=ui.say(row["status"]), tone=tone):
            ui.button_to(_(N_("Open")), "record", f"open:{row.id}", id=row.id)


ui.title(_(N_("Activity Record")), _(N_("What you did, how the group got on, what comes next.")))
asked = st.query_params
if asked.get("id"):
    one(asked["id"])
elif asked.get("line") or asked.get("new") or asked.get("assignment"):
    write(None)
    ui.link(_(N_("All my records")), "record")
else:
    everything()
