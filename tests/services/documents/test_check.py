"""A template is judged before anybody relies on it (X8)."""

import io
import zipfile

import pytest
from docx import Document

from schemas.words import say
from services.documents import DOCUMENTS, TemplateReport, check, render, sample
from services.documents.package import MAX_UNPACKED_BYTES
from tests.services.documents.word_files import (
    saved,
    shipped,
    text_of,
    unzipped,
    with_member,
    with_paragraph,
    with_split_runs,
    with_text,
    without_table,
    zipped,
)

INVOICE = "invoice-letter"


def reasons(report: TemplateReport) -> str:
    return "\n".join(str(fault.reason) for fault in report.faults)


def checked(template: bytes, kind: str = INVOICE) -> str:
    return reasons(check(template, kind))


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_shipped_template_is_good(kind: str, language: str) -> None:
    report = check(shipped(kind, language), kind)
    assert report.is_good, reasons(report)


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize(("language", "locale"), [("en", "en-GB"), ("cy", "cy-GB")])
def test_every_shipped_template_is_a4_and_knows_its_language(kind: str, language: str, locale: str) -> None:
    template = shipped(kind, language)
    section = Document(io.BytesIO(template)).sections[0]
    size = (round(section.page_width.cm, 1), round(section.page_height.cm, 1))
    assert sorted(size) == [21.0, 29.7], "A4, upright or on its side"
    assert f'w:lang w:val="{locale}"'.encode() in unzipped(template)["word/styles.xml"]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_welsh_template_asks_for_the_same_fields_as_the_english(kind: str) -> None:
    assert check(shipped(kind, "cy"), kind).unused == check(shipped(kind, "en"), kind).unused


def test_a_misspelt_field_is_refused_with_its_name_its_place_and_a_guess() -> None:
    template = with_text(shipped(INVOICE), "{{ invoice.total }}", "{{ invoice.totl }}")
    [unknown, *_] = check(template, INVOICE).faults
    assert unknown.field == "invoice.totl"
    assert unknown.place == "{{ invoice.totl }}"
    assert "in a table" in str(unknown.reason)
    assert "“invoice.total”" in str(unknown.reason)
    assert "invoice.totl" in say(unknown.reason, "cy")


def test_all_misspelt_fields_are_listed_at_once() -> None:
    template = with_text(
        shipped(INVOICE), "{{ invoice.note }}", "{{ invoice.nota }} {{ note }} {{ invoice.to_name.x }}"
    )
    fields = {fault.field for fault in check(template, INVOICE).faults}
    assert {"invoice.nota", "note", "invoice.to_name.x"} <= fields


def test_a_misspelt_field_of_a_row_is_refused() -> None:
    template = with_text(shipped(INVOICE), "{{ row.day_rate }}", "{{ row.rate }}")
    assert "“row.rate”" in checked(template)


def test_a_row_s_field_outside_its_rows_is_refused() -> None:
    assert "“row.mentor”" in checked(with_paragraph(shipped(INVOICE), "{{ row.mentor }}"))


def test_a_misspelt_field_in_the_footer_is_found_there() -> None:
    document = Document(io.BytesIO(shipped(INVOICE)))
    document.sections[0].footer.paragraphs[0].add_run("{{ invoice.nubmer }}")
    assert "in the footer" in checked(saved(document))


def test_a_misspelt_field_that_only_an_empty_value_would_reach_is_found_too() -> None:
    tail = "{% if invoice.note %}{% else %}{{ invoice.nothing }}{% endif %}"
    assert "“invoice.nothing”" in checked(with_paragraph(shipped(INVOICE), tail))


def test_a_template_without_the_rows_is_refused() -> None:
    fields = {fault.field for fault in check(without_table(shipped(INVOICE), "row.mentor"), INVOICE).faults}
    assert {"invoice.rows", "invoice.rows.amount", "invoice.total"} <= fields


def test_a_template_without_its_number_is_refused_only_when_it_stands_nowhere() -> None:
    body_only = with_text(shipped(INVOICE), "{{ invoice.number }}", "")
    assert check(body_only, INVOICE).is_good, "the footer still shows it"
    document = Document(io.BytesIO(body_only))
    document.sections[0].footer.paragraphs[0].text = ""
    assert "“invoice.number”" in checked(saved(document))


def test_fields_that_may_be_left_out_are_only_mentioned() -> None:
    template = with_text(shipped(INVOICE), "{{ invoice.bank_details }}", "Please telephone.")
    report = check(template, INVOICE)
    assert report.is_good
    assert "invoice.bank_details" in report.unused


def test_another_document_s_template_is_refused() -> None:
    assert "“record.group”" in checked(shipped("activity-record"))


