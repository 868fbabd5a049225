"""Cases: the list with what is late, and everything of one case; each mentor sees the own ones only (D5, 3.6).

The steps of a case are elsewhere: `referrals` (logged, booked, met), `interviews` (the start), `allocations`
(whose case it is), `support` (consent and those who withdrew it).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from schemas.cases import Cases, Interviews
from schemas.column import Row
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.words import Message
from services import access, journeys, records, screening, waits
from services.context import Context
from services.journeys import Journey
from services.rules.levels import Facts, State, Step
from services.stages import OPEN, Stage, is_open, stage
from services.waits import Wait

__all__ = ["OPEN", "Card", "Entry", "Stage", "card", "counts", "is_open", "listed", "stage", "unsaid"]


@dataclass(frozen=True)
class Entry:
    """A case as the list shows it. `late` are the working days of its latest limit, nought where none is late."""

    case: Row
    mentee: str
    mentor: str
    stage: Stage
    journey: Journey
    late: int
    waits: tuple[Wait, ...] = ()

    @property
    def next(self) -> Wait | None:
        """The one next thing to do."""
        return self.waits[0] if self.waits else None


@dataclass(frozen=True)
class Card:
    """Everything that the pages of one case begin with. `mentor` and `mentee_name` are names.

    `mentee` is the person's own row; who declined the case is blank, whoever looks (D27). `warnings` say what a file
    or a hand in the sheet left otherwise than the rules have it (D2, D3).
    """

    case: Row
    mentee: Row
    mentee_name: str
    mentor: str
    stage: Stage
    journey: Journey
    interview: Row | None
    warnings: tuple[Message, ...] = ()
    waits: tuple[Wait, ...] = ()

    @property
    def facts(self) -> Facts:
        """The days that the limits are measured by."""
        return self.journey.facts

    @property
    def line(self) -> tuple[Step, ...]:
        """The whole journey: each limit and how it stands."""
        return self.journey.line

    @property
    def next(self) -> Wait | None:
        """The one next thing to do."""
        return self.waits[0] if self.waits else None

    @property
    def is_open(self) -> bool:
        """Whether something is still to come of it."""
        return self.stage in OPEN


def listed(
    ctx: Context,
    *,
    area: str = "",
    route: str = "",
    mentor: str = "",
    stage: str = "",
    waits: str = "",
    late: bool = False,
) -> list[Entry]:
    """The cases one may see, the latest first, then by the day the next thing is due; blank takes every one.

    `mentor` is an id, or "-" for the cases that have none; `stage` a `Stage`, or "open"; `waits` is a
    key of `waits.TITLES`.
    """
    access.require(ctx, "cases.see")
    found = [
        entry
        for entry in _entries(ctx)
        if entry.case["area"] == (area or entry.case["area"])
        and entry.case["route"] == (route or entry.case["route"])
        and (not mentor or (entry.case["mentor"] or "-") == mentor)
        and (not stage or entry.stage == stage or (stage == "open" and entry.stage in OPEN))
        and (not waits or waits in {wait.kind for wait in entry.waits})
        and (entry.late > 0 or not late)
    ]
    return sorted(found, key=_latest_first)


def counts(entries: Iterable[Entry]) -> dict[str, int]:
    """How many stand at each stage, how many are late, and how many are nobody's."""
    known = list(entries)
    open_ones = [entry for entry in known if entry.stage in OPEN]
    return dict(Counter(str(entry.stage) for entry in known)) | {
        "open": len(open_ones),
        "late": sum(entry.late > 0 for entry in known),
        "nobody": sum(not entry.case["mentor"] for entry in open_ones),
    }


def _entries(ctx: Context) -> list[Entry]:
    rows = records.view(ctx)
    return [
        Entry(
            unsaid(journey.case),
            mentee["name"],
            records.ground(ctx).name(Mentors, journey.case["mentor"]),
            stage(journey.case),
            journey,
            max((step.working_days for step in journey.line if step.state is State.LATE), default=0),
            waits.of_case(ctx, journey, mentee),
        )
        for journey in journeys.all_of(ctx).values()
        if (mentee := rows.find(Mentees, journey.case["mentee"])) is not None
    ]


def unsaid(case: Row) -> Row:
    """The case without who declined it: a mentee never learns it, nor the next mentor (D27)."""
    return Row(case, declined_by=None)


def _latest_first(entry: Entry) -> tuple[int, date, date, str]:
    due = (entry.next.on if entry.next else None) or date.max
    return -entry.late, due, entry.case["received_on"], entry.case.id


def card(ctx: Context, id_: str) -> Card:
    """Everything of one case that one may see (D5)."""
    access.require(ctx, "cases.see")
    rows = records.view(ctx)
    case = rows.get(Cases, id_)
    mentee = rows.get(Mentees, case["mentee"])
    held = sorted(rows.where(Interviews, "case", id_), key=lambda row: row["held_on"])
    case = unsaid(case)
    journey = journeys.of(ctx, case)
    return Card(
        case,
        mentee,
        mentee["name"],
        records.ground(ctx).name(Mentors, case["mentor"]),
        stage(case),
        journey,
        held[0] if held else None,
        screening.warnings(ctx.programme, case, mentee, ctx.today),
        waits.of_case(ctx, journey, mentee),
    )
