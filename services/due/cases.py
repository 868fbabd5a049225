"""What waits on the way from a referral to the start, and to tell of it (D1 to D7, D21, X10).

A mentor has one line for each mentee; whoever sees everybody's cases has one line for each kind of step, with the way
to the list of those that wait.
"""

from collections.abc import Iterator, Sequence

from schemas.words import N_, Message, message
from services import access, cases
from services.cases import Entry
from services.context import Context
from services.due.item import Due
from services.records import Rows
from services.waits import TITLES, Wait

# What the mentor of a case does on the way to the start; `endings` asks for what follows it.
STEPS = (
    "book",
    "meet",
    "consent",
    "interview",
    "referrer",
    "contact",
    "encourage",
    "nino",
    "survey",
    "return-survey",
)
FEW = 3


def steps_to_take(ctx: Context, rows: Rows) -> Iterator[Due]:
    """The steps of one's cases that are due, by kind."""
    yield from of_kinds(ctx, STEPS)


def cases_to_allocate(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Cases that are nobody's."""
    yield from of_kinds(ctx, ("allocate",))


def of_kinds(ctx: Context, kinds: Sequence[str]) -> Iterator[Due]:
    """What waits in these kinds, each kind together for whoever sees everybody's cases and has many."""
    waiting: dict[str, list[tuple[Entry, Wait]]] = {kind: [] for kind in kinds}
    for entry in cases.listed(ctx):
        for wait in entry.waits:
            if wait.kind in waiting:
                waiting[wait.kind].append((entry, wait))
    for kind, found in waiting.items():
        if access.may(ctx, "cases.allocate") and len(found) > FEW:
            yield _together(kind, found)
        else:
            yield from (_one(entry, wait) for entry, wait in found)


def _one(entry: Entry, wait: Wait) -> Due:
    about, params = Message(entry.mentee), {"id": entry.case.id}
    return Due(wait.kind, Message(wait.title), about, wait.on, "case", Message(N_("Open")), params)


def _together(kind: str, waiting: Sequence[tuple[Entry, Wait]]) -> Due:
    about = message(N_("{count} case"), N_("{count} cases"), len(waiting))
    on = min((wait.on for _, wait in waiting if wait.on), default=None)
    return Due(kind, Message(TITLES[kind]), about, on, "cases", Message(N_("See")), {"waits": kind})
