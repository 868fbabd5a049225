"""The Mentee Tracker: a line for each mentee with every field of paragraph 3.5, and the file that goes out (D13).

A mentor sees the lines of their own mentees and no others (3.6). The file leaves encrypted, with a password, made by
the Contract Manager alone; names are not asked for by 3.5 and are not in it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from schemas.cases import CaseOutcome, Cases, Disclosure, Interviews, OutcomeKind, Outcomes, OutcomeStep
from schemas.column import Column, Row, number, text, yes_no
from schemas.column import date as day
from schemas.contracts import ReturnKind
from schemas.mentees import Mentees, Plans
from schemas.words import N_
from schemas.work import Attendance, Sessions
from services import access, buyer_books, contracts, exports, journeys, passwords, records, returns
from services.context import Context
from services.returns import Sending, by_case
from services.rules.periods import Period
from services.store.interface import Receipt

_TREATMENT, _PROGRAMME = OutcomeKind.TREATMENT, OutcomeKind.BUYER_PROGRAMME
COLUMNS: tuple[Column, ...] = (
    text(N_("Our reference"), name="number"),
    text(N_("NINO (DWP customers only)"), name="nino", personal=True),
    text(N_("Taking part"), name="taking_part"),
    day(N_("Start date"), name="started_on"),
    text(N_("Addiction type"), name="addiction", personal=True),
    text(N_("Employment history"), name="employment", personal=True),
    text(N_("Benefit type"), name="benefit"),
    text(N_("Treatment status"), name="treatment", personal=True),
    text(N_("Referral route"), name="route"),
    day(N_("Diagnostic interview completed"), name="interview_on"),
    day(N_("SMART Action Plan completed"), name="plan_on"),
    yes_no(N_("Disclosure to Jobcentre Plus: pre-disclosed"), name="predisclosed"),
    day(N_("Disclosure to Jobcentre Plus: post-disclosure date"), name="disclosed_on"),
    yes_no(N_("Barrier: other health"), name="barrier_health"),
    yes_no(N_("Barrier: offending"), name="barrier_offending"),
    yes_no(N_("Barrier: housing"), name="barrier_housing"),
    text(N_("Barrier: other"), name="barrier_other", personal=True),
    number(N_("Appointments attended"), name="attended"),
    number(N_("Appointments missed"), name="missed"),
    text(N_("Early departure or dropout"), name="departure"),
    day(N_("Early departure or dropout: date"), name="left_on"),
    text(N_("Early departure or dropout: reason"), name="left_reason", personal=True),
    day(N_("Referral to treatment"), name="treatment_referred"),
    day(N_("Entering treatment"), name="treatment_started"),
    day(N_("Completing treatment"), name="treatment_completed"),
    day(N_("Dropping out of treatment"), name="treatment_left"),
    text(N_("Dropping out of treatment: reason"), name="treatment_reason", personal=True),
    text(N_("Buyer’s employment programme referred to"), name="programme"),
    day(N_("Buyer’s employment programme: referred"), name="programme_referred"),
    day(N_("Buyer’s employment programme: started"), name="programme_started"),
    day(N_("Buyer’s employment programme: completed"), name="programme_completed"),
    day(N_("Entering training"), name="training_on"),
    text(N_("Training: type"), name="training_type", personal=True),
    day(N_("Entering volunteering"), name="volunteering_on"),
    text(N_("Volunteering: type"), name="volunteering_type", personal=True),
    day(N_("Entering education"), name="education_on"),
    text(N_("Education: type"), name="education_type", personal=True),
    day(N_("Entering employment"), name="work_on"),
    text(N_("Employment: sector"), name="work_type", personal=True),
)
ENTERED = {
    "training": OutcomeKind.TRAINING,
    "volunteering": OutcomeKind.VOLUNTEERING,
    "education": OutcomeKind.EDUCATION,
    "work": OutcomeKind.WORK,
}
STARTED, UNWILLING = N_("started"), N_("unwilling to start")
DROPOUT, EARLY = N_("dropout"), N_("left early")
Values = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """A mentee's line; `values` by the columns' names, the National Insurance number masked."""

    case: Row
    mentee: Row
    values: Values


@dataclass(frozen=True)
class Tracker:
    """The lines of a month, with how many were left out: consent withdrawn, or none recorded where it is needed."""

    contract: Row | None
    month: Period
    lines: tuple[Line, ...]
    left_out: int
    without_consent: int


def of_month(ctx: Context, contract: Row | None, month: Period, mentor: str = "") -> Tracker:
    """Whoever started by the month's end, or was unwilling to, of those one may see; `mentor` narrows it (3.6)."""
    access.require(ctx, "tracker.see")
    areas = set(contract["areas"]) if contract else None
    cases = [
        case
        for case in records.view(ctx).all(Cases)
        if (areas is None or case["area"] in areas)
        and (not mentor or case["mentor"] == mentor)
        and _is_in(case, month)
    ]
    reading = _Reading(ctx, month)
    told = [(case, reading.mentees[case["mentee"]]) for case in cases if case["mentee"] in reading.mentees]
    lines = tuple(reading.line(case, mentee) for case, mentee in told if may_be_told(mentee))
    # how many left consent is for those who see every mentee: a mentor's count would point at one (RM46)
    gone = len(returns.left_out(ctx, contract)) if access.may(ctx, "returns.see") else 0
    return Tracker(contract, month, lines, gone, len(told) - len(lines))


