"""Proposing, approving and ending assignments (S2, S5, S6, S8)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.assignments import Assignments, Interests
from schemas.errors import InvalidEntry, NotAllowed, NotYet, StaleRow
from schemas.mentees import Referrals
from schemas.mentors import Engagements
from schemas.work import Timesheets
from services import assignments, mentors
from services.rules.conditions import Relationship
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, EVAN, FINN, GETHIN, MAIR, MARC, NOW, as_, op
from tests.services.staff import (
    GETHIN_ID,
    GROUP_ID,
    MAIR_ID,
    TODAY,
    assigned,
    both_roles,
    insured,
    made,
    nothing_written,
    put,
    row_of,
    rows_of,
    staffed,
)

FOR_GROUP = {
    "mentor": GETHIN_ID,
    "mentee": GROUP_ID,
    "purpose": "Plan the orchard",
    "days": Decimal(5),
    "starts_on": date(2026, 10, 10),
    "ends_on": date(2026, 12, 31),
}
FORUM = {"mentor": GETHIN_ID, "activity": "Programme Forum", "days": Decimal(1)}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return staffed(tmp_path)


def test_an_assignment_is_proposed_once_and_matches_the_referral(workbook: Workbook) -> None:
    key, ctx = op(), as_(MARC, workbook)
    row = made(workbook, assignments.propose(ctx, key, FOR_GROUP), Assignments)
    assert assignments.propose(ctx, key, FOR_GROUP).repeated
    assert row["status"] == "proposed"
    assert row_of(workbook, Referrals, "REF-YNYSFA")["status"] == "mentor chosen"
    assert len(rows_of(workbook, Assignments)) == 1


def test_a_programme_activity_has_an_allowance_and_no_group(workbook: Workbook) -> None:
    """S8: forum, reflection and events, each against its own allowance."""
    ctx = as_(MARC, workbook)
    shown = made(workbook, assignments.propose(ctx, op(), FORUM), Assignments)
    assignments.approve(as_(ANGHARAD, workbook), op(), shown)
    (entry,) = assignments.listed(ctx, activities=True)
    assert (entry.work, entry.days.agreed_days, entry.row["status"]) == (
        "Programme Forum",
        Decimal(1),
        "approved",
    )
    assert assignments.listed(ctx, activities=False) == []
    with nothing_written(workbook, InvalidEntry):
        assignments.propose(ctx, op(), {**FORUM, "mentee": GROUP_ID})


def test_a_proposal_can_not_bring_its_own_approval(workbook: Workbook) -> None:
    with nothing_written(workbook, NotAllowed):
        assignments.propose(as_(MARC, workbook), op(), {**FOR_GROUP, "status": "approved"})
    with nothing_written(workbook, InvalidEntry):
        assignments.propose(as_(MARC, workbook), op(), {**FOR_GROUP, "days": None})


def test_the_programme_manager_approves_what_was_shown(workbook: Workbook) -> None:
    key, ctx, shown = op(), as_(ANGHARAD, workbook), assigned(workbook, status="proposed")
    assignments.approve(ctx, key, shown)
    assert assignments.approve(ctx, key, shown).repeated
    row = row_of(workbook, Assignments, shown.id)
    assert (row["status"], row["approved_on"], row["approved_by"]) == ("approved", TODAY, ANGHARAD.id)
    with nothing_written(workbook, NotYet) as caught:
        assignments.approve(ctx, op(), shown)
    assert "Angharad Puw" in str(caught.value)


def test_a_proposal_changed_meanwhile_is_not_approved_blind(workbook: Workbook) -> None:
    shown = assigned(workbook, status="proposed")
    assignments.edit(as_(MARC, workbook), op(), shown, {"days": Decimal(50)})
    with nothing_written(workbook, StaleRow):
        assignments.approve(as_(ANGHARAD, workbook), op(), shown)


@pytest.mark.parametrize("actor", [MARC, MAIR, FINN, EVAN, ADA])
def test_only_the_programme_manager_approves_refuses_and_ends(workbook: Workbook, actor: object) -> None:
    ctx, shown = as_(actor, workbook), assigned(workbook, status="proposed")  # type: ignore[arg-type]
    for verb in (
        lambda: assignments.approve(ctx, op(), shown),
        lambda: assignments.refuse(ctx, op(), shown, "No"),
        lambda: assignments.end(ctx, op(), shown, TODAY),
    ):
        with nothing_written(workbook, NotAllowed):
            verb()


@pytest.mark.parametrize("actor", [GETHIN, FINN, EVAN, ADA])
def test_others_neither_propose_nor_list(workbook: Workbook, actor: object) -> None:
    ctx = as_(actor, workbook)  # type: ignore[arg-type]
    with nothing_written(workbook, NotAllowed):
        assignments.propose(ctx, op(), FOR_GROUP)
    with pytest.raises(NotAllowed):
        assignments.listed(ctx)


def test_nobody_approves_their_own_assignment(workbook: Workbook) -> None:
    """X15."""
    shown = assigned(workbook, status="proposed")
    both_roles(workbook, ANGHARAD, GETHIN_ID)
    with nothing_written(workbook, NotYet):
        assignments.approve(as_(ANGHARAD, workbook), op(), shown)


def test_a_lapsed_or_missing_policy_blocks_a_new_assignment(workbook: Workbook) -> None:
    """S2: today is what counts, and the host's policy covers a hosted mentor only."""
    put(workbook, Engagements, "ENG-DIRECT", mentor=MAIR_ID, terms="direct", from_on=date(2026, 10, 1))
    shown = assigned(workbook, mentor=MAIR_ID, status="proposed")
    insured(workbook, "CHK-ENDEDD", mentor=MAIR_ID, to_on=date(2026, 10, 4))
    (entry,) = assignments.listed(as_(MARC, workbook))
    assert str(entry.blocked_by[0].reason) == "Insurance lapsed: it ended on 4 October 2026."
    with nothing_written(workbook, NotYet) as caught:
        assignments.approve(as_(ANGHARAD, workbook), op(), shown)
    assert "4 October 2026" in str(caught.value)
    insured(workbook, "CHK-TODAY1", mentor=MAIR_ID, to_on=TODAY)
    assignments.approve(as_(ANGHARAD, workbook), op(), shown)


