"""Taking the workbook out (X9)."""

from tests.cast import ADA, ANGHARAD, MARC
from tests.desk import Desk, all_words

PAGE = "pages/programme/export.py"


def labels(test: object) -> list[str]:
    return [button.label for button in test.download_button]  # type: ignore[attr-defined]


def test_the_manager_may_take_the_whole_workbook(desk: Desk) -> None:
    assert labels(desk.page(PAGE, ANGHARAD)) == ["Download the whole workbook"]


def test_one_register_comes_as_excel_or_csv(desk: Desk) -> None:
    assert labels(desk.page(PAGE, ANGHARAD, register="People"))[1:] == [
        "Download as Excel",
        "Download as CSV",
    ]


def test_an_empty_register_says_so(desk: Desk) -> None:
    assert "no rows yet" in all_words(desk.page(PAGE, ANGHARAD, register="Timesheets"))


def test_nobody_else_may(desk: Desk) -> None:
    for person in (ADA, MARC):
        assert desk.page(PAGE, person).error
