"""What goes in comes out, whole and the same every time (X8, S7, S12, S13)."""

import io
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import TemplateProblem
from services.documents import (
    DOCUMENTS,
    ActivityRecord,
    InvoiceLetter,
    WrittenAdvice,
    clean_text,
    render,
    sample,
)
from services.documents.package import has_zip64
from services.documents.render import refuse_incomplete
from services.documents.values import BodyRow
from tests.services.documents.word_files import (
    read_document,
    shipped,
    table_with,
    text_of,
    with_paragraph,
    with_text,
)

HOSTILE = (
    "Ŵyn & <b>Gŵyl</b> {{ 7*7 }} {% if x %} {# c #} {_{ a }_} =1+1 ]]> &amp; </w:t><w:p> \\1 %s “ŷ” 🌱 مرحبا"
)


def invoice(**changes: object) -> InvoiceLetter:
    letter = sample("invoice-letter")
    assert isinstance(letter, InvoiceLetter)
    return replace(letter, **changes)  # type: ignore[arg-type]


def made(value: InvoiceLetter) -> bytes:
    return render(shipped("invoice-letter"), value, "en")


def test_hostile_text_comes_out_letter_for_letter() -> None:
    """Nothing typed by a person is read as XML, as a tag or as a formula (X8)."""
    text = text_of(made(invoice(note=HOSTILE)))
    assert HOSTILE in text
    assert "Yours sincerely" in text, "nothing after the hostile text was lost"


def test_hostile_text_in_a_row_a_header_and_a_number_survives() -> None:
    row = replace(sample("invoice-letter").rows[0], mentor=HOSTILE)  # type: ignore[attr-defined]
    out = made(invoice(rows=(row,), programme=HOSTILE, number=HOSTILE))
    document = read_document(out)
    assert HOSTILE in table_with(out, "Mentor").rows[1].cells[0].text
    assert HOSTILE in document.sections[0].header.paragraphs[0].text
    assert HOSTILE in document.sections[0].footer.paragraphs[0].text


@settings(max_examples=15, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_any_text_at_all_comes_out_as_cleaned(text: str) -> None:
    assert clean_text(text).strip() in text_of(made(invoice(note=f"a{text}b")))


def test_control_characters_are_dropped_and_line_breaks_kept() -> None:
    text = text_of(made(invoice(note="one\x00\x07two\x0bthree\r\nfour\ffive\ufffe")))
    assert "onetwo\nthree\nfour\nfive" in text


def test_a_lone_surrogate_shows_as_a_replacement_character_and_truncates_nothing() -> None:
    text = text_of(made(invoice(note="before \ud800 after")))
    assert "before \ufffd after" in text
    assert "Yours sincerely" in text


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_same_value_makes_the_same_bytes(kind: str, language: str) -> None:
    template, value = shipped(kind, language), sample(kind, language)
    assert render(template, value, language) == render(template, value, language)


def test_another_value_makes_other_bytes() -> None:
    assert made(invoice()) != made(invoice(number="SSW-2026-0099"))


def test_every_member_carries_the_same_old_date_and_none_is_zip64() -> None:
    out = made(invoice())
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        infos = archive.infolist()
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert infos[0].filename == "[Content_Types].xml"
    assert not has_zip64(out)


def test_zip64_is_recognised_when_it_is_there() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w") as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as member,
    ):
        member.write(b"<w/>")
    assert has_zip64(out.getvalue())


def test_the_file_names_the_programme_as_author_and_is_dated_from_the_value() -> None:
    properties = read_document(
        render(shipped("invoice-letter", "cy"), invoice(iso_date="2027-01-05"), "cy")
    ).core_properties
    assert properties.author == "Sustainable Steps Wales – Mentoring"
    assert properties.language == "cy-GB"
    assert "SSW-2026-0042" in (properties.title or "")
    assert properties.created is not None
    assert properties.created.date().isoformat() == "2027-01-05"


@pytest.mark.parametrize("count", [1, 8, 40])
def test_every_line_of_the_letter_is_a_row_of_the_table(count: int) -> None:
    """S12: the letter shows each assignment at each rate, the heading and the total besides."""
    row = invoice().rows[0]
    out = made(invoice(rows=tuple(replace(row, work=f"Grŵp {number}") for number in range(count))))
    table = table_with(out, "Mentor")
    assert len(table.rows) == count + 2
    assert [each.cells[1].text for each in table.rows[1:-1]] == [f"Grŵp {number}" for number in range(count)]
    assert table.rows[-1].cells[5].text == "£1,060.71"


def test_the_heading_row_is_marked_so_that_it_repeats_on_every_page() -> None:
    table = table_with(made(invoice()), "Mentor")
    assert table.rows[0]._tr.trPr is not None
    assert table.rows[0]._tr.trPr.find("{*}tblHeader") is not None


