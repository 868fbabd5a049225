"""Support and supervision of mentors, in a group or alone, by staff (W6).

A young co-ordinator plans and pairs, and neither writes nor reads supervision: `access.OF_STAFF` refuses it where
People says that somebody is one. The notes are sealed; each view is logged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from schemas.column import Row, new_id
from schemas.mentors import Mentors, MentorStatus
from schemas.work import Development, DevelopmentKind
from services import access, courses, records, steps
from services.context import Context
from services.records import FreshRows, Intent, New, Values
from services.store.interface import Needs, Receipt

ACTION = "supervision.write"
FIELDS = ("held_on", "title", "notes")


@dataclass(frozen=True)
class Supervised:
    """A mentor, the last time, and by when the next is due; `None` where the programme names no number of days."""

    mentor: Row
    last_on: date | None
    due_on: date | None


def listed(ctx: Context) -> list[Row]:
    """Every supervision, the newest first; for staff alone."""
    access.require(ctx, ACTION)
    found = [row for row in records.view(ctx).all(Development) if row["kind"] == DevelopmentKind.SUPERVISION]
    return sorted(found, key=lambda row: (row["held_on"], row.id), reverse=True)


def mentors(ctx: Context) -> list[Supervised]:
    """Everybody in the register by when their next supervision is due."""
    access.require(ctx, ACTION)
    rows, days = records.view(ctx), courses.terms(ctx.programme).supervision_days
    found = []
    for row in rows.where(Mentors, "status", MentorStatus.APPROVED):
        held = [
            each["held_on"]
            for each in rows.where(Development, "mentor", row.id)
            if each["kind"] == DevelopmentKind.SUPERVISION
        ]
        last = max(held, default=None)
        begun = last or row["recruited_on"] or ctx.today
        found.append(Supervised(row, last, begun + timedelta(days=days) if days else None))
    return sorted(found, key=lambda each: (each.due_on or date.max, each.mentor["name"].casefold()))


def record(ctx: Context, op_id: str, values: Values, who: Sequence[str]) -> Receipt:
    """Record a supervision for everybody who was there; the same notes stand with each, sealed."""
    typed = steps.only(ctx, ACTION, values, FIELDS)
    steps.needed(Development, {**typed, "mentor": "; ".join(who)}, "held_on", "title", "mentor")
    steps.not_ahead(ctx, Development, "held_on", typed["held_on"])
    common = {**typed, "kind": DevelopmentKind.SUPERVISION, "is_chargeable": False}

    def decide(fresh: FreshRows) -> list[Intent]:
        return [
            New(Development, {**common, "mentor": fresh.get(Mentors, each).id}, new_id(Development.prefix))
            for each in who
        ]

    needs = Needs(rows=tuple((Mentors.tab, each) for each in who))
    return records.commit(ctx, op_id, ACTION, [typed, list(who)], needs, decide)


def notes(ctx: Context, id_: str) -> str:
    """What was said in a supervision; for staff alone, and the view is logged by id."""
    access.require(ctx, ACTION)
    row = records.view(ctx).get(Development, id_)
    return records.unseal(ctx, row, "notes", ACTION)
