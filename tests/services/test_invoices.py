"""The quarter's letters: every penny of the approved register, once (S9, S11, S12, X15, RM35 to RM38)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from zipfile import ZipFile

import pytest

from schemas.errors import NotAllowed, NotYet, OurError
from schemas.money import Figures, InvoiceLines, Invoices
from schemas.people import People
from schemas.work import Timesheets
from services import approvals, credits, exceptions, invoices, letters, payees, runs, timesheets
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, EVAN, FINN, GETHIN, MAIR, MARC, as_, op
from tests.services.letters import DILYS, DILYSES, FOURTH, THIRD, approved, issued, second_hosted
from tests.services.staff import (
    GETHIN_ID,
    HOST_ID,
    MAIR_ID,
    OTHER_GROUP_ID,
    assigned,
    both_roles,
    nothing_written,
    put,
    row_of,
    rows_of,
    staffed,
)
from tests.services.test_timesheets import GETHINS, MAIRS, submitted

D = Decimal
PAID_ON = date(2026, 10, 5)
OWN = (
    "number",
    "kind",
    "mentor",
    "payee_name",
    "from_on",
    "to_on",
    "issued_on",
    "hours",
    "total_pounds",
    "status",
)
OTHER = replace(FINN, id="PER-FJNTWA", name="Dewi Rhys", email="dewi.rhys@example.org")


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    made = staffed(tmp_path)
    assigned(made)
    assigned(made, MAIRS, MAIR_ID, OTHER_GROUP_ID)
    return made


def finance_too(workbook: Workbook, actor: Any) -> None:
    put(workbook, People, actor.id, name=actor.name, email=actor.email, role="Finance", status="active")


def test_seven_one_hour_lines_at_300_pounds_make_exactly_300(workbook: Workbook) -> None:
    """S9: not £300.02; hours first, then the amount, rounded once."""
    for day in range(21, 28):
        approved(workbook, MAIR, date(2026, 9, day), "1", MAIRS)
    assert runs.preview(as_(FINN, workbook), THIRD).pounds == D("300.00")
    (letter,) = issued(workbook)
    (line,) = rows_of(workbook, InvoiceLines)
    assert (letter.total_pounds, letter.hours, line.amount_pounds) == (D("300.00"), D(7), D("300.00"))


def test_a_direct_mentor_has_their_own_letter_and_a_host_one_for_all_its_mentors(workbook: Workbook) -> None:
    """S12: hosted mentors roll up, each named."""
    second_hosted(workbook)
    approved(workbook)
    approved(workbook, MAIR, hours="7", assignment=MAIRS)
    approved(workbook, DILYS, hours="1.25", assignment=DILYSES)
    gethins, hosts = issued(workbook)
    assert (gethins.mentor, gethins.payee_name, gethins.total_pounds) == (
        GETHIN_ID,
        "Gethin Llywelyn",
        D("125.00"),
    )
    assert (hosts.organisation, hosts.payee_name) == (HOST_ID, "Menter y Bryn")
    assert hosts.total_pounds == D("300.00") + D("53.57")
    named = [row.mentor_name for row in invoices.lines_of(as_(FINN, workbook), hosts.id)]
    assert named == ["Dilys Rees", "Mair Pritchard"]


def test_the_second_click_issues_no_second_letter(workbook: Workbook) -> None:
    approved(workbook)
    key, finance = op(), as_(FINN, workbook)
    invoices.issue(finance, key, THIRD, D("125.00"))
    assert invoices.issue(finance, key, THIRD, D("125.00")).repeated
    assert len(rows_of(workbook, Invoices)) == 1


def test_two_finance_people_at_once_make_one_run(workbook: Workbook) -> None:
    """X3: an hour is on at most one live invoice."""
    approved(workbook)
    finance_too(workbook, OTHER)
    barrier, outcomes = Barrier(2), []

    def issue(actor: Any) -> None:
        barrier.wait()
        try:
            invoices.issue(as_(actor, workbook), op(), THIRD, D("125.00"))
            outcomes.append("issued")
        except OurError as error:
            outcomes.append(type(error).__name__)

    threads = [Thread(target=issue, args=(actor,)) for actor in (FINN, OTHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["NotYet", "issued"]
    assert [row.total_pounds for row in rows_of(workbook, Invoices)] == [D("125.00")]


def test_a_total_that_changed_since_it_was_shown_issues_nothing(workbook: Workbook) -> None:
    approved(workbook)
    shown = runs.preview(as_(FINN, workbook), THIRD).pounds
    approved(workbook, on=date(2026, 9, 22))
    with nothing_written(workbook, NotYet):
        invoices.issue(as_(FINN, workbook), op(), THIRD, shown)


def test_other_hours_of_the_same_worth_are_not_issued_unseen(workbook: Workbook) -> None:
    first = approved(workbook)
    seen = runs.preview(as_(FINN, workbook), THIRD)
    lines = [line.id for letter in seen.letters for line in letter.lines]
    approvals.send_back(
        as_(ANGHARAD, workbook), op(), [row_of(workbook, Timesheets, first.id)], "Which group?"
    )
    approved(workbook, on=date(2026, 9, 22))
    with nothing_written(workbook, NotYet):
        invoices.issue(as_(FINN, workbook), op(), THIRD, seen.pounds, lines)


def test_missing_bank_details_never_block_a_letter(workbook: Workbook) -> None:
    approved(workbook)
    (letter,) = issued(workbook)
    assert letters.paper(as_(FINN, workbook), letter, "en").bank_details == "Bank details to follow."
    assert letters.letter(as_(FINN, workbook), letter.id).startswith(b"PK")


def test_a_letter_keeps_the_details_it_went_out_with(workbook: Workbook) -> None:
    bank = {"account_name": "G Llywelyn", "sort_code": "20-30-40", "account_number": "55779911"}
    gethin, manager = as_(GETHIN, workbook), as_(ANGHARAD, workbook)
    payees.propose(gethin, op(), payees.own(gethin), bank)
    payees.decide(manager, op(), payees.proposals(manager)[0], confirm=True)
    approved(workbook)
    (letter,) = issued(workbook)
    payees.propose(gethin, op(), payees.own(gethin), bank | {"account_number": "11223344"})
    payees.decide(manager, op(), payees.proposals(manager)[0], confirm=True)
    paper = letters.paper(as_(FINN, workbook), letter, "en")
    assert "20-30-40" in paper.bank_details and "55779911" in paper.bank_details
    assert "55779911" not in str(workbook.store.read("Invoices").rows)


def test_late_hours_of_an_earlier_quarter_come_along_with_the_next_run(workbook: Workbook) -> None:
    """S12: a run takes all approved hours up to the period's last day that are on no live invoice."""
    approved(workbook)
    issued(workbook)
    approved(workbook, on=date(2026, 9, 29), hours="7")
    (late,) = issued(workbook, FOURTH)
    assert (late.total_pounds, late.from_on, late.to_on) == (D("250.00"), date(2026, 9, 29), FOURTH.last)


