"""What is written about an assignment: proposal, decision, more days, end (S6, S8)."""

from collections.abc import Sequence

import streamlit as st

from pages import ui
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.assignments import (
    Assignments,
    AssignmentStatus,
    Feedback,
    FeedbackStatus,
    Variations,
    VariationStatus,
)
from schemas.column import Row, number
from schemas.mentees import Mentees
from schemas.mentors import Mentors, MentorStatus
from schemas.words import N_
from services import access, assignments, feedback, groups, pool, variations
from services.assignments import Entry
from services.context import Context

TONES = {
    AssignmentStatus.PROPOSED: ui.TODAY,
    AssignmentStatus.APPROVED: ui.DONE,
    AssignmentStatus.REFUSED: ui.LATER,
    AssignmentStatus.ENDED: ui.LATER,
}
TERMS = ("purpose", "days", "starts_on", "ends_on")
SAID = (
    Feedback.given_on,
    Feedback.given_by,
    number(N_("Useful"), name="useful"),
    number(N_("In charge"), name="in_charge"),
    Feedback.words,
    Feedback.response,
)
SAID_TONES = {FeedbackStatus.OPEN: ui.TODAY, FeedbackStatus.CLOSED: ui.DONE}
GIVEN = ("given_by", "given_on", "useful", "in_charge", "words")


def span_words(entry: Entry) -> str:
    """From the first to the last day agreed."""
    return f"{ui.short(entry.row['starts_on']) or '…'} – {ui.short(entry.ends_on) or '…'}"


def show_card(entry: Entry, heading: str) -> None:
    """An assignment in a list: state, dates, days left, and the way to it."""
    row = entry.row
    tone = TONES[row["status"]]
    with ui.card(
        heading, row["purpose"] or "", span_words(entry), badge_words=ui.say(row["status"]), tone=tone
    ):
        shown.days_bar(entry.days)
        ui.link(_(N_("Open")), "assignments", id=row.id)


# --- proposing --------------------------------------------------------------------------------------


def _mentors(ctx: Context) -> dict[str, str]:
    return ui.record_options(
        Mentors, [each.mentor for each in pool.listed(ctx, statuses=(MentorStatus.APPROVED,))]
    )


def propose_for_group(ctx: Context) -> None:
    """Propose a mentor for a group, chosen outside the shortlist."""
    options = {
        "mentor": _mentors(ctx),
        "mentee": ui.record_options(Mentees, [each.group for each in groups.listed(ctx)]),
    }
    _propose(("mentee", "mentor", *TERMS, "chosen_on"), options, "assignment:group")


def propose_allowance(ctx: Context) -> None:
    """Propose days for a programme activity: Forum, reflection or event."""
    st.caption(
        _(N_("An allowance lets a mentor charge agreed programme activity; it needs no Activity Record."))
    )
    _propose(("activity", "mentor", *TERMS), {"mentor": _mentors(ctx)}, "assignment:allowance")


def _propose(names: tuple[str, ...], options: dict[str, dict[str, str]], key: str) -> None:
    filling = ui.form(Assignments, names, key, options=options)
    ui.act(
        _(N_("Propose")),
        key,
        lambda ctx, op: assignments.propose(ctx, op, filling.values()),
        N_("Proposed. It waits for the Programme Manager."),
    )


# --- deciding ---------------------------------------------------------------------------------------


def steps(ctx: Context, entry: Entry) -> None:
    """What can be done with an assignment where it stands, by whoever may."""
    row = entry.row
    is_proposed, is_approved = (
        row["status"] == each for each in (AssignmentStatus.PROPOSED, AssignmentStatus.APPROVED)
    )
    may_decide = is_proposed and access.may(ctx, "assignments.approve")
    if may_decide:
        ui.act(
            _(N_("Approve {days} days"), days=ui.hours(row["days"])),
            f"approve:{row.id}",
            lambda ctx, op: assignments.approve(ctx, op, row),
            N_("Approved."),
        )
    with st.container(horizontal=True):
        if may_decide:
            drawers.opens(_(N_("Refuse")), "refuse", lambda: _refuse(row))
        if is_proposed:
            drawers.edits(Assignments, TERMS, row, assignments.edit, N_("Saved."))
        if is_approved:
            drawers.opens(_(N_("Propose more days")), "more", lambda: _more_days(row))
        if is_approved and access.may(ctx, "assignments.end"):
            drawers.opens(_(N_("End it")), "end", lambda: _end(ctx, row))
        if access.may(ctx, "feedback.record"):
            drawers.opens(_(N_("Record feedback")), "feedback", lambda: record_feedback(ctx, row.id))


