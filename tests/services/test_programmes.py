"""A programme is a folder; a wrong key is refused with file and line; a copy is another programme (design 3)."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.words import catalogue
from services.programmes import TEMPLATES, ProgrammeProblem, all_programmes, load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATES / "ssw", tmp_path / "copy"))


def _edit(folder: Path, old: str, new: str) -> None:
    file = folder / "programme.toml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_ssw_carries_the_annexs_figures_with_their_source() -> None:
    programme = all_programmes()["ssw"]
    (direct,) = programme.figures["direct_day_rate_pounds"]
    (hosted,) = programme.figures["hosted_day_rate_pounds"]
    (length,) = programme.figures["hours_per_day"]
    assert (direct.value, hosted.value, length.value) == (Decimal("250.00"), Decimal("300.00"), Decimal(7))
    assert direct.from_on == date(2022, 11, 10)
    assert "£250 per 7 hour day" in direct.source


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('nation = "WLS"', 'nation = "WLS"\ncolour = "green"', "line 7: colour is not known here."),
        ('nation = "WLS"', "nation = 3", "nation must be text in quotes."),
        ('nation = "WLS"\n', "", "nation is missing."),
        ('value = "250.00"', "value = 250.0", "value must be text in quotes."),
    ],
)
def test_a_slip_in_the_folder_is_refused_with_file_line_and_key(
    folder: Path, old: str, new: str, words: str
) -> None:
    _edit(folder, old, new)
    with pytest.raises(ProgrammeProblem) as stopped:
        load(folder)
    assert "programme.toml, line" in str(stopped.value)
    assert words in str(stopped.value)


def test_a_copied_and_edited_folder_is_a_programme_of_its_own(folder: Path) -> None:
    _edit(folder, 'code = "ssw"', 'code = "allotments"')
    _edit(folder, 'value = "250.00"', 'value = "180.00"')
    _edit(folder, 'mentee = { en = "Group", cy = "Grŵp" }', 'mentee = { en = "Allotment", cy = "Rhandir" }')
    programme = all_programmes(folder.parent)["allotments"]
    assert programme.figures["direct_day_rate_pounds"][0].value == Decimal("180.00")
    assert programme.word("mentee", "cy") == "Rhandir"


def test_every_area_says_what_lies_beside_it_and_both_agree() -> None:
    areas = {area.en: set(area.beside) for area in all_programmes()["ssw"].areas}
    assert len(areas) == 22
    for name, beside in areas.items():
        for other in beside:
            assert name in areas[other], f"{other} should lie beside {name}"


@pytest.mark.parametrize("code", sorted(all_programmes()))
def test_a_programme_s_own_words_replace_words_that_the_product_says(code: str) -> None:
    """A key of [wording] that nobody says would never be seen: a slip of the pen."""
    known = catalogue("cy")._catalog  # type: ignore[attr-defined]
    unknown = [words for words in all_programmes()[code].wording if words not in known]
    assert unknown == []
