"""A mentee's SMART action plan: versions, actions that say what, how and by when, its review (D8, 1.13, 2.18).

The plan itself is `services.plans`'s; here is what makes it SMART: each action is specific (what), measurable (how
we will know), achievable (how it can be done), realistic (why it fits now) and dated.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from schemas.cases import Cases, OutcomeKind, Outcomes, OutcomeStep
from schemas.column import Row
from schemas.errors import InvalidEntry, NotYet
from schemas.mentees import Actions, Plans, PlanStatus
from schemas.words import N_, Message, message
from services import access, plans, records, steps
from services.context import Context
from services.endings import ended_on
from services.records import Edit, FreshRows, Intent, Reader, Values
from services.store.interface import Needs, Receipt

RIGHT = "smart_plans.write"
SMART = plans.Manner(
    RIGHT,
    frozenset({"title", "priority", "by_on", "measure", "means", "reason", "barrier", "is_employment"}),
    ("title", "measure", "means", "reason", "by_on"),
)
CONFIRMED = frozenset({"agreed_on", "confirmed_how"})
REVIEWED = frozenset({"reviewed_on", "next_steps"})


def versions(ctx: Context, case: str) -> list[Row]:
    """Every version of a case's plan, the newest first."""
    access.require(ctx, "cases.see")
    return sorted(records.view(ctx).where(Plans, "case", case), key=lambda row: row["version"], reverse=True)


def in_force(rows: Reader, case: str) -> Row | None:
    """The version that was agreed last, or `None` before there is one."""
    agreed = [row for row in rows.where(Plans, "case", case) if row["status"] == PlanStatus.AGREED]
    return max(agreed, key=lambda row: row["version"], default=None)


def new_version(ctx: Context, op_id: str, case: Row, values: Values) -> Receipt:
    """Start a draft; the open actions of the plan in force come along."""
    return plans.new_version(ctx, op_id, case["mentee"], values, SMART, case.id)


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change what a draft says besides its actions."""
    return plans.edit(ctx, op_id, shown, values, SMART)


def add_action(ctx: Context, op_id: str, plan: str, values: Values) -> Receipt:
    """Add an action to a draft; one that lacks its measure, means, reason or date is refused."""
    return plans.add_action(ctx, op_id, plan, values, SMART)


def edit_action(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change a draft's action; of an agreed plan only how far the action is."""
    return plans.edit_action(ctx, op_id, shown, values, SMART)


def supersede(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Put a plan aside."""
    return plans.supersede(ctx, op_id, shown, SMART)


def agree(ctx: Context, op_id: str, shown: Row, shown_actions: Sequence[Row], values: Values) -> Receipt:
    """Agree the plan with the mentee: on which day, and how they confirmed it (2.25, table A)."""
    typed = steps.only(ctx, RIGHT, values, CONFIRMED)
    steps.needed(Plans, typed, *sorted(CONFIRMED))
    _known_way(ctx, typed["confirmed_how"])
    steps.not_ahead(ctx, Plans, "agreed_on", typed["agreed_on"])
    _while_supported(records.view(ctx).get(Cases, shown["case"] or ""), "agreed_on", typed["agreed_on"])
    return plans.agree(ctx, op_id, shown, shown_actions, SMART, typed)


def _known_way(ctx: Context, how: str) -> None:
    if how not in ctx.programme.choices("confirmations"):
        raise InvalidEntry([Plans.columns["confirmed_how"].problem(Message(N_("is not one of the ways.")))])


def _while_supported(case: Row, name: str, on: date) -> None:
    """Stop where a plan is dated before the start or after the end."""
    column, end = Plans.columns[name], ended_on(case)
    if case["started_on"] is None:
        raise NotYet(
            Message(N_("Support has not started yet.")), Message(N_("Hold the diagnostic interview first."))
        )
    if on < case["started_on"]:
        words = message(N_("can't be before the start on {day}."), day=case["started_on"])
        raise InvalidEntry([column.problem(words)])
    if end is not None and on > end:
        raise InvalidEntry([column.problem(message(N_("can't be after the end on {day}."), day=end))])


def review(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Record that the plan in force was gone through together, and what comes next."""
    typed = steps.only(ctx, RIGHT, values, REVIEWED)
    steps.not_ahead(ctx, Plans, "reviewed_on", typed.get("reviewed_on"))
    if typed.get("reviewed_on"):
        case = records.view(ctx).get(Cases, shown["case"] or "")
        _while_supported(case, "reviewed_on", typed["reviewed_on"])

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Plans, shown.id), PlanStatus.AGREED)
        return [Edit(Plans, shown.id, typed, shown=shown)]

    needs = Needs(rows=((Plans.tab, shown.id),))
    return records.commit(ctx, op_id, RIGHT, ["review", shown.id, typed], needs, decide)


def reviewed(rows: Reader, case: str, on: date) -> list[Edit]:
    """The plan in force as gone through on a day, for whoever records a session; a later review stays."""
    plan = in_force(rows, case)
    if plan is None or (plan["reviewed_on"] or date.min) >= on:
        return []
    return [Edit(Plans, plan.id, {"reviewed_on": on})]


def duplicating(ctx: Context, case: str) -> list[Row]:
    """Open employment actions of someone who is on the buyer's own programme: not to be done twice (2.28, D12)."""
    rows = records.view(ctx)
    plan = max(rows.where(Plans, "case", case), key=lambda row: row["version"], default=None)
    if plan is None or not is_on_buyers_programme(rows, case):
        return []
    return [
        row
        for row in plans.actions_of(rows, plan.id)
        if row["is_employment"] is True and row["step"] in plans.OPEN
    ]


def is_on_buyers_programme(rows: Reader, case: str) -> bool:
    """Whether a programme of the buyer's was started and neither completed nor left."""
    told: dict[str, list[Row]] = {}
    for row in rows.where(Outcomes, "case", case):
        if row["kind"] == OutcomeKind.BUYER_PROGRAMME:
            told.setdefault((row["what"] or "").casefold(), []).append(row)
    return any(_last_step(each) == OutcomeStep.STARTED for each in told.values())


def _last_step(told: Sequence[Row]) -> Any:
    order = list(OutcomeStep)
    return max(told, key=lambda row: (row["reached_on"], order.index(row["step"])))["step"]


def facts_of(ctx: Context, plan: Row) -> tuple[Row, list[Row]]:
    """A plan with its actions, first priority first, for whoever may see it."""
    rows = records.view(ctx)
    return rows.get(Plans, plan.id), plans.actions_of(rows, plan.id)


def lacking(action: Row) -> list[str]:
    """What an action still lacks to be SMART: the names of its blank columns."""
    return [Actions.columns[name].title for name in SMART.needed if action[name] is None]
