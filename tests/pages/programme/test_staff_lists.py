"""Groups, assignments, relationships, organisations, Forum and evaluation (S3 to S6, S15, S16)."""

from datetime import date
from decimal import Decimal

import pytest

from schemas.assignments import Assignments, Feedback, Interests, Variations
from schemas.mentees import Actions, Mentees, Plans
from schemas.mentors import Checks, Seats
from schemas.organisations import Organisations
from services.context import Actor
from tests.cast import ANGHARAD, EVAN, FINN, GETHIN, MAIR, MARC
from tests.desk import Desk
from tests.pages.programme.reading import NOT_STAFF, REFUSED, assert_no_bug, busy, fill, press, words
from tests.scenes import ENERGY, GROVE, HOST, ORCHARD, PROPOSED, SHED, SIAN
from tests.services.staff import both_roles, row_of, rows_of

FOLDER = "pages/programme/"
STAFF_ONLY = ("groups", "group", "assignments", "interests", "organisations", "forum")
__all__ = ["busy"]


def page_of(desk: Desk, name: str, actor: Actor = ANGHARAD, **params: str):  # noqa: ANN201 - an AppTest
    """One of the pages by its noun."""
    return desk.page(f"{FOLDER}{name}.py", actor, **params)


@pytest.mark.parametrize("name", STAFF_ONLY)
@pytest.mark.parametrize("actor", NOT_STAFF, ids=lambda actor: actor.role)
def test_only_staff_come_in(busy: Desk, name: str, actor: Actor) -> None:
    said = words(page_of(busy, name, actor, id=GROVE))
    assert REFUSED in said
    assert "Cwmtawe" not in said


@pytest.mark.parametrize("actor", [ANGHARAD, MARC], ids=lambda actor: actor.role)
@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("groups", "Men's Shed Tywyn"),
        ("assignments", "Programme Forum"),
        ("interests", "My sister chairs the committee"),
        ("organisations", "Rhwydwaith Werdd"),
        ("forum", "From 1 November 2026 no mentor represents the pool"),
        ("evaluation", "She asked, she did not tell."),
    ],
)
def test_staff_see_the_list(busy: Desk, actor: Actor, name: str, fact: str) -> None:
    page = page_of(busy, name, actor)
    assert_no_bug(page)
    assert fact in words(page)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("groups", "No group yet."),
        ("assignments", "No assignment yet."),
        ("interests", "Nothing waits to be assessed."),
        ("organisations", "No organisation yet."),
        ("forum", "No term of office is recorded."),
        ("evaluation", "No feedback yet."),
    ],
)
def test_an_empty_list_says_why(desk: Desk, name: str, why: str) -> None:
    page = page_of(desk, name)
    assert_no_bug(page)
    assert why in words(page)


# --- groups -------------------------------------------------------------------------------------------


def test_a_group_is_added_with_how_it_came(busy: Desk) -> None:
    page = press(page_of(busy, "groups", MARC), "Add a group")
    fill(page, "Name", "Ynni Cwm")
    press(page, "Add the group")
    assert "Ynni Cwm" in {row["name"] for row in rows_of(busy.workbook, Mentees)}


def test_a_groups_page_tells_plan_progress_and_signposts(busy: Desk) -> None:
    page = page_of(busy, "group", MARC, id=GROVE)
    assert_no_bug(page)
    said = words(page)
    for fact in ("Plant the orchard", "The rows are marked out.", "Coed Cadw", "1 of 2", "Rhwydwaith Werdd"):
        assert fact in said


def test_a_draft_plan_is_added_to_and_agreed(busy: Desk) -> None:
    """S3."""
    page = press(page_of(busy, "group", MARC, id=SHED), "Add a priority action")
    fill(page, "Action", "Tell the street")
    press(page, "Add the action")
    assert "Tell the street" in {row["title"] for row in rows_of(busy.workbook, Actions)}
    press(page_of(busy, "group", MARC, id=SHED), "Agree version 1")
    assert row_of(busy.workbook, Plans, "PLA-BBBBBB")["status"] == "agreed"


def test_the_shortlist_ranks_with_reasons_and_says_why_others_are_blocked(busy: Desk) -> None:
    """S4."""
    said = words(page_of(busy, "group", MARC, id=SHED))
    assert "Has 1 of 1 skills wanted: community energy. (40 of 40)" in said
    assert "2 mentors can't be given it now" in said
    assert "No public liability insurance" in said


