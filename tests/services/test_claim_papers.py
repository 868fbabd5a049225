"""The claim form in both languages, opened: the purchase order, what was capped and why (L6, L10)."""

import io
from pathlib import Path

import pytest
from docx import Document

from schemas.errors import NotAllowed
from schemas.peers import Orders, Projects
from services import claim_papers, records
from services.workbook import Workbook
from tests.lga import FAY, HELEN, OLU, VALE, as_
from tests.services.claiming import MEAL, TRAIN, approved, opened, sent


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return opened(tmp_path)


def words(content: bytes) -> str:
    tables = Document(io.BytesIO(content)).tables
    return "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)


@pytest.mark.parametrize(
    ("language", "why"), [("en", "The limit is £36.00 a night"), ("cy", "£36.00")], ids=["en", "cy"]
)
def test_the_form_says_order_amounts_and_why(workbook: Workbook, language: str, why: str) -> None:
    ground = records.ground(as_(HELEN, workbook))
    project, order = ground.all(Projects)[0], ground.all(Orders)[0]["number"]
    first, _ = approved(workbook, {**MEAL, "project": project.id}, {**TRAIN, "project": project.id})
    said = words(claim_papers.form_file(as_(FAY, workbook), first["claim"], language))
    for text in (order, "CL-2026-0001", OLU.name, HELEN.name, "£41.50", "£36.00", "£5.50", "£100.20", why):
        assert text in said


def test_the_peer_prints_their_own_before_it_is_decided_and_nobody_else_s(workbook: Workbook) -> None:
    (row,) = sent(workbook, MEAL)
    assert "not decided yet" in words(claim_papers.form_file(as_(OLU, workbook), row["claim"], "en"))
    with pytest.raises(NotAllowed):
        claim_papers.form_file(as_(VALE, workbook), row["claim"], "en")
