"""A quarter's money through the services: approved, issued, credited, issued again, paid (S9 to S12, S18, X15).

Two mentors of one host and a direct one; the hosted rate changes on 1 September. Worked out by hand:

    Mair    10.5 h at £300 a day of 7 h   450.00
    Mair     3.5 h at £320                160.00
    Siân    seven times 1 h at £300       300.00   the host's letter: 910.00
    Gethin  3.25 h at £250                116.07   (116.0714...)
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from zipfile import ZipFile

import pytest

from schemas.column import Role, Row
from schemas.errors import InvalidEntry, NotAllowed, NotYet, OurError
from schemas.mentors import Engagements, Mentors
from schemas.money import InvoiceLines, Invoices
from schemas.organisations import Payees
from schemas.people import People
from schemas.work import Sessions, Timesheets
from services import approvals, credits, invoices, ledger, letters, payees, rates, runs, timesheets
from services.context import Actor, Context
from services.rules import periods
from services.workbook import Workbook
from tests.cast import ANGHARAD, FINN, GETHIN, MAIR, MARC, as_, op
from tests.services.staff import (
    GETHIN_ID,
    GROUP_ID,
    HOST_ID,
    MAIR_ID,
    OTHER_GROUP_ID,
    TODAY,
    assigned,
    nothing_written,
    put,
    row_of,
    rows_of,
    staffed,
)

SUMMER, AUTUMN = periods.quarter(2026, 3), periods.quarter(2026, 4)
NEW_YEAR = datetime(2027, 1, 5, 9, 30, tzinfo=UTC)
SIAN_ID = "MEN-SJANBR"
BANK = {"account_name": "Menter y Bryn", "sort_code": "20-30-40", "account_number": "55779911"}
TOTAL, HOSTS, GETHINS = Decimal("1026.07"), Decimal("910.00"), Decimal("116.07")
WORK = (
    ("ASG-MAIRPR", MAIR_ID, "2026-07-01", "3.5"),
    ("ASG-MAIRPR", MAIR_ID, "2026-08-12", "7"),
    ("ASG-MAIRPR", MAIR_ID, "2026-09-09", "3.5"),
    *(("ASG-SJANBR", SIAN_ID, f"2026-08-{day:02}", "1") for day in range(3, 10)),
    ("ASG-GETHIN", GETHIN_ID, "2026-09-21", "3.25"),
)


def worked(workbook: Workbook, at: int, assignment: str, mentor: str, on: str, hours: str) -> Row:
    """A submitted line with its record in."""
    day, group = date.fromisoformat(on), GROUP_ID if mentor != SIAN_ID else OTHER_GROUP_ID
    record, line = f"SES-{at:06}", f"TIM-{at:06}"
    put(workbook, Sessions, record, mentor=mentor, assignment=assignment, mentee=group, held_on=day,
        done="Walked the ground.", status="record in")  # fmt: skip
    return put(workbook, Timesheets, line, mentor=mentor, assignment=assignment, worked_on=day,
               hours=Decimal(hours), is_chargeable=True, session=record, status="submitted", submitted_on=day)  # fmt: skip


def hosted_rate(workbook: Workbook, pounds: str, from_on: date) -> None:
    """A new hosted rate, proposed by finance and confirmed by the manager."""
    finance, manager = as_(FINN, workbook), as_(ANGHARAD, workbook)
    rates.propose(finance, op(), "hosted_day_rate_pounds", Decimal(pounds), from_on, "Letter of 2 August")
    rates.decide(manager, op(), rates.waiting(manager)[0].row, confirm=True)


def approve_all(workbook: Workbook) -> None:
    manager = as_(ANGHARAD, workbook)
    ready = [claim.line for claim in approvals.waiting(manager) if claim.is_ready]
    approvals.approve(manager, op(), ready)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    made = staffed(tmp_path)
    put(made, Mentors, SIAN_ID, name="Siân O'Brien", recruited_on=date(2025, 3, 4), panel="A. Puw",
        status="approved")  # fmt: skip
    put(made, Engagements, "ENG-SJANBR", mentor=SIAN_ID, terms="hosted", host=HOST_ID, accepted_on=TODAY)
    agreed = {"starts_on": date(2026, 7, 1), "approved_on": date(2026, 6, 30)}
    assigned(made, "ASG-MAIRPR", MAIR_ID, GROUP_ID, **agreed)
    assigned(made, "ASG-SJANBR", SIAN_ID, OTHER_GROUP_ID, **agreed)
    assigned(made, "ASG-GETHIN", GETHIN_ID, GROUP_ID, **agreed)
    hosted_rate(made, "320", date(2026, 9, 1))
    for at, line in enumerate(WORK):
        worked(made, at, *line)
    approve_all(made)
    return made


@pytest.fixture
def finance(workbook: Workbook) -> Context:
    return as_(FINN, workbook)


@pytest.fixture
def manager(workbook: Workbook) -> Context:
    return as_(ANGHARAD, workbook)


@pytest.fixture
def issued(finance: Context) -> dict[Decimal, Row]:
    """The two letters by their amount."""
    invoices.issue(finance, op(), SUMMER, TOTAL)
    return by_pounds(finance)


def by_pounds(ctx: Context) -> dict[Decimal, Row]:
    return {row["total_pounds"]: row for row in invoices.register(ctx)}


def words(content: bytes) -> str:
    from docx import Document

    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def void(finance: Context, manager: Context, letter: Row) -> None:
    credits.propose(finance, op(), letter, "Wrong hours on it")
    credits.decide(manager, op(), credits.waiting(manager)[0], confirm=True)


# --- issuing ---------------------------------------------------------------------------------------


def test_the_quarter_comes_to_the_penny_that_was_worked_out_by_hand(
    workbook: Workbook, finance: Context
) -> None:
    seen = runs.preview(finance, SUMMER)
    assert [letter.pounds for letter in seen.letters] == [GETHINS, HOSTS]
    assert (seen.pounds, seen.hours, seen.held) == (TOTAL, Decimal("24.25"), ())
    approved = sum(line["hours"] for line in rows_of(workbook, Timesheets) if line["status"] == "approved")
    assert seen.hours == approved


def test_what_is_stored_adds_up_letter_by_letter_and_line_by_line(
    workbook: Workbook, finance: Context, issued: dict[Decimal, Row]
) -> None:
    assert set(issued) == {HOSTS, GETHINS}
    for letter in issued.values():
        lines = invoices.lines_of(finance, letter.id)
        hours = [line for line in rows_of(workbook, Timesheets) if line["invoice"] == letter.id]
        assert sum(line["amount_pounds"] for line in lines) == letter["total_pounds"]
        assert sum(line["hours"] for line in hours) == letter["hours"] == sum(each["hours"] for each in lines)
        assert {line["status"] for line in hours} == {"invoiced"}


def test_two_mentors_of_one_host_are_named_on_one_letter(
    finance: Context, issued: dict[Decimal, Row]
) -> None:
    letter = issued[HOSTS]
    assert (letter["payee_name"], letter["organisation"], letter["mentor"]) == (
        "Menter y Bryn",
        HOST_ID,
        None,
    )
    assert {line["mentor_name"] for line in invoices.lines_of(finance, letter.id)} == {
        "Mair Pritchard",
        "Siân O'Brien",
    }


def test_a_rate_that_changes_in_the_quarter_makes_two_items(
    finance: Context, issued: dict[Decimal, Row]
) -> None:
    """S9: the rate of the day worked, and hours added up before the rate is applied."""
    found = [
        (line["mentor_name"], str(line["day_rate_pounds"]), str(line["hours"]), str(line["amount_pounds"]))
        for line in invoices.lines_of(finance, issued[HOSTS].id)
    ]
    assert [(who, Decimal(rate), Decimal(hours), amount) for who, rate, hours, amount in found] == [
        ("Mair Pritchard", Decimal(300), Decimal("10.5"), "450.00"),
        ("Mair Pritchard", Decimal(320), Decimal("3.5"), "160.00"),
        ("Siân O'Brien", Decimal(300), Decimal(7), "300.00"),
    ]


def test_a_later_rate_changes_no_letter_that_went_out(
    workbook: Workbook, finance: Context, issued: dict[Decimal, Row]
) -> None:
    before = letters.letter(finance, issued[HOSTS].id, "en")
    hosted_rate(workbook, "400", date(2026, 7, 1))
    assert letters.letter(finance, issued[HOSTS].id, "en") == before
    assert row_of(workbook, Timesheets, "TIM-000000")["day_rate_pounds"] == Decimal(300)


def test_a_second_click_issues_nothing_more(workbook: Workbook, finance: Context) -> None:
    key = op()
    first = invoices.issue(finance, key, SUMMER, TOTAL)
    again = invoices.issue(finance, key, SUMMER, TOTAL)
    assert len(rows_of(workbook, Invoices)) == 2
    assert first.number == again.number


def test_a_run_after_the_run_finds_nothing_to_pay(
    workbook: Workbook, finance: Context, issued: dict[Decimal, Row]
) -> None:
    assert runs.preview(finance, SUMMER).letters == ()
    with nothing_written(workbook, NotYet):
        invoices.issue(finance, op(), SUMMER, Decimal("0.00"))


def test_two_people_who_issue_at_once_make_one_set_of_letters(workbook: Workbook) -> None:
    """S12: an hour is on at most one live invoice."""
    put(workbook, People, "PER-FINTWO", name="Tomos Rees", email="tomos.rees@example.org", role="Finance",
        status="active")  # fmt: skip
    tomos = Actor("PER-FINTWO", "Tomos Rees", Role.FINANCE, "tomos.rees@example.org")
    outcomes = at_once(
        lambda: invoices.issue(as_(FINN, workbook), op(), SUMMER, TOTAL),
        lambda: invoices.issue(as_(tomos, workbook), op(), SUMMER, TOTAL),
    )
    assert sorted(outcomes) == ["NotYet", "saved"]
    found = invoices.register(as_(FINN, workbook))
    assert sorted(row["total_pounds"] for row in found) == [GETHINS, HOSTS]
    assert len({row["number"] for row in found}) == 2
    assert len(rows_of(workbook, InvoiceLines)) == 4


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    """What becomes of deeds begun at the same moment: saved, or the error's name."""
    barrier, outcomes = Barrier(len(deeds)), []

    def run(deed: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            deed()
            outcomes.append("saved")
        except OurError as error:
            outcomes.append(type(error).__name__)

    threads = [Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_a_total_that_is_no_longer_the_one_shown_changes_nothing(
    workbook: Workbook, finance: Context
) -> None:
    worked(workbook, 50, "ASG-GETHIN", GETHIN_ID, "2026-09-28", "1")
    approve_all(workbook)
    with nothing_written(workbook, NotYet) as caught:
        invoices.issue(finance, op(), SUMMER, TOTAL)
    assert "£1,061.79" in str(caught.value)


def test_nobody_issues_what_they_approved_under_another_role(workbook: Workbook) -> None:
    """X15: the second person is another human being."""
    put(workbook, People, "PER-ANGFIN", name=ANGHARAD.name, email=ANGHARAD.email, role="Finance",
        status="active")  # fmt: skip
    both = replace(ANGHARAD, id="PER-ANGFIN", role=Role.FINANCE)
    with nothing_written(workbook, NotYet):
        invoices.issue(as_(both, workbook), op(), SUMMER, TOTAL)


@pytest.mark.parametrize("actor", [ANGHARAD, MARC, MAIR, GETHIN], ids=lambda actor: actor.role)
def test_only_finance_issues(workbook: Workbook, actor: Actor) -> None:
    with nothing_written(workbook, NotAllowed):
        invoices.issue(as_(actor, workbook), op(), SUMMER, TOTAL)


# --- papers ----------------------------------------------------------------------------------------


def test_a_letter_without_bank_details_goes_out_and_says_so(
    finance: Context, issued: dict[Decimal, Row]
) -> None:
    said = words(letters.letter(finance, issued[HOSTS].id))
    for text in (
        "£910.00",
        "Mair Pritchard",
        "Siân O'Brien",
        issued[HOSTS]["number"],
        "Bank details to follow.",
    ):
        assert text in said


def test_bank_details_stand_on_the_letters_that_come_after_them(
    workbook: Workbook, finance: Context, manager: Context
) -> None:
    details = {"name": "Menter y Bryn", **BANK}
    party = next(each for each in payees.without_row(finance) if each.organisation == HOST_ID)
    payees.propose(finance, op(), party, details)
    payees.decide(manager, op(), payees.proposals(manager)[0], confirm=True)
    invoices.issue(finance, op(), SUMMER, TOTAL)
    letter = by_pounds(finance)[HOSTS]
    (payee,) = rows_of(workbook, Payees)
    assert letter["payee"] == payee.id
    said = words(letters.letter(finance, letter.id))
    assert "20-30-40" in said and "55779911" in said and "Bank details to follow." not in said


def test_the_zip_has_each_letter_once_and_names_nobody(finance: Context, issued: dict[Decimal, Row]) -> None:
    zipped = ZipFile(BytesIO(letters.zipped(finance, list(issued.values()))))
    assert sorted(zipped.namelist()) == sorted(f"{row['number']}.docx" for row in issued.values())


# --- late hours ------------------------------------------------------------------------------------


def test_late_hours_come_along_on_the_next_letter(
    workbook: Workbook, finance: Context, issued: dict[Decimal, Row]
) -> None:
    """S12: even where the quarter that they were worked in has been paid."""
    invoices.pay_letters(finance, op(), list(issued.values()), TODAY)
    worked(workbook, 60, "ASG-GETHIN", GETHIN_ID, "2026-09-30", "7")
    approve_all(workbook)
    later = as_(FINN, workbook, NEW_YEAR)
    seen = runs.preview(later, AUTUMN)
    assert seen.pounds == Decimal("250.00")
    invoices.issue(later, op(), AUTUMN, seen.pounds)
    letter = by_pounds(later)[Decimal("250.00")]
    assert (letter["from_on"], letter["to_on"]) == (date(2026, 9, 30), AUTUMN.last)
    assert letter["number"] == "SSW-2027-0001"


# --- crediting and paying --------------------------------------------------------------------------


def test_a_voided_letter_leaves_a_credit_note_and_frees_its_hours(
    workbook: Workbook, finance: Context, manager: Context, issued: dict[Decimal, Row]
) -> None:
    void(finance, manager, issued[HOSTS])
    note = by_pounds(finance)[-HOSTS]
    assert (note["kind"], note["credits"], note["hours"]) == (
        "credit note",
        issued[HOSTS].id,
        issued[HOSTS]["hours"],
    )
    assert sum(line["amount_pounds"] for line in invoices.lines_of(finance, note.id)) == -HOSTS
    assert row_of(workbook, Invoices, issued[HOSTS].id)["status"] == "credited"
    freed = row_of(workbook, Timesheets, "TIM-000000")
    assert (freed["status"], freed["invoice"]) == ("approved", None)
    said = words(letters.letter(finance, note.id))
    assert issued[HOSTS]["number"] in said and "Wrong hours on it" in said


def test_freed_hours_are_issued_again_and_the_books_come_out_even(
    finance: Context, manager: Context, issued: dict[Decimal, Row]
) -> None:
    void(finance, manager, issued[HOSTS])
    seen = runs.preview(finance, SUMMER)
    assert seen.pounds == HOSTS
    invoices.issue(finance, op(), SUMMER, HOSTS)
    papers = invoices.register(finance)
    assert [row["number"] for row in papers] == [f"SSW-2026-000{count}" for count in (4, 3, 2, 1)]
    assert sum(row["total_pounds"] for row in papers) == TOTAL
    totals = ledger.totals(ledger.listed(finance))
    assert (totals.issued, totals.credited, totals.open) == (TOTAL + HOSTS, HOSTS, TOTAL)


def test_voiding_needs_a_reason_and_a_second_person(
    workbook: Workbook, finance: Context, issued: dict[Decimal, Row]
) -> None:
    """RM39: finance proposes, the Programme Manager confirms, never the same human being."""
    with nothing_written(workbook, InvalidEntry):
        credits.propose(finance, op(), issued[HOSTS], "  ")
    credits.propose(finance, op(), issued[HOSTS], "Wrong hours on it")
    with nothing_written(workbook, NotYet):
        credits.propose(finance, op(), issued[HOSTS], "Wrong hours on it")
    proposal = credits.waiting(finance)[0]
    with nothing_written(workbook, NotAllowed):
        credits.decide(finance, op(), proposal, confirm=True)
    put(workbook, People, "PER-FINMAN", name=FINN.name, email=FINN.email, role="Programme Manager",
        status="active")  # fmt: skip
    with nothing_written(workbook, NotYet):
        credits.decide(as_(replace(FINN, id="PER-FINMAN", role=Role.MANAGER), workbook), op(), proposal,
                       confirm=True)  # fmt: skip


def test_a_voiding_that_is_refused_leaves_the_letter_as_it_is(
    workbook: Workbook, finance: Context, manager: Context, issued: dict[Decimal, Row]
) -> None:
    credits.propose(finance, op(), issued[HOSTS], "Wrong hours on it")
    credits.decide(manager, op(), credits.waiting(manager)[0], confirm=False)
    assert row_of(workbook, Invoices, issued[HOSTS].id)["status"] == "issued"
    assert len(rows_of(workbook, Invoices)) == 2


def test_a_second_click_on_the_confirmation_makes_one_credit_note(
    workbook: Workbook, finance: Context, manager: Context, issued: dict[Decimal, Row]
) -> None:
    credits.propose(finance, op(), issued[HOSTS], "Wrong hours on it")
    proposal, key = credits.waiting(manager)[0], op()
    for _ in range(2):
        credits.decide(manager, key, proposal, confirm=True)
    assert len(rows_of(workbook, Invoices)) == 3


def test_a_paid_letter_and_its_hours_refuse_every_change(
    workbook: Workbook, finance: Context, manager: Context, issued: dict[Decimal, Row]
) -> None:
    invoices.confirm(finance, op(), issued[HOSTS], TODAY)
    invoices.pay_letters(finance, op(), [by_pounds(finance)[HOSTS]], TODAY)
    paid = by_pounds(finance)[HOSTS]
    line = row_of(workbook, Timesheets, "TIM-000000")
    assert (paid["status"], paid["paid_on"], line["status"]) == ("paid", TODAY, "paid")
    refusals: tuple[Callable[[], Any], ...] = (
        lambda: invoices.pay_letters(finance, op(), [paid], TODAY),
        lambda: invoices.confirm(finance, op(), paid, TODAY),
        lambda: credits.propose(finance, op(), paid, "Too late"),
        lambda: approvals.send_back(manager, op(), [line], "Mend it"),
        lambda: timesheets.save(as_(MAIR, workbook), op(), {"hours": Decimal(1)}, line),
    )
    for refusal in refusals:
        with nothing_written(workbook, OurError):
            refusal()


def test_a_letter_paid_meanwhile_is_not_credited(
    workbook: Workbook, finance: Context, manager: Context, issued: dict[Decimal, Row]
) -> None:
    credits.propose(finance, op(), issued[HOSTS], "Wrong hours on it")
    invoices.pay_letters(finance, op(), [issued[HOSTS]], TODAY)
    with nothing_written(workbook, NotYet):
        credits.decide(manager, op(), credits.waiting(manager)[0], confirm=True)


def test_letters_are_paid_all_together_or_not_at_all(
    workbook: Workbook, finance: Context, issued: dict[Decimal, Row]
) -> None:
    invoices.pay_letters(finance, op(), [issued[GETHINS]], TODAY)
    with nothing_written(workbook, OurError):
        invoices.pay_letters(finance, op(), list(issued.values()), TODAY)
    assert row_of(workbook, Invoices, issued[HOSTS].id)["status"] == "issued"


def test_a_host_sees_nothing_and_its_mentor_only_their_own_lines(
    workbook: Workbook, issued: dict[Decimal, Row]
) -> None:
    """RM37: the host's letter is not its mentors'."""
    mair = as_(MAIR, workbook)
    assert invoices.own(mair) == []
    assert {line["mentor"] for line in invoices.own_lines(mair)} == {MAIR_ID}
    assert [row["total_pounds"] for row in invoices.own(as_(GETHIN, workbook))] == [GETHINS]
