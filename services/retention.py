"""What is older than the programme keeps it: shown as a list, proposed by one, run by another (X6).

How long each register is kept, from which day, and what happens then, is programme data with its source. "erase"
takes a person's words and name out of the row, "archive" puts the row away whole.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from schemas.column import Row, new_id
from schemas.errors import NotYet
from schemas.money import Proposals, ProposalStatus
from schemas.registers import BY_TAB
from schemas.words import N_, Message
from services import access, erasure, people, records
from services.context import Context
from services.records import Edit, FreshRows, Intent, New
from services.rules import answering
from services.seals import Sealed
from services.store.interface import Cells, Change, Erasure, Fresh, Needs, Receipt, Update
from services.traces import kept
from services.traces.rewriting import Rewriting
from services.traces.subject import Subject

ACTION = "retention run"
ARCHIVED = N_("kept long enough")
CHANGED = Message(N_("What is old is not the same any more as when it was proposed."))
ANEW = Message(N_("Send it back and propose it anew."))


@dataclass(frozen=True)
class Old:
    """One row that has been kept long enough: which, since when, and what will happen to it."""

    tab: str
    id: str
    since: date
    then: str


def listed(ctx: Context) -> list[Old]:
    """Every row that is due today, the oldest first; ids only, no names."""
    access.require(ctx, "retention.propose")
    rows = records.kept(ctx)
    tabs = [tab for tab in ctx.programme.retention if tab not in kept.UNTOUCHED]
    found = [old for tab in tabs for old in _old(ctx, tab, rows.all(BY_TAB[tab]))]
    return sorted(found, key=lambda old: (old.since, old.tab, old.id))


def _old(ctx: Context, tab: str, rows: Sequence[Row]) -> Iterator[Old]:
    rule = ctx.programme.retention[tab]
    edge = answering.months_after(ctx.today, -rule.months)
    for row in rows:
        since = row[rule.counted_from]
        day = since.date() if isinstance(since, datetime) else since
        if day is not None and day < edge and not _is_emptied(ctx, tab, row, rule.then):
            yield Old(tab, row.id, day, rule.then)


def _is_emptied(ctx: Context, tab: str, row: Row, then: str) -> bool:
    """A row whose words went before is not listed again."""
    if then != "erase":
        return False
    columns = BY_TAB[tab].columns.values()
    of_people = ctx.programme.is_of_people
    left = (row[column.name] for column in columns if kept.goes(tab, column, of_people=of_people))
    return all(value in (None, (), kept.TOKEN) or (isinstance(value, Sealed) and not value) for value in left)


def waiting(ctx: Context) -> Row | None:
    """The proposed run that waits for its second person, if there is one."""
    access.require(ctx, "retention.propose")
    found = records.view(ctx).where(Proposals, "action", ACTION)
    return next((row for row in found if row["status"] == ProposalStatus.PROPOSED), None)


def propose(ctx: Context, op_id: str, shown: Sequence[Old]) -> Receipt:
    """Ask a second person to clear exactly the rows that were shown."""
    if not shown or set(shown) - set(listed(ctx)):
        raise NotYet(CHANGED, ANEW)
    row = {
        "action": ACTION,
        "content": _content(shown),
        "proposed_by": ctx.actor.id,
        "proposed_on": ctx.today,
        "status": ProposalStatus.PROPOSED,
    }

    def decide(fresh: FreshRows) -> list[Intent]:
        if any(each["status"] == ProposalStatus.PROPOSED for each in fresh.all(Proposals)):
            raise NotYet(Message(N_("A run waits already.")), Message(N_("Decide that one first.")))
        return [New(Proposals, row, new_id(Proposals.prefix))]

    needs = Needs(where=((Proposals.tab, "action", ACTION),))
    return records.commit(ctx, op_id, "retention.propose", row["content"], needs, decide)


def _content(shown: Sequence[Old]) -> str:
    return json.dumps(sorted([old.tab, old.id, old.then] for old in shown))


def refuse(ctx: Context, op_id: str, proposal: Row, reason: str) -> Receipt:
    """Send it back: nothing is cleared."""
    done = {
        "status": ProposalStatus.REFUSED,
        "decided_by": ctx.actor.id,
        "decided_on": ctx.today,
        "reason": reason,
    }
    needs = Needs(rows=((Proposals.tab, proposal.id),))
    edit = Edit(Proposals, proposal.id, done, shown=proposal)
    return records.commit(ctx, op_id, "retention.confirm", [proposal.id, reason], needs, lambda fresh: [edit])


def confirm(ctx: Context, op_id: str, proposal: Row) -> Receipt:
    """Run it: only what was proposed, only by somebody else, only what is still old enough."""

    def decide(fresh: Fresh, typed: FreshRows) -> Erasure:
        row = typed.get(Proposals, proposal.id)
        if row["status"] != ProposalStatus.PROPOSED or row["action"] != ACTION:
            raise NotYet(
                Message(N_("This has been decided already.")), Message(N_("Open the page again to see how."))
            )
        if people.is_same_human(ctx, row["proposed_by"], ctx.actor.id):
            raise NotYet(erasure.SECOND, erasure.SOMEBODY_ELSE)
        wanted = [tuple(each) for each in json.loads(ctx.workbook.seals.open(row["content"].token))]
        still = {
            (old.tab, old.id, old.then)
            for tab in ctx.programme.retention
            for old in _old(ctx, tab, typed.all(BY_TAB[tab]))
        }
        if set(wanted) - still:
            raise NotYet(CHANGED, ANEW)
        return Erasure(_rewriting(ctx, fresh, wanted), (*_archived(wanted), _decided(ctx, row)))

    return records.erase(ctx, op_id, "retention.confirm", proposal.id, decide)


def _rewriting(ctx: Context, fresh: Fresh, wanted: Sequence[tuple[str, ...]]) -> Rewriting:
    """The rows to be erased lose their words. A mentor's whole trace goes, as if they had asked."""
    rows = {tab: tuple(of.values()) for tab, of in fresh.by_register.items()}
    own = {(tab, id_) for tab, id_, then in wanted if then == "erase"}
    ids: set[str] = set()
    words: list[str] = []
    for tab, id_ in sorted(own):
        if tab == "Mentors":
            who = erasure.subject(ctx, rows, id_, ())
            if found := erasure.against(ctx, records.kept(ctx), who):
                raise NotYet(found[0], ANEW)
            ids |= who.ids
            words += who.words
            own |= erasure.rewriting_of(ctx, who, rows).own
    who = Subject("", ctx.programme.code, frozenset(ids), tuple(dict.fromkeys(words)), "")
    return Rewriting(who, frozenset(own), erasure.opener(ctx), ctx.workbook.seals.close)


def _archived(wanted: Sequence[tuple[str, ...]]) -> list[Change]:
    return [Update(tab, id_, {"_archived": ARCHIVED}, {}) for tab, id_, then in wanted if then == "archive"]


def _decided(ctx: Context, row: Row) -> Update:
    done = {"status": ProposalStatus.CONFIRMED, "decided_by": ctx.actor.id, "decided_on": ctx.today}
    cells: Cells = {name: Proposals.columns[name].write(value) for name, value in done.items()}
    return Update(Proposals.tab, row.id, cells, {})
