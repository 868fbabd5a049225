"""The papers a mentee takes away: what stands in them, in which language, for whom (D8, D11, D24)."""

import io
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from schemas.cases import Cases
from schemas.errors import NotFound, NotYet
from schemas.mentees import Mentees
from services import endings, plan_papers
from services.documents.word import lines_of, texts_of
from services.workbook import Workbook
from tests.dwp import DEE, MENTEE_ID, OMAR, OTHER_MENTEE_ID, TODAY, as_
from tests.services.mentoring import JUNE_CASE, agreed_plan, op, opened, row_of, session


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return opened(tmp_path)


def said(docx: bytes) -> str:
    return "\n".join(texts_of(Document(io.BytesIO(docx))))


def rows(docx: bytes) -> list[str]:
    return list(lines_of(Document(io.BytesIO(docx))))


def test_a_plan_shows_each_action_with_all_that_makes_it_smart(workbook: Workbook) -> None:
    plan = agreed_plan(workbook)
    made = plan_papers.plan_file(as_(DEE, workbook), plan.id, "en")
    (line,) = [each for each in rows(made) if "See the housing team" in each]
    for words in (
        "A place on the list",
        "Dee comes along",
        "June has asked for it",
        "1 July 2024",
        "not started",
    ):
        assert words in line
    for words in ("June Hale", "Dee Flint", "21 May 2024", "signed by hand", "I agree to this plan"):
        assert words in said(made)


def test_the_same_plan_in_welsh_says_its_dates_and_choices_in_welsh(workbook: Workbook) -> None:
    plan = agreed_plan(workbook)
    made = said(plan_papers.plan_file(as_(DEE, workbook), plan.id, "cy"))
    for words in ("Cynllun Gweithredu CAMPUS", "21 Mai 2024", "llofnodwyd â llaw", "1 Gorffennaf 2024"):
        assert words in made
    assert "signed by hand" not in made


def test_papers_begin_in_welsh_for_whoever_asked_for_it(workbook: Workbook) -> None:
    """D24: in area 9 and anywhere else."""
    assert plan_papers.language_of(row_of(workbook, Mentees, OTHER_MENTEE_ID)) == "cy"
    assert plan_papers.language_of(row_of(workbook, Mentees, MENTEE_ID)) == "en"


def test_the_final_review_says_how_far_each_action_came_and_what_comes_next(workbook: Workbook) -> None:
    agreed_plan(workbook)
    session(workbook, date(2024, 6, 3))
    ctx, case = as_(DEE, workbook), row_of(workbook, Cases, JUNE_CASE)
    with pytest.raises(NotYet):
        plan_papers.review_file(ctx, JUNE_CASE, "en")
    done = {"completed_on": TODAY, "few_sessions_reason": "She moved into work"}
    endings.complete(ctx, op(), case, done, "Keep going to the Monday group")
    made = plan_papers.review_file(ctx, JUNE_CASE, "en")
    words = said(made)
    assert "Keep going to the Monday group" in words
    assert "share your action plan with your Work Coach" in words
    assert "She moved into work" not in words
    assert any("See the housing team" in each and "not started" in each for each in rows(made))


def test_another_mentor_gets_no_paper(workbook: Workbook) -> None:
    plan = agreed_plan(workbook)
    with pytest.raises(NotFound):
        plan_papers.plan_file(as_(OMAR, workbook), plan.id, "en")
    with pytest.raises(NotFound):
        plan_papers.review_file(as_(OMAR, workbook), JUNE_CASE, "en")
