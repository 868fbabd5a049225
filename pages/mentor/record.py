"""Activity Record: the work, the group's progress, signposting; written, sent, linked to the time (S7, S11)."""

from collections.abc import Callable

import streamlit as st

from pages import ui
from pages.mentor.parts.papers import paper_files
from pages.mentor.parts.record_form import linking, progress, read, signposting
from pages.ui import _
from schemas.column import Row
from schemas.words import N_, Message
from schemas.work import Sessions, SessionStatus
from services import record_choices, record_papers, sessions, work
from services.context import Context
from services.sessions import Signpost, Step
from services.store.interface import Receipt

ctx = ui.visit("sessions.write")
FIELDS = ("assignment", "held_on", "kind", "place", "done")
AFTER = ("next_steps", "learned")
WAITS = {
    SessionStatus.DRAFT: N_("Draft: only you see it. Send it when it is done."),
    SessionStatus.IN: N_("Sent: your Facilitator and the programme team can read it. You can still mend it."),
    SessionStatus.ACCEPTED: N_("Accepted with your time. It stays as it is."),
}


def write(shown: Row | None) -> None:
    """The whole record on one page, a draft of it kept while one types."""
    line = st.query_params.get("line", "")
    key = f"record:{shown.id if shown else line or 'new'}"
    blank = record_choices.begin(ctx, line, st.query_params.get("assignment", ""))
    first = (
        dict(shown)
        if shown
        else {"assignment": blank.assignment, "held_on": blank.held_on, "kind": blank.kind}
    )
    groups = {row.id: row for row in record_choices.groups_of(ctx)}
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
        steps = progress(ctx, key, assignment, known)
        signposts = signposting(key, known)
    chosen = linking(ctx, key, typed.text("assignment"), shown, blank.lines)
    saving(typed, steps, signposts, chosen, shown)


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


def one(id_: str) -> None:
    """One record: to write on, or to read."""
    record = sessions.record(ctx, id_)
    heading = " · ".join((work.group_of(ctx, record.row), ui.short(record.row["held_on"])))
    ui.lines(heading, _(WAITS[record.row["status"]]))
    if record.row["status"] == SessionStatus.ACCEPTED:
        read(record)
    else:
        write(record.row)
    paper_files(id_, lambda code: record_papers.document(ctx, id_, code), f"activity-record-{id_}.docx")
    ui.link(_(N_("All my records")), "record")


def everything() -> None:
    """The list of one's records, newest first, and the way to a new one."""
    own = sessions.all_records(ctx)
    if record_choices.groups_of(ctx):
        ui.button_to(_(N_("Write a new record")), "record", "new", new="yes")
    if not own:
        ui.empty(
            _(N_("You have no records yet.")),
            _(N_("After a session, write here what you did. Your time can be paid when its record is in.")),
        )
    for row in own:
        group = work.group_of(ctx, row)
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
