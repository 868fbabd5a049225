"""One server process of the model: the real store over a connection that plays back what was answered so far.

A generator can't be copied, so a process is what it was answered: the same answers give the same next call. Each
list of answers is played once, and remembered.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from schemas.errors import OurError, UnknownOutcome
from services.store.interface import Receipt, Tab
from services.store.sheets import store as store_module
from services.store.sheets import troubles
from services.store.sheets.asks import Lost, Refused, Unreachable
from services.store.sheets.memory import Edit, Memory
from services.store.sheets.ready import Found
from services.store.sheets.store import SheetsStore

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MOST_ANSWERS = 120


class Paused(BaseException):
    """The process waits for the answer to this call."""

    def __init__(self, call: "Call") -> None:
        self.call = call


@dataclass(frozen=True, eq=False)
class Call:
    """What a process asks of the spreadsheet: `describe`, `values` or `batch`."""

    kind: str
    ranges: tuple[str, ...] = ()
    requests: Sequence[Mapping[str, Any]] = ()


FAILURES: Mapping[str, Callable[[], Exception]] = {
    "lost": Lost,
    "ticket refused": lambda: Refused(is_ticket=True),
    "refused": lambda: Refused(is_ticket=False),
    "down": lambda: Unreachable(troubles.slow()),
}


@dataclass
class Played:
    """A `Connection` without a network."""

    answers: Sequence[Any]
    given: int = 0

    def describe(self, *more: str) -> Any:
        """Its tabs."""
        return self._answer(Call("describe"))

    def values(self, ranges: Sequence[str], *, formulas: bool = False) -> Any:
        """Cells of several ranges."""
        return self._answer(Call("values", tuple(ranges)))

    def batch(self, requests_: Sequence[Mapping[str, Any]], ranges: Sequence[str] = ()) -> Any:
        """All or nothing."""
        return self._answer(Call("batch", tuple(ranges), tuple(requests_)))

    def _answer(self, call: Call) -> Any:
        if self.given == len(self.answers):
            raise Paused(call)
        self.given += 1
        answer = self.answers[self.given - 1]
        if isinstance(answer, str):
            raise FAILURES[answer]()
        return answer


@dataclass(frozen=True)
class Outcome:
    """How one step of a process ended for the person who waits: saved, refused, unknown or crashed."""

    word: str
    receipt: Receipt | None = None
    error: BaseException | None = None


@dataclass(frozen=True, eq=False)
class State:
    """Where a process stands: the call that it waits for, or the outcomes of all its steps."""

    number: int
    answers: tuple[Any, ...]
    call: Call | None = None
    outcomes: tuple[Outcome, ...] = ()
    edits: tuple[Edit, ...] = ()
    memory: Memory | None = None


Step = Callable[[SheetsStore], Any]


@dataclass
class Process:
    """A program of steps, and every state that it was ever found in."""

    name: str
    steps: tuple[Step, ...]
    tabs: Sequence[Tab]
    found: Found
    states: list[State] = field(default_factory=list)
    _next: dict[tuple[int, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.states.append(self._play(0, ()))

    def answered(self, number: int, answer: Any, key: str) -> int:
        """The state that an answer leads to; `key` is the same for the same answer."""
        if (number, key) not in self._next:
            answers = (*self.states[number].answers, answer)
            if len(answers) > MOST_ANSWERS:
                raise AssertionError(f"{self.name} never ends")
            self.states.append(self._play(len(self.states), answers))
            self._next[(number, key)] = len(self.states) - 1
        return self._next[(number, key)]

    def _play(self, number: int, answers: tuple[Any, ...]) -> State:
        played = Played(answers)
        store = SheetsStore(played, lambda: AT, fresh_seconds=1e9)  # type: ignore[arg-type]
        store.tabs = {tab.name: tab for tab in self.tabs}
        store.found, store.memory.book = self.found, self.found.book
        outcomes = []
        try:
            for step in self.steps:
                outcomes.append(_outcome(step, store))
        except Paused as paused:
            return State(number, answers, paused.call, tuple(outcomes))
        return State(number, answers, None, tuple(outcomes), tuple(store.memory.edits), store.memory)


def _outcome(step: Step, store: SheetsStore) -> Outcome:
    try:
        made = step(store)
    except UnknownOutcome as error:
        return Outcome("unknown", error=error)
    except OurError as error:
        return Outcome("refused", error=error)
    except (AssertionError, LookupError, ValueError, TypeError, AttributeError) as error:
        return Outcome("crashed", error=error)
    if isinstance(made, Receipt):
        return Outcome("saved", made)
    return Outcome("seen")


def no_rest(monkeypatch: Any) -> None:
    """Waiting takes no time in the model: anything may happen in between anyway."""
    monkeypatch.setattr(store_module, "rest", lambda seconds: None)
