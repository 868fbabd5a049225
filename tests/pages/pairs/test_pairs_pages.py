"""The pages of pairs as each role finds them, and what is done on them (P1 to P8, W1 to W13, X13)."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from schemas.assignments import Assignments
from schemas.mentees import Referrals
from schemas.registers import BY_TAB
from schemas.work import Sessions
from services import answers, records
from services.context import Actor
from tests import powys, wmtd
from tests.desk import Desk, all_words, closed, settled
from tests.powys import BETH, DORA, FRED, OWEN
from tests.wmtd import ARLO, CLEM, EDIE, FAY, KIT, ROO, YAZ

PAIRS, PAIR, REGISTER = "pages/pairs/pairs.py", "pages/pairs/pair.py", "pages/pairs/register.py"
MINE, TRAINING, SCHEME = "pages/pairs/mine.py", "pages/pairs/training.py", "pages/pairs/scheme.py"
VOICE = "pages/pairs/voice.py"
NOT_HERE = "not here, or not open to you"


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "council.sqlite3"
    yield settled(powys.new_workbook(path), path, powys.TODAY)
    closed()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "service.sqlite3"
    yield settled(wmtd.new_workbook(path), path, wmtd.TODAY)
    closed()


def said(test: AppTest) -> str:
    assert not test.exception, test.exception
    return all_words(test)


def is_refused(test: AppTest) -> bool:
    assert not test.exception, test.exception
    return any(NOT_HERE in str(error.proto) for error in test.error)


def press(test: AppTest, label: str) -> AppTest:
    next(each for each in test.button if each.label == label).click().run()
    assert not test.exception, test.exception
    return test


def fill(test: AppTest, **values: Any) -> AppTest:
    """Fill fields of the form that is open, by their column's name."""
    for name, value in values.items():
        kinds = (test.text_input, test.text_area, test.selectbox, test.date_input, test.radio)
        found = [each for kind in kinds for each in kind if str(each.key).endswith(f":{name}")]
        assert found, name
        found[-1].set_value(value)
    return test


def newest(desk: Desk, register: Any, module: Any = wmtd) -> Any:
    cast = module.CAST
    return records.ground(cast.as_(cast.people[0], desk.workbook)).all(register)[-1]


@pytest.mark.parametrize(
    ("file", "refused"),
    [(PAIRS, (KIT, EDIE, FAY, ARLO)), (MINE, (CLEM, EDIE)), (SCHEME, (KIT, FAY)), (VOICE, (EDIE, FAY, ARLO))],
)
def test_who_lacks_the_right_is_told_that_it_is_not_here(
    service: Desk, file: str, refused: tuple[Actor, ...]
) -> None:
    for actor in refused:
        assert is_refused(service.page(file, actor)), actor.name


def test_a_request_leads_to_a_match_with_its_reason(council: Desk) -> None:
    """P3."""
    test = council.page(PAIRS, OWEN)
    assert "Tomos Reeve" in said(test)
    press(test, "Find somebody")
    words = said(test)
    assert "Holds the post looked for: Chair of Planning." in words
    assert "Training still to come: mentoring techniques, personal style." in words
    fill(test, matched_why="Both chair a committee.")
    match = [each for each in test.button if each.label == "Match"][-1]
    key = str(match.key)
    why = next(each for each in test.text_area if str(each.key).startswith(key.removesuffix(":button")))
    why.set_value("Both chair a committee.")
    match.click().run()
    assert not test.exception
    assert newest(council, Assignments, powys)["matched_why"] == "Both chair a committee."
    assert newest(council, Referrals, powys)["status"] == "mentor chosen"


def test_an_officer_sees_that_two_met_and_nothing_of_it(council: Desk) -> None:
    """RM71, RM72, RM73."""
    words = said(council.page(PAIR, OWEN, id=powys.PAIR_ID))
    assert "1 September 2026" in words and "What is said stays between the two." in words
    assert "budget" not in words
    assert is_refused(council.page(PAIR, OWEN, id="ASG-NQTHNG"))


