"""What groups and facilitators say of the mentoring, over time, and what was done about it (S16)."""

from collections.abc import Sequence

import streamlit as st

from pages import ui
from pages.programme.parts import assignments, charts, drawers
from pages.ui import _
from schemas.assignments import Feedback, FeedbackStatus
from schemas.column import Row, date, text
from schemas.words import N_
from services import access, feedback
from services.feedback import Missing

MARKS = (*assignments.SAID[:4], Feedback.status)
NAMED = (Feedback.mentor, Feedback.assignment, *assignments.SAID)
MISSING = (
    text(N_("Group"), name="work"),
    date(N_("Ended"), name="ended_on"),
    text(N_("No word yet from"), name="waits_for"),
)
WORDS = {FeedbackStatus.OPEN: N_("nobody has answered yet"), FeedbackStatus.CLOSED: N_("acted upon")}


def show_open(row: Row) -> None:
    """One answer nobody has done anything about, with the Programme Manager's way to say what was done."""
    mentor, work = (ui.cell_words(Feedback.columns[name], row[name]) for name in ("mentor", "assignment"))
    heading = _(N_("{mentor}, {work}"), mentor=mentor, work=work)
    marks = _(
        N_("{day}, from the {giver}: {useful} of 5"),
        day=ui.day(row["given_on"]),
        giver=ui.say(row["given_by"]),
        useful=ui.hours(row["useful"]),
    )
    with ui.card(heading, marks, row["words"] or ""):
        if access.may(ctx, "feedback.respond"):
            drawers.opens(_(N_("Say what was done")), row.id, lambda: respond(row, heading))


def respond(row: Row, heading: str) -> None:
    """Record what the mentor did about it."""
    key = f"respond:{row.id}:{row['_change']}"
    ui.lines(heading, row["words"] or "")
    filling = ui.form(Feedback, ("response",), key)
    ui.act(
        _(N_("Record it")),
        key,
        lambda ctx, op: feedback.respond(ctx, op, row, filling.values()["response"] or ""),
        N_("Recorded."),
    )


def show_missing(missing: Sequence[Missing]) -> None:
    """Ended assignments of which somebody has yet to say something."""
    st.subheader(_(N_("Feedback still to come")), anchor=False)
    rows = [
        {
            "work": each.work,
            "ended_on": each.ended_on,
            "waits_for": "; ".join(ui.say(who) for who in each.waits_for),
        }
        for each in missing
    ]
    ui.print_view(rows, MISSING)


ctx = ui.visit("feedback.see")
knows_names = access.may(ctx, "feedback.record")
everything = feedback.listed(ctx)
unanswered = feedback.listed(ctx, status=FeedbackStatus.OPEN)
ui.title(
    _(N_("Evaluation")),
    _(N_("What groups and facilitators say of each assignment, and what was done about it.")),
)
ui.figures([(_(N_("Answers")), str(len(everything))), (_(N_("Not acted upon yet")), str(len(unanswered)))])


def show_work() -> None:
    """The way to record feedback, and what nobody has done anything about."""
    drawers.opens(
        _(N_("Record feedback")),
        "feedback",
        lambda: assignments.record_feedback(ctx),
        kind="primary",
        icon=":material/rate_review:",
    )
    for row in unanswered:
        show_open(row)


if not ui.is_on_paper("evaluation"):
    if knows_names:
        show_work()
    if missing := feedback.missing(ctx):
        show_missing(missing)
    st.subheader(_(N_("Quality over time")), anchor=False)
    charts.quality(feedback.over_time(ctx))
if everything:
    with st.container(horizontal=True, vertical_alignment="center"):
        status = ui.filters("status", {each: _(WORDS[each]) for each in FeedbackStatus})
        ui.list_tools("evaluation")
    ui.print_view(feedback.listed(ctx, status=status or ""), NAMED if knows_names else MARKS)
else:
    ui.empty(
        _(N_("No feedback yet.")),
        _(N_("The programme team records what groups and facilitators say, on paper or by word of mouth.")),
    )
