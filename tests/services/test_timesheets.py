"""The life of a mentor's time: draft, submitted, approved, returned, refused (S8 to S11, RM26 to RM34)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from schemas.assignments import Assignments
from schemas.column import Role, Row
from schemas.errors import InvalidEntry, NotAllowed, NotYet, OurError, StaleRow
from schemas.mentors import Mentors
from schemas.people import People
from schemas.work import Sessions, Timesheets
from services import approvals, history, records, sessions, timesheets
from services.context import Context
from services.rules.conditions import Condition
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, EVAN, FINN, GETHIN, MAIR, MARC, as_, op
from tests.services.staff import (
    GETHIN_ID,
    MAIR_ID,
    OTHER_GROUP_ID,
    assigned,
    nothing_written,
    put,
    row_of,
    rows_of,
    staffed,
)

ON = date(2026, 9, 21)
GETHINS, MAIRS = "ASG-GETHIN", "ASG-MAIRPR"


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    made = staffed(tmp_path)
    assigned(made)
    assigned(made, MAIRS, MAIR_ID, OTHER_GROUP_ID)
    return made


@pytest.fixture
def gethin(workbook: Workbook) -> Context:
    return as_(GETHIN, workbook)


def typed(**more: Any) -> dict[str, Any]:
    return {
        "assignment": GETHINS,
        "worked_on": ON,
        "hours": Decimal("3.5"),
        "kind": "Group meeting",
        "is_chargeable": True,
    } | more


def drafted(ctx: Context, **more: Any) -> Row:
    receipt = timesheets.save(ctx, op(), typed(**more))
    return row_of(ctx.workbook, Timesheets, receipt.saved[0][1]["_id"])


def recorded(
    workbook: Workbook, id_: str = "SES-FIRST2", mentor: str = GETHIN_ID, assignment: str = GETHINS
) -> str:
    put(
        workbook,
        Sessions,
        id_,
        mentor=mentor,
        assignment=assignment,
        mentee=row_of(workbook, Assignments, assignment).mentee,
        held_on=ON,
        done="We planned the orchard.",
        status="record in",
    )
    return id_


def submitted(ctx: Context, **more: Any) -> Row:
    line = drafted(ctx, **more)
    timesheets.submit(ctx, op(), [line])
    return row_of(ctx.workbook, Timesheets, line.id)


@pytest.fixture
def ready(workbook: Workbook, gethin: Context) -> Row:
    return submitted(gethin, session=recorded(workbook))


def test_a_mentor_writes_down_time_on_their_own_assignment(gethin: Context) -> None:
    line = drafted(gethin)
    assert (line.mentor, line.hours, line.status) == (GETHIN_ID, Decimal("3.5"), "draft")


def test_the_second_click_makes_no_second_line(gethin: Context) -> None:
    key = op()
    timesheets.save(gethin, key, typed())
    assert timesheets.save(gethin, key, typed()).repeated
    assert len(timesheets.mine(gethin)) == 1


def test_nobody_puts_time_on_another_mentors_assignment(workbook: Workbook, gethin: Context) -> None:
    """RM27."""
    with nothing_written(workbook, NotAllowed):
        timesheets.save(gethin, op(), typed(assignment=MAIRS))


@pytest.mark.parametrize("actor", [ANGHARAD, MARC, FINN, EVAN, ADA])
def test_only_mentors_write_and_submit_time(workbook: Workbook, actor: Any) -> None:
    """RM26."""
    with nothing_written(workbook, NotAllowed):
        timesheets.save(as_(actor, workbook), op(), typed())


@pytest.mark.parametrize(
    ("hours", "words"),
    [("1.1", "quarter hours"), ("0", "more than 0"), ("-1", "more than 0"), ("24.25", "24 or less")],
)
def test_hours_come_in_quarters_above_nought_and_a_day_has_24(
    workbook: Workbook, gethin: Context, hours: str, words: str
) -> None:
    with nothing_written(workbook, InvalidEntry) as stopped:
        timesheets.save(gethin, op(), typed(hours=Decimal(hours)))
    assert words in str(stopped.value)


def test_a_day_of_more_than_24_hours_in_all_is_refused(workbook: Workbook, gethin: Context) -> None:
    submitted(gethin, hours=Decimal(20))
    line = drafted(gethin, hours=Decimal(5), kind="Workshop")
    with nothing_written(workbook, InvalidEntry):
        timesheets.submit(gethin, op(), [line])


def test_overlapping_work_is_refused(workbook: Workbook, gethin: Context) -> None:
    from datetime import time

    submitted(gethin, hours=Decimal(2), starts_at=time(9), ends_at=time(11))
    line = drafted(gethin, hours=Decimal(2), starts_at=time(10), ends_at=time(12), kind="Workshop")
    with nothing_written(workbook, InvalidEntry):
        timesheets.submit(gethin, op(), [line])


def test_work_of_tomorrow_is_not_sent_today(workbook: Workbook, gethin: Context) -> None:
    line = drafted(gethin, worked_on=date(2026, 10, 6))
    with nothing_written(workbook, InvalidEntry):
        timesheets.submit(gethin, op(), [line])


def test_more_than_seven_hours_in_a_day_is_flagged_not_refused(workbook: Workbook, gethin: Context) -> None:
    submitted(gethin, hours=Decimal(8), session=recorded(workbook))
    (claim,) = approvals.waiting(as_(ANGHARAD, workbook))
    assert len(claim.flags) == 1
    assert claim.is_ready


def test_a_submitted_line_is_not_changed_but_taken_back_first(workbook: Workbook, gethin: Context) -> None:
    """RM33, RM28."""
    line = submitted(gethin)
    with nothing_written(workbook, NotYet):
        timesheets.save(gethin, op(), {"hours": Decimal(7)}, shown=line)
    timesheets.withdraw(gethin, op(), line)
    again = row_of(workbook, Timesheets, line.id)
    timesheets.save(gethin, op(), {"hours": Decimal(7)}, shown=again)
    assert row_of(workbook, Timesheets, line.id).hours == Decimal(7)


def test_approval_freezes_terms_and_rate_and_accepts_the_record(workbook: Workbook, ready: Row) -> None:
    """A direct mentor is £250 a day of 7 hours (annex, terms and conditions)."""
    approvals.approve(as_(ANGHARAD, workbook), op(), [ready])
    line = row_of(workbook, Timesheets, ready.id)
    assert (line.status, line.terms, line.day_rate_pounds, line.hours_per_day) == (
        "approved",
        "direct",
        Decimal("250.00"),
        Decimal(7),
    )
    assert row_of(workbook, Sessions, "SES-FIRST2").status == "accepted"


def test_a_hosted_mentors_day_is_300_pounds(workbook: Workbook) -> None:
    session = recorded(workbook, "SES-MAIRS2", MAIR_ID, MAIRS)
    line = submitted(as_(MAIR, workbook), assignment=MAIRS, session=session)
    approvals.approve(as_(ANGHARAD, workbook), op(), [line])
    approved = row_of(workbook, Timesheets, line.id)
    assert (approved.terms, approved.day_rate_pounds, approved.host) == (
        "hosted",
        Decimal("300.00"),
        "ORG-HOSTED",
    )


@pytest.mark.parametrize("actor", [MARC, FINN, EVAN, ADA, MAIR, GETHIN])
def test_only_the_programme_manager_approves(workbook: Workbook, ready: Row, actor: Any) -> None:
    """RM29."""
    with nothing_written(workbook, NotAllowed):
        approvals.approve(as_(actor, workbook), op(), [ready])


def test_nobody_approves_their_own_hours_under_another_role_either(workbook: Workbook, ready: Row) -> None:
    """RM30: one human being with two rows in People, told apart by nothing but the role."""
    both = replace(ANGHARAD, id="PER-GETMAN", email=GETHIN.email)
    put(workbook, People, both.id, name="Gethin", email=both.email, role=Role.MANAGER, status="active")
    with nothing_written(workbook, NotYet):
        approvals.approve(as_(both, workbook), op(), [ready])


def test_the_second_of_two_managers_is_told_who_approved_and_when(workbook: Workbook, ready: Row) -> None:
    """RM32: still one approval."""
    approvals.approve(as_(ANGHARAD, workbook), op(), [ready])
    with nothing_written(workbook, StaleRow) as stopped:
        approvals.approve(as_(replace(ANGHARAD, id="PER-OTHERM"), workbook), op(), [ready])
    assert "Already approved by Angharad Puw on 5 October 2026." in str(stopped.value)


def test_two_managers_at_once_make_one_approval(workbook: Workbook, ready: Row) -> None:
    barrier, outcomes = Barrier(2), []

    def approve(id_: str) -> None:
        ctx = as_(replace(ANGHARAD, id=id_), workbook)
        barrier.wait()
        try:
            approvals.approve(ctx, op(), [ready])
            outcomes.append("approved")
        except OurError as error:
            outcomes.append(type(error).__name__)

    threads = [Thread(target=approve, args=(id_,)) for id_ in (ANGHARAD.id, "PER-OTHERM")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["StaleRow", "approved"]


def test_hours_nobody_saw_are_not_approved(workbook: Workbook, gethin: Context, ready: Row) -> None:
    timesheets.withdraw(gethin, op(), ready)
    timesheets.save(gethin, op(), {"hours": Decimal(7)}, shown=row_of(workbook, Timesheets, ready.id))
    timesheets.submit(gethin, op(), [row_of(workbook, Timesheets, ready.id)])
    with nothing_written(workbook, StaleRow):
        approvals.approve(as_(ANGHARAD, workbook), op(), [ready])


def test_two_lines_past_the_days_agreed_are_never_both_approved(workbook: Workbook, gethin: Context) -> None:
    """RM31: five days are 35 hours; each line fits alone, both together do not."""
    session = recorded(workbook)
    first = submitted(gethin, hours=Decimal(20), session=session)
    second = submitted(gethin, hours=Decimal(20), worked_on=date(2026, 9, 22), session=session)
    manager = as_(ANGHARAD, workbook)
    held = {claim.line.id: claim.held_by for claim in approvals.waiting(manager)}
    assert held == {first.id: (), second.id: (Condition.DAYS_AGREED,)}
    with nothing_written(workbook, NotYet):
        approvals.approve(manager, op(), [first, second])
    approvals.approve(manager, op(), [first])
    with nothing_written(workbook, NotYet):
        approvals.approve(manager, op(), [second])


def _without_record(workbook: Workbook) -> None:
    return None


def _uninsured(workbook: Workbook) -> None:
    from schemas.mentors import Checks

    _spoil(workbook, Checks, "CHK-GETHIN", to_on="2026-09-20")


def _not_recruited(workbook: Workbook) -> None:
    _spoil(workbook, Mentors, GETHIN_ID, recruited_on="2026-09-22")


def _spoil(workbook: Workbook, register: Any, id_: str, **cells: str) -> None:
    from services.store.interface import Needs, Operation, Update
    from tests.cast import NOW

    update = Update(register.tab, id_, cells, {})
    needs = Needs(rows=((register.tab, id_),))
    operation = Operation(op(), "", "test", "by hand", NOW, "ssw")
    workbook.take(workbook.store.commit(operation, needs, lambda fresh: [update]))


@pytest.mark.parametrize(
    ("spoil", "condition"),
    [
        (_without_record, Condition.ACTIVITY_RECORD),
        (_uninsured, Condition.INSURANCE),
        (_not_recruited, Condition.MENTOR_APPROVED),
    ],
)
def test_a_held_line_is_left_out_and_its_approval_refused_with_the_cure(
    workbook: Workbook, gethin: Context, spoil: Callable[[Workbook], None], condition: Condition
) -> None:
    session = "" if condition is Condition.ACTIVITY_RECORD else recorded(workbook)
    line = submitted(gethin, session=session)
    spoil(workbook)
    manager = as_(ANGHARAD, workbook)
    (claim,) = approvals.waiting(manager)
    assert claim.held_by == (condition,)
    assert not claim.is_ready
    with nothing_written(workbook, NotYet) as stopped:
        approvals.approve(manager, op(), [line])
    assert str(stopped.value.remedy)


def test_a_line_comes_back_with_its_reason_and_can_be_sent_again(
    workbook: Workbook, gethin: Context, ready: Row
) -> None:
    """RM34."""
    approvals.send_back(as_(ANGHARAD, workbook), op(), [ready], "Which group was this?")
    back = row_of(workbook, Timesheets, ready.id)
    assert (back.status, back.reason) == ("returned", "Which group was this?")
    timesheets.submit(gethin, op(), [back])
    assert row_of(workbook, Timesheets, ready.id).status == "submitted"


def test_returning_needs_a_reason(workbook: Workbook, ready: Row) -> None:
    with nothing_written(workbook, InvalidEntry):
        approvals.send_back(as_(ANGHARAD, workbook), op(), [ready], "  ")


def test_an_approved_line_sent_back_loses_its_frozen_rate(workbook: Workbook, ready: Row) -> None:
    manager = as_(ANGHARAD, workbook)
    approvals.approve(manager, op(), [ready])
    approvals.send_back(manager, op(), [row_of(workbook, Timesheets, ready.id)], "Split it, please.")
    line = row_of(workbook, Timesheets, ready.id)
    assert (line.status, line.day_rate_pounds, line.terms) == ("returned", None, None)


def test_a_refused_line_stays_refused(workbook: Workbook, gethin: Context, ready: Row) -> None:
    approvals.refuse(as_(ANGHARAD, workbook), op(), [ready], "This was not programme work.")
    with nothing_written(workbook, NotYet):
        timesheets.submit(gethin, op(), [row_of(workbook, Timesheets, ready.id)])


def test_the_days_left_count_drafts_and_leave_the_edited_line_out(
    workbook: Workbook, gethin: Context
) -> None:
    first = drafted(gethin, hours=Decimal(7))
    (assignment,) = timesheets.choices(gethin)
    assert timesheets.days_left(gethin, assignment).left_hours == Decimal(28)
    assert timesheets.days_left(gethin, assignment, leave_out=first.id).left_hours == Decimal(35)


def test_a_start_before_the_first_figure_takes_no_page_down(
    workbook: Workbook, gethin: Context, ready: Row
) -> None:
    """A slip of the pen in one date must not stop everybody's approvals."""

    _spoil(workbook, Assignments, GETHINS, starts_on="2006-09-15")
    (claim,) = approvals.waiting(as_(ANGHARAD, workbook))
    assert claim.is_ready


