"""Photos and scans: taken for what is in them, made small, nothing of where they were taken kept (L6, W3, X14)."""

import io

import pytest
from PIL import Image

from schemas.errors import InvalidEntry
from schemas.expenses import Expenses
from schemas.work import Sessions
from services import scans
from tests.services.claiming import photo

SCRIPTED = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF\n"
FIELD = Expenses.columns["receipt"]


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_photo_is_kept_as_a_small_jpeg(form: str) -> None:
    kept = scans.prepared(photo(3000, 2000, form), FIELD)
    picture = Image.open(io.BytesIO(kept.content))
    assert (kept.form, picture.format, max(picture.size)) == ("JPEG", "JPEG", 1600)
    assert len(kept.content) <= 200_000


def test_noise_is_made_smaller_until_it_fits() -> None:
    out = io.BytesIO()
    Image.effect_noise((2400, 1800), 90).convert("RGB").save(out, "JPEG", quality=95)
    assert len(scans.prepared(out.getvalue(), FIELD).content) <= 200_000


def test_where_a_photo_was_taken_is_not_kept_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "taken at 1 Secret Lane"
    kept = scans.prepared(photo(60, 40, "JPEG", exif=exif, comment=b"Secret Lane"), FIELD)
    assert b"Secret" not in kept.content and b"Exif" not in kept.content
    assert Image.open(io.BytesIO(kept.content)).size == (40, 60)


def test_a_clear_background_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    pixel = Image.open(io.BytesIO(scans.prepared(out.getvalue(), FIELD).content)).getpixel((5, 5))
    assert isinstance(pixel, tuple) and min(pixel) > 250


def test_a_file_that_is_too_large_is_refused_before_it_is_opened() -> None:
    for content in (b"\xff\xd8\xff" + b"\0" * 10_000_000, SCRIPTED + b"\0" * 400_000):
        with pytest.raises(InvalidEntry, match="is larger than"):
            scans.prepared(content, FIELD)


def test_the_field_it_was_given_for_is_named() -> None:
    for field, title in ((FIELD, "Receipt"), (Sessions.columns["scan"], "Signed sheet")):
        with pytest.raises(InvalidEntry, match=title):
            scans.prepared(b"GIF89a", field)


def test_a_paper_is_put_together_of_its_pieces_or_not_at_all() -> None:
    texts = scans.pieces(SCRIPTED * 2000)
    mark = scans.digest(SCRIPTED * 2000)
    assert len(texts) > 2
    assert scans.whole("PDF", mark, texts) == scans.Paper("PDF", SCRIPTED * 2000)
    for wrong in (texts[1:], texts[::-1], [*texts[:-1], "typed over"], []):
        assert scans.whole("PDF", mark, wrong) is None
