"""My work: assignments, days left, relationships declared, more days asked for (S5, S6, X13)."""

from datetime import date
from decimal import Decimal

import pytest

from schemas.assignments import Interests, Variations
from schemas.errors import InvalidEntry, NotAllowed
from schemas.work import Sessions
from services import work
from tests.cast import ANGHARAD, EVAN, FINN, GETHIN, MAIR, op
from tests.desk import Desk, all_words
from tests.pages.mentor.scene import GROUP, ORCHARD, OTHER, assign, furnish, line, only
from tests.services.staff import put, rows_of

PAGE = "pages/mentor/work.py"


def test_an_assignment_shows_group_purpose_facilitator_and_days_left(desk: Desk) -> None:
    furnish(desk)
    line(desk, "TIM-HALFDY", hours=Decimal("3.5"), status="submitted")
    said = all_words(desk.page(PAGE, GETHIN))
    assert "Clwb Garddio &lt;b&gt;Cwmtawe&lt;/b&gt;" in said
    assert "Facilitator: Marc Sayce" in said
    assert [str(piece.left.words) for piece in work.assignments(desk.as_(GETHIN))] == [
        "3.5 of 4 days left",
        "1 of 1 days left",
    ]


def test_no_earlier_relationship_is_one_tap(desk: Desk) -> None:
    """S5: said at the outset."""
    furnish(desk)
    page = desk.page(PAGE, GETHIN)
    press(page, f"declare:{ORCHARD}:no:button")
    said = only(desk, Interests)
    assert (said.mentor, said.mentee, said.status, said.nature) == (
        GETHIN.mentor,
        GROUP,
        "none declared",
        None,
    )
    assert "Have you, or your host" not in all_words(page)


def test_a_relationship_is_declared_in_ones_own_words_and_waits_to_be_assessed(desk: Desk) -> None:
    """RM23."""
    furnish(desk)
    page = desk.page(PAGE, GETHIN)
    press(page, f"declare:{ORCHARD}:yes")
    page.text_area[0].set_value("My sister is the treasurer")
    press(page, f"declare:{ORCHARD}:button")
    assert (only(desk, Interests).status, only(desk, Interests).nature) == (
        "declared",
        "My sister is the treasurer",
    )
    assert "Please wait" in all_words(desk.page(PAGE, GETHIN))


def test_declaring_without_words_is_not_taken_for_none(desk: Desk) -> None:
    furnish(desk)
    with pytest.raises(InvalidEntry):
        work.declare(desk.as_(GETHIN), op(), GROUP, "  ")
    assert rows_of(desk.workbook, Interests) == []


def test_a_relationship_with_others_group_is_refused_as_if_it_were_not_there(desk: Desk) -> None:
    furnish(desk)
    with pytest.raises(NotAllowed):
        work.declare(desk.as_(GETHIN), op(), OTHER, "I know them")


def test_more_days_are_asked_for_with_a_reason(desk: Desk) -> None:
    """S6."""
    furnish(desk)
    page = desk.page(PAGE, GETHIN)
    press(page, f"more:{ORCHARD}")
    press(page, f"variation:{ORCHARD}:button")
    assert rows_of(desk.workbook, Variations) == []
    press(page, f"more:{ORCHARD}")
    next(each for each in page.text_input if each.label == "Days added").set_value("2")
    page.text_area[0].set_value("The ground needs draining first")
    press(page, f"variation:{ORCHARD}:button")
    assert (only(desk, Variations).days, only(desk, Variations).status) == (Decimal(2), "proposed")
    assert "You asked for 2 more days" in plain(desk.page(PAGE, GETHIN))


@pytest.mark.parametrize(
    ("status", "words"),
    [("declared", "Please wait"), ("may not", "may not go ahead"), ("may proceed", "Record your time")],
)
def test_what_is_next_follows_the_assessment(desk: Desk, status: str, words: str) -> None:
    furnish(desk)
    put(desk.workbook, Interests, "INT-GETHIN", mentor=GETHIN.mentor, mentee=GROUP, nature="x", status=status)
    piece = next(each for each in work.assignments(desk.as_(GETHIN)) if each.row.id == ORCHARD)
    assert words in str(piece.next)


def test_what_is_next_says_the_record_that_is_missing_and_the_days_that_are_gone(desk: Desk) -> None:
    furnish(desk)
    put(desk.workbook, Interests, "INT-GETHIN", mentor=GETHIN.mentor, mentee=GROUP, status="none declared")
    line(desk, "TIM-ALLDAY", hours=Decimal(24), status="submitted")
    line(desk, "TIM-FOURHR", hours=Decimal(4), status="submitted")
    piece = next(each for each in work.assignments(desk.as_(GETHIN)) if each.row.id == ORCHARD)
    assert str(piece.next) == "Write the Activity Record for 2 lines of time."
    assert (piece.left.left_hours, piece.left.share_left) == (Decimal(0), Decimal(0))


def test_an_unapproved_assignment_is_shown_with_who_acts_next_and_no_way_to_put_time_on_it(
    desk: Desk,
) -> None:
    furnish(desk)
    assign(desk, "ASG-PRPSED", MAIR, days="2", mentee=GROUP, status="proposed", approved_on=None)
    put(desk.workbook, Interests, "INT-MAIRPR", mentor=MAIR.mentor, mentee=GROUP, status="none declared")
    page = desk.page(PAGE, MAIR)
    assert "The Programme Manager approves it." in all_words(page)
    assert not [each for each in page.button if each.key in ("time:ASG-PRPSED", "more:ASG-PRPSED")]


def test_a_mentor_without_assignments_reads_that_none_is_promised_and_what_is_open_to_all(desk: Desk) -> None:
    """S17."""
    said = all_words(desk.page(PAGE, MAIR))
    assert "You have no assignment yet." in said


def test_nothing_of_another_mentor_is_here(desk: Desk) -> None:
    furnish(desk)
    values = {"assignment": ORCHARD, "mentee": GROUP, "held_on": date(2026, 10, 1), "status": "record in"}
    put(desk.workbook, Sessions, "SES-GETHIN", mentor=GETHIN.mentor, **values)
    said = all_words(desk.page(PAGE, MAIR))
    assert "Cwmtawe" not in said
    assert "Tywyn" in said


@pytest.mark.parametrize("person", [ANGHARAD, FINN, EVAN], ids=lambda each: each.role)
def test_whoever_is_no_mentor_is_refused(desk: Desk, person: object) -> None:
    furnish(desk)
    page = desk.page(PAGE, person)
    assert len(page.error) == 1
    assert "Cwmtawe" not in all_words(page)


def press(page, key: str) -> None:  # noqa: ANN001
    next(each for each in page.button if each.key == key).click().run()
    assert not page.exception


def plain(page) -> str:  # noqa: ANN001
    return all_words(page).replace("\\", "")
