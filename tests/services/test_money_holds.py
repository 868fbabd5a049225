"""The quarter's letters held to account: every hour once, every number once, nothing payable unproved (S9, S11, S12)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.assignments import Assignments
from schemas.column import Register, Row
from schemas.errors import InvalidEntry, NotAllowed, NotYet, OperationReused
from schemas.mentors import Mentors
from schemas.money import InvoiceLines, Invoices, Proposals
from schemas.organisations import Payees
from schemas.work import Advice, Sessions, Timesheets
from services import (
    advice,
    approvals,
    assignments,
    credits,
    history,
    invoices,
    payees,
    records,
    runs,
    timesheets,
)
from services.rules.conditions import Condition
from services.rules.periods import quarter_of
from services.store.interface import Append, Needs, Operation, Receipt
from services.workbook import Workbook
from tests.cast import ANGHARAD, EVAN, FINN, GETHIN, NOW, as_, op
from tests.services.staff import (
    GETHIN_ID,
    MAIR_ID,
    OTHER_GROUP_ID,
    assigned,
    made,
    nothing_written,
    put,
    row_of,
    rows_of,
    staffed,
)

ON = date(2026, 9, 21)
QUARTER = quarter_of(ON)
TODAY = NOW.date()
GETHINS, MAIRS = "ASG-GETHIN", "ASG-MAIRPR"


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    made = staffed(tmp_path)
    assigned(made)
    assigned(made, MAIRS, MAIR_ID, OTHER_GROUP_ID)
    recorded(made, "SES-GETHIN", GETHIN_ID, GETHINS)
    return made


def recorded(workbook: Workbook, id_: str, mentor: str, assignment: str, status: str = "record in") -> None:
    group = row_of(workbook, Assignments, assignment).mentee
    values = {"mentor": mentor, "assignment": assignment, "mentee": group, "held_on": ON, "done": "Planted."}
    put(workbook, Sessions, id_, status=status, **values)


def line(workbook: Workbook, id_: str = "TIM-FJRSTT", hours: str = "3.5", **more: Any) -> Row:
    """A submitted line of Gethin's."""
    values = {
        "mentor": GETHIN_ID,
        "assignment": GETHINS,
        "worked_on": ON,
        "session": "SES-GETHIN",
        "is_chargeable": True,
        "status": "submitted",
    }
    return put(workbook, Timesheets, id_, hours=Decimal(hours), **{**values, **more})


def by_hand(workbook: Workbook, register: type[Register], id_: str, **cells: str) -> None:
    """Cells as somebody typed them into the sheet, wrong ones too."""
    row = Append(register.tab, {"_id": id_, "programme": "ssw", **cells})
    operation = Operation(op(), "", "test", "start", NOW, "ssw")
    workbook.take(workbook.store.commit(operation, Needs(), lambda fresh: [row]))


def approved(workbook: Workbook, *lines: Row) -> None:
    approvals.approve(as_(ANGHARAD, workbook), op(), lines)


def issued(workbook: Workbook) -> Receipt:
    ctx = as_(FINN, workbook)
    return invoices.issue(ctx, op(), QUARTER, runs.preview(ctx, QUARTER).pounds)


def the_letter(workbook: Workbook) -> Row:
    (letter,) = [row for row in rows_of(workbook, Invoices) if row["status"] == "issued"]
    return letter


def test_approving_the_later_line_alone_does_not_let_it_overtake_the_earlier_one(workbook: Workbook) -> None:
    """Days agreed are used up in order of entry, whichever line the manager ticks (S11)."""
    assigned(workbook, "ASG-ONEDAY", days="1")
    recorded(workbook, "SES-ONEDAY", GETHIN_ID, "ASG-ONEDAY")
    more = {"assignment": "ASG-ONEDAY", "session": "SES-ONEDAY", "hours": "7"}
    line(workbook, "TIM-FJRSTT", **more)
    later = line(workbook, "TIM-SBCNDD", kind="Workshop", **more)
    with nothing_written(workbook, NotYet) as stopped:
        approved(workbook, later)
    assert "days agreed" in str(stopped.value)


def test_another_mentors_activity_record_makes_no_hour_payable(workbook: Workbook) -> None:
    """The record for the hour must be in: not somebody else's, nor that of other work (S11)."""
    recorded(workbook, "SES-MAIRSS", MAIR_ID, MAIRS, "accepted")
    other = line(workbook, session="SES-MAIRSS")
    (claim,) = approvals.waiting(as_(ANGHARAD, workbook))
    assert claim.held_by == (Condition.ACTIVITY_RECORD,)
    with nothing_written(workbook, NotYet):
        approved(workbook, other)


