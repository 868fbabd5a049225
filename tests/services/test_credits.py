"""Voiding a letter: a reason, a second person, a credit note, and the hours free again (S12, RM39, RM39b)."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.money import InvoiceLines, Invoices
from schemas.work import Timesheets
from services import credits, invoices, letters, runs
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, EVAN, FINN, GETHIN, MAIR, MARC, as_, op
from tests.services.letters import THIRD, approved, issued
from tests.services.staff import (
    MAIR_ID,
    OTHER_GROUP_ID,
    assigned,
    nothing_written,
    row_of,
    rows_of,
    staffed,
)
from tests.services.test_timesheets import MAIRS

D = Decimal
WHY = "The host was another"


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    made = staffed(tmp_path)
    assigned(made)
    assigned(made, MAIRS, MAIR_ID, OTHER_GROUP_ID)
    return made


def proposed(workbook: Workbook, letter: Any) -> Any:
    credits.propose(as_(FINN, workbook), op(), letter, WHY)
    (row,) = credits.waiting(as_(ANGHARAD, workbook))
    return row


def test_from_approval_to_payment_by_way_of_a_credit_note_every_penny_stays(workbook: Workbook) -> None:
    """S12: approve, issue, void, credit, issue again, pay; both papers are kept."""
    finance, manager = as_(FINN, workbook), as_(ANGHARAD, workbook)
    lines = [approved(workbook, on=date(2026, 9, day), hours="1.25") for day in (21, 22, 23)]
    (first,) = issued(workbook)
    assert first.total_pounds == D("133.93")
    credits.decide(manager, op(), proposed(workbook, first), confirm=True)
    voided, note = row_of(workbook, Invoices, first.id), rows_of(workbook, Invoices)[-1]
    assert (voided.status, voided.total_pounds) == ("credited", D("133.93"))
    assert (note.kind, note.total_pounds, note.credits, note.reason) == (
        "credit note",
        D("-133.93"),
        first.id,
        WHY,
    )
    assert {row_of(workbook, Timesheets, line.id).status for line in lines} == {"approved"}
    assert runs.preview(finance, THIRD).pounds == D("133.93")
    (second,) = issued(workbook)
    assert [row.number for row in (first, note, second)] == [f"SSW-2026-000{count}" for count in (1, 2, 3)]
    invoices.mark_paid(finance, op(), second, date(2026, 10, 5))
    assert {row_of(workbook, Timesheets, line.id).status for line in lines} == {"paid"}
    assert sum(row.total_pounds for row in rows_of(workbook, Invoices)) == D("133.93")
    assert sum(line.amount_pounds for line in rows_of(workbook, InvoiceLines)) == D("133.93")


def test_the_credit_note_prints_what_it_takes_back_and_why(workbook: Workbook) -> None:
    approved(workbook)
    (letter,) = issued(workbook)
    credits.decide(as_(ANGHARAD, workbook), op(), proposed(workbook, letter), confirm=True)
    note = rows_of(workbook, Invoices)[-1]
    paper = letters.paper(as_(FINN, workbook), note, "en")
    assert (paper.credited_number, paper.reason, paper.total) == (letter.number, WHY, "−£125.00")  # type: ignore[union-attr]
    assert letters.letter(as_(FINN, workbook), note.id).startswith(b"PK")


def test_the_second_confirmation_makes_no_second_note(workbook: Workbook) -> None:
    approved(workbook)
    (letter,) = issued(workbook)
    row, key, manager = proposed(workbook, letter), op(), as_(ANGHARAD, workbook)
    credits.decide(manager, key, row, confirm=True)
    assert credits.decide(manager, key, row, confirm=True).repeated
    with nothing_written(workbook, NotYet):
        credits.decide(manager, op(), row, confirm=True)
    assert len(rows_of(workbook, Invoices)) == 2


def test_a_refused_voiding_leaves_the_letter_as_it_is(workbook: Workbook) -> None:
    line = approved(workbook)
    (letter,) = issued(workbook)
    credits.decide(as_(ANGHARAD, workbook), op(), proposed(workbook, letter), confirm=False)
    assert row_of(workbook, Invoices, letter.id).status == "issued"
    assert row_of(workbook, Timesheets, line.id).status == "invoiced"
    assert credits.waiting(as_(ANGHARAD, workbook)) == []


def test_voiding_needs_a_reason_and_is_proposed_once(workbook: Workbook) -> None:
    approved(workbook)
    (letter,) = issued(workbook)
    with nothing_written(workbook, InvalidEntry):
        credits.propose(as_(FINN, workbook), op(), letter, " ")
    proposed(workbook, letter)
    with nothing_written(workbook, NotYet):
        credits.propose(as_(FINN, workbook), op(), letter, WHY)


def test_a_letter_paid_meanwhile_is_not_voided(workbook: Workbook) -> None:
    approved(workbook)
    (letter,) = issued(workbook)
    row = proposed(workbook, letter)
    invoices.mark_paid(as_(FINN, workbook), op(), letter, date(2026, 10, 5))
    with nothing_written(workbook, NotYet):
        credits.decide(as_(ANGHARAD, workbook), op(), row, confirm=True)


@pytest.mark.parametrize("actor", [FINN, MARC, GETHIN, MAIR, EVAN, ADA])
def test_only_the_programme_manager_confirms(workbook: Workbook, actor: Any) -> None:
    """RM39b."""
    approved(workbook)
    (letter,) = issued(workbook)
    row = proposed(workbook, letter)
    with nothing_written(workbook, NotAllowed):
        credits.decide(as_(actor, workbook), op(), row, confirm=True)


@pytest.mark.parametrize("actor", [ANGHARAD, MARC, GETHIN, EVAN, ADA])
def test_only_finance_proposes(workbook: Workbook, actor: Any) -> None:
    """RM39."""
    approved(workbook)
    (letter,) = issued(workbook)
    with nothing_written(workbook, NotAllowed):
        credits.propose(as_(actor, workbook), op(), letter, WHY)
