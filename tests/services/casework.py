"""What the tests of cases do again and again: a referral, a meeting, a start, as a co-ordinator would."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from schemas.cases import Cases
from schemas.column import Register, Row
from services import interviews, referrals
from services.context import Context
from services.store.interface import Receipt
from services.workbook import Workbook
from tests.cast import op
from tests.dwp import row_of

CUSTOMER = {
    "name": "Kit Marsh",
    "date_of_birth": date(1992, 7, 1),
    "phone": "07700 900321",
    "is_customer": True,
}
BY_JOBCENTRE = {
    "received_on": date(2024, 6, 10), "route": "Jobcentre Plus", "area": "9", "office": "Wrexham", "referred_by": "A. Coach",
}  # fmt: skip
BY_THIRD_PARTY = {
    "received_on": date(2024, 6, 10), "route": "Third party", "area": "9", "permission_on": date(2024, 6, 9),
}  # fmt: skip
MEETING: dict[str, Any] = {
    "met_on": date(2024, 6, 11), "booked_place": "Jobcentre Plus office", "told_voluntary": True, "told_data": True,
    "told_complaints": True, "has_dependency": True, "lives_in_area": True, "benefit": "Universal Credit",
}  # fmt: skip
INTERVIEW: dict[str, Any] = {
    "held_on": date(2024, 6, 12), "aspirations": "Kitchen work", "needs": "Somewhere to live", "addiction": "alcohol",
    "treatment": "not in treatment", "employment": "never worked", "told_complaints": True,
}  # fmt: skip
SESSION: dict[str, Any] = {
    "starts_at": time(11), "minutes": Decimal(60), "manner": "face to face", "place": "Approved place",
}  # fmt: skip


def made(workbook: Workbook, receipt: Receipt, register: type[Register]) -> Row:
    """The one row of that register that a commit wrote, as it stands."""
    (id_,) = [cells["_id"] for tab, cells in receipt.saved if tab == register.tab]
    return row_of(workbook, register, id_)


def referred(ctx: Context, who: dict[str, Any] | None = None, **came: Any) -> Row:
    """Log a referral."""
    receipt = referrals.refer(ctx, op(), {**CUSTOMER, **(who or {})}, {**BY_JOBCENTRE, **came})
    return made(ctx.workbook, receipt, Cases)


def met(ctx: Context, case: Row, person: dict[str, Any] | None = None, **others: Any) -> Row:
    """Hold the initial meeting."""
    referrals.meet(ctx, op(), case, {**MEETING, **others}, person)
    return row_of(ctx.workbook, Cases, case.id)


def started(
    ctx: Context, case: Row, session: dict[str, Any] | None = None, nino: str = "", **others: Any
) -> Row:
    """Hold the diagnostic interview."""
    held = {**SESSION, **(session or {})}
    interviews.start(ctx, op(), case, {**INTERVIEW, **others}, held, has_survey=True, nino=nino)
    return row_of(ctx.workbook, Cases, case.id)


@contextmanager
def nothing_written(workbook: Workbook, error: type[Exception], words: str = "") -> Iterator[None]:
    """The block stops with that error, in these words, and leaves the workbook as it was."""
    before = workbook.store.number()
    with pytest.raises(error) as caught:
        yield
    assert words in str(caught.value)
    assert workbook.store.number() == before
