"""Small teams: who may approve and issue, by name, each use listed (X15, RM83)."""

from datetime import date
from pathlib import Path

import pytest

from schemas.errors import InvalidEntry, NotAllowed, NotYet, StaleRow
from schemas.organisations import Organisations
from schemas.people import Exceptions
from services import exceptions, people, records
from services.records import New
from services.store.interface import Needs
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, EVAN, FINN, MAIR, MARC, as_, on, op
from tests.services.staff import LATER, TODAY, made, nothing_written, put, row_of, rows_of, staffed

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
