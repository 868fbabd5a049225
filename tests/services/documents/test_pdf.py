"""A PDF where asked, and Word offered where there is none (X8)."""

import shutil

import pytest

from services.documents import pdf, render, sample
from tests.services.documents.word_files import shipped

needs_office = pytest.mark.skipif(not pdf.available(), reason="LibreOffice (soffice) is not installed")
needs_pictures = pytest.mark.skipif(not pdf.can_picture(), reason="LibreOffice or pdftoppm is not installed")


@pytest.mark.slow
@needs_pictures
def test_a_letter_becomes_a_tagged_pdf_and_its_pages_pictures() -> None:
    made = pdf.to_pdf(render(shipped("invoice-letter", "cy"), sample("invoice-letter", "cy"), "cy"))
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made, "tagged, so that a screen reader can follow it"
    pictures = pdf.to_pictures(made)
    assert len(pictures) == 1
    assert pictures[0].startswith(b"\x89PNG")


@pytest.mark.slow
@needs_office
def test_a_conversion_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(pdf.NoPdf, match="too long"):
        pdf.to_pdf(render(shipped("invoice-letter"), sample("invoice-letter"), "en"), seconds=0)


def test_without_libreoffice_the_word_document_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert not pdf.available()
    with pytest.raises(pdf.NoPdf, match="Download the Word document instead"):
        pdf.to_pdf(b"")
    assert pdf.to_pictures(b"") == ()
