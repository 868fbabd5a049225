"""What each row of the access matrix about mentees and the contract says, done for one role (RM43 to RM61).

The matrix's mentor is Dee: June is her mentee and on the provision, Rowan hers and not yet met, Sasha is Omar's.
Whatever leaves by a list, count, tracker, return, sample or file is looked through; then the record itself is asked.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from schemas.cases import Cases, Complaints
from schemas.column import Register, Row
from schemas.contracts import BillKind, Contracts, Postings, Samples
from schemas.mentees import Actions, Mentees, Plans
from schemas.registers import BY_TAB
from services import (
    access,
    allocations,
    bills,
    cases,
    complaints,
    exports,
    interviews,
    plan_papers,
    records,
    returns,
    samples,
    smart_plans,
    statistics,
    support,
    tracker,
)
from services.context import Actor, Context
from services.rules.periods import Period
from services.store.interface import Needs, Operation, Update
from services.workbook import Workbook
from tests.cast import op
from tests.dwp import (
    CASE_ID,
    COLIN,
    CONTRACT_ID,
    DEE,
    MENTEE_ID,
    NORA,
    NOW,
    OMAR,
    OTHER_CASE_ID,
    OTHER_MENTEE_ID,
    PROGRAMME,
    as_,
    put,
    row_of,
)
from tests.services.casework import INTERVIEW, SESSION
from tests.services.mentoring import JUNE_CASE, JUNE_ID, begin, planned

Deed = Callable[[], Any]
Prepare = Callable[[Workbook, Actor], Deed]

scene = begin
NINO = "JG103759A"
MAY = Period(date(2024, 5, 1), date(2024, 5, 31))
PASSWORD = "slate otter lantern tide"  # noqa: S105 - a test's own


def changed(workbook: Workbook, register: type[Register], id_: str, **values: Any) -> Row:
    """A row changed as a hand in the sheet might, past every verb."""
    seals = workbook.seals
    new = {
        name: seals.close(value) if register.columns[name].sealed else register.columns[name].write(value)
        for name, value in values.items()
    }
    (cells,) = [each for each in workbook.store.read(register.tab).rows[register.tab] if each["_id"] == id_]
    update = Update(register.tab, id_, new, {name: cells.get(name, "") for name in new})
    operation = Operation(op(), "", "test", "start", NOW, PROGRAMME)
    needs = Needs(rows=((register.tab, id_),))
    workbook.take(workbook.store.commit(operation, needs, lambda fresh: [update]))
    return row_of(workbook, register, id_)


def contract(workbook: Workbook) -> Row:
    """The one contract, for areas 8 and 9."""
    return row_of(workbook, Contracts, CONTRACT_ID)


def in_tracker(ctx: Context, mentee: str) -> bool:
    """Whether somebody is a line of May's tracker as one may see it."""
    made = tracker.of_month(ctx, contract(ctx.workbook), MAY)
    return mentee in {line.mentee.id for line in made.lines}


# --- the tracker ---------------------------------------------------------------------------------------


def read_own(workbook: Workbook, actor: Actor) -> Deed:
    return lambda: _read(as_(actor, workbook), JUNE_ID, JUNE_CASE)


def read_another_s(workbook: Workbook, actor: Actor) -> Deed:
    return lambda: _read(as_(actor, workbook), OTHER_MENTEE_ID, OTHER_CASE_ID)


def read_allocated_away(workbook: Workbook, actor: Actor) -> Deed:
    ctx = as_(actor, workbook)
    if actor is DEE:
        assert in_tracker(ctx, JUNE_ID)
    row = row_of(workbook, Cases, JUNE_CASE)
    allocations.allocate(as_(COLIN, workbook), op(), row, OMAR.mentor)
    return lambda: _read(ctx, JUNE_ID, JUNE_CASE)


def _read(ctx: Context, mentee: str, case: str) -> Row:
    """The line of the tracker and the case behind it: both or neither."""
    is_in = in_tracker(ctx, mentee)
    card = cases.card(ctx, case)
    assert is_in
    return card.case


def give_away_by_counting(workbook: Workbook, actor: Actor) -> Deed:
    """Every list, count, chart and export that the role has; then the record itself."""
    ctx = as_(actor, workbook)
    allowed = actor in (NORA, COLIN)

    def deed() -> Row:
        said = "".join(_taken_out(ctx, register) for register in BY_TAB.values())
        said += _listed(ctx) + _charted(ctx)
        assert ("Sasha" in said) is allowed
        assert (OTHER_MENTEE_ID in said) is allowed
        return records.view(ctx).get(Mentees, OTHER_MENTEE_ID)

    return deed


def _taken_out(ctx: Context, register: type[Register]) -> str:
    rows = records.view(ctx).all(register)
    return str(exports.sheet_of(ctx, register, rows).rows) if rows else ""


