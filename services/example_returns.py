"""The returns of an invented example: sent from its own rows, so that the figures that went are right (D13, D14)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from uuid import uuid4

from schemas.column import Row
from schemas.contracts import ReturnKind
from schemas.people import People
from services import contracts, people, returns, tracker
from services.context import Context
from services.programmes import Programme
from services.returns import Expected
from services.rules import periods, workdays
from services.seals import Seals
from services.store.interface import Receipt, Store
from services.workbook import Workbook

NINE = time(9)


def send(store: Store, seals: Seals, programme: Programme, today: date, asked: Mapping[str, str]) -> None:
    """Send every return but those of the last month, each a working day early; `asked` says who, and in what words."""
    workbook = Workbook(store, seals)
    manager = people.actor_of(workbook.of(People.tab, programme.code)[asked["by"]])
    ctx = Context(workbook, programme, manager, datetime.combine(today, NINE, UTC))
    last_month = periods.previous(periods.month_of(today))
    due = [each for contract in contracts.listed(ctx) for each in returns.expected(ctx, contract)]
    for each in sorted(due, key=lambda each: each.due_on):
        if each.period.last < last_month.first:
            _send(ctx, each, asked)


def _send(ctx: Context, expected: Expected, asked: Mapping[str, str]) -> None:
    on = workdays.add_working_days(expected.due_on, -1, contracts.terms_of(ctx).nation)
    then = replace(ctx, now=datetime.combine(on, NINE, UTC))
    month = expected.period.last
    sending = {
        "sent_on": on,
        "reference": asked["reference"].format(year=month.year, month=month.month),
        "narrative": asked["narrative"],
    }
    verbs = {ReturnKind.PMI: returns.send_pmi, ReturnKind.TRACKER: tracker.send}
    verb = verbs.get(expected.kind) or partial(_without_lines, expected.kind)
    verb(then, uuid4().hex, expected.contract, expected.period, sending)


def _without_lines(
    kind: ReturnKind,
    ctx: Context,
    op_id: str,
    contract: Row,
    period: periods.Period,
    values: returns.Sending,
) -> Receipt:
    """A return whose content is a file of its own: what was sent and when."""
    return returns.send(ctx, op_id, contract, kind, period, values)
