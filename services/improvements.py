"""Performance Improvement Plans: one for each service level, area and month that was missed (D15, 3.3)."""

from collections.abc import Iterable
from decimal import Decimal

from schemas.cases import Cases
from schemas.column import Row, new_id
from schemas.contracts import Contracts, Improvements, ImprovementStatus, Postings, Returns
from schemas.errors import InvalidEntry, NotYet
from schemas.mentees import Mentees, Plans
from schemas.words import N_, Message, Month, day_words, message, say
from schemas.work import Sessions
from services import access, contracts, levels, records, returns, steps
from services.context import Context
from services.documents import DOCUMENTS, ImprovementPlan, ImprovementRow, render
from services.levels import Tally
from services.records import Edit, FreshRows, New, Values
from services.rules import periods
from services.rules.periods import Period
from services.store.interface import Needs, Receipt

# Whoever may ask sees all of these, so that the answer is everybody's until one of them changes.
DECIDED_BY = (Cases, Plans, Sessions, Mentees, Contracts, Postings, Returns, Improvements)
TYPED = frozenset({"cause", "actions", "owner", "review_on"})


def listed(ctx: Context, contract: Row) -> list[Row]:
    """The plans of a contract, open ones first, the newest month first."""
    access.require(ctx, "improvements.see")
    found = records.view(ctx).where(Improvements, "contract", contract.id)
    newest = sorted(found, key=lambda row: (row["month"], row["level"], row["area"] or ""), reverse=True)
    return sorted(newest, key=lambda row: row["status"] == ImprovementStatus.CLOSED)


def owed(ctx: Context, contract: Row, months: int = 2) -> list[Tally]:
    """What was missed in the latest months and has no plan yet: this month and those before it."""
    access.require(ctx, "improvements.see")
    tabs = tuple(register.tab for register in DECIDED_BY)
    name = f"improvement plans owed {contract.id} {ctx.today} {months}"
    return ctx.workbook.derived(name, tabs, ctx.programme.code, lambda: _owed(ctx, contract, months))


def _owed(ctx: Context, contract: Row, months: int) -> list[Tally]:
    there = {_key(row["level"], row["area"], row["month"]) for row in listed(ctx, contract)}
    found: list[Tally] = []
    for month in _latest(ctx, contract, months):
        found += [
            each
            for each in levels.report(ctx, contract, month)
            if each.is_missed and _key(each.level.code, each.area, month.first) not in there
        ]
    return found


def _latest(ctx: Context, contract: Row, count: int) -> Iterable[Period]:
    month = periods.month_of(min(ctx.today, contract["ends_on"]))
    for _ in range(count):
        if month.last >= contract["starts_on"]:
            yield month
        month = periods.previous(month)


def _key(level: str, area: str | None, month: object) -> tuple[str, str, object]:
    return level, area or "", month


def level_name(ctx: Context, code: str, language: str) -> str:
    """A service level's name in a language."""
    found = (level.title.said(language) for level in contracts.terms_of(ctx).levels if level.code == code)
    return next(found, code)


def begin(ctx: Context, op_id: str, contract: Row, tally: Tally, values: Values) -> Receipt:
    """Open the plan for a level that was missed; refused where it was not, and where its plan is there already."""
    typed = _typed(ctx, values)
    now = _as_reported(ctx, contract, tally)

    def decide(fresh: FreshRows) -> list[New]:
        rows = fresh.where(Improvements, "contract", contract.id)
        mine = _key(tally.level.code, tally.area, tally.month.first)
        if any(_key(row["level"], row["area"], row["month"]) == mine for row in rows):
            raise NotYet(
                Message(N_("There is a plan for this level, area and month already.")),
                Message(N_("Add to that one.")),
            )
        own = {
            "contract": contract.id,
            "level": tally.level.code,
            "area": tally.area or None,
            "month": tally.month.first,
            "missed": Decimal(now.missed),
            "status": ImprovementStatus.OPEN,
        }
        return [New(Improvements, {**own, **typed}, new_id(Improvements.prefix))]

    said = [contract.id, tally.level.code, tally.area, tally.month.first, typed]
    needs = Needs(where=((Improvements.tab, "contract", contract.id),))
    return records.commit(ctx, op_id, "improvements.edit", said, needs, decide)