def _listed(ctx: Context) -> str:
    """The list of cases, and counts that are no more than the list."""
    if not access.may(ctx, "cases.see"):
        return ""
    found = cases.listed(ctx)
    counts = cases.counts(found)
    assert counts["open"] == len(cases.listed(ctx, stage="open"))
    return str(found)


def _charted(ctx: Context) -> str:
    if not access.may(ctx, "figures.see"):
        return ""
    return str([*statistics.pool_by(ctx, "area"), *statistics.hours_by_group(ctx)])


# --- National Insurance numbers ---------------------------------------------------------------------------


def see_nino(workbook: Workbook, actor: Actor) -> Deed:
    changed(workbook, Mentees, JUNE_ID, nino=NINO)

    def deed() -> None:
        assert interviews.nino(as_(actor, workbook), JUNE_ID) == NINO

    return deed


def see_nino_in_a_list(workbook: Workbook, actor: Actor) -> Deed:
    changed(workbook, Mentees, JUNE_ID, nino=NINO)
    ctx = as_(actor, workbook)

    def deed() -> str:
        row = records.view(ctx).get(Mentees, JUNE_ID)
        shown = [str(row), str(exports.sheet_of(ctx, Mentees, [row]).rows), interviews.masked_nino(ctx, row)]
        assert in_tracker(ctx, JUNE_ID)
        shown += [str(line.values) for line in tracker.of_month(ctx, contract(workbook), MAY).lines]
        shown.append(tracker.file_name(MAY))
        assert all(NINO not in each and "103759" not in each for each in shown)
        return "masked"

    return deed


def enter_nino_of_no_customer(workbook: Workbook, actor: Actor) -> Deed:
    changed(workbook, Mentees, JUNE_ID, is_customer=False, statement_read=True, consent_on=date(2024, 5, 8))
    return lambda: interviews.record_nino(as_(actor, workbook), op(), JUNE_ID, NINO)


# --- consent ------------------------------------------------------------------------------------------------


def start_without_consent(workbook: Workbook, actor: Actor) -> Deed:
    changed(workbook, Mentees, MENTEE_ID, is_customer=False)
    shown = changed(
        workbook, Cases, CASE_ID, route="Third party", permission_on=date(2024, 6, 2), met_on=date(2024, 6, 10),
        told_voluntary=True, told_data=True, told_complaints=True, has_dependency=True, lives_in_area=True,
        is_unemployed=True, benefit="None", is_eligible=True,
    )  # fmt: skip
    ctx = as_(actor, workbook)
    return lambda: interviews.start(ctx, op(), shown, INTERVIEW, SESSION, has_survey=True)


def _withdrawn(workbook: Workbook, *, is_customer: bool = False) -> None:
    planned(workbook, date(2024, 6, 19))
    changed(
        workbook, Mentees, JUNE_ID, is_customer=is_customer, statement_read=True, consent_on=date(2024, 5, 8),
        consent_withdrawn_on=date(2024, 6, 3),
    )  # fmt: skip


def use_after_withdrawal(workbook: Workbook, actor: Actor) -> Deed:
    _withdrawn(workbook)
    ctx = as_(actor, workbook)

    def deed() -> None:
        if access.may(ctx, "tracker.see"):
            assert not in_tracker(ctx, JUNE_ID)
        cases.card(ctx, JUNE_CASE)

    return deed


def support_after_withdrawal(workbook: Workbook, actor: Actor) -> Deed:
    """Name and next appointment, and not a word more; whoever is not shown them has no other way."""
    _withdrawn(workbook)
    ctx = as_(actor, workbook)

    def deed() -> None:
        found = support.supported(ctx)
        if not found:
            records.view(ctx).get(Mentees, JUNE_ID)
        (one,) = found
        assert (one.name, one.next_on) == ("June Hale", date(2024, 6, 19))
        assert set(vars(one)) == {"mentee", "name", "next_on", "next_at", "place"}

    return deed


def print_after_withdrawal(workbook: Workbook, actor: Actor) -> Deed:
    """Tracker, PMI, a sample drawn before, and figures, of whoever has them; then the record itself."""
    _planned_and_posted(workbook)
    assert JUNE_CASE in _pmi_rows(as_(NORA, workbook))
    sample = _drawn(workbook)
    assert samples.anonymised(as_(NORA, workbook), sample.id)
    _withdrawn(workbook)
    ctx = as_(actor, workbook)

    def deed() -> None:
        if access.may(ctx, "tracker.see"):
            assert not in_tracker(ctx, JUNE_ID)
        if access.may(ctx, "returns.see"):
            assert JUNE_CASE not in _pmi_rows(ctx)
        if access.may(ctx, "samples.see"):
            assert not samples.anonymised(ctx, sample.id)
        records.view(ctx).get(Cases, JUNE_CASE)

    return deed


def print_of_a_customer(workbook: Workbook, actor: Actor) -> Deed:
    _withdrawn(workbook, is_customer=True)
    ctx = as_(actor, workbook)

    def deed() -> None:
        assert in_tracker(ctx, JUNE_ID)
        assert JUNE_CASE in _pmi_rows(ctx)

    return deed


