"""What every shipped template promises a reader, of paper and of a screen: names, heading rows, whole rows (X8, X12)."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table

from schemas.words import say
from services.documents import DOCUMENTS, Paper, render, sample
from tests.services.documents.word_files import TEMPLATES, read_document, table_with, text_of

SHIPPED = sorted(TEMPLATES.glob("*/documents/*/*.docx"))
LANGUAGES = ("en", "cy")


def named(path: Path) -> str:
    return "-".join((path.parts[-4], path.parts[-2], path.stem))


every_template = pytest.mark.parametrize("path", SHIPPED, ids=named)
in_both = pytest.mark.parametrize("language", LANGUAGES)


def template(kind: str, language: str) -> bytes:
    return next(path for path in SHIPPED if (path.stem, path.parts[-2]) == (kind, language)).read_bytes()


def made(kind: str, language: str, **changes: object) -> bytes:
    value: Paper = replace(sample(kind, language), **changes)  # type: ignore[arg-type]
    return render(template(kind, language), value, language)


def caption(table: Table) -> str:
    return str(table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")))


def is_marked(table: Table, what: str) -> bool:
    return table._tbl.tblPr.find(qn("w:tblLook")).get(qn(f"w:{what}")) == "1"


def has(row_properties: object, name: str) -> bool:
    return row_properties is not None and row_properties.find(qn(name)) is not None  # type: ignore[attr-defined]


@every_template
def test_a_template_s_title_is_that_of_its_own_document(path: Path) -> None:
    """WCAG 2.4.2; one template was once copied from another, title and all."""
    document = Document(io.BytesIO(path.read_bytes()))
    title = document.core_properties.title
    heading = document.paragraphs[0].text.partition("{{")[0].strip()
    assert title == (heading or say(DOCUMENTS[path.stem].title, path.parts[-2]))


@every_template
def test_every_table_is_named_for_what_stands_in_it_and_no_two_alike(path: Path) -> None:
    captions = [caption(table) for table in read_document(path.read_bytes()).tables]
    assert all(captions)
    assert len(set(captions)) == len(captions)
    assert not {"What was missed", "Yr hyn a fethwyd"} & set(captions) or path.stem == "improvement-plan"
    assert not {"How far the plan came", "Pa mor bell yr aeth y cynllun"} & set(captions) or (
        path.stem == "final-review"
    )


@every_template
def test_a_heading_row_says_that_it_is_one_and_stays_with_what_it_heads(path: Path) -> None:
    """A screen reader is told the headings; a page turned brings them again (X12)."""
    for table in read_document(path.read_bytes()).tables:
        if is_marked(table, "firstRow"):
            first = table.rows[0]
            assert has(first._tr.trPr, "w:tblHeader"), caption(table)
            assert all(
                each.paragraph_format.keep_with_next for cell in first.cells for each in cell.paragraphs
            )


@every_template
def test_no_row_is_torn_by_the_end_of_a_page(path: Path) -> None:
    for table in read_document(path.read_bytes()).tables:
        rows = [row for row in table._tbl.tr_lst if "{%tr" not in "".join(row.itertext())]
        assert all(has(row.trPr, "w:cantSplit") for row in rows), caption(table)


@in_both
def test_a_plan_without_an_action_has_no_empty_table(language: str) -> None:
    """D8: a draft is printed before anything is agreed."""
    words = {"en": "No action has been written down yet.", "cy": "Nid oes cam gweithredu wedi’i nodi eto."}
    out = made("smart-plan", language, actions=())
    assert words[language] in text_of(out)
    assert [len(table.rows) for table in read_document(out).tables] == [2, 2]
    assert words[language] not in text_of(made("smart-plan", language))


@in_both
def test_what_a_sample_is_stands_before_its_rows_and_never_alone_on_a_last_page(language: str) -> None:
    """D17."""
    words = {"en": "Drawn at random", "cy": "Tynnwyd ar hap"}[language]
    body = list(read_document(made("plan-sample", language)).element.body)
    said = next(n for n, each in enumerate(body) if words in "".join(each.itertext()))
    assert any(each.tag == qn("w:tbl") for each in body[said:])


@in_both
def test_a_review_of_a_plan_without_actions_has_no_empty_heading(language: str) -> None:
    heading = {"en": "How far the plan came", "cy": "Pa mor bell yr aeth y cynllun"}[language]
    assert heading in text_of(made("final-review", language))
    assert heading not in text_of(made("final-review", language, actions=()))


@in_both
def test_an_improvement_plan_says_where_no_cause_is_written_yet(language: str) -> None:
    words = {"en": "The cause has not been written down yet.", "cy": "Nid yw’r achos wedi’i nodi eto."}[
        language
    ]
    assert words in text_of(made("improvement-plan", language, cause=""))
    assert words not in text_of(made("improvement-plan", language))


@in_both
def test_a_sheet_to_fill_in_by_hand_has_room_to_write_and_to_sign(language: str) -> None:
    """W3: blank lines of type are no room for a hand; 4 cm for what was done, 14 mm for each name."""
    out = made("meeting-sheet", language, why="", did="", achieved="", next_time="")
    heights = [row.height.mm if row.height else 0 for row in read_document(out).tables[0].rows]
    assert [round(each) for each in heights] == [0, 0, 0, 0, 20, 40, 30, 30, 0, 14, 14]


@in_both
def test_the_lines_to_sign_on_stay_together_with_the_names(language: str) -> None:
    """W2, W5, D8: nobody signs a page that says nothing."""
    for kind in ("pair-agreement", "certificate"):
        paragraphs = read_document(made(kind, language)).paragraphs
        first = next(n for n, each in enumerate(paragraphs) if each.text.startswith("....."))
        assert all(each.paragraph_format.keep_with_next for each in paragraphs[first - 1 : -1]), kind
    rows = read_document(made("meeting-sheet", language)).tables[0].rows
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in rows[-2].cells)
    plan = read_document(made("smart-plan", language))
    before = plan.tables[-1]._tbl.getprevious()
    assert before.pPr.find(qn("w:keepNext")) is not None


@in_both
def test_each_table_of_an_invoice_is_named_for_itself(language: str) -> None:
    """D19: the cost register is not “work done”."""
    out = made("bill", language)
    costs = table_with(out, {"en": "Planned", "cy": "Wedi’i gynllunio"}[language])
    assert caption(costs) == {"en": "Cost register", "cy": "Cofrestr gostau"}[language]
