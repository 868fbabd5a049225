"""Which mentor suits what somebody is looking for, each with reasons (P3, W1). The ranking advises; people decide.

Points come from what is offered, the post or office held, experience told, and how many one supports already. A
gender asked for is a condition, not a point. Whoever may not be matched just now comes last, with why. Two equal ones
are told apart by who supports fewer, then by id, so that the order never wavers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from schemas.words import N_, Message, message
from services.rules.answering import months_after
from services.rules.shortlists import Reason, Suggestion, ranked, suggestion

LONGEST_FILLER = 3


class Why(StrEnum):
    """What a reason is about; codes are stable."""

    TOPICS = "topics"
    POST = "post"
    EXPERIENCE = "experience"
    LOAD = "load"
    GENDER = "gender"
    TRAINING = "training"
    POLICIES = "policies"
    PAUSED = "paused"
    OUT_OF_OFFICE = "out of office"
    NEW_ONLY = "new members only"
    ONESELF = "oneself"


@dataclass(frozen=True)
class Weights:
    """The most points each reason can bring."""

    topics: int = 50
    post: int = 20
    experience: int = 20
    load: int = 10


@dataclass(frozen=True)
class Wish:
    """What is looked for. Blank means that any will do and brings no points.

    Where `new_months` is set, whoever is out of office mentors only those first elected no longer ago (P8). `said` is how
    the programme says its topics and genders to the reader.
    """

    topics: tuple[str, ...]
    post: str
    experience: str
    gender: str
    day: date
    email: str = ""
    elected_on: date | None = None
    new_months: int = 0
    said: Mapping[str, str] = field(default_factory=dict, compare=False)

    def words(self, choice: str) -> str:
        """A topic or gender as the reader's language says it."""
        return self.said.get(choice, choice)


@dataclass(frozen=True)
class Candidate:
    """Somebody in the register. `lacks` is training still to come, `unread` policies not acknowledged.

    `until` is the last day somebody out of office since `out_on` may mentor.
    """

    id: str
    topics: tuple[str, ...]
    post: str
    experience: str
    gender: str
    pairs: int = 0
    lacks: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    is_paused: bool = False
    out_on: date | None = None
    until: date | None = None
    email: str = ""


def suggest(wish: Wish, candidates: Iterable[Candidate], weights: Weights | None = None) -> list[Suggestion]:
    """Everybody in the register, best first and blocked ones last, whatever the order they came in."""
    in_order = sorted(candidates, key=lambda each: (each.pairs, each.id))
    weigh = weights or Weights()
    return ranked(suggestion(each.id, _reasons(wish, each, weigh), blocks(wish, each)) for each in in_order)


def may_mentor_on(day: date, out_on: date | None, until: date | None) -> bool:
    """Whether somebody may mentor on a day: in office, or out of it with their word and within its time (P8)."""
    if until is not None and day > until:
        return False
    return out_on is None or day < out_on or until is not None


def is_new_on(day: date, elected_on: date, months: int) -> bool:
    """Whether somebody still counts as new: so many months from the first election on, its day included."""
    return elected_on <= day <= months_after(elected_on, months)


def _reasons(wish: Wish, candidate: Candidate, weights: Weights) -> Iterator[Reason]:
    if wish.topics:
        yield _topics(wish, candidate, weights)
    if wish.post:
        yield _post(wish, candidate, weights)
    if wish.experience:
        yield _experience(wish, candidate, weights)
    words = message(N_("Supports {count} person now."), N_("Supports {count} people now."), candidate.pairs)
    yield Reason(Why.LOAD, words, weights.load // (1 + candidate.pairs), weights.load)


def _topics(wish: Wish, candidate: Candidate, weights: Weights) -> Reason:
    shared = [each for each in wish.topics if each in candidate.topics]
    if not shared:
        return Reason(Why.TOPICS, Message(N_("Offers none of what is looked for.")), 0, weights.topics)
    words = message(
        N_("Offers {shared} of {wanted} looked for: {topics}."),
        shared=len(shared),
        wanted=len(wish.topics),
        topics=", ".join(map(wish.words, shared)),
    )
    return Reason(Why.TOPICS, words, weights.topics * len(shared) // len(wish.topics), weights.topics)


def _post(wish: Wish, candidate: Candidate, weights: Weights) -> Reason:
    if not candidate.post:
        return Reason(Why.POST, Message(N_("Holds no post that is recorded.")), 0, weights.post)
    fits = bool(_words(wish.post) & _words(candidate.post))
    words = N_("Holds the post looked for: {post}.") if fits else N_("Holds another post: {post}.")
    return Reason(Why.POST, message(words, post=candidate.post), weights.post if fits else 0, weights.post)


def _experience(wish: Wish, candidate: Candidate, weights: Weights) -> Reason:
    """A share of the words looked for that their own story has: a hint to read it, no more."""
    wanted = _words(wish.experience)
    shared = wanted & _words(candidate.experience)
    if not shared:
        return Reason(Why.EXPERIENCE, Message(N_("Their story names none of it.")), 0, weights.experience)
    points = weights.experience * len(shared) // len(wanted)
    words = message(N_("Their story names: {words}."), words=", ".join(sorted(shared)))
    return Reason(Why.EXPERIENCE, words, points, weights.experience)


def blocks(wish: Wish, candidate: Candidate) -> Iterator[Reason]:
    """What stands in the way of a match, each with what would help."""
    if wish.email and wish.email.casefold() == candidate.email.casefold():
        yield Reason(Why.ONESELF, Message(N_("Is the person who asks.")))
    if candidate.is_paused:
        yield Reason(Why.PAUSED, Message(N_("Takes nobody on at present.")))
    if candidate.lacks:
        words = message(N_("Training still to come: {topics}."), topics=", ".join(candidate.lacks))
        yield Reason(Why.TRAINING, words)
    if candidate.unread:
        words = message(
            N_("Policies not acknowledged yet: {policies}."), policies=", ".join(candidate.unread)
        )
        yield Reason(Why.POLICIES, words)
    if not may_mentor_on(wish.day, candidate.out_on, candidate.until):
        yield Reason(Why.OUT_OF_OFFICE, Message(N_("Is out of office, and may not mentor on this day.")))
    elif wish.new_months and candidate.out_on is not None and candidate.out_on <= wish.day:
        yield from _new_only(wish)
    if wish.gender and candidate.gender != wish.gender:
        yield Reason(Why.GENDER, message(N_("A {gender} was asked for."), gender=wish.words(wish.gender)))


def _new_only(wish: Wish) -> Iterator[Reason]:
    """Members who have left mentor new members alone (P8)."""
    if wish.elected_on is None:
        words = Message(
            N_("Has left office and mentors new members only: note first when this member was first elected.")
        )
        yield Reason(Why.NEW_ONLY, words)
    elif not is_new_on(wish.day, wish.elected_on, wish.new_months):
        told = message(
            N_("Has left office and mentors new members only; this member was first elected on {day}."),
            day=wish.elected_on,
        )
        yield Reason(Why.NEW_ONLY, told)


def _words(text: str) -> frozenset[str]:
    """The words of a text that say something, in small letters."""
    return frozenset(each for each in text.casefold().replace(",", " ").split() if len(each) > LONGEST_FILLER)
