"""Action plans: versions, actions, agreement, signposts (S3, S7)."""

from pathlib import Path

import pytest

from schemas.column import Row
from schemas.errors import NotAllowed, NotYet, StaleRow
from schemas.mentees import Actions, Plans, Referrals, Signposts
from services import plans
from services.workbook import Workbook
from tests.cast import FINN, GETHIN, MAIR, MARC, as_, op
from tests.services.staff import GROUP_ID, assigned, made, nothing_written, row_of, rows_of, staffed

ORCHARD = {"title": "Plant an orchard", "support": ("food growing",)}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return staffed(tmp_path)


def _draft(workbook: Workbook) -> Row:
    receipt = plans.new_version(as_(MARC, workbook), op(), GROUP_ID, {"opportunities": "Spare land"})
    return row_of(workbook, Plans, next(cells["_id"] for tab, cells in receipt.saved if tab == "Plans"))


def _agreed(workbook: Workbook) -> tuple[Row, Row]:
    plan, ctx = _draft(workbook), as_(MARC, workbook)
    action = made(workbook, plans.add_action(ctx, op(), plan.id, ORCHARD), Actions)
    plans.agree(ctx, op(), plan, [action])
    return row_of(workbook, Plans, plan.id), action


def test_a_plan_is_drafted_filled_and_agreed(workbook: Workbook) -> None:
    plan, action = _agreed(workbook)
    assert (plan["version"], plan["status"]) == (1, "agreed")
    assert plan["agreed_on"] is not None
    assert (action["mentee"], action["step"]) == (GROUP_ID, "not started")
    assert row_of(workbook, Referrals, "REF-YNYSFA")["status"] == "plan agreed"


def test_a_second_click_makes_one_version_and_one_action(workbook: Workbook) -> None:
    key, ctx = op(), as_(MARC, workbook)
    plan = made(workbook, plans.new_version(ctx, key, GROUP_ID, {}), Plans)
    plans.new_version(ctx, key, GROUP_ID, {})
    other = op()
    plans.add_action(ctx, other, plan.id, ORCHARD)
    plans.add_action(ctx, other, plan.id, ORCHARD)
    assert (len(rows_of(workbook, Plans)), len(rows_of(workbook, Actions))) == (1, 1)


def test_the_next_version_takes_the_open_actions_along_and_supersedes_when_agreed(workbook: Workbook) -> None:
    first, action = _agreed(workbook)
    ctx = as_(MARC, workbook)
    done = plans.new_version(ctx, op(), GROUP_ID, {})
    second = made(workbook, done, Plans)
    carried = made(workbook, done, Actions)
    assert (second["version"], carried["title"], carried["support"]) == (
        2,
        action["title"],
        ("food growing",),
    )
    plans.agree(ctx, op(), second, [carried])
    assert row_of(workbook, Plans, first.id)["status"] == "superseded"
    assert row_of(workbook, Actions, action.id)["plan"] == first.id


def test_an_achieved_action_stays_behind(workbook: Workbook) -> None:
    _, action = _agreed(workbook)
    ctx = as_(MARC, workbook)
    plans.edit_action(ctx, op(), action, {"step": "achieved"})
    plans.new_version(ctx, op(), GROUP_ID, {})
    assert len(rows_of(workbook, Actions)) == 1


def test_there_is_one_draft_at_a_time(workbook: Workbook) -> None:
    _draft(workbook)
    with nothing_written(workbook, NotYet):
        plans.new_version(as_(MARC, workbook), op(), GROUP_ID, {})


def test_an_agreed_plan_keeps_its_words_and_moves_its_steps(workbook: Workbook) -> None:
    plan, action = _agreed(workbook)
    ctx = as_(MARC, workbook)
    for change in (
        lambda: plans.edit(ctx, op(), plan, {"opportunities": "Other"}),
        lambda: plans.add_action(ctx, op(), plan.id, ORCHARD),
        lambda: plans.edit_action(ctx, op(), action, {"title": "Other"}),
    ):
        with nothing_written(workbook, NotYet):
            change()
    plans.edit_action(ctx, op(), action, {"step": "under way"})
    assert row_of(workbook, Actions, action.id)["step"] == "under way"


