"""The returns to the buyer: what is due and when, the monthly figures, and what was sent, frozen (D13, D14).

A return is worked out from the cases as they are recorded now; whoever withdrew consent by the day it is made is left
out, and how many they are stands on it. What was sent stands in Returns and Return lines and comes out the same.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from schemas.cases import Cases
from schemas.column import Row, new_id
from schemas.contracts import Contracts, ReturnKind, ReturnLines, Returns
from schemas.errors import InvalidEntry, NotFound, NotYet
from schemas.mentees import Mentees, Plans
from schemas.mentors import Mentors
from schemas.words import N_, Message, Month, message, say
from schemas.work import Sessions
from services import access, consent, contracts, journeys, postings, records
from services.context import Context
from services.postings import Changed
from services.records import FreshRows, New, Reader
from services.rules import measures, periods, workdays
from services.rules.measures import Counted, Measure
from services.rules.periods import Period
from services.store.interface import Needs, Receipt

CODES: Mapping[ReturnKind, str] = {
    ReturnKind.PMI: "pmi",
    ReturnKind.TRACKER: "tracker",
    ReturnKind.SPEND: "spend",
    ReturnKind.COST_REGISTER: "cost-register",
    ReturnKind.IPR_LOG: "ipr-log",
}
NIL = "nil"
PERSONNEL: Mapping[Changed, str] = {
    Changed.JOINED: measures.JOINED,
    Changed.LEFT: measures.LEFT,
    Changed.MOVED: measures.MOVED,
    Changed.HOURS: measures.HOURS,
}


@dataclass(frozen=True)
class Pmi:
    """The performance return of a month: of one contract, or of every area where `contract` is `None`.

    `sent` is the return as it went, where it has gone: then the figures are those that went, and nothing else.
    """

    contract: Row | None
    month: Period
    due_on: date
    measures: tuple[Measure, ...]
    left_out: int
    sent: Row | None = None

    def value(self, key: str) -> str:
        """A measure's value as it is printed, by its key."""
        return written(next(each for each in self.measures if each.key == key))


@dataclass(frozen=True)
class Expected:
    """A return that is asked for: of which months, by when, and the row of what was sent."""

    contract: Row
    kind: ReturnKind
    period: Period
    due_on: date
    sent: Row | None

    def is_late(self, today: date) -> bool:
        """Sent after its day, or not sent and the day is past."""
        return (self.sent["sent_on"] if self.sent else today) > self.due_on

    @property
    def is_sent(self) -> bool:
        return self.sent is not None


# --- when ---------------------------------------------------------------------------------------------


def month_of(day: date) -> Period:
    """The calendar month of a day."""
    return periods.month_of(day)


def due_on(ctx: Context, period: Period) -> date:
    """The fifth working day of the month after, by the contract's own nation (3.4, D14)."""
    after, asked = periods.following(periods.month_of(period.last)), contracts.terms_of(ctx)
    return workdays.nth_working_day(
        after.first.year, after.first.month, asked.return_working_day, asked.nation
    )


def of_contracts(ctx: Context) -> list[Row]:
    """The contracts that returns are made for, the earliest first."""
    access.require(ctx, "returns.see")
    return sorted(records.ground(ctx).all(Contracts), key=lambda row: (row["starts_on"], row["name"]))


def expected(ctx: Context, contract: Row, kinds: Iterable[ReturnKind] = tuple(ReturnKind)) -> list[Expected]:
    """Every return whose months are over, the latest first; the last months of a contract are shorter (D14)."""
    access.require(ctx, "returns.see")
    sent = {(row["kind"], row["month"]): row for row in _sent_rows(records.ground(ctx), contract.id)}
    found = [
        Expected(contract, kind, period, due_on(ctx, period), sent.get((kind.value, period.first)))
        for kind in kinds
        for period in _periods(ctx, contract, kind)
        if period.last < ctx.today
    ]
    return sorted(
        found, key=lambda each: (each.period.last, -list(ReturnKind).index(each.kind)), reverse=True
    )


def _periods(ctx: Context, contract: Row, kind: ReturnKind) -> Iterable[Period]:
    """The months a kind of return is about, counted from the month the contract starts in."""
    every = contracts.terms_of(ctx).every_months[CODES[kind]]
    month = periods.month_of(contract["starts_on"])
    while month.first <= contract["ends_on"]:
        last = month
        for _ in range(every - 1):
            last = periods.following(last)
        end = min(last.last, periods.month_of(contract["ends_on"]).last)
        yield Period(month.first, end)
        month = periods.following(last)


def _sent_rows(rows: Reader, contract: str) -> list[Row]:
    return rows.where(Returns, "contract", contract)


# --- the figures -----------------------------------------------------------------------------------------


