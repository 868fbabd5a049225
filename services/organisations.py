"""Hosts, referrers, partners and local services (S1, S3, S7)."""

from collections import Counter
from collections.abc import Iterable

from schemas.column import Row, new_id
from schemas.organisations import Organisations, OrganisationStatus
from services import access, records, steps
from services.context import Context
from services.records import New, Values
from services.store.interface import Needs, Receipt

TYPED = frozenset({"name", "kind", "not_for_profit", "email", "phone", "address", "notes"})


def listed(ctx: Context, *, kind: str = "", status: str = OrganisationStatus.ACTIVE) -> list[Row]:
    """The organisations of a kind, by name; a blank kind or status takes every one."""
    access.require(ctx, "organisations.edit")
    found = records.view(ctx).all(Organisations)
    kept = (row for row in found if row["kind"] == (kind or row["kind"]))
    return sorted(
        (row for row in kept if row["status"] == (status or row["status"])),
        key=lambda row: (row["name"].casefold(), row.id),
    )


def counts(rows: Iterable[Row]) -> dict[str, int]:
    """How many there are of each kind."""
    return dict(Counter(str(row["kind"]) for row in rows))


def add(ctx: Context, op_id: str, values: Values) -> Receipt:
    """Take up an organisation."""
    typed = steps.only(ctx, "organisations.edit", values, TYPED)
    row = New(Organisations, {**typed, "status": OrganisationStatus.ACTIVE}, new_id(Organisations.prefix))
    return records.commit(ctx, op_id, "organisations.edit", typed, Needs(), lambda fresh: [row])


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change an organisation's details, or close it; merged with what others changed meanwhile."""
    return steps.edit(ctx, op_id, "organisations.edit", Organisations, shown, values, TYPED | {"status"})
