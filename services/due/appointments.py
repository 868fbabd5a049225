"""A mentor's own appointments for their calendar: initial meetings booked and sessions planned (D6, D9, X10).

Those with somebody whose records are used nowhere stand among them: the support goes on (D3). None says with whom.
"""

from collections.abc import Iterator
from datetime import date, datetime, time

from schemas.cases import Cases
from schemas.words import N_, UK, Message
from services import access, journeys, meetings, records, support
from services.context import Context
from services.due.calendar import Appointment

MEETING, SESSION = N_("Initial meeting"), N_("Session with a mentee")


def of(ctx: Context) -> list[Appointment]:
    """The appointments from today on of whoever is a mentor here; nobody else has any of their own."""
    if not ctx.actor.mentor or ctx.programme.cases is None or not access.may(ctx, "cases.see"):
        return []
    found = [*_meetings(ctx), *_sessions(ctx), *_without_records(ctx)]
    return sorted(found, key=lambda each: (each.starts_at, each.key))


def _meetings(ctx: Context) -> Iterator[Appointment]:
    for case in records.view(ctx).where(Cases, "mentor", ctx.actor.mentor):
        if case["met_on"] is None and case["outcome"] is None:
            yield from _at(ctx, case.id, MEETING, case["booked_on"], case["booked_at"], case["booked_place"])


def _sessions(ctx: Context) -> Iterator[Appointment]:
    own = {case.id for case in records.view(ctx).where(Cases, "mentor", ctx.actor.mentor)}
    for row in meetings.appointments(ctx):
        if row["case"] in own and row["attendance"] is None:
            yield from _at(ctx, row.id, SESSION, row["held_on"], row["starts_at"], row["place"])


def _without_records(ctx: Context) -> Iterator[Appointment]:
    for each in support.supported(ctx):
        yield from _at(ctx, each.mentee, SESSION, each.next_on, each.next_at, each.place)


def _at(
    ctx: Context, key: str, title: str, on: date | None, at: time | None, place: str | None
) -> Iterator[Appointment]:
    if on is None or at is None or on < ctx.today:
        return
    minutes = journeys.terms(ctx.programme).session_minutes
    said = ctx.programme.choice_words("places", place, ctx.language) if place else ""
    yield Appointment(key, Message(title), datetime.combine(on, at, UK), minutes, said)
