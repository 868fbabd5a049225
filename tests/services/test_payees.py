"""Whom a letter pays: proposed by one, confirmed by another, shown masked (S18, RM18 to RM22)."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.organisations import Payees
from schemas.people import People
from services import payees, records
from services.payees import Payee
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, EVAN, FINN, GETHIN, MARC, as_, op
from tests.services.staff import GETHIN_ID, HOST_ID, nothing_written, put, rows_of, staffed

BANK = {"account_name": "G Llywelyn", "sort_code": "20 30 40", "account_number": "55779911"}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return staffed(tmp_path)


def proposed(workbook: Workbook, **more: str) -> Any:
    gethin = as_(GETHIN, workbook)
    payees.propose(gethin, op(), payees.own(gethin), {"name": "Gethin Llywelyn", **BANK, **more})
    (row,) = payees.proposals(as_(ANGHARAD, workbook))
    return row


def test_proposed_details_change_nothing_until_another_person_confirms_them(workbook: Workbook) -> None:
    row = proposed(workbook)
    assert rows_of(workbook, Payees) == []
    payees.decide(as_(ANGHARAD, workbook), op(), row, confirm=True)
    own = payees.own(as_(GETHIN, workbook))
    assert own.bank == {"account_name": "••••lyn", "sort_code": "••••-40", "account_number": "••••911"}
    assert own.has_bank


def test_who_confirms_sees_the_proposed_numbers_and_that_is_logged(
    workbook: Workbook, caplog: pytest.LogCaptureFixture
) -> None:
    row = proposed(workbook)
    caplog.set_level("INFO")
    opened = payees.open_proposal(as_(ANGHARAD, workbook), row)
    assert (opened["sort_code"], opened["account_number"]) == ("20-30-40", "55779911")
    assert row.id in caplog.text and "55779911" not in caplog.text


@pytest.mark.parametrize("actor", [FINN, MARC, EVAN, ADA, GETHIN])
def test_nobody_else_opens_or_confirms_a_proposal(workbook: Workbook, actor: Any) -> None:
    row = proposed(workbook)
    with nothing_written(workbook, NotAllowed):
        payees.open_proposal(as_(actor, workbook), row)
    with nothing_written(workbook, NotAllowed):
        payees.decide(as_(actor, workbook), op(), row, confirm=True)


def test_nobody_confirms_their_own_proposal_under_another_role(workbook: Workbook) -> None:
    """RM22: bank details are never changed alone in one step."""
    row = proposed(workbook)
    both = replace(ANGHARAD, id="PER-GETMAN", email=GETHIN.email)
    put(workbook, People, both.id, name="Gethin", email=both.email, role=both.role, status="active")
    with nothing_written(workbook, NotYet):
        payees.decide(as_(both, workbook), op(), row, confirm=True)


def test_a_mentor_proposes_only_for_themselves_and_finance_only_for_organisations(workbook: Workbook) -> None:
    host = Payee(None, "", HOST_ID, "Menter y Bryn", {}, None)
    gethins = Payee(None, GETHIN_ID, "", "Gethin Llywelyn", {}, None)
    with nothing_written(workbook, NotAllowed):
        payees.propose(as_(GETHIN, workbook), op(), host, {"name": "Menter y Bryn"})
    with nothing_written(workbook, NotAllowed):
        payees.propose(as_(FINN, workbook), op(), gethins, {"name": "Gethin"})
    payees.propose(as_(FINN, workbook), op(), host, {"name": "Menter y Bryn", "vat_number": "GB123456789"})
    assert len(payees.proposals(as_(ANGHARAD, workbook))) == 1


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"sort_code": "12345"}, "sort_code"),
        ({"account_number": "1234"}, "account_number"),
        ({"account_number": ""}, "account_number"),
        ({"email": "nowhere"}, "email"),
    ],
)
def test_wrong_details_are_named_by_field_and_repeat_no_number(
    workbook: Workbook, details: dict[str, str], field: str
) -> None:
    gethin = as_(GETHIN, workbook)
    with nothing_written(workbook, InvalidEntry) as stopped:
        payees.propose(gethin, op(), payees.own(gethin), {"name": "Gethin", **BANK, **details})
    assert isinstance(stopped.value, InvalidEntry)
    assert [problem.field for problem in stopped.value.problems] == [field]
    assert "1234" not in str(stopped.value)


def test_a_refused_proposal_leaves_the_old_details(workbook: Workbook) -> None:
    payees.decide(as_(ANGHARAD, workbook), op(), proposed(workbook), confirm=True)
    second = proposed(workbook, account_number="11111111")
    payees.decide(as_(ANGHARAD, workbook), op(), second, confirm=False, reason="Not the mentor's own account")
    assert payees.own(as_(GETHIN, workbook)).bank["account_number"] == "••••911"


def test_finance_opens_the_full_details_and_nobody_else(workbook: Workbook) -> None:
    """RM18, RM19."""
    payees.decide(as_(ANGHARAD, workbook), op(), proposed(workbook), confirm=True)
    (row,) = rows_of(workbook, Payees)
    assert records.unseal(as_(FINN, workbook), row, "account_number", "payees.open") == "55779911"
    for actor in (ANGHARAD, MARC, GETHIN, EVAN, ADA):
        with pytest.raises(NotAllowed):
            records.unseal(as_(actor, workbook), row, "account_number", "payees.open")


def test_hosts_and_direct_mentors_without_a_row_are_listed_until_they_have_one(workbook: Workbook) -> None:
    finance = as_(FINN, workbook)
    assert [each.name for each in payees.without_row(finance)] == ["Gethin Llywelyn", "Menter y Bryn"]
    payees.decide(as_(ANGHARAD, workbook), op(), proposed(workbook), confirm=True)
    assert [each.organisation for each in payees.without_row(finance)] == [HOST_ID]


def test_a_waiting_proposal_names_whom_it_concerns_and_who_proposed_it(workbook: Workbook) -> None:
    proposed(workbook)
    (each,) = payees.waiting(as_(FINN, workbook))
    assert (each.name, each.proposed_by, each.is_own) == ("Gethin Llywelyn", "Gethin Llywelyn", False)


def test_finance_alone_opens_the_numbers_to_pay_to(workbook: Workbook) -> None:
    """RM18."""
    payees.decide(as_(ANGHARAD, workbook), op(), proposed(workbook), confirm=True)
    (row,) = rows_of(workbook, Payees)
    assert payees.opened(as_(FINN, workbook), row)["sort_code"] == "20-30-40"
    with pytest.raises(NotAllowed):
        payees.opened(as_(ANGHARAD, workbook), row)


def test_an_empty_proposal_is_not_made(workbook: Workbook) -> None:
    gethin = as_(GETHIN, workbook)
    with nothing_written(workbook, NotYet):
        payees.propose(gethin, op(), payees.own(gethin), {})
