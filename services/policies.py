"""The policies that a mentor has acknowledged, each on a day (W7)."""

from datetime import date

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry
from schemas.mentors import CheckKind, Checks, Mentors
from schemas.words import N_, Message
from services import access, records, steps
from services.context import Context
from services.programmes import Programme
from services.records import FreshRows, Intent, New, Reader
from services.store.interface import Needs, Receipt

OWN, RECORD = "own.policies", "checks.record"


def acknowledged(rows: Reader, mentor: str) -> dict[str, date]:
    """Policy to the first day on which a mentor acknowledged it; the rows hold Checks."""
    found: dict[str, date] = {}
    for row in rows.where(Checks, "mentor", mentor):
        if row["kind"] == CheckKind.POLICY and row["reference"] and row["from_on"]:
            found[row["reference"]] = min(found.get(row["reference"], row["from_on"]), row["from_on"])
    return found


def unread(programme: Programme, rows: Reader, mentor: str, day: date) -> tuple[str, ...]:
    """The programme's policies that a mentor has not acknowledged by a day, in the programme's order."""
    known = acknowledged(rows, mentor)
    return tuple(
        each for each in programme.choices("policies") if known.get(each) is None or known[each] > day
    )


def own_unread(ctx: Context) -> tuple[str, ...]:
    """What one has not acknowledged oneself yet."""
    access.require(ctx, OWN)
    return unread(ctx.programme, records.view(ctx), ctx.actor.mentor, ctx.today)


def acknowledge(
    ctx: Context, op_id: str, policy: str, mentor: Row | None = None, on: date | None = None
) -> Receipt:
    """Acknowledge a policy oneself, or record that a mentor did it on paper; once is enough."""
    right, whose = (RECORD, mentor.id) if mentor else (OWN, ctx.actor.mentor)
    day = on or ctx.today
    steps.not_ahead(ctx, Checks, "from_on", day)
    if policy not in ctx.programme.choices("policies"):
        words = Message(N_("is not one of the programme's policies. Choose it from the list."))
        raise InvalidEntry([Checks.columns["reference"].problem(words)])

    def decide(fresh: FreshRows) -> list[Intent]:
        fresh.get(Mentors, whose)
        if policy in acknowledged(fresh, whose):
            return []
        seen = {"seen_by": ctx.actor.name, "seen_on": ctx.today} if mentor else {}
        values = {"kind": CheckKind.POLICY, "mentor": whose, "reference": policy, "from_on": day, **seen}
        return [New(Checks, values, new_id(Checks.prefix))]

    needs = Needs(rows=((Mentors.tab, whose),), where=((Checks.tab, "mentor", whose),))
    return records.commit(ctx, op_id, right, [policy, whose, day], needs, decide)
