"""The register as it is read: who acts next on each paper, and what a list of them comes to (S12)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.column import Row
from schemas.errors import NotAllowed
from schemas.words import say
from services import credits, invoices, ledger
from services.workbook import Workbook
from tests.cast import ANGHARAD, EVAN, FINN, GETHIN, MAIR, as_, op
from tests.services.letters import approved, issued
from tests.services.staff import MAIR_ID, OTHER_GROUP_ID, assigned, staffed
from tests.services.test_timesheets import MAIRS

D = Decimal
ON = date(2026, 10, 5)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    """A letter of Gethin's for £125.00 and one of Mair's host for £300.00."""
    made = staffed(tmp_path)
    assigned(made)
    assigned(made, MAIRS, MAIR_ID, OTHER_GROUP_ID)
    approved(made)
    approved(made, MAIR, hours="7", assignment=MAIRS)
    issued(made)
    return made


def waits(workbook: Workbook) -> list[str]:
    return [say(each.waits, "en") for each in ledger.listed(as_(FINN, workbook))]


def test_a_letter_waits_for_the_payee_then_for_finance_then_is_paid(workbook: Workbook) -> None:
    finance = as_(FINN, workbook)
    assert waits(workbook) == ["waiting for the payee to confirm"] * 2
    host = ledger.listed(finance)[0].row
    invoices.confirm(finance, op(), host, ON)
    assert waits(workbook)[0] == "waiting for Finance to pay it"
    invoices.mark_paid(finance, op(), ledger.listed(finance)[0].row, ON)
    assert waits(workbook)[0] == "paid on 5 October 2026"


def test_a_voiding_waits_for_the_manager_and_then_names_the_letter_it_takes_back(workbook: Workbook) -> None:
    finance, manager = as_(FINN, workbook), as_(ANGHARAD, workbook)
    host = ledger.listed(finance)[0].row
    credits.propose(finance, op(), host, "The host was another")
    assert waits(workbook)[0] == "waiting for the Programme Manager"
    (mine,), (theirs,) = ledger.voidings(finance), ledger.voidings(manager)
    assert (mine.is_own, theirs.is_own, theirs.letter.id) == (True, False, host.id)
    assert theirs.proposed_by == "Ffion Nash"
    credits.decide(manager, op(), theirs.proposal, confirm=True)
    assert waits(workbook)[:2] == [f"takes back {host.number}", "credited: not paid"]
    assert ledger.voidings(manager) == []


def test_the_totals_are_of_what_is_shown(workbook: Workbook) -> None:
    finance, manager = as_(FINN, workbook), as_(ANGHARAD, workbook)
    host, gethin = (each.row for each in ledger.listed(finance))
    invoices.mark_paid(finance, op(), gethin, ON)
    credits.propose(finance, op(), host, "The host was another")
    credits.decide(manager, op(), ledger.voidings(manager)[0].proposal, confirm=True)
    everything = ledger.listed(finance)
    assert ledger.totals(everything) == ledger.Totals(3, D("425.00"), D("125.00"), D("300.00"), D("0.00"))
    assert ledger.counts(everything) == {"credit note": 1, "credited": 1, "paid": 1, "2026": 3}
    paid = ledger.narrowed(everything, state="paid", year="2026")
    assert ledger.totals(paid) == ledger.Totals(1, D("125.00"), D("125.00"), D("0.00"), D("0.00"))
    assert ledger.narrowed(everything, year="2025") == []


def test_a_period_stands_short_enough_for_a_table(workbook: Workbook) -> None:
    letter = ledger.listed(as_(FINN, workbook))[0].row
    assert ledger.span(letter) == "07–09/2026"
    assert ledger.span(Row(letter, from_on=date(2026, 9, 1))) == "09/2026"
    assert ledger.span(Row(letter, from_on=date(2025, 12, 1))) == "12/2025–09/2026"


@pytest.mark.parametrize("actor", [GETHIN, EVAN], ids=lambda actor: actor.role)
def test_mentors_and_evaluators_do_not_read_the_register(workbook: Workbook, actor: object) -> None:
    with pytest.raises(NotAllowed):
        ledger.listed(as_(actor, workbook))  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        ledger.voidings(as_(actor, workbook))  # type: ignore[arg-type]