def test_a_draft_is_edited_and_a_stale_form_refused(workbook: Workbook) -> None:
    plan, ctx = _draft(workbook), as_(MARC, workbook)
    action = made(workbook, plans.add_action(ctx, op(), plan.id, ORCHARD), Actions)
    plans.edit(ctx, op(), plan, {"opportunities": "A roof too"})
    plans.edit_action(ctx, op(), action, {"title": "Plant two orchards"})
    for change in (
        lambda: plans.edit(ctx, op(), plan, {"opportunities": "Neither"}),
        lambda: plans.edit_action(ctx, op(), action, {"title": "Plant none"}),
        lambda: plans.agree(ctx, op(), plan, [action]),
    ):
        with nothing_written(workbook, StaleRow):
            change()


def test_a_plan_is_agreed_with_the_actions_that_were_shown(workbook: Workbook) -> None:
    plan, ctx = _draft(workbook), as_(MARC, workbook)
    with nothing_written(workbook, NotYet):
        plans.agree(ctx, op(), plan, [])
    action = made(workbook, plans.add_action(ctx, op(), plan.id, ORCHARD), Actions)
    with nothing_written(workbook, StaleRow):
        plans.agree(ctx, op(), plan, [])
    plans.edit_action(ctx, op(), action, {"title": "Plant two orchards"})
    with nothing_written(workbook, StaleRow):
        plans.agree(ctx, op(), plan, [action])


def test_a_plan_agreed_already_is_not_agreed_again(workbook: Workbook) -> None:
    plan, action = _agreed(workbook)
    with nothing_written(workbook, NotYet):
        plans.agree(as_(MARC, workbook), op(), plan, [action])


def test_a_plan_is_put_aside_once(workbook: Workbook) -> None:
    plan, _ = _agreed(workbook)
    plans.supersede(as_(MARC, workbook), op(), plan)
    with nothing_written(workbook, NotYet):
        plans.supersede(as_(MARC, workbook), op(), plan)


def test_an_agency_is_added_to_the_plan_once(workbook: Workbook) -> None:
    key, ctx = op(), as_(MARC, workbook)
    plans.signpost(ctx, key, GROUP_ID, "Cyngor Coed", "Tree planting grants")
    plans.signpost(ctx, key, GROUP_ID, "Cyngor Coed", "Tree planting grants")
    assert [row["agency"] for row in plans.signposts(ctx, GROUP_ID)] == ["Cyngor Coed"]
    assert len(rows_of(workbook, Signposts)) == 1


def test_a_groups_own_mentor_reads_the_actions_and_others_do_not(workbook: Workbook) -> None:
    plan, _ = _agreed(workbook)
    assigned(workbook)
    assert [row["title"] for row in plans.actions(as_(GETHIN, workbook), plan.id)] == ["Plant an orchard"]
    assert plans.actions(as_(MAIR, workbook), plan.id) == []


@pytest.mark.parametrize("actor", [MAIR, FINN])
def test_others_write_no_plan(workbook: Workbook, actor: object) -> None:
    plan, ctx = _draft(workbook), as_(actor, workbook)  # type: ignore[arg-type]
    for verb in (
        lambda: plans.new_version(ctx, op(), GROUP_ID, {}),
        lambda: plans.edit(ctx, op(), plan, {"opportunities": "x"}),
        lambda: plans.add_action(ctx, op(), plan.id, ORCHARD),
        lambda: plans.agree(ctx, op(), plan, []),
        lambda: plans.supersede(ctx, op(), plan),
        lambda: plans.signpost(ctx, op(), GROUP_ID, "x"),
    ):
        with nothing_written(workbook, NotAllowed):
            verb()