def test_an_unapproved_or_paused_mentor_gets_no_new_assignment(workbook: Workbook) -> None:
    shown = assigned(workbook, status="proposed")
    from schemas.mentors import Mentors

    mentors.pause(as_(MARC, workbook), op(), row_of(workbook, Mentors, GETHIN_ID))
    with nothing_written(workbook, NotYet):
        assignments.approve(as_(ANGHARAD, workbook), op(), shown)


@pytest.mark.parametrize(("status", "goes"), [("declared", False), ("may not", False), ("may proceed", True)])
def test_a_declared_relationship_is_assessed_first(workbook: Workbook, status: str, goes: bool) -> None:
    """S5."""
    shown = assigned(workbook, status="proposed")
    put(workbook, Interests, "INT-AAAAAA", mentor=GETHIN_ID, mentee=GROUP_ID, status=status)
    ctx = as_(ANGHARAD, workbook)
    if goes:
        assignments.approve(ctx, op(), shown)
        return
    with nothing_written(workbook, NotYet):
        assignments.approve(ctx, op(), shown)
    (entry,) = assignments.listed(ctx)
    assert entry.relationship in {Relationship.DECLARED, Relationship.MAY_NOT}
    assert len(entry.blocked_by) == 1


@pytest.mark.parametrize("missing", ["purpose", "starts_on", "ends_on"])
def test_a_groups_assignment_names_purpose_start_and_end(workbook: Workbook, missing: str) -> None:
    """S6."""
    shown = assigned(workbook, status="proposed", **{missing: None})
    with nothing_written(workbook, InvalidEntry):
        assignments.approve(as_(ANGHARAD, workbook), op(), shown)


