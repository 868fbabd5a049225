"""What peers, group offices and councils are written, in the reader's language and for where they stand (L3, L4)."""

import io
from pathlib import Path

import pytest
from docx import Document

from schemas.column import Row
from schemas.peers import Enquiries
from services import enquiries, placement_letters
from services.placement_letters import Kind, Letter
from services.workbook import Workbook
from tests.cast import op
from tests.lga import OLU, REQUEST_ID, SAM, VALE, as_, made, new_workbook
from tests.services import placing


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


def letter(workbook: Workbook, row: Row, language: str = "en") -> Letter:
    return placement_letters.for_enquiry(as_(SAM, workbook), REQUEST_ID, row.id, language)


def paragraphs(workbook: Workbook, row: Row, language: str) -> list[str]:
    """The Word letter's, opened."""
    ctx = as_(SAM, workbook)
    content = placement_letters.word_file(ctx, letter(workbook, row, language), language)
    return [each.text for each in Document(io.BytesIO(content)).paragraphs]


def test_a_welsh_letter_says_the_kind_of_project_in_welsh(workbook: Workbook) -> None:
    """X7."""
    olu, _ = placing.asked(workbook)
    assert "Kind of project: peer challenge." in " ".join(paragraphs(workbook, olu, "en"))
    said = " ".join(paragraphs(workbook, olu, "cy"))
    assert "her gan gymheiriaid" in said.casefold()
    assert "peer challenge" not in said


def test_a_letter_is_headed_for_its_reader_and_signed(workbook: Workbook) -> None:
    olu, _ = placing.asked(workbook)
    english, welsh = paragraphs(workbook, olu, "en"), paragraphs(workbook, olu, "cy")
    assert english[0] == "Brockney Borough Council: A request for a peer"
    assert english[-1].splitlines()[:2] == ["Yours sincerely", SAM.name]
    assert welsh[-1].splitlines()[:2] == ["Yn gywir", SAM.name]


def test_a_group_office_is_asked_to_tell_its_member_and_is_not_thanked_in_their_place(
    workbook: Workbook,
) -> None:
    """L3: the unsuccessful are told too, members by their group office."""
    _, vale = placing.chosen(workbook)
    said = letter(workbook, vale)
    assert said.kind is Kind.NOT_CHOSEN
    assert f"Would you tell {VALE.name}, and thank them for us?" in said.text
    assert "You stay on our database" not in said.text
    assert VALE.name in letter(workbook, vale, "cy").text


def test_an_officer_who_was_not_chosen_is_thanked_themselves(workbook: Workbook) -> None:
    olu, vale = placing.forward(workbook)
    enquiries.decide_choice(as_(SAM, workbook), op(), REQUEST_ID, [vale.id], placing.TODAY)
    said = letter(workbook, placing.enquiry(workbook, olu))
    assert f"Thank you for offering, {OLU.name}." in said.text
    assert "You stay on our database" in said.text


def test_nobody_who_has_answered_is_asked_again(workbook: Workbook) -> None:
    """L3: an answer is kept; the letter beside it says where the peer stands."""
    olu, vale = placing.asked(workbook)
    enquiries.answer(as_(OLU, workbook), op(), olu, placing.YES)
    enquiries.answer(as_(VALE, workbook), op(), vale, placing.NO)
    willing, unwilling = (letter(workbook, placing.enquiry(workbook, row)) for row in (olu, vale))
    assert {willing.kind, unwilling.kind} == {Kind.ANSWERED}
    assert "Please keep the days free." in willing.text
    assert "Thank you for telling us." in unwilling.text
    enquiries.put_forward(as_(SAM, workbook), op(), REQUEST_ID, [olu.id])
    forward = letter(workbook, placing.enquiry(workbook, olu))
    assert "We have given your name to Brockney Borough Council." in forward.text
    for each in (willing, unwilling, forward):
        assert "are you available" not in each.text


def test_a_member_is_asked_by_their_group_office_under_its_own_heading(workbook: Workbook) -> None:
    ctx = as_(SAM, workbook)
    (row,) = made(workbook, enquiries.ask(ctx, op(), REQUEST_ID, [VALE.mentor]), Enquiries)
    assert letter(workbook, row).subject == "Brockney Borough Council: A request for one of your members"