def test_what_the_group_chose_becomes_a_proposed_assignment(busy: Desk) -> None:
    """S4, S6."""
    page = press(page_of(busy, "group", MARC, id=SHED), "The group chose this mentor")
    fill(page, "Days agreed", "4.5")
    fill(page, "Purpose", "Size the panels")
    press(page, "Propose the assignment")
    (new,) = [row for row in rows_of(busy.workbook, Assignments) if row["days"] == Decimal("4.5")]
    assert (new["mentor"], new["mentee"], new["status"]) == (GETHIN.mentor, SHED, "proposed")
    assert new["chosen_on"] == date(2026, 10, 5)


# --- assignments --------------------------------------------------------------------------------------


def test_the_manager_approves_what_nothing_stands_against(busy: Desk) -> None:
    """S6."""
    press(page_of(busy, "assignments", id=ENERGY), "Approve 3 days")
    assert row_of(busy.workbook, Assignments, ENERGY)["status"] == "approved"


def test_lapsed_insurance_and_an_unassessed_relationship_are_told_and_refuse(busy: Desk) -> None:
    """S2, S5."""
    page = page_of(busy, "assignments", id=PROPOSED)
    said = words(page)
    assert "Insurance lapsed" in said
    assert "declared and not yet assessed" in said
    page = press(page, "Approve 2 days")
    assert page.error
    assert row_of(busy.workbook, Assignments, PROPOSED)["status"] == "proposed"


def test_a_facilitator_proposes_but_does_not_decide(busy: Desk) -> None:
    labels = {each.label for each in page_of(busy, "assignments", MARC, id=ENERGY).button}
    assert "Approve 3 days" not in labels
    labels = {each.label for each in page_of(busy, "assignments", MARC, id=ORCHARD).button}
    assert "Agree to 2 days" not in labels
    assert "Propose more days" in labels


def test_more_days_are_agreed_and_the_days_left_grow(busy: Desk) -> None:
    """S6: the first agreement stays as it was."""
    page = press(page_of(busy, "assignments", id=ORCHARD), "Agree to 2 days")
    assert row_of(busy.workbook, Variations, "VAR-AAAAAA")["status"] == "approved"
    assert row_of(busy.workbook, Assignments, ORCHARD)["days"] == 5
    assert "2.5 of 7 days used, 4.5 left" in words(page)


def test_a_refusal_needs_its_reason(busy: Desk) -> None:
    page = press(page_of(busy, "assignments", id=ENERGY), "Refuse")
    press(page, "Refuse the assignment")
    assert row_of(busy.workbook, Assignments, ENERGY)["status"] == "proposed"
    page = press(page_of(busy, "assignments", id=ENERGY), "Refuse")
    fill(page, "Reason", "The group changed its mind")
    press(page, "Refuse the assignment")
    assert row_of(busy.workbook, Assignments, ENERGY)["status"] == "refused"


def test_an_allowance_for_a_programme_activity_is_proposed(busy: Desk) -> None:
    """S8."""
    page = press(page_of(busy, "assignments", MARC), "Propose an allowance")
    fill(page, "Programme activity", "Reflection")
    fill(page, "Mentor", GETHIN.mentor)
    fill(page, "Days agreed", "1.5")
    press(page, "Propose")
    (new,) = [row for row in rows_of(busy.workbook, Assignments) if row["activity"] == "Reflection"]
    assert (new["mentee"], new["days"], new["status"]) == (None, Decimal("1.5"), "proposed")


def test_feedback_is_recorded_on_the_assignment(busy: Desk) -> None:
    """S16."""
    page = press(page_of(busy, "assignments", MARC, id=ORCHARD), "Record feedback")
    fill(page, "From", "facilitator")
    fill(page, "How useful", "5")
    press(page, "Record the feedback")
    assert len(rows_of(busy.workbook, Feedback)) == 4


# --- relationships ------------------------------------------------------------------------------------


