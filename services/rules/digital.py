"""How much of a mentee's support is held at a distance, against the most that is allowed (D9, 2.20).

The share is of the sessions attended, of any length. A period in which meetings face to face are restricted lifts
the limit: a session held digitally within one is left out of the share, a session face to face always counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Protocol

from services.rules.levels import Held

_HUNDRED = Decimal(100)


class Period(Protocol):
    """From a day to a day, both included."""

    @property
    def from_on(self) -> date: ...
    @property
    def to_on(self) -> date: ...


@dataclass(frozen=True)
class Share:
    """The sessions attended that count, and how many of them were digital."""

    attended: int = 0
    digital: int = 0

    @property
    def percent(self) -> Decimal:
        """Per cent of the sessions held digitally; nought where there is none."""
        return _HUNDRED * self.digital / self.attended if self.attended else Decimal(0)

    def passes(self, most_percent: Decimal) -> bool:
        """Whether it is more than the most allowed."""
        return self.percent > most_percent

    def evens_out(self, most_percent: Decimal) -> int:
        """How many more sessions face to face bring it back to the most allowed; nought where it is not over."""
        if not self.passes(most_percent) or not most_percent:
            return 0
        wanted = (_HUNDRED * self.digital / most_percent).to_integral_value(ROUND_CEILING)
        return int(wanted) - self.attended


def is_lifted(on: date, unrestricted: Iterable[Period]) -> bool:
    """Whether a day lies in a period that lifts the limit."""
    return any(period.from_on <= on <= period.to_on for period in unrestricted)


def share(sessions: Sequence[Held], unrestricted: Sequence[Period] = ()) -> Share:
    """The share of the sessions recorded so far."""
    counted = [
        held
        for held in sessions
        if held.is_attended and not (held.is_digital and is_lifted(held.on, unrestricted))
    ]
    return Share(len(counted), sum(held.is_digital for held in counted))


def with_one_more(
    sessions: Sequence[Held], on: date, *, is_digital: bool, unrestricted: Sequence[Period] = ()
) -> Share:
    """The share as it would be with one more session attended on that day: what is warned of beforehand."""
    return share([*sessions, Held(on, Decimal(0), True, is_digital)], unrestricted)
