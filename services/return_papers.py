"""What a return leaves as: the monthly figures, quarterly spend and cost register as Excel, the narrative (D14).

None of these holds personal data; the Mentee Tracker does, and has a file of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from schemas.column import Column, Row, money, number, text
from schemas.contracts import Improvements, ImprovementStatus
from schemas.words import N_, Message, Money, Month, message, say
from services import access, buyer_books, contracts, costs, exports, records, returns
from services.context import Context
from services.returns import Pmi
from services.rules.measures import Measure, Unit
from services.rules.periods import Period

PMI_COLUMNS: tuple[Column, ...] = (
    text(N_("Measure"), name="measure"),
    text(N_("Referral route"), name="route"),
    number(N_("Figure"), name="value"),
    text(N_("Counted in"), name="unit"),
    text(N_("How it is counted"), name="definition"),
)
SPEND_COLUMNS: tuple[Column, ...] = (
    text(N_("Month"), name="month"),
    text(N_("Supplier"), name="supplier"),
    text(N_("What for"), name="what"),
    money(N_("Paid to subcontractors"), name="subcontractor"),
    money(N_("Paid to small and medium enterprises"), name="sme"),
)
COST_COLUMNS: tuple[Column, ...] = (
    text(N_("Month"), name="month"),
    text(N_("What for"), name="what"),
    money(N_("Planned"), name="planned"),
    money(N_("Actual"), name="actual"),
)
NOTHING = Decimal(0)


def pmi_file(ctx: Context, made: Pmi, book: bytes = b"") -> bytes:
    """The monthly figures as an Excel workbook, each with its definition; `book` is the buyer's own, to be filled."""
    access.require(ctx, "returns.see")
    cells = contracts.terms_of(ctx).pmi_cells
    if book or cells:
        values = {
            each.key: returns.written(each) if each.value is None else each.value for each in made.measures
        }
        return buyer_books.with_cells(
            buyer_books.chosen(book, cells), cells, values | {"left-out": Decimal(made.left_out)}
        )
    rows = [_pmi_row(ctx, each) for each in made.measures]
    left_out = (
        say(LEFT_OUT, ctx.language),
        "",
        Decimal(made.left_out),
        _unit(ctx, Unit.COUNT),
        say(WHY_LEFT_OUT, ctx.language),
    )
    return exports.excel(exports.Sheet("PMI", PMI_COLUMNS, (*rows, left_out), ctx.language))


LEFT_OUT = N_("Left out of every figure")
WHY_LEFT_OUT = N_(
    "Referrals of people who are not customers and had withdrawn their consent by the day this was made."
)


def _pmi_row(ctx: Context, each: Measure) -> tuple[Any, ...]:
    route = ctx.programme.choice_words("routes", each.route, ctx.language) if each.route else ""
    value = returns.written(each) if each.value is None else each.value
    return (
        say(each.title, ctx.language),
        route,
        value,
        _unit(ctx, each.unit),
        say(each.definition, ctx.language),
    )


def _unit(ctx: Context, unit: Unit) -> str:
    return say(unit.value, ctx.language)


def pmi_name(month: Period) -> str:
    """The file's name, by month."""
    return f"pmi-{month.first:%Y-%m}.xlsx"


# --- money ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spend:
    """What went to subcontractors and to small and medium enterprises in a quarter; one may be both."""

    period: Period
    subcontractor: Decimal
    sme: Decimal
    lines: tuple[Row, ...]


def spend(ctx: Context, contract: Row, period: Period) -> Spend:
    """The actual costs of a quarter, by whom they were paid to (3.8)."""
    found = [
        row for row in _in_period(costs.listed(ctx, contract), period)
        if row["actual_pounds"] and (row["is_subcontractor"] or row["is_sme"])
    ]  # fmt: skip
    return Spend(period, _paid(found, "is_subcontractor"), _paid(found, "is_sme"), tuple(found))


def _in_period(lines: Iterable[Row], period: Period) -> list[Row]:
    return sorted(
        (row for row in lines if row["month"] in period), key=lambda row: (row["month"], row["what"])
    )


def _paid(lines: Iterable[Row], to: str) -> Decimal:
    return sum((row["actual_pounds"] for row in lines if row[to]), NOTHING)


