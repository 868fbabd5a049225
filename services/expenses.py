"""What peers paid out and claim back: written down, sent, decided by another, paid by finance (L6, RM68 to RM70).

Nobody decides their own. What was sent is changed by nobody: it is returned, and its peer mends it. Approval wants
the receipt and freezes what is paid back and what is above a limit.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet, Problem
from schemas.expenses import Expenses, ExpenseStatus
from schemas.money import Figures
from schemas.peers import Orders, Projects
from schemas.scans import ScanPieces, Scans
from schemas.words import N_, Message, Money, message, plain
from services import access, expense_claims, people, receipts, records, scans, steps
from services.context import Context
from services.expense_claims import MOST_NIGHTS, OPEN
from services.records import Edit, FreshRows, Intent, New
from services.rules.expenses import Worth
from services.store.interface import Needs, Receipt
from services.terms import ExpenseKind

TYPED = frozenset({"project", "spent_on", "kind", "what", "pounds", "nights", "is_london", "miles", "saves"})
OWN = Message(N_("Nobody decides their own expenses."))
DROPPED = "dropped by the peer"
HAND_BACK = Message(N_("Return it, so that it is sent and decided again."))
FROZEN = ("payable_pounds", "capped_pounds", "decided_by", "decided_on")
DRAFT, SUBMITTED, APPROVED = ExpenseStatus.DRAFT, ExpenseStatus.SUBMITTED, ExpenseStatus.APPROVED


# --- the peer ---------------------------------------------------------------------------------------------


def save(
    ctx: Context, op_id: str, values: Mapping[str, Any], shown: Row | None = None, photo: bytes = b""
) -> Receipt:
    """Write down an item, or mend one's own that is not sent or came back; before it is paid, to have it agreed.

    What came back is a draft again once it was looked at, so that nothing is sent a second time unseen.

    `photo` is its receipt, a picture or a PDF, kept in the same change.
    """
    expense_claims.terms(ctx)
    typed = steps.only(ctx, "expenses.claim", values, TYPED)
    if typed.get("project"):
        records.view(ctx).get(Projects, typed["project"])
    fitted = _fitted(ctx, {**(shown or {}), **typed})
    id_, receipt = shown.id if shown else new_id(Expenses.prefix), new_id(Scans.prefix)
    kept = scans.kept(ctx, receipt, receipts.prepared(photo)) if photo else []
    fitted |= {"receipt": receipt} if photo else {}

    def decide(fresh: FreshRows) -> list[Intent]:
        if shown is None:
            return [*kept, New(Expenses, {**fitted, "mentor": ctx.actor.mentor, "status": DRAFT}, id_)]
        now = _own_open(ctx, fresh, id_)
        mended = {**fitted, **_no_longer_agreed(now, fitted), "status": DRAFT}
        return [*kept, Edit(Expenses, id_, mended, shown=shown)]

    needs = Needs(rows=((Expenses.tab, id_),))
    content = [shown.id if shown else "", typed, scans.digest(photo)]
    return records.commit(ctx, op_id, "expenses.claim", content, needs, decide)


def _fitted(ctx: Context, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that belong to the kind, as typed; the others blank. Stops where one is missing or impossible."""
    steps.needed(Expenses, values, "spent_on", "kind", "what")
    kind = expense_claims.kind_of(ctx, values["kind"])
    if kind is None:
        raise InvalidEntry([Expenses.columns["kind"].problem(Message(N_("is not one of the list.")))])
    belongs = _fields(kind)
    fitted = {name: values.get(name) if name in belongs else None for name in TYPED}
    steps.needed(Expenses, fitted, "miles" if kind.is_mileage else "pounds")
    if wrong := _wrong(fitted):
        raise InvalidEntry(wrong)
    return fitted


def _fields(kind: ExpenseKind) -> frozenset[str]:
    """What a form asks for this kind."""
    asked = {"project", "spent_on", "kind", "what", "miles" if kind.is_mileage else "pounds"}
    if kind.night_limit:
        asked.add("nights")
    if kind.london_limit:
        asked.add("is_london")
    if kind.needs_saving:
        asked.add("saves")
    return frozenset(asked)


def fields(ctx: Context, kind: str) -> frozenset[str]:
    """What the form asks for a kind of expense; before one is chosen, only the kind."""
    found = expense_claims.kind_of(ctx, kind)
    return _fields(found) if found else frozenset({"kind"})


