"""Call-off contracts: their areas, dates, value and purchase order (D28)."""

from collections.abc import Iterable
from typing import Any

from schemas.column import Row, new_id
from schemas.contracts import Bills, BillStatus, Contracts, ContractStatus
from schemas.errors import InvalidEntry, NotFound, NotYet, Problem
from schemas.words import N_, Message, message
from services import access, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Values
from services.store.interface import Needs, Receipt
from services.terms import ContractTerms

DATES = ("starts_on", "implemented_on", "ends_on")
FIGURES = frozenset({*DATES, "name", "value_pounds"})
ORDER = ("cost_centre", "account_code", "purchase_order", "line_implementation", "line_main", "line_kept")
TYPED = FIGURES | {"areas", "last_start_on", "last_invoice_on", "payee", *ORDER}


def terms_of(ctx: Context) -> ContractTerms:
    """What every contract of this programme is held to; a programme without contracts has no such page."""
    if ctx.programme.contract is None:
        raise NotFound()
    return ctx.programme.contract


def listed(ctx: Context) -> list[Row]:
    """Every contract, running ones first, the newest first among them."""
    access.require(ctx, "contracts.see")
    found = sorted(records.view(ctx).all(Contracts), key=lambda row: row["starts_on"], reverse=True)
    return sorted(found, key=lambda row: row["status"] != ContractStatus.RUNNING)


def running(rows: records.Reader) -> list[Row]:
    """The contracts that run."""
    return rows.where(Contracts, "status", ContractStatus.RUNNING)


def first_values(ctx: Context) -> dict[str, Any]:
    """What a new contract's form starts with: the days that the programme's folder names."""
    terms = terms_of(ctx)
    days = {
        "ends_on": terms.last_day_on,
        "last_start_on": terms.last_start_on,
        "last_invoice_on": terms.last_invoice_on,
    }
    return {name: day for name, day in days.items() if day is not None}


def add(ctx: Context, op_id: str, values: Values) -> Receipt:
    """Take up a contract."""
    typed = steps.only(ctx, "contracts.edit", values, TYPED)
    id_ = new_id(Contracts.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        _refuse_impossible(ctx, fresh, typed, "")
        return [New(Contracts, {**typed, "status": ContractStatus.RUNNING}, id_)]

    return records.commit(ctx, op_id, "contracts.edit", typed, Needs(whole=(Contracts.tab,)), decide)


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change a contract; what its invoices were worked out from stays while one of them stands."""
    typed = steps.only(ctx, "contracts.edit", values, TYPED | {"status"})

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Contracts, shown.id)
        if FIGURES & {name for name, value in typed.items() if value != now[name]}:
            _refuse_billed(fresh, now.id)
        _refuse_impossible(ctx, fresh, {**now, **typed}, now.id)
        return [Edit(Contracts, now.id, typed, shown=shown)]

    needs = Needs(where=((Bills.tab, "contract", shown.id),), whole=(Contracts.tab,))
    return records.commit(ctx, op_id, "contracts.edit", [shown.id, typed], needs, decide)


def live_bills(rows: records.Reader, contract: str) -> list[Row]:
    """The invoices of a contract that are not void."""
    return [row for row in rows.where(Bills, "contract", contract) if row["status"] != BillStatus.VOID]


def _refuse_billed(fresh: FreshRows, contract: str) -> None:
    if live_bills(fresh, contract):
        raise NotYet(
            Message(
                N_("Invoices of this contract carry its name and were worked out from its dates and value.")
            ),
            Message(N_("Make them void first, with the reason; then change it and issue them again.")),
        )


def _refuse_impossible(ctx: Context, fresh: FreshRows, values: Values, own: str) -> None:
    problems = [*_wrong_areas(ctx, values), *_wrong_dates(values), *_taken_areas(fresh, values, own)]
    if problems:
        raise InvalidEntry(problems)


def _wrong_areas(ctx: Context, values: Values) -> Iterable[Problem]:
    areas, known = values.get("areas") or (), ctx.programme.choices("areas")
    if not areas:
        yield Contracts.columns["areas"].problem(Message(N_("is needed: choose one or more.")))
    if unknown := [area for area in areas if area not in known]:
        words = message(N_("'{area}' is none of the programme's areas."), area=unknown[0])
        yield Contracts.columns["areas"].problem(words)
    if len(set(areas)) < len(areas):
        yield Contracts.columns["areas"].problem(Message(N_("names an area twice.")))


def _wrong_dates(values: Values) -> Iterable[Problem]:
    """Without a day after the implementation there is no month to pay the fee in."""
    implemented, ends = values.get("implemented_on"), values.get("ends_on")
    if implemented and ends and ends <= implemented:
        words = Message(
            N_("must be after the end of the implementation: the delivery fee is paid from then on.")
        )
        yield Contracts.columns["ends_on"].problem(words)
    last = values.get("last_start_on")
    if last and ends and last > ends:
        yield Contracts.columns["last_start_on"].problem(Message(N_("can't be after the end.")))


def _taken_areas(fresh: FreshRows, values: Values, own: str) -> Iterable[Problem]:
    """An area is in one contract at a time, or its people would be counted twice."""
    starts, ends, areas = values.get("starts_on"), values.get("ends_on"), set(values.get("areas") or ())
    if not starts or not ends:
        return
    for other in fresh.all(Contracts):
        both = areas & set(other["areas"])
        if other.id != own and both and other["starts_on"] <= ends and starts <= other["ends_on"]:
            words = message(
                N_("{area} is in the contract {name} in that time."), area=min(both), name=other["name"]
            )
            yield Contracts.columns["areas"].problem(words)
