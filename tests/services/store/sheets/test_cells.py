"""What a sheet holds and what the app reads are the same thing, whoever wrote it (X2)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.kinds import Kind, canonical
from services.store.sheets.cells import Raw, format_of, raw_of, received, sent, text_of

VALUES = {
    Kind.NUMBER: st.decimals(-999_999, 999_999, places=2),
    Kind.MONEY: st.decimals(0, 999_999, places=2),
    Kind.HOURS: st.decimals(0, 24, places=2),
    Kind.DATE: st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    Kind.TIME: st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    Kind.YES_NO: st.booleans(),
}


@given(st.data(), st.sampled_from(list(VALUES)))
def test_every_canonical_text_reads_back_as_itself(data: st.DataObject, kind: Kind) -> None:
    text = canonical(kind, data.draw(VALUES[kind]))
    assert text_of(kind, raw_of(kind, text)) == text


@given(st.sampled_from(list(Kind)), st.text())
def test_any_text_whatever_reads_back_as_itself(kind: Kind, text: str) -> None:
    """Wrong texts too: a person must see what they typed."""
    assert text_of(kind, raw_of(kind, text)) == text


@given(
    st.sampled_from(list(Kind)),
    st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.booleans(),
)
def test_whatever_stands_in_a_sheet_can_be_read(kind: Kind, raw: Raw) -> None:
    assert isinstance(text_of(kind, raw), str)


@pytest.mark.parametrize(
    ("kind", "raw", "text"),
    [
        (Kind.DATE, 46265, "2026-08-31"),
        (Kind.DATE, 46265.5, "46265.5"),
        (Kind.DATE, "31/8/2026", "31/8/2026"),
        (Kind.HOURS, 0.1 + 0.2, "0.3"),
        (Kind.NUMBER, 3, "3"),
        (Kind.TIME, 0.5, "12:00"),
        (Kind.TIME, 14.5, "14.5"),
        (Kind.TEXT, 42, "42"),
        (Kind.TEXT, 0.1 + 0.2, "0.3"),
        (Kind.TEXT, True, "TRUE"),
        (Kind.YES_NO, True, canonical(Kind.YES_NO, True)),
        (Kind.MONEY, "abc", "abc"),
    ],
)
def test_what_people_type_is_read_as_they_see_it(kind: Kind, raw: Raw, text: str) -> None:
    assert text_of(kind, raw) == text


def test_dates_and_numbers_are_real_ones_in_the_sheet() -> None:
    assert raw_of(Kind.DATE, "2026-08-31") == 46265
    assert raw_of(Kind.MONEY, canonical(Kind.MONEY, Decimal("12.5"))) == 12.5
    assert raw_of(Kind.TIME, "14:30") == pytest.approx(14.5 / 24)
    assert raw_of(Kind.TEXT, "0042") == "0042"


@pytest.mark.parametrize("text", ["=IMPORTDATA(A1)", "+44 7700 900123", "0042", "'quoted", "-1", "@x"])
def test_letters_are_sent_as_letters_never_as_a_formula(text: str) -> None:
    """X14."""
    assert sent(raw_of(Kind.TEXT, text)) == {"userEnteredValue": {"stringValue": text}}


def test_blank_clears_and_a_formula_s_error_is_seen() -> None:
    assert sent("") == {} and received({}) == ""
    assert received({"effectiveValue": {"errorValue": {"type": "REF"}}}) == "#ERROR"
    assert [
        received({"effectiveValue": {name: raw}}) for name, raw in (("numberValue", 0), ("boolValue", False))
    ] == [0, False]


def test_text_columns_keep_what_is_typed_as_it_is_typed() -> None:
    assert format_of(Kind.TEXT)["userEnteredFormat"]["numberFormat"]["type"] == "TEXT"
    assert format_of(Kind.DATE)["userEnteredFormat"]["numberFormat"]["pattern"] == "dd/mm/yyyy"
