"""Complaints: logged, answered, taken to an independent examiner, closed, and what was changed (D23, D2.1).

What is said in one is sealed; each view is logged by id. The mentor whom a complaint is about never sees it, under
whichever of their roles (RM61): `services.reading` leaves it out of every list of theirs.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from schemas.cases import Complaints, ComplaintStatus
from schemas.column import Row, new_id
from schemas.words import N_, Message, say
from services import access, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New
from services.store.interface import Needs, Receipt

SEE, ACTION = "complaints.see", "complaints.record"
RECEIVED = ("received_on", "received_how", "mentee", "mentor", "words")
ANSWER = ("answer", "answered_on")
PASSED_ON = ("escalated_on",)
CLOSING = ("learned", "closed_on")
SEALED = ("words", "answer")
OWN = Message(N_("Nobody records or answers a complaint about themselves."))
EXAMINER = N_("an independent examiner")


def listed(ctx: Context, status: str = "") -> list[Row]:
    """Complaints, the newest first; none about oneself."""
    access.require(ctx, SEE)
    found = (row for row in records.view(ctx).all(Complaints) if status in ("", row["status"]))
    return sorted(found, key=lambda row: (row["received_on"], row.id), reverse=True)


def answer_due_on(ctx: Context, row: Row) -> date:
    """The day by which whoever complains has our answer: so many days after it came."""
    days: int = ctx.programme.due_days["answer_complaint"]
    received_on: date = row["received_on"]
    return received_on + timedelta(days=days)


def examiner(ctx: Context) -> str:
    """Who looks at a complaint that we can't settle, in the reader's language."""
    terms = ctx.programme.contract
    return terms.examiner.said(ctx.language) if terms else say(EXAMINER, ctx.language)


def opened(ctx: Context, shown: Row) -> dict[str, str]:
    """What they say and what we answered, in plain text; the view is logged by id."""
    access.require(ctx, SEE)
    row = records.view(ctx).get(Complaints, shown.id)
    return {name: records.opened(ctx, row, name) for name in SEALED}


def receive(ctx: Context, op_id: str, values: Mapping[str, Any]) -> Receipt:
    """Log a complaint on the day it came; never one about oneself."""
    typed = steps.only(ctx, ACTION, values, RECEIVED)
    steps.needed(Complaints, typed, "received_on", "words")
    steps.not_ahead(ctx, Complaints, "received_on", typed["received_on"])
    steps.not_own(ctx, ACTION, typed.get("mentor"), OWN)
    row = New(Complaints, {**typed, "status": ComplaintStatus.OPEN}, new_id(Complaints.prefix))
    return records.commit(ctx, op_id, ACTION, typed, Needs(), lambda fresh: [row])


def answer(ctx: Context, op_id: str, shown: Row, values: Mapping[str, Any]) -> Receipt:
    """Note our answer and the day it went."""
    typed = steps.only(ctx, ACTION, values, ANSWER)
    steps.needed(Complaints, typed, *ANSWER)
    return _moved(ctx, op_id, shown, {**typed, "status": ComplaintStatus.ANSWERED}, ComplaintStatus.OPEN)


def pass_on(ctx: Context, op_id: str, shown: Row, values: Mapping[str, Any]) -> Receipt:
    """Note that they took it to the examiner, answered by us or not."""
    typed = steps.only(ctx, ACTION, values, PASSED_ON)
    steps.needed(Complaints, typed, *PASSED_ON)
    begins = (ComplaintStatus.OPEN, ComplaintStatus.ANSWERED)
    return _moved(ctx, op_id, shown, {**typed, "status": ComplaintStatus.ESCALATED}, *begins)


def close(ctx: Context, op_id: str, shown: Row, values: Mapping[str, Any]) -> Receipt:
    """Close it once it is settled, with what we changed; "nothing, because" is an answer too."""
    typed = steps.only(ctx, ACTION, values, CLOSING)
    steps.needed(Complaints, typed, *CLOSING)
    begins = (ComplaintStatus.ANSWERED, ComplaintStatus.ESCALATED)
    return _moved(ctx, op_id, shown, {**typed, "status": ComplaintStatus.CLOSED}, *begins)


def open_again(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """They come back to it: it waits for an answer again, and what was answered stands in the history."""
    again = {"status": ComplaintStatus.OPEN, "closed_on": None}
    return _moved(ctx, op_id, shown, again, ComplaintStatus.CLOSED)


def _moved(ctx: Context, op_id: str, shown: Row, values: Mapping[str, Any], *begins: str) -> Receipt:
    records.view(ctx).get(Complaints, shown.id)
    for name in ("answered_on", "escalated_on", "closed_on"):
        steps.not_ahead(ctx, Complaints, name, values.get(name))

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Complaints, shown.id)
        steps.not_own(ctx, ACTION, now["mentor"], OWN)
        steps.at(ctx, now, *begins)
        return [Edit(Complaints, shown.id, values, shown=shown)]

    needs = Needs(rows=((Complaints.tab, shown.id),))
    return records.commit(ctx, op_id, ACTION, [shown.id, dict(values)], needs, decide)
