"""The baseline survey, the dates of those that follow, and whom the analysts can't find any more (D21; 1.26, 1.27)."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from schemas.cases import Cases
from schemas.column import Row
from schemas.errors import InvalidEntry
from schemas.kinds import instant
from schemas.mentees import Mentees
from schemas.words import N_, UK, Message
from services import access, journeys, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, Values
from services.rules.answering import months_after
from services.store.interface import Needs, Receipt

SURVEY = frozenset({"survey_on", "survey_returned_on"})
CONTACT = ("phone", "email")


def record(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Record when the baseline survey was done, and when it was returned to the buyer's analysts."""
    typed = steps.only(ctx, "cases.write", values, SURVEY)
    for name in SURVEY:
        steps.not_ahead(ctx, Cases, name, typed.get(name))

    def decide(fresh: FreshRows) -> list[Intent]:
        case = Row(fresh.get(Cases, shown.id), **typed)
        if case["started_on"] is None:
            _refuse("survey_on", Message(N_("belongs to the first session. Record the start first.")))
        done, returned = case["survey_on"], case["survey_returned_on"]
        if returned is not None and (done is None or returned < done):
            _refuse("survey_returned_on", Message(N_("can't be before the survey was done.")))
        return [Edit(Cases, shown.id, typed, shown=shown)]

    needs = Needs(rows=((Cases.tab, shown.id),))
    return records.commit(ctx, op_id, "cases.write", [shown.id, typed], needs, decide)


def _refuse(name: str, words: Message) -> None:
    raise InvalidEntry([Cases.columns[name].problem(words)])


def follow_ups(ctx: Context, case: Row) -> tuple[date, ...]:
    """When the later surveys fall: six and twelve months after the baseline, done by the analysts (1.26)."""
    if case["survey_on"] is None:
        return ()
    return tuple(months_after(case["survey_on"], n) for n in journeys.terms(ctx.programme).survey_months)


@dataclass(frozen=True)
class Changed:
    """A change of contact details that the analysts are to hear of: whose, what, when, and what holds now."""

    case: str
    number: str
    name: str
    field: str
    on: date
    now: str


def changed_contacts(ctx: Context) -> list[Changed]:
    """Changes of phone and e-mail of mentees not known to the Jobcentre, while on the provision; newest first (1.27).

    Read from the history: whatever the way in, a change is a change. What was first written down is none.
    """
    access.require(ctx, "cases.see")
    rows = records.view(ctx)
    found = []
    for case in rows.all(Cases):
        mentee = rows.find(Mentees, case["mentee"]) if case["started_on"] else None
        if mentee is not None and mentee["is_customer"] is not True:
            found += _changes(ctx, case, mentee)
    return sorted(found, key=lambda each: (each.on, each.name), reverse=True)


def _changes(ctx: Context, case: Row, mentee: Row) -> list[Changed]:
    last = case["completed_on"] or case["left_on"] or date.max
    found: dict[str, Changed] = {}
    for entry in ctx.workbook.store.history(Mentees.tab, mentee.id):
        on = _day(instant(entry["at"]))
        fields = json.loads(entry["fields"] or "{}")
        for name in CONTACT:
            old, new = fields.get(name, ("", ""))
            if old and old != new and case["started_on"] <= on <= last and name not in found:
                title = Mentees.columns[name].title
                found[name] = Changed(
                    case.id, case["number"] or "", mentee["name"], title, on, mentee[name] or ""
                )
    return list(found.values())


def _day(at: datetime) -> date:
    return at.astimezone(UK).date()
