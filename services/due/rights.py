"""What people ask about their data, by the day the law wants an answer (X6, X10)."""

from collections.abc import Iterator

from schemas.requests import RequestStatus
from schemas.words import N_, Message, message
from services import people, requests
from services.context import Context
from services.due.item import Due
from services.records import Rows


def requests_to_answer(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Each open request; an erasure that I proposed waits for somebody else, and is due all the same."""
    for row in requests.open_ones(ctx):
        waits = row["status"] == RequestStatus.PROPOSED
        is_mine = waits and people.is_same_human(ctx, row["proposed_by"], ctx.actor.id)
        yield Due(
            "request",
            Message(N_("Confirm an erasure") if waits and not is_mine else N_("Answer a request about data")),
            message(N_("{kind}, received on {day}"), kind=Message(row["kind"]), day=row["received_on"]),
            row["due_on"],
            "requests",
            Message(N_("Look")),
            {"id": row.id},
        )
