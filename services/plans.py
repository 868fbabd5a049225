"""Action plans: versions, priority actions, the support each needs, signposts (S3, S7).

A group's preliminary plan and a mentee's SMART plan (`services.smart_plans`) are one thing in two `Manner`s.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.column import Row, new_id
from schemas.errors import NotYet, StaleRow
from schemas.mentees import (
    Actions,
    Mentees,
    Plans,
    PlanStatus,
    Referrals,
    ReferralStatus,
    Signposts,
    Step,
)
from schemas.words import N_, Message, message
from services import records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Reader, Values
from services.store.interface import Needs, Receipt

ACTION = "groups.edit"
OPEN = frozenset({Step.NOT_STARTED, Step.UNDER_WAY, None})


@dataclass(frozen=True)
class Manner:
    """How a kind of plan is written: by which right, what an action says, and what it can't do without."""

    right: str
    wording: frozenset[str]
    needed: tuple[str, ...] = ()


OF_GROUPS = Manner(ACTION, frozenset({"title", "priority", "support", "by_on"}))


def actions_of(rows: Reader, plan: str) -> list[Row]:
    """A plan's priority actions, the first priority first."""
    found = rows.where(Actions, "plan", plan)
    return sorted(found, key=lambda row: (row["priority"] or Decimal("Infinity"), row["title"], row.id))


def actions(ctx: Context, plan: str) -> list[Row]:
    """A plan's priority actions that one may see: staff, and the group's own mentor."""
    return actions_of(records.view(ctx), plan)


def signposts(ctx: Context, group: str) -> list[Row]:
    """The agencies a group was pointed to, in the order they were added."""
    return records.view(ctx).where(Signposts, "mentee", group)


def new_version(
    ctx: Context, op_id: str, group: str, values: Values, manner: Manner = OF_GROUPS, case: str = ""
) -> Receipt:
    """Start the next version as a draft; the open actions of the plan in force come along."""
    typed = steps.only(ctx, manner.right, values, {"opportunities"})
    id_ = new_id(Plans.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        fresh.get(Mentees, group)
        plans = _siblings(fresh, group, case)
        if any(plan["status"] == PlanStatus.DRAFT for plan in plans):
            raise NotYet(
                Message(N_("There is a draft already.")), Message(N_("Change the draft, or agree it first."))
            )
        version = max((plan["version"] for plan in plans), default=Decimal(0)) + 1
        plan = {**typed, "mentee": group, "version": version, "status": PlanStatus.DRAFT, "case": case}
        return [New(Plans, plan, id_), *_carried(fresh, plans, id_, manner)]

    needs = Needs(
        rows=((Mentees.tab, group),),
        where=((Plans.tab, "mentee", group), (Actions.tab, "mentee", group)),
    )
    return records.commit(ctx, op_id, manner.right, ["plan", group, case, typed], needs, decide)


def _siblings(rows: Reader, group: str, case: str | None) -> list[Row]:
    """The versions of one plan: a group's, or those of one case of a mentee."""
    return [row for row in rows.where(Plans, "mentee", group) if (row["case"] or "") == (case or "")]


def _carried(rows: Reader, plans: Sequence[Row], to: str, manner: Manner) -> list[Intent]:
    in_force = {plan.id for plan in plans if plan["status"] == PlanStatus.AGREED}
    kept = ("mentee", "step", *sorted(manner.wording))
    return [
        New(Actions, {"plan": to} | {name: row[name] for name in kept}, new_id(Actions.prefix))
        for row in rows.all(Actions)
        if row["plan"] in in_force and row["step"] in OPEN
    ]


def edit(ctx: Context, op_id: str, shown: Row, values: Values, manner: Manner = OF_GROUPS) -> Receipt:
    """Change a draft's opportunities; an agreed plan stays as it was agreed."""
    typed = steps.only(ctx, manner.right, values, {"opportunities"})

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Plans, shown.id), PlanStatus.DRAFT)
        return [Edit(Plans, shown.id, typed, shown=shown)]

    needs = Needs(rows=((Plans.tab, shown.id),))
    return records.commit(ctx, op_id, manner.right, [shown.id, typed], needs, decide)