def test_a_mentor_s_drawer_offers_the_notes_and_does_not_show_them(council: Desk) -> None:
    """RM71: a click opens them, and each is logged."""
    test = press(council.page(MINE, BETH), "Look")
    assert "Open our notes" in said(test)
    assert "budget" not in said(test)


def test_the_committee_reads_the_review_with_its_small_counts_hidden(council: Desk) -> None:
    """RM74."""
    words = said(council.page(SCHEME, DORA))
    assert "Democratic Services Committee" in words and "fewer than 5" in words
    assert "Feedback" not in words
    assert is_refused(council.page(SCHEME, FRED))


def test_a_supporter_writes_a_sheet_and_both_sign_on_the_phone(service: Desk) -> None:
    """W3."""
    test = press(service.page(MINE, KIT), "Write down a meeting")
    fill(
        test,
        place="The flat",
        why_met="To cook",
        done="A stew",
        achieved="It was good",
        held_on=date(2026, 10, 6),
    )
    press(test, "Save the meeting")
    row = newest(service, Sessions)
    assert (row["done"], row["assignment"], row["mentor"]) == ("A stew", wmtd.PAIR_ID, KIT.mentor)
    test = service.page(MINE, KIT)
    look = [each for each in test.button if each.label == "Look"]
    look[0].click().run()
    signing = [each for each in test.button if each.label == "We both sign"]
    assert len(signing) == 2, "the one of today and the one of 30 September; the signed one is corrected"
    assert [each for each in test.button if each.label == "Add the correction"]


def test_the_diary_is_written_and_opened_by_its_writer(service: Desk) -> None:
    """W4."""
    test = press(service.page(MINE, KIT), "My diary")
    fill(test, words="I was afraid.")
    press(test, "Keep it")
    words = said(press(service.page(MINE, KIT), "My diary"))
    assert "7 October 2026" in words, "a button that opens it"
    assert "I was afraid." not in words


def test_a_first_meeting_is_recorded_on_the_pair_s_page(service: Desk) -> None:
    """W2."""
    test = press(service.page(PAIR, CLEM, id=wmtd.NEW_PAIR_ID), "First meeting")
    fill(test, mentor_goes_on=True, mentee_goes_on=True)
    press(test, "Record the first meeting")
    row = wmtd.CAST.row_of(service.workbook, Assignments, wmtd.NEW_PAIR_ID)
    assert (row["chaired_by"], row["mentor_goes_on"]) == ("Clem Adair", True)
    assert "agreement to make" in said(service.page(PAIR, CLEM, id=wmtd.NEW_PAIR_ID))


def test_a_young_coordinator_finds_no_supervision(service: Desk) -> None:
    """W6."""
    assert "Supervision" in said(service.page(TRAINING, CLEM))
    words = said(service.page(TRAINING, YAZ))
    assert "Who is trained" in words and "Supervision" not in words


def test_an_answer_sent_on_the_page_leaves_nothing_that_says_whose_it_is(service: Desk) -> None:
    """W9: no draft, no note to undo, no row and no line of the history."""
    everything = service.workbook.store
    before = everything.number()
    test = service.page(VOICE, ROO)
    signed_in = everything.number()
    fill(test, side="supporter", heard="2", words="Nobody listens.")
    press(test, "Send it without a name")
    assert "Sent. Thank you." in said(test) and "Undo" not in said(test)
    assert everything.number() == signed_in + 1, "the answer and nothing beside it"
    assert before <= signed_in
    newest_line = everything.audit(1)[0]
    assert newest_line["who"] == "anonymous"
    told = json.dumps([newest_line, *everything.read(*BY_TAB).rows["Answers"]])
    assert not any(mark in told for mark in (ROO.id, ROO.mentor, "Roo", "Nobody listens"))
    (row,) = answers.listed(wmtd.emptied(service.workbook))
    assert row["heard"] == 2
    assert answers.words(wmtd.as_(CLEM, service.workbook), row.id) == "Nobody listens."


def test_the_register_says_what_comes_before_the_first_match(service: Desk) -> None:
    """P2, W7."""
    words = said(service.page(REGISTER, CLEM))
    assert "11 to do" in words and words.count("trained") >= 2
