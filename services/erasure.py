"""Erasing one person: proposed by one, confirmed by another, the books kept whole (X6, RM14, RM15).

The person is found in every register, in the history, in drafts and in what others wrote; totals, hours and money
stay as they were. Nothing here writes a name anywhere: not in the outcome, not in the log.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from schemas.assignments import Assignments, AssignmentStatus
from schemas.cases import CaseOutcome, Cases
from schemas.column import Row
from schemas.errors import NotYet
from schemas.expenses import Expenses, ExpenseStatus
from schemas.mentors import Mentors, MentorStatus
from schemas.money import InvoiceKind, Invoices, InvoiceStatus, Proposals, ProposalStatus
from schemas.peers import Enquiries, EnquiryStatus, Projects, ProjectStatus
from schemas.people import People
from schemas.registers import BY_TAB, REGISTERS
from schemas.requests import RequestKind, Requests, RequestStatus
from schemas.words import N_, Message, message
from schemas.work import Timesheets, TimesheetStatus
from services import access, consent, people, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent
from services.seals import Sealed
from services.store.interface import AUDIT, Cells, Erasure, Fresh, Needs, Receipt, Update
from services.traces import kept
from services.traces.rewriting import Rewriting
from services.traces.subject import Open, Subject, subject_of

PROPOSE, CONFIRM = "erasure.propose", "erasure.confirm"
AUDIT_ROWS = 10_000_000
UNPAID = frozenset({TimesheetStatus.SUBMITTED, TimesheetStatus.APPROVED, TimesheetStatus.INVOICED})
OWED = frozenset({ExpenseStatus.SUBMITTED, ExpenseStatus.APPROVED})
UNDER_WAY = frozenset({ProjectStatus.PLANNED, ProjectStatus.RUNNING, ProjectStatus.POSTPONED})
STILL_OPEN = frozenset({AssignmentStatus.PROPOSED, AssignmentStatus.APPROVED})
NOT_ONESELF = Message(N_("This request is about you."))
SECOND = Message(N_("You proposed this yourself."))
SOMEBODY_ELSE = Message(N_("Somebody else has to confirm it."))
_LINE = re.compile(r"^(.+): (\d+), (\d+)$")


@dataclass(frozen=True)
class Part:
    """One register: how many rows of the person's own are emptied, and how many others lose the name."""

    tab: str
    emptied: int
    named: int

    @property
    def why(self) -> str:
        """Why the emptied rows stay."""
        return kept.WHY.get(self.tab, kept.OTHERWISE) if self.emptied else ""


@dataclass(frozen=True)
class Preview:
    """What an erasure would take out, and what stands against it today."""

    name: str
    words: tuple[str, ...]
    parts: tuple[Part, ...]
    against: tuple[Message, ...]


@dataclass(frozen=True)
class Certificate:
    """What went, what stays and why, and until when copies made earlier may still hold it."""

    request: str
    erased_on: date
    parts: tuple[Part, ...]
    backups_until: date
    backups_source: str


def preview(ctx: Context, shown: Row) -> Preview:
    """What erasing the person of a request would do; nothing is written."""
    access.require(ctx, PROPOSE)
    rows = read_all(ctx)
    who = subject(ctx, rows, shown["record"] or "", shown["known_as"] or ())
    parts = parts_of(ctx, rows, rewriting_of(ctx, who, rows))
    return Preview(who.name, who.words, parts, tuple(against(ctx, records.kept(ctx), who)))


def read_all(ctx: Context) -> Open:
    """Every register's rows as the workbook holds them now."""
    return ctx.workbook.store.read(*BY_TAB).rows


def subject(ctx: Context, rows: Open, record: str, known_as: Sequence[str]) -> Subject:
    """The human being behind a request's record."""
    of_people = ctx.programme.is_of_people
    return subject_of(rows, ctx.programme.code, record, known_as, opener(ctx), of_people=of_people)


def opener(ctx: Context) -> Callable[[str], str | None]:
    """What opens sealed cells for searching; a token that no key fits stays closed."""
    return lambda token: ctx.workbook.seals.readable(Sealed(token))


def rewriting_of(ctx: Context, who: Subject, rows: Open) -> Rewriting:
    """How every row stands without them."""
    own = {(tab, cells["_id"]) for tab, of in rows.items() for cells in of if who.owns(tab, cells)}
    return Rewriting(who, frozenset(own), opener(ctx), ctx.workbook.seals.close)


