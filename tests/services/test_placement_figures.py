"""How the programme of peers goes, in figures: means over several peers, nobody's own (L8, X10)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.mentors import Mentors
from schemas.peers import Marks
from services import pair_papers, reviews
from services.due import of
from services.review_figures import Section
from services.workbook import Workbook
from tests import lga
from tests.cast import op
from tests.lga import EVE, FAY, HELEN, OLU, VALE, as_, on, put
from tests.services.documents.word_files import text_of

COMPETENCY = "Providing challenge"


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return lga.new_workbook(tmp_path / "workbook.sqlite3")


def marked(workbook: Workbook, *given: tuple[str, int], first: int = 2) -> None:
    """Marks of the council for these peers."""
    for number, (peer, mark) in enumerate(given, start=first):
        put(
            workbook, Marks, f"MRK-22222{number}", project="PRJ-222222", mentor=peer, given_by="the council",
            given_on=date(2026, 10, 5), competency=COMPETENCY, mark=Decimal(mark),
        )  # fmt: skip


def mean_of(workbook: Workbook) -> object:
    sections: Iterable[Section] = reviews.review(as_(EVE, workbook)).sections
    (found,) = [each for each in sections if each.title == "Councils of their peers, mean of 5"]
    (figure,) = [each for each in found.figures if each.label == COMPETENCY]
    return figure.count


def test_a_mean_is_shown_of_three_peers_and_not_of_two_however_often_they_were_marked(
    workbook: Workbook,
) -> None:
    put(workbook, Mentors, "MEN-THRDPR", name="Ivo Park", status="approved", peer_kind="officer",
        recruited_on=date(2026, 3, 2))  # fmt: skip
    marked(workbook, (OLU.mentor, 5), (OLU.mentor, 4), (VALE.mentor, 3))
    assert mean_of(workbook) is None
    marked(workbook, ("MEN-THRDPR", 2), first=5)
    assert mean_of(workbook) == Decimal("3.5")


def test_the_review_is_due_from_staff_and_evaluator_until_it_was_considered(workbook: Workbook) -> None:
    """X10: a year after the programme began, then every year."""

    def is_due(day: date) -> list[bool]:
        return [
            any(each.kind == "review" for each in of(on(as_(who, workbook), day)))
            for who in (HELEN, EVE, FAY)
        ]

    assert is_due(date(2026, 8, 3)) == [False, False, False]
    assert is_due(lga.TODAY) == [True, True, False]
    reviews.record(
        as_(HELEN, workbook), op(), {"considered_on": lga.TODAY, "learned": "Ask the offices earlier."}
    )
    assert is_due(lga.TODAY) == [False, False, False]
    assert is_due(date(2027, 9, 2)) == [True, True, False]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_report_says_no_peers_name(workbook: Workbook, language: str) -> None:
    marked(workbook, (OLU.mentor, 5), (VALE.mentor, 3))
    said = text_of(
        pair_papers.review(replace(as_(EVE, workbook), language=language), "Ask earlier.", language)
    )
    assert "Ask earlier." in said and OLU.name not in said and VALE.name not in said
    assert ("Review of the programme" if language == "en" else "Adolygiad o’r rhaglen") in said
