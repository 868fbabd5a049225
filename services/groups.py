"""Community groups and the log of how they came (S3)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schemas.assignments import Assignments, AssignmentStatus, Interests
from schemas.column import Row, new_id
from schemas.errors import NotYet
from schemas.mentees import (
    Actions,
    Mentees,
    MenteeStatus,
    Plans,
    PlanStatus,
    Referrals,
    ReferralStatus,
    Route,
    Signposts,
    Step,
)
from schemas.mentors import Mentors
from schemas.words import N_, Message
from schemas.work import Progress, Sessions, SessionStatus
from services import access, agreements, assignments, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Rows, Values
from services.store.interface import Needs, Receipt

DETAILS = frozenset({"name", "area", "facilitator", "contact", "email", "phone", "languages", "notes"})
REFERRAL = frozenset({"received_on", "route", "referred_by", "wants"})


@dataclass(frozen=True)
class GroupEntry:
    """A group as the list shows it: its newest referral, its plan in force and who mentors it now.

    `achieved` of the plan's `actions` have been reached, dropped ones left out.
    """

    group: Row
    referral: Row | None
    plan: Row | None
    mentors: tuple[str, ...]
    actions: int = 0
    achieved: int = 0


@dataclass(frozen=True)
class Card:
    """Everything the programme keeps of one group; plans and referrals newest first."""

    entry: GroupEntry
    referrals: tuple[Row, ...]
    plans: tuple[Row, ...]
    signposts: tuple[Row, ...]
    assignments: tuple[assignments.Entry, ...]
    interests: tuple[Row, ...]


def listed(
    ctx: Context,
    *,
    area: str = "",
    facilitator: str = "",
    status: str = MenteeStatus.ACTIVE,
    referral: str = "",
    without_mentor: bool = False,
    search: str = "",
) -> list[GroupEntry]:
    """Groups by name; a blank filter takes every one, `referral` is a `ReferralStatus`."""
    access.require(ctx, "groups.see")
    rows = records.view(ctx)
    found = [
        row
        for row in rows.all(Mentees)
        if row["status"] == (status or row["status"])
        and row["area"] == (area or row["area"])
        and row["facilitator"] == (facilitator or row["facilitator"])
        and search.casefold() in row["name"].casefold()
    ]
    entries = [
        _entry(ctx, rows, row) for row in sorted(found, key=lambda row: (row["name"].casefold(), row.id))
    ]
    return [
        each
        for each in entries
        if (not referral or (each.referral is not None and each.referral["status"] == referral))
        and not (without_mentor and each.mentors)
    ]


def counts(entries: Sequence[GroupEntry]) -> dict[str, int]:
    """How many groups' newest referral stands at each step, and how many have no mentor."""
    steps_ = Counter(str(each.referral["status"]) for each in entries if each.referral)
    return dict(steps_) | {"no mentor": sum(not each.mentors for each in entries)}


def card(ctx: Context, id_: str) -> Card:
    """Everything of one group (S3, S5, S6, S7)."""
    access.require(ctx, "groups.see")
    rows = records.view(ctx)
    group = rows.get(Mentees, id_)
    return Card(
        _entry(ctx, rows, group),
        tuple(referrals_of(rows, id_)),
        tuple(plans_of(rows, id_)),
        tuple(rows.where(Signposts, "mentee", id_)),
        tuple(assignments.listed(ctx, mentee=id_)),
        tuple(rows.where(Interests, "mentee", id_)),
    )


def referrals_of(rows: Rows, group: str) -> list[Row]:
    """A group's referrals, the newest first."""
    found = rows.where(Referrals, "mentee", group)
    return sorted(found, key=lambda row: (row["received_on"], row.id), reverse=True)


def plans_of(rows: Rows, group: str) -> list[Row]:
    """A group's plans, the newest version first."""
    return sorted(rows.where(Plans, "mentee", group), key=lambda row: row["version"], reverse=True)


