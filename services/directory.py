"""The directory of local services: who helps with what, and where; kept by mentors and staff alike (D31, 2.15)."""

from collections import Counter
from collections.abc import Iterable

from schemas.cases import Outcomes
from schemas.column import Row, new_id
from schemas.organisations import OrganisationKind, Organisations, OrganisationStatus
from services import access, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Values
from services.store.interface import Needs, Receipt

TYPED = frozenset({"name", "area", "service", "email", "phone", "address", "notes"})


def listed(ctx: Context, *, area: str = "", service: str = "", closed: bool = False) -> list[Row]:
    """The local services of an area and kind, by name; a blank one takes all."""
    access.require(ctx, "services.see")
    found = [
        row
        for row in records.view(ctx).where(Organisations, "kind", OrganisationKind.SERVICE)
        if (row["status"] == OrganisationStatus.ACTIVE or closed)
        and row["area"] == (area or row["area"])
        and row["service"] == (service or row["service"])
    ]
    return sorted(found, key=lambda row: (row["name"].casefold(), row.id))


def counts(rows: Iterable[Row]) -> dict[str, int]:
    """How many there are for each need."""
    return dict(Counter(str(row["service"] or "") for row in rows))


def bookings(ctx: Context, service: str) -> list[Row]:
    """The mentees one sees who were sent on to a service, the newest first."""
    access.require(ctx, "services.see")
    found = records.view(ctx).where(Outcomes, "organisation", service)
    return sorted(found, key=lambda row: (row["reached_on"], row.id), reverse=True)


def add(ctx: Context, op_id: str, values: Values) -> Receipt:
    """Take a service into the directory."""
    typed = steps.only(ctx, "services.edit", values, TYPED)
    steps.needed(Organisations, typed, "name", "service")
    row = {**typed, "kind": OrganisationKind.SERVICE, "status": OrganisationStatus.ACTIVE}
    new = New(Organisations, row, new_id(Organisations.prefix))
    return records.commit(ctx, op_id, "services.edit", typed, Needs(), lambda fresh: [new])


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change what stands there of a service, or close it."""
    typed = steps.only(ctx, "services.edit", values, TYPED | {"status"})

    def decide(fresh: FreshRows) -> list[Intent]:
        if fresh.get(Organisations, shown.id)["kind"] != OrganisationKind.SERVICE:
            access.refuse(ctx, "services.edit", shown.id)
        return [Edit(Organisations, shown.id, typed, shown=shown)]

    needs = Needs(rows=((Organisations.tab, shown.id),))
    return records.commit(ctx, op_id, "services.edit", [shown.id, typed], needs, decide)
