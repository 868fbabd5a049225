"""Activity Records: written, sent in, progress and signposts with them, shared with the team only (S7)."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from schemas.column import Row
from schemas.errors import InvalidEntry, NotAllowed, NotFound, NotYet
from schemas.mentees import Actions, Plans, Signposts
from schemas.work import Progress, Sessions
from services import record_papers, records, sessions
from services.context import Context
from services.sessions import Signpost, Step
from services.workbook import Workbook
from tests.cast import ANGHARAD, EVAN, FINN, GETHIN, MAIR, MARC, as_, op
from tests.services.staff import (
    GROUP_ID,
    MAIR_ID,
    OTHER_GROUP_ID,
    assigned,
    nothing_written,
    put,
    row_of,
    rows_of,
    staffed,
)

TYPED: dict[str, Any] = {
    "assignment": "ASG-GETHIN",
    "held_on": date(2026, 9, 21),
    "kind": "Group meeting",
    "done": "We walked the site & drew <a> plan: =1+1 {{ 7*7 }}.",
    "learned": "Start with the kettle.",
}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    made = staffed(tmp_path)
    assigned(made)
    assigned(made, "ASG-MAIRPR", MAIR_ID, OTHER_GROUP_ID)
    put(made, Plans, "PLA-YNYSFA", mentee=GROUP_ID, version=Decimal(1), status="agreed")
    put(
        made,
        Actions,
        "ACT-ORCHAR",
        plan="PLA-YNYSFA",
        mentee=GROUP_ID,
        title="Plant an orchard",
        priority=Decimal(1),
    )
    return made


@pytest.fixture
def gethin(workbook: Workbook) -> Context:
    return as_(GETHIN, workbook)


def sent(ctx: Context, **more: Any) -> Row:
    steps = [Step("ACT-ORCHAR", "under way", "Trees ordered")]
    signposts = [Signpost("Coed Cadw", "advice on trees")]
    receipt = sessions.save(ctx, op(), TYPED | more, steps, signposts, send=True)
    (id_,) = [cells["_id"] for tab, cells in receipt.saved if tab == "Sessions"]
    return row_of(ctx.workbook, Sessions, id_)


def test_a_record_its_progress_and_its_signposts_go_in_together(workbook: Workbook, gethin: Context) -> None:
    record = sent(gethin)
    assert (record.status, record.mentee) == ("record in", GROUP_ID)
    assert [(row.step, row.words) for row in rows_of(workbook, Progress)] == [("under way", "Trees ordered")]
    assert row_of(workbook, Actions, "ACT-ORCHAR").step == "under way"
    assert [(row.agency, row.mentee) for row in rows_of(workbook, Signposts)] == [("Coed Cadw", GROUP_ID)]


def test_a_record_without_words_is_kept_as_a_draft_but_not_sent(workbook: Workbook, gethin: Context) -> None:
    with nothing_written(workbook, InvalidEntry):
        sessions.save(gethin, op(), TYPED | {"done": ""}, send=True)
    sessions.save(gethin, op(), TYPED | {"done": ""})
    assert [row.status for row in rows_of(workbook, Sessions)] == ["draft"]


def test_telling_progress_again_changes_the_same_row(workbook: Workbook, gethin: Context) -> None:
    record = sent(gethin)
    sessions.save(gethin, op(), TYPED, [Step("ACT-ORCHAR", "achieved", "Planted")], shown=record, send=True)
    assert [(row.step, row.words) for row in rows_of(workbook, Progress)] == [("achieved", "Planted")]


def test_nobody_writes_a_record_on_another_mentors_assignment(workbook: Workbook) -> None:
    """RM40."""
    with nothing_written(workbook, NotAllowed):
        sessions.save(as_(MAIR, workbook), op(), TYPED)


def test_an_accepted_record_is_not_changed(workbook: Workbook, gethin: Context) -> None:
    record = sent(gethin)
    sessions.accept(as_(ANGHARAD, workbook), op(), record)
    with nothing_written(workbook, NotYet):
        sessions.save(gethin, op(), {"done": "Something else"}, shown=row_of(workbook, Sessions, record.id))


def test_the_team_reads_it_another_mentor_and_finance_do_not(workbook: Workbook, gethin: Context) -> None:
    """RM41, RM42: a seat on the Forum gives no extra access."""
    record = sent(gethin)
    from schemas.mentors import Seats

    put(workbook, Seats, "SEA-MAIRPR", mentor=MAIR_ID, from_on=date(2026, 1, 1), to_on=date(2026, 12, 31))
    assert sessions.record(as_(MARC, workbook), record.id).mentor == "Gethin Llywelyn"
    for actor in (MAIR, FINN):
        with pytest.raises(NotFound):
            sessions.record(as_(actor, workbook), record.id)


def test_the_evaluator_sees_day_kind_and_steps_but_no_name_and_nothing_told_in_own_words(
    workbook: Workbook, gethin: Context
) -> None:
    """RM41: what a mentor tells may name people, in the record, its progress and the Word file made of it."""
    from docx import Document

    evan, whole = as_(EVAN, workbook), sent(gethin)
    record = sessions.record(evan, whole.id)
    assert "Gethin" not in record.mentor
    assert (record.row.held_on, record.row.kind) == (whole.held_on, whole.kind)
    assert [step["step"] for step in record.progress] == ["under way"]
    document = Document(BytesIO(record_papers.document(evan, whole.id, "en")))
    paper = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    paper += "\n".join(paragraph.text for paragraph in document.paragraphs)
    for told in (TYPED["done"], "Start with the kettle.", "Trees ordered"):
        assert told not in str(dict(record.row)) + str([dict(step) for step in record.progress])
        assert told not in paper


def test_drafts_are_nobody_elses_reading(workbook: Workbook, gethin: Context) -> None:
    sessions.save(gethin, op(), TYPED)
    assert sessions.all_records(as_(MARC, workbook)) == []
    assert len(sessions.all_records(gethin)) == 1


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_word_file_says_exactly_what_was_typed(
    workbook: Workbook, gethin: Context, language: str
) -> None:
    from docx import Document

    record = sent(gethin)
    document = Document(BytesIO(record_papers.document(gethin, record.id, language)))
    words = "\n".join(p.text for p in document.paragraphs) + "\n".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )
    for text in (TYPED["done"], "Plant an orchard", "Trees ordered", "Coed Cadw", "Start with the kettle."):
        assert text in words


def test_a_workbook_in_which_the_record_stays_the_same_gives_the_same_bytes(
    workbook: Workbook, gethin: Context
) -> None:
    record = sent(gethin)
    assert record_papers.document(gethin, record.id, "en") == record_papers.document(gethin, record.id, "en")
    assert records.view(gethin).get(Sessions, record.id).status == "record in"