def add_action(ctx: Context, op_id: str, plan: str, values: Values, manner: Manner = OF_GROUPS) -> Receipt:
    """Add a priority action with the mentor support it needs to a draft."""
    typed = steps.only(ctx, manner.right, values, manner.wording)
    steps.needed(Actions, typed, *manner.needed)
    id_ = new_id(Actions.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        row = fresh.get(Plans, plan)
        steps.at(ctx, row, PlanStatus.DRAFT)
        action = {**typed, "plan": plan, "mentee": row["mentee"], "step": Step.NOT_STARTED}
        return [New(Actions, action, id_)]

    needs = Needs(rows=((Plans.tab, plan),))
    return records.commit(ctx, op_id, manner.right, ["action", plan, typed], needs, decide)


def edit_action(ctx: Context, op_id: str, shown: Row, values: Values, manner: Manner = OF_GROUPS) -> Receipt:
    """Change a draft's action; of an agreed plan only how far the action is."""
    typed = steps.only(ctx, manner.right, values, manner.wording | {"step"})
    worded = bool(set(typed) - {"step"})
    if worded:
        steps.needed(Actions, {**shown, **typed}, *manner.needed)

    def decide(fresh: FreshRows) -> list[Intent]:
        plan = fresh.get(Plans, shown["plan"])
        steps.at(ctx, plan, PlanStatus.DRAFT, *(() if worded else (PlanStatus.AGREED,)))
        return [Edit(Actions, shown.id, typed, shown=shown)]

    needs = Needs(rows=((Actions.tab, shown.id), (Plans.tab, shown["plan"])))
    return records.commit(ctx, op_id, manner.right, [shown.id, typed], needs, decide)


def agree(
    ctx: Context,
    op_id: str,
    shown: Row,
    shown_actions: Sequence[Row],
    manner: Manner = OF_GROUPS,
    values: Values | None = None,
) -> Receipt:
    """Agree a draft with its actions as they were shown; the version before it is superseded.

    A referral that waited for its plan moves on. `values` are the day and the way it was confirmed, where they
    are asked for.
    """

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Plans, shown.id)
        steps.at(ctx, now, PlanStatus.DRAFT)
        _same_actions(fresh, now.id, shown_actions)
        _complete(fresh, now.id, manner)
        agreed = {"status": PlanStatus.AGREED, "agreed_on": ctx.today, **(values or {})}
        siblings = _siblings(fresh, now["mentee"], now["case"])
        before = [row for row in siblings if row["status"] == PlanStatus.AGREED]
        received = [row for row in fresh.all(Referrals) if row["status"] == ReferralStatus.RECEIVED]
        return [
            Edit(Plans, now.id, agreed, shown=shown, signs=True),
            *(Edit(Actions, action.id, {}, shown=action, signs=True) for action in shown_actions),
            *(Edit(Plans, row.id, {"status": PlanStatus.SUPERSEDED}) for row in before),
            *(Edit(Referrals, row.id, {"status": ReferralStatus.PLANNED}) for row in received),
        ]

    group = shown["mentee"]
    needs = Needs(
        rows=((Plans.tab, shown.id),),
        where=(
            (Plans.tab, "mentee", group),
            (Referrals.tab, "mentee", group),
            (Actions.tab, "plan", shown.id),
        ),
    )
    return records.commit(ctx, op_id, manner.right, ["agree", shown.id, values], needs, decide)


def _complete(rows: Reader, plan: str, manner: Manner) -> None:
    """Stop where an action lacks something it can't do without: it may have come from a file."""
    for action in actions_of(rows, plan):
        blank = [name for name in manner.needed if action[name] is None]
        if blank:
            reason = message(
                N_("“{action}” lacks: {field}"),
                action=action["title"],
                field=Message(Actions.columns[blank[0]].title),
            )
            raise NotYet(reason, Message(N_("Fill it in, then agree the plan.")))


def _same_actions(rows: Reader, plan: str, shown: Sequence[Row]) -> None:
    now = rows.where(Actions, "plan", plan)
    if not now:
        raise NotYet(
            Message(N_("The plan has no priority action yet.")), Message(N_("Add one, then agree the plan."))
        )
    if {row.id for row in now} != {row.id for row in shown}:
        raise StaleRow([], Message(N_("Somebody added or removed an action while you had it open.")))


def supersede(ctx: Context, op_id: str, shown: Row, manner: Manner = OF_GROUPS) -> Receipt:
    """Put a plan aside, a draft or an agreed one, without a new version in its place."""

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Plans, shown.id), PlanStatus.DRAFT, PlanStatus.AGREED)
        return [Edit(Plans, shown.id, {"status": PlanStatus.SUPERSEDED}, shown=shown, signs=True)]

    needs = Needs(rows=((Plans.tab, shown.id),))
    return records.commit(ctx, op_id, manner.right, ["supersede", shown.id], needs, decide)


def signpost(ctx: Context, op_id: str, group: str, agency: str, purpose: str = "") -> Receipt:
    """Add an agency the group was pointed to (S7)."""
    values = {"mentee": group, "agency": agency, "purpose": purpose, "added_on": ctx.today}
    row = New(Signposts, values, new_id(Signposts.prefix))
    typed = ["signpost", group, agency, purpose]
    return records.commit(ctx, op_id, ACTION, typed, Needs(), lambda fresh: [row])
