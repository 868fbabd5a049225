"""What waits for the Programme Manager and the Facilitator (X10)."""

from collections.abc import Iterator
from decimal import Decimal

from schemas.assignments import (
    Assignments,
    AssignmentStatus,
    Interests,
    InterestStatus,
    Variations,
    VariationStatus,
)
from schemas.column import Row
from schemas.mentees import Mentees, Referrals, ReferralStatus
from schemas.mentors import Mentors, MentorStatus, Seats
from schemas.money import Figures, Proposals, ProposalStatus
from schemas.words import N_, Message, Money, message
from schemas.work import Advice, AdviceStatus
from services import access, approvals, feedback, payees, people, rates, retention
from services.context import Context
from services.due.item import Due, by, cover_of, day_of, oldest
from services.records import Rows
from services.rules import forum

# What a proposal's action asks of its second person: the right, the words, the page; anything else is a voiding.
PROPOSED = {
    payees.ACTION: ("payees.confirm", N_("Confirm payee details"), "payees"),
    retention.ACTION: ("retention.confirm", N_("Clear what is kept long enough"), "retention"),
    "": ("invoices.confirm_void", N_("Confirm a credit note"), "register"),
}


def hours_to_approve(ctx: Context, rows: Rows) -> Iterator[Due]:
    ready = [claim for claim in approvals.waiting(ctx) if claim.is_ready]
    if not ready:
        return
    mentors = {claim.line["mentor"] for claim in ready}
    lines = message(N_("{count} line"), N_("{count} lines"), len(ready))
    who = message(N_("from {count} mentor"), N_("from {count} mentors"), len(mentors))
    pounds = Money(sum((claim.pounds for claim in ready), Decimal()))
    yield Due(
        "hours",
        message(N_("Approve hours")),
        message(N_("{lines} {who}, {pounds}"), lines=lines, who=who, pounds=pounds),
        oldest(ctx, [claim.line for claim in ready], "submitted_on", "approve_hours"),
        "approvals",
        Message(N_("Approve")),
    )


def relationships_to_assess(ctx: Context, rows: Rows) -> Iterator[Due]:
    for row in rows.where(Interests, "status", InterestStatus.DECLARED):
        if not people.is_self(ctx, row["mentor"]):
            yield Due(
                "relationship",
                Message(N_("Assess a declared relationship")),
                _pair(rows, row),
                by(ctx, row["declared_on"], "assess_relationship"),
                "interests",
                Message(N_("Assess")),
                {"id": row.id},
            )


def _pair(rows: Rows, row: Row) -> Message:
    group = rows.name(Mentees, row["mentee"])
    return message(N_("{group} · {mentor}"), group=group, mentor=rows.name(Mentors, row["mentor"]))


def advice_to_review(ctx: Context, rows: Rows) -> Iterator[Due]:
    for row in rows.where(Advice, "status", AdviceStatus.IN_REVIEW):
        yield Due(
            "advice",
            Message(N_("Review written advice")),
            _pair(rows, row),
            by(ctx, day_of(row), "review_advice"),
            "advice-review",
            Message(N_("Review")),
            {"id": row.id},
        )


def assignments_to_approve(ctx: Context, rows: Rows) -> Iterator[Due]:
    for row in rows.where(Assignments, "status", AssignmentStatus.PROPOSED):
        yield Due(
            "assignment",
            Message(N_("Approve an assignment")),
            message(
                N_("{group} · {mentor}"),
                group=rows.name(Assignments, row.id),
                mentor=rows.name(Mentors, row["mentor"]),
            ),
            by(ctx, row["chosen_on"], "approve_assignment"),
            "assignments",
            Message(N_("Open")),
            {"id": row.id},
        )


def variations_to_decide(ctx: Context, rows: Rows) -> Iterator[Due]:
    for row in rows.where(Variations, "status", VariationStatus.PROPOSED):
        yield Due(
            "variation",
            Message(N_("Decide on more days")),
            message(
                N_("{group} · {days} more days"),
                group=rows.name(Assignments, row["assignment"]),
                days=row["days"],
            ),
            by(ctx, day_of(row), "decide_variation"),
            "assignments",
            Message(N_("Decide")),
            {"id": row["assignment"]},
        )


def cover_that_ends(ctx: Context, rows: Rows) -> Iterator[Due]:
    for row in rows.where(Mentors, "status", MentorStatus.APPROVED):
        due = cover_of(ctx, row)
        if due is not None:
            yield Due(
                "insurance",
                due[0],
                Message(row["name"]),
                due[1],
                "mentor",
                Message(N_("See")),
                {"id": row.id},
            )


def groups_to_plan(ctx: Context, rows: Rows) -> Iterator[Due]:
    for row in rows.where(Referrals, "status", ReferralStatus.RECEIVED):
        yield Due(
            "plan",
            Message(N_("Make an action plan")),
            Message(rows.name(Mentees, row["mentee"])),
            by(ctx, row["received_on"], "plan_group"),
            "group",
            Message(N_("Plan")),
            {"id": row["mentee"]},
        )


def feedback_to_ask(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Ended assignments of which the group or the facilitator has said nothing yet (S16)."""
    missing = feedback.missing(ctx)
    if missing:
        yield Due(
            "feedback",
            Message(N_("Ask for feedback")),
            message(
                N_("{count} assignment that has ended"),
                N_("{count} assignments that have ended"),
                len(missing),
            ),
            by(ctx, min(each.ended_on for each in missing), "ask_feedback"),
            "evaluation",
            Message(N_("See")),
        )


def forum_gap(ctx: Context, rows: Rows) -> Iterator[Due]:
    terms = [_term(rows, row) for row in rows.all(Seats)]
    gap = forum.gap_ahead(terms, ctx.today, ctx.programme.due_days["forum_gap"])
    if gap is not None:
        yield Due(
            "forum",
            Message(N_("Find a Forum representative")),
            message(N_("No mentor sits on the Programme Forum from {day}"), day=gap.first),
            gap.first,
            "forum",
            Message(N_("See")),
        )


def _term(rows: Rows, seat: Row) -> forum.Term:
    mentor = rows.find(Mentors, seat["mentor"])
    left_on = mentor["left_on"] if mentor else None
    return forum.Term(seat["mentor"], seat["from_on"], seat["to_on"], left_on)


def proposals_to_confirm(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Changes that wait for me because somebody else proposed them."""
    for row in rows.where(Proposals, "status", ProposalStatus.PROPOSED):
        right, title, page = PROPOSED.get(row["action"], PROPOSED[""])
        if not access.may(ctx, right) or people.is_same_human(ctx, row["proposed_by"], ctx.actor.id):
            continue
        yield Due(
            "proposal",
            Message(title),
            message(N_("proposed on {day}"), day=row["proposed_on"]),
            by(ctx, row["proposed_on"], "confirm_payee"),
            page,
            Message(N_("Look")),
        )


def figures_to_confirm(ctx: Context, rows: Rows) -> Iterator[Due]:
    for row in rows.where(Figures, "status", ProposalStatus.PROPOSED):
        if not people.is_same_human(ctx, row["proposed_by"], ctx.actor.id):
            yield Due(
                "rate",
                Message(N_("Confirm a new figure")),
                message(
                    N_("{name}: {value} from {day}"),
                    name=Message(rates.title(row["name"])),
                    value=row["value"],
                    day=row["from_on"],
                ),
                row["from_on"],
                "rates",
                Message(N_("Look")),
            )
