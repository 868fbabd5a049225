"""Every measure of the monthly performance return, from the days of the cases (3.8, D14). Nothing is read here.

Totals run to the end of the month. "Within ten days" is a part of the meetings, interviews and plans done by then,
"within thirty days" of the mentees who have had four sessions by then, "eight sessions" of everybody who started.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from statistics import median
from types import MappingProxyType

from schemas.words import N_, Message
from services.rules import levels
from services.rules.levels import Facts, Limits
from services.rules.periods import Period

TENTH = Decimal("0.1")
# Changes in personnel by kind: the mentors that each is about.
Personnel = Mapping[str, Sequence[str]]
JOINED, LEFT, MOVED, HOURS = "joined", "left", "moved", "hours"
PERSONNEL = (JOINED, LEFT, MOVED, HOURS)


@dataclass(frozen=True)
class Counted:
    """One case as a return sees it: its id, the route it came by, its days."""

    id: str
    route: str
    facts: Facts


class Unit(StrEnum):
    """What a value is."""

    COUNT = N_("number")
    PERCENT = N_("per cent")
    DAYS = N_("days")


@dataclass(frozen=True)
class Measure:
    """One figure of the return: its name and route, how it is counted, its value, and the ids of the rows behind it.

    `value` is `None` where there is nothing to take a part or a mean of; a nil return says so.
    """

    code: str
    title: Message
    definition: Message
    unit: Unit
    value: Decimal | None
    rows: tuple[str, ...] = ()
    route: str = ""

    @property
    def key(self) -> str:
        """Code and route: what a line of a sent return is kept under."""
        return f"{self.code}: {self.route}" if self.route else self.code


# --- what each is called, and how it is counted ---------------------------------------------------------

TITLES: dict[str, str] = {
    "joined": N_("Peer mentors who joined"),
    "left": N_("Peer mentors who left"),
    "moved": N_("Peer mentors who moved to another area"),
    "hours": N_("Peer mentors whose hours changed"),
    "referrals": N_("Referrals to the programme"),
    "new-referrals": N_("New referrals this month"),
    "starts": N_("Starts on the programme"),
    "new-starts": N_("New starts this month"),
    "completions": N_("Completions of the programme"),
    "length-mean": N_("Length of time on provision: mean"),
    "length-median": N_("Length of time on provision: median"),
    "length-number": N_("Length of time on provision: how many it is taken over"),
    "meetings": N_("Initial meetings held"),
    "meetings-in-time": N_("Initial meetings within {meeting} working days"),
    "meetings-in-time-percent": N_("Initial meetings within {meeting} working days, per cent"),
    "interviews": N_("Diagnostic interviews held"),
    "interviews-in-time": N_("Diagnostic interviews within {interview} working days"),
    "interviews-in-time-percent": N_("Diagnostic interviews within {interview} working days, per cent"),
    "plans": N_("SMART Action Plans agreed"),
    "plans-in-time": N_("SMART Action Plans within {plan} working days"),
    "plans-in-time-percent": N_("SMART Action Plans within {plan} working days, per cent"),
    "first-sessions": N_("Mentees with {first} sessions"),
    "first-sessions-in-time": N_("Mentees with {first} sessions within {first_days} working days"),
    "first-sessions-in-time-percent": N_(
        "Mentees with {first} sessions within {first_days} working days, per cent"
    ),
    "sessions": N_("Mentees with {all} sessions"),
    "sessions-percent": N_("Mentees with {all} sessions, per cent"),
}
_LENGTH = N_("Days from the start to the completion, of everybody who completed by the month’s end.")
_MEETING = N_(
    "Initial meetings by the month’s end, no later than working day {meeting} after the referral (the day of the "
    "referral is day 0; bank holidays of the area’s nation left out)."
)
_INTERVIEW = N_(
    "Diagnostic interviews by the month’s end, no later than working day {interview} after the initial meeting."
)
_PLAN = N_(
    "Plans agreed by the month’s end, no later than working day {plan} after the diagnostic interview."
)
_FIRST = N_(
    "Mentees whose session {first} was held by the month’s end and no later than working day {first_days} after "
    "the start. A session counts when it was attended and lasted at least {minutes} minutes, the first one too."
)
DEFINITIONS: dict[str, str] = {
    "joined": N_("Mentors whose first day at work in the contract lies in the month."),
    "left": N_("Mentors whose last day at work in the contract lies in the month."),
    "moved": N_("Mentors who went on in another area in the month."),
    "hours": N_("Mentors who went on in the same area with other weekly hours in the month."),
    "referrals": N_("Referrals received up to the end of the month."),
    "new-referrals": N_("Referrals received from the first to the last day of the month."),
    "starts": N_("Mentees whose diagnostic interview was held by the end of the month."),
    "new-starts": N_("Mentees whose diagnostic interview was held in the month."),
    "completions": N_("Mentees whose final review was held by the end of the month."),
    "length-mean": _LENGTH,
    "length-median": _LENGTH,
    "length-number": _LENGTH,
    "meetings": N_("Initial meetings held by the end of the month."),
    "meetings-in-time": _MEETING,
    "meetings-in-time-percent": N_("Of the initial meetings held by the end of the month, those in time."),
    "interviews": N_("Diagnostic interviews held by the end of the month."),
    "interviews-in-time": _INTERVIEW,
    "interviews-in-time-percent": N_(
        "Of the diagnostic interviews held by the end of the month, those in time."
    ),
    "plans": N_("First plans agreed with the mentee by the end of the month."),
    "plans-in-time": _PLAN,
    "plans-in-time-percent": N_("Of the plans agreed by the end of the month, those in time."),
    "first-sessions": N_(
        "Mentees with {first} sessions by the month’s end, each attended and at least {minutes} minutes long."
    ),
    "first-sessions-in-time": _FIRST,
    "first-sessions-in-time-percent": N_(
        "Of the mentees with {first} sessions by the end of the month, those in time."
    ),
    "sessions": N_(
        "Mentees with {all} sessions by the month’s end, each attended and at least {minutes} minutes long."
    ),
    "sessions-percent": N_("Of everybody who started by the end of the month, those with {all} sessions."),
}


def named(
    code: str, limits: Limits, value: Decimal | None, route: str = "", rows: tuple[str, ...] = ()
) -> Measure:
    """A figure with its name and definition, the programme's limits filled in."""
    figures: dict[str, object] = {
        "meeting": limits.initial_meeting_working_days,
        "interview": limits.interview_working_days,
        "plan": limits.plan_working_days,
        "first": limits.first_sessions,
        "first_days": limits.first_sessions_working_days,
        "all": limits.sessions,
        "minutes": limits.session_minutes,
    }
    values = MappingProxyType(figures)
    title, definition = Message(TITLES[code], values), Message(DEFINITIONS[code], values)
    return Measure(code, title, definition, _unit(code), value, rows, route)


