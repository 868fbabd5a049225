"""The SMART Action Plan and the final review as Word files, in the mentee's own language (D8, D11, D24)."""

from collections.abc import Sequence

from schemas.cases import Cases
from schemas.column import Row
from schemas.errors import NotYet
from schemas.mentees import Mentees, Plans, PlanStatus
from schemas.mentors import Mentors
from schemas.words import N_, Message, day_words, plain, say
from services import access, endings, journeys, plans, records, smart_plans
from services.context import Context
from services.documents import DOCUMENTS, FinalReview, PlanRow, ReviewRow, SmartPlan, render
from services.records import Rows
from services.rules import levels

BY_HAND = "signed by hand"


def language_of(mentee: Row) -> str:
    """The language of somebody's papers: Welsh for whoever asked for it (D24)."""
    return "cy" if mentee["wants_welsh"] is True else "en"


def plan_file(ctx: Context, plan: str, language: str) -> bytes:
    """One version of a SMART Action Plan as a Word file."""
    access.require(ctx, "cases.see")
    kind = DOCUMENTS["smart-plan"]
    return render(kind.template(ctx.programme.documents, language), plan_paper(ctx, plan, language), language)


def plan_paper(ctx: Context, id_: str, language: str) -> SmartPlan:
    """What a version of a plan says."""
    rows = records.view(ctx)
    plan = rows.get(Plans, id_)
    case = rows.get(Cases, plan["case"] or "")
    not_yet = say(N_("not agreed yet"), language)
    how = _choice(ctx, "confirmations", plan["confirmed_how"], language)
    return SmartPlan(
        programme=ctx.programme.name.said(language),
        iso_date=(plan["agreed_on"] or ctx.today).isoformat(),
        mentee=rows.name(Mentees, case["mentee"]),
        mentor=_mentor(ctx, case),
        version=plain(plan["version"]),
        agreed_on=day_words(plan["agreed_on"], language) if plan["agreed_on"] else not_yet,
        confirmed_how=how or not_yet,
        reviewed_on=day_words(plan["reviewed_on"], language) if plan["reviewed_on"] else "",
        aim=plan["opportunities"] or "",
        actions=tuple(_plan_row(row, language) for row in plans.actions_of(rows, plan.id)),
        next_steps=plan["next_steps"] or "",
        is_to_sign=plan["status"] == PlanStatus.DRAFT or plan["confirmed_how"] == BY_HAND,
    )


def _plan_row(action: Row, language: str) -> PlanRow:
    return PlanRow(
        action=action["title"],
        measure=action["measure"] or "",
        means=action["means"] or "",
        reason=action["reason"] or "",
        by_when=_day(action, language),
        progress=_step(action, language),
    )


def review_file(ctx: Context, case: str, language: str) -> bytes:
    """The final review as a Word file, once it was held."""
    access.require(ctx, "cases.see")
    kind = DOCUMENTS["final-review"]
    template = kind.template(ctx.programme.documents, language)
    return render(template, review_paper(ctx, case, language), language)


def review_paper(ctx: Context, id_: str, language: str) -> FinalReview:
    """What the final review says: how far each action came, and the next steps."""
    rows = records.view(ctx)
    case = rows.get(Cases, id_)
    plan = smart_plans.in_force(rows, id_)
    if case["completed_on"] is None or plan is None:
        raise NotYet(Message(N_("The final review has not been held yet.")), Message(N_("Record it first.")))
    held = levels.counted(journeys.facts(ctx.programme, rows, case), journeys.terms(ctx.programme))
    return FinalReview(
        programme=ctx.programme.name.said(language),
        iso_date=case["completed_on"].isoformat(),
        mentee=rows.name(Mentees, case["mentee"]),
        mentor=_mentor(ctx, case),
        started_on=day_words(case["started_on"], language),
        completed_on=day_words(case["completed_on"], language),
        sessions=str(len(held)),
        actions=_review_rows(rows, plan, language),
        next_steps=plan["next_steps"] or "–",
        is_customer=endings.is_customer(rows.find(Mentees, case["mentee"])),
    )


def _review_rows(rows: Rows, plan: Row, language: str) -> tuple[ReviewRow, ...]:
    found: Sequence[Row] = plans.actions_of(rows, plan.id)
    return tuple(
        ReviewRow(action=row["title"], by_when=_day(row, language), progress=_step(row, language))
        for row in found
    )


def _mentor(ctx: Context, case: Row) -> str:
    return records.ground(ctx).name(Mentors, case["mentor"]) or "–"


def _day(action: Row, language: str) -> str:
    return day_words(action["by_on"], language) if action["by_on"] else ""


def _step(action: Row, language: str) -> str:
    return say(str(action["step"] or ""), language)


def _choice(ctx: Context, options: str, value: str | None, language: str) -> str:
    return ctx.programme.choice_words(options, value, language) if value else ""