def parts_of(ctx: Context, rows: Open, rewriting: Rewriting) -> tuple[Part, ...]:
    """The rewriting tried out on every row and the whole history, counted by register."""
    for tab, of in rows.items():
        for cells in of:
            rewriting(tab, cells)
    for cells in ctx.workbook.store.audit(AUDIT_ROWS):
        rewriting(AUDIT, cells)
    return _parts(rewriting.emptied, rewriting.named)


def _parts(emptied: Counter[str], named: Counter[str]) -> tuple[Part, ...]:
    tabs = [*(each.tab for each in REGISTERS if each.tab not in access.UNCOUNTED), AUDIT]
    return tuple(Part(tab, emptied[tab], named[tab]) for tab in tabs if emptied[tab] or named[tab])


def against(ctx: Context, rows: records.Reader, who: Subject) -> list[Message]:
    """What must be finished first: money still owed, work still open, a place still held."""
    found = []
    for id_ in sorted(who.ids):
        mentor = rows.find(Mentors, id_)
        if mentor is not None and mentor["status"] != MentorStatus.LEFT:
            found.append(Message(N_("They are in the pool: record that they have left.")))
        if any(row["status"] in STILL_OPEN for row in rows.where(Assignments, "mentor", id_)):
            found.append(Message(N_("They have open assignments: end them.")))
        lines = [row for row in rows.where(Timesheets, "mentor", id_) if row["status"] in UNPAID]
        if lines:
            count = message(N_("{count} line"), N_("{count} lines"), len(lines))
            found.append(message(N_("Hours are not paid yet ({lines}): pay or refuse them."), lines=count))
        if any(_is_owed(row) for name in ("mentor", "payee") for row in rows.where(Invoices, name, id_)):
            found.append(Message(N_("A letter is not paid yet: record the payment or credit it.")))
        if any(row["status"] == ProposalStatus.PROPOSED for row in rows.where(Proposals, "target", id_)):
            found.append(Message(N_("New details wait for a second person: decide them.")))
        found += [*_open_cases(ctx, rows, id_), *_open_as_peer(rows, id_)]
    return list(dict.fromkeys(found))


def _open_cases(ctx: Context, rows: records.Reader, id_: str) -> Iterator[Message]:
    """A mentor's cases go to another first; a mentee's is ended first, unless they withdrew their consent (D3)."""
    mine, theirs = rows.where(Cases, "mentor", id_), rows.where(Cases, "mentee", id_)
    if any(_is_open(case) for case in mine):
        yield Message(N_("They have open cases: allocate those to somebody else."))
    if any(_is_open(case) for case in theirs) and id_ not in consent.withdrawn(ctx):
        yield Message(N_("Their case is open: record how it ended."))


def _open_as_peer(rows: records.Reader, id_: str) -> Iterator[Message]:
    """What a peer is still owed, and a project that counts on them (L3, L6)."""
    if any(row["status"] in OWED for row in rows.where(Expenses, "mentor", id_)):
        yield Message(N_("Their expenses are not paid yet: pay, return or refuse them."))
    asked = rows.where(Enquiries, "mentor", id_)
    chosen = {row["referral"] for row in asked if row["status"] == EnquiryStatus.CHOSEN}
    if any(row["status"] in UNDER_WAY and row["referral"] in chosen for row in rows.all(Projects)):
        yield Message(N_("They are in the team of a project: close it, or record that they withdrew."))


def _is_open(case: Row) -> bool:
    came_to_nothing = case["outcome"] not in {None, CaseOutcome.STARTED}
    return not came_to_nothing and case["completed_on"] is None and case["left_on"] is None


def _is_owed(row: Row) -> bool:
    return bool(row["kind"] == InvoiceKind.INVOICE and row["status"] == InvoiceStatus.ISSUED)


