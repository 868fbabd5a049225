"""Activity Records: what was done with each group, one to read, accept or open again, and as Word (S7)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from pages import ui
from pages.mentor.parts.papers import paper_files
from pages.programme.parts import shown
from pages.ui import _
from schemas.column import Row, hours, text
from schemas.mentees import Signposts
from schemas.words import N_
from schemas.work import Progress, Sessions, SessionStatus
from services import access, record_papers, records, sessions
from services.context import Context
from services.sessions import Record

COLUMNS = (
    Sessions.held_on,
    Sessions.mentee,
    Sessions.mentor,
    Sessions.kind,
    hours(N_("Hours"), name="hours"),
    text(N_("State"), name="state"),
)
WIDTHS = {"held_on": 118, "mentee": 150, "mentor": 120, "kind": 110, "hours": 55, "state": 150}
SEARCHED = (Sessions.mentee, Sessions.mentor)
TEXTS = (Sessions.place, Sessions.done, Sessions.next_steps, Sessions.learned)
STEPS = (Progress.action, Progress.step, Progress.words)
AGENCIES = (Signposts.agency, Signposts.purpose, Signposts.added_on)
STATES = {
    SessionStatus.IN: N_("waiting for the manager"),
    SessionStatus.ACCEPTED: N_("accepted"),
}


def rows_of(ctx: Context) -> list[dict[str, Any]]:
    """The records as the table shows them."""
    worked = sessions.hours_by_record(ctx)
    return [
        {**row, "hours": worked.get(row.id), "state": _(STATES.get(row["status"], row["status"]))}
        for row in sessions.all_records(ctx)
    ]


def show_list(ctx: Context, everything: Sequence[dict[str, Any]]) -> None:
    """The filtered table; the chosen record below it."""
    counts = {state: sum(row["status"] == state for row in everything) for state in STATES}
    names = {SessionStatus.IN: _(N_("Waiting")), SessionStatus.ACCEPTED: _(N_("Accepted"))}
    with st.container(horizontal=True, vertical_alignment="center"):
        status = ui.filters("status", names, counts)
        typed = ui.search("records", _(N_("Mentor or group")))
        ui.list_tools("records")
    rows = ui.found([row for row in everything if status in (None, row["status"])], typed, SEARCHED)
    if not rows:
        ui.empty(_(N_("No record fits these filters.")), _(N_("Take a filter away, or search for less.")))
        return
    tones = {"state": [ui.DONE if row["status"] == SessionStatus.ACCEPTED else ui.TODAY for row in rows]}
    chosen = ui.table(
        rows,
        COLUMNS,
        "records",
        select="one",
        alt=_(N_("Activity Records")),
        tones=tones,
        widths=WIDTHS,
        hint=_(N_("Tick a record to read it.")),
    )
    shown.excel_button(rows, COLUMNS, _(N_("Activity Records")), "activity-records.xlsx")
    for id_ in chosen:
        show_record(ctx, sessions.record(ctx, id_))


def show_record(ctx: Context, record: Record) -> None:
    """One record with its progress and signposts, what can be done with it, and the paper."""
    row = record.row
    kind = ui.cell_words(Sessions.kind, row["kind"])
    about = " · ".join(part for part in (ui.day(row["held_on"]), kind, _hours(record.hours)) if part)
    with st.container(border=True, key=f"record:{row.id}"):
        state = _(STATES.get(row["status"], row["status"]))
        ui.badge(state, ui.DONE if row["status"] == SessionStatus.ACCEPTED else ui.TODAY)
        ui.lines(record.mentee, record.mentor, about)
        show_texts(row)
        show_rows(_(N_("Progress")), record.progress, STEPS)
        show_rows(_(N_("Signposted to")), record.signposts, AGENCIES)
        if access.may(ctx, "sessions.accept"):
            show_answers(row)
        file = f"activity-record-{row.id}.docx"
        paper_files(row.id, lambda code: record_papers.document(ctx, row.id, code), file)
        ui.row_history(Sessions, row)


def _hours(worked: Decimal) -> str:
    return _(N_("{hours} hours"), hours=worked) if worked else _(N_("no hours yet"))


def show_texts(row: Row) -> None:
    """What the mentor wrote, for whoever may read names; an imported record may have no words."""
    if records.HIDDEN in row.values():
        st.caption(_(N_("The mentor's own words may name people, so they are not shown to you.")))
        return
    for column in TEXTS:
        if row[column.name]:
            st.caption(ui.safe(ui.say(column.title)))
            ui.text(row[column.name])
    if not row["done"]:
        ui.text(_(N_("Brought in from the earlier records: no text.")))


def show_rows(heading: str, rows: Sequence[Row], columns: Sequence[Any]) -> None:
    """What belongs to the record, as a plain table."""
    if rows:
        st.caption(ui.safe(heading))
        ui.print_view(rows, columns)


def show_answers(row: Row) -> None:
    """Accept the record by itself, or open an accepted one again."""
    if row["status"] == SessionStatus.IN:
        ui.act(
            _(N_("Accept the record")),
            f"accept:{row.id}",
            lambda ctx, op: sessions.accept(ctx, op, row),
            N_("Accepted."),
        )
    else:
        ui.act(
            _(N_("Open it again")),
            f"reopen:{row.id}",
            lambda ctx, op: sessions.reopen(ctx, op, row),
            N_("Open again: the mentor can mend it."),
            ask=_(N_("Its hours that are not on a letter yet wait until it is accepted again.")),
        )


ctx = ui.visit("sessions.see")
ui.title(
    _(N_("Activity Records")),
    _(N_("What mentors did with each group and how far it came. Approving the hours accepts the record.")),
)
asked = st.query_params.get("id", "")
everything = rows_of(ctx)
if asked:
    show_record(ctx, shown.loaded(lambda: sessions.record(ctx, asked)))
    ui.link(_(N_("All Activity Records")), "records")
elif everything:
    show_list(ctx, everything)
else:
    ui.empty(_(N_("No Activity Record is in yet.")), _(N_("They show here as soon as mentors send them in.")))
