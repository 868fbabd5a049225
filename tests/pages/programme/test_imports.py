"""A charity's three files through the page, as a newcomer brings them (X9, RM16)."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.downloads import CSV
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.people import Imports
from schemas.work import Timesheets
from services import records
from tests.cast import ADA, ANGHARAD, MAIR, MARC
from tests.desk import Desk, all_words

PAGE = "pages/programme/imports.py"
FILES = Path(__file__).parent.parent.parent / "data" / "real-input"


def choose(test: AppTest, content: bytes, name: str = "file.csv") -> AppTest:
    test.file_uploader[0].set_value((name, content, CSV)).run()
    assert not test.exception
    return test


def bring(test: AppTest, name: str) -> AppTest:
    choose(test, (FILES / name).read_bytes(), name)
    test.button(key="imports:bring:button").click().run()
    assert not test.exception
    return test


def counts(test: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in test.metric}


def test_the_three_files_come_in_and_the_wrong_rows_are_told(desk: Desk) -> None:
    """Pool 24 good and 1 wrong, groups 22, timesheets 162 good and 7 wrong."""
    test = desk.page(PAGE, MARC)
    choose(test, (FILES / "mentor-pool.csv").read_bytes())
    assert test.selectbox[0].value == "mentor-pool"
    assert counts(test) == {"New": "24", "Already there": "0", "Wrong": "1"}
    assert test.button(key="imports:bring:button").label == "Bring in 24 rows"
    test.button(key="imports:bring:button").click().run()
    assert "24 rows came in" in all_words(test)
    choose(test, (FILES / "groups-and-assignments.csv").read_bytes())
    assert counts(test)["Wrong"] == "0"
    assert test.button(key="imports:bring:button").label == "Bring in 22 rows"
    test.button(key="imports:bring:button").click().run()
    choose(test, (FILES / "timesheets-2026-07-to-09.csv").read_bytes())
    assert (test.button(key="imports:bring:button").label, counts(test)["Wrong"]) == (
        "Bring in 162 rows",
        "7",
    )
    test.button(key="imports:bring:button").click().run()
    view = records.view(desk.as_(MARC))
    assert (len(view.all(Mentors)), len(view.all(Timesheets))) == (24, 162)
    assert len(view.all(Imports)) == 3


def test_a_wrong_row_is_told_by_number_column_and_sentence(desk: Desk) -> None:
    test = choose(desk.page(PAGE, MARC), (FILES / "mentor-pool.csv").read_bytes())
    lines = test.dataframe[0].value.to_dict("records")
    assert len({line["row"] for line in lines}) == 1
    heading, *rows = (FILES / "mentor-pool.csv").read_text(encoding="utf-8-sig").splitlines()
    for line in lines:
        assert line["column"] in heading
        assert line["value"] in rows[int(line["row"]) - 2]
        assert line["wrong"].endswith(".")


def test_nothing_comes_in_unless_all_are_right_where_that_is_asked(desk: Desk) -> None:
    test = choose(desk.page(PAGE, MARC), (FILES / "mentor-pool.csv").read_bytes())
    test.radio(key="imports:only").set_value("all or nothing").run()
    test.button(key="imports:bring:button").click().run()
    assert "so nothing was brought in" in test.error[0].proto.title
    assert records.view(desk.as_(MARC)).all(Mentors) == []


def test_the_same_file_again_has_nothing_to_bring_in(desk: Desk) -> None:
    test = bring(desk.page(PAGE, MARC), "mentor-pool.csv")
    choose(test, (FILES / "mentor-pool.csv").read_bytes())
    assert counts(test)["Already there"] == "24"
    assert "nothing to bring in" in "".join(info.value for info in test.info)
    assert "imports:bring:button" not in {button.key for button in test.button}


def test_an_import_is_taken_back_from_the_list(desk: Desk) -> None:
    test = bring(desk.page(PAGE, MARC), "mentor-pool.csv")
    (entry,) = records.view(desk.as_(MARC)).all(Imports)
    test.button(key=f"imports:undo:{entry.id}:button").click().run()
    assert "The import is taken back." in all_words(test)
    assert records.view(desk.as_(MARC)).all(Mentors) == []
    assert records.view(desk.as_(MARC)).get(Imports, entry.id).status == "undone"


def test_another_s_import_is_listed_without_undo(desk: Desk) -> None:
    bring(desk.page(PAGE, MARC), "mentor-pool.csv")
    (entry,) = records.view(desk.as_(MARC)).all(Imports)
    test = desk.page(PAGE, ANGHARAD)
    assert "mentor-pool.csv" in all_words(test)
    assert f"imports:undo:{entry.id}:button" not in {button.key for button in test.button}


def test_a_column_can_be_sent_elsewhere_or_left_out(desk: Desk) -> None:
    content = b"Who is it,Area\nNia Voyle,Swansea\n"
    test = choose(desk.page(PAGE, MARC), content)
    test.selectbox[0].set_value("mentor-pool").run()
    assert "Choose which column of the file holds" in str(test.error[0].value) + test.error[0].proto.title
    places = {box.label: box for box in test.selectbox}
    places["Who is it"].set_value("Name").run()
    assert not test.exception


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This file is empty."),
        (b"%PDF-1.7 hello", "This is neither a CSV file nor an Excel workbook."),
        (b"Name,Area\n", "This file has a heading but no rows under it."),
    ],
)
def test_a_bad_file_is_told_in_plain_words(desk: Desk, content: bytes, said: str) -> None:
    test = choose(desk.page(PAGE, MARC), content)
    assert test.error[0].proto.title == said
    assert not records.view(desk.as_(MARC)).all(Mentees)


@pytest.mark.parametrize("person", [MAIR, ADA])
def test_the_page_is_closed_to_others(desk: Desk, person: object) -> None:
    """RM16."""
    test = desk.page(PAGE, person)  # type: ignore[arg-type]
    assert not test.file_uploader
    assert test.error