def test_the_vat_number_and_line_are_left_out_where_the_payee_has_none() -> None:
    with_vat = text_of(made(invoice()))
    without = text_of(made(invoice(vat_number="", vat_line="", is_hosted=False)))
    assert "VAT number GB 999 9999 73" in with_vat
    assert "VAT included: £176.79" in with_vat
    assert "VAT number" not in without
    assert "VAT included" not in without
    assert "hosted by" not in without


def test_the_credit_note_names_the_letter_it_cancels_and_why() -> None:
    text = text_of(render(shipped("credit-note"), sample("credit-note"), "en"))
    assert "cancels invoice SSW-2026-0042 of 5 January 2027" in text
    assert "Two hours were on the wrong group." in text


def test_an_activity_record_without_signposting_says_so() -> None:
    record = sample("activity-record")
    assert isinstance(record, ActivityRecord)
    text = text_of(render(shipped("activity-record"), replace(record, signposting=(), progress=()), "en"))
    assert "The group was not pointed to another agency this time." in text
    assert "No progress against a priority action this time." in text
    assert "Agency or service" not in text


def test_an_activity_record_lists_each_action_and_agency() -> None:
    out = render(shipped("activity-record", "cy"), sample("activity-record", "cy"), "cy")
    assert len(table_with(out, "Cynnydd").rows) == 3
    assert len(table_with(out, "At ba ddiben").rows) == 2


def test_advice_not_yet_reviewed_says_that_it_is_a_draft() -> None:
    """S13: the Facilitator reviews before it goes out."""
    advice = sample("written-advice")
    assert isinstance(advice, WrittenAdvice)
    text = text_of(render(shipped("written-advice"), replace(advice, reviewed_by="", reviewed_on=""), "en"))
    assert "Draft: not yet reviewed by the Facilitator." in text
    assert "Reviewed by" not in text


def test_twenty_thousand_words_of_advice_all_arrive() -> None:
    advice = sample("written-advice")
    assert isinstance(advice, WrittenAdvice)
    words = " ".join(f"gair{number}" for number in range(20_000))
    out = render(shipped("written-advice"), replace(advice, body=(BodyRow(text=words),)), "en")
    assert words in text_of(out)


def test_a_document_that_lost_its_total_is_not_handed_out() -> None:
    out = made(invoice())
    with pytest.raises(TemplateProblem, match="“total”"):
        refuse_incomplete(out, invoice(total="£9,999.99"))


def test_a_document_that_lost_a_row_is_not_handed_out() -> None:
    out = made(invoice())
    row = invoice().rows[-1]
    with pytest.raises(TemplateProblem, match="rows, 4"):
        refuse_incomplete(out, invoice(rows=(*invoice().rows, row)))


def test_rows_are_counted_one_by_one_even_when_they_read_the_same() -> None:
    row = invoice().rows[0]
    out = made(invoice(rows=(row, row)))
    refuse_incomplete(out, invoice(rows=(row, row)))
    with pytest.raises(TemplateProblem, match="rows, 3"):
        refuse_incomplete(out, invoice(rows=(row, row, row)))


def test_an_unknown_field_stops_the_letter_by_name_and_place() -> None:
    template = with_text(
        shipped("invoice-letter"), "{{ invoice.bank_details }}", "Pay to {{ invoice.bank_detials }}"
    )
    with pytest.raises(TemplateProblem) as refused:
        render(template, invoice(), "en")
    assert "invoice.bank_detials" in str(refused.value)
    assert "Pay to {{ invoice.bank_detials }}" in str(refused.value)
    assert "Did you mean “invoice.bank_details”?" in str(refused.value)


@pytest.mark.parametrize("tag", ["{{ ''.__class__ }}", "{{ invoice.__class__ }}", "{{ 'a' * 10**9 }}"])
def test_a_template_cannot_run_code(tag: str) -> None:
    with pytest.raises(TemplateProblem):
        render(with_paragraph(shipped("invoice-letter"), tag), invoice(), "en")


def test_importing_the_package_loads_no_word_or_jinja_library() -> None:
    heavy = "{'docx', 'docxtpl', 'jinja2', 'lxml', 'pandas'}"
    code = f"import sys, services.documents; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_template_read_once_renders_each_value_by_itself() -> None:
    """What is remembered of a template is its form: no letter carries a word of the one before (X8)."""
    first = text_of(made(invoice(number="SSW-2026-0998")))
    second = text_of(made(invoice(number="SSW-2026-0999")))
    assert "SSW-2026-0998" in first
    assert "SSW-2026-0999" in second
    assert "SSW-2026-0998" not in second