def plan_in_force(rows: Rows, group: str) -> Row | None:
    """The agreed plan, or the draft while none is agreed."""
    plans = plans_of(rows, group)
    for status in (PlanStatus.AGREED, PlanStatus.DRAFT):
        if found := next((plan for plan in plans if plan["status"] == status), None):
            return found
    return None


def _entry(ctx: Context, rows: Rows, group: Row) -> GroupEntry:
    live = [
        row for row in rows.where(Assignments, "mentee", group.id) if agreements.is_live(rows, row, ctx.today)
    ]
    names = dict.fromkeys(rows.name(Mentors, row["mentor"]) for row in live)
    newest = next(iter(referrals_of(rows, group.id)), None)
    plan = plan_in_force(rows, group.id)
    steps_ = [row["step"] for row in rows.where(Actions, "plan", plan.id)] if plan else []
    wanted = [step for step in steps_ if step != Step.DROPPED]
    return GroupEntry(group, newest, plan, tuple(names), len(wanted), wanted.count(Step.ACHIEVED))


@dataclass(frozen=True)
class Told:
    """What an Activity Record said of one priority action, with the day and the mentor."""

    progress: Row
    held_on: date
    mentor: str
    action: str


def progress_of(ctx: Context, group: str) -> list[Told]:
    """Every word of the records on a group's actions, the newest first; drafts are the mentor's own (S7)."""
    access.require(ctx, "groups.see")
    rows = records.view(ctx)
    sent = [row for row in rows.where(Sessions, "mentee", group) if row["status"] != SessionStatus.DRAFT]
    return [
        Told(row, session["held_on"], rows.name(Mentors, row["mentor"]), rows.name(Actions, row["action"]))
        for session in sorted(sent, key=lambda row: (row["held_on"], row.id), reverse=True)
        for row in rows.where(Progress, "session", session.id)
    ]


def add(ctx: Context, op_id: str, values: Values, referral: Values) -> Receipt:
    """Take up a group together with its referral: when and how it came, and what it wants (S3)."""
    typed = steps.only(ctx, "groups.edit", values, DETAILS)
    came = steps.only(ctx, "groups.edit", referral, REFERRAL)
    if came.get("route") == Route.REFERRED:
        steps.needed(Referrals, came, "referred_by")
    steps.not_ahead(ctx, Referrals, "received_on", came.get("received_on"))
    group, log = new_id(Mentees.prefix), new_id(Referrals.prefix)
    made: list[Intent] = [
        New(Mentees, {**typed, "status": MenteeStatus.ACTIVE}, group),
        New(Referrals, {**came, "mentee": group, "status": ReferralStatus.RECEIVED}, log),
    ]
    return records.commit(ctx, op_id, "groups.edit", [typed, came], Needs(), lambda fresh: made)


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change a group's details, merged with what others changed meanwhile."""
    return steps.edit(ctx, op_id, "groups.edit", Mentees, shown, values, DETAILS)


def edit_referral(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Put the referral's facts right."""
    steps.not_ahead(ctx, Referrals, "received_on", values.get("received_on"))
    return steps.edit(ctx, op_id, "groups.edit", Referrals, shown, values, REFERRAL)


def close(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """End support for a group and close its referrals, once no mentor is at work with it."""

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Mentees, shown.id)
        steps.at(ctx, now, MenteeStatus.ACTIVE)
        if any(row["status"] == AssignmentStatus.APPROVED for row in fresh.all(Assignments)):
            raise NotYet(
                Message(N_("A mentor is still assigned to this group.")),
                Message(N_("End the assignment first, then close the group.")),
            )
        open_ = (row for row in fresh.all(Referrals) if row["status"] != ReferralStatus.CLOSED)
        closed = [Edit(Referrals, row.id, {"status": ReferralStatus.CLOSED}) for row in open_]
        return [Edit(Mentees, now.id, {"status": MenteeStatus.CLOSED}, shown=shown), *closed]

    needs = Needs(
        rows=((Mentees.tab, shown.id),),
        where=((Referrals.tab, "mentee", shown.id), (Assignments.tab, "mentee", shown.id)),
    )
    return records.commit(ctx, op_id, "groups.edit", ["close", shown.id], needs, decide)
