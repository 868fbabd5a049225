"""What the staff pages read: the pool narrowed and counted, progress told, quality without names (S1 to S7, S15, S16)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.errors import NotAllowed
from schemas.mentors import MentorStatus
from schemas.work import Timesheets
from services import assignments, checks, feedback, forum, groups, interests, organisations, pool
from services.cover import CoverState
from services.workbook import Workbook
from tests.cast import ANGHARAD, EVAN, FINN, GETHIN, MAIR, as_, new_workbook
from tests.scenes import CARYS, GROVE, HOST, ORCHARD, SIAN, programme_at_work
from tests.services.staff import put


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    """A programme at work."""
    yield new_workbook(tmp_path / "workbook.sqlite3", programme_at_work)


def test_counts_say_how_many_stand_where(workbook: Workbook) -> None:
    """S1, S2, S17."""
    everyone = pool.listed(as_(ANGHARAD, workbook), statuses=tuple(MentorStatus))
    counts = pool.counts(everyone)
    assert (counts["approved"], counts["paused"], counts["applied"]) == (3, 1, 1)
    assert (counts[CoverState.DUE], counts[CoverState.LAPSED], counts[CoverState.MISSING]) == (1, 1, 2)
    assert counts["no work yet"] == 4


def test_whoever_left_is_in_the_list_only_when_asked_for(workbook: Workbook) -> None:
    put(workbook, pool.Mentors, "MEN-LEFTUS", name="Huw", status="left", recruited_on=date(2025, 1, 2))
    everyone = pool.listed(as_(ANGHARAD, workbook), statuses=tuple(MentorStatus))
    assert "MEN-LEFTUS" not in {each.mentor.id for each in pool.narrowed(everyone)}
    assert [each.mentor.id for each in pool.narrowed(everyone, status="left")] == ["MEN-LEFTUS"]


def test_filters_of_the_pool_hold_together(workbook: Workbook) -> None:
    everyone = pool.listed(as_(ANGHARAD, workbook), statuses=tuple(MentorStatus))
    missing = pool.narrowed(everyone, status="paused", insurance=CoverState.MISSING, without_work=True)
    assert [each.mentor.id for each in missing] == [CARYS]


def test_time_by_month_leaves_drafts_and_refused_lines_out_and_keeps_unpaid_apart(workbook: Workbook) -> None:
    """S8."""
    common = {"mentor": MAIR.mentor, "assignment": ORCHARD, "worked_on": date(2026, 9, 30)}
    for id_, status, is_chargeable in (
        ("TIM-DRAFTS", "draft", True),
        ("TIM-REFVSD", "refused", True),
        ("TIM-VNPAJD", "submitted", False),
    ):
        values = {"hours": Decimal("2"), "status": status, "is_chargeable": is_chargeable}
        put(workbook, Timesheets, id_, **common, **values)
    months = pool.time_by_month(as_(ANGHARAD, workbook), MAIR.mentor)
    assert [(each.first.month, each.chargeable, each.unpaid) for each in months] == [
        (7, Decimal("3.5"), 0),
        (8, 7, 0),
        (9, 7, 2),
    ]


def test_a_groups_progress_is_told_by_sent_records_only_newest_first(workbook: Workbook) -> None:
    """S7."""
    put(
        workbook,
        groups.Sessions,
        "SES-DRAFTS",
        mentor=MAIR.mentor,
        assignment=ORCHARD,
        mentee=GROVE,
        held_on=date(2026, 10, 1),
        status="draft",
    )
    put(
        workbook,
        groups.Progress,
        "PRO-DRAFTS",
        session="SES-DRAFTS",
        mentor=MAIR.mentor,
        action="ACT-AAAAAA",
        step="achieved",
        words="Not yet said.",
    )
    told = groups.progress_of(as_(ANGHARAD, workbook), GROVE)
    assert [each.held_on.month for each in told] == [9, 8, 7]
    assert told[0].action == "Plant the orchard"


def test_dropped_actions_do_not_count_towards_progress(workbook: Workbook) -> None:
    action = {"plan": "PLA-AAAAAA", "mentee": GROVE, "title": "A pond", "step": "dropped"}
    put(workbook, groups.Actions, "ACT-DRPPED", **action)
    entry = groups.card(as_(ANGHARAD, workbook), GROVE).entry
    assert (entry.achieved, entry.actions) == (1, 2)


def test_groups_without_a_mentor_are_counted(workbook: Workbook) -> None:
    counts = groups.counts(groups.listed(as_(ANGHARAD, workbook)))
    assert counts["no mentor"] == 2
    assert counts["received"] == 1


def test_a_hosts_own_insurance_stands_for_itself(workbook: Workbook) -> None:
    """S2."""
    ctx = as_(ANGHARAD, workbook)
    assert checks.host_standing(ctx, HOST).ends_on == date(2027, 3, 31)
    assert checks.host_standing(ctx, "ORG-RHWYDW").state is CoverState.MISSING
    assert [row["organisation"] for row in checks.held_by_host(ctx, HOST)] == [HOST]


def test_only_staff_read_a_hosts_insurance(workbook: Workbook) -> None:
    for actor in (FINN, MAIR, EVAN):
        with pytest.raises(NotAllowed):
            checks.held_by_host(as_(actor, workbook), HOST)
        with pytest.raises(NotAllowed):
            checks.host_standing(as_(actor, workbook), HOST)


def test_the_evaluator_has_quality_by_quarter_with_nobodys_name(workbook: Workbook) -> None:
    """S16, X5."""
    named = feedback.over_time(as_(ANGHARAD, workbook))
    assert {each.name for each in named} == {"Mair Pritchard"}
    blind = feedback.over_time(as_(EVAN, workbook))
    assert [(each.mentor, each.name) for each in blind] == [("", "")] * 3
    assert [each.useful for each in blind] == [3, 4, 5]


def test_feedback_of_one_assignment(workbook: Workbook) -> None:
    ctx = as_(ANGHARAD, workbook)
    assert len(feedback.listed(ctx, assignment=ORCHARD)) == 3
    assert feedback.listed(ctx, assignment="ASG-NERGYS") == []


def test_declared_ones_wait_and_the_rest_is_decided(workbook: Workbook) -> None:
    """S5."""
    ctx = as_(ANGHARAD, workbook)
    assert [row.id for row in interests.decided(ctx)] == ["INT-BBBBBB"]
    assert interests.decided(ctx, status="may not") == []
    (waiting,) = interests.waiting(ctx)
    assert interests.due_on(ctx, waiting) == date(2026, 10, 1)


def test_approved_and_paused_mentors_may_sit_on_the_forum(workbook: Workbook) -> None:
    """S15."""
    seated = {row.id for row in forum.may_sit(as_(ANGHARAD, workbook))}
    assert seated == {MAIR.mentor, GETHIN.mentor, SIAN, CARYS}


def test_assignments_are_counted_by_status_and_kind_and_one_is_read_by_its_id(workbook: Workbook) -> None:
    ctx = as_(ANGHARAD, workbook)
    counts = assignments.counts(assignments.listed(ctx))
    assert counts == {"group": 3, "activity": 1, "approved": 2, "proposed": 2}
    assert assignments.one(ctx, ORCHARD).work == "Clwb Garddio Cwmtawe"
    with pytest.raises(NotAllowed):
        assignments.one(as_(MAIR, workbook), ORCHARD)


def test_organisations_are_counted_by_kind(workbook: Workbook) -> None:
    found = organisations.listed(as_(ANGHARAD, workbook))
    assert organisations.counts(found) == {"host": 1, "referrer": 1}