def test_hours_after_the_periods_last_day_wait_for_the_next(workbook: Workbook) -> None:
    approved(workbook, on=date(2026, 10, 1))
    assert runs.preview(as_(FINN, workbook), THIRD).letters == ()
    assert runs.preview(as_(FINN, workbook), FOURTH).hours == D("3.5")


def test_a_rate_change_mid_quarter_gives_two_items_each_rounded_once(workbook: Workbook) -> None:
    put(
        workbook,
        Figures,
        "FJG-AAAAAA",
        name="direct_day_rate_pounds",
        from_on=date(2026, 9, 25),
        value=D("260"),
        source="Board",
        proposed_by=FINN.id,
        confirmed_by=ANGHARAD.id,
        status="confirmed",
    )
    approved(workbook, hours="1")
    approved(workbook, on=date(2026, 9, 28), hours="1")
    (letter,) = issued(workbook)
    lines = invoices.lines_of(as_(FINN, workbook), letter.id)
    assert [(line.day_rate_pounds, line.amount_pounds) for line in lines] == [
        (D("250.00"), D("35.71")),
        (D("260.00"), D("37.14")),
    ]
    assert letter.total_pounds == D("72.85")


def test_held_and_unsent_time_is_shown_and_not_paid(workbook: Workbook) -> None:
    """S11, S12: who has time that is not in, and what holds the rest."""
    gethin = as_(GETHIN, workbook)
    submitted(gethin)
    draft = {"assignment": GETHINS, "worked_on": date(2026, 9, 23), "hours": D(2), "is_chargeable": True}
    timesheets.save(gethin, op(), draft)
    seen = runs.preview(as_(FINN, workbook), THIRD)
    assert (seen.letters, seen.held_hours) == ((), D("3.5"))
    assert (dict(seen.unsent), dict(seen.unapproved)) == ({"Gethin Llywelyn": 1}, {"Gethin Llywelyn": 1})
    with nothing_written(workbook, NotYet):
        invoices.issue(as_(FINN, workbook), op(), THIRD, D("0.00"))


