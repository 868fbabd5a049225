"""Feedback that nobody signs: neither row, history, draft, log nor key says whose it is (W9, RM79).

It is written under no name and dated to the first of its month. Where it stands among others' changes would tell the
hour, so it is put sealed into a box first; once enough are there, staff empty the box: what was in it comes out
shuffled over the rows, and what stood in the box is taken out of the history too. Nobody can say then which of them
was put in when. A supporter never reads what is said; staff read it, and note what they did about it.
"""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random
from secrets import randbits
from uuid import uuid4

from schemas.column import Role, Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.peers import Answers
from schemas.words import N_, Message, message
from services import access, courses, records, steps
from services.context import Actor, Context
from services.records import Edit, FreshRows, Intent, New, Values
from services.store.interface import AUDIT, Cells, Erasure, Fresh, Needs, Receipt, Update

GIVE, SEE, EMPTY, RESPOND = "answers.give", "answers.see", "answers.empty", "answers.respond"
FIELDS = ("side", "useful", "heard", "safe", "words")
SCALES = ("useful", "heard", "safe")
NOBODY = Actor("anonymous", "", Role.COORDINATOR)


def give(ctx: Context, values: Values) -> None:
    """Put an answer into the box, without a name. Nothing comes back by which it could be found: no receipt, and no Undo.

    The key is drawn here and not the form's own, so that nothing kept of the form leads to the row.
    """
    typed = steps.only(ctx, GIVE, values, FIELDS)
    access.require(ctx, GIVE)
    steps.needed(Answers, typed, "side")
    if not any(typed.get(name) for name in (*SCALES, "words")):
        raise InvalidEntry([Answers.columns["words"].problem(Message(N_("or one of the scales is needed.")))])
    month = ctx.today.replace(day=1)
    posted = {name: Answers.columns[name].write(typed.get(name)) for name in FIELDS}
    new = New(Answers, {"posted": json.dumps(posted), "month": month}, new_id(Answers.prefix))
    nothing = ""  # a digest of what was typed would be found again by whoever reads the answer later
    records.commit(_as_nobody(ctx, month), uuid4().hex, GIVE, nothing, Needs(), lambda fresh: [new])


def _as_nobody(ctx: Context, month: date) -> Context:
    """Nobody, at the beginning of the month: the hour would tell who was signed in."""
    return replace(ctx, actor=NOBODY, now=datetime(month.year, month.month, 1, tzinfo=UTC))


def listed(ctx: Context) -> list[Row]:
    """The answers out of the box, month by month, within a month in the order of their random ids."""
    access.require(ctx, SEE)
    found = [row for row in records.view(ctx).all(Answers) if not row["posted"]]
    return sorted(sorted(found, key=lambda row: row.id), key=lambda row: row["month"], reverse=True)


def in_the_box(ctx: Context) -> int:
    """How many wait in the box."""
    access.require(ctx, SEE)
    return sum(bool(row["posted"]) for row in records.view(ctx).all(Answers))


def may_be_emptied(ctx: Context) -> bool:
    """Whether enough are in the box for each to be hidden among the others."""
    return in_the_box(ctx) >= courses.terms(ctx.programme).answers_together


def empty(ctx: Context, op_id: str) -> Receipt:
    """Take all answers out of the box, shuffled over its rows, and out of the history what stood in it.

    Raises `NotYet` while there are too few for one to be hidden among the others.
    """
    least, order = courses.terms(ctx.programme).answers_together, Random(randbits(64))  # noqa: S311

    def decide(fresh: Fresh, typed: FreshRows) -> Erasure:
        found = [(row, _unfolded(ctx, row)) for row in typed.all(Answers) if row["posted"]]
        boxed = [row for row, said in found if said is not None]
        if len(boxed) < least:
            raise NotYet(
                message(N_("Fewer than {least} answers are in the box."), least=least),
                Message(N_("Wait for more: among so few one could be told by when it came.")),
            )
        said = [said for _, said in found if said is not None]
        order.shuffle(said)
        out = [_out(ctx, row.id, each) for row, each in zip(boxed, said, strict=True)]
        return Erasure(lambda tab, cells: _forgotten(tab, cells, {row.id for row in boxed}), tuple(out))

    return records.erase(ctx, op_id, EMPTY, "", decide)


def _unfolded(ctx: Context, row: Row) -> Cells | None:
    """What was put into the box; nothing of a cell that somebody typed over, which stays there and stops no other."""
    try:
        said = json.loads(ctx.workbook.seals.readable(row["posted"]) or "")
    except ValueError:
        return None
    return said if isinstance(said, dict) and said.keys() == set(FIELDS) else None


def _out(ctx: Context, id_: str, said: Cells) -> Update:
    """A row of the box as it stands with somebody's answer in it, all of one month."""
    month = Answers.columns["month"].write(ctx.today.replace(day=1))
    cells = {**said, "words": ctx.workbook.seals.close(said["words"]) if said["words"] else ""}
    return Update(Answers.tab, id_, {**cells, "month": month, "posted": ""}, {})


def _forgotten(tab: str, cells: Cells, boxed: set[str]) -> Cells:
    """A line of the history without what the box held, sealed as it was."""
    if tab != AUDIT or cells["register"] != Answers.tab or cells["row"] not in boxed:
        return cells
    fields = json.loads(cells["fields"] or "{}")
    return {**cells, "fields": json.dumps({**fields, "posted": ["", ""]}, sort_keys=True)}


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