def pmi(ctx: Context, contract: Row | None, month: Period) -> Pmi:
    """The return of a month as it was sent, or as it would be today; of all areas where no contract is named."""
    access.require(ctx, "returns.see")
    row = sent_row(ctx, contract, ReturnKind.PMI, month)
    if row is not None:
        return Pmi(contract, month, row["due_on"], as_sent(ctx, row), int(row["left_out"] or 0), row)
    return fresh_pmi(ctx, contract, month)


def fresh_pmi(ctx: Context, contract: Row | None, month: Period) -> Pmi:
    """The figures as the records have them today, whether or not something else was sent."""
    access.require(ctx, "returns.see")
    programme = ctx.programme
    found = measures.of_month(
        counted_cases(ctx, contract),
        personnel(ctx, contract, month),
        programme.choices("routes"),
        journeys.terms(programme),
        month,
    )
    return Pmi(contract, month, due_on(ctx, month), found, len(left_out(ctx, contract)))


def counted_cases(ctx: Context, contract: Row | None) -> list[Counted]:
    """The cases of a contract's areas with their days, without those of withdrawn consent."""
    areas = set(contract["areas"]) if contract else None
    return [each for area, each in counted_by_area(ctx) if areas is None or area in areas]


def counted_by_area(ctx: Context) -> list[tuple[str, Counted]]:
    """Every case once, with its plans and sessions; the same until one of them changes."""

    def made() -> list[tuple[str, Counted]]:
        rows, programme = records.ground(ctx), ctx.programme
        plans, sessions = by_case(rows.all(Plans)), by_case(rows.all(Sessions))
        return [
            (
                case["area"],
                Counted(
                    case.id,
                    case["route"],
                    journeys.facts_of(programme, case, plans.get(case.id, []), sessions.get(case.id, [])),
                ),
            )
            for case in rows.all(Cases)
        ]

    tabs = (Cases.tab, Plans.tab, Sessions.tab, Mentees.tab)
    return ctx.workbook.derived(f"cases of the returns on {ctx.today}", tabs, ctx.programme.code, made)


