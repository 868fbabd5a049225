"""What people ask about their own data: received, known who it is, answered within the month (X6).

Erasure has a file of its own, `services/erasure.py`: it takes two persons.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.requests import RequestKind, Requests, RequestStatus
from schemas.words import N_, Message
from services import access, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New
from services.rules import answering
from services.store.interface import Needs, Receipt
from services.traces import subject

ACTION = "requests.handle"
RECEIVED = ("kind", "person", "answer_to", "received_on")
IDENTITY = ("record", "known_as", "identity_how", "identity_on")
OPEN = frozenset({RequestStatus.RECEIVED, RequestStatus.IN_HAND, RequestStatus.PROPOSED})
TOO_LATE = Message(N_("The first month is over: the person had to hear of a longer wait within it."))
ANSWER_NOW = Message(N_("Answer now, and say why it is late."))
BY_TWO = Message(N_("An erasure is answered by carrying it out, with a second person."))


def listed(ctx: Context) -> list[Row]:
    """Every request, open ones first, the earliest due first."""
    access.require(ctx, "requests.see")
    rows = records.view(ctx).all(Requests)
    return sorted(rows, key=lambda row: (row["status"] not in OPEN, row["due_on"], row.id))


def open_ones(ctx: Context) -> list[Row]:
    """The requests that still want an answer."""
    return [row for row in listed(ctx) if row["status"] in OPEN]


def receive(ctx: Context, op_id: str, values: Mapping[str, Any]) -> Receipt:
    """Note a request on the day it came, by whatever way; the month runs from that day."""
    given = steps.only(ctx, ACTION, values, RECEIVED)
    steps.needed(Requests, given, "kind", "person", "received_on")
    steps.not_ahead(ctx, Requests, "received_on", given["received_on"])
    due = answering.due_on(given["received_on"], ctx.programme.nation)
    row = {**given, "due_on": due, "is_extended": False, "status": RequestStatus.RECEIVED}
    id_ = new_id(Requests.prefix)
    return records.commit(ctx, op_id, ACTION, given, Needs(), lambda fresh: [New(Requests, row, id_)])


def identify(ctx: Context, op_id: str, shown: Row, values: Mapping[str, Any]) -> Receipt:
    """Say who it is, how that was made sure of, and which record here is theirs (RM13: identity checked)."""
    given = steps.only(ctx, ACTION, values, IDENTITY)
    steps.needed(Requests, given, "identity_how", "identity_on", "record")
    steps.not_ahead(ctx, Requests, "identity_on", given["identity_on"])
    if given["record"] not in subject.choices(ctx):
        raise InvalidEntry([Requests.columns["record"].problem(Message(N_("names nobody's record here.")))])
    known_as = tuple(each for each in given.get("known_as") or () if len(each.strip()) >= subject.SHORTEST)
    return _edit(ctx, op_id, shown, {**given, "known_as": known_as, "status": RequestStatus.IN_HAND}, OPEN)


def extend(ctx: Context, op_id: str, shown: Row, reason: str) -> Receipt:
    """Take two more months, with the reason the person was told; only within the first month."""
    steps.needed(Requests, {"extension_reason": reason}, "extension_reason")
    if not answering.may_extend_on(shown["received_on"], ctx.today, ctx.programme.nation):
        raise NotYet(TOO_LATE, ANSWER_NOW)
    later = answering.due_on(shown["received_on"], ctx.programme.nation, is_extended=True)
    news = {"due_on": later, "is_extended": True, "extension_reason": reason}
    return _edit(ctx, op_id, shown, news, OPEN)


def answer(ctx: Context, op_id: str, shown: Row, outcome: str, *, refuse: bool = False) -> Receipt:
    """Close a request with what was answered. An erasure is only refused here."""
    steps.needed(Requests, {"outcome": outcome}, "outcome")
    if shown["kind"] == RequestKind.ERASURE and not refuse:
        raise NotYet(BY_TWO, steps.LOOK_AGAIN)
    status = RequestStatus.REFUSED if refuse else RequestStatus.ANSWERED
    news = {"outcome": outcome, "status": status, "decided_by": ctx.actor.id, "decided_on": ctx.today}
    begins = OPEN - {RequestStatus.PROPOSED} if refuse else {RequestStatus.IN_HAND}
    return _edit(ctx, op_id, shown, news, begins)


def is_late(row: Row, today: date) -> bool:
    """Whether the law's day has passed without an answer."""
    return bool(row["status"] in OPEN and row["due_on"] < today)


def _edit(ctx: Context, op_id: str, shown: Row, news: Mapping[str, Any], begins: Any) -> Receipt:
    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Requests, shown.id), *begins)
        now = fresh.get(Requests, shown.id)
        moved = {name: value for name, value in news.items() if name != "status" or value != now["status"]}
        return [Edit(Requests, shown.id, moved, shown=shown)]

    needs = Needs(rows=((Requests.tab, shown.id),))
    return records.commit(ctx, op_id, ACTION, [shown.id, dict(news)], needs, decide)
