"""Zips that come out the same, and texts fit for files (X8, S12)."""

import io
import zipfile

from services.documents import clean_text, zip_of


def test_a_zip_of_letters_is_the_same_whatever_the_order() -> None:
    one = zip_of({"SSW-1.docx": b"a", "SSW-2.docx": b"b"})
    two = zip_of({"SSW-2.docx": b"b", "SSW-1.docx": b"a"})
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert archive.namelist() == ["SSW-1.docx", "SSW-2.docx"]
        assert archive.read("SSW-2.docx") == b"b"


def test_clean_text_keeps_welsh_tabs_breaks_and_emoji() -> None:
    assert clean_text("ŵŷâ\t1\n2 🌱") == "ŵŷâ\t1\n2 🌱"
    assert clean_text("a\x00b\x1fc\ufffe\ud83d") == "abc\ufffd"
    assert clean_text("a\r\nb\rc\x0bd\u2028e") == "a\nb\nc\nd\ne"
