"""One case against the contract's limits: met, missed, due or late, in working days of its nation (D5).

Day 0 is the day of the event. A session counts when it was attended and lasted at least an hour; the first one,
with the diagnostic interview, counts too (annex E, D14).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from schemas.words import N_
from services.rules.workdays import Overrides, add_working_days, working_days_after

NO_OVERRIDES: Overrides = MappingProxyType({})


class Limits(Protocol):
    """The limits of a programme's cases, as its folder gives them."""

    @property
    def initial_meeting_working_days(self) -> int: ...
    @property
    def interview_working_days(self) -> int: ...
    @property
    def plan_working_days(self) -> int: ...
    @property
    def first_sessions(self) -> int: ...
    @property
    def first_sessions_working_days(self) -> int: ...
    @property
    def sessions(self) -> int: ...
    @property
    def session_minutes(self) -> int: ...


@dataclass(frozen=True)
class Held:
    """A session that was recorded: attended or missed, how long, and whether at a distance."""

    on: date
    minutes: Decimal
    is_attended: bool
    is_digital: bool = False


@dataclass(frozen=True)
class Facts:
    """The days of one case that its limits are measured by; `nation` decides the bank holidays.

    `is_closed` says that the referral came to nothing: what was not done by then is asked no more.
    """

    received_on: date
    met_on: date | None = None
    started_on: date | None = None
    plan_agreed_on: date | None = None
    survey_on: date | None = None
    completed_on: date | None = None
    left_on: date | None = None
    is_closed: bool = False
    sessions: tuple[Held, ...] = ()
    nation: str = "England"

    @property
    def ended_on(self) -> date | None:
        """The day it was completed, or left early."""
        return self.completed_on or self.left_on

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked of it."""
        return self.is_closed or self.ended_on is not None


class State(StrEnum):
    """How one limit stands."""

    MET = N_("met")
    MISSED = N_("missed")
    LATE = N_("late")
    DUE = N_("due")
    AHEAD = N_("to come")
    NOT_ASKED = N_("not asked")


@dataclass(frozen=True)
class Step:
    """One limit of a case. `working_days` are those left (due), or by which it is late or was missed.

    `count` of `wanted` are there, where the limit is a number of sessions.
    """

    code: str
    state: State
    due_on: date | None = None
    done_on: date | None = None
    working_days: int = 0
    count: int = 0
    wanted: int = 0


NO_MINUTES = Decimal(0)
INITIAL_MEETING, INTERVIEW, SURVEY, PLAN = "initial-meeting", "interview", "survey", "plan"
FIRST_SESSIONS, SESSIONS = "first-sessions", "sessions"


def counted(facts: Facts, limits: Limits) -> list[Held]:
    """The sessions that count, in date order: attended, and as long as the limit says."""
    found = (held for held in facts.sessions if held.is_attended and held.minutes >= limits.session_minutes)
    return sorted(found, key=lambda held: held.on)


def nth(facts: Facts, limits: Limits, n: int) -> date | None:
    """The day of the n-th session that counts; `None` while there are fewer."""
    sessions = counted(facts, limits)
    return sessions[n - 1].on if len(sessions) >= n else None


def due_on(
    event: date | None, working_days: int, nation: str, overrides: Overrides = NO_OVERRIDES
) -> date | None:
    """The last day in time, `working_days` after the event."""
    return add_working_days(event, working_days, nation, overrides) if event is not None else None


def is_within(done: date | None, event: date | None, working_days: int, nation: str) -> bool:
    """Whether no more working days passed until it was done; not where either day is missing.

    What is done on the Saturday after the last day in time is in time: no further working day has passed.
    """
    limit = due_on(event, working_days, nation)
    return done is not None and limit is not None and not working_days_after(limit, done, nation)


def line(facts: Facts, limits: Limits, today: date) -> tuple[Step, ...]:
    """The whole journey of a case: each limit, how it stands today (D5)."""
    meeting = _timed(
        INITIAL_MEETING, facts, facts.received_on, limits.initial_meeting_working_days, facts.met_on, today
    )
    interview = _timed(INTERVIEW, facts, facts.met_on, limits.interview_working_days, facts.started_on, today)
    plan = _timed(PLAN, facts, facts.started_on, limits.plan_working_days, facts.plan_agreed_on, today)
    first = nth(facts, limits, limits.first_sessions)
    sessions = len(counted(facts, limits))
    fourth = _timed(
        FIRST_SESSIONS, facts, facts.started_on, limits.first_sessions_working_days, first, today,
        count=min(sessions, limits.first_sessions), wanted=limits.first_sessions,
    )  # fmt: skip
    return meeting, interview, _survey(facts, today), plan, fourth, _all_sessions(facts, limits, sessions)


def _timed(
    code: str,
    facts: Facts,
    event: date | None,
    days: int,
    done: date | None,
    today: date,
    *,
    count: int = 0,
    wanted: int = 0,
) -> Step:
    limit = due_on(event, days, facts.nation)
    if limit is None:
        return Step(code, State.NOT_ASKED if facts.is_over else State.AHEAD, count=count, wanted=wanted)
    if done is not None:
        late = working_days_after(limit, done, facts.nation)
        state = State.MISSED if late else State.MET
        return Step(code, state, limit, done, late, count, wanted)
    if facts.is_over:
        passed = working_days_after(limit, facts.ended_on or limit, facts.nation)
        state = State.MISSED if passed else State.NOT_ASKED
        return Step(code, state, limit, None, 0, count, wanted)
    if late := working_days_after(limit, today, facts.nation):
        return Step(code, State.LATE, limit, None, late, count, wanted)
    return Step(code, State.DUE, limit, None, working_days_after(today, limit, facts.nation), count, wanted)


def _survey(facts: Facts, today: date) -> Step:
    """Done in the first session, the one with the interview (1.27, table A)."""
    if facts.started_on is None:
        return Step(SURVEY, State.NOT_ASKED if facts.is_over else State.AHEAD)
    if facts.survey_on is not None:
        state = State.MET if facts.survey_on <= facts.started_on else State.MISSED
        late = working_days_after(facts.started_on, facts.survey_on, facts.nation)
        return Step(SURVEY, state, facts.started_on, facts.survey_on, late)
    state = State.MISSED if facts.is_over else State.LATE if today > facts.started_on else State.DUE
    return Step(SURVEY, state, facts.started_on)


def _all_sessions(facts: Facts, limits: Limits, count: int) -> Step:
    """Eight sessions at least; judged when the case ends, by no day of its own."""
    done = nth(facts, limits, limits.sessions)
    if done is not None:
        return Step(SESSIONS, State.MET, None, done, count=count, wanted=limits.sessions)
    if facts.started_on is None:
        state = State.NOT_ASKED if facts.is_over else State.AHEAD
    else:
        state = State.MISSED if facts.is_over else State.AHEAD
    return Step(SESSIONS, state, count=count, wanted=limits.sessions)