@pytest.mark.parametrize("actor", [ANGHARAD, MARC, GETHIN, EVAN, ADA])
def test_only_finance_issues_and_pays(workbook: Workbook, actor: Any) -> None:
    """RM35."""
    approved(workbook)
    with nothing_written(workbook, NotAllowed):
        invoices.issue(as_(actor, workbook), op(), THIRD, D("125.00"))
    (letter,) = issued(workbook)
    with nothing_written(workbook, NotAllowed):
        invoices.pay_letters(as_(actor, workbook), op(), [letter], PAID_ON)


def test_who_approved_the_hours_does_not_issue_them_unless_allowed_by_name(workbook: Workbook) -> None:
    """X15."""
    both = replace(FINN, id="PER-ANGFJN", name=ANGHARAD.name, email=ANGHARAD.email)
    finance_too(workbook, both)
    approved(workbook)
    with nothing_written(workbook, NotYet):
        invoices.issue(as_(both, workbook), op(), THIRD, D("125.00"))
    exceptions.allow(as_(ADA, workbook), op(), both.id, "Ffion is away")
    invoices.issue(as_(both, workbook), op(), THIRD, D("125.00"))
    assert [row.total_pounds for row in rows_of(workbook, Invoices)] == [D("125.00")]


def test_nobody_issues_or_pays_their_own_hours(workbook: Workbook) -> None:
    """X15."""
    both_roles(workbook, FINN, GETHIN_ID)
    finance_too(workbook, OTHER)
    approved(workbook)
    with nothing_written(workbook, NotYet):
        invoices.issue(as_(FINN, workbook), op(), THIRD, D("125.00"))
    invoices.issue(as_(OTHER, workbook), op(), THIRD, D("125.00"))
    (letter,) = rows_of(workbook, Invoices)
    with nothing_written(workbook, NotYet):
        invoices.mark_paid(as_(FINN, workbook), op(), letter, PAID_ON)


def test_letters_are_paid_together_and_their_hours_with_them(workbook: Workbook) -> None:
    lines = [approved(workbook), approved(workbook, MAIR, assignment=MAIRS)]
    both = issued(workbook)
    key, finance = op(), as_(FINN, workbook)
    invoices.pay_letters(finance, key, both, PAID_ON)
    assert invoices.pay_letters(finance, key, both, PAID_ON).repeated
    assert [(row.status, row.paid_on) for row in rows_of(workbook, Invoices)] == [("paid", PAID_ON)] * 2
    assert {row_of(workbook, Timesheets, line.id).status for line in lines} == {"paid"}


