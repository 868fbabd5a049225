"""One thing that is due, and how long a thing may wait (programme data: `due_days`)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from schemas.column import Row
from schemas.words import N_, Message
from services import cover, records
from services.context import Context
from services.rules import insurance


@dataclass(frozen=True)
class Due:
    """One thing to do: what, about whom, by when, and the page that does it."""

    kind: str
    title: Message
    about: Message
    on: date | None
    page: str
    button: Message
    params: dict[str, str] = field(default_factory=dict)


def by(ctx: Context, since: date | None, name: str) -> date:
    """The day something that waits since `since` is due."""
    return (since or ctx.today) + timedelta(days=ctx.programme.due_days[name])


def oldest(ctx: Context, rows: Sequence[Row], column: str, name: str) -> date:
    return by(ctx, min((row[column] or ctx.today for row in rows), default=None), name)


def day_of(row: Row) -> date | None:
    """The day a row was written last."""
    text = row["_updated_at"]
    return date.fromisoformat(text[:10]) if text else None


def cover_of(ctx: Context, mentor: Row) -> tuple[Message, date] | None:
    """What to say of a mentor's insurance, and the day it is about; nothing where the programme asks for none."""
    if not ctx.programme.insurance.warn_days:
        return None
    spans = cover.cover_of(records.ground(ctx), mentor.id)
    standing = insurance.standing(spans, ctx.today, ctx.programme.insurance.warn_days)
    if standing.state is insurance.State.VALID:
        return None
    if standing.state is insurance.State.DUE:
        return Message(N_("Public liability cover ends")), standing.ends_on or ctx.today
    ended = max((span.ends_on for span in spans if span.ends_on), default=None)
    if ended is None:
        return Message(N_("No public liability cover on file")), ctx.today
    return Message(N_("Public liability cover has ended")), ended
