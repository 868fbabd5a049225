"""Safeguarding concerns: at once to the named lead and the deputy, and to no one else (D30, W10).

The duty stands in People and goes with no role. Whoever raised a concern sees that it arrived and when, never its
words again; nothing deletes one (RM80, RM81), and it is in no figure, file, bundle or history of anybody else:
`access.APART` is asked wherever rows leave by another way than `services.reading`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schemas.cases import Concerns, ConcernStatus
from schemas.column import Row, new_id
from schemas.people import Duty, People, PersonStatus
from services import access, history, records, repairs, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New
from services.store.interface import Needs, Receipt

RAISE, SEE, HANDLE = "concerns.raise", "concerns.see", "concerns.handle"
RAISED = ("about", "words", "is_urgent")
CLOSING = ("actions", "closed_on")
SEALED = ("about", "words", "actions")
# The part of a programme that has the route at all.
PART = "concerns"


@dataclass(frozen=True)
class Holder:
    """Who holds the duty: lead or deputy, and how to reach them."""

    duty: str
    name: str
    email: str


def holders(ctx: Context) -> list[Holder]:
    """The lead, then the deputy, for everybody to know whom to turn to; empty where nobody is named."""
    access.require(ctx, SEE)
    order = list(Duty)
    active = records.ground(ctx).where(People, "status", PersonStatus.ACTIVE)
    found = [row for row in active if row["duty"]]
    found.sort(key=lambda row: order.index(Duty(row["duty"])))
    return [Holder(row["duty"], row["name"], row["email"]) for row in found]


def raise_one(ctx: Context, op_id: str, values: Mapping[str, Any]) -> Receipt:
    """Send a concern to the lead and the deputy; it is kept even while nobody holds the duty."""
    typed = steps.only(ctx, RAISE, values, RAISED)
    steps.needed(Concerns, typed, "words")
    row = {
        **typed,
        "raised_by": ctx.actor.id,
        "raised_at": ctx.now,
        "status": ConcernStatus.RAISED,
    }
    new = New(Concerns, row, new_id(Concerns.prefix))
    return records.commit(ctx, op_id, RAISE, typed, Needs(), lambda fresh: [new])


def mine(ctx: Context) -> list[Row]:
    """The concerns that one raised oneself, the newest first: each with its number and when it arrived, no more."""
    access.require(ctx, SEE)
    own = (row for row in records.view(ctx).all(Concerns) if row["raised_by"] == ctx.actor.id)
    return sorted(own, key=lambda row: (row["raised_at"], row.id), reverse=True)


def listed(ctx: Context) -> list[Row]:
    """Every concern, open ones first, the newest first; for the lead and the deputy alone."""
    _on_duty(ctx)
    rows = sorted(records.view(ctx).all(Concerns), key=lambda row: (row["raised_at"], row.id), reverse=True)
    return sorted(rows, key=lambda row: row["status"] == ConcernStatus.CLOSED)


def unreadable(ctx: Context) -> int:
    """How many concerns have a wrong cell and so are in no list: the lead must know that they are there."""
    _on_duty(ctx)
    wrong = ctx.workbook.table(Concerns.tab).wrong
    raw = ctx.workbook.store.read(Concerns.tab).rows[Concerns.tab] if wrong else ()
    return sum(cells["_id"] in wrong and repairs.is_here(ctx, cells) for cells in raw)


def opened(ctx: Context, shown: Row) -> dict[str, str]:
    """Whom it is about, what worries them and what was done, in plain text; the view is logged by id."""
    _on_duty(ctx)
    row = records.view(ctx).get(Concerns, shown.id)
    return {name: records.opened(ctx, row, name) for name in SEALED}


def raised_by(ctx: Context, row: Row) -> str:
    """The name of whoever raised it."""
    _on_duty(ctx)
    return history.person_name(ctx, row["raised_by"])


def take_up(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """The lead or the deputy has it in hand; a closed one is taken up again."""
    values = {
        "status": ConcernStatus.TAKEN_UP,
        "taken_up_by": ctx.actor.name,
        "taken_up_on": ctx.today,
        "closed_on": None,
    }
    return _moved(ctx, op_id, shown, values, ConcernStatus.RAISED, ConcernStatus.CLOSED)


def close(ctx: Context, op_id: str, shown: Row, values: Mapping[str, Any]) -> Receipt:
    """Note what was done; the row stays for good."""
    typed = steps.only(ctx, HANDLE, values, CLOSING)
    steps.needed(Concerns, typed, *CLOSING)
    steps.not_ahead(ctx, Concerns, "closed_on", typed["closed_on"])
    return _moved(ctx, op_id, shown, {**typed, "status": ConcernStatus.CLOSED}, ConcernStatus.TAKEN_UP)


def _moved(ctx: Context, op_id: str, shown: Row, values: Mapping[str, Any], *begins: str) -> Receipt:
    _on_duty(ctx)

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Concerns, shown.id), *begins)
        return [Edit(Concerns, shown.id, values, shown=shown)]

    needs = Needs(rows=((Concerns.tab, shown.id),))
    return records.commit(ctx, op_id, HANDLE, [shown.id, dict(values)], needs, decide)


def _on_duty(ctx: Context) -> None:
    if not ctx.actor.is_safeguarding:
        access.refuse(ctx, HANDLE)
