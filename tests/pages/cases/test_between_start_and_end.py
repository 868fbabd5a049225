"""The pages from start to end: a mentor's phone, the case's parts, refunds, the directory (D8 to D12, D22, D31)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from schemas.cases import Cases, Outcomes, Refunds
from schemas.mentees import Actions, Plans
from schemas.organisations import Organisations
from schemas.work import Sessions
from services import endings, refunds
from services.context import Actor
from tests import dwp
from tests.desk import Desk, all_words, closed, settled
from tests.dwp import COLIN, DEE, ELSA, FERN, NORA, OMAR, TODAY, as_
from tests.services.mentoring import (
    JUNE_CASE,
    agreed_plan,
    begin,
    op,
    planned,
    row_of,
    rows_of,
    session,
)

MINE, CASE = "pages/cases/mine.py", "pages/cases/case.py"


@pytest.fixture
def june(tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "workbook.sqlite3"
    yield settled(dwp.new_workbook(path, begin), path, dwp.TODAY)
    closed()


def press(test: AppTest, key: str) -> AppTest:
    test.button(key=key).click().run()
    assert not test.exception, test.exception
    return test


def field(test: AppTest, kind: str, name: str):  # noqa: ANN201 - AppTest's own widget
    (found,) = [each for each in getattr(test, kind) if (each.key or "").endswith(f":{name}")]
    return found


def test_a_mentor_records_a_session_in_two_clicks(june: Desk) -> None:
    """X13: the mentee's card, then save; date, hour and manner are there."""
    planned(june.workbook, TODAY)
    test = june.page(MINE, DEE)
    said = all_words(test)
    assert "June Hale" in said and "Next: Wed 12 Jun 2024, 11:00, Approved place" in said
    assert "Sasha Vale" not in said
    test = june.page(MINE, DEE, id=JUNE_CASE)
    press(test, "mine:SES-PLANND:button")
    row = row_of(june.workbook, Sessions, "SES-PLANND")
    assert (row["attendance"], row["minutes"], row["status"]) == ("attended", 60, "record in")
    assert "The session is recorded." in all_words(test) and "Next:" not in all_words(test)


def test_the_phone_form_asks_what_the_answer_needs_and_warns_of_the_digital_share(june: Desk) -> None:
    key = f"mine:{JUNE_CASE}"
    test = june.page(MINE, DEE, id=JUNE_CASE)
    field(test, "selectbox", "manner").set_value("digital").run()
    assert "1 of 1 sessions would be digital; at most 20 % may be" in test.warning[0].value
    press(test, f"{key}:button")
    assert "They agreed to meet digitally must be yes" in all_words(test)
    field(test, "radio", "digital_agreed").set_value(True)
    press(test, f"{key}:button")
    (row,) = rows_of(june.workbook, Sessions)
    assert row["manner"] == "digital"
    test = june.page(MINE, DEE, id=JUNE_CASE)
    field(test, "selectbox", "attendance").set_value("missed").run()
    assert [each.key for each in test.selectbox if each.key.endswith(":manner")] == []


def test_a_session_before_the_start_is_told_beside_its_field_and_nothing_typed_is_lost(june: Desk) -> None:
    test = june.page(MINE, DEE, id=JUNE_CASE)
    field(test, "text_area", "done").set_value("Talked of housing")
    field(test, "date_input", "held_on").set_value(date(2024, 5, 1))
    press(test, f"mine:{JUNE_CASE}:button")
    assert "Date can't be before the start on 14 May 2024." in all_words(test)
    assert field(test, "text_area", "done").value == "Talked of housing"
    assert rows_of(june.workbook, Sessions) == []


@pytest.mark.parametrize("actor", [COLIN, NORA, FERN, ELSA], ids=lambda actor: actor.name)
def test_only_mentors_have_the_phone_page(june: Desk, actor: Actor) -> None:
    test = june.page(MINE, actor)
    assert test.error and "June Hale" not in all_words(test)


def test_another_mentors_mentee_is_not_there(june: Desk) -> None:
    for page in (MINE, CASE):
        test = june.page(page, OMAR, id=JUNE_CASE)
        assert test.error and "June Hale" not in all_words(test)


def test_a_case_shows_its_sessions_plan_outcomes_and_end(june: Desk) -> None:
    agreed_plan(june.workbook)
    session(june.workbook, date(2024, 5, 14), done="The interview")
    session(june.workbook, date(2024, 6, 5), manner="digital", digital_agreed=True)
    said = all_words(june.page(CASE, COLIN, id=JUNE_CASE))
    for words in (
        "2 of 8",
        "1 of 2",
        "The interview",
        "See the housing team",
        "by 1 July 2024",
        "signed by hand",
        "Last engaged on 5 June 2024",
        "Hold the final review",
    ):
        assert words in said, words


