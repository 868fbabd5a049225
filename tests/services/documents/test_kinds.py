"""Which template serves which reader (X7, X8)."""

from pathlib import Path

import pytest

from schemas.errors import TemplateProblem
from services.documents import DOCUMENTS
from tests.services.documents.word_files import DOCUMENTS as SHIPPED
from tests.services.documents.word_files import shipped, unzipped


def test_a_welsh_reader_gets_the_welsh_template() -> None:
    assert DOCUMENTS["invoice-letter"].template(SHIPPED, "cy") == shipped("invoice-letter", "cy")


def test_a_programme_without_a_welsh_template_uses_its_english_one(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "credit-note.docx").write_bytes(b"x")
    assert DOCUMENTS["credit-note"].template(tmp_path, "cy") == b"x"


def test_a_missing_template_is_named_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(TemplateProblem, match=r"Credit note.*credit-note\.docx"):
        DOCUMENTS["credit-note"].template(tmp_path, "en")


def test_a_language_is_never_a_path(tmp_path: Path) -> None:
    (tmp_path / "credit-note.docx").write_bytes(b"x")
    with pytest.raises(TemplateProblem):
        DOCUMENTS["credit-note"].template(tmp_path / "en", "..")


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize(("language", "page"), [("en", b"Page "), ("cy", b"Tudalen ")])
def test_every_page_is_numbered_out_of_how_many(kind: str, language: str, page: bytes) -> None:
    footer = unzipped(shipped(kind, language))["word/footer1.xml"]
    assert page in footer
    assert b" PAGE " in footer
    assert b" NUMPAGES " in footer
