"""Where and when a meeting may be held: offices in their hours, off their premises, elsewhere with a reason (D6).

An office is a place where some route's first meeting is held in office hours (1.11).
"""

from collections.abc import Sequence
from datetime import date, time
from typing import Protocol

from schemas.words import N_, Message, message
from services.rules.workdays import is_working_day


class MeetsAt(Protocol):
    """A route's own place, and whether that is an office."""

    @property
    def meets_at(self) -> str: ...
    @property
    def is_office(self) -> bool: ...


def is_office(place: str | None, routes: Sequence[MeetsAt]) -> bool:
    """Whether a place is open in office hours only."""
    return any(route.is_office and route.meets_at == place for route in routes)


def closed(day: date, at: time | None, opens: str, closes: str, nation: str) -> tuple[str, Message] | None:
    """Why an office is shut then: ("day" or "time", the words); `None` where it is open. `opens` is like 09:00."""
    if not is_working_day(day, nation):
        words = N_("is {day}: the office is shut at weekends and on bank holidays. Choose a working day.")
        return "day", message(words, day=day)
    if at is not None and not time.fromisoformat(opens) <= at < time.fromisoformat(closes):
        words = N_("must lie between {opens} and {closes}, when the office is open.")
        return "time", message(words, opens=opens, closes=closes)
    return None
