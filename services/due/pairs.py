"""What pairs ask for today: requests, first meetings, sheets, policies, workers, the review (X10; P1 to P8, W1 to W13)."""

from collections.abc import Iterator
from datetime import date, timedelta

from schemas.column import Row
from schemas.mentees import Mentees
from schemas.mentors import Mentors, MentorStatus
from schemas.peers import Answers
from schemas.words import N_, Message, message
from services import (
    answers,
    courses,
    pair_requests,
    pairs,
    policies,
    reviews,
    setting_up,
    sheets,
    supervision,
    willing,
)
from services.context import Context
from services.due.item import Due, by, day_of
from services.pairs import Pair, Stage
from services.records import Rows

AHEAD = timedelta(days=14)
OPEN = Message(N_("Open"))
FEW = 3


def requests_to_match(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Each request that waits for somebody."""
    for each in pair_requests.listed(ctx):
        if each.is_open:
            on = by(ctx, each.row["received_on"], "match_request")
            yield Due(
                "request",
                Message(N_("Find somebody for a request")),
                Message(each.name),
                on,
                "pairs",
                OPEN,
                {"id": each.row.id},
            )


def steps_of_pairs(ctx: Context, rows: Rows) -> Iterator[Due]:
    """First meetings to hold, agreements to make."""
    for each in pairs.listed(ctx):
        names = message(N_("{mentor} and {mentee}"), mentor=each.mentor, mentee=each.mentee)
        params = {"id": each.row.id}
        if each.stage is Stage.TO_MEET:
            on = by(ctx, each.row["chosen_on"] or day_of(each.row), "hold_first_meeting")
            yield Due("first-meeting", Message(N_("Hold a first meeting")), names, on, "pair", OPEN, params)
        elif each.stage is Stage.TO_AGREE:
            on = by(ctx, each.row["first_met_on"], "make_agreement")
            yield Due("agreement", Message(N_("Make an agreement")), names, on, "pair", OPEN, params)


def pairs_to_end(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Pairs that run though their mentor has left, or may mentor no longer."""
    for each in pairs.listed(ctx):
        mentor = rows.find(Mentors, each.row["mentor"])
        if each.stage is Stage.RUNNING and mentor and (on := willing.ended_on(ctx, mentor)):
            names = message(N_("{mentor} and {mentee}"), mentor=each.mentor, mentee=each.mentee)
            title = Message(N_("End a pair: the mentor has left"))
            yield Due("ending", title, names, on, "pair", OPEN, {"id": each.row.id})


def workers_to_name(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Those mentored who have nobody named to go to (W13); where the programme promises it."""
    if "name_worker" not in ctx.programme.due_days:
        return
    without = [row for row in rows.all(Mentees) if not row["worker"]]
    if without:
        about = message(N_("{count} person"), N_("{count} people"), len(without))
        on = by(ctx, min(day_of(row) or ctx.today for row in without), "name_worker")
        yield Due("worker", Message(N_("Name a worker to go to")), about, on, "register-of-mentors", OPEN)


def supervision_to_hold(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Those whose supervision is due within a fortnight, together where they are many (W6)."""
    found = [each for each in supervision.mentors(ctx) if each.due_on and each.due_on <= ctx.today + AHEAD]
    if found:
        about = message(N_("{count} person"), N_("{count} people"), len(found))
        if len(found) == 1:
            about = Message(found[0].mentor["name"])
        yield Due("supervision", Message(N_("Supervise")), about, found[0].due_on, "training", OPEN)


def retiring_to_ask(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Trained members who have not said whether they stand again, in the half-year before an election (P8)."""
    election = willing.next_election(ctx)
    if election is None or not ctx.today <= election <= ctx.today + timedelta(days=183):
        return
    found = willing.to_ask(ctx)
    if found:
        about = message(N_("{count} person"), N_("{count} people"), len(found))
        on = election - timedelta(days=ctx.programme.due_days["ask_retiring"])
        title = Message(N_("Ask who stands again, and who would go on mentoring"))
        yield Due("retiring", title, about, on, "register-of-mentors", OPEN, {"ask": "election"})


def stages_to_agree(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Stages of setting up that are begun and not agreed by both."""
    for each in setting_up.listed(ctx):
        if each.row is not None and not each.is_agreed:
            name = Message(ctx.programme.choice_words("stages", each.name, ctx.language))
            on = by(ctx, day_of(each.row), "agree_stage")
            yield Due("stage", Message(N_("Agree a stage of the set-up")), name, on, "scheme", OPEN)


def answers_to_act_on(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Feedback without a name that nobody has done anything about."""
    waiting = [
        row
        for row in rows.all(Answers)
        if not row["posted"] and not row["response"] and "answer_feedback" in ctx.programme.due_days
    ]
    if waiting:
        about = message(N_("{count} answer"), N_("{count} answers"), len(waiting))
        on = by(ctx, min(row["month"] for row in waiting), "answer_feedback")
        yield Due("answers", Message(N_("Act on feedback")), about, on, "scheme", OPEN)


def box_to_empty(ctx: Context, rows: Rows) -> Iterator[Due]:
    """A box in which enough answers lie to be taken out together (W9)."""
    if answers.may_be_emptied(ctx):
        count = answers.in_the_box(ctx)
        about = message(N_("{count} answer"), N_("{count} answers"), count)
        yield Due("box", Message(N_("Empty the box of feedback")), about, ctx.today, "scheme", OPEN)


def review_to_make(ctx: Context, rows: Rows) -> Iterator[Due]:
    """The review of the scheme, from some weeks before its day until it was considered (P7, W11)."""
    on = reviews.due_on(ctx)
    ahead = timedelta(days=ctx.programme.due_days["prepare_review"])
    if on is not None and on - ahead <= ctx.today:
        about = Message(reviews.terms(ctx).review_for.said(ctx.language))
        yield Due("review", Message(N_("Review the scheme")), about, on, "scheme", OPEN)


# --- a mentor's own --------------------------------------------------------------------------------


def sheets_to_write(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Meetings that were to be held and are not written down, and sheets not signed by both."""
    for each in pairs.listed(ctx):
        if each.stage is Stage.RUNNING:
            yield from _of_pair(ctx, each)


def _of_pair(ctx: Context, pair: Pair) -> Iterator[Due]:
    met = sheets.listed(ctx, pair.row.id)
    planned = max((row["next_on"] for row in met if row["next_on"]), default=None)
    last = max((row["held_on"] for row in met), default=None)
    if planned is not None and last is not None and last < planned <= ctx.today:
        wait = ctx.programme.due_days.get("write_sheet", 0)
        title = Message(N_("Write down a meeting"))
        yield Due("sheet", title, Message(pair.mentee), planned + timedelta(days=wait), "my-pairs", OPEN)
    if courses.terms(ctx.programme).is_signed:
        yield from (_to_sign(ctx, pair, row) for row in met if not sheets.is_signed(row))


def _to_sign(ctx: Context, pair: Pair, row: Row) -> Due:
    about = message(N_("{name}, meeting of {day}"), name=pair.mentee, day=row["held_on"])
    held_on: date = row["held_on"]
    return Due(
        "signature",
        Message(N_("Sign a sheet together")),
        about,
        by(ctx, held_on, "sign_sheet"),
        "my-pairs",
        OPEN,
    )


def own_preparation(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Policies to acknowledge, training still to come; nothing of whoever left."""
    me = rows.find(Mentors, ctx.actor.mentor)
    if me is None or me["status"] == MentorStatus.LEFT:
        return
    if unread := policies.own_unread(ctx):
        about = message(N_("{count} policy"), N_("{count} policies"), len(unread))
        on = by(ctx, me["recruited_on"], "acknowledge_policy")
        yield Due("policy", Message(N_("Read and acknowledge")), about, on, "my-pairs", OPEN)
    standing = courses.own(ctx)
    if not standing.is_done:
        days = [day for course in courses.listed(ctx) for day in courses.days_of(course) if day >= ctx.today]
        about = Message(", ".join(courses.said(ctx, each) for each in standing.missing[:FEW]))
        yield Due(
            "training",
            Message(N_("Go on with your training")),
            about,
            min(days, default=None),
            "training",
            OPEN,
        )
