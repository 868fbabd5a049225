"""Written advice: the boundary confirmed one by one, reviewed, every version kept (S13)."""

from pathlib import Path
from typing import Any

import pytest

from schemas.column import Row
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.work import Advice
from services import advice
from services.advice import BOUNDARY
from services.context import Context
from services.workbook import Workbook
from tests.cast import ANGHARAD, FINN, GETHIN, MAIR, MARC, as_, op
from tests.services.staff import assigned, nothing_written, row_of, rows_of, staffed

CONFIRMED = dict.fromkeys(BOUNDARY, True)
TYPED: dict[str, Any] = {
    "assignment": "ASG-GETHIN",
    "title": "Starting an orchard",
    "background": "The group asked where to begin.",
    "suggestions": "Visit another orchard.\nTalk to the school.",
}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    made = staffed(tmp_path)
    assigned(made)
    return made


@pytest.fixture
def gethin(workbook: Workbook) -> Context:
    return as_(GETHIN, workbook)


def in_review(ctx: Context) -> Row:
    receipt = advice.save(ctx, op(), TYPED | CONFIRMED, send=True)
    return row_of(ctx.workbook, Advice, receipt.saved[0][1]["_id"])


@pytest.mark.parametrize("boundary", list(BOUNDARY))
def test_each_excluded_kind_must_be_confirmed_by_itself(
    workbook: Workbook, gethin: Context, boundary: str
) -> None:
    """The annex excludes legal, technical, financial and planning consequences, and the group's own work."""
    with nothing_written(workbook, InvalidEntry) as stopped:
        advice.save(gethin, op(), TYPED | CONFIRMED | {boundary: False}, send=True)
    assert isinstance(stopped.value, InvalidEntry)
    assert [problem.field for problem in stopped.value.problems] == [boundary]


def test_nothing_goes_out_before_the_facilitator_has_reviewed_it(workbook: Workbook, gethin: Context) -> None:
    piece = in_review(gethin)
    assert piece.status == "in review"
    advice.review(as_(MARC, workbook), op(), piece, sends=True)
    sent = row_of(workbook, Advice, piece.id)
    assert (sent.status, sent.reviewed_by) == ("sent", MARC.id)


def test_a_returned_piece_says_why_and_is_mended(workbook: Workbook, gethin: Context) -> None:
    piece = in_review(gethin)
    with nothing_written(workbook, InvalidEntry):
        advice.review(as_(MARC, workbook), op(), piece, sends=False)
    advice.review(as_(MARC, workbook), op(), piece, sends=False, reason="This is planning advice.")
    back = row_of(workbook, Advice, piece.id)
    assert (back.status, back.reason) == ("returned", "This is planning advice.")
    advice.save(gethin, op(), {"suggestions": "Ask the planning officer."}, shown=back, send=True)
    assert row_of(workbook, Advice, piece.id).status == "in review"


def test_every_version_is_kept(workbook: Workbook, gethin: Context) -> None:
    piece = in_review(gethin)
    advice.review(as_(MARC, workbook), op(), piece, sends=True)
    advice.new_version(gethin, op(), row_of(workbook, Advice, piece.id))
    assert [(str(row.version), row.status) for row in rows_of(workbook, Advice)] == [
        ("1", "superseded"),
        ("2", "draft"),
    ]


def test_what_is_in_review_is_not_changed(workbook: Workbook, gethin: Context) -> None:
    piece = in_review(gethin)
    with nothing_written(workbook, NotYet):
        advice.save(gethin, op(), {"title": "Other"}, shown=piece)


@pytest.mark.parametrize("actor", [GETHIN, MAIR, FINN])
def test_only_staff_review(workbook: Workbook, gethin: Context, actor: Any) -> None:
    piece = in_review(gethin)
    with nothing_written(workbook, NotAllowed):
        advice.review(as_(actor, workbook), op(), piece, sends=True)


def test_a_draft_is_the_mentors_own_paper(workbook: Workbook, gethin: Context) -> None:
    advice.save(gethin, op(), TYPED)
    assert advice.all_advice(as_(ANGHARAD, workbook)) == []
    assert len(advice.all_advice(gethin)) == 1


def test_it_is_made_from_the_programmes_template(workbook: Workbook, gethin: Context) -> None:
    from io import BytesIO

    from docx import Document

    document = Document(BytesIO(advice.document(gethin, in_review(gethin).id, "en")))
    words = "\n".join(p.text for p in document.paragraphs)
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "Starting an orchard" in words + cells
    assert "Visit another orchard." in words + cells
    assert "Plan the orchard" in words + cells, "what the mentor was asked for, not the group's name again"
    assert "Draft: not yet reviewed by the Facilitator." in words
