"""Which recipe fits, and which column goes where (X9)."""

from pathlib import Path

import pytest

from schemas.errors import InvalidEntry
from schemas.words import say
from services.imports import mapping
from services.imports.files import MARKED, read
from services.programmes import Recipe, all_programmes

REAL = Path(__file__).parents[2] / "data" / "real-input"
SSW = all_programmes()["ssw"]


def recipe(code: str) -> Recipe:
    return next(each for each in SSW.imports if each.code == code)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("mentor-pool.csv", "mentor-pool"),
        ("groups-and-assignments.csv", "groups-and-assignments"),
        ("timesheets-2026-07-to-09.csv", "timesheets"),
    ],
)
def test_each_of_the_charity_s_files_finds_its_recipe_with_every_column_mapped(name: str, code: str) -> None:
    upload = read(name, (REAL / name).read_bytes())
    best = mapping.best(SSW, upload.columns)
    assert best is not None and best.code == code
    assert mapping.default(best, upload.columns) == {column: column for column in upload.columns}


def test_a_file_that_no_recipe_knows_is_nobody_s() -> None:
    assert mapping.best(SSW, ["Colour", "Smell"]) is None


def test_headings_are_known_by_other_names_and_other_ways_of_writing() -> None:
    found = mapping.default(
        recipe("mentor-pool"), ["MENTOR NAME", "e-mail", "Recruited on", "Shoe size", MARKED]
    )
    assert found == {"MENTOR NAME": "Name", "e-mail": "Email", "Recruited on": "Panel date"}


def test_a_person_may_send_a_column_to_a_further_column_of_the_register() -> None:
    codes = {target.code for target in mapping.targets(recipe("mentor-pool"))}
    assert {"Name", "Panel date", "mentor.availability", "mentor.experience"} <= codes
    assert not codes & {"mentor.status", "engagement.host", "mentor._id"}


def test_a_needed_column_that_is_not_mapped_stops_at_once() -> None:
    with pytest.raises(InvalidEntry) as wrong:
        mapping.check(recipe("timesheets"), ["Day", "Who"], {"Day": "Date", "Who": "Mentor"})
    assert {problem.field for problem in wrong.value.problems} == {"Group", "Hours", "Chargeable?"}


def test_two_columns_can_t_go_to_one_place_and_none_to_nowhere() -> None:
    columns = ["Date", "Mentor", "Group", "Hours", "H2", "Chargeable?"]
    given = {column: column for column in columns if column != "H2"}
    mapping.check(recipe("timesheets"), columns, given)
    for wrong in ("Hours", "nowhere"):
        with pytest.raises(InvalidEntry):
            mapping.check(recipe("timesheets"), columns, {**given, "H2": wrong})


@pytest.mark.parametrize("code", [each.code for each in SSW.imports])
def test_every_heading_has_its_welsh_which_a_welsh_file_is_known_by(code: str) -> None:
    """X7: the person who maps columns reads them in Welsh, and a Welsh heading finds its own place."""
    asked = recipe(code)
    assert set(asked.welsh) == set(mapping.sources(asked))
    assert len(set(asked.welsh.values())) == len(asked.welsh)
    found = mapping.default(asked, list(asked.welsh.values()))
    assert found == {welsh: name for name, welsh in asked.welsh.items()}
    titles = {target.code: say(target.title, "cy") for target in mapping.targets(asked)}
    assert all(titles[name] == welsh for name, welsh in asked.welsh.items())


def test_what_is_missing_is_named_in_the_readers_language() -> None:
    with pytest.raises(InvalidEntry) as wrong:
        mapping.check(recipe("timesheets"), ["Day"], {"Day": "Date"})
    said = [say(problem.words, "cy") for problem in wrong.value.problems]
    assert any("Oriau" in each for each in said) and not any("Hours" in each for each in said)