def test_a_refusal_keeps_its_reason_in_the_history(workbook: Workbook) -> None:
    ctx, shown = as_(ANGHARAD, workbook), assigned(workbook, status="proposed")
    with nothing_written(workbook, InvalidEntry):
        assignments.refuse(ctx, op(), shown, " ")
    assignments.refuse(ctx, op(), shown, "Too far to travel")
    assert row_of(workbook, Assignments, shown.id)["status"] == "refused"
    assert workbook.store.history("Assignments", shown.id)[0]["why"] == "Too far to travel"
    with nothing_written(workbook, NotYet):
        assignments.refuse(ctx, op(), shown, "Again")


def test_an_approved_assignment_changes_by_variation_only(workbook: Workbook) -> None:
    shown = assigned(workbook)
    with nothing_written(workbook, NotYet):
        assignments.edit(as_(ANGHARAD, workbook), op(), shown, {"days": Decimal(9)})
    with nothing_written(workbook, NotAllowed):
        assignments.edit(as_(ANGHARAD, workbook), op(), shown, {"mentor": MAIR_ID})


def test_an_assignment_ends_on_its_day(workbook: Workbook) -> None:
    ctx, shown = as_(ANGHARAD, workbook), assigned(workbook)
    assignments.end(ctx, op(), shown, date(2026, 10, 31), "The group merged")
    row = row_of(workbook, Assignments, shown.id)
    assert (row["status"], row["ends_on"]) == ("ended", date(2026, 10, 31))
    with nothing_written(workbook, NotYet):
        assignments.end(ctx, op(), shown, date(2026, 10, 31))
    other = assigned(workbook, "ASG-OTHERR")
    for wrong in (date(2026, 9, 1), date(2027, 1, 1)):
        with nothing_written(workbook, InvalidEntry):
            assignments.end(ctx, op(), other, wrong)


def test_the_list_says_how_many_days_are_left(workbook: Workbook) -> None:
    """S6, X13: 10.5 of 35 hours are used, 3.5 of 5 days left."""
    assigned(workbook)
    assigned(workbook, "ASG-PROPOS", status="proposed", mentor=MAIR_ID)
    line = {"mentor": GETHIN_ID, "assignment": "ASG-GETHIN", "is_chargeable": True, "status": "submitted"}
    put(workbook, Timesheets, "TIM-AAAAAA", worked_on=NOW.date(), hours=Decimal("10.5"), **line)
    (entry,) = assignments.listed(as_(MARC, workbook), status="approved")
    assert (entry.days.agreed_days, entry.days.used_days, entry.days.left_days) == (
        Decimal(5),
        Decimal("1.5"),
        Decimal("3.5"),
    )
    assert (entry.mentor, entry.work) == ("Gethin Llywelyn", "Ynys Fawr Growers")
    assert [each.row.id for each in assignments.listed(as_(MARC, workbook), mentor=MAIR_ID)] == ["ASG-PROPOS"]


def test_the_list_adds_up_the_same_days_as_each_assignment_by_itself(workbook: Workbook) -> None:
    """A list adds all time up in one go, a card looks at its own lines: S11 gives one answer."""
    assigned(workbook)
    line = {"assignment": "ASG-GETHIN", "worked_on": NOW.date(), "hours": Decimal(7)}
    own = {**line, "mentor": GETHIN_ID}
    put(workbook, Timesheets, "TIM-AAAAAA", **own, is_chargeable=True, status="submitted")
    put(workbook, Timesheets, "TIM-BBBBBB", **own, is_chargeable=True, status="paid")
    put(workbook, Timesheets, "TIM-CCCCCC", **own, is_chargeable=True, status="draft")
    put(workbook, Timesheets, "TIM-DDDDDD", **own, is_chargeable=False, status="submitted")
    put(workbook, Timesheets, "TIM-EEEEEE", **line, mentor=MAIR_ID, is_chargeable=True, status="submitted")
    marc = as_(MARC, workbook)
    (entry,) = assignments.listed(marc)
    assert entry.days == assignments.one(marc, "ASG-GETHIN").days
    assert entry.days.used_hours == Decimal(14)