def _as_reported(ctx: Context, contract: Row, tally: Tally) -> Tally:
    report = levels.report(ctx, contract, tally.month)
    same = (each for each in report if (each.level, each.area) == (tally.level, tally.area))
    now = next((each for each in same if each.is_missed), None)
    if now is None:
        raise NotYet(
            Message(N_("This level was met, so it needs no plan.")),
            Message(N_("Look at the report again: something was recorded meanwhile.")),
        )
    return now


def _typed(ctx: Context, values: Values) -> dict[str, object]:
    return dict(steps.only(ctx, "improvements.edit", values, TYPED))


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Write on: what went wrong, what is done about it, who sees to it, when it is looked at again."""
    typed = _typed(ctx, values)
    return _change(ctx, op_id, shown, typed)


def send(ctx: Context, op_id: str, shown: Row, sent_on: object) -> Receipt:
    """The plan went to the buyer; one without a cause, actions and an owner says nothing yet (3.3)."""
    steps.not_ahead(ctx, Improvements, "sent_on", sent_on)  # type: ignore[arg-type]
    missing = [name for name in ("cause", "actions", "owner") if not shown[name]]
    if missing:
        needed = Message(N_("is needed before the plan is sent."))
        raise InvalidEntry([Improvements.columns[name].problem(needed) for name in missing])
    return _change(ctx, op_id, shown, {"sent_on": sent_on, "status": ImprovementStatus.SENT})


def close(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """What the plan promised is done."""
    return _change(ctx, op_id, shown, {"status": ImprovementStatus.CLOSED})


def reopen(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """There is more to do."""
    return _change(ctx, op_id, shown, {"status": ImprovementStatus.OPEN})


def _change(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    def decide(fresh: FreshRows) -> list[Edit]:
        now = fresh.get(Improvements, shown.id)
        return [Edit(Improvements, now.id, values, shown=shown)]

    needs = Needs(rows=((Improvements.tab, shown.id),))
    return records.commit(ctx, op_id, "improvements.edit", [shown.id, dict(values)], needs, decide)


# --- the Word document -------------------------------------------------------------------------------------


def document(ctx: Context, plan: str, language: str = "en") -> bytes:
    """The plan as a Word file for the buyer; no mentee is named in it."""
    access.require(ctx, "improvements.see")
    row = records.view(ctx).get(Improvements, plan)
    value = paper(ctx, row, language)
    return render(DOCUMENTS["improvement-plan"].template(ctx.programme.documents, language), value, language)


def paper(ctx: Context, row: Row, language: str) -> ImprovementPlan:
    """What a plan says, worded."""
    contract = returns_contract(ctx, row)
    level = next((each for each in contracts.terms_of(ctx).levels if each.code == row["level"]), None)
    return ImprovementPlan(
        programme=ctx.programme.name.said(language),
        iso_date=row["month"].isoformat(),
        supplier=ctx.programme.run_by_in(language),
        contract=contract["name"] if contract else "",
        level=level_name(ctx, row["level"], language),
        source=level.source.said(language) if level else "–",
        is_critical=bool(level and level.is_critical),
        area=row["area"] or say(N_("the whole contract"), language),
        month=say(message("{month}", month=Month(row["month"])), language),
        missed=str(row["missed"] or 0),
        cause=row["cause"] or "",
        actions=tuple(ImprovementRow(action=each) for each in _lines(row["actions"])),
        owner=row["owner"] or "–",
        review_on=day_words(row["review_on"], language) if row["review_on"] else "",
    )


def returns_contract(ctx: Context, row: Row) -> Row | None:
    """The contract of a plan."""
    return next((each for each in returns.of_contracts(ctx) if each.id == row["contract"]), None)


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def file_name(row: Row) -> str:
    """By level, area and month."""
    area = f"-area-{row['area']}" if row["area"] else ""
    return f"improvement-plan-{row['level']}{area}-{row['month']:%Y-%m}.docx"