def test_nobody_puts_another_mentors_record_on_their_time(workbook: Workbook) -> None:
    """RM40."""
    recorded(workbook, "SES-MAIRSS", MAIR_ID, MAIRS)
    typed = {
        "assignment": GETHINS,
        "worked_on": ON,
        "hours": Decimal(1),
        "is_chargeable": True,
        "session": "SES-MAIRSS",
    }
    with nothing_written(workbook, NotAllowed):
        timesheets.save(as_(GETHIN, workbook), op(), typed)


@pytest.mark.parametrize(
    "frozen",
    [
        {},
        {"terms": "direct", "hours_per_day": Decimal(7)},
        {"terms": "hosted", "day_rate_pounds": Decimal(300), "hours_per_day": Decimal(7)},
    ],
)
def test_approved_typed_into_the_sheet_pays_nobody_until_it_is_approved_in_the_desk(
    workbook: Workbook, frozen: dict[str, Any]
) -> None:
    """Without a rate, or without a host to pay, the hours are held and the page still opens (S9, S11, X2)."""
    recorded(workbook, "SES-ACCPTD", GETHIN_ID, GETHINS, "accepted")
    line(workbook, status="approved", session="SES-ACCPTD", **frozen)
    seen = runs.preview(as_(FINN, workbook), QUARTER)
    assert (seen.pounds, seen.held_by) == (Decimal("0.00"), {Condition.CLAIM_APPROVED: Decimal("3.5")})


@pytest.mark.parametrize(
    "cells",
    [
        {"day_rate_pounds": "-250"},
        {"day_rate_pounds": "0"},
        {"hours_per_day": "0"},
        {"hours": "9" * 400},
        {"day_rate_pounds": "9999999999999"},
    ],
)
def test_a_rate_or_hours_that_can_not_be_are_set_aside_and_listed(
    workbook: Workbook, cells: dict[str, str]
) -> None:
    """X2, X14."""
    good = {
        "mentor": GETHIN_ID,
        "assignment": GETHINS,
        "worked_on": "2026-09-21",
        "hours": "7",
        "is_chargeable": "yes",
    }
    frozen = {"terms": "direct", "day_rate_pounds": "250", "hours_per_day": "7", "status": "approved"}
    by_hand(workbook, Timesheets, "TIM-HANDED", **{**good, **frozen, **cells})
    assert runs.preview(as_(FINN, workbook), QUARTER).pounds == 0
    (said,) = workbook.table(Timesheets.tab).wrong["TIM-HANDED"]
    assert said.field in cells


def test_a_number_is_never_given_twice_though_its_row_is_spoilt_or_put_away(workbook: Workbook) -> None:
    """The paper that went out still bears it (S12)."""
    cells = {
        "kind": "invoice",
        "payee_name": "Gethin",
        "from_on": "2026-07-01",
        "to_on": "2026-09-30",
        "issued_on": "2026-10-01",
        "status": "issued",
    }
    by_hand(workbook, Invoices, "INV-SPBJLT", number="SSW-2026-0001", total_pounds="12x", **cells)
    by_hand(
        workbook,
        Invoices,
        "INV-GBNEEE",
        number="SSW-2026-0002",
        total_pounds="12",
        _archived="put away",
        **cells,
    )
    approved(workbook, line(workbook))
    issued(workbook)
    assert the_letter(workbook)["number"] == "SSW-2026-0003"


def test_a_letter_is_confirmed_and_paid_neither_ahead_of_today_nor_before_it_went_out(
    workbook: Workbook,
) -> None:
    """S12, X14."""
    approved(workbook, line(workbook))
    issued(workbook)
    ctx, letter = as_(FINN, workbook), the_letter(workbook)
    for verb in (invoices.confirm, invoices.mark_paid):
        for day in (date(2026, 10, 6), date(2026, 10, 4), None):
            with nothing_written(workbook, InvalidEntry):
                verb(ctx, op(), letter, day)  # type: ignore[arg-type]


