"""What is due in placing peers, to staff and to peers, as a request goes on (L2 to L5, L7 to L11, X10)."""

from datetime import date
from pathlib import Path

import pytest

from schemas.mentors import Mentors
from schemas.peers import Reviews
from schemas.words import say
from services import due, enquiries, peers, projects
from services.context import Actor
from services.workbook import Workbook
from tests.cast import op
from tests.lga import FAY, HELEN, OLU, SAM, TODAY, VALE, as_, new_workbook, on, put, row_of
from tests.services import placing


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    """The first council's request; this year's review of the whole has been considered."""
    made = new_workbook(tmp_path / "workbook.sqlite3")
    put(made, Reviews, "SRV-SEPTEM", considered_on=date(2026, 9, 14))
    return made


def titles(workbook: Workbook, actor: Actor, day: date = TODAY) -> list[str]:
    return [say(each.title, "en") for each in due.of(on(as_(actor, workbook), day))]


def test_each_step_of_a_placement_is_due_from_whoever_takes_it(workbook: Workbook) -> None:
    assert titles(workbook, SAM) == ["Search for peers and ask them"]
    olu, vale = placing.asked(workbook)
    assert titles(workbook, SAM) == ["Ask the peer for an answer"]
    assert titles(workbook, OLU) == ["Say whether you are interested and available"]
    for actor, row in ((OLU, olu), (VALE, vale)):
        enquiries.answer(as_(actor, workbook), op(), row, placing.YES)
    assert titles(workbook, SAM) == ["Put the peer forward"]
    assert titles(workbook, OLU) == []


def test_a_choice_leaves_telling_release_and_project_and_the_order_to_the_manager(workbook: Workbook) -> None:
    placing.chosen(workbook)
    assert set(titles(workbook, SAM)) == {
        "Tell the peers what the council chose", "Get the employer’s release", "Set up the project",
    }  # fmt: skip
    assert "Issue the purchase orders" not in titles(workbook, HELEN)


def test_the_administration_e_mail_is_due_in_its_weeks_and_late_after_them(workbook: Workbook) -> None:
    """L4: four to six weeks before 25 January 2027."""
    placing.project(workbook)
    words = "Send the administration e-mail"
    assert words not in titles(workbook, SAM, date(2026, 12, 13))
    assert words in titles(workbook, SAM, date(2026, 12, 14))
    assert words in titles(workbook, SAM, date(2027, 1, 5))
    assert "Issue the purchase orders" in titles(workbook, HELEN)
    assert "Issue the purchase orders" not in titles(workbook, SAM)


def test_after_the_project_peer_and_council_are_asked_to_look_back(workbook: Workbook) -> None:
    """L8."""
    placing.ready(workbook)
    after = date(2027, 1, 29)
    assert "Look back on your project" in titles(workbook, OLU, after)
    assert "Ask the council how the peers did" in titles(workbook, SAM, after)


def test_a_withdrawal_and_a_cancelled_project_are_due_at_once(workbook: Workbook) -> None:
    """L5, L11."""
    row = placing.project(workbook)
    projects.call_off(as_(SAM, workbook), op(), row, "cancelled", "An election.")
    assert "Tell every peer that it is off" in titles(workbook, SAM)
    (member,) = projects.card(as_(SAM, workbook), row.id).team
    enquiries.withdraw(as_(SAM, workbook), op(), member.enquiry, TODAY, "Ill.")
    assert "Find somebody in place of who withdrew" in titles(workbook, SAM)


def test_a_peer_out_of_office_too_long_is_due_from_the_manager_alone(workbook: Workbook) -> None:
    """L2."""
    shown = row_of(workbook, Mentors, OLU.mentor)
    peers.edit(as_(SAM, workbook), op(), shown, {"out_of_office_on": TODAY})
    words = "Out of office too long: remove them?"
    assert words in titles(workbook, HELEN)
    assert words not in titles(workbook, SAM) + titles(workbook, FAY)
