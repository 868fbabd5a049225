"""Templates checked on the page (X8)."""

import pytest

from pages.ui.downloads import WORD
from services.documents import pdf
from tests.cast import ANGHARAD, FINN
from tests.desk import Desk, all_words
from tests.services.documents.word_files import shipped, with_paragraph

PAGE = "pages/house/templates.py"


def uploaded(desk: Desk, content: bytes, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(pdf, "can_picture", lambda: False)
    test = desk.page(PAGE, ANGHARAD, document="activity-record")
    test.file_uploader(key="template:activity-record:en").set_value(("mine.docx", content, WORD)).run()
    assert not test.exception
    return all_words(test)


def test_the_present_template_is_right(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "This template is right" in uploaded(desk, shipped("activity-record"), monkeypatch)


def test_a_field_that_is_not_known_is_named_with_its_place(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = uploaded(desk, with_paragraph(shipped("activity-record"), "{{ record.mentr }}"), monkeypatch)
    assert "must be mended first" in words
    assert "record.mentr" in words


def test_what_is_no_word_document_is_told_plainly(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "must be mended first" in uploaded(desk, b"hello", monkeypatch)


def test_the_page_is_closed_to_others(desk: Desk) -> None:
    assert desk.page(PAGE, FINN).error
