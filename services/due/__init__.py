"""What is due from me today, late first, each with the place where it is done (X10).

A table of small questions, each asked only of who has the right to act on it.
"""

from collections.abc import Callable, Iterator
from datetime import date

from services import access, records
from services.context import Context
from services.due import (
    care,
    cases,
    contract,
    endings,
    expenses,
    mentor,
    office,
    pairs,
    peers,
    returns,
    rights,
    staff,
)
from services.due.item import Due
from services.records import Rows

__all__ = ["Due", "of"]

Ask = Callable[[Context, Rows], Iterator[Due]]

# The right it asks for, the part of a programme it belongs to (blank: every one), the question.
ASKED: tuple[tuple[str, str, Ask], ...] = (
    ("timesheets.approve", "approvals", staff.hours_to_approve),
    ("interests.assess", "assignments", staff.relationships_to_assess),
    ("advice.review", "advice", staff.advice_to_review),
    ("assignments.approve", "assignments", staff.assignments_to_approve),
    ("variations.decide", "assignments", staff.variations_to_decide),
    ("checks.record", "pool", staff.cover_that_ends),
    ("groups.edit", "groups", staff.groups_to_plan),
    ("seats.edit", "forum", staff.forum_gap),
    ("invoices.see", "", staff.proposals_to_confirm),
    ("rates.confirm", "rates", staff.figures_to_confirm),
    ("timesheets.submit", "approvals", mentor.time),
    ("sessions.write", "records", mentor.records_to_write),
    ("own.insurance", "pool", mentor.cover_to_renew),
    ("advice.write", "advice", mentor.advice_to_mend),
    ("invoices.issue", "quarter", office.quarter_to_issue),
    ("invoices.pay", "quarter", office.letters_to_pay),
    ("feedback.see", "evaluation", staff.feedback_to_ask),
    ("returns.send", "returns", returns.returns_to_send),
    ("improvements.edit", "returns", returns.plans_to_write),
    ("samples.draw", "returns", returns.samples_to_draw),
    ("milestones.edit", "contracts", contract.milestones_to_send),
    ("milestones.edit", "contracts", contract.approvals_to_ask),
    ("bills.issue", "contracts", contract.bills_to_issue),
    ("costs.edit", "contracts", contract.costs_to_fill_in),
    ("costs.edit", "contracts", contract.deferrals_to_complete),
    ("visits.record", "contracts", contract.visits_to_make),
    ("team.record", "contracts", contract.training_to_give),
    ("team.record", "contracts", contract.evaluation_to_hold),
    ("postings.edit", "contracts", contract.gaps_to_fill),
    ("buyer.edit", "contracts", contract.meetings_to_hold),
    ("exceptions.allow", "", office.exceptions_to_review),
    ("complaints.record", "complaints", care.complaints_to_answer),
    ("concerns.see", "concerns", care.concerns_to_take_up),
    ("people.edit", "concerns", care.duty_to_name),
    ("cases.allocate", "cases", cases.cases_to_allocate),
    ("cases.write", "cases", cases.steps_to_take),
    ("meetings.write", "cases", endings.appointments_to_record),
    ("cases.write", "cases", endings.steps_to_take),
    ("refunds.decide", "cases", endings.refunds_to_decide),
    ("refunds.pay", "cases", endings.refunds_to_pay),
    ("placements.edit", "placements", peers.requests_to_move),
    ("projects.edit", "placements", peers.project_steps),
    ("orders.issue", "placements", peers.orders_to_issue),
    ("peers.remove", "placements", peers.peers_to_remove),
    ("own.profile", "placements", peers.own),
    ("pairs.edit", "pairs", pairs.requests_to_match),
    ("pairs.edit", "pairs", pairs.steps_of_pairs),
    ("pairs.edit", "pairs", pairs.pairs_to_end),
    ("pairs.edit", "pairs", pairs.workers_to_name),
    ("pairs.edit", "pairs", pairs.retiring_to_ask),
    ("supervision.write", "courses", pairs.supervision_to_hold),
    ("setup.edit", "pairs", pairs.stages_to_agree),
    ("answers.respond", "pairs", pairs.answers_to_act_on),
    ("answers.empty", "pairs", pairs.box_to_empty),
    ("review.see", "review", pairs.review_to_make),
    ("sheets.write", "pairs", pairs.sheets_to_write),
    ("own.policies", "pairs", pairs.own_preparation),
    ("expenses.decide", "expenses", expenses.items_to_agree),
    ("expenses.decide", "expenses", expenses.claims_to_decide),
    ("expenses.pay", "expenses", expenses.claims_to_pay),
    ("expenses.claim", "expenses", expenses.own_to_send),
    ("requests.handle", "", rights.requests_to_answer),
    ("people.edit", "", office.leavers_to_stop),
    ("workbook.setup", "", office.keys_lost),
    ("workbook.check", "", office.wrong_cells),
)


def of(ctx: Context) -> list[Due]:
    """Everything due from the actor, late first; what has no day comes last."""
    access.require(ctx, "home.see")
    rows = records.view(ctx)
    found = [
        due
        for right, part, ask in ASKED
        if access.may(ctx, right) and (not part or part in ctx.programme.pages)
        for due in ask(ctx, rows)
    ]
    return sorted(found, key=lambda due: (due.on or date.max, due.kind))
