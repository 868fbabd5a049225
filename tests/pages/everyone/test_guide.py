"""The guide, for every role (X7)."""

import pytest

from services import guide
from tests.cast import ANGHARAD, CAST, MAIR
from tests.desk import Desk, all_words

PAGE = "pages/everyone/guide.py"


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.role.name)
def test_each_role_finds_its_registers(desk: Desk, person: object) -> None:
    test = desk.page(PAGE, person)  # type: ignore[arg-type]
    assert not test.exception
    chapters = guide.chapters(desk.as_(person))  # type: ignore[arg-type]
    assert [each.label for each in test.expander] == [chapter.title for chapter in chapters]


def test_a_searched_word_leaves_the_registers_that_use_it(desk: Desk) -> None:
    test = desk.page(PAGE, MAIR)
    test.text_input(key="search:guide").set_value("signposted").run()
    assert len(test.expander) < len(guide.chapters(desk.as_(MAIR)))
    test.text_input(key="search:guide").set_value("zzz").run()
    assert "Nothing is called that." in all_words(test)


def test_the_words_stand_in_both_languages(desk: Desk) -> None:
    words = all_words(desk.page(PAGE, ANGHARAD, part="words"))
    assert "Hwylusydd" in words
    assert "Facilitator" in words
