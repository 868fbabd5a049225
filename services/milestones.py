"""What is promised to the buyer, by when, and what waits for its approval (D20; 2.23 to 2.30, 5.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from schemas.column import Row, new_id
from schemas.contracts import Contracts, Milestones
from schemas.errors import InvalidEntry, NotYet, Problem
from schemas.words import N_, Message
from services import access, contracts, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Reader, Values
from services.rules import workdays
from services.rules.answering import months_after
from services.store.interface import Needs, Receipt
from services.terms import MilestoneTerm

TYPED = frozenset({"due_on", "sent_on", "approved_on", "note"})
WEEK = timedelta(days=7)


class State(StrEnum):
    """How a milestone stands today."""

    LATE = N_("late")
    WAITING = N_("waiting for the buyer")
    DUE = N_("due")
    ON_REQUEST = N_("when the buyer asks")
    DONE = N_("done")
    PASSED = N_("past")


@dataclass(frozen=True)
class Milestone:
    """One promise: what, by when, and what has come of it."""

    code: str
    title: Message | str
    due_on: date | None
    needs_approval: bool
    is_day: bool
    source: str
    row: Row | None

    @property
    def sent_on(self) -> date | None:
        """The day it was done, or sent to the buyer."""
        return self.row["sent_on"] if self.row is not None else None

    @property
    def approved_on(self) -> date | None:
        """The day the buyer approved it."""
        return self.row["approved_on"] if self.row is not None else None

    def state(self, today: date) -> State:
        """How it stands on a day; a day that comes by itself is never late."""
        if self.sent_on is not None:
            return State.WAITING if self.needs_approval and self.approved_on is None else State.DONE
        if self.due_on is None:
            return State.ON_REQUEST
        if self.due_on >= today:
            return State.DUE
        return State.PASSED if self.is_day else State.LATE

    def was_late(self) -> bool:
        """Whether it was done after its day."""
        return self.sent_on is not None and self.due_on is not None and self.sent_on > self.due_on


ORDER = {state: n for n, state in enumerate(State)}


def listed(ctx: Context, contract: Row) -> list[Milestone]:
    """Everything promised under a contract: late first, then by day."""
    access.require(ctx, "milestones.see")
    found = of_contract(ctx, records.view(ctx), contract)
    return sorted(found, key=lambda each: (ORDER[each.state(ctx.today)], each.due_on or date.max))


def of_contract(ctx: Context, rows: Reader, contract: Row) -> list[Milestone]:
    """The programme's own milestones with their days worked out, and those that this contract adds."""
    noted = rows.where(Milestones, "contract", contract.id)
    by_code = {row["code"]: row for row in noted if row["code"]}
    terms = contracts.terms_of(ctx)
    own = [_of_term(ctx, contract, term, by_code.get(term.code)) for term in terms.milestones]
    known = {term.code for term in terms.milestones}
    more = [
        Milestone(row["code"] or "", row["what"], row["due_on"], True, False, "", row)
        for row in noted
        if row["code"] not in known
    ]
    return [*own, *more]


def _of_term(ctx: Context, contract: Row, term: MilestoneTerm, row: Row | None) -> Milestone:
    due = row["due_on"] if row is not None and row["due_on"] else due_on(ctx, contract, term)
    title = term.title.said(ctx.language)
    return Milestone(term.code, title, due, term.is_approved, term.is_day, term.source, row)


def due_on(ctx: Context, contract: Row, term: MilestoneTerm) -> date | None:
    """The day a milestone falls due: fixed, a day of the contract, or counted from its start; `None` on request."""
    if term.on is not None:
        return term.on
    if term.of:
        day: date | None = contract[term.of]
        return day or getattr(contracts.terms_of(ctx), term.of, None)
    starts: date = contract["starts_on"]
    if term.working_days:
        return workdays.add_working_days(starts, term.working_days, contracts.terms_of(ctx).nation)
    return starts + term.weeks * WEEK if term.weeks else None


def note(ctx: Context, op_id: str, contract: str, code: str, shown: Row | None, values: Values) -> Receipt:
    """Note what came of a milestone of the programme's list: sent, approved, or the day the buyer asked for."""
    typed = steps.only(ctx, "milestones.edit", values, TYPED)
    term = next((each for each in contracts.terms_of(ctx).milestones if each.code == code), None)
    id_ = new_id(Milestones.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        held = fresh.get(Contracts, contract)
        now = _noted(fresh, contract, code, shown)
        _refuse_impossible(ctx, held, {**(now or {}), **typed})
        if now is not None:
            return [Edit(Milestones, now.id, typed, shown=shown)]
        if term is None:
            access.refuse(ctx, "milestones.edit", code)
        return [New(Milestones, {**typed, "contract": contract, "code": code, "what": term.title.en}, id_)]

    needs = Needs(rows=((Contracts.tab, contract),), where=((Milestones.tab, "contract", contract),))
    return records.commit(ctx, op_id, "milestones.edit", [contract, code, typed], needs, decide)


def _noted(fresh: FreshRows, contract: str, code: str, shown: Row | None) -> Row | None:
    if shown is not None:
        return fresh.get(Milestones, shown.id)
    if any(row["code"] == code for row in fresh.where(Milestones, "contract", contract)):
        raise NotYet(Message(N_("Somebody noted this milestone meanwhile.")), steps.LOOK_AGAIN)
    return None


def add(ctx: Context, op_id: str, contract: str, values: Values) -> Receipt:
    """Add something of this contract's own that the buyer approves, with its day."""
    typed = steps.only(ctx, "milestones.edit", values, TYPED | {"what"})
    id_ = new_id(Milestones.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.needed(Milestones, typed, "what")
        _refuse_impossible(ctx, fresh.get(Contracts, contract), typed)
        return [New(Milestones, {**typed, "contract": contract}, id_)]

    needs = Needs(rows=((Contracts.tab, contract),))
    return records.commit(ctx, op_id, "milestones.edit", [contract, typed], needs, decide)


def _refuse_impossible(ctx: Context, contract: Row, values: Values) -> None:
    problems = list(_wrong_days(ctx, contract, values))
    if problems:
        raise InvalidEntry(problems)


def _wrong_days(ctx: Context, contract: Row, values: Values) -> Iterable[Problem]:
    sent, approved = values.get("sent_on"), values.get("approved_on")
    for name, day in (("sent_on", sent), ("approved_on", approved)):
        if day is not None and day > ctx.today:
            yield Milestones.columns[name].problem(Message(N_("can't be in the future.")))
    if approved is not None and sent is None:
        yield Milestones.columns["sent_on"].problem(
            Message(N_("is needed: the buyer approves what it was sent."))
        )
    if approved is not None and sent is not None and approved < sent:
        yield Milestones.columns["approved_on"].problem(Message(N_("can't be before it was sent.")))


def asked_by(day: date) -> date:
    """One calendar month from the buyer's request: when a questionnaire is due (5.2)."""
    return months_after(day, 1)
