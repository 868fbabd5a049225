"""The input policy, kind by kind (X14)."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import kinds
from schemas.kinds import Kind, Unreadable, canonical, stored, typed

PRINTABLE = [
    "=1+1",
    "<b>bold</b>",
    "{{ 7*7 }}",
    "@cmd",
    "Siân O'Brien",
    "ŵ ŷ",
    "😀",
    "0042",
    "a\tb".replace("\t", " "),
]


@pytest.mark.parametrize("text", PRINTABLE)
def test_printable_text_is_kept_exactly_formulas_and_markup_included(text: str) -> None:
    assert typed(Kind.TEXT, text) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a\x00b", "can't be printed"),
        ("a\x1bb", "can't be printed"),
        ("a\u202eb", "direction of writing"),
        ("a\u2066b", "direction of writing"),
        ("a\ud800b", "can't be printed"),
        ("\u200b\u200b", "only invisible"),
        ("two\nlines", "one line"),
        ("x" * 201, "longer than 200"),
    ],
)
def test_unprintable_or_over_long_text_is_refused_with_a_plain_sentence(text: str, why: str) -> None:
    with pytest.raises(Unreadable) as stopped:
        typed(Kind.TEXT, text)
    assert why in str(stopped.value.words)


def test_long_text_keeps_its_line_breaks_and_is_never_cut() -> None:
    assert typed(Kind.LONG_TEXT, "one\r\ntwo") == "one\ntwo"
    assert len(typed(Kind.LONG_TEXT, "x" * 10_000)) == 10_000
    with pytest.raises(Unreadable):
        typed(Kind.LONG_TEXT, "x" * 10_001)


@pytest.mark.parametrize(
    ("text", "value"),
    [("3.5", "3.5"), ("£1,310.71", "1310.71"), (" 7 ", "7"), ("-20", "-20"), ("1,000,000", "1000000")],
)
def test_a_number_may_carry_a_pound_sign_and_thousands_commas(text: str, value: str) -> None:
    assert typed(Kind.NUMBER, text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["3,5", "7h", "1e3", "NaN", "inf", "٣", "1.234", "1,00", "--1", "½", "1.", ".5"]
)
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        typed(Kind.NUMBER, text)


@pytest.mark.parametrize("text", ["31/8/2026", "2026-08-31", "31/08/2026"])
def test_a_date_is_written_d_m_yyyy_or_yyyy_mm_dd(text: str) -> None:
    assert typed(Kind.DATE, text) == date(2026, 8, 31)


@pytest.mark.parametrize(
    "text", ["31/9/2026", "30/13/2026", "8/31/2026", "31.8.2026", "2026-8-1", "1/1/26", "1/1/1899"]
)
def test_a_day_that_is_not_in_the_calendar_or_the_range_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        typed(Kind.DATE, text)


@pytest.mark.parametrize(
    ("text", "value"), [("Yes", True), ("y", True), ("ie", True), ("No", False), ("n", False), ("na", False)]
)
def test_yes_and_no_come_from_a_closed_list_of_words(text: str, value: bool) -> None:
    assert typed(Kind.YES_NO, text) is value


def test_maybe_is_neither_yes_nor_no() -> None:
    with pytest.raises(Unreadable):
        typed(Kind.YES_NO, "maybe")


def test_a_list_is_parted_by_semicolons_and_a_link_is_read_by_its_id() -> None:
    assert typed(Kind.LIST, " food growing;  transport ;") == ("food growing", "transport")
    assert typed(Kind.LINK, "MEN-7F3K9Q Siân O'Brien") == "MEN-7F3K9Q"


VALUES = {
    Kind.NUMBER: st.decimals(-9999, 9999, places=2),
    Kind.HOURS: st.integers(1, 96).map(lambda quarters: Decimal(quarters) / 4),
    Kind.DATE: st.dates(kinds.EARLIEST, kinds.LATEST),
    Kind.TIME: st.times().map(lambda t: time(t.hour, t.minute)),
    Kind.YES_NO: st.booleans(),
}


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
def test_what_the_workbook_keeps_reads_back_the_same(kind: Kind, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    assert stored(kind, canonical(kind, value)) == value


@pytest.mark.parametrize("kind", list(Kind))
def test_blank_is_nothing_for_every_kind(kind: Kind) -> None:
    assert typed(kind, "  ") is None
    assert canonical(kind, None) == ""
