"""A ranked, explained shortlist of peers for what a council asks for (L3).

The ranking advises; staff ask, and the council chooses. Only peers in the pool are listed; one who can't be asked just
now comes last, with why. Two equal peers are told apart by who has been chosen less often, then by id.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from schemas.words import N_, Message, message
from services.rules.answering import months_after
from services.rules.shortlists import Reason, Suggestion, ranked, suggestion


class Why(StrEnum):
    """What a reason is about; codes are stable."""

    POST = "post"
    TOPICS = "topics"
    EXPERIENCE = "experience"
    GENDER = "gender"
    GROUP = "group"
    NO_PROJECT_YET = "no project yet"
    AVAILABILITY = "availability"
    OUT_OF_OFFICE = "out of office"
    PAUSED = "paused"
    OWN_COUNCIL = "own council"
    ASKED = "asked"
    GROUP_OFFICE = "group office"
    PROFILE = "profile"
    CHARTER = "charter"


@dataclass(frozen=True)
class Weights:
    """The most points each reason can bring."""

    post: int = 35
    topics: int = 30
    experience: int = 15
    gender: int = 10
    group: int = 10
    no_project_yet: int = 5


@dataclass(frozen=True)
class Need:
    """What the council asks for. Blank post, topics, experience, gender or group mean that any will do.

    `kind` of peer leaves the others out; without days nobody's diary stands in the way.
    """

    kind: str = ""
    post: str = ""
    topics: tuple[str, ...] = ()
    experience: str = ""
    gender: str = ""
    group: str = ""
    council: str = ""
    from_on: date | None = None
    to_on: date | None = None


class Busy(NamedTuple):
    """Days on which a peer said they can't, both included."""

    from_on: date
    to_on: date


# A tuple and no dataclass: thousands are made for one search.
class Candidate(NamedTuple):
    """A peer. `still_may_months` is how long after leaving office one of this kind may be asked."""

    id: str
    kind: str
    post: str = ""
    topics: tuple[str, ...] = ()
    experience: str = ""
    gender: str = ""
    group: str = ""
    council: str = ""
    busy: tuple[Busy, ...] = ()
    out_of_office_on: date | None = None
    still_may_months: int = 0
    paused: bool = False
    projects: int = 0
    asked: str = ""
    needs_group_office: bool = False
    has_profile: bool = True
    has_charter: bool = True


def shortlist(
    need: Need, candidates: Iterable[Candidate], today: date, weights: Weights | None = None
) -> list[Suggestion]:
    """Peers of the kind wanted, best first and blocked ones last; the order of `candidates` makes no difference."""
    scores = _scores(need, weights or Weights())
    fit = [each for each in candidates if not need.kind or each.kind == need.kind]
    fit.sort(key=lambda each: (each.projects, each.id))
    return ranked(suggestion(each.id, _reasons(scores, each), _blocks(need, each, today)) for each in fit)


def too_long_out(out_of_office_on: date | None, still_may_months: int, today: date) -> bool:
    """Whether somebody is out of office for longer than their kind of peer may be (L2): 0 months is at once."""
    if out_of_office_on is None or out_of_office_on > today:
        return False
    return still_may_months == 0 or today > months_after(out_of_office_on, still_may_months)


Score = Callable[[Candidate], Reason | None]


def _scores(need: Need, weights: Weights) -> list[Score]:
    """A way of scoring for each thing the council asks for, in the order in which the reasons are read."""
    made: list[tuple[object, Score]] = [
        (need.post, lambda peer: _of_post(need.post, peer.post, weights.post)),
        (need.topics, lambda peer: _of_topics(need.topics, peer.topics, weights.topics)),
        (need.experience, lambda peer: _of_experience(need.experience, peer.experience, weights.experience)),
        (need.gender, lambda peer: _of_gender(need.gender, peer.gender, weights.gender)),
        (need.group, lambda peer: _of_group(need.group, peer.group, weights.group)),
        (True, lambda peer: _of_projects(peer.projects, weights.no_project_yet)),
    ]
    return [score for wanted, score in made if wanted]


def _reasons(scores: Iterable[Score], peer: Candidate) -> list[Reason]:
    found = [reason for score in scores if (reason := score(peer))]
    if not peer.has_profile:
        found.append(_NO_PROFILE)
    if not peer.has_charter:
        found.append(_NO_CHARTER)
    return found


