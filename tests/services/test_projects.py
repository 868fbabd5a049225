"""Projects with a council: team, timeline, orders, needs, looking back, called off (L4, L7 to L11)."""

import logging
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.column import Role
from schemas.errors import InvalidEntry, NotAllowed, NotFound, NotYet
from schemas.mentors import Mentors
from schemas.peers import Orders, Projects
from services import enquiries, marks, needs, placement_letters, projects
from services.context import Actor
from services.placement_letters import Kind
from services.workbook import Workbook
from tests.cast import op
from tests.lga import (
    EVE,
    FAY,
    FIRST_DAY,
    HELEN,
    LAST_DAY,
    OLU,
    RITA,
    SAM,
    TODAY,
    VALE,
    as_,
    made,
    new_workbook,
    on,
    put,
    row_of,
)
from tests.services import placing

ORDER = {"from_on": FIRST_DAY, "to_on": date(2027, 2, 8), "deliverables": "Four days on site."}
MARKS = {
    "Developing others": Decimal(4),
    "Working with others": Decimal(5),
    "Providing challenge": Decimal(3),
    "Planning and communicating": Decimal(4),
    "Political and organisational awareness": Decimal(5),
}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


def test_the_team_is_whom_the_council_chose_and_says_what_still_lacks(workbook: Workbook) -> None:
    row = placing.project(workbook)
    found = projects.card(as_(SAM, workbook), row.id)
    assert [each.peer["name"] for each in found.team] == ["Olu Marsh"]
    assert [each.text for each in found.team[0].lacks] == [
        "The employer has not released them yet.",
        "No purchase order yet.",
        "No emergency contact yet.",
    ]
    assert found.next is not None
    assert found.next.code == "administration"


def test_a_peer_sees_the_project_they_were_chosen_for_and_nobody_else_does(workbook: Workbook) -> None:
    row = placing.project(workbook)
    assert [each.row.id for each in projects.listed(as_(OLU, workbook))] == [row.id]
    assert projects.listed(as_(VALE, workbook)) == []
    with pytest.raises(NotFound):
        projects.card(as_(VALE, workbook), row.id)


def test_a_challenge_of_two_days_is_refused(workbook: Workbook) -> None:
    row = placing.project(workbook)
    with pytest.raises(InvalidEntry, match="3 to 5"):
        projects.edit(as_(SAM, workbook), op(), row, {"ends_on": date(2027, 1, 26)})


def test_a_project_is_named_publicly_only_with_who_agreed(workbook: Workbook) -> None:
    """L9."""
    row = placing.project(workbook)
    with pytest.raises(InvalidEntry, match="Agreed by"):
        projects.edit(as_(SAM, workbook), op(), row, {"is_public": True})


def test_it_starts_once_the_employer_released_them_and_the_order_is_out(workbook: Workbook) -> None:
    """L3, L10."""
    row = placing.project(workbook)
    with pytest.raises(NotYet, match="employer"):
        projects.start(as_(SAM, workbook), op(), row)
    (member,) = projects.card(as_(SAM, workbook), row.id).team
    enquiries.release(as_(SAM, workbook), op(), member.enquiry, TODAY)
    with pytest.raises(NotYet, match="purchase order"):
        projects.start(as_(SAM, workbook), op(), row)
    projects.issue_order(as_(HELEN, workbook), op(), row, OLU.mentor, ORDER)
    projects.start(as_(SAM, workbook), op(), row)
    assert row_of(workbook, Projects, row.id)["status"] == "running"


def test_orders_count_up_and_nobody_on_the_payroll_gets_one(workbook: Workbook) -> None:
    """L10."""
    row = placing.project(workbook)
    order = made(workbook, projects.issue_order(as_(HELEN, workbook), op(), row, OLU.mentor, ORDER), Orders)[
        0
    ]
    assert order["number"] == "PO-2026-0001"
    with pytest.raises(NotYet, match="already"):
        projects.issue_order(as_(HELEN, workbook), op(), row, OLU.mentor, ORDER)
    with pytest.raises(NotAllowed):
        projects.issue_order(as_(SAM, workbook), op(), row, OLU.mentor, ORDER)
    put(workbook, Mentors, "MEN-PDPAYR", name="Paid Here", status="approved", recruited_on=TODAY,
        peer_kind="member", political_group="Labour", is_on_payroll=True)  # fmt: skip
    with pytest.raises(NotYet, match="payroll"):
        projects.issue_order(as_(HELEN, workbook), op(), row, "MEN-PDPAYR", ORDER)


def test_an_order_says_its_facts_in_word(workbook: Workbook) -> None:
    import io

    from docx import Document

    row = placing.project(workbook)
    order = made(workbook, projects.issue_order(as_(HELEN, workbook), op(), row, OLU.mentor, ORDER), Orders)[
        0
    ]
    document = Document(io.BytesIO(placement_letters.order_file(as_(OLU, workbook), order.id, "en")))
    cells = [cell.text for line in document.tables[0].rows for cell in line.cells]
    assert {"PO-2026-0001", "Olu Marsh", "Brockney Borough Council", "no fee", "Sam Field"} <= set(cells)


def test_a_cancelled_project_has_no_timeline_and_waits_for_every_peer_to_be_told(workbook: Workbook) -> None:
    """L11."""
    row = placing.project(workbook)
    projects.call_off(as_(SAM, workbook), op(), row, "cancelled", "An election was called.")
    row = row_of(workbook, Projects, row.id)
    assert projects.timeline(as_(SAM, workbook), row) == ()
    letter = placement_letters.for_team(as_(SAM, workbook), row.id, OLU.mentor, "en")
    assert letter.kind is Kind.OFF
    assert "no compensation" in letter.text
    projects.peers_told(as_(SAM, workbook), op(), row, TODAY)
    assert row_of(workbook, Projects, row.id)["told_on"] == TODAY


