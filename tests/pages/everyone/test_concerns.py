"""The safeguarding page: raised by whoever worries, read by the lead and the deputy alone (D30, W10)."""

from pathlib import Path

import pytest

from schemas.cases import Concerns
from schemas.people import People
from services import concerns, people_register
from services.people import actor_of
from tests.cast import ANGHARAD, op
from tests.desk import Desk, all_words, closed, opened
from tests.dwp import ANDY, COLIN, DEE, ELSA, FERN, NORA, as_, row_of
from tests.pages.programme.reading import REFUSED, words

PAGE = "pages/everyone/concerns.py"
WORDS = "The man at home hits the children."


@pytest.fixture
def desk(dwp_desk: Desk) -> Desk:
    """Fern, of finance, is the lead."""
    row = row_of(dwp_desk.workbook, People, FERN.id)
    given = {name: row[name] for name in people_register.FIELDS} | {"duty": "safeguarding lead"}
    people_register.change(as_(NORA, dwp_desk.workbook), op(), row, given)
    return dwp_desk


def raised(desk: Desk) -> str:
    given = {"about": "Rowan Pike", "words": WORDS, "is_urgent": True}
    saved = concerns.raise_one(as_(DEE, desk.workbook), op(), given).saved
    (id_,) = [cells["_id"] for tab, cells in saved if tab == Concerns.tab]
    return id_


def test_a_mentor_sends_one_and_then_reads_that_it_arrived_and_nothing_else(desk: Desk) -> None:
    test = desk.page(PAGE, DEE)
    assert "Fern Oakes" in all_words(test)
    test.button(key="concern:open").click().run()
    test.text_input(key="concern:0:about").set_value("Rowan Pike")
    test.text_area(key="concern:0:words").set_value(WORDS)
    test.button(key="concern:button").click().run()
    assert not test.exception
    lead = as_(actor_of(row_of(desk.workbook, People, FERN.id)), desk.workbook)
    (row,) = concerns.listed(lead)
    assert concerns.opened(lead, row)["words"] == WORDS
    again = all_words(desk.page(PAGE, DEE))
    assert "Arrived on" in again and row.id in again
    assert WORDS not in again and "Rowan Pike" not in again


def test_the_lead_opens_it_takes_it_up_and_closes_it(desk: Desk) -> None:
    id_ = raised(desk)
    test = desk.page(PAGE, FERN)
    assert "Dee Flint" in all_words(test) and WORDS not in all_words(test)
    test.button(key=f"open:{id_}").click().run()
    assert WORDS in all_words(test) and "Rowan Pike" in all_words(test)
    (button,) = [each for each in test.button if each.label == "Take it up"]
    button.click().run()
    assert not test.exception
    assert row_of(desk.workbook, Concerns, id_)["status"] == "taken up"
    test.button(key=f"open:{id_}").click().run()
    (box,) = [each for each in test.text_area if each.key and each.key.endswith(":actions")]
    box.set_value("Told the council.")
    (button,) = [each for each in test.button if each.label == "Close it"]
    button.click().run()
    assert row_of(desk.workbook, Concerns, id_)["status"] == "closed"


@pytest.mark.parametrize("actor", [NORA, COLIN, ELSA], ids=lambda actor: actor.name)
def test_nobody_else_reads_that_there_is_one(desk: Desk, actor: object) -> None:
    id_ = raised(desk)
    said = all_words(desk.page(PAGE, actor))
    assert "Fern Oakes" in said
    assert id_ not in said and "Dee Flint" not in said and "Arrived" not in said


def test_who_may_not_raise_one_is_told_whom_to_turn_to_and_has_no_button(desk: Desk) -> None:
    test = desk.page(PAGE, ELSA)
    assert "Fern Oakes" in all_words(test)
    assert not [each for each in test.button if each.key == "concern:open"]


def test_it_reads_in_welsh_and_says_where_nobody_is_named(dwp_desk: Desk) -> None:
    assert "Diogelu" in all_words(dwp_desk.page(PAGE, DEE, language="cy"))
    assert [each.value for each in dwp_desk.page(PAGE, DEE).warning if "Nobody is named" in each.value]


def test_a_programme_without_the_route_has_no_such_page(tmp_path: Path) -> None:
    test = opened(tmp_path).page(PAGE, ANGHARAD)
    closed()
    assert REFUSED in words(test)


def test_the_home_page_of_the_lead_leads_to_it(desk: Desk) -> None:
    raised(desk)
    assert "Take up a safeguarding concern" in all_words(desk.app(FERN))
    assert "safeguarding concern" not in all_words(desk.app(COLIN))


def test_the_people_page_names_the_lead_and_gives_the_duty(desk: Desk) -> None:
    """An administrator or a manager gives it, to somebody else; each duty once."""
    test = desk.page("pages/house/people.py", ANDY)
    assert "safeguarding lead" in str(test.dataframe[0].value.to_dict())
    test.button(key="invite:open").click().run()
    test.text_input(key="invite:0:name").set_value("Nia Voyle")
    test.text_input(key="invite:0:email").set_value("nia.voyle@example.org")
    test.selectbox(key="invite:0:role").set_value("Facilitator")
    test.selectbox(key="invite:0:duty").set_value("deputy safeguarding lead")
    test.button(key="invite:button").click().run()
    assert not test.exception
    named = [(each.duty, each.name) for each in concerns.holders(as_(DEE, desk.workbook))]
    assert named == [("safeguarding lead", "Fern Oakes"), ("deputy safeguarding lead", "Nia Voyle")]