# Many peers hold the same post or offer the same help: what is said of it is made once.
@lru_cache(maxsize=4096)
def _of_post(wanted: str, held: str, most: int) -> Reason:
    """All the points for every word of the post wanted, a share for some."""
    if not held:
        return Reason(Why.POST, _NO_POST, 0, most)
    words = _words(wanted)
    share = len(words & _words(held))
    said = message(_IS_POST if share == len(words) else _NEAR_POST if share else _OTHER_POST, post=held)
    return Reason(Why.POST, said, most * share // max(len(words), 1), most)


@lru_cache(maxsize=4096)
def _of_topics(wanted: tuple[str, ...], offered: tuple[str, ...], most: int) -> Reason:
    shared = [topic for topic in wanted if topic in offered]
    if not shared:
        return Reason(Why.TOPICS, _NO_TOPIC, 0, most)
    words = N_("Can help with {shared} of {wanted} things wanted: {topics}.")
    said = message(words, shared=len(shared), wanted=len(wanted), topics=", ".join(shared))
    return Reason(Why.TOPICS, said, most * len(shared) // len(wanted), most)


@lru_cache(maxsize=8192)
def _of_experience(wanted: str, told: str, most: int) -> Reason:
    words = _words(wanted)
    return _of_words(words & _words(told), len(words), most)


@lru_cache(maxsize=1024)
def _of_words(shared: frozenset[str], wanted: int, most: int) -> Reason:
    if not shared:
        return Reason(Why.EXPERIENCE, _NO_EXPERIENCE, 0, most)
    said = message(N_("The profile speaks of: {words}."), words=", ".join(sorted(shared)))
    return Reason(Why.EXPERIENCE, said, most * len(shared) // wanted, most)


@lru_cache(maxsize=256)
def _of_gender(wanted: str, gender: str, most: int) -> Reason:
    if gender == wanted:
        return Reason(Why.GENDER, _GENDER, most, most)
    return Reason(Why.GENDER, _OTHER_GENDER if gender else _NO_GENDER, 0, most)


@lru_cache(maxsize=256)
def _of_group(wanted: str, group: str, most: int) -> Reason:
    if group == wanted:
        return Reason(Why.GROUP, _GROUP, most, most)
    return Reason(Why.GROUP, _OTHER_GROUP if group else _NO_GROUP, 0, most)


def _of_projects(projects: int, most: int) -> Reason | None:
    return None if projects else _of_none_yet(most)


@lru_cache(maxsize=16)
def _of_none_yet(most: int) -> Reason:
    return Reason(Why.NO_PROJECT_YET, _NONE_YET, most, most)


def _blocks(need: Need, peer: Candidate, today: date) -> list[Reason]:
    found = []
    if peer.asked:
        found.append(_of_asked(peer.asked))
    if peer.paused:
        found.append(_PAUSED)
    if peer.out_of_office_on and too_long_out(peer.out_of_office_on, peer.still_may_months, today):
        said = message(N_("Out of office since {day}."), day=peer.out_of_office_on)
        found.append(Reason(Why.OUT_OF_OFFICE, said))
    if need.council and need.council == peer.council:
        found.append(_OWN_COUNCIL)
    if peer.needs_group_office:
        found.append(_NO_OFFICE)
    if peer.busy:
        found.extend(_of_days(busy) for busy in peer.busy if _meet(need, busy))
    return found


@lru_cache(maxsize=64)
def _of_asked(status: str) -> Reason:
    return Reason(Why.ASKED, message(N_("Already asked: {status}."), status=Message(status)))


@lru_cache(maxsize=1024)
def _of_days(busy: Busy) -> Reason:
    said = message(N_("Not available from {first} to {last}."), first=busy.from_on, last=busy.to_on)
    return Reason(Why.AVAILABILITY, said)


def _meet(need: Need, busy: Busy) -> bool:
    if need.from_on is None:
        return False
    return busy.from_on <= (need.to_on or need.from_on) and need.from_on <= busy.to_on


_SMALL_WORDS = frozenset(["a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with"])


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    """The words that say something, without capitals and commas."""
    plain = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return frozenset(plain.split()) - _SMALL_WORDS


_IS_POST = N_("Holds the post wanted: {post}.")
_NEAR_POST = N_("Holds a post near it: {post}.")
_OTHER_POST = N_("Holds another post: {post}.")
_NO_POST = Message(N_("No post recorded."))
_NO_TOPIC = Message(N_("Offers none of the help wanted."))
_NO_EXPERIENCE = Message(N_("The profile does not speak of the experience wanted."))
_GENDER = Message(N_("Of the gender the council prefers."))
_OTHER_GENDER = Message(N_("Not of the gender the council prefers."))
_NO_GENDER = Message(N_("Gender not recorded."))
_GROUP = Message(N_("Of the political group wanted."))
_OTHER_GROUP = Message(N_("Of another political group."))
_NO_GROUP = Message(N_("Political group not recorded."))
_NONE_YET = Message(N_("Has had no project yet."))
_NO_PROFILE = Reason(
    Why.PROFILE, Message(N_("No profile agreed yet: agree one before putting them forward."))
)
_NO_CHARTER = Reason(Why.CHARTER, Message(N_("The charter in force is not accepted yet.")))
_PAUSED = Reason(Why.PAUSED, Message(N_("Takes nothing on at present.")))
_OWN_COUNCIL = Reason(Why.OWN_COUNCIL, Message(N_("Belongs to this council.")))
_NO_OFFICE = Reason(Why.GROUP_OFFICE, Message(N_("No group office recorded: it is asked first. Record it.")))