def test_a_postponed_project_is_planned_again_on_new_days(workbook: Workbook) -> None:
    row = placing.project(workbook)
    projects.call_off(as_(SAM, workbook), op(), row, "postponed", "Snow.")
    row = row_of(workbook, Projects, row.id)
    projects.plan_again(as_(SAM, workbook), op(), row, date(2027, 3, 1), date(2027, 3, 3))
    first, *_ = projects.timeline(as_(SAM, workbook), row_of(workbook, Projects, row.id))
    assert (first.from_on, first.to_on) == (date(2027, 1, 18), date(2027, 2, 1))


def test_the_calendar_holds_every_step_to_come_and_no_name(workbook: Workbook) -> None:
    """L4."""
    row = placing.project(workbook)
    said = projects.calendar(as_(OLU, workbook), row.id).decode()
    assert said.count("BEGIN:VEVENT") == 6
    assert "Brockney" not in said


# --- what a peer needs ---------------------------------------------------------------------------------


def test_needs_are_asked_of_chosen_peers_and_opened_by_the_projects_own_staff_alone(
    workbook: Workbook, caplog: pytest.LogCaptureFixture
) -> None:
    """L7, RM62."""
    given = {"emergency_contact": "Ana, 07700 900111", "diet": "vegan", "mobility": ""}
    with pytest.raises(NotYet, match="chosen"):
        needs.write(as_(VALE, workbook), op(), given)
    row = placing.project(workbook)
    needs.write(as_(OLU, workbook), op(), given)
    assert needs.own(as_(OLU, workbook))["diet"] == "vegan"
    caplog.set_level(logging.INFO)
    assert needs.opened(as_(SAM, workbook), row.id, OLU.mentor) == given
    assert any("opened column=diet" in each.getMessage() for each in caplog.records)
    assert not any("vegan" in each.getMessage() for each in caplog.records)
    for other in (RITA, OLU):
        with pytest.raises(NotAllowed):
            needs.opened(as_(other, workbook), row.id, OLU.mentor)
    with pytest.raises(NotAllowed):
        needs.opened(as_(SAM, workbook), row.id, VALE.mentor)


def test_a_colleague_of_the_same_name_is_not_the_projects_staff(workbook: Workbook) -> None:
    """L7: who opens what a peer needs is known by person, not by name."""
    row = placing.project(workbook)
    namesake = Actor("PER-NAMESK", SAM.name, Role.COORDINATOR, "another.sam@example.org")
    put(
        workbook, "People", namesake.id, name=namesake.name, email=namesake.email, role=namesake.role.value,
        status="active",
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        needs.opened(as_(namesake, workbook), row.id, OLU.mentor)
    assert needs.opened(as_(SAM, workbook), row.id, OLU.mentor)["diet"] == ""


def test_only_our_staff_are_named_as_a_projects_manager_or_support_officer(workbook: Workbook) -> None:
    row = placing.project(workbook)
    for other in (OLU, FAY, EVE):
        with pytest.raises(InvalidEntry, match="none of our staff"):
            projects.edit(as_(SAM, workbook), op(), row, {"manager": other.id})
    projects.edit(as_(SAM, workbook), op(), row, {"manager": RITA.id})
    assert projects.card(as_(SAM, workbook), row.id).manager == RITA.name


# --- looking back ------------------------------------------------------------------------------------------


def test_both_views_stand_side_by_side_for_the_five_competencies(workbook: Workbook) -> None:
    """L8."""
    row = placing.ready(workbook)
    after = date(2027, 2, 1)
    marks.look_back(on(as_(OLU, workbook), after), op(), row.id, OLU.mentor, MARKS, "I learned to wait.")
    with pytest.raises(NotYet, match="already"):
        marks.look_back(on(as_(OLU, workbook), after), op(), row.id, OLU.mentor, MARKS, "")
    theirs = {**MARKS, "Providing challenge": Decimal(5)}
    marks.look_back(on(as_(SAM, workbook), after), op(), row.id, OLU.mentor, theirs, "")
    side = marks.side_by_side(as_(SAM, workbook), row.id, OLU.mentor)
    assert len(side.lines) == 5
    (challenge,) = [each for each in side.lines if each.competency.en == "Providing challenge"]
    assert (challenge.by_peer, challenge.by_council) == (3, 5)
    assert side.accounts == {"the peer": "I learned to wait."}


def test_every_competency_is_marked_and_only_after_it_began(workbook: Workbook) -> None:
    row = placing.project(workbook)
    with pytest.raises(InvalidEntry, match="every competency"):
        marks.look_back(as_(OLU, workbook), op(), row.id, OLU.mentor, {"Providing challenge": Decimal(3)}, "")
    with pytest.raises(NotYet, match="not begun"):
        marks.look_back(as_(OLU, workbook), op(), row.id, OLU.mentor, MARKS, "")
    with pytest.raises(NotAllowed):
        marks.look_back(as_(VALE, workbook), op(), row.id, OLU.mentor, MARKS, "")


def test_days_on_site_are_as_asked(workbook: Workbook) -> None:
    assert (LAST_DAY - FIRST_DAY).days + 1 == 4
