"""The mentors' seats on the Programme Forum: at least one serving at all times, gaps seen ahead (S15)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schemas.column import Row, new_id
from schemas.errors import NotYet
from schemas.mentors import Mentors, MentorStatus, Seats
from schemas.words import N_, Message, message
from services import access, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Reader, Values
from services.rules import forum
from services.rules.forum import Term
from services.rules.spans import Gap
from services.store.interface import Needs, Receipt

# S15 says "ahead" and no more: a quarter leaves time to find somebody and hold a forum.
AHEAD_DAYS = 92
SERVING = frozenset({MentorStatus.APPROVED, MentorStatus.PAUSED})


class SeatState(StrEnum):
    """Where a term of office stands."""

    AHEAD = N_("ahead")
    SERVING = N_("serving")
    OVER = N_("over")


@dataclass(frozen=True)
class Seat:
    """A term of office with its mentor's name and where it stands today."""

    row: Row
    mentor: str
    state: SeatState


def seats(ctx: Context) -> list[Seat]:
    """Every term of office, the latest first."""
    access.require(ctx, "pool.see")
    rows = records.view(ctx)
    found = sorted(rows.all(Seats), key=lambda row: (row["from_on"], row.id), reverse=True)
    return [
        Seat(row, rows.name(Mentors, row["mentor"]), _state(term_of(rows, row), ctx.today)) for row in found
    ]


def may_sit(ctx: Context) -> list[Row]:
    """The mentors who may represent the pool, by name."""
    access.require(ctx, "pool.see")
    found = [row for row in records.view(ctx).all(Mentors) if row["status"] in SERVING]
    return sorted(found, key=lambda row: (row["name"].casefold(), row.id))


def gap_ahead(ctx: Context, ahead_days: int = AHEAD_DAYS) -> Gap | None:
    """The first stretch in the coming days without a representative, or `None`."""
    access.require(ctx, "pool.see")
    rows = records.view(ctx)
    return forum.gap_ahead([term_of(rows, row) for row in rows.all(Seats)], ctx.today, ahead_days)


def warning(ctx: Context, ahead_days: int = AHEAD_DAYS) -> Message | None:
    """The gap in a sentence for whoever can fill the seat, or `None`."""
    gap = gap_ahead(ctx, ahead_days)
    if gap is None:
        return None
    if gap.first <= ctx.today:
        return Message(N_("No mentor represents the pool on the Programme Forum today."))
    return message(N_("From {day} no mentor represents the pool on the Programme Forum."), day=gap.first)


def term_of(rows: Reader, seat: Row) -> Term:
    """A seat's term, cut short where its mentor has left the pool."""
    mentor = rows.find(Mentors, seat["mentor"])
    return Term(seat["mentor"], seat["from_on"], seat["to_on"], mentor["left_on"] if mentor else None)


def _state(term: Term, today: date) -> SeatState:
    if today < term.starts_on:
        return SeatState.AHEAD
    return SeatState.SERVING if forum.serving_on([term], today) else SeatState.OVER


def seat(ctx: Context, op_id: str, values: Values) -> Receipt:
    """Give an approved mentor a term of office, from its first to its last day."""
    typed = steps.only(ctx, "seats.edit", values, {"mentor", "from_on", "to_on", "note"})
    steps.needed(Seats, typed, "mentor", "from_on", "to_on")
    id_ = new_id(Seats.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        mentor = fresh.get(Mentors, typed["mentor"])
        if mentor["status"] not in SERVING:
            raise NotYet(
                Message(N_("Only a serving mentor can represent the pool.")),
                Message(N_("Choose a mentor who is approved.")),
            )
        return [New(Seats, typed, id_)]

    needs = Needs(rows=((Mentors.tab, typed["mentor"]),))
    return records.commit(ctx, op_id, "seats.edit", typed, needs, decide)


def end(ctx: Context, op_id: str, shown: Row, to_on: date) -> Receipt:
    """Move the last day of a term: somebody stepped down, or stays on longer."""
    edit = Edit(Seats, shown.id, {"to_on": to_on}, shown=shown)
    needs = Needs(rows=((Seats.tab, shown.id),))
    return records.commit(ctx, op_id, "seats.edit", [shown.id, to_on], needs, lambda fresh: [edit])
