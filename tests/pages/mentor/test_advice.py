"""Written advice: five confirmations, review, versions (S13)."""

import pytest

from schemas.work import Advice
from services import advice
from tests.cast import ANGHARAD, FINN, GETHIN, MAIR, MARC, op
from tests.desk import Desk, all_words
from tests.pages.mentor.scene import ORCHARD, furnish, only
from tests.services.staff import rows_of

PAGE = "pages/mentor/advice.py"
WRITTEN = {"assignment": ORCHARD, "title": "Where the hedge goes", "suggestions": "Walk the line first."}
INSIDE = dict.fromkeys(advice.BOUNDARY, True)


def test_it_is_sent_only_with_all_five_confirmed_each_on_its_own(desk: Desk) -> None:
    furnish(desk)
    page = desk.page(PAGE, GETHIN, new="yes")
    next(each for each in page.text_input if each.label == "Title").set_value(WRITTEN["title"])
    area(page, "What the group might consider").set_value(WRITTEN["suggestions"])
    assert len(page.radio) == 5
    for each in page.radio[:4]:
        each.set_value(True)
    page.radio[4].set_value(False)
    press(page, "advice:new:send")
    assert "Not the group's work done for it must be confirmed." in plain(page)
    assert rows_of(desk.workbook, Advice) == []
    assert area(page, "What the group might consider").value == WRITTEN["suggestions"]
    page.radio[4].set_value(True)
    press(page, "advice:new:send")
    assert only(desk, Advice).status == "in review"


def test_returned_advice_shows_its_reason_and_is_mended(desk: Desk) -> None:
    furnish(desk)
    advice.save(desk.as_(GETHIN), op(), {**WRITTEN, **INSIDE}, send=True)
    advice.review(desk.as_(MARC), op(), only(desk, Advice), sends=False, reason="Leave the lease out")
    id_ = only(desk, Advice).id
    page = desk.page(PAGE, GETHIN, id=id_)
    assert "Leave the lease out" in all_words(page)
    area(page, "What the group might consider").set_value(
        "Walk the line first; ask a solicitor about the lease."
    )
    press(page, f"advice:{id_}:send")
    assert only(desk, Advice).status == "in review"


def test_a_sent_piece_is_followed_by_a_new_version_and_both_stay_listed(desk: Desk) -> None:
    furnish(desk)
    advice.save(desk.as_(GETHIN), op(), {**WRITTEN, **INSIDE}, send=True)
    advice.review(desk.as_(MARC), op(), only(desk, Advice), sends=True)
    page = desk.page(PAGE, GETHIN)
    press(page, f"version:{only(desk, Advice).id}:button")
    assert {(row.version, row.status) for row in rows_of(desk.workbook, Advice)} == {
        (1, "superseded"),
        (2, "draft"),
    }
    assert "version 1" in all_words(page)
    assert "version 2" in all_words(page)


def test_it_comes_out_as_a_word_file_in_both_languages(desk: Desk) -> None:
    furnish(desk)
    advice.save(desk.as_(GETHIN), op(), WRITTEN)
    ctx, row = desk.as_(GETHIN), only(desk, Advice)
    assert advice.document(ctx, row.id, "en")[:2] == advice.document(ctx, row.id, "cy")[:2] == b"PK"


def test_an_empty_list_says_what_it_is_for(desk: Desk) -> None:
    furnish(desk)
    assert "You have written no advice." in all_words(desk.page(PAGE, GETHIN))


def test_another_mentors_advice_is_not_here(desk: Desk) -> None:
    furnish(desk)
    advice.save(desk.as_(GETHIN), op(), WRITTEN)
    page = desk.page(PAGE, MAIR, id=only(desk, Advice).id)
    assert "Where the hedge goes" not in all_words(page)
    assert not page.text_area


@pytest.mark.parametrize("person", [ANGHARAD, MARC, FINN], ids=lambda each: each.role)
def test_only_a_mentor_writes_advice(desk: Desk, person: object) -> None:
    page = desk.page(PAGE, person, new="yes")
    assert len(page.error) == 1
    assert not page.text_area


def area(page, label: str):  # noqa: ANN001, ANN201
    return next(each for each in page.text_area if each.label == label)


def press(page, key: str) -> None:  # noqa: ANN001
    next(each for each in page.button if each.key == key).click().run()
    assert not page.exception


def plain(page) -> str:  # noqa: ANN001
    return all_words(page).replace("\\", "")
