"""Letters: issued in one run, confirmed, paid; what went out is frozen in its own rows (S12).

`issue` works the period out again on fresh rows inside its one commit, so that an hour is never on two live
letters. Letters are made from the stored rows, for good.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.mentors import Mentors
from schemas.money import InvoiceKind, InvoiceLines, Invoices, InvoiceStatus
from schemas.organisations import Payees
from schemas.people import People
from schemas.words import N_, Message, Money, message
from schemas.work import Timesheets, TimesheetStatus
from services import access, claims, exceptions, payees, people, records, runs, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New
from services.rules import pay
from services.rules.periods import Period
from services.runs import Item, Letter
from services.store.interface import Needs, Receipt


def issue(
    ctx: Context,
    op_id: str,
    period: Period,
    shown_pounds: Decimal,
    shown_lines: Collection[str] | None = None,
) -> Receipt:
    """Issue every letter of a period in one commit: letters, their lines, and the hours marked (S12).

    The total and the lines (by id, where given) must still be those that were shown: a run that finds other
    hours changes nothing, though they be worth the same.
    """
    before = runs.preview(ctx, period).letters

    def decide(fresh: FreshRows) -> list[Intent]:
        approved = fresh.where(Timesheets, "status", TimesheetStatus.APPROVED)
        verdicts = claims.verdicts(ctx, fresh, {line["assignment"] for line in approved})
        payable, _ = runs.sorted_out(verdicts, approved, period)
        now = runs.letters_of(records.ground(ctx), payable)
        _as_shown(now, payable, shown_pounds, shown_lines)
        _not_own(ctx, now)
        number = _next_count(ctx, fresh)
        return [
            intent
            for count, letter in enumerate(now, start=number)
            for intent in _issued(ctx, fresh, letter, period, count)
        ]

    typed = [period.first, period.last, shown_pounds]
    why = exceptions.note(ctx, (line["decided_by"] for letter in before for line in letter.lines))
    return records.commit(ctx, op_id, "invoices.issue", typed, _needs_of(ctx, before), decide, why)


def _needs_of(ctx: Context, letters: Sequence[Letter]) -> Needs:
    """What a run is decided on: the hours with their conditions, the payees, every letter's number."""
    asked = claims.needs(records.ground(ctx), [line for letter in letters for line in letter.lines])
    parties = sorted({(letter.party.mentor, letter.party.organisation) for letter in letters})
    return Needs(
        rows=asked.rows + ((Payees.tab, ""),),
        where=(
            *asked.where,
            (Timesheets.tab, "status", TimesheetStatus.APPROVED.value),
            *((Payees.tab, "mentor", mentor) for mentor, _ in parties if mentor),
            *((Payees.tab, "organisation", organisation) for _, organisation in parties if organisation),
        ),
        whole=(*asked.whole, Invoices.tab),
    )


def _as_shown(
    letters: Sequence[Letter], payable: Iterable[Row], pounds: Decimal, lines: Collection[str] | None
) -> None:
    """Refuse a run that is empty, or whose total or hours are no longer those that were on the screen."""
    total = sum((letter.pounds for letter in letters), Decimal("0.00"))
    if not letters:
        raise NotYet(
            Message(N_("There is nothing to pay in this period.")),
            Message(N_("Look at what is held back below and who can clear it.")),
        )
    if total != pounds or (lines is not None and {line.id for line in payable} != set(lines)):
        raise NotYet(
            message(N_("The total is {now} now."), now=Money(total)),
            Message(N_("Somebody changed a line meanwhile. Look at the letters again, then issue.")),
        )


def _not_own(ctx: Context, letters: Sequence[Letter]) -> None:
    """Nobody pays what they approved themselves, unless an administrator allows it by name (X15)."""
    lines = [line for letter in letters for line in letter.lines]
    own = [line for line in lines if people.is_self(ctx, line["mentor"])]
    if own:
        raise NotYet(
            Message(N_("Your own hours are among these.")),
            Message(N_("Somebody else has to issue the letters.")),
        )
    approved = [line for line in lines if people.is_same_human(ctx, line["decided_by"] or "", ctx.actor.id)]
    if approved and not people.may_hold_both(ctx):
        raise NotYet(
            Message(N_("You approved some of these hours yourself.")),
            Message(N_("Somebody else has to issue them, or an administrator allows you both by name.")),
        )


