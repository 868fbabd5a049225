"""What every shortlist has: reasons with points, and an order that never wavers (S4, L3, P3, W1).

A list advises and people choose: each point stands beside its reason, and whoever may not be taken just now comes
last, with why. What suits, and by how much, is each kind of shortlist's own rule.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from schemas.words import Message


class Reason(NamedTuple):
    """Why somebody has so many points of so many, or none; a reason that blocks or warns has none to give.

    `why` is a code of the shortlist's own; codes are stable.
    """

    why: StrEnum
    words: Message
    points: int = 0
    out_of: int = 0


# Tuples and no dataclasses: thousands are made for one page, and a tuple is made in a third of the time.
class Suggestion(NamedTuple):
    """A place in a shortlist: points in all, their reasons, and what stands in the way, if anything."""

    candidate: str
    points: int
    reasons: tuple[Reason, ...]
    blocked_by: tuple[Reason, ...]


def suggestion(candidate: str, reasons: Iterable[Reason], blocked_by: Iterable[Reason]) -> Suggestion:
    """Somebody's place, by the points of their reasons."""
    found = tuple(reasons)
    return Suggestion(candidate, sum([each.points for each in found]), found, tuple(blocked_by))


def ranked(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Best first and blocked ones last; equals stay in the order they come in, so that is the tie-break."""
    return sorted(found, key=_place)


def _place(each: Suggestion) -> tuple[bool, int]:
    return bool(each.blocked_by), -each.points