Deed = Callable[[Workbook, Any], object]
ON_A_PAID_LETTER: tuple[Deed, ...] = (
    lambda book, row: credits.propose(as_(FINN, book), op(), row, "A mistake"),
    lambda book, row: invoices.confirm(as_(FINN, book), op(), row, PAID_ON),
    lambda book, row: invoices.mark_paid(as_(FINN, book), op(), row, PAID_ON),
)


@pytest.mark.parametrize("deed", ON_A_PAID_LETTER, ids=["void", "confirm", "pay again"])
def test_a_paid_letter_refuses_voiding_and_every_edit(workbook: Workbook, deed: Deed) -> None:
    approved(workbook)
    (letter,) = issued(workbook)
    invoices.mark_paid(as_(FINN, workbook), op(), letter, PAID_ON)
    with nothing_written(workbook, NotYet):
        deed(workbook, row_of(workbook, Invoices, letter.id))


def test_an_invoiced_line_is_not_returned_to_the_mentor(workbook: Workbook) -> None:
    """RM33."""
    line = approved(workbook)
    issued(workbook)
    with nothing_written(workbook, NotYet):
        now = row_of(workbook, Timesheets, line.id)
        approvals.send_back(as_(ANGHARAD, workbook), op(), [now], "Split it, please.")


def test_a_direct_mentor_reads_their_own_letter_and_a_hosted_one_only_their_lines(workbook: Workbook) -> None:
    """RM37, RM38."""
    second_hosted(workbook)
    approved(workbook)
    approved(workbook, MAIR, assignment=MAIRS)
    approved(workbook, DILYS, assignment=DILYSES)
    gethins, hosts = issued(workbook)
    gethin, mair = as_(GETHIN, workbook), as_(MAIR, workbook)
    assert [row.id for row in invoices.own(gethin)] == [gethins.id]
    assert letters.letter(gethin, gethins.id).startswith(b"PK")
    assert invoices.own(mair) == []
    assert [row.mentor_name for row in invoices.own_lines(mair)] == ["Mair Pritchard"]
    for ctx, letter in ((mair, hosts), (gethin, hosts), (mair, gethins)):
        with pytest.raises(OurError):
            letters.letter(ctx, letter.id)


def test_the_letters_come_to_the_approved_register_to_the_penny(workbook: Workbook) -> None:
    """S12, whatever the odd quarters of an hour: per assignment and rate, rounded once."""
    for day, hours in ((21, "0.25"), (22, "1.75"), (23, "2.25")):
        approved(workbook, on=date(2026, 9, day), hours=hours)
        approved(workbook, MAIR, date(2026, 9, day), hours, MAIRS)
    seen = runs.preview(as_(FINN, workbook), THIRD)
    letters_made = issued(workbook)
    lines = rows_of(workbook, InvoiceLines)
    assert seen.pounds == D("151.79") + D("182.14")  # 4.25 hours each, direct and hosted
    assert sum(row.total_pounds for row in letters_made) == seen.pounds
    assert sum(line.amount_pounds for line in lines) == seen.pounds
    assert sum(line.hours for line in lines) == D("8.50")


def test_a_number_that_stands_twice_loses_no_letter_of_the_zip(workbook: Workbook) -> None:
    """S12: a number doubled by hand in the sheet; each file is then named by its id too."""
    approved(workbook)
    (letter,) = issued(workbook)
    twin = {name: value for name, value in letter.items() if value is not None and name in OWN}
    doubled = put(workbook, Invoices, "INV-TWJNNN", **twin)
    finance = as_(FINN, workbook)
    names = ZipFile(BytesIO(letters.zipped(finance, [letter, doubled]))).namelist()
    number = letter["number"]
    assert sorted(names) == sorted([f"{number} {letter.id}.docx", f"{number} INV-TWJNNN.docx"])
    assert ZipFile(BytesIO(letters.zipped(finance, [letter]))).namelist() == [f"{number}.docx"]
