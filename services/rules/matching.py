"""A ranked, explained shortlist of mentors for what a group's action plan needs (S4, S17, S2, S5).

The ranking advises and the group chooses: each point a mentor gets stands beside its reason. Only approved
mentors are listed; one who cannot be given the assignment just now comes last, with why. Two equal mentors
are told apart by who has less on, then by who has had nothing yet (S17), then by id, so the order never wavers.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from schemas.words import N_, Message, message
from services.rules.conditions import Relationship
from services.rules.shortlists import Reason, Suggestion, ranked, suggestion
from services.rules.spans import Span, reached_until


class Why(StrEnum):
    """What a reason is about; codes are stable."""

    SKILLS = "skills"
    AREA = "area"
    LANGUAGES = "languages"
    AVAILABILITY = "availability"
    WORKLOAD = "workload"
    INSURANCE = "insurance"
    NO_ASSIGNMENT_YET = "no assignment yet"
    PAUSED = "paused"
    RELATIONSHIP = "relationship"


@dataclass(frozen=True)
class Weights:
    """The most points each reason can bring; a programme may set its own."""

    skills: int = 40
    area: int = 20
    languages: int = 15
    availability: int = 15
    workload: int = 10
    insurance: int = 6
    no_assignment_yet: int = 5


@dataclass(frozen=True)
class Need:
    """What the plan asks for. Empty skills, area or languages mean that any will do and bring no points.

    `nearby` are the areas that border the group's own.
    """

    skills: tuple[str, ...]
    area: str
    languages: tuple[str, ...]
    starts_on: date
    ends_on: date | None = None
    days_a_month: Decimal = Decimal(0)
    nearby: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A mentor in the pool. `days_a_month` is `None` when availability has not been recorded.

    `days_committed` are days a month already promised; `live_assignments` run now, `had_assignment` is ever.
    """

    id: str
    approved: bool
    skills: tuple[str, ...]
    area: str
    languages: tuple[str, ...]
    days_a_month: Decimal | None
    days_committed: Decimal = Decimal(0)
    live_assignments: int = 0
    had_assignment: bool = False
    cover: tuple[Span, ...] = ()
    relationship: Relationship = Relationship.NONE
    paused: bool = False


def shortlist(
    need: Need, candidates: Iterable[Candidate], weights: Weights | None = None
) -> list[Suggestion]:
    """Approved mentors, best first and blocked ones last; the order of `candidates` makes no difference."""
    in_order = sorted((each for each in candidates if each.approved), key=_tie_break)
    return ranked(_suggestion(need, each, weights or Weights()) for each in in_order)


def _tie_break(candidate: Candidate) -> tuple[int, bool, str]:
    return candidate.live_assignments, candidate.had_assignment, candidate.id


def _suggestion(need: Need, candidate: Candidate, weights: Weights) -> Suggestion:
    scored = [reason for score in _SCORES if (reason := score(need, candidate, weights))]
    return suggestion(candidate.id, (*scored, *_warnings(candidate)), _blocks(need, candidate))


