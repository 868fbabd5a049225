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

# What the mentor of a case does; the plan, the sessions and the end are asked for elsewhere.
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
    for kind in STEPS:
        yield from _of_kind(ctx, kind)


def cases_to_allocate(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Cases that are nobody's."""
    yield from _of_kind(ctx, "allocate")


def _of_kind(ctx: Context, kind: str) -> Iterator[Due]:
    waiting = [
        (entry, wait) for entry in cases.listed(ctx, waits=kind) for wait in entry.waits if wait.kind == kind
    ]
    if access.may(ctx, "cases.allocate") and len(waiting) > FEW:
        yield _together(kind, waiting)
        return
    for entry, wait in waiting:
        yield _one(entry, wait)


def _one(entry: Entry, wait: Wait) -> Due:
    about, params = Message(entry.mentee), {"id": entry.case.id}
    return Due(wait.kind, Message(wait.title), about, wait.on, "case", Message(N_("Open")), params)


def _together(kind: str, waiting: Sequence[tuple[Entry, Wait]]) -> Due:
    about = message(N_("{count} case"), N_("{count} cases"), len(waiting))
    on = min((wait.on for _, wait in waiting if wait.on), default=None)
    return Due(kind, Message(TITLES[kind]), about, on, "cases", Message(N_("See")), {"waits": kind})