def _pmi_rows(ctx: Context) -> set[str]:
    made = returns.fresh_pmi(ctx, contract(ctx.workbook), MAY)
    return {row for measure in made.measures for row in measure.rows}


# --- returns, samples, plans, money, complaints ---------------------------------------------------------


def make_tracker(workbook: Workbook, actor: Actor) -> Deed:
    ctx = as_(actor, workbook)

    def deed() -> None:
        made = tracker.file(ctx, contract(workbook), MAY, PASSWORD)
        assert made[:4] != b"PK\x03\x04" and b"June" not in made

    return deed


def make_tracker_open(workbook: Workbook, actor: Actor) -> Deed:
    ctx = as_(actor, workbook)
    return lambda: tracker.file(ctx, contract(workbook), MAY, "")


def read_totals(workbook: Workbook, actor: Actor) -> Deed:
    ctx = as_(actor, workbook)

    def deed() -> None:
        made = returns.pmi(ctx, contract(workbook), MAY)
        assert made.measures and "June Hale" not in str(made.measures)

    return deed


def _planned_and_posted(workbook: Workbook) -> Row:
    put(
        workbook, Postings, "PST-DEEFLI", contract=CONTRACT_ID, mentor=DEE.mentor, area="9",
        weekly_hours=Decimal(40), from_on=date(2023, 4, 3),
    )  # fmt: skip
    plan = put(
        workbook, Plans, "PLA-JUNEHA", mentee=JUNE_ID, case=JUNE_CASE, version=Decimal(1), status="agreed",
        agreed_on=date(2024, 5, 21), confirmed_how="signed by hand",
    )  # fmt: skip
    put(
        workbook, Actions, "ACT-JUNEHA", plan=plan.id, mentee=JUNE_ID, title="Ring June Hale's clinic",
        measure="June has a date", by_on=date(2024, 7, 5),
    )  # fmt: skip
    return plan


def _drawn(workbook: Workbook) -> Row:
    ctx = as_(NORA, workbook)
    quarter = samples.quarters(ctx, contract(workbook))[0]
    saved = samples.draw_plans(ctx, op(), contract(workbook), quarter, "SEED2024").saved
    (id_,) = [cells["_id"] for tab, cells in saved if tab == Samples.tab]
    return row_of(workbook, Samples, id_)


def read_sample(workbook: Workbook, actor: Actor) -> Deed:
    _planned_and_posted(workbook)
    sample, ctx = _drawn(workbook), as_(actor, workbook)

    def deed() -> None:
        rows = samples.anonymised(ctx, sample.id)
        assert rows and "June" not in str(rows) and "Hale" not in str(rows)

    return deed


def read_plan(workbook: Workbook, actor: Actor) -> Deed:
    plan, ctx = _planned_and_posted(workbook), as_(actor, workbook)

    def deed() -> None:
        assert [row.id for row in smart_plans.versions(ctx, JUNE_CASE)] == [plan.id]
        assert plan_papers.plan_file(ctx, plan.id, "en")

    return deed


def claim_full_fee(workbook: Workbook, actor: Actor) -> Deed:
    """May's PMI was due on 7 June and went on the 10th."""
    manager = as_(NORA, workbook)
    sending = {"sent_on": date(2024, 6, 10), "reference": "JAG-1", "narrative": ""}
    returns.send_pmi(manager, op(), contract(workbook), MAY, sending)
    ctx = as_(actor, workbook)
    return lambda: bills.issue(ctx, op(), CONTRACT_ID, MAY.first, BillKind.FEE, Decimal("37500.00"))


def read_complaint(workbook: Workbook, actor: Actor) -> Deed:
    given = {"received_on": date(2024, 6, 10), "mentor": DEE.mentor, "words": "She was late."}
    saved = complaints.receive(as_(COLIN, workbook), op(), given).saved
    (id_,) = [cells["_id"] for tab, cells in saved if tab == Complaints.tab]
    shown, ctx = row_of(workbook, Complaints, id_), as_(actor, workbook)

    def deed() -> None:
        assert [row.id for row in complaints.listed(ctx)] == [id_]
        assert complaints.opened(ctx, shown)["words"] == "She was late."

    return deed


ATTEMPTS_WITH_MENTEES: dict[str, Prepare] = {
    "RM43": read_own,
    "RM44": read_another_s,
    "RM45": read_allocated_away,
    "RM46": give_away_by_counting,
    "RM47": see_nino,
    "RM48": see_nino_in_a_list,
    "RM49": enter_nino_of_no_customer,
    "RM50": start_without_consent,
    "RM51": use_after_withdrawal,
    "RM52": support_after_withdrawal,
    "RM53": print_after_withdrawal,
    "RM54": print_of_a_customer,
    "RM55": make_tracker,
    "RM56": make_tracker_open,
    "RM57": read_totals,
    "RM58": read_sample,
    "RM59": read_plan,
    "RM60": claim_full_fee,
    "RM61": read_complaint,
}