def test_a_dropped_draft_is_gone_from_the_list_and_kept_in_the_workbook(
    workbook: Workbook, gethin: Context
) -> None:
    line = drafted(gethin)
    timesheets.drop(gethin, op(), line)
    assert timesheets.mine(gethin) == []
    assert [cells["_id"] for cells in workbook.store.read("Timesheets").rows["Timesheets"]] == [line.id]
    assert rows_of(workbook, Timesheets) == []
    with pytest.raises(NotAllowed):
        records.view(gethin).get(Timesheets, line.id)


def test_undo_brings_a_dropped_draft_back(workbook: Workbook, gethin: Context) -> None:
    """X4."""
    line = drafted(gethin)
    receipt = timesheets.drop(gethin, op(), line)
    history.undo(gethin, op(), receipt.op_id)
    assert [row.id for row in rows_of(workbook, Timesheets)] == [line.id]


def test_a_record_rewritten_while_it_was_read_stops_the_approval(
    workbook: Workbook, gethin: Context, ready: Row
) -> None:
    """Nobody accepts an Activity Record they did not see (S11)."""
    manager = as_(ANGHARAD, workbook)
    (claim,) = approvals.waiting(manager)
    assert claim.record is not None
    sessions.save(gethin, op(), {"done": "Something else altogether."}, shown=claim.record, send=True)
    with nothing_written(workbook, StaleRow):
        approvals.approve(manager, op(), [claim.line], [claim.record])
    (again,) = approvals.waiting(manager)
    assert again.record is not None
    approvals.approve(manager, op(), [again.line], [again.record])
    assert row_of(workbook, Sessions, again.record.id).status == "accepted"
