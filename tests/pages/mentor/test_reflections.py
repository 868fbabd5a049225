"""Reflections: shared with whom one likes, their time unpaid or within an allowance (S8, S14)."""

from decimal import Decimal

import pytest

from schemas.work import Development, Timesheets
from services import development
from tests.cast import ANGHARAD, EVAN, FINN, GETHIN, MAIR, MARC, op
from tests.desk import Desk, all_words
from tests.pages.mentor.scene import FORUM, TODAY, furnish, only
from tests.services.staff import rows_of

PAGE = "pages/mentor/reflections.py"
HEARD = {
    "kind": "reflection",
    "held_on": TODAY,
    "title": "The queue is the café",
    "words": "They stayed for soup.",
}


def test_a_reflection_is_shared_and_its_hours_become_a_draft_line_within_the_allowance(desk: Desk) -> None:
    furnish(desk)
    page = desk.page(PAGE, GETHIN)
    field(page.text_input, "Title").set_value("Draughts are funnier than carbon")
    field(page.text_input, "Hours").set_value("1.5").run()
    assert "0.79 of 1 days left after this" in plain(page)
    press(page, "reflection:button")
    assert only(desk, Development).title == "Draughts are funnier than carbon"
    time = only(desk, Timesheets)
    assert (time.hours, time.assignment, time.status, time.is_chargeable) == (
        Decimal("1.5"),
        FORUM,
        "draft",
        True,
    )
    assert only(desk, Development).timesheet == time.id


def test_without_an_allowance_it_is_shared_unpaid_and_no_time_is_written(desk: Desk) -> None:
    furnish(desk)
    page = desk.page(PAGE, MAIR)
    assert "no allowance" in plain(page)
    field(page.text_input, "Title").set_value("A map people have walked")
    press(page, "reflection:button")
    assert only(desk, Development).is_chargeable is False
    assert rows_of(desk.workbook, Timesheets) == []


def test_a_reflection_needs_a_title_and_says_so_beside_it(desk: Desk) -> None:
    furnish(desk)
    page = desk.page(PAGE, MAIR)
    press(page, "reflection:button")
    assert rows_of(desk.workbook, Development) == []
    assert len(page.error) == 1


def test_the_pool_reads_what_is_shared_with_it_with_its_authors_name_and_nothing_else(desk: Desk) -> None:
    """S14, RM17."""
    furnish(desk)
    development.share(desk.as_(GETHIN), op(), {**HEARD, "shared_with": ("mentor pool",)})
    development.share(
        desk.as_(GETHIN), op(), {**HEARD, "title": "For the team only", "shared_with": ("programme team",)}
    )
    said = all_words(desk.page(PAGE, MAIR))
    assert "The queue is the café" in said
    assert "Gethin Llywelyn" in said
    assert "For the team only" not in said


def test_staff_read_all_and_share_nothing(desk: Desk) -> None:
    furnish(desk)
    development.share(desk.as_(GETHIN), op(), {**HEARD, "shared_with": ("programme team",)})
    for person in (ANGHARAD, MARC):
        page = desk.page(PAGE, person)
        assert "The queue is the café" in all_words(page)
        assert not page.text_area


@pytest.mark.parametrize("person", [FINN, EVAN], ids=lambda each: each.role)
def test_finance_and_evaluator_are_refused(desk: Desk, person: object) -> None:
    furnish(desk)
    development.share(desk.as_(GETHIN), op(), {**HEARD, "shared_with": ("mentor pool",)})
    page = desk.page(PAGE, person)
    assert len(page.error) == 1
    assert "The queue is the café" not in all_words(page)


def field(found, label: str):  # noqa: ANN001, ANN201
    return next(each for each in found if each.label == label)


def press(page, key: str) -> None:  # noqa: ANN001
    next(each for each in page.button if each.key == key).click().run()
    assert not page.exception


def plain(page) -> str:  # noqa: ANN001
    return all_words(page).replace("\\", "")