def spend_file(ctx: Context, contract: Row, period: Period) -> bytes:
    """The quarter's spend with its two totals; a quarter without any says nought (nil return)."""
    made = spend(ctx, contract, period)
    rows = [
        (
            _month(ctx, row["month"]),
            row["supplier"],
            row["what"],
            row["actual_pounds"] if row["is_subcontractor"] else None,
            row["actual_pounds"] if row["is_sme"] else None,
        )
        for row in made.lines
    ]
    total = (say(N_("Total"), ctx.language), "", "", made.subcontractor, made.sme)
    return exports.excel(exports.Sheet("Spend", SPEND_COLUMNS, (*rows, total), ctx.language))


def cost_register_file(ctx: Context, contract: Row, period: Period) -> bytes:
    """The cost register to the end of the half-year: planned beside actual, line by line (3.8)."""
    lines = _in_period(costs.listed(ctx, contract), Period(contract["starts_on"].replace(day=1), period.last))
    rows = [
        (_month(ctx, row["month"]), row["what"], row["planned_pounds"], row["actual_pounds"]) for row in lines
    ]
    planned, actual = (sum((row[name] or NOTHING for row in lines), NOTHING) for name in SUMS)
    total = (say(N_("Total"), ctx.language), "", planned, actual)
    return exports.excel(exports.Sheet("Cost register", COST_COLUMNS, (*rows, total), ctx.language))


SUMS = ("planned_pounds", "actual_pounds")


def _month(ctx: Context, first: date) -> str:
    return say(message("{month}", month=Month(first)), ctx.language)


# --- the narrative -----------------------------------------------------------------------------------------


def narrative(ctx: Context, contract: Row, month: Period) -> str:
    """The month in words with its figures filled in, for the Contract Manager to finish (2.25, D14)."""
    access.require(ctx, "returns.send")
    made = returns.fresh_pmi(ctx, contract, month)
    parts = (_spent(ctx, contract, month), _recruited(made), MITIGATIONS, _remedial(ctx, contract, month))
    return "\n\n".join(say(part, ctx.language) for part in parts)


MITIGATIONS = Message(N_("Mitigations where numbers are lower than expected:"))


def _spent(ctx: Context, contract: Row, month: Period) -> Message:
    lines = costs.listed(ctx, contract)
    till = Period(contract["starts_on"].replace(day=1), month.last)
    now, so_far = _in_period(lines, month), _in_period(lines, till)
    sums: dict[str, object] = {
        f"{called}_{name.removesuffix('_pounds')}": Money(sum((row[name] or NOTHING for row in of), NOTHING))
        for called, of in (("now", now), ("far", so_far))
        for name in SUMS
    }
    words = N_(
        "Spend against profile: {now_actual} this month, planned {now_planned}; "
        "{far_actual} so far, planned {far_planned}."
    )
    return Message(words, sums)


def _recruited(made: Pmi) -> Message:
    return message(
        N_(
            "Recruitment: {new} new referrals and {starts} new starts this month; {referrals} referrals, {all_starts} "
            "starts and {completions} completions so far. Peer mentors: {joined} joined, {left} left."
        ),
        new=made.value("new-referrals"),
        starts=made.value("new-starts"),
        referrals=made.value("referrals"),
        all_starts=made.value("starts"),
        completions=made.value("completions"),
        joined=made.value("joined"),
        left=made.value("left"),
    )


def _remedial(ctx: Context, contract: Row, month: Period) -> Message:
    found = [
        row for row in records.view(ctx).where(Improvements, "contract", contract.id)
        if row["status"] != ImprovementStatus.CLOSED and row["month"] <= month.first
    ]  # fmt: skip
    if not found:
        return Message(N_("Remedial plans: none open."))
    titles = {level.code: level.title for level in contracts.terms_of(ctx).levels}
    named = ", ".join(
        dict.fromkeys(titles[row["level"]].said(ctx.language) for row in found if row["level"] in titles)
    )
    return message(
        N_("Remedial plans: {count} plan open ({names})."),
        N_("Remedial plans: {count} plans open ({names})."),
        len(found),
        names=named,
    )
