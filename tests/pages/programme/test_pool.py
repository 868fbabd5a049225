"""The mentor pool's page (S1, S2, S17)."""

import pytest

from schemas.mentors import Engagements, Mentors
from services.context import Actor
from tests.cast import ANGHARAD, MARC
from tests.desk import Desk
from tests.pages.programme.reading import NOT_STAFF, REFUSED, assert_no_bug, busy, fill, press, words
from tests.scenes import GETHIN, MENTORS
from tests.services.staff import rows_of

PAGE = "pages/programme/pool.py"
__all__ = ["busy"]


@pytest.mark.parametrize("actor", [ANGHARAD, MARC], ids=lambda actor: actor.role)
def test_staff_see_everybody_with_host_and_insurance_in_words(busy: Desk, actor: Actor) -> None:
    page = busy.page(PAGE, actor)
    assert_no_bug(page)
    said = words(page)
    assert all(values["name"] in said for _, values in MENTORS)
    for state in ("valid", "ends in 23 days", "lapsed", "missing", "Menter y Bryn"):
        assert state in said
    assert "4 mentors need a look" in said


@pytest.mark.parametrize("actor", NOT_STAFF, ids=lambda actor: actor.role)
def test_nobody_else_sees_a_name(busy: Desk, actor: Actor) -> None:
    said = words(busy.page(PAGE, actor))
    assert REFUSED in said
    assert "Carys Wynne-Hughes" not in said


def test_a_filter_in_the_address_narrows_the_list(busy: Desk) -> None:
    """X13: a view can be sent to a colleague."""
    said = words(busy.page(PAGE, MARC, insurance="lapsed"))
    assert "Siân O'Brien" in said
    assert "Gethin Llywelyn" not in said


def test_no_work_yet_leaves_out_whoever_has_had_some(busy: Desk) -> None:
    """S17."""
    said = words(busy.page(PAGE, MARC, work="no work yet"))
    assert "Gethin Llywelyn" in said
    assert "Mair Pritchard" not in said


def test_search_finds_a_skill_whatever_the_capitals(busy: Desk) -> None:
    page = busy.page(PAGE, MARC)
    page.text_input(key="search:pool").set_value("COMMUNITY energy").run()
    frame = page.dataframe[0].value
    assert list(frame["name"]) == ["Gethin Llywelyn"]


def test_a_new_mentor_is_added_with_the_engagement_at_once(busy: Desk) -> None:
    page = press(busy.page(PAGE, MARC), "Add a mentor")
    fill(page, "Name", "Tomos & Ann")
    fill(page, "Hosted or direct", "direct")
    page = press(page, "Add to the pool")
    assert_no_bug(page)
    (new,) = [row for row in rows_of(busy.workbook, Mentors) if row["name"] == "Tomos & Ann"]
    assert new["status"] == "applied"
    assert [row["terms"] for row in rows_of(busy.workbook, Engagements) if row["mentor"] == new.id] == [
        "direct"
    ]


def test_a_wrong_address_is_told_beside_the_field_and_nothing_is_lost(busy: Desk) -> None:
    page = press(busy.page(PAGE, MARC), "Add a mentor")
    fill(page, "Name", "Tomos")
    fill(page, "E-mail", "tomos at home")
    page = press(page, "Add to the pool")
    assert len(rows_of(busy.workbook, Mentors)) == len(MENTORS)
    page = press(page, "Add a mentor")
    said = words(page)
    assert "is not an e-mail address" in said
    assert "tomos at home" in {each.value for each in page.text_input}


def test_an_empty_pool_says_what_to_do(desk: Desk) -> None:
    said = words(desk.page(PAGE, MARC))
    assert "Nobody is in the pool yet." in said
    assert "Add the first mentor here" in said


def test_the_print_view_holds_the_same_mentors(busy: Desk) -> None:
    page = busy.page(PAGE, MARC)
    page.toggle[0].set_value(True).run()
    assert not page.dataframe
    assert "Dewi <b>Thomas</b>" in words(page)
    assert GETHIN.mentor not in words(page)