def test_a_voided_hour_goes_on_the_next_letter_at_its_frozen_rate_and_both_papers_stay(
    workbook: Workbook,
) -> None:
    """£125.00 out, £125.00 back, £125.00 out again; the note is neither paid, confirmed nor voided (S12)."""
    approved(workbook, line(workbook))
    issued(workbook)
    finance, manager = as_(FINN, workbook), as_(ANGHARAD, workbook)
    credits.propose(finance, op(), the_letter(workbook), "Wrong host")
    (proposal,) = rows_of(workbook, Proposals)
    credits.decide(manager, op(), proposal, confirm=True)
    note = the_letter(workbook)
    with nothing_written(workbook, NotYet):
        invoices.confirm(finance, op(), note, TODAY)
    with nothing_written(workbook, NotYet):
        invoices.mark_paid(finance, op(), note, TODAY)
    with nothing_written(workbook, NotYet):
        credits.decide(manager, op(), proposal, confirm=True)
    issued(workbook)
    papers = [
        row["total_pounds"] for row in sorted(rows_of(workbook, Invoices), key=lambda row: row["number"])
    ]
    assert papers == [Decimal("125.00"), Decimal("-125.00"), Decimal("125.00")]
    assert sum(row["amount_pounds"] for row in rows_of(workbook, InvoiceLines)) == Decimal("125.00")


def test_seven_one_hour_lines_hosted_come_to_exactly_300_on_the_letter(workbook: Workbook) -> None:
    """S9's own figure, through approval and issue."""
    recorded(workbook, "SES-MAIRSS", MAIR_ID, MAIRS)
    own = {"mentor": MAIR_ID, "assignment": MAIRS, "session": "SES-MAIRSS", "hours": "1"}
    approved(workbook, *(line(workbook, f"TIM-MAJR{'BCDFGHJ'[n]}2", **own) for n in range(7)))
    issued(workbook)
    assert the_letter(workbook)["total_pounds"] == Decimal("300.00")


def test_half_a_surrogate_pair_is_refused_by_name(workbook: Workbook) -> None:
    """X14."""
    typed = {
        "assignment": GETHINS,
        "worked_on": ON,
        "hours": Decimal(1),
        "is_chargeable": True,
        "note": "a\ud800b",
    }
    with nothing_written(workbook, InvalidEntry) as stopped:
        timesheets.save(as_(GETHIN, workbook), op(), typed)
    assert stopped.value.problems[0].field == "note"
    assert records.ground(as_(ANGHARAD, workbook)).all(Timesheets) == []


def test_bank_details_typed_over_in_the_sheet_hold_up_nobody_and_can_be_given_anew(
    workbook: Workbook,
) -> None:
    """One spoilt seal blocks neither the list of payees nor a run: "to follow", until confirmed anew (S12, S18, X2)."""
    spoilt = {"account_name": "Gethin", "sort_code": "12-34-56", "account_number": "12345678"}
    by_hand(
        workbook, Payees, "PAY-SPBJLT", mentor=GETHIN_ID, name="G. Llywelyn", status="confirmed", **spoilt
    )
    (payee,) = payees.all_payees(as_(FINN, workbook))
    assert not payee.has_bank
    approved(workbook, line(workbook))
    issued(workbook)
    assert not the_letter(workbook)["sort_code"]
    payees.propose(as_(GETHIN, workbook), op(), payees.own(as_(GETHIN, workbook)), spoilt)
    (proposal,) = rows_of(workbook, Proposals)
    payees.decide(as_(ANGHARAD, workbook), op(), proposal, confirm=True)
    (payee,) = payees.all_payees(as_(FINN, workbook))
    assert payee.bank["account_number"] == "••••678"


def test_an_assignment_with_hours_on_it_is_not_undone_away(workbook: Workbook) -> None:
    """Undo of a making is refused while another record names what it made (X4, S11)."""
    manager, key = as_(ANGHARAD, workbook), op()
    proposed = {"mentor": GETHIN_ID, "mentee": OTHER_GROUP_ID, "purpose": "Repair", "days": Decimal(2)}
    made_by = assignments.propose(manager, key, proposed)
    id_ = next(cells["_id"] for tab, cells in made_by.saved if tab == Assignments.tab)
    line(workbook, assignment=id_, session=None, status="draft")
    with nothing_written(workbook, NotYet) as stopped:
        history.undo(manager, op(), key)
    assert "build upon" in str(stopped.value)


def test_another_persons_form_key_saves_nothing_and_tells_nothing(workbook: Workbook) -> None:
    """The same key by two people is two operations: the second is refused, not "saved already" (X3)."""
    ready, key = line(workbook), op()
    approvals.approve(as_(ANGHARAD, workbook), key, [ready])
    other = replace(ANGHARAD, id="PER-SECNDM", email="second.manager@example.org")
    with nothing_written(workbook, OperationReused):
        approvals.approve(as_(other, workbook), key, [ready])


