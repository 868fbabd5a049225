"""The page of complaints: logged, answered, passed on, closed (D23)."""

from datetime import date

import pytest

from schemas.cases import Complaints
from services import complaints
from tests.cast import op
from tests.desk import Desk, all_words
from tests.dwp import COLIN, DEE, FERN, MENTEE_ID, NORA, OMAR, as_, row_of

PAGE = "pages/cases/complaints.py"
WORDS = "He did not come twice."


def logged(desk: Desk) -> str:
    given = {"received_on": date(2024, 6, 1), "mentee": MENTEE_ID, "mentor": OMAR.mentor, "words": WORDS}
    saved = complaints.receive(as_(COLIN, desk.workbook), op(), given).saved
    (id_,) = [cells["_id"] for tab, cells in saved if tab == Complaints.tab]
    return id_


def test_one_is_logged_and_waits_for_its_answer(dwp_desk: Desk) -> None:
    test = dwp_desk.page(PAGE, COLIN)
    assert "No complaints here." in all_words(test)
    test.button(key="receive:open").click().run()
    test.text_area(key="receive:0:words").set_value(WORDS)
    test.selectbox(key="receive:0:mentee").set_value(MENTEE_ID)
    test.button(key="receive:button").click().run()
    assert not test.exception
    said = all_words(dwp_desk.page(PAGE, NORA))
    assert "Rowan Pike" in said and "12 June 2024" in said
    assert WORDS not in said


def test_its_words_are_read_after_a_click_and_it_goes_to_its_end(dwp_desk: Desk) -> None:
    id_ = logged(dwp_desk)
    test = dwp_desk.page(PAGE, NORA)
    assert "1 day late" in str([each.label for each in test.get("badge")] or all_words(test))
    test.button(key=f"open:{id_}").click().run()
    assert WORDS in all_words(test)
    assert "the Independent Case Examiner" in str([each.label for each in test.expander])
    press(test, "Record that they took it there")
    assert row_of(dwp_desk.workbook, Complaints, id_)["status"] == "with the examiner"
    test = dwp_desk.page(PAGE, NORA)
    test.button(key=f"open:{id_}").click().run()
    (box,) = [each for each in test.text_area if each.key and each.key.endswith(":learned")]
    box.set_value("We ring the day before.")
    press(test, "Close the complaint")
    assert row_of(dwp_desk.workbook, Complaints, id_)["status"] == "closed"


def press(test, label: str) -> None:  # noqa: ANN001 - AppTest
    (button,) = [each for each in test.button if each.label == label]
    button.click().run()
    assert not test.exception


@pytest.mark.parametrize("actor", [DEE, FERN], ids=lambda actor: actor.name)
def test_a_mentor_or_finance_has_no_such_page(dwp_desk: Desk, actor: object) -> None:
    logged(dwp_desk)
    test = dwp_desk.page(PAGE, actor)
    assert test.error and WORDS not in all_words(test)


def test_it_reads_in_welsh(dwp_desk: Desk) -> None:
    assert "yr Archwilydd Achosion Annibynnol" in all_words(dwp_desk.page(PAGE, COLIN, language="cy"))