def assessed(busy: Desk, actor: Actor, *, may_proceed: bool) -> str:
    """The status after that person's assessment."""
    page = press(page_of(busy, "interests", actor), "Assess")
    fill(page, "What you found", may_proceed)
    page = press(page.run(), "Assess")
    fill(page, "Assessment", "Spoke to both; no money passes between them.")
    press(page, "Record the assessment")
    return str(row_of(busy.workbook, Interests, "INT-AAAAAA")["status"])


@pytest.mark.parametrize(("answer", "status"), [(True, "may proceed"), (False, "may not")])
def test_a_relationship_is_assessed_either_way(busy: Desk, answer: bool, status: str) -> None:  # noqa: FBT001
    """S5."""
    assert assessed(busy, MARC, may_proceed=answer) == status


def test_nobody_assesses_their_own(busy: Desk) -> None:
    """S5, X15: not under another role either."""
    both_roles(busy.workbook, MARC, SIAN)
    assert assessed(busy, MARC, may_proceed=True) == "declared"


def test_staff_declare_on_a_hosts_behalf(busy: Desk) -> None:
    page = press(page_of(busy, "interests", MARC), "Declare on somebody's behalf")
    fill(page, "Mentor", MAIR.mentor)
    fill(page, "Group", SHED)
    fill(page, "Declared by", "host")
    fill(page, "What it is", "Rents them the shed")
    press(page, "Record the declaration")
    (new,) = [row for row in rows_of(busy.workbook, Interests) if row["mentee"] == SHED]
    assert (new["mentor"], new["declared_by"], new["status"]) == (MAIR.mentor, "host", "declared")


# --- organisations, Forum, evaluation -----------------------------------------------------------------


def test_a_host_shows_its_insurance_and_takes_a_new_policy(busy: Desk) -> None:
    """S2."""
    page = page_of(busy, "organisations", MARC, id=HOST)
    assert "Insured until 31 March 2027." in words(page)
    page = press(page, "Record a proof")
    fill(page, "Insurer", "Cambrian Mutual")
    fill(page, "Policy number", "PL-10")
    fill(page, "Cover ends", date(2028, 3, 31))
    press(page, "Record the proof")
    (new,) = [row for row in rows_of(busy.workbook, Checks) if row["reference"] == "PL-10"]
    assert (new["organisation"], new["mentor"]) == (HOST, None)


def test_an_organisation_is_added(busy: Desk) -> None:
    page = press(page_of(busy, "organisations", MARC), "Add an organisation")
    fill(page, "Name", "Cwmni Da")
    press(page, "Add the organisation")
    assert "Cwmni Da" in {row["name"] for row in rows_of(busy.workbook, Organisations)}


def test_the_manager_closes_the_forums_gap(busy: Desk) -> None:
    """S15."""
    page = press(page_of(busy, "forum"), "Add a term")
    fill(page, "Mentor", GETHIN.mentor)
    fill(page, "From", date(2026, 11, 1))
    fill(page, "To", date(2027, 10, 31))
    page = press(page, "Add the term")
    assert GETHIN.mentor in {row["mentor"] for row in rows_of(busy.workbook, Seats)}
    assert "no mentor represents" not in words(page_of(busy, "forum"))
    assert "Add a term" not in {each.label for each in page_of(busy, "forum", MARC).button}


def test_the_evaluator_sees_marks_and_no_names_and_no_words(busy: Desk) -> None:
    """X5, S16."""
    page = page_of(busy, "evaluation", EVAN)
    assert_no_bug(page)
    said = words(page) + str([each.proto for each in page.get("vega_lite_chart")])
    assert page.get("vega_lite_chart")
    for hidden in ("Mair", "Cwmtawe", "She asked", MAIR.mentor):
        assert hidden not in said
    assert not {each.label for each in page.button} & {"Record feedback", "Say what was done"}


def test_finance_and_mentors_do_not_read_feedback(busy: Desk) -> None:
    assert all(REFUSED in words(page_of(busy, "evaluation", actor)) for actor in (FINN, MAIR))


def test_the_manager_says_what_was_done_about_feedback(busy: Desk) -> None:
    """S16."""
    page = press(page_of(busy, "evaluation"), "Say what was done")
    fill(page, "What was done about it", "Agreed to send notes beforehand")
    press(page, "Record it")
    done = [row for row in rows_of(busy.workbook, Feedback) if row["response"]]
    assert [row["status"] for row in done] == ["acted upon"]
