"""The plain papers of data requests: whole, numbered, named for a reader who listens (X6, X8, X12)."""

import io
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn

from services.documents.plain import Part, Plain, Table, word

RECORD = "\n".join(f"Line {number}" for number in range(8))


def made(language: str = "en") -> bytes:
    table = Table(("Register", "Rows"), (("Mentors", "1"), ("Sessions", "12")))
    parts = (Part("What went", ("A sentence.", RECORD), (table,)),)
    return word(Plain("Certificate of erasure", language, date(2026, 11, 22), ("To begin with.",), parts))


@pytest.mark.parametrize(("language", "words"), [("en", "Page 1 of 1"), ("cy", "Tudalen 1 o 1")])
def test_every_page_says_which_of_how_many_it_is(language: str, words: str) -> None:
    footer = Document(io.BytesIO(made(language))).sections[0].footer.paragraphs[0]
    assert "".join(node.text or "" for node in footer._p.iter(qn("w:t"))) == words
    fields = [node.get(qn("w:instr")) for node in footer._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_table_is_named_and_its_heading_row_marked_and_no_row_torn() -> None:
    (table,) = Document(io.BytesIO(made())).tables
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "What went"
    marks = [[each.tag for each in row._tr.trPr] for row in table.rows]
    assert marks == [[qn("w:cantSplit"), qn("w:tblHeader")], [qn("w:cantSplit")], [qn("w:cantSplit")]]
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in table.rows[0].cells)


def test_the_lines_of_a_record_stay_on_one_page() -> None:
    paragraphs = Document(io.BytesIO(made())).paragraphs
    (record,) = [each for each in paragraphs if each.text == RECORD]
    assert record.paragraph_format.keep_together


def test_the_same_paper_makes_the_same_bytes_and_bears_its_title() -> None:
    assert made() == made()
    assert Document(io.BytesIO(made())).core_properties.title == "Certificate of erasure"