def _refuse(row: Row) -> None:
    key = f"refuse:{row.id}:{row['_change']}"
    filling = ui.form(Variations, ("reason",), key)
    ui.act(
        _(N_("Refuse the assignment")),
        key,
        lambda ctx, op: assignments.refuse(ctx, op, row, filling.values()["reason"] or ""),
        N_("Refused. The reason stands in the history."),
    )


def _end(ctx: Context, row: Row) -> None:
    key = f"end:{row.id}:{row['_change']}"
    st.caption(_(N_("What was worked until the last day stays payable.")))
    helps = {"ends_on": N_("The last day of work"), "reason": N_("Only if you like")}
    filling = ui.form(Assignments, ("ends_on",), key, values={"ends_on": ctx.today}, helps=helps)
    why = ui.form(Variations, ("reason",), key, helps=helps)
    ui.act(
        _(N_("End the assignment")),
        key,
        lambda ctx, op: assignments.end(
            ctx, op, row, filling.values()["ends_on"] or ctx.today, why.values()["reason"] or ""
        ),
        N_("Ended."),
    )


def _more_days(row: Row) -> None:
    key = f"more:{row.id}"
    filling = ui.form(Variations, ("days", "ends_on", "reason"), key)
    ui.act(
        _(N_("Propose the days")),
        key,
        lambda ctx, op: variations.propose(ctx, op, row.id, filling.values()),
        N_("Proposed. It waits for the Programme Manager."),
    )


def show_variations(ctx: Context, assignment: Row) -> None:
    """Every change of the days agreed; those that wait, with the Programme Manager's decision."""
    found = variations.of_assignment(ctx, assignment.id)
    waiting = [row for row in found if row["status"] == VariationStatus.PROPOSED]
    for row in waiting:
        words = _(N_("{days} more days"), days=ui.hours(row["days"]))
        with ui.card(
            words, row["reason"], badge_words=_(N_("waiting for the Programme Manager")), tone=ui.TODAY
        ):
            if access.may(ctx, "variations.decide"):
                _decide(row)
    columns = [Variations.columns[name] for name in ("days", "ends_on", "reason", "status", "decided_on")]
    if decided := [row for row in found if row not in waiting]:
        ui.print_view(decided, columns)
    if not found:
        ui.empty(
            _(N_("The days are as first agreed.")), _(N_("More can be proposed while the assignment runs."))
        )


def _decide(row: Row) -> None:
    ui.act(
        _(N_("Agree to {days} days"), days=ui.hours(row["days"])),
        f"agree:{row.id}",
        lambda ctx, op: variations.approve(ctx, op, row),
        N_("Agreed. Hours held for want of days can now be paid."),
    )
    drawers.opens(_(N_("Say no")), f"no:{row.id}", lambda: _say_no(row))


def _say_no(row: Row) -> None:
    key = f"no:{row.id}:{row['_change']}"
    filling = ui.form(Variations, ("reason",), key)
    ui.act(
        _(N_("Refuse the days")),
        key,
        lambda ctx, op: variations.refuse(ctx, op, row, filling.values()["reason"] or ""),
        N_("Refused. The reason stands in the history."),
    )


# --- feedback ---------------------------------------------------------------------------------------


def show_feedback(given: Sequence[Row]) -> None:
    """What was said, one card each: marks, words, and what was done about it."""
    for row in given:
        marks = [_(N_("Useful {mark} of 5"), mark=ui.hours(row["useful"]))]
        if row["in_charge"] is not None:
            marks.append(_(N_("group in charge {mark} of 5"), mark=ui.hours(row["in_charge"])))
        about = [
            _(N_("{giver}, {day}"), giver=ui.say(row["given_by"]), day=ui.day(row["given_on"])),
            row["words"] or "",
        ]
        if row["response"]:
            about.append(_(N_("Done: {response}"), response=row["response"]))
        with ui.card(
            " · ".join(marks), *about, badge_words=ui.say(row["status"]), tone=SAID_TONES[row["status"]]
        ):
            pass


def record_feedback(ctx: Context, assignment: str = "") -> None:
    """Record what a group or facilitator said of an assignment, on the day they said it (S16)."""
    key = f"feedback:{assignment}"
    names = GIVEN if assignment else ("assignment", *GIVEN)
    options = {} if assignment else {"assignment": _assignments(ctx)}
    filling = ui.form(Feedback, names, key, values={"given_on": ctx.today}, options=options)

    def save(ctx: Context, op: str) -> object:
        typed = filling.values()
        about = typed.pop("assignment", None) or assignment
        return feedback.record(ctx, op, about, typed)

    ui.act(_(N_("Record the feedback")), key, save, N_("Recorded."))


def _assignments(ctx: Context) -> dict[str, str]:
    found = [
        each
        for each in assignments.listed(ctx)
        if each.row["status"] in {AssignmentStatus.APPROVED, AssignmentStatus.ENDED}
    ]
    return {each.row.id: f"{each.work} · {each.mentor}" for each in found}