def test_a_tag_split_by_word_over_many_runs_still_works() -> None:
    template = with_split_runs(shipped(INVOICE), "{{ invoice.bank_details }}")
    assert check(template, INVOICE).is_good
    assert "Sort code 00-00-00" in text_of(render(template, sample(INVOICE), "en"))


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__ }}",
        "{{ invoice.__class__ }}",
        "{{ invoice['number'] }}",
        "{{ invoice.number|upper }}",
        "{{ range(10**9) }}",
        "{% set x = 1 %}",
        "{% include 'x' %}",
        "{% for a in invoice.rows if a %}{% endfor %}",
        "{% for a in range(9) %}{% endfor %}",
        "{{ invoice.rows }}",
        "{{ invoice.is_hosted }}",
        "{% for a in invoice.number %}{% endfor %}",
        "{% raw %}{{ x }}{% endraw %}",
    ],
)
def test_a_template_may_only_print_walk_and_leave_out(tag: str) -> None:
    report = check(with_paragraph(shipped(INVOICE), f"Here {tag}"), INVOICE)
    assert not report.is_good
    assert "Here" in report.faults[0].place


@pytest.mark.parametrize(
    "tag", ["{{ invoice.number", "invoice.number }}", "{% if invoice.note %}", "{% endfor %}", "{{ }}"]
)
def test_a_tag_without_its_other_half_is_refused(tag: str) -> None:
    assert not check(with_paragraph(shipped(INVOICE), tag), INVOICE).is_good


def test_a_tag_in_a_word_comment_is_refused_since_nothing_is_filled_in_there() -> None:
    document = Document(io.BytesIO(shipped(INVOICE)))
    document.add_comment(document.paragraphs[0].runs, "Is it {{ invoice.number }}?", author="A", initials="A")
    assert "word/comments.xml" in checked(saved(document))


def test_a_template_with_a_macro_is_refused() -> None:
    assert "macro" in checked(with_member(shipped(INVOICE), "word/vbaProject.bin", b"\xd0\xcf\x11\xe0"))


def test_a_macro_enabled_document_renamed_docx_is_refused() -> None:
    def enabled(types: bytes) -> bytes:
        return types.replace(
            b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"vnd.ms-word.document.macroEnabled.main+xml",
        )

    assert "macro" in checked(with_member(shipped(INVOICE), "[Content_Types].xml", enabled))


def _linked(kind: bytes, target: bytes) -> bytes:
    relationship = (
        b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        + kind
        + b'" Target="'
        + target
        + b'" TargetMode="External"/></Relationships>'
    )
    return with_member(
        shipped(INVOICE),
        "word/_rels/document.xml.rels",
        lambda old: old.replace(b"</Relationships>", relationship),
    )


@pytest.mark.parametrize("kind", [b"image", b"attachedTemplate", b"oleObject", b"frame"])
def test_a_template_that_fetches_something_from_elsewhere_is_refused(kind: bytes) -> None:
    assert "outside itself" in checked(_linked(kind, b"https://example.org/x"))


def test_a_plain_web_link_is_allowed_and_a_file_link_is_not() -> None:
    assert check(_linked(b"hyperlink", b"https://example.org"), INVOICE).is_good
    assert "outside itself" in checked(_linked(b"hyperlink", b"file:///etc/passwd"))


@pytest.mark.parametrize("pieces", [["DDEAUTO c:\\\\x"], ["INCLUDE", "TEXT x"], ["INCLUDEPICTURE http://x"]])
def test_a_field_that_fetches_is_refused_even_when_split(pieces: list[str]) -> None:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)

    def fetching(body: bytes) -> bytes:
        return body.replace(b"</w:p>", runs.encode() + b"</w:p>", 1)

    assert "outside itself" in checked(with_member(shipped(INVOICE), "word/document.xml", fetching))


def test_entities_are_refused_before_anything_parses_them() -> None:
    def entity(body: bytes) -> bytes:
        return body.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1)

    assert not check(with_member(shipped(INVOICE), "word/document.xml", entity), INVOICE).is_good


def test_a_zip_that_unpacks_without_end_is_refused_unread() -> None:
    members = unzipped(shipped(INVOICE))
    members["word/media/huge.png"] = b"\0" * (MAX_UNPACKED_BYTES + 1)
    assert "too large" in checked(zipped(members))


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"PK\x03\x04 no", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 64]
)
def test_what_is_no_word_document_is_refused(content: bytes) -> None:
    assert "not a Word document" in checked(content)


def test_a_damaged_or_half_empty_word_file_is_refused_not_raised() -> None:
    template = shipped(INVOICE)
    assert not check(template[: len(template) // 2], INVOICE).is_good
    members = unzipped(template)
    assert not check(zipped({**members, "word/document.xml": b"<w:document>"}), INVOICE).is_good
    del members["word/document.xml"]
    assert not check(zipped(members), INVOICE).is_good


def test_a_spreadsheet_is_no_template() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert "not a Word document" in checked(out.getvalue())