def _next_count(ctx: Context, fresh: FreshRows) -> int:
    """Numbers count up within a programme and year, invoices and credit notes together.

    A number is spent once it stands in the sheet: a row put away or spoilt by hand still has it on paper.
    """
    year = str(ctx.today.year)
    pattern = ctx.programme.invoices.number
    start = pattern.split("{count", 1)[0].format(year=year)
    spent = fresh.texts(Invoices, "number")
    tails = [number.removeprefix(start) for number in spent if number.startswith(start)]
    return max((int(tail) for tail in tails if tail.isdigit()), default=0) + 1


def next_number(ctx: Context, fresh: FreshRows) -> str:
    """The next free number, for a credit note; the commit needs the whole of Invoices."""
    return _number(ctx, _next_count(ctx, fresh))


def _number(ctx: Context, count: int) -> str:
    return ctx.programme.invoices.number.format(year=ctx.today.year, count=count)


def _issued(ctx: Context, fresh: FreshRows, letter: Letter, period: Period, count: int) -> list[Intent]:
    payee = payees.confirmed_of(fresh, letter.party.mentor, letter.party.organisation)
    id_ = new_id(Invoices.prefix)
    first = min(line["worked_on"] for line in letter.lines)
    values = {
        "number": _number(ctx, count),
        "kind": InvoiceKind.INVOICE,
        "mentor": letter.party.mentor or None,
        "organisation": letter.party.organisation or None,
        "addressed_to": _addressee(ctx),
        "from_on": min(first, period.first),
        "to_on": period.last,
        "issued_on": ctx.today,
        "hours": letter.hours,
        "total_pounds": letter.pounds,
        "status": InvoiceStatus.ISSUED,
        **_payee_frozen(ctx, payee, letter),
    }
    own: list[Intent] = [New(Invoices, values, id_)]
    own += [New(InvoiceLines, _line_values(ctx, id_, item)) for item in letter.items]
    marked = {"status": TimesheetStatus.INVOICED, "invoice": id_}
    return own + [Edit(Timesheets, line.id, marked) for line in letter.lines]


def _payee_frozen(ctx: Context, payee: Row | None, letter: Letter) -> dict[str, object]:
    """The payee's details as they stand today; missing or unreadable bank details never block a letter."""
    if payee is None:
        return {"payee_name": letter.name}
    vat = pay.vat_included(letter.pounds, ctx.programme.invoices.vat_percent) if payee["vat_number"] else None
    seals = ctx.workbook.seals
    bank = {name: seals.readable(payee[name]) or None for name in payees.BANK}
    return {
        "payee": payee.id,
        "payee_name": payee["name"],
        "payee_address": payee["address"],
        "vat_number": payee["vat_number"],
        "vat_pounds": vat,
        **bank,
    }


def _line_values(ctx: Context, invoice: str, item: Item) -> dict[str, object]:
    names = records.ground(ctx)
    return {
        "invoice": invoice,
        "assignment": item.assignment,
        "mentor": item.mentor,
        "mentor_name": names.name(Mentors, item.mentor),
        "work": runs.work_of(names, item.assignment),
        "first_on": item.lines[0]["worked_on"],
        "last_on": item.lines[-1]["worked_on"],
        "hours": item.hours,
        "day_rate_pounds": item.day_rate_pounds,
        "hours_per_day": item.hours_per_day,
        "amount_pounds": item.pounds,
    }


def _addressee(ctx: Context) -> str:
    """The Programme Manager by name, where there is just one."""
    managers = records.ground(ctx).where(People, "role", "Programme Manager")
    names = sorted({row["name"] for row in managers if row["status"] == "active"})
    return names[0] if len(names) == 1 else ""


def register(ctx: Context) -> list[Row]:
    """Every letter and credit note, newest first."""
    access.require(ctx, "invoices.see")
    return sorted(records.view(ctx).all(Invoices), key=lambda row: row["number"], reverse=True)


def own(ctx: Context) -> list[Row]:
    """The mentor's own letters: every line on them is theirs (RM37)."""
    access.require(ctx, "invoices.own")
    return sorted(records.view(ctx).all(Invoices), key=lambda row: row["number"], reverse=True)


