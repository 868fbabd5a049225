"""A paper comes as Word and, where this machine can, as PDF; Word stays where the PDF fails (X8)."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.navigation import BY_URL
from schemas.words import Message
from services import invoices, letters
from services.documents import pdf
from tests.cast import GETHIN
from tests.desk import Desk
from tests.pages.programme.reading import assert_no_bug, press, words
from tests.services.letters import approved, issued
from tests.services.staff import assigned
from tests.services.staff import fill as fill_workbook

PAGE = BY_URL["letters"].file


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """One letter of Gethin's own."""
    fill_workbook(desk.workbook)
    assigned(desk.workbook)
    approved(desk.workbook)
    issued(desk.workbook)
    return desk


def files(page: AppTest) -> list[str]:
    """The labels of everything that can be downloaded."""
    return [each.proto.label for each in page.get("download_button")]


def test_where_pdf_can_be_made_it_stands_beside_word_in_both_languages(
    busy: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "available", lambda: True)
    page = busy.page(PAGE, GETHIN)
    assert files(page) == ["Word: English", "Word: Cymraeg"]
    assert {"PDF: English", "PDF: Cymraeg"} <= {each.label for each in page.button}


def test_where_it_cannot_be_made_only_word_is_offered(busy: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "available", lambda: False)
    page = busy.page(PAGE, GETHIN)
    assert files(page) == ["Word: English", "Word: Cymraeg"]
    assert not [each for each in page.button if each.label.startswith("PDF")]


def test_it_is_made_on_the_click_from_the_very_word_file(busy: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[bytes, int]] = []
    monkeypatch.setattr(pdf, "available", lambda: True)
    monkeypatch.setattr(pdf, "to_pdf", lambda docx, seconds: made.append((docx, seconds)) or b"%PDF")
    page = busy.page(PAGE, GETHIN)
    assert made == []
    page = press(page, "PDF: Cymraeg")
    assert_no_bug(page)
    assert "Save the PDF: Cymraeg" in files(page)
    ((docx, seconds),) = made
    ctx = busy.as_(GETHIN)
    (row,) = invoices.own(ctx)
    assert docx == letters.letter(ctx, row.id, "cy")
    assert seconds <= 60


def test_a_pdf_that_fails_says_so_and_points_to_word(busy: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(docx: bytes, seconds: int) -> bytes:
        raise pdf.NoPdf(Message("Making the PDF took too long."))

    monkeypatch.setattr(pdf, "available", lambda: True)
    monkeypatch.setattr(pdf, "to_pdf", fails)
    page = press(busy.page(PAGE, GETHIN), "PDF: English")
    said = words(page)
    assert "Making the PDF took too long." in said
    assert "Download the Word document instead." in said
    assert files(page) == ["Word: English", "Word: Cymraeg"]


@pytest.mark.skipif(not pdf.available(), reason="LibreOffice (soffice) is not installed")
def test_two_made_at_once_both_come_out(busy: Desk) -> None:
    """Each call has a profile of its own; on a shared one LibreOffice loses a file without a word."""
    from concurrent.futures import ThreadPoolExecutor

    ctx = busy.as_(GETHIN)
    (row,) = invoices.own(ctx)
    docx = letters.letter(ctx, row.id, "en")
    with ThreadPoolExecutor(2) as both:
        made = list(both.map(pdf.to_pdf, [docx, docx]))
    assert [each[:5] for each in made] == [b"%PDF-", b"%PDF-"]
