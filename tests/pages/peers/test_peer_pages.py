"""The pages about peers: requests, projects, the database, and the peer's own on a phone (L1 to L11, X12, X13)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from schemas.mentors import Mentors
from schemas.peers import Enquiries, Projects
from services import needs, peers, placements
from tests import lga
from tests.cast import op
from tests.desk import Desk, all_words, closed, settled
from tests.lga import EVE, FAY, HELEN, OLU, REQUEST_ID, RITA, SAM, TODAY, VALE, as_, row_of
from tests.services import placing

LIST, ONE = "pages/peers/placements.py", "pages/peers/placement.py"
PROJECTS, PROJECT = "pages/peers/projects.py", "pages/peers/project.py"
PEERS, PEER, MINE = "pages/peers/peers.py", "pages/peers/peer.py", "pages/peers/mine.py"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "workbook.sqlite3"
    yield settled(lga.new_workbook(path), path, TODAY)
    closed()


def press(test: AppTest, key: str) -> AppTest:
    test.button(key=key).click().run()
    assert not test.exception, test.exception
    return test


def said(test: AppTest) -> str:
    assert not test.exception, test.exception
    return all_words(test)


def test_a_request_is_searched_and_several_peers_are_asked(desk: Desk) -> None:
    """L3."""
    test = desk.page(LIST, SAM)
    assert "Councils’ requests" in said(test)
    test = desk.page(ONE, SAM, id=REQUEST_ID)
    words = said(test)
    assert "Brockney Borough Council" in words and "Nobody has been asked yet." in words
    assert "Holds the post wanted: Director of finance." in words
    for actor in (OLU, VALE):
        test.checkbox(key=f"ask:{REQUEST_ID}:{actor.mentor}").check().run()
    press(test, f"ask:{REQUEST_ID}:button")
    found = placements.card(as_(SAM, desk.workbook), REQUEST_ID)
    assert sorted(each.enquiry["status"] for each in found.asked) == ["asked", "with the group office"]
    assert "The group office passed it on" in said(test)


def test_the_council_chooses_on_the_requests_page_and_its_letters_open(desk: Desk) -> None:
    olu, _ = placing.forward(desk.workbook)
    test = desk.page(ONE, SAM, id=REQUEST_ID)
    test = press(test, f"open:choice:{REQUEST_ID}")
    test.checkbox(key=f"choice:{REQUEST_ID}:{olu.id}").check()
    press(test, f"choice:{REQUEST_ID}:button")
    assert row_of(desk.workbook, Enquiries, olu.id)["status"] == "chosen"
    test = desk.page(ONE, SAM, id=REQUEST_ID)
    press(test, f"open:letter:enquiry:{olu.id}")
    assert "has chosen you" in "\n".join(each.value for each in test.code)


def test_a_project_is_set_up_with_its_timeline_and_an_order_is_issued_by_the_manager(desk: Desk) -> None:
    placing.chosen(desk.workbook)
    test = desk.page(ONE, SAM, id=REQUEST_ID)
    press(test, "open:open-project")
    assert not test.exception
    project = placing_project(desk)
    test = desk.page(PROJECT, HELEN, id=project)
    words = said(test)
    assert "No purchase order yet." in words and "14 December 2026 to 28 December 2026" in words
    press(test, f"open:order:{OLU.mentor}")
    test = desk.page(PROJECT, SAM, id=project)
    assert not [each for each in test.button if each.key == f"open:order:{OLU.mentor}"]
    assert "Planned or running" in said(desk.page(PROJECTS, SAM))


def placing_project(desk: Desk) -> str:
    from services import projects

    given = {
        "name": "Challenge at Brockney",
        "kind": "peer challenge",
        "manager": HELEN.id,
        "support_officer": SAM.id,
        "starts_on": lga.FIRST_DAY,
        "ends_on": lga.LAST_DAY,
    }
    receipt = projects.open_for(as_(SAM, desk.workbook), op(), REQUEST_ID, given)
    return lga.made(desk.workbook, receipt, Projects)[0].id


def test_what_a_peer_needs_opens_for_the_projects_own_staff_alone(desk: Desk) -> None:
    """L7, RM62."""
    placing.chosen(desk.workbook)
    project = placing_project(desk)
    needs.write(as_(OLU, desk.workbook), op(), {"diet": "vegan", "emergency_contact": "Ana", "mobility": ""})
    test = press(desk.page(PROJECT, SAM, id=project), f"open:needs:{OLU.mentor}")
    assert "vegan" in said(test)
    test = desk.page(PROJECT, RITA, id=project)
    assert not [each for each in test.button if each.key == f"open:needs:{OLU.mentor}"]


def test_a_peer_says_yes_in_one_tap_and_sees_nobody_elses_request(desk: Desk) -> None:
    """X13."""
    olu, _ = placing.asked(desk.workbook)
    test = desk.page(MINE, OLU)
    words = said(test)
    assert "Brockney Borough Council" in words and "Robin Vale" not in words
    press(test, f"yes:{olu.id}:button")
    assert row_of(desk.workbook, Enquiries, olu.id)["status"] == "interested and available"


def test_a_peers_own_page_has_projects_profile_and_needs(desk: Desk) -> None:
    placing.ready(desk.workbook)
    words = said(desk.page(MINE, OLU, part="projects"))
    assert "Project manager: Helen Stroud." in words and "25 January 2027 to 28 January 2027" in words
    test = desk.page(MINE, OLU, part="profile")
    assert "Charter and terms" in said(test)
    press(test, next(each.key for each in test.button if each.label == "Yes, this is right"))
    assert row_of(desk.workbook, Mentors, OLU.mentor)["profile_agreed_on"] == TODAY
    assert "Sealed." in said(desk.page(MINE, OLU, part="needs"))
    assert "We ask this once you are chosen" in said(desk.page(MINE, VALE, part="needs"))


def test_the_database_filters_to_a_groups_own_peers_and_removal_is_the_managers(desk: Desk) -> None:
    """L1, L2, RM67."""
    assert "Peers" in said(desk.page(PEERS, SAM, group="Independent"))
    assert "Led three budgets." in said(desk.page(PEER, SAM, id=OLU.mentor))
    for actor, sees in ((SAM, False), (HELEN, True)):
        test = desk.page(PEER, actor, id=OLU.mentor)
        assert bool([each for each in test.button if each.key == "open:remove"]) is sees
    peers.remove(
        as_(HELEN, desk.workbook), op(), row_of(desk.workbook, Mentors, OLU.mentor), "criminal conviction"
    )
    test = desk.page(PEER, SAM, id=OLU.mentor)
    assert "conviction" not in said(test)
    test = press(desk.page(PEER, HELEN, id=OLU.mentor), "open:removal")
    assert "criminal conviction" in said(test)


@pytest.mark.parametrize("file", [LIST, ONE, PROJECTS, PROJECT, PEERS, PEER])
def test_peers_and_others_do_not_open_the_staffs_pages(desk: Desk, file: str) -> None:
    for actor in (OLU, FAY, EVE):
        assert "Brockney" not in said(desk.page(file, actor, id=REQUEST_ID))


def test_the_home_page_says_what_is_due_to_staff_and_to_a_peer(desk: Desk) -> None:
    """X10."""
    assert "Search for peers and ask them" in said(desk.app(SAM))
    placing.asked(desk.workbook)
    assert "Say whether you are interested and available" in said(desk.app(OLU))