def _wrong(fitted: Mapping[str, Any]) -> list[Problem]:
    columns, wrong = Expenses.columns, []
    nights, miles = fitted["nights"], fitted["miles"]
    if nights is not None and nights % 1:
        wrong.append(columns["nights"].problem(Message(N_("must be a whole number."))))
    elif nights is not None and nights > MOST_NIGHTS:
        most = message(N_("must be {most} or less."), most=plain(Decimal(MOST_NIGHTS)))
        wrong.append(columns["nights"].problem(most))
    if miles is not None and miles <= 0:
        wrong.append(columns["miles"].problem(message(N_("must be more than {least}."), least="0")))
    return wrong


def _own_open(ctx: Context, fresh: FreshRows, id_: str) -> Row:
    """One's own item, not sent or returned; what was sent is nobody's to change (RM70)."""
    now = fresh.get(Expenses, id_)
    if now["mentor"] != ctx.actor.mentor:
        access.refuse(ctx, "expenses.claim", id_)
    if now["status"] not in OPEN:
        raise NotYet(
            message(N_("This is {status} now."), status=Message(str(now["status"]))),
            Message(N_("Ask for it to be returned; then you can change it.")),
        )
    return now


def _no_longer_agreed(now: Row, fitted: Mapping[str, Any]) -> dict[str, Any]:
    """Agreed was this kind on this day for this much: more, or another, is asked for again; its number stays its own."""
    is_other = any(fitted[name] != now[name] for name in ("kind", "spent_on"))
    is_more = any((fitted[name] or 0) > (now[name] or 0) for name in ("pounds", "miles"))
    gone: dict[str, Any] = (
        {"approved_before_on": None, "approved_before_by": ""} if is_other or is_more else {}
    )
    if fitted["project"] != now["project"]:
        gone |= {"claim": "", "purchase_order": ""}
    return gone


def submit(ctx: Context, op_id: str, shown: Sequence[Row]) -> Receipt:
    """Send items: each project's become a claim with a number of its own and the purchase order on it (L6, L10)."""
    expense_claims.terms(ctx)
    by_id = {row.id: row for row in shown}

    def decide(fresh: FreshRows) -> list[Intent]:
        now = [_own_open(ctx, fresh, id_) for id_ in by_id]
        for row in now:
            _complete(ctx, row)
        numbers = _numbers(ctx, fresh, now)
        return [
            Edit(Expenses, row.id, _sent(ctx, fresh, row, numbers), shown=by_id[row.id], signs=True)
            for row in now
        ]

    needs = Needs(whole=(Expenses.tab,), where=((Orders.tab, "mentor", ctx.actor.mentor),))
    return records.commit(ctx, op_id, "expenses.claim", ["submit", *sorted(by_id)], needs, decide)


def _complete(ctx: Context, row: Row) -> None:
    """Stop where something is missing that only the peer can add; agreement beforehand is staff's to note."""
    _fitted(ctx, row)
    steps.not_ahead(ctx, Expenses, "spent_on", row["spent_on"])
    steps.needed(Expenses, row, *_wanted(ctx, row))


def _wanted(ctx: Context, row: Row) -> list[str]:
    """What a kind asks for before it is sent, beyond what every item has."""
    kind = expense_claims.kind_of(ctx, row["kind"])
    if kind is None or kind.is_mileage:
        return []
    wanted = ["receipt"]
    wanted += ["nights"] if kind.needs_nights else []
    wanted += ["saves"] if kind.needs_saving else []
    return wanted


def may_be_sent(ctx: Context, row: Row) -> bool:
    """Whether an item of one's own is spent and complete; one that lacks something doesn't keep the others back.

    One that came back is not: its reason is read first, and it is kept anew.
    """
    is_whole = all(str(row[name] or "").strip() for name in _wanted(ctx, row))
    return row["status"] == DRAFT and row["spent_on"] <= ctx.today and is_whole


def _sent(ctx: Context, fresh: FreshRows, row: Row, numbers: Mapping[str, str]) -> dict[str, Any]:
    orders = fresh.where(Orders, "mentor", row["mentor"])
    order = next((each["number"] for each in orders if each["project"] == row["project"]), "")
    return {
        "claim": row["claim"] or numbers[row["project"] or ""],
        "purchase_order": order if row["project"] else "",
        "status": SUBMITTED,
        "submitted_on": ctx.today,
        "reason": "",
    }


