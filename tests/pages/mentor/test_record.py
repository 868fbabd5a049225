"""The Activity Record's page: written, sent, linked to the time, told on the plan (S7, S11)."""

from datetime import date
from decimal import Decimal

import pytest

from schemas.errors import NotAllowed, NotYet
from schemas.mentees import Actions, Signposts
from schemas.work import Progress, Sessions, Timesheets
from services import record_choices, record_papers, sessions
from services.sessions import Signpost, Step
from tests.cast import ANGHARAD, EVAN, FINN, GETHIN, MAIR, op
from tests.desk import Desk, all_words
from tests.pages.mentor.scene import FORUM, ORCHARD, furnish, line, only
from tests.services.staff import put, row_of, rows_of

PAGE = "pages/mentor/record.py"
DONE = {"assignment": ORCHARD, "held_on": date(2026, 10, 1), "done": "Walked the ground."}


def test_a_record_written_from_a_line_has_its_day_kind_and_time_and_holds_the_line(desk: Desk) -> None:
    """S7, S11: `record?line=`."""
    furnish(desk)
    line(desk, "TIM-GETLIN")
    page = desk.page(PAGE, GETHIN, line="TIM-GETLIN")
    field(page.text_area, "What we did").set_value("Walked the ground & marked <rows>.")
    field(page.text_input, "Agency").set_value("Coed Cadw")
    field(page.text_input, "What for").set_value("Free trees")
    page.selectbox(key=next(each.key for each in page.selectbox if each.label == "Now")).set_value(
        "under way"
    )
    send(page)
    record = only(desk, Sessions)
    assert (record.status, record.held_on, record.kind) == ("record in", date(2026, 10, 1), "Site visit")
    assert record.done == "Walked the ground & marked <rows>."
    assert row_of(desk.workbook, Timesheets, "TIM-GETLIN").session == record.id
    assert only(desk, Signposts).agency == "Coed Cadw"
    assert row_of(desk.workbook, Actions, "ACT-1").step == "under way"
    assert row_of(desk.workbook, Actions, "ACT-2").step == "not started"


def test_a_record_without_words_is_saved_as_a_draft_but_not_sent(desk: Desk) -> None:
    furnish(desk)
    page = desk.page(PAGE, GETHIN, new="yes")
    send(page)
    assert "What we did is needed before you send it." in plain(page)
    assert rows_of(desk.workbook, Sessions) == []
    press(page, "record:new:draft:button")
    assert only(desk, Sessions).status == "draft"


def test_a_draft_is_opened_again_and_sent(desk: Desk) -> None:
    furnish(desk)
    sessions.save(desk.as_(GETHIN), op(), DONE, [Step("ACT-1", "under way", "Rows marked")])
    id_ = only(desk, Sessions).id
    page = desk.page(PAGE, GETHIN, id=id_)
    assert field(page.text_area, "What we did").value == "Walked the ground."
    assert "Rows marked" in {each.value for each in page.text_area}
    press(page, f"record:{id_}:send")
    assert only(desk, Sessions).status == "record in"
    assert only(desk, Progress).words == "Rows marked"


def test_an_accepted_record_is_read_and_downloaded_but_not_changed(desk: Desk) -> None:
    furnish(desk)
    put(
        desk.workbook,
        Sessions,
        "SES-ACCEPT",
        mentor=GETHIN.mentor,
        status="accepted",
        mentee="GRP-CWMTAW",
        **DONE,
    )
    page = desk.page(PAGE, GETHIN, id="SES-ACCEPT")
    assert not page.text_area
    assert "Walked the ground." in all_words(page)
    assert record_papers.document(desk.as_(GETHIN), "SES-ACCEPT", "cy")[:2] == b"PK"


def test_the_list_says_why_it_is_empty_and_leads_to_a_new_record(desk: Desk) -> None:
    furnish(desk)
    page = desk.page(PAGE, GETHIN)
    assert "You have no records yet." in all_words(page)
    press(page, "new")
    assert page.text_area


def test_another_mentors_record_is_not_here(desk: Desk) -> None:
    """RM40, RM42."""
    furnish(desk)
    put(
        desk.workbook,
        Sessions,
        "SES-GETHIN",
        mentor=GETHIN.mentor,
        status="record in",
        mentee="GRP-CWMTAW",
        **DONE,
    )
    page = desk.page(PAGE, MAIR, id="SES-GETHIN")
    assert "Walked the ground." not in all_words(page)
    assert len(page.error) == 1


@pytest.mark.parametrize("person", [ANGHARAD, FINN, EVAN], ids=lambda each: each.role)
def test_only_a_mentor_writes_records(desk: Desk, person: object) -> None:
    page = desk.page(PAGE, person, new="yes")
    assert len(page.error) == 1
    assert not page.text_area


