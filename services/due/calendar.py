"""What is due and one's appointments as a calendar file (.ics, RFC 5545), to be opened by any calendar (X10).

An entry says what to do and never about whom: calendars are often kept by somebody else.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from schemas.words import N_, Message, say
from services.context import Context
from services.due.item import Due

LINE_BYTES = 75
OPEN = N_("Open Mentor Desk to see whom it concerns.")


@dataclass(frozen=True)
class Appointment:
    """A meeting at a time; `key` tells one from another and names nobody, `place` is a kind of place."""

    key: str
    title: Message
    starts_at: datetime
    minutes: int
    place: str = ""


def calendar_file(ctx: Context, tasks: Sequence[Due], appointments: Sequence[Appointment] = ()) -> bytes:
    """Every dated task as an all-day entry on its day, a late one on today; every appointment at its time."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mentor Desk//EN",
        "METHOD:PUBLISH",
        *(line for task in tasks if task.on is not None for line in _entry(ctx, task)),
        *(line for each in appointments for line in _meeting(ctx, each)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _entry(ctx: Context, task: Due) -> Iterator[str]:
    day = max(task.on or ctx.today, ctx.today)
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(ctx, task)}@mentor-desk"
    yield f"DTSTAMP:{_instant(ctx.now)}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(say(task.title, ctx.language))}"
    yield f"DESCRIPTION:{_escaped(say(OPEN, ctx.language))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _meeting(ctx: Context, each: Appointment) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_digest([ctx.programme.code, ctx.actor.id, each.key])}@mentor-desk"
    yield f"DTSTAMP:{_instant(ctx.now)}"
    yield f"DTSTART:{_instant(each.starts_at)}"
    yield f"DTEND:{_instant(each.starts_at + timedelta(minutes=each.minutes))}"
    yield f"SUMMARY:{_escaped(say(each.title, ctx.language))}"
    yield f"DESCRIPTION:{_escaped(say(OPEN, ctx.language))}"
    if each.place:
        yield f"LOCATION:{_escaped(each.place)}"
    yield "END:VEVENT"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _uid(ctx: Context, task: Due) -> str:
    """The same task is the same entry when the file is opened again."""
    what = [ctx.programme.code, ctx.actor.id, task.kind, task.page, sorted(task.params.items()), str(task.on)]
    return _digest(what)


def _digest(what: object) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()[:32]


def _escaped(text: str) -> str:
    for plain in ("\\", ";", ","):
        text = text.replace(plain, f"\\{plain}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A line of at most 75 bytes, its rest on lines that begin with a space; no letter is cut in two."""
    folded, length = "", 0
    for letter in line:
        size = len(letter.encode())
        if length + size > LINE_BYTES:
            folded, length = f"{folded}\r\n ", 1
        folded, length = folded + letter, length + size
    return folded.encode()
