"""How the benchmarks time and print: median and 95th percentile in milliseconds."""

import os
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")


def timed(run: Callable[[], T]) -> tuple[float, T]:
    """Milliseconds and what came of it."""
    start = perf_counter()
    result = run()
    return (perf_counter() - start) * 1000, result


def times(run: Callable[[], object], count: int) -> list[float]:
    """`count` timings in milliseconds."""
    return sorted(timed(run)[0] for _ in range(count))


def spread(found: list[float]) -> str:
    """`12 ms (p95 15)`."""
    return f"{median(found):,.0f} ms (p95 {found[int(len(found) * 0.95) - 1]:,.0f})"


def say(what: str, figure: str, aim: str = "") -> None:
    """One row of the report, at once: Markdown, as the README shows it."""
    sys.stdout.write(f"| {what} | {figure} | {aim} |\n")
    sys.stdout.flush()


def head(title: str) -> None:
    """A heading of the report, with how busy the machine is: a figure under load is an upper bound."""
    busy = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    sys.stdout.write(f"\n| {title} ({busy}) | measured | aim |\n|---|---|---|\n")
