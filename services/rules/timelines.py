"""What a project asks for and when, worked out from its kind's rules and its days on site (L4).

Administration e-mail weeks before, the team meeting the evening before, the days on site with their presentation,
the draft report's comments days after, the follow-up months later. A step is done, late, to come, or open now.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from schemas.words import N_, Message, message
from services.rules.answering import months_after

NOTHING_DONE: Mapping[str, date] = MappingProxyType({})


class Pace(Protocol):
    """A kind of project's rules, as the programme's folder gives them; 0 where there is no such step."""

    @property
    def least_days(self) -> int: ...
    @property
    def most_days(self) -> int: ...
    @property
    def administration_weeks_first(self) -> int: ...
    @property
    def administration_weeks_last(self) -> int: ...
    @property
    def has_team_meeting(self) -> bool: ...
    @property
    def has_presentation(self) -> bool: ...
    @property
    def has_debrief(self) -> bool: ...
    @property
    def comments_days_first(self) -> int: ...
    @property
    def comments_days_last(self) -> int: ...
    @property
    def follow_up_months_first(self) -> int: ...
    @property
    def follow_up_months_last(self) -> int: ...
    @property
    def follow_up_days_most(self) -> int: ...


class Code(StrEnum):
    """Which step; codes are stable."""

    ADMINISTRATION = "administration"
    MEETING = "meeting"
    ON_SITE = "on-site"
    PRESENTATION = "presentation"
    DEBRIEF = "debrief"
    COMMENTS = "comments"
    FOLLOW_UP = "follow-up"


class State(StrEnum):
    """How a step stands on a day."""

    DONE = N_("done")
    LATE = N_("late")
    NOW = N_("now")
    TO_COME = N_("to come")


TITLES: Mapping[Code, str] = MappingProxyType(
    {
        Code.ADMINISTRATION: N_("Administration e-mail"),
        Code.MEETING: N_("Team meeting in the hotel, in the evening"),
        Code.ON_SITE: N_("On site"),
        Code.PRESENTATION: N_("Feedback presentation"),
        Code.DEBRIEF: N_("Debrief"),
        Code.COMMENTS: N_("Peers comment on the draft report"),
        Code.FOLLOW_UP: N_("Follow-up visit"),
    }
)


@dataclass(frozen=True)
class Step:
    """One step: not before `from_on`, not after `to_on`, both included."""

    code: Code
    from_on: date
    to_on: date
    state: State
    done_on: date | None = None

    @property
    def title(self) -> Message:
        """What it is called."""
        return Message(TITLES[self.code])


def line(
    pace: Pace, starts_on: date, ends_on: date, today: date, done: Mapping[str, date] = NOTHING_DONE
) -> tuple[Step, ...]:
    """The project's steps in the order of their days; `done` are days by code.

    Months are counted from the last day on site; the end of a shorter month stands for the same day.
    """
    found = [
        Step(code, first, last, _state(code, first, last, today, done), done.get(code))
        for code, first, last in _spans(pace, starts_on, ends_on)
    ]
    return tuple(sorted(found, key=lambda step: (step.from_on, step.to_on)))


def _spans(pace: Pace, starts_on: date, ends_on: date) -> Iterator[tuple[Code, date, date]]:
    if pace.administration_weeks_first:
        first = starts_on - timedelta(weeks=pace.administration_weeks_first)
        yield Code.ADMINISTRATION, first, starts_on - timedelta(weeks=pace.administration_weeks_last)
    if pace.has_team_meeting:
        evening = starts_on - timedelta(days=1)
        yield Code.MEETING, evening, evening
    yield Code.ON_SITE, starts_on, ends_on
    if pace.has_presentation:
        yield Code.PRESENTATION, ends_on, ends_on
    if pace.has_debrief:
        yield Code.DEBRIEF, ends_on, ends_on
    if pace.comments_days_last:
        first = ends_on + timedelta(days=pace.comments_days_first)
        yield Code.COMMENTS, first, ends_on + timedelta(days=pace.comments_days_last)
    if pace.follow_up_months_last:
        first = months_after(ends_on, pace.follow_up_months_first)
        yield Code.FOLLOW_UP, first, months_after(ends_on, pace.follow_up_months_last)


# A day that comes by itself: nobody has to note that it was held.
_BY_THEMSELVES = frozenset({Code.MEETING, Code.ON_SITE, Code.PRESENTATION, Code.DEBRIEF})


def _state(code: Code, first: date, last: date, today: date, done: Mapping[str, date]) -> State:
    if code in done or (code in _BY_THEMSELVES and last < today):
        return State.DONE
    if today > last:
        return State.LATE
    return State.NOW if today >= first else State.TO_COME


def wrong_days(pace: Pace, starts_on: date, ends_on: date) -> Message | None:
    """What is wrong with the days on site, by the rule of the kind; nothing where they fit."""
    days = (ends_on - starts_on).days + 1
    if pace.least_days and not pace.least_days <= days <= pace.most_days:
        said = N_("must make {least} to {most} days on site for this kind of project; these are {days}.")
        return message(said, least=pace.least_days, most=pace.most_days, days=days)
    return None
