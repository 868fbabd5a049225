"""The timesheet as a mentor on a phone meets it (S8, S10, X13)."""

from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from schemas.work import Timesheets
from services import approvals, timesheets
from tests.cast import ANGHARAD, CAST, GETHIN, MAIR, op
from tests.desk import Desk, all_words
from tests.pages.mentor.scene import FORUM, ORCHARD, TODAY, furnish, line, only
from tests.services.staff import row_of, rows_of

PAGE = "pages/mentor/timesheet.py"


def test_an_hour_is_three_taps_date_today_assignment_and_kind_as_last_time(desk: Desk) -> None:
    """S8, X13: nothing has to be typed."""
    furnish(desk)
    line(desk, "TIM-EARLER", status="approved", assignment=FORUM, kind="Programme Forum")
    page = desk.page(PAGE, GETHIN)
    tap(page, "Half a day")
    press(page, "timesheet:send")
    sent = row_of_new(desk, "TIM-EARLER")
    assert (sent.worked_on, sent.assignment, sent.kind) == (TODAY, FORUM, "Programme Forum")
    assert (sent.hours, sent.status, sent.submitted_on) == (Decimal("3.5"), "submitted", TODAY)
    assert "Sent to the Programme Manager" in all_words(page)


def test_days_left_answer_while_one_types(desk: Desk) -> None:
    """X13: "1.5 of 4 days left after this"."""
    furnish(desk)
    line(desk, "TIM-SEVENH", hours=Decimal(7), status="submitted")
    line(desk, "TIM-THREEH", hours=Decimal("3.5"))
    page = desk.page(PAGE, GETHIN)
    assert "2.5 of 4 days left" in plain(page)
    tap(page, "A day")
    assert "1.5 of 4 days left after this" in plain(page)


def test_a_line_beyond_the_days_agreed_says_that_it_will_be_held(desk: Desk) -> None:
    furnish(desk)
    line(desk, "TIM-TWENTY", hours=Decimal(24), status="submitted")
    page = desk.page(PAGE, GETHIN)
    tap(page, "A day")
    assert "0.43 days more than agreed" in plain(page)


def test_quarters_step_up_and_down_and_never_to_nothing(desk: Desk) -> None:
    furnish(desk)
    page = desk.page(PAGE, GETHIN)
    for words in ("1 h", "+¼", "+¼", "−¼"):
        tap(page, words)
    assert hours_of(page) == "1.25"
    for _ in range(8):
        tap(page, "−¼")
    assert hours_of(page) == "0.25"


def test_more_than_seven_hours_on_a_day_are_flagged_and_still_sent(desk: Desk) -> None:
    """S8: paid by the hour."""
    furnish(desk)
    line(desk, "TIM-SIXHRS", worked_on=TODAY, hours=Decimal(6), status="submitted")
    page = desk.page(PAGE, GETHIN)
    tap(page, "2 h")
    assert "8 hours on 5 October 2026: more than a day of 7 hours" in page.warning[0].value
    press(page, "timesheet:send")
    assert row_of_new(desk, "TIM-SIXHRS").status == "submitted"


def test_more_than_a_day_has_is_refused_in_words_and_what_was_typed_stays(desk: Desk) -> None:
    furnish(desk)
    line(desk, "TIM-TWENTY", worked_on=TODAY, hours=Decimal(20), status="submitted")
    page = desk.page(PAGE, GETHIN)
    tap(page, "A day")
    press(page, "timesheet:send")
    assert "27 hours on 5 October 2026" in all_words(page)
    assert len(rows_of(desk.workbook, Timesheets)) == 1
    assert hours_of(page) == "7"


@pytest.mark.parametrize("typed", ["1,5", "1.1", "abc", ""])
def test_wrong_hours_are_told_beside_the_field_and_nothing_is_written(desk: Desk, typed: str) -> None:
    furnish(desk)
    page = desk.page(PAGE, GETHIN)
    page.text_input(key=hours_key(page)).set_value(typed).run()
    press(page, "timesheet:save")
    assert any("Hours" in each.value for each in page.markdown if each.value.startswith(":red"))
    assert rows_of(desk.workbook, Timesheets) == []


def test_a_saved_draft_is_sent_with_the_others_by_one_button(desk: Desk) -> None:
    """S10: "Send 2 lines, 6 hours"."""
    furnish(desk)
    line(desk, "TIM-FIRSTL")
    page = desk.page(PAGE, GETHIN)
    tap(page, "Half a day")
    press(page, "timesheet:save")
    assert button(page, "send-all:button").label == "Send 2 lines, 6 hours"
    press(page, "send-all:button")
    assert {row.status for row in rows_of(desk.workbook, Timesheets)} == {"submitted"}