def by_case(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows of a register by the case they belong to."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row["case"]:
            found.setdefault(row["case"], []).append(row)
    return found


def personnel(ctx: Context, contract: Row | None, month: Period) -> dict[str, list[str]]:
    """The mentors who joined, left, moved or changed hours in the month."""
    found: dict[str, list[str]] = {}
    for change in postings.changes(ctx, month.first, month.last, contract.id if contract else ""):
        found.setdefault(PERSONNEL[change.what], []).append(change.mentor)
    return found


def left_out(ctx: Context, contract: Row | None) -> frozenset[str]:
    """The ids of the cases left out of every figure: consent withdrawn by today, and no customer (D3, 2.25)."""
    gone = consent.withdrawn(ctx)
    areas = set(contract["areas"]) if contract else None
    return frozenset(
        case.id
        for case in records.kept(ctx).all(Cases)
        if case["mentee"] in gone and (areas is None or case["area"] in areas)
    )


def cases_behind(ctx: Context, measure: Measure) -> list[Row]:
    """The cases that make a figure, as far as one may see them (X11)."""
    access.require(ctx, "returns.see")
    rows = records.view(ctx)
    found = (rows.find(Cases, id_) for id_ in measure.rows if id_.startswith(f"{Cases.prefix}-"))
    return [row for row in found if row is not None]


def mentors_behind(ctx: Context, measure: Measure) -> list[Row]:
    """The mentors that a change in personnel is about, as far as one may see them."""
    access.require(ctx, "returns.see")
    rows = records.view(ctx)
    found = (rows.find(Mentors, id_) for id_ in measure.rows if id_.startswith(f"{Mentors.prefix}-"))
    return [row for row in found if row is not None]


def written(measure: Measure) -> str:
    """A value as it stands on the return; where there is nothing to count or divide, a nil return (3.4)."""
    return NIL if measure.value is None else str(measure.value)


# --- what was sent ---------------------------------------------------------------------------------------


def sent_row(ctx: Context, contract: Row | None, kind: ReturnKind, period: Period) -> Row | None:
    """The return that went for a contract and its months, or `None`."""
    access.require(ctx, "returns.see")
    if contract is None:
        return None
    found = _sent_rows(records.ground(ctx), contract.id)
    return next((row for row in found if row["kind"] == kind and row["month"] == period.first), None)


def as_sent(ctx: Context, row: Row) -> tuple[Measure, ...]:
    """The figures that went, in the order in which they went; no row stands behind them any more."""
    access.require(ctx, "returns.see")
    lines = sorted(records.ground(ctx).where(ReturnLines, "sent", row.id), key=lambda line: line["measure"])
    return tuple(_as_sent(ctx, line) for line in lines)


def _as_sent(ctx: Context, line: Row) -> Measure:
    key = line["measure"].partition(" ")[2]
    code, _, route = key.partition(": ")
    value = None if line["value"] == NIL else Decimal(line["value"])
    return measures.named(code, journeys.terms(ctx.programme), value, route)


def line_words(ctx: Context, line: Row, language: str) -> str:
    """What a line of a sent return is called, route and all; a measure no longer known stays as it was written."""
    code, _, route = (line["measure"] or "").partition(" ")[2].partition(": ")
    if code not in measures.TITLES:
        return line["measure"] or ""
    title = say(measures.named(code, journeys.terms(ctx.programme), None).title, language)
    return f"{title}: {ctx.programme.choice_words('routes', route, language)}" if route else title


def is_as_sent(ctx: Context, row: Row) -> bool:
    """Whether the lines still say what they said when they went."""
    access.require(ctx, "returns.see")
    lines = records.kept(ctx).where(ReturnLines, "sent", row.id)
    return bool(row["figures"] == _digest(ctx, [{**line, "content": _opened(ctx, line)} for line in lines]))


def _opened(ctx: Context, line: Row) -> str:
    return ctx.workbook.seals.readable(line["content"]) or ""


def _digest(ctx: Context, lines: Iterable[Mapping[str, Any]]) -> str:
    """Of what a line says; the id of a mentee is in its content where it matters."""
    said = sorted([line.get(name) or "" for name in ("measure", "value", "content")] for line in lines)
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


Sending = Mapping[str, Any]


def send_pmi(ctx: Context, op_id: str, contract: Row, month: Period, values: Sending) -> Receipt:
    """Write down that the monthly return went, with every figure as it is now; nothing of it changes afterwards.

    `values` are `sent_on`, `reference` and `narrative`. Refused before the month is over, and a second time.
    """
    made = fresh_pmi(ctx, contract, month)
    lines = [
        {"measure": f"{place:02d} {each.key}", "value": written(each)}
        for place, each in enumerate(made.measures)
    ]
    return send(ctx, op_id, contract, ReturnKind.PMI, month, values, lines)


def send(
    ctx: Context,
    op_id: str,
    contract: Row,
    kind: ReturnKind,
    period: Period,
    values: Sending,
    lines: Sequence[Mapping[str, Any]] = (),
) -> Receipt:
    """Write down that a return went; `lines` are what it said: measure, value, and of a tracker mentee and content."""
    _may_be_sent(ctx, contract, kind, period, values)
    gone = len(left_out(ctx, contract))

    def decide(fresh: FreshRows) -> list[New]:
        _once(fresh, contract, kind, period)
        id_ = new_id(Returns.prefix)
        own = {
            "contract": contract.id,
            "kind": kind.value,
            "month": period.first,
            "due_on": due_on(ctx, period),
            "sent_by": ctx.actor.id,
            "left_out": Decimal(gone),
            "figures": _digest(ctx, lines),
            **{name: values.get(name) for name in ("sent_on", "reference", "narrative")},
        }
        return [New(Returns, own, id_), *(New(ReturnLines, {**line, "sent": id_}) for line in lines)]

    typed = [contract.id, kind, period.first, dict(values)]
    needs = Needs(where=((Returns.tab, "contract", contract.id),))
    return records.commit(ctx, op_id, "returns.send", typed, needs, decide)


def _may_be_sent(ctx: Context, contract: Row, kind: ReturnKind, period: Period, values: Sending) -> None:
    access.require(ctx, "returns.send")
    if period not in list(_periods(ctx, contract, kind)):
        raise NotFound()
    if period.last >= ctx.today:
        raise NotYet(
            message(N_("{month} is not over yet."), month=month_name(period)),
            message(N_("Send this return from {day}."), day=periods.following(period).first),
        )
    sent_on = values.get("sent_on")
    if sent_on is not None and not period.last < sent_on <= ctx.today:
        words = message(N_("must lie after {last} and not after today."), last=period.last)
        raise InvalidEntry([Returns.sent_on.problem(words)])


def _once(fresh: FreshRows, contract: Row, kind: ReturnKind, period: Period) -> None:
    rows = fresh.where(Returns, "contract", contract.id)
    if any(row["kind"] == kind and row["month"] == period.first for row in rows):
        raise NotYet(
            Message(N_("This return is sent already, and what was sent stays as it was.")),
            Message(
                N_("Look at it in the list of what was sent. What changed since then is in the next one.")
            ),
        )


def month_name(period: Period) -> Message:
    """June 2024; several months by the first and the last."""
    last = Month(period.last)
    if periods.month_of(period.first) == period:
        return message("{month}", month=last)
    return message(N_("{first} to {last}"), first=Month(period.first), last=last)
