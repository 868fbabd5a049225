"""Taking the workbook out (X9)."""

from tests.cast import ADA, ANGHARAD, MARC
from tests.desk import Desk, all_words

PAGE = "pages/programme/export.py"


def labels(test: object) -> list[str]:
    return [button.label for button in test.download_button]  # type: ignore[attr-defined]


def opened(desk: Desk, **params: str) -> object:
    test = desk.page(PAGE, ANGHARAD, **params)
    return test.text_input(key="password:export").set_value("slate otter lantern tide").run()


def test_nothing_with_people_in_it_leaves_without_a_password(desk: Desk) -> None:
    """X6."""
    assert labels(desk.page(PAGE, ANGHARAD)) == []
    assert labels(desk.page(PAGE, ANGHARAD, register="People")) == []


def test_a_password_that_is_too_short_opens_nothing_and_says_so(desk: Desk) -> None:
    test = desk.page(PAGE, ANGHARAD)
    test.text_input(key="password:export").set_value("swordfish").run()
    assert labels(test) == []
    assert "four words" in test.error[0].value
    assert "swordfish" not in all_words(test)


def test_the_manager_may_take_the_whole_workbook(desk: Desk) -> None:
    assert labels(opened(desk)) == ["Download the whole workbook"]


def test_one_register_comes_as_excel_and_people_never_as_csv(desk: Desk) -> None:
    assert labels(opened(desk, register="People"))[1:] == ["Download as Excel"]


def test_an_empty_register_says_so(desk: Desk) -> None:
    assert "no rows yet" in all_words(desk.page(PAGE, ANGHARAD, register="Timesheets"))


def test_nobody_else_may(desk: Desk) -> None:
    for person in (ADA, MARC):
        assert desk.page(PAGE, person).error
