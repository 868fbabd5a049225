"""The language of a visit: switched, else the person's own, else the browser's (X7)."""

from pages.ui.visitor import _CONTEXT
from services import people
from tests.cast import EVAN, MAIR, op
from tests.desk import Desk


def test_a_switched_language_is_kept_as_the_person_s_own(desk: Desk) -> None:
    test = desk.app(MAIR, language="")
    test.button_group(key=":language-switch").set_value("cy").run()
    (row,) = people.memberships(desk.workbook.store, MAIR.email)
    assert people.language_of(row) == "cy"
    assert desk.app(MAIR, language="").session_state[_CONTEXT].language == "cy"


def test_one_person_s_language_is_not_another_s(desk: Desk) -> None:
    people.set_language(desk.as_(MAIR), op(), "cy")
    assert desk.app(EVAN, language="").session_state[_CONTEXT].language == "en"


def test_what_is_switched_now_comes_before_what_was_kept(desk: Desk) -> None:
    people.set_language(desk.as_(MAIR), op(), "cy")
    assert desk.app(MAIR, language="en").session_state[_CONTEXT].language == "en"