def _unit(code: str) -> Unit:
    if code.endswith("percent"):
        return Unit.PERCENT
    return Unit.DAYS if code in {"length-mean", "length-median"} else Unit.COUNT


# --- the month --------------------------------------------------------------------------------------------


def of_month(
    cases: Sequence[Counted],
    personnel: Personnel,
    routes: Sequence[str],
    limits: Limits,
    month: Period,
) -> tuple[Measure, ...]:
    """Every measure of a month in the order of paragraph 3.8; of no cases at all, a nil return."""
    return _Month(cases, personnel, routes, limits, month).measures()


class _Month:
    """The cases of a return looked at once, up to the end of its month."""

    def __init__(
        self,
        cases: Sequence[Counted],
        personnel: Personnel,
        routes: Sequence[str],
        limits: Limits,
        month: Period,
    ) -> None:
        self.cases, self.personnel, self.routes = cases, personnel, routes
        self.limits, self.month = limits, month

    def measures(self) -> tuple[Measure, ...]:
        return (
            *(self._count(code, tuple(self.personnel.get(code, ()))) for code in PERSONNEL),
            *self._by_route("referrals", self._till(lambda facts: facts.received_on)),
            *self._by_route("new-referrals", self._within(lambda facts: facts.received_on)),
            *self._by_route("starts", self._till(lambda facts: facts.started_on)),
            *self._by_route("new-starts", self._within(lambda facts: facts.started_on)),
            *self._completions(),
            *self._in_time("meetings", _met, _received, self.limits.initial_meeting_working_days),
            *self._in_time("interviews", _started, _met, self.limits.interview_working_days),
            *self._in_time("plans", _planned, _started, self.limits.plan_working_days),
            *self._sessions(),
        )

    # --- whose day lies when ---

    def _till(self, day: Callable[[Facts], date | None]) -> list[Counted]:
        last = self.month.last
        return [case for case in self.cases if (on := day(case.facts)) is not None and on <= last]

    def _within(self, day: Callable[[Facts], date | None]) -> list[Counted]:
        return [case for case in self._till(day) if (on := day(case.facts)) and on in self.month]

    # --- figures ---

    def _figure(self, code: str, value: Decimal | None, rows: Iterable[str], route: str = "") -> Measure:
        return named(code, self.limits, value, route, tuple(rows))

    def _count(self, code: str, rows: Sequence[str], route: str = "") -> Measure:
        return self._figure(code, Decimal(len(rows)), rows, route)

    def _percent(self, code: str, part: Sequence[Counted], whole: Sequence[Counted]) -> Measure:
        value = _tenths(Decimal(100 * len(part)) / len(whole)) if whole else None
        return self._figure(code, value, _ids(part))

    def _by_route(self, code: str, cases: Sequence[Counted]) -> list[Measure]:
        parts = [
            self._count(code, _ids([case for case in cases if case.route == route]), route)
            for route in self.routes
        ]
        return [self._count(code, _ids(cases)), *parts]

    def _completions(self) -> list[Measure]:
        done = self._till(lambda facts: facts.completed_on)
        lengths = [
            (case.facts.completed_on - case.facts.started_on).days
            for case in done
            if case.facts.completed_on and case.facts.started_on
        ]
        ids = _ids(done)
        mean = _tenths(Decimal(sum(lengths)) / len(lengths)) if lengths else None
        middle = _tenths(Decimal(median(lengths))) if lengths else None
        return [
            self._count("completions", ids),
            self._figure("length-mean", mean, ids),
            self._figure("length-median", middle, ids),
            self._figure("length-number", Decimal(len(lengths)), ids),
        ]

    def _in_time(
        self,
        code: str,
        done: Callable[[Facts], date | None],
        event: Callable[[Facts], date | None],
        days: int,
    ) -> list[Measure]:
        by_then = self._till(done)
        timely = [case for case in by_then if _is_timely(case, done, event, days)]
        return self._number_and_percent(code, by_then, timely)

    def _number_and_percent(
        self, code: str, whole: Sequence[Counted], part: Sequence[Counted]
    ) -> list[Measure]:
        return [
            self._count(code, _ids(whole)),
            self._count(f"{code}-in-time", _ids(part)),
            self._percent(f"{code}-in-time-percent", part, whole),
        ]

    def _sessions(self) -> list[Measure]:
        limits = self.limits

        def fourth(facts: Facts) -> date | None:
            return levels.nth(facts, limits, limits.first_sessions)

        by_then = self._till(fourth)
        days = limits.first_sessions_working_days
        timely = [case for case in by_then if _is_timely(case, fourth, _started, days)]
        starts = self._till(_started)
        whole = [case for case in starts if self._has_all(case.facts)]
        return [
            *self._number_and_percent("first-sessions", by_then, timely),
            self._count("sessions", _ids(whole)),
            self._percent("sessions-percent", whole, starts),
        ]

    def _has_all(self, facts: Facts) -> bool:
        last = levels.nth(facts, self.limits, self.limits.sessions)
        return last is not None and last <= self.month.last


def _is_timely(
    case: Counted, done: Callable[[Facts], date | None], event: Callable[[Facts], date | None], days: int
) -> bool:
    return levels.is_within(done(case.facts), event(case.facts), days, case.facts.nation)


def _received(facts: Facts) -> date | None:
    return facts.received_on


def _met(facts: Facts) -> date | None:
    return facts.met_on


def _started(facts: Facts) -> date | None:
    return facts.started_on


def _planned(facts: Facts) -> date | None:
    return facts.plan_agreed_on


def _ids(cases: Iterable[Counted]) -> tuple[str, ...]:
    return tuple(case.id for case in cases)


def _tenths(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_HALF_UP)
