"""Courses for mentors: their days, who came to what, whether the whole of it was done (P2, P6, W5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.mentors import Mentors, MentorStatus
from schemas.peers import Courses
from schemas.words import N_, Message, message, say
from schemas.work import Development, DevelopmentKind
from services import access, records, steps
from services.context import Context
from services.programmes import Programme
from services.records import FreshRows, Intent, New, Reader, Values
from services.rules import training
from services.rules.training import Attended, Standing
from services.store.interface import Needs, Receipt
from services.terms import PairTerms

SEE, ACTION = "courses.see", "courses.edit"
FIELDS = ("name", "held_on", "covers", "designed_with", "trainer")
IN_POOL = frozenset({MentorStatus.APPLIED, MentorStatus.APPROVED, MentorStatus.PAUSED})
SPREAD = N_("more dates, over more weeks")
NOT_ITS_DAY = N_("is not one of the course's days. Choose one, or add the day to the course.")
NOT_COVERED = N_("is not what this course covers. Choose another, or add it to the course.")


@dataclass(frozen=True)
class Trained:
    """A mentor and how far their training is."""

    mentor: Row
    standing: Standing


def terms(programme: Programme) -> PairTerms:
    """What the programme says of pairs; only its pages ask."""
    assert programme.pairs is not None, "a programme whose pages name pairs or courses has a [pairs] table"
    return programme.pairs


def standing(programme: Programme, rows: Reader, mentor: str) -> Standing:
    """How far a mentor's training is; the rows hold Development."""
    wanted = terms(programme).course
    held = (
        Attended(row["topic"], row["held_on"])
        for row in rows.where(Development, "mentor", mentor)
        if row["kind"] == DevelopmentKind.TRAINING and row["topic"]
    )
    return training.standing(held, wanted.elements, wanted.least_dates, wanted.least_days)


def lacking(programme: Programme, rows: Reader, mentor: str, day: date) -> tuple[str, ...]:
    """What a mentor's training lacks on a day before they may be matched, earlier mentors too (P2)."""
    found = standing(programme, rows, mentor)
    if found.done_on is not None and found.done_on <= day:
        return ()
    if found.missing:
        return found.missing
    return (SPREAD,)


def said(ctx: Context, element: str) -> str:
    """What is missing, in the reader's language."""
    if element == SPREAD:
        return say(element, ctx.language)
    return ctx.programme.choice_words("training_topics", element, ctx.language)


def listed(ctx: Context) -> list[Row]:
    """The courses, the newest first."""
    access.require(ctx, SEE)
    found = records.view(ctx).all(Courses)
    return sorted(found, key=lambda row: (max(row["held_on"] or ("",)), row.id), reverse=True)


def trained(ctx: Context) -> list[Trained]:
    """Everybody in the register with their training, those who still have some to do first."""
    access.require(ctx, ACTION)
    rows = records.view(ctx)
    found = [
        Trained(row, standing(ctx.programme, rows, row.id))
        for row in rows.all(Mentors)
        if row["status"] in IN_POOL
    ]
    return sorted(found, key=lambda each: (each.standing.is_done, each.mentor["name"].casefold()))


def own(ctx: Context) -> Standing:
    """One's own training."""
    access.require(ctx, SEE)
    return standing(ctx.programme, records.view(ctx), ctx.actor.mentor)


def save(ctx: Context, op_id: str, values: Values, shown: Row | None = None) -> Receipt:
    """Plan a course: its days, what it covers, who helped to shape it (W5)."""
    typed = steps.only(ctx, ACTION, values, FIELDS)
    if shown is not None:
        _days(typed.get("held_on", shown["held_on"]))
        return steps.edit(ctx, op_id, ACTION, Courses, shown, typed, FIELDS)
    steps.needed(Courses, typed, "name", "held_on")
    _days(typed["held_on"])
    new = New(Courses, typed, new_id(Courses.prefix))
    return records.commit(ctx, op_id, ACTION, typed, Needs(), lambda fresh: [new])


def days_of(course: Row) -> tuple[date, ...]:
    """The course's days in order; what stands there and is no day is left out."""
    found = (_day(text) for text in course["held_on"] or ())
    return tuple(sorted(day for day in found if day is not None))


def _days(texts: Sequence[str] | None) -> None:
    wrong = [text for text in texts or () if _day(text) is None]
    if wrong:
        words = message(
            N_("has no day that reads “{day}”. Write days like 2026-03-02; 2026-03-09."), day=wrong[0]
        )
        raise InvalidEntry([Courses.columns["held_on"].problem(words)])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def attended(
    ctx: Context, op_id: str, course: Row, on: date | None, elements: Sequence[str], mentors: Sequence[str]
) -> Receipt:
    """Record who came on a day of the course, and what it covered; whoever is noted already stays noted once."""
    _refuse_incomplete(ctx, course, on, elements, mentors)

    def decide(fresh: FreshRows) -> list[Intent]:
        noted = {
            (row["mentor"], row["topic"], row["held_on"])
            for row in fresh.where(Development, "course", course.id)
        }
        return [
            New(Development, _attendance(course, on, element, mentor), new_id(Development.prefix))
            for mentor in mentors
            for element in elements
            if (mentor, element, on) not in noted and fresh.get(Mentors, mentor)
        ]

    needs = Needs(
        rows=tuple((Mentors.tab, each) for each in mentors),
        where=((Development.tab, "course", course.id),),
    )
    content = [course.id, on, list(elements), list(mentors)]
    return records.commit(ctx, op_id, ACTION, content, needs, decide)


def _attendance(course: Row, on: date | None, element: str, mentor: str) -> dict[str, object]:
    return {
        "mentor": mentor,
        "kind": DevelopmentKind.TRAINING,
        "course": course.id,
        "topic": element,
        "held_on": on,
        "title": course["name"],
        "is_chargeable": False,
    }


def _refuse_incomplete(
    ctx: Context, course: Row, on: date | None, elements: Sequence[str], mentors: Sequence[str]
) -> None:
    steps.needed(
        Development,
        {"held_on": on, "topic": "; ".join(elements), "mentor": "; ".join(mentors)},
        *("held_on", "topic", "mentor"),
    )
    steps.not_ahead(ctx, Development, "held_on", on)
    if on not in days_of(course):
        raise InvalidEntry([Development.columns["held_on"].problem(Message(NOT_ITS_DAY))])
    if set(elements) - set(course["covers"] or ()):
        raise InvalidEntry([Development.columns["topic"].problem(Message(NOT_COVERED))])


def require_done(ctx: Context, mentor: str) -> Standing:
    """The training of a mentor who did all of it; stops where something is missing."""
    access.require(ctx, SEE)
    rows = records.view(ctx)
    rows.get(Mentors, mentor)
    found = standing(ctx.programme, rows, mentor)
    if not found.is_done:
        missing = lacking(ctx.programme, rows, mentor, ctx.today)
        raise NotYet(
            message(
                N_("Training still to come: {topics}."), topics=", ".join(said(ctx, each) for each in missing)
            ),
            Message(N_("Record what they came to; the certificate follows.")),
        )
    return found