def _numbers(ctx: Context, fresh: FreshRows, rows: Sequence[Row]) -> dict[str, str]:
    """A number for each project's items, one more than the year's highest; none is given twice."""
    form = expense_claims.terms(ctx).claim_number
    taken, found, count = set(fresh.texts(Expenses, "claim")), dict[str, str](), 1
    for project in sorted({row["project"] or "" for row in rows if not row["claim"]}):
        while (number := form.format(year=ctx.today.year, count=count)) in taken:
            count += 1
        taken.add(number)
        found[project] = number
    return found


def drop(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Put away an item of one's own that is not sent, or came back, with its receipt; Undo brings both back."""
    scan = shown["receipt"] or ""

    def decide(fresh: FreshRows) -> list[Intent]:
        _own_open(ctx, fresh, shown.id)
        return [
            Edit(Expenses, shown.id, {"_archived": DROPPED}, shown=shown),
            *scans.put_away(fresh, scan, DROPPED),
        ]

    item = ((Expenses.tab, shown.id),)
    needs = (
        Needs(rows=(*item, (Scans.tab, scan)), where=((ScanPieces.tab, "scan", scan),))
        if scan
        else Needs(rows=item)
    )
    return records.commit(ctx, op_id, "expenses.claim", ["drop", shown.id], needs, decide)


def take_back(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Take back an item that nobody has decided, to mend it."""

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Expenses, shown.id)
        if now["mentor"] != ctx.actor.mentor:
            access.refuse(ctx, "expenses.claim", shown.id)
        steps.at(ctx, now, SUBMITTED)
        return [Edit(Expenses, shown.id, {"status": DRAFT}, shown=shown)]

    needs = Needs(rows=((Expenses.tab, shown.id),))
    return records.commit(ctx, op_id, "expenses.claim", ["back", shown.id], needs, decide)


# --- whoever decides --------------------------------------------------------------------------------------


def agree(ctx: Context, op_id: str, shown: Row, on: date) -> Receipt:
    """Note that it was agreed before it was spent, on that day, by whoever notes it (L6); never one's own."""
    steps.needed(Expenses, {"approved_before_on": on}, "approved_before_on")
    steps.not_ahead(ctx, Expenses, "approved_before_on", on)

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Expenses, shown.id)
        steps.not_own(ctx, "expenses.decide", now["mentor"], OWN)
        steps.at(ctx, now, *OPEN, SUBMITTED)
        if on > now["spent_on"]:
            late = message(N_("can't be after it was spent on {day}."), day=now["spent_on"])
            raise InvalidEntry([Expenses.columns["approved_before_on"].problem(late)])
        agreed = {"approved_before_on": on, "approved_before_by": ctx.actor.name}
        return [Edit(Expenses, shown.id, agreed, shown=shown, signs=True)]

    return _step(ctx, op_id, "expenses.decide", ["agree", shown.id, on], [shown], decide)


def approve(ctx: Context, op_id: str, shown: Sequence[Row], pounds: Decimal | None = None) -> Receipt:
    """Approve sent items with their receipts, freezing what is paid back and what is not (RM68, RM69); all or none.

    `pounds` is what they came to as they were shown: another decision since may have used up a limit.
    """
    by_id = {row.id: row for row in shown}

    def decide(fresh: FreshRows) -> list[Intent]:
        worths = {id_: _approvable(ctx, fresh, id_, by_id) for id_ in by_id}
        total = sum((worth.payable for worth in worths.values()), Decimal())
        if pounds is not None and total != pounds:
            raise NotYet(message(N_("This comes to {pounds} now."), pounds=Money(total)), steps.LOOK_AGAIN)
        return [
            Edit(Expenses, id_, _frozen(ctx, worth), shown=by_id[id_], signs=True)
            for id_, worth in worths.items()
        ]

    return _step(ctx, op_id, "expenses.decide", ["approve", *sorted(by_id)], shown, decide)


def _approvable(ctx: Context, fresh: FreshRows, id_: str, beside: Collection[str]) -> Worth:
    now = fresh.get(Expenses, id_)
    steps.not_own(ctx, "expenses.decide", now["mentor"], OWN)
    steps.at(ctx, now, SUBMITTED)
    worth = expense_claims.worths_of(ctx, fresh, now["mentor"], beside)[id_]
    _nothing_stops(now, worth)
    return worth


def _nothing_stops(row: Row, worth: Worth) -> None:
    if worth.stops:
        words = N_("{what}: {stop}")
        reason = message(words, what=row["what"] or row["kind"], stop=worth.stops[0])
        raise NotYet(reason, Message(N_("Return it and say what is missing, or note what was agreed.")))


def _frozen(ctx: Context, worth: Worth) -> dict[str, Any]:
    return {
        "status": APPROVED,
        "payable_pounds": worth.payable,
        "capped_pounds": worth.capped,
        "decided_by": ctx.actor.id,
        "decided_on": ctx.today,
    }


def give_back(ctx: Context, op_id: str, shown: Row, reason: str) -> Receipt:
    """Return a sent item to its peer and say what to mend; an amount is never changed for them (RM70)."""
    return _turned(ctx, op_id, "expenses.decide", shown, ExpenseStatus.RETURNED, reason, SUBMITTED)


def hand_back(ctx: Context, op_id: str, shown: Row, reason: str) -> Receipt:
    """Finance returns an approved item instead of editing it; what was frozen is decided anew (RM70)."""
    return _turned(ctx, op_id, "expenses.pay", shown, ExpenseStatus.RETURNED, reason, APPROVED)


def refuse(ctx: Context, op_id: str, shown: Row, reason: str) -> Receipt:
    """Refuse a sent item and say why."""
    return _turned(ctx, op_id, "expenses.decide", shown, ExpenseStatus.REFUSED, reason, SUBMITTED)


def _turned(
    ctx: Context, op_id: str, right: str, shown: Row, status: ExpenseStatus, reason: str, begins: str
) -> Receipt:
    steps.needed(Expenses, {"reason": reason}, "reason")

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Expenses, shown.id)
        steps.not_own(ctx, right, now["mentor"], OWN)
        steps.at(ctx, now, begins)
        told: dict[str, Any] = {"status": status, "reason": reason}
        if status is ExpenseStatus.REFUSED:
            told |= {"decided_by": ctx.actor.id, "decided_on": ctx.today}
        else:
            told |= dict.fromkeys(FROZEN)
        return [Edit(Expenses, shown.id, told, shown=shown, signs=True)]

    return _step(ctx, op_id, right, [status.value, shown.id, reason], [shown], decide)