def test_the_same_key_for_another_line_is_no_success(workbook: Workbook) -> None:
    """X3."""
    first, second = (line(workbook, id_, status="draft") for id_ in ("TIM-FJRSTT", "TIM-SBCNDD"))
    typed, key, gethin = {"assignment": GETHINS, "hours": Decimal(2)}, op(), as_(GETHIN, workbook)
    timesheets.save(gethin, key, typed, first)
    with nothing_written(workbook, OperationReused):
        timesheets.save(gethin, key, typed, second)


def test_advice_moved_to_other_work_names_that_works_group(workbook: Workbook) -> None:
    """S13: the paper says for whom it is."""
    assigned(workbook, "ASG-CTHERS", mentee=OTHER_GROUP_ID)
    gethin = as_(GETHIN, workbook)
    written = made(workbook, advice.save(gethin, op(), {"assignment": GETHINS, "title": "Soil"}), Advice)
    advice.save(gethin, op(), {"assignment": "ASG-CTHERS"}, written)
    assert row_of(workbook, Advice, written.id)["mentee"] == OTHER_GROUP_ID


def test_an_evaluator_reads_no_staff_note_panel_or_note_on_time(workbook: Workbook) -> None:
    """Figures and anonymised samples only (X5, RM41)."""
    put(workbook, Mentors, "MEN-NBTEDD", name="Zeb", panel="A. Puw", notes="Ask Zeb", status="applied")
    line(workbook, note="Met Nia at the hall")
    seen = records.view(as_(EVAN, workbook))
    rows = [*seen.all(Mentors), *seen.all(Timesheets)]
    said = " ".join(str(value) for row in rows for value in row.values())
    assert not [name for name in ("Zeb", "Puw", "Nia", "Gethin Ll") if name in said]


def test_a_day_of_40_hours_or_one_ahead_is_not_approved_however_it_came_in(workbook: Workbook) -> None:
    """An imported line never went through sending (S8, S10)."""
    assigned(workbook, "ASG-CTHERS", mentee=OTHER_GROUP_ID, days="20")
    recorded(workbook, "SES-CTHERS", GETHIN_ID, "ASG-CTHERS")
    one = line(workbook, "TIM-FJRSTT", hours="20")
    more = {"assignment": "ASG-CTHERS", "session": "SES-CTHERS"}
    two = line(workbook, "TIM-SBCNDD", hours="20", **more)
    ahead = line(workbook, "TIM-THJRDD", hours="1", worked_on=date(2026, 10, 6), **more)
    assert not [claim for claim in approvals.waiting(as_(ANGHARAD, workbook)) if claim.is_ready]
    for wrong in (one, two, ahead):
        with nothing_written(workbook, NotYet) as stopped:
            approved(workbook, wrong)
    assert "future" in str(stopped.value)


def test_a_line_with_half_of_what_approval_freezes_shows_no_error(workbook: Workbook) -> None:
    """A rate typed into the sheet without the length of a day (X2)."""
    line(workbook, day_rate_pounds=Decimal(250))
    (claim,) = approvals.waiting(as_(ANGHARAD, workbook))
    assert claim.pounds == Decimal("125.00")


def test_approving_unpaid_time_accepts_nobody_elses_record(workbook: Workbook) -> None:
    """S7, S11."""
    recorded(workbook, "SES-MAIRSS", MAIR_ID, MAIRS)
    approved(workbook, line(workbook, session="SES-MAIRSS", is_chargeable=False))
    assert row_of(workbook, Sessions, "SES-MAIRSS")["status"] == "record in"


def test_details_that_nobody_confirmed_are_on_no_letter(workbook: Workbook) -> None:
    """A payee row that still stands "proposed" pays nobody: details to follow (S18)."""
    seals = workbook.seals
    bank = {"account_name": "A. Nother", "sort_code": "12-34-56", "account_number": "12345678"}
    sealed = {name: seals.close(text) for name, text in bank.items()}
    by_hand(workbook, Payees, "PAY-PRPSED", mentor=GETHIN_ID, name="A. Nother", status="proposed", **sealed)
    approved(workbook, line(workbook))
    issued(workbook)
    letter = the_letter(workbook)
    assert (letter["payee_name"], letter["payee"]) == ("Gethin Llywelyn", None)
    assert not letter["account_number"]