def _skills(need: Need, candidate: Candidate, weights: Weights) -> Reason | None:
    if not need.skills:
        return None
    shared = _shared(need.skills, candidate.skills)
    if not shared:
        return Reason(Why.SKILLS, Message(N_("Has none of the skills wanted.")), 0, weights.skills)
    words = N_("Has {shared} of {wanted} skills wanted: {skills}.")
    said = message(words, shared=len(shared), wanted=len(need.skills), skills=", ".join(shared))
    return Reason(Why.SKILLS, said, weights.skills * len(shared) // len(need.skills), weights.skills)


def _area(need: Need, candidate: Candidate, weights: Weights) -> Reason | None:
    """All the points in the group's own area, half in one that borders it."""
    if not need.area:
        return None
    if not candidate.area:
        return Reason(Why.AREA, Message(N_("Area not recorded.")), 0, weights.area)
    words, points = N_("In {area}, further away."), 0
    if _shared([need.area], [candidate.area]):
        words, points = N_("In {area}, the group's own area."), weights.area
    elif _shared(need.nearby, [candidate.area]):
        words, points = N_("In {area}, next to the group's area."), weights.area // 2
    return Reason(Why.AREA, message(words, area=candidate.area), points, weights.area)


def _languages(need: Need, candidate: Candidate, weights: Weights) -> Reason | None:
    if not need.languages:
        return None
    shared = _shared(need.languages, candidate.languages)
    if not shared:
        said = message(N_("Does not work in {languages}."), languages=", ".join(need.languages))
        return Reason(Why.LANGUAGES, said, 0, weights.languages)
    points = weights.languages * len(shared) // len(need.languages)
    said = message(N_("Works in {languages}."), languages=", ".join(shared))
    return Reason(Why.LANGUAGES, said, points, weights.languages)


def _availability(need: Need, candidate: Candidate, weights: Weights) -> Reason:
    """All the points when the days still free reach what is needed (any, when that is not known), else a share."""
    if candidate.days_a_month is None:
        return Reason(Why.AVAILABILITY, Message(N_("Availability not recorded.")), 0, weights.availability)
    free = candidate.days_a_month - candidate.days_committed
    if free <= 0:
        return Reason(Why.AVAILABILITY, Message(N_("No days free.")), 0, weights.availability)
    share = min(free / need.days_a_month, Decimal(1)) if need.days_a_month > 0 else Decimal(1)
    said = message(N_("Days free a month: {free} of {all}."), free=free, all=candidate.days_a_month)
    return Reason(Why.AVAILABILITY, said, int(weights.availability * share), weights.availability)


def _workload(need: Need, candidate: Candidate, weights: Weights) -> Reason:
    """All the points with nothing on, half with one assignment, a third with two, and so on."""
    live = candidate.live_assignments
    said = message(N_("{count} assignment running."), N_("{count} assignments running."), live)
    return Reason(Why.WORKLOAD, said, weights.workload // (1 + live), weights.workload)


def _insurance(need: Need, candidate: Candidate, weights: Weights) -> Reason | None:
    """All the points when cover runs to the end of the assignment, half when it must be renewed before."""
    until = reached_until(candidate.cover, need.starts_on)
    if until is None:
        return None
    if until == date.max:
        return Reason(Why.INSURANCE, Message(N_("Insured.")), weights.insurance, weights.insurance)
    lasts = need.ends_on is not None and until >= need.ends_on
    said = message(N_("Insured until {day}."), day=until)
    return Reason(
        Why.INSURANCE, said, weights.insurance if lasts else weights.insurance // 2, weights.insurance
    )


def _none_yet(need: Need, candidate: Candidate, weights: Weights) -> Reason | None:
    if candidate.had_assignment:
        return None
    said = Message(N_("Has had no assignment yet."))
    return Reason(Why.NO_ASSIGNMENT_YET, said, weights.no_assignment_yet, weights.no_assignment_yet)


def _warnings(candidate: Candidate) -> Iterator[Reason]:
    """A declared relationship is no barrier, but no work starts before it is assessed (S5)."""
    if candidate.relationship == Relationship.DECLARED:
        yield Reason(
            Why.RELATIONSHIP, Message(N_("Declared an earlier relationship: assess it before work starts."))
        )


def _blocks(need: Need, candidate: Candidate) -> Iterator[Reason]:
    if not candidate.cover:
        yield Reason(Why.INSURANCE, Message(N_("No public liability insurance recorded.")))
    elif reached_until(candidate.cover, need.starts_on) is None:
        said = message(N_("No public liability insurance on {day}."), day=need.starts_on)
        yield Reason(Why.INSURANCE, said)
    if candidate.paused:
        yield Reason(Why.PAUSED, Message(N_("Takes no new assignments at present.")))
    if candidate.relationship == Relationship.MAY_NOT:
        yield Reason(Why.RELATIONSHIP, Message(N_("The earlier relationship with this group rules it out.")))


def _shared(wanted: Iterable[str], has: Iterable[str]) -> list[str]:
    """What is wanted and there, as the plan words it; capitals and stray spaces make no difference."""
    there = {_plain(each) for each in has}
    return [each for each in wanted if _plain(each) in there]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


_SCORES: tuple[Callable[[Need, Candidate, Weights], Reason | None], ...] = (
    _skills,
    _area,
    _languages,
    _availability,
    _workload,
    _insurance,
    _none_yet,
)
