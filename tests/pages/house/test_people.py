"""Inviting, changing, stopping: on the page (X5, RM03, RM06, RM07)."""

import pytest

from schemas.people import People
from services import people_register, records
from tests.cast import ADA, ANGHARAD, CAST, FINN, MARC, op
from tests.desk import Desk, all_words

PAGE = "pages/house/people.py"


def test_everybody_who_may_sign_in_is_listed(desk: Desk) -> None:
    test = desk.page(PAGE, ANGHARAD)
    assert len(test.dataframe[0].value) == len(CAST)


def test_an_administrator_invites_a_colleague_from_the_page(desk: Desk) -> None:
    test = desk.page(PAGE, ADA)
    test.button(key="invite:open").click().run()
    test.text_input(key="invite:0:name").set_value("Nia Voyle")
    test.text_input(key="invite:0:email").set_value("nia.voyle@example.org")
    test.selectbox(key="invite:0:role").set_value("Facilitator")
    test.button(key="invite:button").click().run()
    assert "Invited" in all_words(test)
    rows = records.ground(desk.as_(ADA)).where(People, "email", "nia.voyle@example.org")
    assert [row.role for row in rows] == ["Facilitator"]


def test_what_is_missing_is_said_beside_its_field(desk: Desk) -> None:
    test = desk.page(PAGE, ANGHARAD)
    test.button(key="invite:open").click().run()
    test.button(key="invite:button").click().run()
    test.button(key="invite:open").click().run()
    assert "E-mail is needed." in all_words(test)
    assert len(records.ground(desk.as_(ANGHARAD)).all(People)) == len(CAST)


def test_a_stopped_person_is_out_at_their_next_click(desk: Desk) -> None:
    """RM03."""
    marc = desk.app(MARC)
    assert marc.title[0].value == "Today"
    ctx = desk.as_(ADA)
    people_register.stop(ctx, op(), records.ground(ctx).get(People, MARC.id))
    marc.run()
    assert not marc.title or marc.title[0].value != "Today"


@pytest.mark.parametrize("person", [MARC, FINN])
def test_the_page_is_closed_to_others(desk: Desk, person: object) -> None:
    test = desk.page(PAGE, person)  # type: ignore[arg-type]
    assert not test.dataframe
    assert test.error
