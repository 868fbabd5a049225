"""A group's preliminary action plan: versions, priority actions, the support each needs, signposts (S3, S7)."""

from collections.abc import Sequence
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
from schemas.words import N_, Message
from services import records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Reader, Values
from services.store.interface import Needs, Receipt

ACTION = "groups.edit"
WORDING = frozenset({"title", "priority", "support", "by_on"})
OPEN = frozenset({Step.NOT_STARTED, Step.UNDER_WAY, None})


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


def new_version(ctx: Context, op_id: str, group: str, values: Values) -> Receipt:
    """Start the next version as a draft; the open actions of the plan in force come along."""
    typed = steps.only(ctx, ACTION, values, {"opportunities"})
    id_ = new_id(Plans.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        fresh.get(Mentees, group)
        plans = fresh.all(Plans)
        if any(plan["status"] == PlanStatus.DRAFT for plan in plans):
            raise NotYet(
                Message(N_("There is a draft already.")), Message(N_("Change the draft, or agree it first."))
            )
        version = max((plan["version"] for plan in plans), default=Decimal(0)) + 1
        plan = {**typed, "mentee": group, "version": version, "status": PlanStatus.DRAFT}
        return [New(Plans, plan, id_), *_carried(fresh, plans, id_)]

    needs = Needs(
        rows=((Mentees.tab, group),),
        where=((Plans.tab, "mentee", group), (Actions.tab, "mentee", group)),
    )
    return records.commit(ctx, op_id, ACTION, ["plan", group, typed], needs, decide)


def _carried(rows: Reader, plans: Sequence[Row], to: str) -> list[Intent]:
    in_force = {plan.id for plan in plans if plan["status"] == PlanStatus.AGREED}
    kept = ("mentee", "title", "priority", "support", "by_on", "step")
    return [
        New(Actions, {"plan": to} | {name: row[name] for name in kept}, new_id(Actions.prefix))
        for row in rows.all(Actions)
        if row["plan"] in in_force and row["step"] in OPEN
    ]


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change a draft's opportunities; an agreed plan stays as it was agreed."""
    typed = steps.only(ctx, ACTION, values, {"opportunities"})

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Plans, shown.id), PlanStatus.DRAFT)
        return [Edit(Plans, shown.id, typed, shown=shown)]

    needs = Needs(rows=((Plans.tab, shown.id),))
    return records.commit(ctx, op_id, ACTION, [shown.id, typed], needs, decide)


def add_action(ctx: Context, op_id: str, plan: str, values: Values) -> Receipt:
    """Add a priority action with the mentor support it needs to a draft."""
    typed = steps.only(ctx, ACTION, values, WORDING)
    id_ = new_id(Actions.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        row = fresh.get(Plans, plan)
        steps.at(ctx, row, PlanStatus.DRAFT)
        action = {**typed, "plan": plan, "mentee": row["mentee"], "step": Step.NOT_STARTED}
        return [New(Actions, action, id_)]

    needs = Needs(rows=((Plans.tab, plan),))
    return records.commit(ctx, op_id, ACTION, ["action", plan, typed], needs, decide)


def edit_action(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change a draft's action; of an agreed plan only how far the action is."""
    typed = steps.only(ctx, ACTION, values, WORDING | {"step"})
    worded = bool(set(typed) - {"step"})

    def decide(fresh: FreshRows) -> list[Intent]:
        plan = fresh.get(Plans, shown["plan"])
        steps.at(ctx, plan, PlanStatus.DRAFT, *(() if worded else (PlanStatus.AGREED,)))
        return [Edit(Actions, shown.id, typed, shown=shown)]

    needs = Needs(rows=((Actions.tab, shown.id), (Plans.tab, shown["plan"])))
    return records.commit(ctx, op_id, ACTION, [shown.id, typed], needs, decide)


def agree(ctx: Context, op_id: str, shown: Row, shown_actions: Sequence[Row]) -> Receipt:
    """Agree a draft with its actions as they were shown; the version before it is superseded.

    A referral that waited for its plan moves on.
    """

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Plans, shown.id)
        steps.at(ctx, now, PlanStatus.DRAFT)
        _same_actions(fresh, now.id, shown_actions)
        agreed = {"status": PlanStatus.AGREED, "agreed_on": ctx.today}
        before = [row for row in fresh.all(Plans) if row["status"] == PlanStatus.AGREED]
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
    return records.commit(ctx, op_id, ACTION, ["agree", shown.id], needs, decide)


def _same_actions(rows: Reader, plan: str, shown: Sequence[Row]) -> None:
    now = rows.where(Actions, "plan", plan)
    if not now:
        raise NotYet(
            Message(N_("The plan has no priority action yet.")), Message(N_("Add one, then agree the plan."))
        )
    if {row.id for row in now} != {row.id for row in shown}:
        raise StaleRow([], Message(N_("Somebody added or removed an action while you had it open.")))


def supersede(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Put a plan aside, a draft or an agreed one, without a new version in its place."""

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Plans, shown.id), PlanStatus.DRAFT, PlanStatus.AGREED)
        return [Edit(Plans, shown.id, {"status": PlanStatus.SUPERSEDED}, shown=shown, signs=True)]

    needs = Needs(rows=((Plans.tab, shown.id),))
    return records.commit(ctx, op_id, ACTION, ["supersede", shown.id], needs, decide)


def signpost(ctx: Context, op_id: str, group: str, agency: str, purpose: str = "") -> Receipt:
    """Add an agency the group was pointed to (S7)."""
    values = {"mentee": group, "agency": agency, "purpose": purpose, "added_on": ctx.today}
    row = New(Signposts, values, new_id(Signposts.prefix))
    typed = ["signpost", group, agency, purpose]
    return records.commit(ctx, op_id, ACTION, typed, Needs(), lambda fresh: [row])
