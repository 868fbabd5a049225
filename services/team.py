"""Mentors' readiness, training, supervision, and their part in the evaluation (D16, D29; 1.28, 2.25, 2.26)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schemas.column import Role, Row, new_id
from schemas.mentors import Mentors, MentorStatus
from schemas.people import People, PersonStatus
from schemas.words import N_, Message, message
from schemas.work import Development, DevelopmentKind
from services import access, contracts, people, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Reader, Values
from services.rules import readiness
from services.rules.answering import months_after
from services.rules.readiness import Lack, Missing
from services.store.interface import Needs, Receipt

RECORDED = (
    DevelopmentKind.TRAINING,
    DevelopmentKind.SUPERVISION,
    DevelopmentKind.INTERVIEW,
    DevelopmentKind.FOCUS_GROUP,
    DevelopmentKind.UPSKILLING,
)
TYPED = frozenset({"kind", "held_on", "title", "topic", "minutes", "people_reached", "office", "words"})
OWN = Message(N_("Nobody confirms their own experience."))
REPRESENTATIVES = frozenset({Role.MANAGER, Role.COORDINATOR})


@dataclass(frozen=True)
class Ready:
    """A mentor, what they had, and what they lack before they may be given a mentee."""

    row: Row
    trained: dict[str, date]
    supervised_on: date | None
    lacks: tuple[Lack, ...]

    @property
    def is_ready(self) -> bool:
        """Whether they may be given a mentee."""
        return not self.lacks


def trained(rows: Reader, mentor: str) -> dict[str, date]:
    """Topic to the first day on which a mentor was trained in it."""
    found: dict[str, date] = {}
    for row in rows.where(Development, "mentor", mentor):
        if row["kind"] == DevelopmentKind.TRAINING and row["topic"]:
            found[row["topic"]] = min(found.get(row["topic"], row["held_on"]), row["held_on"])
    return found


def lacking(ctx: Context, rows: Reader, mentor: Row, day: date) -> tuple[Lack, ...]:
    """What a mentor lacks on a day before they may be given a mentee; the rows hold Development (D29)."""
    topics = ctx.programme.cases.training_needed if ctx.programme.cases else ()
    confirmed = mentor["experience_confirmed_on"]
    return readiness.lacking(mentor["recruited_on"], confirmed, trained(rows, mentor.id), topics, day)


def said(ctx: Context, lack: Lack) -> Message:
    """A lack in words."""
    if lack.what is not Missing.TRAINING:
        return Message(lack.what)
    topic = ctx.programme.choice_words("training_topics", lack.topic, ctx.language)
    return message(N_("training: {topic}"), topic=topic)


def listed(ctx: Context) -> list[Ready]:
    """Every mentor in the pool, those who lack something first."""
    access.require(ctx, "team.see")
    rows = records.view(ctx)
    found = [_ready(ctx, rows, row) for row in rows.all(Mentors) if row["status"] != MentorStatus.LEFT]
    return sorted(found, key=lambda each: (each.is_ready, each.row["name"].casefold(), each.row.id))


def _ready(ctx: Context, rows: Reader, row: Row) -> Ready:
    own = rows.where(Development, "mentor", row.id)
    supervised = [each["held_on"] for each in own if each["kind"] == DevelopmentKind.SUPERVISION]
    return Ready(
        row, trained(rows, row.id), max(supervised, default=None), lacking(ctx, rows, row, ctx.today)
    )


def confirm_experience(ctx: Context, op_id: str, shown: Row, on: date | None) -> Receipt:
    """Record that lived experience was asked for and heard; the story itself stays the mentor's own (2.26)."""
    steps.needed(Mentors, {"experience_confirmed_on": on}, "experience_confirmed_on")
    steps.not_ahead(ctx, Mentors, "experience_confirmed_on", on)

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.not_own(ctx, "team.record", shown.id, OWN)
        return [Edit(Mentors, shown.id, {"experience_confirmed_on": on}, shown=shown)]

    needs = Needs(rows=((Mentors.tab, shown.id),))
    return records.commit(ctx, op_id, "team.record", [shown.id, on], needs, decide)


def record(
    ctx: Context, op_id: str, values: Values, mentors: Sequence[str] = (), representatives: Sequence[str] = ()
) -> Receipt:
    """Record training, supervision, an interview or a focus group, for everybody who took part."""
    typed = steps.only(ctx, "team.record", values, TYPED)
    kind = DevelopmentKind(typed.get("kind") or DevelopmentKind.TRAINING)
    _refuse_incomplete(ctx, typed, kind, [*mentors, *representatives])
    common = {
        **typed,
        "kind": kind,
        "title": typed.get("title") or _title(ctx, typed, kind),
        "is_chargeable": False,
    }
    who = [{"mentor": id_} for id_ in mentors] + [{"representative": id_} for id_ in representatives]
    made = [New(Development, {**common, **each}, new_id(Development.prefix)) for each in who]

    def decide(fresh: FreshRows) -> list[Intent]:
        return list(made)

    return records.commit(
        ctx, op_id, "team.record", [typed, list(mentors), list(representatives)], Needs(), decide
    )