def may_be_told(mentee: Row) -> bool:
    """Whether the buyer may have a person's line: a customer, or consent recorded (2.26, 2.28)."""
    return mentee["is_customer"] is True or mentee["consent_on"] is not None


def _is_in(case: Row, month: Period) -> bool:
    if case["started_on"] is not None:
        return bool(case["started_on"] <= month.last)
    return (
        case["outcome"] == CaseOutcome.UNWILLING
        and case["met_on"] is not None
        and case["met_on"] <= month.last
    )


class _Reading:
    """The registers that a tracker is made of, each looked through once."""

    def __init__(self, ctx: Context, month: Period) -> None:
        rows = records.view(ctx)
        self.ctx, self.last = ctx, month.last
        self.mentees = {row.id: row for row in rows.all(Mentees)}
        self.interviews = by_case(rows.all(Interviews))
        self.plans, self.sessions = by_case(rows.all(Plans)), by_case(rows.all(Sessions))
        self.outcomes = by_case(rows.all(Outcomes))

    def line(self, case: Row, mentee: Row) -> Line:
        values = {
            "number": case["number"] or case.id,
            "nino": records.masked(self.ctx, mentee, "nino") if mentee["is_customer"] else "",
            "taking_part": STARTED if self._by_then(case["started_on"]) else UNWILLING,
            "started_on": self._by_then(case["started_on"]),
            "benefit": case["benefit"],
            "route": case["route"],
            "interview_on": self._by_then(case["started_on"]),
            "plan_on": self._by_then(self._plan_agreed_on(case)),
            **self._interview(case),
            **self._engagement(case),
            **self._support(self.outcomes.get(case.id, [])),
        }
        return Line(case, mentee, values)

    def _by_then(self, on: date | None) -> date | None:
        return on if on is not None and on <= self.last else None

    def _plan_agreed_on(self, case: Row) -> date | None:
        return journeys.facts_of(self.ctx.programme, case, self.plans.get(case.id, []), []).plan_agreed_on

    def _interview(self, case: Row) -> Values:
        held = [row for row in self.interviews.get(case.id, []) if self._by_then(row["held_on"])]
        if not held:
            return {}
        row = max(held, key=lambda each: each["held_on"])
        return {
            "addiction": row["addiction"],
            "employment": row["employment"],
            "treatment": row["treatment"],
            "predisclosed": row["disclosure"] == Disclosure.BEFORE if row["disclosure"] else None,
            "disclosed_on": self._by_then(row["disclosed_on"])
            if row["disclosure"] == Disclosure.AFTER
            else None,
            **{
                name: row[name]
                for name in ("barrier_health", "barrier_offending", "barrier_housing", "barrier_other")
            },
        }

    def _engagement(self, case: Row) -> Values:
        """Attended at any length, and missed (D13)."""
        held = [row for row in self.sessions.get(case.id, []) if self._by_then(row["held_on"])]
        left_on = self._by_then(case["left_on"])
        return {
            "attended": Decimal(sum(row["attendance"] == Attendance.ATTENDED for row in held)),
            "missed": Decimal(sum(row["attendance"] == Attendance.MISSED for row in held)),
            "departure": (DROPOUT if case["is_dropout"] else EARLY) if left_on else None,
            "left_on": left_on,
            "left_reason": case["left_reason"] if left_on else None,
        }

    def _support(self, outcomes: Iterable[Row]) -> Values:
        steps: dict[tuple[str, str], list[Row]] = {}
        for row in sorted(outcomes, key=lambda each: each["reached_on"]):
            if self._by_then(row["reached_on"]):
                steps.setdefault((row["kind"], row["step"]), []).append(row)
        values: Values = {}
        for kind, name in ((_TREATMENT, "treatment"), (_PROGRAMME, "programme")):
            for step, called in STEPS.items():
                values[f"{name}_{called}"] = _first(steps.get((kind, step), []))
        values.pop("programme_left", None)
        values["treatment_reason"] = _words(steps.get((_TREATMENT, OutcomeStep.LEFT), []), "reason")
        values["programme"] = _words(steps.get((_PROGRAMME, OutcomeStep.REFERRED), []), "what")
        for name, kind in ENTERED.items():
            entered = steps.get((kind, OutcomeStep.STARTED), [])
            values |= {f"{name}_on": _first(entered), f"{name}_type": _words(entered, "what")}
        return values


