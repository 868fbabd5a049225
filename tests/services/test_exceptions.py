"""Small teams: who may approve and issue, by name, each use listed (X15, RM83)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.column import Role
from schemas.errors import InvalidEntry, NotAllowed, NotYet, StaleRow
from schemas.organisations import Organisations
from schemas.people import Exceptions, People
from schemas.work import Sessions, Timesheets
from services import exceptions, invoices, people, records
from services.records import New
from services.rules import periods
from services.store.interface import Needs
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, EVAN, FINN, MAIR, MARC, as_, on, op
from tests.services.staff import (
    GETHIN_ID,
    GROUP_ID,
    LATER,
    TODAY,
    assigned,
    made,
    nothing_written,
    put,
    row_of,
    rows_of,
    staffed,
)

WHY = "Ffion is away until December"


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return staffed(tmp_path)


def test_an_administrator_allows_one_person_by_name(workbook: Workbook) -> None:
    """RM83."""
    assert not people.may_hold_both(as_(FINN, workbook))
    key, ctx = op(), as_(ADA, workbook)
    receipt = exceptions.allow(ctx, key, FINN.id, WHY)
    assert exceptions.allow(ctx, key, FINN.id, WHY).repeated
    assert made(workbook, receipt, Exceptions)["allowed_by"] == ADA.id
    assert people.may_hold_both(as_(FINN, workbook))
    assert not people.may_hold_both(as_(ANGHARAD, workbook))
    assert len(rows_of(workbook, Exceptions)) == 1


@pytest.mark.parametrize("actor", [ANGHARAD, MARC, MAIR, FINN, EVAN])
def test_nobody_else_allows_or_lists(workbook: Workbook, actor: object) -> None:
    ctx = as_(actor, workbook)  # type: ignore[arg-type]
    with nothing_written(workbook, NotAllowed):
        exceptions.allow(ctx, op(), FINN.id, WHY)
    with pytest.raises(NotAllowed):
        exceptions.listed(ctx)


def test_it_needs_a_reason_a_person_and_days_in_order_and_is_never_for_oneself(workbook: Workbook) -> None:
    ctx = as_(ADA, workbook)
    with nothing_written(workbook, InvalidEntry):
        exceptions.allow(ctx, op(), FINN.id, " ")
    with nothing_written(workbook, InvalidEntry):
        exceptions.allow(ctx, op(), FINN.id, WHY, TODAY, date(2026, 10, 4))
    with nothing_written(workbook, NotAllowed):
        exceptions.allow(ctx, op(), "PER-NOBODY", WHY)
    with nothing_written(workbook, NotYet):
        exceptions.allow(ctx, op(), ADA.id, WHY)


def test_it_ends_on_its_day_and_not_later_than_it_would(workbook: Workbook) -> None:
    ctx = as_(ADA, workbook)
    shown = made(workbook, exceptions.allow(ctx, op(), FINN.id, WHY, TODAY, date(2026, 12, 1)), Exceptions)
    with nothing_written(workbook, InvalidEntry):
        exceptions.end(ctx, op(), shown, date(2027, 12, 1))
    exceptions.end(ctx, op(), shown, TODAY)
    assert people.may_hold_both(as_(FINN, workbook))
    assert not people.may_hold_both(on(as_(FINN, workbook), LATER))
    with nothing_written(workbook, StaleRow):
        exceptions.end(ctx, op(), shown, date(2026, 10, 2))
    with nothing_written(workbook, NotAllowed):
        exceptions.end(as_(ANGHARAD, workbook), op(), row_of(workbook, Exceptions, shown.id), TODAY)


def test_an_insurance_gap_is_not_the_administrators_to_end(workbook: Workbook) -> None:
    gap = {"kind": "pay for work in an insurance gap", "mentor": "MEN-GETHIN", "reason": "x"}
    shown = put(workbook, Exceptions, "EXC-GAPGAP", **gap)
    with nothing_written(workbook, NotAllowed):
        exceptions.end(as_(ADA, workbook), op(), shown, TODAY)
    assert exceptions.listed(as_(ADA, workbook)) == []


def test_each_use_is_listed_from_the_audit_once(workbook: Workbook) -> None:
    ada, marc = as_(ADA, workbook), as_(MARC, workbook)
    exceptions.allow(ada, op(), MARC.id, WHY)
    why = exceptions.note(marc, [None, MARC.id])
    assert why.endswith(WHY)
    both = [
        New(Organisations, {"name": name, "kind": "local service", "status": "active"}) for name in ("A", "B")
    ]
    records.commit(marc, op(), "organisations.edit", [], Needs(), lambda fresh: both, why)
    (allowed,) = exceptions.listed(ada)
    assert (allowed.person, allowed.in_force) == ("Marc Sayce", True)
    assert [(use.who, use.action) for use in allowed.uses] == [("Marc Sayce", "organisations.edit")]


def test_nothing_is_noted_where_somebody_else_approved_or_nothing_allows_it(workbook: Workbook) -> None:
    assert exceptions.note(as_(FINN, workbook), [FINN.id]) == ""
    exceptions.allow(as_(ADA, workbook), op(), FINN.id, WHY)
    assert exceptions.note(as_(FINN, workbook), [ANGHARAD.id]) == ""
    assert exceptions.note(as_(ANGHARAD, workbook), [ANGHARAD.id]) == ""
    assert exceptions.note(as_(FINN, workbook), [FINN.id]).startswith("EXC-")


def _approved_by_angharad(workbook: Workbook) -> None:
    """A day of Gethin's, its record accepted, that waits for its letter."""
    assigned(workbook)
    session = {"mentor": GETHIN_ID, "assignment": "ASG-GETHIN", "mentee": GROUP_ID, "status": "accepted"}
    put(workbook, Sessions, "SES-AAAAAA", held_on=date(2026, 9, 20), **session)
    put(
        workbook,
        Timesheets,
        "TIM-AAAAAA",
        mentor=GETHIN_ID,
        assignment="ASG-GETHIN",
        session="SES-AAAAAA",
        worked_on=date(2026, 9, 20),
        hours=Decimal(7),
        is_chargeable=True,
        status="approved",
        decided_by=ANGHARAD.id,
        decided_on=date(2026, 9, 30),
        terms="direct",
        day_rate_pounds=Decimal(250),
        hours_per_day=Decimal(7),
    )


def test_issuing_what_one_approved_is_refused_then_allowed_by_name_and_listed(workbook: Workbook) -> None:
    """X15: Angharad keeps the books too, under a second row of the same address."""
    _approved_by_angharad(workbook)
    both = {"name": ANGHARAD.name, "email": ANGHARAD.email, "role": "Finance", "status": "active"}
    put(workbook, People, "PER-ANGFIN", **both)
    ctx = as_(replace(ANGHARAD, id="PER-ANGFIN", role=Role.FINANCE), workbook)
    with nothing_written(workbook, NotYet):
        invoices.issue(ctx, op(), periods.quarter(2026, 3), Decimal("250.00"))
    ada = as_(ADA, workbook)
    exceptions.allow(ada, op(), ANGHARAD.id, WHY)
    invoices.issue(ctx, op(), periods.quarter(2026, 3), Decimal("250.00"))
    (allowed,) = exceptions.listed(ada)
    assert [(use.who, use.action) for use in allowed.uses] == [("Angharad Puw", "invoices.issue")]
