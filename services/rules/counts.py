"""Counts that are shown, and those too small to be: one alone must not be found by subtraction (RM74, W11)."""

from collections.abc import Mapping


def shown(counts: Mapping[str, int], least: int) -> dict[str, int | None]:
    """The counts of one whole that is told apart by kind; `None` for one under `least`.

    None at all is shown as none. Where exactly one is hidden, the total would give it away, and where two are that
    come to two, each is one: the next smallest is hidden with them, until together they are enough.
    """
    small = {name for name, count in counts.items() if 0 < count < least}
    others = sorted((count, name) for name, count in counts.items() if name not in small and count)
    while small and others and (len(small) == 1 or sum(counts[name] for name in small) < least):
        small.add(others.pop(0)[1])
    return {name: None if name in small else count for name, count in counts.items()}


def one(count: int, least: int) -> int | None:
    """A count that stands by itself; `None` where it is too small to be shown."""
    return None if 0 < count < least else count