def propose(ctx: Context, op_id: str, shown: Row, reason: str) -> Receipt:
    """Ask a second person to erase; only once it is known who asks and nothing stands against it."""
    access.require(ctx, PROPOSE)
    steps.needed(Requests, {"reason": reason}, "reason")
    rows = read_all(ctx)
    who = subject(ctx, rows, shown["record"] or "", shown["known_as"] or ())
    _not_oneself(ctx, who)

    def decide(fresh: FreshRows) -> list[Intent]:
        row = fresh.get(Requests, shown.id)
        steps.at(ctx, row, RequestStatus.IN_HAND)
        _is_erasure(ctx, row)
        _nothing_against(against(ctx, records.kept(ctx), who))
        asked = {"reason": reason, "proposed_by": ctx.actor.id, "proposed_on": ctx.today}
        return [Edit(Requests, row.id, {**asked, "status": RequestStatus.PROPOSED}, shown=shown, signs=True)]

    needs = Needs(rows=((Requests.tab, shown.id),))
    return records.commit(ctx, op_id, PROPOSE, [shown.id, reason], needs, decide)


def send_back(ctx: Context, op_id: str, shown: Row, reason: str) -> Receipt:
    """The second person does not agree, or the first thought again: the request is in hand as before."""
    steps.needed(Requests, {"reason": reason}, "reason")

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Requests, shown.id), RequestStatus.PROPOSED)
        news = {"reason": reason, "status": RequestStatus.IN_HAND, "proposed_by": "", "proposed_on": None}
        return [Edit(Requests, shown.id, news, shown=shown)]

    needs = Needs(rows=((Requests.tab, shown.id),))
    return records.commit(ctx, op_id, CONFIRM, [shown.id, reason], needs, decide)


def confirm(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Erase: the second person's word, on rows as they stand now; it can't be undone (RM14, RM15)."""
    access.require(ctx, CONFIRM)

    def decide(fresh: Fresh, typed: FreshRows) -> Erasure:
        row = typed.get(Requests, shown.id)
        steps.at(ctx, row, RequestStatus.PROPOSED)
        _is_erasure(ctx, row)
        if people.is_same_human(ctx, row["proposed_by"], ctx.actor.id):
            raise NotYet(SECOND, SOMEBODY_ELSE)
        rows = {tab: tuple(of.values()) for tab, of in fresh.by_register.items()}
        who = subject(ctx, rows, row["record"], row["known_as"] or ())
        _not_oneself(ctx, who)
        _nothing_against(against(ctx, typed, who))
        parts = parts_of(ctx, rows, rewriting_of(ctx, who, rows))
        return Erasure(rewriting_of(ctx, who, rows), (_closed(ctx, row, parts),))

    return records.erase(ctx, op_id, CONFIRM, shown.id, decide)


def _closed(ctx: Context, row: Row, parts: Sequence[Part]) -> Update:
    done = {
        "status": RequestStatus.ANSWERED,
        "decided_by": ctx.actor.id,
        "decided_on": ctx.today,
        "outcome": "\n".join(f"{part.tab}: {part.emptied}, {part.named}" for part in parts),
    }
    cells: Cells = {name: Requests.columns[name].write(value) for name, value in done.items()}
    return Update(Requests.tab, row.id, cells, {})


def certificate(ctx: Context, shown: Row) -> Certificate:
    """The certificate of an erasure that was carried out, the same whenever it is asked for."""
    access.require(ctx, "requests.see")
    row = records.view(ctx).get(Requests, shown.id)
    if row["kind"] != RequestKind.ERASURE or row["status"] != RequestStatus.ANSWERED:
        raise NotYet(Message(N_("Nothing was erased for this request.")), steps.LOOK_AGAIN)
    found = (_LINE.match(line) for line in (row["outcome"] or "").splitlines())
    parts = tuple(Part(line[1], int(line[2]), int(line[3])) for line in found if line)
    backups = ctx.programme.backups
    until = row["decided_on"] + timedelta(days=backups.kept_days)
    return Certificate(row.id, row["decided_on"], parts, until, backups.source)


def _is_erasure(ctx: Context, row: Row) -> None:
    if row["kind"] != RequestKind.ERASURE or not row["record"]:
        access.refuse(ctx, PROPOSE, row.id)


def _nothing_against(found: Sequence[Message]) -> None:
    if found:
        raise NotYet(found[0], Message(N_("Finish what is open first; then propose it again.")))


def _not_oneself(ctx: Context, who: Subject) -> None:
    """Nobody erases themselves, nor is their own second person."""
    whole = ctx.workbook.table(People.tab).rows
    mine = {id_ for id_ in whole if people.is_same_human(ctx, id_, ctx.actor.id)}
    if who.ids & (mine | {ctx.actor.mentor or "-"}):
        raise NotYet(NOT_ONESELF, steps.ANOTHER)
