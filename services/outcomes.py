"""What mentees took up: treatment, the buyer's programmes, training, work, local services (D12, D31).

Each step is dated. A later step of the same thing is not dated before an earlier one, and what a return has to say
(which programme, what type, which sector, why they left) is asked for when the step is recorded.
"""

from collections.abc import Mapping
from typing import Any

from schemas.cases import Cases, OutcomeKind, Outcomes, OutcomeStep
from schemas.column import Row
from schemas.errors import InvalidEntry, Problem
from schemas.words import N_, Message, message
from services import access, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Reader, Values
from services.store.interface import Needs, Receipt

RIGHT = "outcomes.write"
TYPED = frozenset({"kind", "step", "reached_on", "what", "organisation", "booked_for", "attended", "reason"})
# What a return says besides the date: which programme, what type of training, which sector of work (3.5).
NAMED = {
    OutcomeKind.BUYER_PROGRAMME: N_("is needed: which programme it is."),
    OutcomeKind.TRAINING: N_("is needed: what type it is."),
    OutcomeKind.VOLUNTEERING: N_("is needed: what type it is."),
    OutcomeKind.EDUCATION: N_("is needed: what type it is."),
    OutcomeKind.WORK: N_("is needed: which sector it is in."),
}
RANK = {OutcomeStep.REFERRED: 0, OutcomeStep.STARTED: 1, OutcomeStep.COMPLETED: 2, OutcomeStep.LEFT: 2}


def of_case(ctx: Context, case: str) -> list[Row]:
    """The steps of a case, the newest first."""
    access.require(ctx, "cases.see")
    found = records.view(ctx).where(Outcomes, "case", case)
    return sorted(found, key=lambda row: (row["reached_on"], RANK[row["step"]], row.id), reverse=True)


def record(ctx: Context, op_id: str, case: str, values: Values, shown: Row | None = None) -> Receipt:
    """Record a step, or mend one."""
    typed = steps.only(ctx, RIGHT, values, TYPED)
    records.view(ctx).get(Cases, case)

    def decide(fresh: FreshRows) -> list[Intent]:
        own = fresh.get(Cases, case)
        now = {**dict.fromkeys(TYPED), **(shown or {}), **typed}
        if wrong := _wrong(ctx, fresh, own, now, shown.id if shown else ""):
            raise InvalidEntry(wrong)
        if shown is not None:
            return [Edit(Outcomes, shown.id, typed, shown=shown)]
        return [New(Outcomes, {**typed, "case": case, "mentee": own["mentee"]})]

    ids = ((Outcomes.tab, shown.id),) if shown else ()
    needs = Needs(rows=((Cases.tab, case), *ids), where=((Outcomes.tab, "case", case),))
    return records.commit(ctx, op_id, RIGHT, [case, shown and shown.id, typed], needs, decide)


def attend(ctx: Context, op_id: str, shown: Row, *, attended: bool) -> Receipt:
    """Record whether somebody went to what was booked for them; not before its day (D31)."""
    return record(ctx, op_id, shown["case"], {"attended": attended}, shown)


def _wrong(ctx: Context, rows: Reader, case: Row, values: Mapping[str, Any], id_: str) -> list[Problem]:
    columns, needed = Outcomes.columns, Message(N_("is needed."))
    wrong = [columns[name].problem(needed) for name in ("kind", "step", "reached_on") if not values[name]]
    if not wrong:
        wrong = _on_a_possible_day(ctx, case, values) or _in_order(rows, case, values, id_)
    kind, step = values["kind"], values["step"]
    if kind in NAMED and not values["what"]:
        wrong.append(columns["what"].problem(Message(NAMED[kind])))
    if kind == OutcomeKind.SERVICE and not values["organisation"]:
        wrong.append(columns["organisation"].problem(Message(N_("is needed: choose it from the directory."))))
    if step == OutcomeStep.LEFT and not values["reason"]:
        wrong.append(columns["reason"].problem(needed))
    return wrong + _booking(ctx, values)


def _booking(ctx: Context, values: Mapping[str, Any]) -> list[Problem]:
    booked, referred = values["booked_for"], values["reached_on"]
    if booked is None:
        return []
    if referred and booked < referred:
        words = message(N_("can't be before {day}, when it was arranged."), day=referred)
        return [Outcomes.columns["booked_for"].problem(words)]
    if values["attended"] is not None and booked > ctx.today:
        words = message(N_("can't be said before {day}."), day=booked)
        return [Outcomes.columns["attended"].problem(words)]
    return []


def _on_a_possible_day(ctx: Context, case: Row, values: Mapping[str, Any]) -> list[Problem]:
    on, column = values["reached_on"], Outcomes.columns["reached_on"]
    if on > ctx.today:
        return [column.problem(Message(N_("can't be in the future.")))]
    if on < case["received_on"]:
        words = message(N_("can't be before the referral on {day}."), day=case["received_on"])
        return [column.problem(words)]
    return []


def _in_order(rows: Reader, case: Row, values: Mapping[str, Any], id_: str) -> list[Problem]:
    """Nothing is completed before it was started, nor started before it was referred to."""
    on, rank = values["reached_on"], RANK[values["step"]]
    for other in rows.where(Outcomes, "case", case.id):
        if other.id == id_ or not _is_same_thing(values, other):
            continue
        theirs = RANK[other["step"]]
        if (theirs < rank and other["reached_on"] > on) or (theirs > rank and other["reached_on"] < on):
            words = message(
                N_("does not fit: it was “{step}” on {day}."),
                step=Message(other["step"]),
                day=other["reached_on"],
            )
            return [Outcomes.columns["reached_on"].problem(words)]
    return []


def _is_same_thing(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(
        (one[name] or "").casefold() == (other[name] or "").casefold()
        for name in ("kind", "what", "organisation")
    )
