"""Feedback, quality over time and what was done about it (S16)."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.assignments import Feedback
from schemas.column import Row
from schemas.errors import InvalidEntry, NotAllowed, NotYet, StaleRow
from services import feedback
from services.records import HIDDEN
from services.rules import periods
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, EVAN, FINN, GETHIN, MARC, as_, op
from tests.services.staff import (
    GETHIN_ID,
    assigned,
    both_roles,
    made,
    nothing_written,
    row_of,
    rows_of,
    staffed,
)

GIVEN = {"given_by": "group", "given_on": date(2026, 9, 30), "useful": Decimal(4), "words": "Non liked it"}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    found = staffed(tmp_path)
    assigned(found)
    return found


def _given(workbook: Workbook, **more: Any) -> Row:
    receipt = feedback.record(as_(MARC, workbook), op(), "ASG-GETHIN", {**GIVEN, **more})
    return made(workbook, receipt, Feedback)


def test_feedback_is_about_the_assignments_mentor_and_kept_once(workbook: Workbook) -> None:
    key, ctx = op(), as_(MARC, workbook)
    row = made(workbook, feedback.record(ctx, key, "ASG-GETHIN", GIVEN), Feedback)
    feedback.record(ctx, key, "ASG-GETHIN", GIVEN)
    assert (row["mentor"], row["status"]) == (GETHIN_ID, "open")
    assert len(rows_of(workbook, Feedback)) == 1


@pytest.mark.parametrize(
    "wrong", [{"useful": Decimal(6)}, {"useful": None}, {"given_on": date(2026, 10, 6)}, {"given_by": "cat"}]
)
def test_wrong_feedback_is_refused(workbook: Workbook, wrong: dict[str, Any]) -> None:
    with nothing_written(workbook, InvalidEntry):
        feedback.record(as_(MARC, workbook), op(), "ASG-GETHIN", {**GIVEN, **wrong})


def test_quality_is_the_mean_of_each_quarter(workbook: Workbook) -> None:
    _given(workbook, useful=Decimal(5), in_charge=Decimal(3))
    _given(workbook, useful=Decimal(4))
    _given(workbook, useful=Decimal(4))
    _given(workbook, useful=Decimal(2), given_on=date(2026, 10, 1))
    third, fourth = feedback.quality(as_(ANGHARAD, workbook))
    assert (third.quarter, third.answers, third.useful, third.in_charge) == (
        periods.quarter(2026, 3),
        3,
        Decimal("4.33"),
        Decimal(3),
    )
    assert (fourth.useful, fourth.in_charge, fourth.name) == (Decimal(2), None, "Gethin Llywelyn")


def test_the_manager_records_what_was_done_about_it(workbook: Workbook) -> None:
    shown, key, ctx = _given(workbook), op(), as_(ANGHARAD, workbook)
    feedback.respond(ctx, key, shown, "Shorter meetings")
    assert feedback.respond(ctx, key, shown, "Shorter meetings").repeated
    row = row_of(workbook, Feedback, shown.id)
    assert (row["status"], row["response"], row["responded_on"]) == (
        "acted upon",
        "Shorter meetings",
        date(2026, 10, 5),
    )
    assert feedback.listed(ctx, status="open") == []
    with nothing_written(workbook, NotYet):
        feedback.respond(ctx, op(), shown, "Again")


def test_an_answer_needs_words_and_the_row_as_shown(workbook: Workbook) -> None:
    shown, ctx = _given(workbook), as_(ANGHARAD, workbook)
    with nothing_written(workbook, InvalidEntry):
        feedback.respond(ctx, op(), shown, " ")
    with nothing_written(workbook, StaleRow):
        feedback.respond(ctx, op(), Row(shown, useful=Decimal(1)), "Fine")


def test_nobody_records_or_answers_about_themselves(workbook: Workbook) -> None:
    shown = _given(workbook)
    both_roles(workbook, ANGHARAD, GETHIN_ID)
    with nothing_written(workbook, NotYet):
        feedback.record(as_(ANGHARAD, workbook), op(), "ASG-GETHIN", GIVEN)
    with nothing_written(workbook, NotYet):
        feedback.respond(as_(ANGHARAD, workbook), op(), shown, "Fine")


@pytest.mark.parametrize("actor", [GETHIN, FINN, EVAN, ADA])
def test_others_neither_record_nor_answer(workbook: Workbook, actor: object) -> None:
    shown, ctx = _given(workbook), as_(actor, workbook)  # type: ignore[arg-type]
    with nothing_written(workbook, NotAllowed):
        feedback.record(ctx, op(), "ASG-GETHIN", GIVEN)
    with nothing_written(workbook, NotAllowed):
        feedback.respond(ctx, op(), shown, "Fine")


def test_an_evaluator_sees_marks_and_neither_words_nor_names(workbook: Workbook) -> None:
    """X5: figures and anonymised samples only."""
    _given(workbook)
    ctx = as_(EVAN, workbook)
    (row,) = feedback.listed(ctx)
    assert (row["useful"], row["words"]) == (Decimal(4), HIDDEN)
    assert feedback.quality(ctx)[0].name == HIDDEN
    with pytest.raises(NotAllowed):
        feedback.listed(as_(FINN, workbook))
