"""Consent at one choke point: whoever withdraws it is used nowhere, and is supported all the same (D3, X6).

`services.reading` and `services.gate` ask `withdrawn` for every row that anybody or any rule would read or write.
Past them go only `services.support`, which says a name and the next appointment to those who hold the support and
records consent itself. Erasure, requests and the history have doors of their own (services/traces).

Someone who is a customer rests on the department's official function, not on consent (2.28), and stays in use.
"""

from collections.abc import Iterable
from datetime import date

from schemas.column import Register, Row
from schemas.mentees import Mentees
from services.context import Context

NOBODY: frozenset[str] = frozenset()
# What may still write such a record: consent given again, a file of history brought in, one's own step taken back.
KEEPS = frozenset({"consent.record", "consent.support", "imports.bring", "changes.undo"})


def is_withdrawn(mentee: Row, on: date) -> bool:
    """Whether a person's records may no longer be used on a day: consent withdrawn, and no customer (2.25, 2.28)."""
    withdrawn_on = mentee["consent_withdrawn_on"]
    return withdrawn_on is not None and withdrawn_on <= on and mentee["is_customer"] is not True


def withdrawn(ctx: Context) -> frozenset[str]:
    """The ids of this programme's mentees whose records are used nowhere today."""
    if not ctx.programme.is_of_people:
        return NOBODY

    def noted() -> tuple[Row, ...]:
        rows = ctx.workbook.of(Mentees.tab, ctx.programme.code).values()
        return tuple(row for row in rows if row["consent_withdrawn_on"] is not None)

    rows = ctx.workbook.derived("consent withdrawn", (Mentees.tab,), ctx.programme.code, noted)
    return frozenset(row.id for row in rows if is_withdrawn(row, ctx.today))


def mentee_of(register: type[Register], row: Row) -> str | None:
    """Whose record a row is, where it is one person's."""
    return row.id if register is Mentees else row.get("mentee")


def usable(ctx: Context, register: type[Register], rows: Iterable[Row]) -> Iterable[Row]:
    """The rows without those of people who withdrew their consent."""
    if register is not Mentees and "mentee" not in register.columns:
        return rows
    gone = withdrawn(ctx)
    return [row for row in rows if mentee_of(register, row) not in gone] if gone else rows
