"""Figures: pool, time and money for the team and the evaluator, each with its rows (X11, X5)."""

from typing import Any

import pytest

from tests.cast import ADA, ANGHARAD, EVAN, FINN, MAIR, MARC
from tests.desk import Desk
from tests.pages.programme.reading import REFUSED, assert_no_bug, busy, words

PAGE = "pages/everyone/figures.py"
__all__ = ["busy"]


@pytest.mark.parametrize("actor", [ANGHARAD, MARC, FINN, EVAN], ids=lambda actor: actor.role)
def test_the_team_and_the_evaluator_read_the_same_hours(busy: Desk, actor: Any) -> None:
    page = busy.page(PAGE, actor)
    assert_no_bug(page)
    said = words(page)
    assert "Clwb Garddio Cwmtawe" in said and "Time by month" in said
    assert len(page.get("vega_lite_chart")) >= 2


@pytest.mark.parametrize("actor", [MAIR, ADA], ids=lambda actor: actor.role)
def test_mentors_and_administrators_are_refused(busy: Desk, actor: Any) -> None:
    said = words(busy.page(PAGE, actor))
    assert REFUSED in said
    assert "Cwmtawe" not in said


def test_the_evaluator_reads_no_small_count_and_no_name(busy: Desk) -> None:
    """X5."""
    said = words(busy.page(PAGE, EVAN, by="area"))
    assert "too few to show" in said
    for name in ("Mair Pritchard", "Gethin Llywelyn", "Marc Sayce"):
        assert name not in said
    assert "too few to show" not in words(busy.page(PAGE, ANGHARAD, by="area"))


def test_an_area_in_the_address_leaves_the_other_groups_out(busy: Desk) -> None:
    assert "Clwb Garddio Cwmtawe" in words(busy.page(PAGE, ANGHARAD, area="Swansea"))
    assert "Clwb Garddio Cwmtawe" not in words(busy.page(PAGE, ANGHARAD, area="Gwynedd"))


def test_a_quarter_in_the_address_has_its_own_hours(busy: Desk) -> None:
    before = words(busy.page(PAGE, ANGHARAD, period="2026-Q2"))
    assert "No time here." in before
    assert "No time here." not in words(busy.page(PAGE, ANGHARAD, period="2026-Q3"))


def test_an_empty_programme_says_why(desk: Desk) -> None:
    page = desk.page(PAGE, ANGHARAD)
    assert_no_bug(page)
    said = words(page)
    assert "No time here." in said and "No money yet." in said
