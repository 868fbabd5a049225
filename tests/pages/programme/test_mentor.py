"""One mentor's page (S1, S2, S5, S15, S16, S19, X3, X4)."""

from datetime import date

import pytest

from schemas.mentors import Checks, Mentors
from schemas.people import Exceptions
from services import mentors
from services.context import Actor
from tests.cast import ANGHARAD, MAIR, MARC, op
from tests.desk import Desk
from tests.pages.programme.reading import NOT_STAFF, REFUSED, assert_no_bug, busy, fill, press, words
from tests.scenes import CARYS, DEWI, SIAN
from tests.services.staff import row_of, rows_of

PAGE = "pages/programme/mentor.py"
__all__ = ["busy"]


def test_the_page_holds_terms_days_feedback_and_time(busy: Desk) -> None:
    page = busy.page(PAGE, ANGHARAD, id=MAIR.mentor)
    assert_no_bug(page)
    said = words(page)
    for fact in (
        "Menter y Bryn",
        "2.5 of 5 days used, 2.5 left",
        "She asked, she did not tell.",
        "07700 900101",
    ):
        assert fact in said
    assert len(page.get("vega_lite_chart")) == 2
    assert "History" in said


def test_a_facilitator_has_no_button_that_is_the_managers(busy: Desk) -> None:
    labels = {each.label for each in busy.page(PAGE, MARC, id=DEWI).button}
    assert "Approve" not in labels
    assert "Say why a gap may be paid" not in labels
    assert "Edit" in labels


@pytest.mark.parametrize("actor", NOT_STAFF, ids=lambda actor: actor.role)
def test_nobody_else_sees_it(busy: Desk, actor: Actor) -> None:
    said = words(busy.page(PAGE, actor, id=SIAN))
    assert REFUSED in said
    assert "O'Brien" not in said


@pytest.mark.parametrize("id_", ["", "MEN-NOBODY"])
def test_an_unknown_mentor_is_refused_in_the_same_words(busy: Desk, id_: str) -> None:
    page = busy.page(PAGE, ANGHARAD, id=id_)
    assert REFUSED in words(page)
    assert not page.exception


def test_the_manager_approves_with_the_panel_and_its_day(busy: Desk) -> None:
    page = press(busy.page(PAGE, ANGHARAD, id=DEWI), "Approve")
    fill(page, "Recruited on", date(2026, 9, 30))
    fill(page, "Panel", "A. Puw")
    press(page, "Approve this mentor")
    row = row_of(busy.workbook, Mentors, DEWI)
    assert (row["status"], row["recruited_on"], row["panel"]) == ("approved", date(2026, 9, 30), "A. Puw")


def test_without_a_panel_nobody_is_approved_and_the_field_says_so(busy: Desk) -> None:
    """S1: only a recruited mentor is approved."""
    page = press(busy.page(PAGE, ANGHARAD, id=DEWI), "Approve")
    page = press(page, "Approve this mentor")
    assert row_of(busy.workbook, Mentors, DEWI)["status"] == "applied"
    assert "Panel is needed." in words(press(page, "Approve"))


def test_pausing_and_opening_again(busy: Desk) -> None:
    press(busy.page(PAGE, ANGHARAD, id=SIAN), "Pause")
    assert row_of(busy.workbook, Mentors, SIAN)["status"] == "paused"
    press(busy.page(PAGE, ANGHARAD, id=CARYS), "Open to new work again")
    assert row_of(busy.workbook, Mentors, CARYS)["status"] == "approved"


def test_an_edit_keeps_what_a_colleague_changed_meanwhile(busy: Desk) -> None:
    """X3: three-way, field by field."""
    page = press(busy.page(PAGE, MARC, id=SIAN), "Edit")
    fill(page, "Area", "Powys")
    shown = row_of(busy.workbook, Mentors, SIAN)
    mentors.edit(busy.as_(ANGHARAD), op(), shown, {"phone": "07700 900777"})
    press(page, "Save")
    row = row_of(busy.workbook, Mentors, SIAN)
    assert (row["area"], row["phone"]) == ("Powys", "07700 900777")


def test_a_policy_is_recorded_and_the_mentor_is_insured_again(busy: Desk) -> None:
    page = press(busy.page(PAGE, MARC, id=SIAN), "Record a proof")
    fill(page, "Insurer", "Cambrian Mutual")
    fill(page, "Policy number", "PL-9")
    fill(page, "Cover ends", date(2027, 9, 1))
    press(page, "Record the proof")
    assert "PL-9" in {row["reference"] for row in rows_of(busy.workbook, Checks)}
    assert "Insured until 1 September 2027." in words(busy.page(PAGE, MARC, id=SIAN))


def test_the_manager_says_why_a_gap_may_be_paid(busy: Desk) -> None:
    """S2."""
    page = press(busy.page(PAGE, ANGHARAD, id=SIAN), "Say why a gap may be paid")
    fill(page, "From", date(2026, 9, 2))
    fill(page, "To", date(2026, 9, 20))
    fill(page, "Reason", "Renewal letter was late")
    press(page, "Record it")
    assert [row["mentor"] for row in rows_of(busy.workbook, Exceptions)] == [SIAN]


def test_the_later_of_two_edits_of_one_field_is_stopped(busy: Desk) -> None:
    """X3: nothing is overwritten unseen."""
    page = press(busy.page(PAGE, MARC, id=SIAN), "Edit")
    fill(page, "Area", "Powys")
    shown = row_of(busy.workbook, Mentors, SIAN)
    mentors.edit(busy.as_(ANGHARAD), op(), shown, {"area": "Gwynedd"})
    page = press(page, "Save")
    assert row_of(busy.workbook, Mentors, SIAN)["area"] == "Gwynedd"