STEPS: Mapping[str, str] = {
    OutcomeStep.REFERRED: "referred",
    OutcomeStep.STARTED: "started",
    OutcomeStep.COMPLETED: "completed",
    OutcomeStep.LEFT: "left",
}


def _first(rows: list[Row]) -> date | None:
    return rows[0]["reached_on"] if rows else None


def _words(rows: list[Row], column: str) -> str | None:
    return "; ".join(dict.fromkeys(row[column] for row in rows if row[column])) or None


# --- the file --------------------------------------------------------------------------------------------


def file(
    ctx: Context, contract: Row | None, month: Period, password: str, mentor: str = "", book: bytes = b""
) -> bytes:
    """The tracker as an Excel workbook that opens only with the password (RM55, RM56, 3.4).

    `book` is the buyer's own workbook, filled by the programme's map of columns; blank is ours.
    """
    access.require(ctx, "returns.tracker")
    passwords.check(password)
    made = of_month(ctx, contract, month, mentor)
    rows = [_whole(ctx, line) for line in made.lines]
    columns = contracts.terms_of(ctx).tracker_columns
    if book or columns:
        filled = buyer_books.with_rows(
            buyer_books.chosen(book, columns), columns, [_said(row) for row in rows]
        )
        return passwords.protected(filled, password)
    cells = tuple(tuple(row.get(column.name) for column in COLUMNS) for row in rows)
    sheet = exports.Sheet("Mentee Tracker", COLUMNS, cells)
    return exports.excel_file(sheet, password=password, is_personal=True)


def _whole(ctx: Context, line: Line) -> Values:
    """The line with the number in full, opened to be printed; each opening is logged."""
    if not line.values["nino"]:
        return line.values
    return line.values | {"nino": records.opened(ctx, line.mentee, "nino")}


def _said(values: Values) -> Values:
    return {
        name: ("yes" if value else "no") if isinstance(value, bool) else value
        for name, value in values.items()
    }


def file_name(month: Period) -> str:
    """By month alone: file names carry nobody's name."""
    return f"mentee-tracker-{month.first:%Y-%m}.xlsx"


def send(ctx: Context, op_id: str, contract: Row, month: Period, values: Sending) -> Receipt:
    """Write down that the tracker went, each line sealed as it was (D13)."""
    access.require(ctx, "returns.tracker")
    made = of_month(ctx, contract, month)
    lines = [
        {"measure": f"{place:04d}", "mentee": line.mentee.id, "content": content(line.values)}
        for place, line in enumerate(made.lines, start=1)
    ]
    return returns.send(ctx, op_id, contract, ReturnKind.TRACKER, month, values, lines)


def content(values: Values) -> str:
    """A line as it is kept: filled fields alone, days as they are written everywhere, the number masked."""
    filled = {name: value for name, value in values.items() if value not in (None, "")}
    return json.dumps(filled, ensure_ascii=False, default=str)
