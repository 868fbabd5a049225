"""Feedback that nobody signs: neither row, history, draft, log nor key says whose it is (W9, RM79).

It is written under no name, dated to the first of its month in the row and in the history, and listed in an order that
says nothing of when it came. Staff read it, and note what they did about it; a supporter never reads what is said.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

from schemas.column import Role, Row, new_id
from schemas.errors import InvalidEntry
from schemas.peers import Answers
from schemas.words import N_, Message
from services import access, records, steps
from services.context import Actor, Context
from services.records import Edit, FreshRows, Intent, New, Values
from services.store.interface import Needs, Receipt

GIVE, SEE, RESPOND = "answers.give", "answers.see", "answers.respond"
FIELDS = ("side", "useful", "heard", "safe", "words")
SCALES = ("useful", "heard", "safe")
NOBODY = Actor("anonymous", "", Role.COORDINATOR)


def give(ctx: Context, values: Values) -> None:
    """Give an answer without a name. Nothing comes back by which it could be found: no receipt, and no Undo.

    The key is drawn here and not the form's own, so that nothing kept of the form leads to the row.
    """
    typed = steps.only(ctx, GIVE, values, FIELDS)
    access.require(ctx, GIVE)
    steps.needed(Answers, typed, "side")
    if not any(typed.get(name) for name in (*SCALES, "words")):
        raise InvalidEntry([Answers.columns["words"].problem(Message(N_("or one of the scales is needed.")))])
    month = ctx.today.replace(day=1)
    new = New(Answers, {**typed, "month": month}, new_id(Answers.prefix))
    records.commit(_as_nobody(ctx, month), uuid4().hex, GIVE, typed, Needs(), lambda fresh: [new])


def _as_nobody(ctx: Context, month: date) -> Context:
    """Nobody, at the beginning of the month: the hour would tell who was signed in."""
    return replace(ctx, actor=NOBODY, now=datetime(month.year, month.month, 1, tzinfo=UTC))


def listed(ctx: Context) -> list[Row]:
    """The answers, month by month, within a month in the order of their random ids."""
    access.require(ctx, SEE)
    found = sorted(records.view(ctx).all(Answers), key=lambda row: row.id)
    return sorted(found, key=lambda row: row["month"], reverse=True)


def words(ctx: Context, id_: str) -> str:
    """What somebody wrote; for staff, and the view is logged by id (RM79)."""
    access.require(ctx, SEE)
    return records.unseal(ctx, records.view(ctx).get(Answers, id_), "words", SEE)


def respond(ctx: Context, op_id: str, shown: Row, response: str) -> Receipt:
    """Note what was done about it."""
    steps.needed(Answers, {"response": response}, "response")

    def decide(fresh: FreshRows) -> list[Intent]:
        return [Edit(Answers, fresh.get(Answers, shown.id).id, {"response": response}, shown=shown)]

    needs = Needs(rows=((Answers.tab, shown.id),))
    return records.commit(ctx, op_id, RESPOND, [shown.id, response], needs, decide)
