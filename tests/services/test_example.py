"""The invented example loads clean on any day, and its past letters are right to the penny (design 3, S9, S12)."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from schemas.column import Role
from schemas.contracts import Bills
from schemas.mentees import Mentees, Plans
from schemas.mentors import Mentors
from schemas.money import InvoiceLines, Invoices
from schemas.people import People
from schemas.registers import REGISTERS
from schemas.work import Timesheets, TimesheetStatus
from services import (
    bill_papers,
    cases,
    claims,
    contracts,
    due,
    meetings,
    people,
    records,
    returns,
    runs,
    support,
)
from services.cases import Stage
from services.context import Context
from services.example import Calendar, fill
from services.programmes import all_programmes
from services.rules import pay, periods
from services.rules.conditions import Condition
from services.seals import Seals
from services.store import create_store
from services.workbook import Workbook, tabs

AS_ON = date(2026, 11, 16)
DAYS = [AS_ON, date(2026, 11, 22), date(2026, 10, 5), date(2027, 1, 1), date(2027, 2, 27), date(2028, 2, 29)]
SEALS = Seals([Fernet.generate_key().decode()])


def example(path: Path, today: date, *, empty: bool = False) -> Workbook:
    store = create_store(str(path / "example.sqlite3"), tabs())
    fill(store, SEALS, all_programmes(), today, empty=empty)
    return Workbook(store, SEALS)


def as_role(workbook: Workbook, today: date, role: Role, which: int = 0, programme: str = "ssw") -> Context:
    found = [row for row in workbook.of(People.tab, programme).values() if row["role"] == role]
    now = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    return Context(workbook, all_programmes()[programme], people.actor_of(found[which]), now)


@pytest.fixture(scope="module")
def on(tmp_path_factory: pytest.TempPathFactory) -> Callable[[date], Workbook]:
    """The example as it is filled on a day, for tests that only read."""
    return cache(lambda today: example(tmp_path_factory.mktemp("example"), today))


@pytest.fixture(scope="module")
def workbook(on: Callable[[date], Workbook]) -> Workbook:
    return on(AS_ON)


@pytest.mark.parametrize("today", DAYS)
def test_the_example_has_no_wrong_cell_and_no_loose_link_on_any_day(
    on: Callable[[date], Workbook], today: date
) -> None:
    """X2: every row passes its schema; every link names a record that is there."""
    workbook = on(today)
    tables = [workbook.table(register.tab) for register in REGISTERS]
    assert [str(problem) for table in tables for problem in table.problems] == []
    known = {id_ for table in tables for id_ in table.rows}
    links = [
        (table.register.tab, column.name, row[column.name])
        for table in tables
        for column in table.register.own_columns()
        if column.to
        for row in table.rows.values()
        if row[column.name] and row[column.name] not in known
    ]
    assert links == []


@pytest.mark.parametrize("today", DAYS)
def test_past_letters_equal_their_hours_to_the_penny(on: Callable[[date], Workbook], today: date) -> None:
    """S9: hours first, times the rate, by the hours of a day, rounded once; S12: totals equal the register."""
    rows = records.ground(as_role(on(today), today, Role.FINANCE))
    letters = rows.all(Invoices)
    assert {letter["status"] for letter in letters} == {"paid", "issued"}
    assert len({letter["number"] for letter in letters}) == len(letters)
    for letter in letters:
        period = periods.Period(letter["from_on"], letter["to_on"])
        assert periods.is_quarter(period) and period.last < today
        lines, hours = (
            rows.where(InvoiceLines, "invoice", letter.id),
            rows.where(Timesheets, "invoice", letter.id),
        )
        assert all(hour["worked_on"] in period for hour in hours)
        for line in lines:
            own = [
                h["hours"]
                for h in hours
                if h["assignment"] == line["assignment"] and h["day_rate_pounds"] == line["day_rate_pounds"]
            ]
            assert sum(own, Decimal()) == line["hours"]
            assert line["amount_pounds"] == pay.amount(
                line["hours"], line["day_rate_pounds"], line["hours_per_day"]
            )
        assert letter["total_pounds"] == sum((line["amount_pounds"] for line in lines), Decimal())
        assert letter["hours"] == sum((hour["hours"] for hour in hours), Decimal())
        assert letter["number"].startswith(f"SSW-{letter['issued_on'].year}-")


def test_two_quarters_are_invoiced_and_one_letter_shows_vat(workbook: Workbook) -> None:
    letters = records.ground(as_role(workbook, AS_ON, Role.FINANCE)).all(Invoices)
    assert {letter["to_on"] for letter in letters} == {date(2026, 6, 30), date(2026, 9, 30)}
    assert [letter["payee_name"] for letter in letters if letter["vat_pounds"]] == ["Gerddi Glan Teifi CIC"]


@pytest.mark.parametrize("today", DAYS)
def test_every_condition_of_payment_holds_some_hour(on: Callable[[date], Workbook], today: date) -> None:
    """S11: the example shows each condition at work."""
    verdicts = claims.open_verdicts(as_role(on(today), today, Role.MANAGER))
    assert {condition for verdict in verdicts.values() for condition in verdict.held_by} == set(Condition)


def test_time_stands_in_every_state(workbook: Workbook) -> None:
    lines = records.ground(as_role(workbook, AS_ON, Role.MANAGER)).all(Timesheets)
    assert {line["status"] for line in lines} == set(TimesheetStatus)
    assert 60 <= len(lines) <= 80
    assert AS_ON - min(line["worked_on"] for line in lines) < timedelta(days=160)


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("role", list(Role))
def test_something_is_due_for_every_role(on: Callable[[date], Workbook], today: date, role: Role) -> None:
    """X10: the home page of the example is never bare."""
    assert due.of(as_role(on(today), today, role))


def test_the_insurance_list_shows_30_and_60_days_lapsed_and_missing(workbook: Workbook) -> None:
    """S2: warned 60 and 30 days ahead, lapsed, missing."""
    found = [each for each in due.of(as_role(workbook, AS_ON, Role.MANAGER)) if each.kind == "insurance"]
    left = [(each.on - AS_ON).days for each in found if each.on]
    assert any(0 < days <= 30 for days in left) and any(30 < days <= 60 for days in left)
    said = Counter(str(each.title) for each in found)
    assert (
        said["Public liability cover has ended"] == said["No public liability cover on file"] == 1
        or said["No public liability cover on file"]
    )


def test_the_sign_in_page_offers_eight_invented_people(workbook: Workbook) -> None:
    rows = list(workbook.of(People.tab, "ssw").values())
    assert Counter(row["role"] for row in rows) == {
        Role.MANAGER: 1, Role.COORDINATOR: 2, Role.MENTOR: 2, Role.FINANCE: 1, Role.EVALUATOR: 1, Role.ADMINISTRATOR: 1,
    }  # fmt: skip
    assert all(row["email"].endswith("@example.org") for row in rows)
    assert {"Marc Sayce", "Delyth Nash"} <= {row["name"] for row in rows}


def test_eight_groups_have_plans_and_bank_details_are_sealed(workbook: Workbook) -> None:
    """X6: the store holds no account number in plain letters."""
    rows = records.ground(as_role(workbook, AS_ON, Role.MANAGER))
    assert len(rows.all(Plans)) == 8 and len(rows.all(Mentees)) == 9 and len(rows.all(Mentors)) >= 12
    stored = str(workbook.store.read("Payees", "Invoices", "Proposals").rows)
    assert "000012" not in stored and "00-00-" not in stored


def test_an_empty_start_holds_people_alone_none_tied_to_a_mentor(tmp_path: Path) -> None:
    workbook = example(tmp_path, AS_ON, empty=True)
    assert {register.tab for register in REGISTERS if workbook.table(register.tab).rows} == {"People"}
    assert not any(row["mentor"] for row in workbook.table("People").rows.values())


def test_filling_twice_adds_nothing(tmp_path: Path) -> None:
    workbook = example(tmp_path, AS_ON)
    before = workbook.store.number()
    fill(workbook.store, SEALS, all_programmes(), AS_ON + timedelta(days=30))
    assert workbook.store.number() == before


def test_dates_of_the_running_quarter_move_by_whole_weeks_and_keep_their_weekday() -> None:
    for today in DAYS:
        calendar = Calendar(AS_ON, today)
        assert calendar.moved(AS_ON) <= today < calendar.moved(AS_ON) + timedelta(days=7)
        for day in (date(2026, 6, 11), date(2026, 9, 22), date(2026, 10, 6), date(2026, 12, 30)):
            assert calendar.moved(day).weekday() == day.weekday()


def test_earlier_dates_keep_their_quarter_and_nearly_their_place_in_it() -> None:
    for today in DAYS:
        calendar = Calendar(AS_ON, today)
        first = periods.quarter_of(calendar.running.first + calendar.weeks)
        september, june = calendar.moved(date(2026, 9, 22)), calendar.moved(date(2026, 6, 11))
        assert periods.quarter_of(september) == periods.previous(first)
        assert periods.quarter_of(june) == periods.previous(periods.previous(first))
        moved = [calendar.moved(date(2026, 1, 1) + timedelta(days=day)) for day in range(10, 300, 10)]
        assert all(one <= other for one, other in pairwise(moved))


def test_finance_can_run_the_last_quarter_again_for_late_hours(workbook: Workbook) -> None:
    """S12: late hours come along on the next letter."""
    ctx = as_role(workbook, AS_ON, Role.FINANCE)
    seen = runs.preview(ctx, periods.quarter(2026, 3))
    assert sum((letter.hours for letter in seen.letters), Decimal()) == Decimal("2.5")


# --- the contract for people with a dependency ----------------------------------------------------------


WORKERS = [
    (Role.MANAGER, 0), (Role.MANAGER, 1), (Role.COORDINATOR, 0), (Role.COORDINATOR, 1), (Role.MENTOR, 0),
    (Role.MENTOR, 1), (Role.MENTOR, 2), (Role.FINANCE, 0), (Role.ADMINISTRATOR, 0),
]  # fmt: skip


@pytest.mark.parametrize("today", DAYS)
def test_everybody_who_acts_on_cases_and_contracts_has_something_due(
    on: Callable[[date], Workbook], today: date
) -> None:
    """X10, on whatever day it is loaded: the dates move by whole weeks, those of months by months."""
    for role, which in WORKERS:
        ctx = as_role(on(today), today, role, which, "dwp")
        asked = [each for each in due.of(ctx) if each.on and each.on <= today + timedelta(days=31)]
        assert asked, (role, which)


@pytest.mark.parametrize("today", DAYS)
def test_cases_stand_at_every_stage_and_one_meeting_is_overdue(
    on: Callable[[date], Workbook], today: date
) -> None:
    ctx = as_role(on(today), today, Role.MANAGER, programme="dwp")
    entries = cases.listed(ctx)
    assert {entry.stage for entry in entries} == set(Stage)
    assert len(entries) == 15, "one of sixteen has withdrawn their consent"
    late = {entry.mentee for entry in entries if entry.late and entry.stage is Stage.TO_MEET}
    assert late == {"Shona Petrie"}
    assert [entry.mentee for entry in entries if not entry.case["mentor"]] == ["Frank Odell"]


def test_who_withdrew_consent_is_supported_and_stands_in_no_list(workbook: Workbook) -> None:
    """D3: the own mentor sees the name and the next appointment."""
    mentors = [as_role(workbook, AS_ON, Role.MENTOR, which, "dwp") for which in range(3)]
    assert [[each.name for each in support.supported(ctx)] for ctx in mentors] == [[], ["Stuart Veitch"], []]
    assert all(support.supported(ctx)[0].next_on for ctx in mentors[1:2])
    for ctx in (*mentors, as_role(workbook, AS_ON, Role.MANAGER, programme="dwp")):
        assert "Stuart Veitch" not in {row["name"] for row in records.view(ctx).all(Mentees)}


def test_one_more_digital_session_would_pass_the_share(workbook: Workbook) -> None:
    """D9: one of five is 20 %, the most there may be."""
    ctx = as_role(workbook, AS_ON, Role.COORDINATOR, programme="dwp")
    (case,) = [entry.case for entry in cases.listed(ctx) if entry.mentee == "Malcolm Orr"]
    assert not meetings.share(ctx, case.id).passes(Decimal(20))
    assert meetings.would_pass(ctx, case.id, AS_ON) is not None


@pytest.mark.parametrize("today", [AS_ON, date(2027, 1, 1)])
def test_every_return_before_last_month_s_was_sent_in_time_and_stands_as_it_went(
    on: Callable[[date], Workbook], today: date
) -> None:
    ctx = as_role(on(today), today, Role.MANAGER, programme="dwp")
    expected = [each for contract in contracts.listed(ctx) for each in returns.expected(ctx, contract)]
    last_month = periods.previous(periods.month_of(today))
    assert any(not each.is_sent for each in expected), "one is due"
    for each in expected:
        assert each.is_sent is (each.period.last < last_month.first)
        if each.sent:
            assert not each.is_late(today)
            assert returns.is_as_sent(ctx, each.sent)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_invoice_to_the_buyer_says_to_whom_from_whom_and_which_account(
    workbook: Workbook, language: str
) -> None:
    """D19: what `bills.issue` freezes stands in the example too, so that its papers come out whole."""
    ctx = as_role(workbook, AS_ON, Role.FINANCE, programme="dwp")
    papers = [bill_papers.paper(ctx, row.id, language) for row in records.view(ctx).all(Bills)]
    assert len(papers) == 4
    for paper in papers:
        assert (paper.to_name, paper.from_name) == (
            "Department for Work and Pensions",
            "Example Recovery Partnership",
        )
        assert paper.to_address.endswith("NP10 8FZ") and paper.from_address
        assert [line.partition(": ")[2] for line in paper.bank_details.splitlines()] == [
            "Example Recovery Partnership",
            "00-00-00",
            "00000001",
        ]


def test_no_number_there_could_be_anybody_s_and_none_is_stored_open(workbook: Workbook) -> None:
    """X6: no National Insurance number begins with XX; those and what was said in confidence are sealed."""
    ctx = as_role(workbook, AS_ON, Role.MANAGER, programme="dwp")
    opened = [workbook.seals.readable(row["nino"]) for row in records.kept(ctx).all(Mentees) if row["nino"]]
    assert len(opened) >= 6 and all(nino.startswith("XX") for nino in opened if nino)
    stored = str(workbook.store.read("Mentees", "Complaints", "Concerns", "Return lines").rows)
    assert not any(nino in stored for nino in opened if nino)
    assert "half an hour in the rain" not in stored and "a child crying" not in stored


def test_a_manager_of_groups_is_co_ordinator_of_the_contract_too(workbook: Workbook) -> None:
    """X5: one human being in two programmes, who switches in the sidebar."""
    groups = {row["email"]: row["role"] for row in workbook.of(People.tab, "ssw").values()}
    contract = {row["email"]: row["role"] for row in workbook.of(People.tab, "dwp").values()}
    both = {email: (groups[email], contract[email]) for email in groups.keys() & contract.keys()}
    assert both == {"angharad.puw@example.org": (Role.MANAGER, Role.COORDINATOR)}
    firsts = [
        row["name"].split()[0] for code in ("ssw", "dwp") for row in workbook.of(People.tab, code).values()
    ]
    assert sorted(Counter(firsts).items(), key=lambda pair: -pair[1])[1][1] == 1, (
        "told apart by the first name"
    )
