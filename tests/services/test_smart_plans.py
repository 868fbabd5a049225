"""SMART plans: what an action can't do without, confirmation, versions, review, duplicating (D8, D12, 2.28)."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.cases import Cases, Outcomes
from schemas.column import Row
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.mentees import Actions, Plans
from services import journeys, smart_plans
from services.workbook import Workbook
from tests.dwp import DEE, FERN, OMAR, TODAY, as_, put
from tests.services.mentoring import (
    JUNE_CASE,
    JUNE_ID,
    agreed_plan,
    made,
    nothing_written,
    op,
    opened,
    row_of,
    rows_of,
)

SMART = {
    "title": "See the housing team",
    "measure": "A place on the waiting list",
    "means": "Dee comes along",
    "reason": "June has asked for it",
    "by_on": date(2024, 7, 1),
}
SIGNED = {"agreed_on": TODAY, "confirmed_how": "signed by hand"}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return opened(tmp_path)


def draft(workbook: Workbook) -> Row:
    case = row_of(workbook, Cases, JUNE_CASE)
    receipt = smart_plans.new_version(as_(DEE, workbook), op(), case, {})
    return next(row_of(workbook, Plans, cells["_id"]) for tab, cells in receipt.saved if tab == Plans.tab)


def test_a_plan_is_drafted_filled_and_agreed_in_time(workbook: Workbook) -> None:
    ctx, plan = as_(DEE, workbook), draft(workbook)
    action = made(workbook, smart_plans.add_action(ctx, op(), plan.id, SMART), Actions)
    smart_plans.agree(ctx, op(), plan, [action], {**SIGNED, "agreed_on": date(2024, 5, 28)})
    now = row_of(workbook, Plans, plan.id)
    assert (now["status"], now["confirmed_how"], now["case"]) == ("agreed", "signed by hand", JUNE_CASE)
    step = next(
        step for step in journeys.of(ctx, row_of(workbook, Cases, JUNE_CASE)).line if step.code == "plan"
    )
    assert (step.state, step.done_on) == ("met", date(2024, 5, 28))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("by_on", "By is needed."),
        ("measure", "How we will know is needed."),
        ("means", "How it can be done is needed."),
        ("reason", "Why it fits now is needed."),
        ("title", "Action is needed."),
    ],
)
def test_an_action_that_is_not_smart_is_refused(workbook: Workbook, name: str, words: str) -> None:
    ctx, plan = as_(DEE, workbook), draft(workbook)
    with nothing_written(workbook, InvalidEntry, words):
        smart_plans.add_action(ctx, op(), plan.id, {**SMART, name: None})
    action = made(workbook, smart_plans.add_action(ctx, op(), plan.id, SMART), Actions)
    with nothing_written(workbook, InvalidEntry, words):
        smart_plans.edit_action(ctx, op(), action, {name: None})


def test_a_plan_with_an_action_from_a_file_that_lacks_its_date_is_not_agreed(workbook: Workbook) -> None:
    ctx, plan = as_(DEE, workbook), draft(workbook)
    bare = {name: value for name, value in SMART.items() if name != "by_on"}
    action = put(workbook, Actions, "ACT-BARE01", plan=plan.id, mentee=JUNE_ID, **bare)
    assert smart_plans.lacking(action) == ["By"]
    with nothing_written(workbook, NotYet, "“See the housing team” lacks: By"):
        smart_plans.agree(ctx, op(), plan, [action], SIGNED)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"confirmed_how": None}, "How they confirmed it is needed."),
        ({"confirmed_how": "nodded"}, "is not one of the ways"),
        ({"agreed_on": date(2024, 6, 13)}, "can't be in the future"),
        ({"agreed_on": date(2024, 5, 13)}, "can't be before the start on 14 May 2024"),
    ],
)
def test_agreement_is_confirmed_in_a_known_way_on_a_possible_day(
    workbook: Workbook, values: dict[str, Any], words: str
) -> None:
    ctx, plan = as_(DEE, workbook), draft(workbook)
    action = made(workbook, smart_plans.add_action(ctx, op(), plan.id, SMART), Actions)
    with nothing_written(workbook, InvalidEntry, words):
        smart_plans.agree(ctx, op(), plan, [action], {**SIGNED, **values})


def test_the_next_version_takes_open_actions_along_whole_and_supersedes_when_agreed(
    workbook: Workbook,
) -> None:
    first, ctx = agreed_plan(workbook), as_(DEE, workbook)
    second = draft(workbook)
    (carried,) = [row for row in rows_of(workbook, Actions) if row["plan"] == second.id]
    kept = ("title", "measure", "means", "reason", "by_on", "is_employment", "step")
    assert [carried[name] for name in kept] == [
        row_of(workbook, Actions, "ACT-JUNEHA")[name] for name in kept
    ]
    assert (second["version"], row_of(workbook, Plans, first.id)["status"]) == (2, "agreed")
    smart_plans.agree(ctx, op(), second, [carried], SIGNED)
    assert row_of(workbook, Plans, first.id)["status"] == "superseded"
    assert [row["version"] for row in smart_plans.versions(ctx, JUNE_CASE)] == [2, 1]


def test_another_case_of_the_same_person_has_a_plan_of_its_own(workbook: Workbook) -> None:
    agreed_plan(workbook)
    earlier = put(
        workbook, Cases, "CAS-JUNE00", number="C0000", mentee=JUNE_ID, mentor=DEE.mentor, area="9",
        received_on=date(2023, 5, 1), route="Jobcentre Plus", met_on=date(2023, 5, 8), started_on=date(2023, 5, 9),
    )  # fmt: skip
    ctx = as_(DEE, workbook)
    plan = made(workbook, smart_plans.new_version(ctx, op(), earlier, {}), Plans)
    assert plan["version"] == 1
    action = made(workbook, smart_plans.add_action(ctx, op(), plan.id, SMART), Actions)
    smart_plans.agree(ctx, op(), plan, [action], SIGNED)
    assert row_of(workbook, Plans, "PLA-JUNEHA")["status"] == "agreed"


def test_an_agreed_plan_moves_its_steps_and_is_reviewed(workbook: Workbook) -> None:
    plan, ctx = agreed_plan(workbook), as_(DEE, workbook)
    action = row_of(workbook, Actions, "ACT-JUNEHA")
    smart_plans.edit_action(ctx, op(), action, {"step": "under way"})
    with nothing_written(workbook, NotYet):
        smart_plans.edit_action(ctx, op(), action, {"measure": "Other"})
    smart_plans.review(ctx, op(), plan, {"reviewed_on": TODAY, "next_steps": "Ring on Friday"})
    assert row_of(workbook, Plans, plan.id)["next_steps"] == "Ring on Friday"
    with nothing_written(workbook, InvalidEntry, "in the future"):
        smart_plans.review(ctx, op(), row_of(workbook, Plans, plan.id), {"reviewed_on": date(2024, 6, 13)})


@pytest.mark.parametrize(
    ("steps", "is_warned"),
    [
        ([], False),
        (["referred"], False),
        (["referred", "entered or started"], True),
        (["entered or started", "completed"], False),
        (["entered or started", "dropped out"], False),
    ],
)
def test_employment_actions_are_warned_of_while_on_the_buyers_programme(
    workbook: Workbook, steps: list[str], is_warned: bool
) -> None:
    """2.28: employment support is not done twice."""
    agreed_plan(workbook)
    put(
        workbook, Actions, "ACT-WORK01", plan="PLA-JUNEHA", mentee=JUNE_ID, **SMART | {"title": "Write a CV"},
        is_employment=True, step="not started",
    )  # fmt: skip
    for n, step in enumerate(steps):
        put(
            workbook, Outcomes, f"OUT-STEP{n}", mentee=JUNE_ID, case=JUNE_CASE, kind="the buyer's programme",
            step=step, reached_on=date(2024, 6, 3), what="Restart",
        )  # fmt: skip
    found = [row["title"] for row in smart_plans.duplicating(as_(DEE, workbook), JUNE_CASE)]
    assert found == (["Write a CV"] if is_warned else [])


@pytest.mark.parametrize("actor", [OMAR, FERN])
def test_others_neither_see_nor_write_the_plan(workbook: Workbook, actor: Any) -> None:
    """RM59: a plan is its mentor's and the staff's."""
    plan, ctx = agreed_plan(workbook), as_(actor, workbook)
    for verb in (
        lambda: smart_plans.new_version(ctx, op(), row_of(workbook, Cases, JUNE_CASE), {}),
        lambda: smart_plans.review(ctx, op(), plan, {"next_steps": "x"}),
        lambda: smart_plans.facts_of(ctx, plan),
    ):
        with nothing_written(workbook, NotAllowed):
            verb()
    assert plan["version"] == Decimal(1)
