"""Figures of a review: counts of one whole and mean marks, none too small to be shown (RM74, P7, W11, L8)."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from schemas.column import Row
from services.rules import counts


@dataclass(frozen=True)
class Figure:
    """A count or a mean under its name, in the programme's own list `options` where it has one.

    `None` is too small to show.
    """

    label: str
    count: int | Decimal | None
    options: str = ""


@dataclass(frozen=True)
class Section:
    """Figures of one whole."""

    title: str
    figures: tuple[Figure, ...]


def counted(
    title: str, rows: Iterable[Row], told: Callable[[Row], str], least: int, options: str = ""
) -> Section:
    """The rows counted by what is told of each, with what is under `least` hidden."""
    shown = counts.shown(Counter(told(row) for row in rows), least)
    return Section(title, tuple(Figure(label, shown[label], options) for label in sorted(shown)))


def mean(values: Iterable[Decimal | None], least: int) -> Decimal | None:
    """The mean of what was given, to one place; `None` where fewer than `least` gave it."""
    given = [value for value in values if value is not None]
    if len(given) < max(least, 1):
        return None
    return (sum(given, Decimal()) / len(given)).quantize(Decimal("0.1"))