# --- the verb that links time to a record ---------------------------------------------------------------


def test_lines_given_are_exactly_those_that_belong(desk: Desk) -> None:
    furnish(desk)
    line(desk, "TIM-FIRSTL", status="submitted")
    line(desk, "TIM-SECOND", status="returned", reason="Which?")
    ctx = desk.as_(GETHIN)
    sessions.save(ctx, op(), DONE, lines=["TIM-FIRSTL"])
    record = only(desk, Sessions)
    sessions.save(ctx, op(), {}, shown=record, lines=["TIM-SECOND"])
    linked = {row.id: row.session for row in rows_of(desk.workbook, Timesheets)}
    assert linked == {"TIM-FIRSTL": None, "TIM-SECOND": record.id}


def test_lines_left_unsaid_stay_as_they_are(desk: Desk) -> None:
    furnish(desk)
    line(desk, "TIM-FIRSTL")
    ctx = desk.as_(GETHIN)
    sessions.save(ctx, op(), DONE, lines=["TIM-FIRSTL"])
    sessions.save(ctx, op(), {"place": "The hall"}, shown=only(desk, Sessions))
    assert only(desk, Timesheets).session == only(desk, Sessions).id


def test_another_mentors_line_is_refused_as_if_it_were_not_there(desk: Desk) -> None:
    """RM27, RM40."""
    furnish(desk)
    line(desk, "TIM-MAIRSL", MAIR)
    with pytest.raises(NotAllowed):
        sessions.save(desk.as_(GETHIN), op(), DONE, lines=["TIM-MAIRSL"])
    assert rows_of(desk.workbook, Sessions) == []


@pytest.mark.parametrize("status", ["approved", "invoiced", "paid", "refused"])
def test_decided_time_keeps_the_record_it_was_decided_with(desk: Desk, status: str) -> None:
    furnish(desk)
    line(desk, "TIM-DECIDE", status=status)
    with pytest.raises(NotYet):
        sessions.save(desk.as_(GETHIN), op(), DONE, lines=["TIM-DECIDE"])


def test_a_line_of_another_assignment_does_not_belong(desk: Desk) -> None:
    furnish(desk)
    line(desk, "TIM-FORUMS", assignment=FORUM)
    with pytest.raises(NotYet):
        sessions.save(desk.as_(GETHIN), op(), DONE, lines=["TIM-FORUMS"])


def test_only_undecided_lines_without_another_record_are_offered(desk: Desk) -> None:
    furnish(desk)
    put(
        desk.workbook,
        Sessions,
        "SES-EARLER",
        mentor=GETHIN.mentor,
        status="record in",
        mentee="GRP-CWMTAW",
        **DONE,
    )
    line(desk, "TIM-FREEIT")
    line(desk, "TIM-LINKED", session="SES-EARLER")
    line(desk, "TIM-DECIDE", status="approved")
    line(desk, "TIM-FORUMS", assignment=FORUM)
    offered = [row.id for row in record_choices.lines_for(desk.as_(GETHIN), ORCHARD)]
    assert offered == ["TIM-FREEIT"]


def test_signposts_are_told_once_and_hours_add_up_on_the_record(desk: Desk) -> None:
    furnish(desk)
    line(desk, "TIM-FIRSTL")
    ctx = desk.as_(GETHIN)
    sessions.save(ctx, op(), DONE, (), [Signpost("Coed Cadw")], lines=["TIM-FIRSTL"])
    record = only(desk, Sessions)
    sessions.save(ctx, op(), {}, (), [Signpost("coed cadw")], record)
    assert only(desk, Signposts).agency == "Coed Cadw"
    assert sessions.record(ctx, record.id).hours == Decimal("2.5")


def field(found, label: str):  # noqa: ANN001, ANN201 - Streamlit's own
    return next(each for each in found if each.label == label)


def press(page, key: str) -> None:  # noqa: ANN001
    next(each for each in page.button if each.key == key).click().run()
    assert not page.exception


def send(page) -> None:  # noqa: ANN001
    press(page, next(each.key for each in page.button if each.label == "Send the record"))


def plain(page) -> str:  # noqa: ANN001
    return all_words(page).replace("\\", "")


def test_a_group_that_was_never_ones_own_is_not_named_by_its_id(desk: Desk) -> None:
    """An imported record may be about another's group: its own writer still finds it (RM40)."""
    furnish(desk)
    put(
        desk.workbook,
        Sessions,
        "SES-IMPORT",
        mentor=GETHIN.mentor,
        mentee="GRP-TYWYNS",
        status="record in",
        **DONE,
    )
    said = all_words(desk.page(PAGE, GETHIN))
    assert "A group that is not among yours" in said
    assert "GRP-TYWYNS" not in said