def pay(ctx: Context, op_id: str, shown: Sequence[Row], paid_on: date) -> Receipt:
    """Record the day approved items were paid; whoever approved one does not pay it."""
    steps.needed(Expenses, {"paid_on": paid_on}, "paid_on")
    steps.not_ahead(ctx, Expenses, "paid_on", paid_on)
    by_id = {row.id: row for row in shown}

    def decide(fresh: FreshRows) -> list[Intent]:
        for id_ in by_id:
            _payable(ctx, fresh.get(Expenses, id_), paid_on)
        paid = {"status": ExpenseStatus.PAID, "paid_on": paid_on}
        return [Edit(Expenses, id_, paid, shown=by_id[id_], signs=True) for id_ in by_id]

    return _step(ctx, op_id, "expenses.pay", ["pay", paid_on, *sorted(by_id)], shown, decide)


def _payable(ctx: Context, row: Row, paid_on: date) -> None:
    steps.not_own(ctx, "expenses.pay", row["mentor"], Message(N_("Nobody pays their own expenses.")))
    if people.is_same_human(ctx, row["decided_by"] or "", ctx.actor.id):
        access.log.warning("refused own action=expenses.pay actor=%s", ctx.actor.id)
        raise NotYet(Message(N_("You approved this yourself.")), steps.ANOTHER)
    steps.at(ctx, row, APPROVED)
    if any(row[name] is None for name in FROZEN):
        raise NotYet(Message(N_("Nobody has approved this here, whatever its status says.")), HAND_BACK)
    if paid_on < row["decided_on"]:
        words = message(N_("can't be before it was approved on {day}."), day=row["decided_on"])
        raise InvalidEntry([Expenses.columns["paid_on"].problem(words)])


def _step(
    ctx: Context, op_id: str, right: str, typed: object, shown: Sequence[Row], made: records.Decide
) -> Receipt:
    """On fresh rows of the peers concerned: nights and miles are shared with all their other items."""
    peers = {row["mentor"] for row in shown}
    where = tuple((Expenses.tab, "mentor", peer) for peer in sorted(peers))
    needs = Needs(rows=tuple((Expenses.tab, row.id) for row in shown), where=where, whole=(Figures.tab,))
    return records.commit(ctx, op_id, right, typed, needs, made)
