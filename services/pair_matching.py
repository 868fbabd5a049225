"""What a request and an entry of the register say to the rules that bring two people together (P2, P3, P8, W1)."""

from collections.abc import Sequence

from schemas.assignments import Assignments, AssignmentStatus
from schemas.column import Row
from schemas.mentees import Mentees
from schemas.mentors import MentorStatus
from services import courses, pair_requests, policies
from services.context import Context
from services.records import Reader
from services.rules.pairing import Candidate, Wish

LIVE = frozenset({AssignmentStatus.PROPOSED, AssignmentStatus.APPROVED})


def wish_of(ctx: Context, rows: Reader, asked: Row) -> Wish:
    """What one request looks for."""
    mentee = rows.find(Mentees, asked["mentee"])
    return Wish(
        tuple(asked["seeks"] or ()),
        asked["post"] or "",
        asked["experience"] or "",
        asked["gender"] or "",
        ctx.today,
        (mentee["email"] or "") if mentee else "",
        mentee[pair_requests.ELECTED] if mentee else None,
        courses.terms(ctx.programme).new_months,
        _said_of(ctx, "topics") | _said_of(ctx, "genders"),
    )


def _said_of(ctx: Context, options: str) -> dict[str, str]:
    """Each choice of a list as the reader's language says it."""
    names = ctx.programme.choices(options)
    return dict(zip(names, _said(ctx, options, names), strict=True))


def candidate_of(ctx: Context, rows: Reader, mentor: Row) -> Candidate:
    """Somebody in the register, with what stands in the way of a match."""
    live = [row for row in rows.where(Assignments, "mentor", mentor.id) if row["status"] in LIVE]
    return Candidate(
        id=mentor.id,
        topics=tuple(mentor["offers"] or ()),
        post=mentor["post"] or "",
        experience=mentor["experience"] or "",
        gender=mentor["gender"] or "",
        pairs=len(live),
        lacks=tuple(
            courses.said(ctx, each) for each in courses.lacking(ctx.programme, rows, mentor.id, ctx.today)
        ),
        unread=_said(ctx, "policies", policies.unread(ctx.programme, rows, mentor.id, ctx.today)),
        is_paused=mentor["status"] == MentorStatus.PAUSED,
        out_on=mentor["out_of_office_on"],
        until=mentor["may_mentor_until"],
        email=mentor["email"] or "",
    )


def _said(ctx: Context, options: str, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(ctx.programme.choice_words(options, name, ctx.language) for name in names)
