"""When a mentee who is no longer heard of falls due as a dropout (D10, annex E).

Engagement is a session attended, of any length, or a contact that they answered. The day is proposed; a person
confirms it, and that person's day is the Dropout Date.
"""

from collections.abc import Iterable
from datetime import date, timedelta


def last_engaged_on(started_on: date, engaged_on: Iterable[date]) -> date:
    """The last day they were engaged; the start, where nothing came after it."""
    return max([started_on, *engaged_on])


def due_on(started_on: date, engaged_on: Iterable[date], weeks: int) -> date:
    """The day the dropout falls due: so many weeks after the last engagement."""
    return last_engaged_on(started_on, engaged_on) + timedelta(weeks=weeks)


def is_due(started_on: date, engaged_on: Iterable[date], weeks: int, today: date) -> bool:
    """Whether it is proposed today: on the day it falls due, and after it."""
    return today >= due_on(started_on, engaged_on, weeks)
