"""Complaints: logged, answered, taken to the examiner, closed, and never read by whom they are about (D23, RM61)."""

import logging
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from schemas.cases import Complaints
from schemas.column import Role, Row
from schemas.errors import InvalidEntry, NotAllowed, NotFound, NotYet
from services import complaints, due, exports, history, records
from services.context import Actor
from services.workbook import Workbook
from tests.cast import op
from tests.dwp import (
    ANDY,
    CAST,
    COLIN,
    DEE,
    ELSA,
    FERN,
    MENTEE_ID,
    NORA,
    OMAR,
    as_,
    new_workbook,
    put,
    row_of,
)

WORDS = "He did not come twice, and nobody told me."
# The same human being as Dee, with a co-ordinator's row of her own.
DEE_AS_STAFF = Actor("PER-DEESTA", "Dee Flint", Role.COORDINATOR, DEE.email)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


def log(workbook: Workbook, mentor: str | None = DEE.mentor, who: Actor = COLIN) -> Row:
    given = {
        "received_on": date(2024, 6, 3),
        "received_how": "a call",
        "mentee": MENTEE_ID,
        "mentor": mentor,
        "words": WORDS,
    }
    saved = complaints.receive(as_(who, workbook), op(), given).saved
    (id_,) = [cells["_id"] for tab, cells in saved if tab == Complaints.tab]
    return row_of(workbook, Complaints, id_)


def test_a_complaint_goes_from_logged_to_closed_with_what_was_changed(workbook: Workbook) -> None:
    ctx, row = as_(COLIN, workbook), log(workbook)
    assert row["status"] == "open"
    complaints.answer(ctx, op(), row, {"answer": "We are sorry.", "answered_on": date(2024, 6, 5)})
    row = row_of(workbook, Complaints, row.id)
    complaints.pass_on(ctx, op(), row, {"escalated_on": date(2024, 6, 7)})
    row = row_of(workbook, Complaints, row.id)
    assert (row["status"], row["escalated_on"]) == ("with the examiner", date(2024, 6, 7))
    complaints.close(ctx, op(), row, {"learned": "We ring the day before.", "closed_on": date(2024, 6, 12)})
    row = row_of(workbook, Complaints, row.id)
    assert (row["status"], row["learned"]) == ("closed", "We ring the day before.")
    complaints.open_again(ctx, op(), row)
    row = row_of(workbook, Complaints, row.id)
    assert (row["status"], row["closed_on"]) == ("open", None)


def test_it_goes_to_the_examiner_whom_the_programme_names(workbook: Workbook) -> None:
    assert complaints.examiner(as_(COLIN, workbook)) == "the Independent Case Examiner"
    assert complaints.examiner(as_(COLIN, workbook, language="cy")) == "yr Archwilydd Achosion Annibynnol"


def test_steps_out_of_order_and_days_that_can_t_be_are_refused(workbook: Workbook) -> None:
    ctx, row = as_(COLIN, workbook), log(workbook)
    closing = {"learned": "Nothing.", "closed_on": date(2024, 6, 5)}
    with pytest.raises(NotYet):
        complaints.close(ctx, op(), row, closing)
    with pytest.raises(InvalidEntry):
        complaints.answer(ctx, op(), row, {"answer": "Sorry.", "answered_on": date(2024, 6, 2)})
    with pytest.raises(InvalidEntry):
        complaints.answer(ctx, op(), row, {"answer": "Sorry.", "answered_on": date(2024, 6, 13)})
    with pytest.raises(InvalidEntry):
        complaints.answer(ctx, op(), row, {"answer": "", "answered_on": date(2024, 6, 5)})
    assert row_of(workbook, Complaints, row.id)["status"] == "open"


def test_its_answer_is_due_ten_days_after_it_came(workbook: Workbook) -> None:
    row = log(workbook)
    assert complaints.answer_due_on(as_(COLIN, workbook), row) == date(2024, 6, 13)
    for actor in (COLIN, NORA):
        (found,) = [each for each in due.of(as_(actor, workbook)) if each.kind == "complaint"]
        assert (found.on, found.params) == (date(2024, 6, 13), {"id": row.id})


def test_its_words_are_sealed_and_each_view_is_in_the_log_by_id(
    workbook: Workbook, caplog: pytest.LogCaptureFixture
) -> None:
    row = log(workbook)
    (cells,) = workbook.store.read(Complaints.tab).rows[Complaints.tab]
    assert WORDS not in str(cells) and cells["words"].startswith("sealed:")
    caplog.set_level(logging.INFO)
    assert complaints.opened(as_(NORA, workbook), row)["words"] == WORDS
    assert f"opened column=words record={row.id} actor={NORA.id}" in caplog.text
    assert WORDS not in caplog.text


@pytest.mark.parametrize("actor", [each for each in CAST if each not in (NORA, COLIN)], ids=lambda a: a.name)
def test_only_the_manager_and_the_co_ordinator_read_one(workbook: Workbook, actor: Actor) -> None:
    """RM61: not the mentor it is about, nor any other."""
    row = log(workbook)
    ctx = as_(actor, workbook)
    for deed in (lambda: complaints.listed(ctx), lambda: complaints.opened(ctx, row)):
        with pytest.raises(NotAllowed):
            deed()
    assert not records.view(ctx).all(Complaints)
    assert not any(each.kind == "complaint" for each in due.of(ctx))


def test_the_mentor_it_is_about_reads_it_under_no_other_role_of_theirs(workbook: Workbook) -> None:
    """Small teams: a mentor who is co-ordinator too (RM61, X15)."""
    put(workbook, "People", DEE_AS_STAFF.id, name="Dee Flint", email=DEE.email.upper(), role=Role.COORDINATOR,
        status="active")  # fmt: skip
    hers, another_s = log(workbook), log(workbook, OMAR.mentor)
    ctx = as_(DEE_AS_STAFF, workbook)
    assert [row.id for row in complaints.listed(ctx)] == [another_s.id]
    with pytest.raises(NotFound):
        complaints.opened(ctx, hers)
    with pytest.raises(NotFound):
        complaints.answer(ctx, op(), hers, {"answer": "No.", "answered_on": date(2024, 6, 5)})
    with pytest.raises(NotYet):
        log(workbook, DEE.mentor, DEE_AS_STAFF)
    assert [each.params["id"] for each in due.of(ctx) if each.kind == "complaint"] == [another_s.id]
    # nor in the history or an export, were she manager
    manager = as_(replace(DEE_AS_STAFF, role=Role.MANAGER), workbook)
    told = [id_ for tab, id_, _ in history.newest(manager) if tab == Complaints.tab]
    assert another_s.id in told and hers.id not in told
    sheet = exports.sheet_of(manager, Complaints, records.view(manager).all(Complaints))
    assert [line[0] for line in sheet.rows] == [another_s.id]


def test_finance_and_the_evaluator_are_no_readers_of_the_register(workbook: Workbook) -> None:
    log(workbook)
    assert not any(records.view(as_(actor, workbook)).all(Complaints) for actor in (FERN, ELSA, ANDY))