def test_a_returned_line_stands_on_top_with_its_reason_and_is_mended_and_sent(desk: Desk) -> None:
    """RM28: own, draft or returned."""
    furnish(desk)
    line(desk, "TIM-RETURN", status="returned", reason="Which visit *was* it?")
    page = desk.page(PAGE, GETHIN)
    assert [each.value for each in page.subheader] == ["Came back to you · 1", "Record time"]
    assert "Which visit *was* it?" in all_words(page)
    press(page, "open:TIM-RETURN")
    tap(page, "1 h")
    press(page, "timesheet:TIM-RETURN:send")
    mended = row_of(desk.workbook, Timesheets, "TIM-RETURN")
    assert (mended.hours, mended.status, mended.reason) == (Decimal(1), "submitted", None)
    assert "id" not in page.query_params


def test_a_sent_line_can_be_taken_back_and_a_draft_dropped(desk: Desk) -> None:
    furnish(desk)
    line(desk, "TIM-SENTIT", status="submitted")
    page = desk.page(PAGE, GETHIN)
    press(page, "withdraw:TIM-SENTIT:button")
    assert row_of(desk.workbook, Timesheets, "TIM-SENTIT").status == "draft"
    press(page, "drop:TIM-SENTIT:button")
    assert rows_of(desk.workbook, Timesheets) == []


def test_an_approved_line_is_only_read(desk: Desk) -> None:
    furnish(desk)
    line(desk, "TIM-APPROV", status="approved")
    page = desk.page(PAGE, GETHIN, id="TIM-APPROV")
    assert [each.key for each in page.button if "TIM-APPROV" in (each.key or "")] == []


def test_without_an_assignment_the_page_says_why_there_is_no_form(desk: Desk) -> None:
    page = desk.page(PAGE, MAIR)
    assert "no approved assignment" in all_words(page)
    assert not page.exception


def test_another_mentors_line_opens_nothing(desk: Desk) -> None:
    """RM27."""
    furnish(desk)
    line(desk, "TIM-MAIRSL", MAIR, note="Only Mair reads this")
    page = desk.page(PAGE, GETHIN, id="TIM-MAIRSL")
    assert "Only Mair reads this" not in all_words(page)
    assert "Record time" in all_words(page)


@pytest.mark.parametrize("person", [each for each in CAST if not each.mentor], ids=lambda each: each.role)
def test_whoever_is_no_mentor_reads_a_refusal_and_no_line(desk: Desk, person: object) -> None:
    furnish(desk)
    line(desk, "TIM-SECRET", note="Only Gethin reads this")
    page = desk.page(PAGE, person)
    assert len(page.error) == 1
    assert "Only Gethin reads this" not in all_words(page)
    assert not page.text_input


def test_sending_counts_the_line_itself_once(desk: Desk) -> None:
    """A returned line of 20 hours mended to 20 hours is not counted twice on its day (S8)."""
    furnish(desk)
    row = line(desk, "TIM-TWENTY", hours=Decimal(20), status="returned", reason="Say what it was")
    ctx = desk.as_(GETHIN)
    timesheets.save(ctx, op(), {"note": "The planting day"}, row, send=True)
    assert only(desk, Timesheets).status == "submitted"


def test_a_line_sent_at_once_waits_for_the_programme_manager(desk: Desk) -> None:
    furnish(desk)
    values = {"assignment": ORCHARD, "worked_on": TODAY, "hours": Decimal(1), "is_chargeable": True}
    timesheets.save(desk.as_(GETHIN), op(), values, send=True)
    (claim,) = approvals.waiting(desk.as_(ANGHARAD))
    assert claim.line["hours"] == Decimal(1)


def tap(page: AppTest, words: str) -> None:
    next(each for each in page.button if each.label == words).click().run()


def press(page: AppTest, key: str) -> None:
    button(page, key).click().run()
    assert not page.exception


def button(page: AppTest, key: str):  # noqa: ANN201 - Streamlit's own
    return next(each for each in page.button if each.key == key)


def hours_key(page: AppTest) -> str:
    return next(each.key for each in page.text_input if each.label == "Hours")


def hours_of(page: AppTest) -> str:
    return str(page.text_input(key=hours_key(page)).value)


def plain(page: AppTest) -> str:
    return all_words(page).replace("\\", "")


def row_of_new(desk: Desk, before: str):  # noqa: ANN201 - a row
    (row,) = [row for row in rows_of(desk.workbook, Timesheets) if row.id != before]
    return row
