"""Who may be given a mentee: recruited, with lived experience confirmed, and trained (D29; 2.25, 2.26)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schemas.words import N_


class Missing(StrEnum):
    """What a mentor lacks before the first mentee."""

    RECRUITMENT = N_("recruitment")
    EXPERIENCE = N_("lived experience confirmed")
    TRAINING = N_("training")


@dataclass(frozen=True)
class Lack:
    """One thing that is missing; `topic` names the training."""

    what: Missing
    topic: str = ""


def lacking(
    recruited_on: date | None,
    confirmed_on: date | None,
    trained: Mapping[str, date],
    topics: Sequence[str],
    day: date,
) -> tuple[Lack, ...]:
    """What is missing on a day; `trained` is topic to the first day of its training, none of it later than `day`."""
    found = [
        Lack(what)
        for what, on in ((Missing.RECRUITMENT, recruited_on), (Missing.EXPERIENCE, confirmed_on))
        if on is None or on > day
    ]
    late = (topic for topic in topics if trained.get(topic) is None or trained[topic] > day)
    return (*found, *(Lack(Missing.TRAINING, topic) for topic in late))
