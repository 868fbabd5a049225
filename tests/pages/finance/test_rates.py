"""Rates: what is in force, from when and by which source; a new one takes a second person (S9)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from schemas.money import Figures
from services import rates
from tests.cast import ADA, ANGHARAD, EVAN, FINN, GETHIN, MARC, op
from tests.desk import Desk
from tests.pages.programme.reading import REFUSED, assert_no_bug, fill, press, words
from tests.services.staff import rows_of

PAGE = "pages/finance/rates.py"


@pytest.fixture
def raised(desk: Desk) -> Desk:
    """Finance has proposed £265 a day from next April."""
    rates.propose(
        desk.as_(FINN), op(), "direct_day_rate_pounds", Decimal(265), date(2027, 4, 1), "Board, item 4"
    )
    return desk


@pytest.mark.parametrize("actor", [ANGHARAD, FINN, ADA], ids=lambda actor: actor.role)
def test_the_annexs_figures_stand_with_their_source_and_plain_names(desk: Desk, actor: Any) -> None:
    page = desk.page(PAGE, actor)
    assert_no_bug(page)
    said = words(page)
    for text in (
        "Day rate of a direct mentor",
        "£250.00",
        "£300.00",
        "Terms and conditions",
        "Thu 10 Nov 2022",
    ):
        assert text in said
    assert "direct_day_rate_pounds" not in said


def test_finance_proposes_and_it_waits_for_a_second_person(desk: Desk) -> None:
    page = press(desk.page(PAGE, FINN), "Propose a new figure")
    fill(page, "Figure", "hosted_day_rate_pounds")
    fill(page, "Value", "310")
    fill(page, "From", date(2027, 4, 1))
    fill(page, "Source", "Board, item 4")
    press(page, "Propose it")
    (row,) = rows_of(desk.workbook, Figures)
    assert (row["name"], row["value"], row["status"]) == ("hosted_day_rate_pounds", Decimal(310), "proposed")
    said = words(desk.page(PAGE, FINN))
    assert "£300.00 becomes £310.00 from 1 April 2027" in said
    assert "You proposed this yourself. Somebody else has to confirm it." in said


def test_a_figure_without_its_source_is_not_proposed(desk: Desk) -> None:
    page = press(desk.page(PAGE, FINN), "Propose a new figure")
    fill(page, "Figure", "hosted_day_rate_pounds")
    fill(page, "Value", "310")
    fill(page, "From", date(2027, 4, 1))
    press(page, "Propose it")
    assert rows_of(desk.workbook, Figures) == []


def test_another_person_confirms_it(raised: Desk) -> None:
    press(raised.page(PAGE, ANGHARAD), "Confirm it")
    (row,) = rows_of(raised.workbook, Figures)
    assert (row["status"], row["confirmed_by"]) == ("confirmed", ANGHARAD.id)
    assert "£265.00" in words(raised.page(PAGE, FINN))


def test_a_refused_one_leaves_the_figures_as_they_were(raised: Desk) -> None:
    press(raised.page(PAGE, ANGHARAD), "Refuse it")
    assert "£265.00" not in words(raised.page(PAGE, FINN))


@pytest.mark.parametrize("actor", [MARC, GETHIN, EVAN], ids=lambda actor: actor.role)
def test_others_are_refused(raised: Desk, actor: Any) -> None:
    said = words(raised.page(PAGE, actor))
    assert REFUSED in said
    assert "£" not in said


def test_the_administrator_reads_and_does_not_propose(raised: Desk) -> None:
    said = words(raised.page(PAGE, ADA))
    assert "Propose a new figure" not in said and "Confirm it" not in said
