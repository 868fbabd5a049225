"""The rows of the access matrix about mentees, looked for on every page that a role has (RM44, RM46, RM48, RM51 to RM53).

The pages are walked in one visit each: what is looked for must stand on none of them.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.navigation import PLACES, Place, is_open
from schemas.mentees import Mentees
from services.context import Actor
from tests import dwp
from tests.desk import ROOT, Desk, closed, settled
from tests.dwp import COLIN, DEE, ELSA, FERN, NORA, OTHER_CASE_ID, OTHER_MENTEE_ID, as_
from tests.pages.programme.reading import REFUSED, assert_no_bug, words
from tests.services.attempts_with_mentees import NINO, changed, scene
from tests.services.mentoring import JUNE_CASE, JUNE_ID, planned


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """June is Dee's and on the provision, Rowan hers and not yet met, Sasha is Omar's."""
    path = tmp_path / "workbook.sqlite3"
    yield settled(dwp.new_workbook(path, scene), path, dwp.TODAY)
    closed()


def pages_of(desk: Desk, actor: Actor) -> list[Place]:
    """The pages that somebody has in their menu."""
    ctx = as_(actor, desk.workbook)
    return [place for place in PLACES if place.in_menu and is_open(place, ctx)]


def walked(desk: Desk, actor: Actor) -> Iterator[tuple[str, str]]:
    """Each of their pages, and everything it says."""
    test: AppTest = desk.app(actor)
    for place in pages_of(desk, actor):
        test = test.switch_page(str(ROOT / place.file)).run()
        assert_no_bug(test)
        yield place.url, words(test)


def test_a_mentor_s_pages_say_nothing_of_another_mentor_s_mentee(desk: Desk) -> None:
    """RM44, RM46: no list, count or chart; and the address of the case is of no use."""
    said = dict(walked(desk, DEE))
    assert "June Hale" in said["mine"], "RM43: her own is there"
    for url, text in said.items():
        assert not any(each in text for each in ("Sasha", OTHER_CASE_ID, OTHER_MENTEE_ID, "C0002")), url
    for file in ("pages/cases/case.py", "pages/cases/cases.py"):
        refused = words(desk.page(file, DEE, id=OTHER_CASE_ID))
        assert "Sasha" not in refused
    assert REFUSED in words(desk.page("pages/cases/case.py", DEE, id=OTHER_CASE_ID))


def test_no_page_of_a_list_says_a_number_in_full(desk: Desk) -> None:
    """RM48: masked wherever it stands, for whoever may open it too."""
    changed(desk.workbook, Mentees, JUNE_ID, nino=NINO)
    for actor in (DEE, NORA):
        for url, text in walked(desk, actor):
            assert NINO not in text and "103759" not in text, url
    assert NINO not in words(desk.page("pages/cases/case.py", DEE, id=JUNE_CASE))


@pytest.mark.parametrize("actor", [NORA, FERN, ELSA], ids=lambda actor: actor.role)
def test_whoever_withdrew_consent_is_on_no_page(desk: Desk, actor: Actor) -> None:
    """RM51, RM53; RM52: the manager does not see the next appointment either."""
    withdrawn(desk)
    for url, text in walked(desk, actor):
        assert not any(each in text for each in ("Hale", JUNE_CASE, JUNE_ID, "C0003", "07700 900456")), url
    if actor is NORA:
        assert REFUSED in words(desk.page("pages/cases/case.py", actor, id=JUNE_CASE))


@pytest.mark.parametrize("actor", [DEE, COLIN], ids=lambda actor: actor.role)
def test_who_supports_them_reads_name_and_next_appointment_and_nothing_else(desk: Desk, actor: Actor) -> None:
    """RM52."""
    withdrawn(desk)
    said = {url: text for url, text in walked(desk, actor) if "June Hale" in text}
    assert said, "support goes on"
    for text in said.values():
        assert "19 June 2024" in text or "19 Jun 2024" in text
        assert "07700 900456" not in text and "C0003" not in text and JUNE_CASE not in text


def withdrawn(desk: Desk) -> None:
    """June is no customer, had consented, and has taken it back; an appointment stands."""
    planned(desk.workbook, date(2024, 6, 19))
    changed(
        desk.workbook, Mentees, JUNE_ID, is_customer=False, statement_read=True,
        consent_on=date(2024, 5, 8), consent_withdrawn_on=date(2024, 6, 3),
    )  # fmt: skip
