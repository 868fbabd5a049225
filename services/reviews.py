"""The review of the scheme a year after its start: figures and feedback, with none too small to be shown (P7, W11).

Whoever may see the review sees the same: a count of fewer than the programme's least is hidden, and with it the one by
which it could be found (RM74).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from schemas.assignments import Assignments, AssignmentStatus
from schemas.column import Row, new_id
from schemas.errors import NotYet
from schemas.mentees import Referrals
from schemas.mentors import Mentors
from schemas.peers import Answers, Courses, Reviews
from schemas.words import N_, Message
from schemas.work import Sessions
from services import access, courses, pairs, peers, placement_figures, records, steps
from services.context import Context
from services.pair_requests import OPEN
from services.pairs import Stage
from services.records import FreshRows, Intent, New, Rows, Values
from services.review_figures import Figure, Section, counted, mean
from services.rules import answering, counts
from services.rules.answering import months_after
from services.store.interface import Needs, Receipt
from services.terms import PairTerms, PlacementTerms
from services.willing import SHOWN

SEE, ACTION = "review.see", "review.record"
FIELDS = ("considered_on", "learned", "decided")
SCALES = ("useful", "heard", "safe")


@dataclass(frozen=True)
class Voice:
    """What one side says: how many answered, and the mean of each scale; `None` where too few answered it."""

    side: str
    count: int | None
    means: dict[str, Decimal | None]


@dataclass(frozen=True)
class Review:
    """The review: from when to when, the figures, both sides' feedback, and what was done about it."""

    from_on: date
    to_on: date
    sections: tuple[Section, ...]
    voices: tuple[Voice, ...]
    responses: tuple[str, ...]
    least: int


def terms(ctx: Context) -> PairTerms | PlacementTerms:
    """When the programme is reviewed, for whom, and which counts are too small: as its pairs or its peers have it."""
    return peers.terms(ctx) if ctx.programme.pairs is None else courses.terms(ctx.programme)


def due_on(ctx: Context) -> date | None:
    """The day on which the scheme is to be reviewed next; `None` where it was, and no further review is asked for.

    A review considered in the weeks before its day settles it (`due_days.prepare_review`).
    """
    asked = terms(ctx)
    first = months_after(asked.implemented_on, asked.review_months)
    last = max((row["considered_on"] for row in considered(ctx)), default=None)
    ahead = timedelta(days=ctx.programme.due_days["prepare_review"])
    return answering.next_every(first, asked.review_every_months, last + ahead if last else None)


def considered(ctx: Context) -> list[Row]:
    """The reviews held so far, the newest first."""
    access.require(ctx, SEE)
    found = records.view(ctx).all(Reviews)
    return sorted(found, key=lambda row: (row["considered_on"], row.id), reverse=True)


def record(ctx: Context, op_id: str, values: Values) -> Receipt:
    """Record that the committee considered the review: when, what was learned, what was decided (P7)."""
    typed = steps.only(ctx, ACTION, values, FIELDS)
    steps.needed(Reviews, typed, "considered_on")
    steps.not_ahead(ctx, Reviews, "considered_on", typed["considered_on"])

    def decide(fresh: FreshRows) -> list[Intent]:
        if any(row["considered_on"] == typed["considered_on"] for row in fresh.all(Reviews)):
            raise NotYet(Message(N_("A review of that day is recorded already.")), steps.LOOK_AGAIN)
        return [New(Reviews, typed, new_id(Reviews.prefix))]

    return records.commit(ctx, op_id, ACTION, typed, Needs(whole=(Reviews.tab,)), decide)


def review(ctx: Context) -> Review:
    """The scheme from its start to today."""
    access.require(ctx, SEE)
    asked, rows = terms(ctx), records.ground(ctx)
    answers = [
        row
        for row in rows.all(Answers)
        if not row["posted"] and row["month"] >= asked.implemented_on.replace(day=1)
    ]
    return Review(
        asked.implemented_on,
        ctx.today,
        placement_figures.sections(ctx, rows) if ctx.programme.pairs is None else _of_pairs(ctx, rows),
        tuple(_voice(ctx, answers, side) for side in ctx.programme.choices("sides")),
        tuple(row["response"] for row in answers if row["response"]),
        asked.small_count,
    )


def _of_pairs(ctx: Context, rows: Rows) -> tuple[Section, ...]:
    stages = _stages(ctx, rows)
    return (
        _register(ctx, rows),
        _requests(ctx, rows),
        _matched(ctx, rows),
        stages,
        _endings(ctx, rows, is_hidden=Figure(Stage.ENDED, None) in stages.figures),
        _work(ctx, rows),
    )


def _register(ctx: Context, rows: Rows) -> Section:
    people = [row for row in rows.all(Mentors) if row["status"] in SHOWN]

    def told(row: Row) -> str:
        done = courses.standing(ctx.programme, rows, row.id).is_done
        return N_("trained") if done else N_("training still to come")

    return _counted(ctx, N_("Mentors in the register"), people, told)


def _requests(ctx: Context, rows: Rows) -> Section:
    def told(row: Row) -> str:
        if row["is_out_of_scope"]:
            return N_("passed on: not for mentoring")
        return N_("waiting for a mentor") if row["status"] in OPEN else N_("a mentor was found")

    return _counted(ctx, N_("Requests"), rows.all(Referrals), told)


def _matched(ctx: Context, rows: Rows) -> Section:
    return _counted(
        ctx, N_("How they were matched"), _pairs(rows), lambda row: str(row["matched_how"]), "matchings"
    )


def _stages(ctx: Context, rows: Rows) -> Section:
    return _counted(ctx, N_("Pairs"), _pairs(rows), lambda row: str(pairs.stage(row)))


def _endings(ctx: Context, rows: Rows, *, is_hidden: bool) -> Section:
    """How pairs ended; where the number of ended ones is hidden, none of these may add up to it."""
    ended = [row for row in _pairs(rows) if row["status"] == AssignmentStatus.ENDED]
    found = _counted(ctx, N_("How pairs ended"), ended, lambda row: str(row["ending"] or N_("not said")))
    return (
        Section(found.title, tuple(Figure(each.label, None) for each in found.figures))
        if is_hidden
        else found
    )


def _pairs(rows: Rows) -> list[Row]:
    return [row for row in rows.all(Assignments) if row["matched_how"]]


def _work(ctx: Context, rows: Rows) -> Section:
    """Meetings and courses, each a count by itself."""
    least = courses.terms(ctx.programme).small_count
    met = sum(bool(row["assignment"]) and row["held_on"] <= ctx.today for row in rows.all(Sessions))
    return Section(
        N_("Meetings and training"),
        (
            Figure(N_("Meetings held"), counts.one(met, least)),
            Figure(N_("Courses"), len(rows.all(Courses))),
        ),
    )


def _counted(
    ctx: Context, title: str, rows: Iterable[Row], told: Callable[[Row], str], options: str = ""
) -> Section:
    return counted(title, rows, told, courses.terms(ctx.programme).small_count, options)


def _voice(ctx: Context, answers: Sequence[Row], side: str) -> Voice:
    least = terms(ctx).small_count
    own = [row for row in answers if row["side"] == side]
    means = {name: mean((row[name] for row in own), least) for name in SCALES}
    return Voice(side, counts.one(len(own), least), means)