def test_a_plan_is_written_and_agreed_on_the_page(june: Desk) -> None:
    test = june.page(CASE, DEE, id=JUNE_CASE)
    press(test, f"open:plan:{JUNE_CASE}")
    field(test, "text_area", "opportunities").set_value("A place of my own")
    press(test, f"plan:{JUNE_CASE}:button")
    (plan,) = rows_of(june.workbook, Plans)
    press(test, f"open:act:{plan.id}")
    field(test, "text_input", "title").set_value("See the housing team")
    press(test, f"act:{plan.id}:button")
    press(test, f"open:act:{plan.id}")
    assert "By is needed." in all_words(test)
    for name in ("measure", "means", "reason"):
        field(test, "text_input", name).set_value("x")
    field(test, "date_input", "by_on").set_value(date(2024, 7, 1))
    press(test, f"act:{plan.id}:button")
    test = june.page(CASE, DEE, id=JUNE_CASE)
    press(test, f"open:agree:{plan.id}")
    field(test, "selectbox", "confirmed_how").set_value("signed by hand")
    press(test, f"agree:{plan.id}:{plan['_change']}:button")
    assert row_of(june.workbook, Plans, plan.id)["status"] == "agreed"
    assert len(rows_of(june.workbook, Actions)) == 1


def test_an_outcome_is_recorded_and_the_duplicating_actions_named(june: Desk) -> None:
    agreed_plan(june.workbook)
    action = row_of(june.workbook, Actions, "ACT-JUNEHA")
    dwp.put(june.workbook, Actions, "ACT-WORK01", plan=action["plan"], mentee=action["mentee"], title="Write a CV",
            measure="x", means="x", reason="x", by_on=TODAY, is_employment=True, step="not started")  # fmt: skip
    test = june.page(CASE, DEE, id=JUNE_CASE)
    press(test, f"open:outcome:{JUNE_CASE}")
    field(test, "selectbox", "kind").set_value("the buyer's programme")
    press(test, f"open:outcome:{JUNE_CASE}")
    field(test, "text_input", "what").set_value("Restart")
    press(test, f"outcome:{JUNE_CASE}:button")
    assert [row["what"] for row in rows_of(june.workbook, Outcomes)] == ["Restart"]
    assert any("Write a CV" in each.value for each in june.page(CASE, DEE, id=JUNE_CASE).warning)


def test_a_case_is_completed_then_taken_back_on_the_page(june: Desk) -> None:
    agreed_plan(june.workbook)
    test = june.page(CASE, COLIN, id=JUNE_CASE)
    press(test, f"open:end:{JUNE_CASE}")
    field(test, "text_input", "few_sessions_reason").set_value("Moved into work")
    field(test, "text_area", "next_steps").set_value("Monday group")
    press(test, f"end:{JUNE_CASE}:button")
    assert row_of(june.workbook, Cases, JUNE_CASE)["completed_on"] == TODAY
    test = june.page(CASE, COLIN, id=JUNE_CASE)
    press(test, f"tell:{JUNE_CASE}:button")
    assert row_of(june.workbook, Cases, JUNE_CASE)["contact_told_end_on"] == TODAY
    test = june.page(CASE, COLIN, id=JUNE_CASE)
    press(test, f"open:back:{JUNE_CASE}")
    test.text_input(key=f"back:{JUNE_CASE}:why").set_value("She came back")
    press(test, f"back:{JUNE_CASE}:button")
    assert endings.is_running(row_of(june.workbook, Cases, JUNE_CASE))


def test_a_refund_goes_from_the_case_by_the_manager_to_finance(june: Desk) -> None:
    session(june.workbook, TODAY)
    test = june.page(CASE, DEE, id=JUNE_CASE)
    press(test, f"open:refund:{JUNE_CASE}")
    field(test, "text_input", "journey").set_value("By bus")
    field(test, "text_input", "pounds").set_value("£3.20")
    field(test, "radio", "receipt_seen").set_value(True)
    press(test, f"refund:{JUNE_CASE}:button")
    (row,) = rows_of(june.workbook, Refunds)
    page = "pages/cases/refunds.py"
    assert june.page(page, DEE).error
    said = all_words(june.page(page, FERN))
    assert "£3.20" in said and "June Hale" not in said
    press(june.page(page, NORA), f"approve:{row.id}:button")
    test = press(june.page(page, FERN), f"open:pay:{row.id}")
    press(test, f"pay:{row.id}:button")
    assert row_of(june.workbook, Refunds, row.id)["status"] == "paid"


def test_a_mentor_adds_to_the_directory_and_finds_it_by_need(june: Desk) -> None:
    page = "pages/cases/services.py"
    test = june.page(page, DEE)
    assert "The directory is empty." in all_words(test)
    press(test, "open:service:add")
    field(test, "text_input", "name").set_value("Wrexham Housing Aid")
    field(test, "selectbox", "service").set_value("housing")
    press(test, "service:add:button")
    assert [row["kind"] for row in rows_of(june.workbook, Organisations)].count("local service") == 1
    assert "Wrexham Housing Aid" in all_words(june.page(page, OMAR, service="housing"))
    assert "No service fits." in all_words(june.page(page, OMAR, service="treatment"))
    assert june.page(page, FERN).error


def test_the_pages_read_in_welsh(june: Desk) -> None:
    agreed_plan(june.workbook)
    session(june.workbook, date(2024, 6, 5))
    claim = {
        "travelled_on": date(2024, 6, 5),
        "journey": "By bus",
        "purpose": "a session",
        "pounds": Decimal(3),
    }
    refunds.claim(as_(DEE, june.workbook), op(), JUNE_CASE, claim)
    assert "Fy mentoreion" in all_words(june.page(MINE, DEE, language="cy"))
    assert "Ad-daliadau teithio" in all_words(june.page("pages/cases/refunds.py", NORA, language="cy"))
    assert "Gwasanaethau lleol" in all_words(june.page("pages/cases/services.py", DEE, language="cy"))
