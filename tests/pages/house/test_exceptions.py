"""Who may approve and issue, by name (X15)."""

from services import exceptions
from tests.cast import ADA, ANGHARAD, op
from tests.desk import Desk, all_words

PAGE = "pages/house/exceptions.py"


def test_an_empty_list_says_that_this_is_as_it_should_be(desk: Desk) -> None:
    assert "Nobody is allowed to do both." in all_words(desk.page(PAGE, ADA))


def test_an_administrator_allows_one_person_by_name(desk: Desk) -> None:
    test = desk.page(PAGE, ADA)
    test.button(key="allow:open").click().run()
    test.selectbox(key="allow:0:person").set_value(ANGHARAD.id)
    test.text_area(key="allow:0:reason").set_value("Two of us run the charity.")
    test.button(key="allow:button").click().run()
    words = all_words(test)
    assert ANGHARAD.name in words
    assert "Two of us run the charity." in words
    assert "In force" in words
    assert [expander.label for expander in test.expander] == ["Used 0 times"]


def test_it_can_be_ended(desk: Desk) -> None:
    ctx = desk.as_(ADA)
    exceptions.allow(ctx, op(), ANGHARAD.id, "Two of us run the charity.")
    row = exceptions.listed(ctx)[0].row
    test = desk.page(PAGE, ADA)
    test.button(key=f"end:{row.id}:button").click().run()
    assert exceptions.listed(ctx)[0].row["to_on"] == ctx.today


def test_nobody_else_sees_it(desk: Desk) -> None:
    assert desk.page(PAGE, ANGHARAD).error