def _refuse_incomplete(ctx: Context, typed: Values, kind: DevelopmentKind, who: Sequence[str]) -> None:
    if not who:
        steps.needed(Development, {}, "mentor")
    steps.needed(Development, typed, "held_on")
    steps.not_ahead(ctx, Development, "held_on", typed.get("held_on"))
    if kind is DevelopmentKind.TRAINING:
        steps.needed(Development, typed, "topic")
    if kind is DevelopmentKind.INTERVIEW:
        steps.needed(Development, typed, "minutes")
    if kind is DevelopmentKind.UPSKILLING:
        steps.needed(Development, typed, "office", "people_reached")


def _title(ctx: Context, typed: Values, kind: DevelopmentKind) -> str:
    """What a record is called where nobody gave it a name; English, as everything in the sheet."""
    topic = str(typed.get("topic") or "")
    return (topic or str(kind)).capitalize()


def recorded(ctx: Context, kind: str = "") -> list[Row]:
    """What was recorded, the newest first; of one kind where asked."""
    access.require(ctx, "team.see")
    found = records.view(ctx).all(Development)
    kept = [row for row in found if row["kind"] in RECORDED and kind in ("", row["kind"])]
    return sorted(kept, key=lambda row: (row["held_on"], row.id), reverse=True)


# --- the evaluation (1.28) -------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """Somebody's part in the evaluation: interviews held, the last focus group, and what is still due."""

    id: str
    name: str
    is_mentor: bool
    interviews: int
    wanted: int
    focus_group_on: date | None
    focus_group_by: date | None

    @property
    def interviews_due(self) -> int:
        """How many interviews are still to be held."""
        return max(self.wanted - self.interviews, 0)

    def is_due(self, today: date) -> bool:
        """Whether an interview is to come, or a focus group is overdue."""
        return bool(self.interviews_due) or (self.focus_group_by is not None and self.focus_group_by < today)


def evaluation(ctx: Context) -> list[Part]:
    """Each mentor's and each other representative's part in the evaluation, those with something due first."""
    access.require(ctx, "team.see")
    rows = records.ground(ctx)
    done = [row for row in rows.all(Development) if row["kind"] in RECORDED]
    in_pool = (MentorStatus.APPROVED, MentorStatus.PAUSED)
    mentors = [_mentor_part(ctx, done, row) for row in rows.all(Mentors) if row["status"] in in_pool]
    others = [_other_part(ctx, done, row) for row in representatives(ctx)]
    return sorted([*mentors, *others], key=lambda each: (not each.is_due(ctx.today), each.name.casefold()))


def representatives(ctx: Context) -> list[Row]:
    """Staff who stand for the supplier beside its mentors: each human being once (1.28)."""
    found: dict[str, Row] = {}
    for row in records.ground(ctx).all(People):
        if row["role"] in REPRESENTATIVES and row["status"] == PersonStatus.ACTIVE:
            found.setdefault(row["email"].casefold(), row)
    return sorted(found.values(), key=lambda row: (row["name"].casefold(), row.id))


def _mentor_part(ctx: Context, done: Sequence[Row], mentor: Row) -> Part:
    terms, own = contracts.terms_of(ctx), [row for row in done if row["mentor"] == mentor.id]
    groups = [row["held_on"] for row in own if row["kind"] == DevelopmentKind.FOCUS_GROUP]
    last = max(groups, default=None)
    by = months_after(last or _begun_on(ctx, mentor), terms.focus_group_months)
    return Part(mentor.id, mentor["name"], True, _interviews(ctx, own), terms.interviews_least, last, by)


def _begun_on(ctx: Context, mentor: Row) -> date:
    """The day from which the first focus group is counted: in the pool, and a contract begun."""
    starts = [row["starts_on"] for row in contracts.running(records.ground(ctx))]
    return max(min(starts, default=ctx.today), mentor["recruited_on"] or ctx.today)


def _other_part(ctx: Context, done: Sequence[Row], person: Row) -> Part:
    own = [
        row
        for row in done
        if row["representative"] and people.is_same_human(ctx, row["representative"], person.id)
    ]
    return Part(person.id, person["name"], False, _interviews(ctx, own), 1, None, None)


def _interviews(ctx: Context, rows: Iterable[Row]) -> int:
    """Interviews of an hour at least; a shorter one does not count."""
    least = contracts.terms_of(ctx).interview_minutes
    held = (row for row in rows if row["kind"] == DevelopmentKind.INTERVIEW)
    return sum((row["minutes"] or Decimal(0)) >= least for row in held)