def lines_of(ctx: Context, invoice: str) -> list[Row]:
    """The lines of a letter one may see, as they stand on it."""
    rows = records.view(ctx)
    rows.get(Invoices, invoice)
    found = rows.where(InvoiceLines, "invoice", invoice)
    return sorted(
        found, key=lambda line: (str(line["mentor_name"]), str(line["work"]), line["day_rate_pounds"])
    )


def own_lines(ctx: Context) -> list[Row]:
    """A hosted mentor sees their own lines of the host's letter, not the letter (RM37)."""
    access.require(ctx, "invoices.own")
    return records.view(ctx).where(InvoiceLines, "mentor", ctx.actor.mentor)


def confirm(ctx: Context, op_id: str, shown: Row, on: date) -> Receipt:
    """Record that the payee confirmed the letter prepared for them (S12)."""
    _fits(ctx, "confirmed_on", on, [shown])
    if shown["kind"] != InvoiceKind.INVOICE:
        raise NotYet(Message(N_("A credit note is not confirmed.")), Message(N_("Choose an invoice.")))
    return _edited(ctx, op_id, "invoices.pay", shown, {"confirmed_on": on}, ["confirm", on])


def mark_paid(ctx: Context, op_id: str, shown: Row, on: date) -> Receipt:
    """Record the payment of one letter."""
    return pay_letters(ctx, op_id, [shown], on)


def pay_letters(ctx: Context, op_id: str, shown: Sequence[Row], on: date) -> Receipt:
    """Record the payment of letters, all or none: they and their hours refuse edits from now on (S12).

    Nobody records the payment of their own hours (X15).
    """
    by_id = {row.id: row for row in shown}
    _fits(ctx, "paid_on", on, shown)

    def decide(fresh: FreshRows) -> list[Intent]:
        intents: list[Intent] = []
        for id_, row in by_id.items():
            lines = fresh.where(Timesheets, "invoice", id_)
            _payable_letter(ctx, fresh.get(Invoices, id_), lines)
            paid = {"status": InvoiceStatus.PAID, "paid_on": on}
            intents.append(Edit(Invoices, id_, paid, shown=row, signs=True))
            intents += [Edit(Timesheets, line.id, {"status": TimesheetStatus.PAID}) for line in lines]
        return intents

    needs = Needs(
        rows=tuple((Invoices.tab, id_) for id_ in by_id),
        where=tuple((Timesheets.tab, "invoice", id_) for id_ in by_id),
    )
    return records.commit(ctx, op_id, "invoices.pay", [*sorted(by_id), on], needs, decide)


def _fits(ctx: Context, name: str, on: date, shown: Iterable[Row]) -> None:
    """Nothing is paid or confirmed before its letter went out, nor ahead of today."""
    steps.needed(Invoices, {name: on}, name)
    column = Invoices.columns[name]
    if on > ctx.today:
        raise InvalidEntry([column.problem(Message(N_("is in the future.")))])
    if any(on < row["issued_on"] for row in shown):
        raise InvalidEntry([column.problem(Message(N_("is before a letter was issued.")))])


def _payable_letter(ctx: Context, letter: Row, lines: Iterable[Row]) -> None:
    if letter["kind"] != InvoiceKind.INVOICE:
        raise NotYet(Message(N_("A credit note is not paid.")), Message(N_("Choose an invoice.")))
    _still_issued(letter)
    if any(people.is_self(ctx, line["mentor"]) for line in lines):
        raise NotYet(
            message(N_("Your own hours are on {number}."), number=letter["number"]),
            Message(N_("Somebody else has to record its payment.")),
        )


def _still_issued(letter: Row) -> None:
    if letter["status"] != InvoiceStatus.ISSUED:
        raise NotYet(
            Message(N_("A paid or credited letter is not changed.")),
            Message(N_("Both papers stay as they went out.")),
        )


def _edited(
    ctx: Context, op_id: str, action: str, shown: Row, values: Mapping[str, object], typed: object
) -> Receipt:
    def decide(fresh: FreshRows) -> list[Intent]:
        _still_issued(fresh.get(Invoices, shown.id))
        return [Edit(Invoices, shown.id, values, shown=shown)]

    return records.commit(
        ctx, op_id, action, [shown.id, typed], Needs(rows=((Invoices.tab, shown.id),)), decide
    )
