"""How a mentor is engaged from a day on: direct or hosted; the day worked decides rate and payee (S19)."""

from datetime import date

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry
from schemas.mentors import Engagements, Mentors, Terms
from schemas.organisations import OrganisationKind, Organisations
from schemas.words import N_, Message
from services import records, steps
from services.context import Context
from services.records import FreshRows, Intent, New, Reader, Values
from services.store.interface import Needs, Receipt

ACTION = "mentors.edit"
ACCEPTED = frozenset({"contract_version", "annex_version", "accepted_on"})
TYPED = ACCEPTED | {"from_on", "terms", "host"}
NOT_OWN = Message(N_("Nobody decides their own terms."))


def engagement_on(rows: Reader, mentor: str, day: date) -> Row | None:
    """The engagement in force on a day: the newest that had started; a blank start is "from the beginning".

    Of two that start on one day the later row counts, so a correction replaces what it corrects.
    """
    started = [
        row
        for row in rows.where(Engagements, "mentor", mentor)
        if row["from_on"] is None or row["from_on"] <= day
    ]
    return sorted(started, key=_start)[-1] if started else None


def _start(row: Row) -> date:
    return row["from_on"] or date.min


def engage(ctx: Context, op_id: str, mentor: str, values: Values) -> Receipt:
    """Engage a mentor from a day on, direct or hosted; what was worked before keeps its own terms (S19)."""
    typed = steps.only(ctx, ACTION, values, TYPED)
    id_ = new_id(Engagements.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.not_own(ctx, ACTION, mentor, NOT_OWN)
        fresh.get(Mentors, mentor)
        _one_a_day(fresh, mentor, typed.get("from_on"))
        host_fits(fresh, typed)
        return [New(Engagements, {**typed, "mentor": mentor}, id_)]

    needs = Needs(
        rows=((Mentors.tab, mentor), (Organisations.tab, typed.get("host") or "")),
        where=((Engagements.tab, "mentor", mentor),),
    )
    return records.commit(ctx, op_id, ACTION, [mentor, typed], needs, decide)


def accept(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Record which contract and annex version was accepted, and when (S19)."""
    return steps.edit(ctx, op_id, ACTION, Engagements, shown, values, ACCEPTED)


def host_fits(rows: Reader, values: Values) -> None:
    """A hosted mentor has a host that may be one; a direct mentor has none (S1)."""
    host = rows.find(Organisations, values.get("host")) if values.get("host") else None
    column = Engagements.columns["host"]
    if values.get("terms") == Terms.DIRECT and values.get("host"):
        raise InvalidEntry([column.problem(Message(N_("must be blank for a mentor contracted directly.")))])
    if host is not None and (host["kind"] != OrganisationKind.HOST or host["not_for_profit"] is False):
        raise InvalidEntry(
            [column.problem(Message(N_("must be a host organisation that is not for private profit.")))]
        )


def _one_a_day(rows: Reader, mentor: str, from_on: date | None) -> None:
    if any(row["from_on"] == from_on for row in rows.where(Engagements, "mentor", mentor)):
        words = Message(N_("is taken: the mentor already has an engagement from then. Choose another day."))
        raise InvalidEntry([Engagements.columns["from_on"].problem(words)])
