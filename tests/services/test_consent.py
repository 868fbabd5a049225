"""Whoever withdraws consent is used nowhere, and kept all the same (D3, X6, RM51, RM53, RM54)."""

from datetime import date
from pathlib import Path

import pytest

from schemas.cases import Cases, Contacts
from schemas.column import Register
from schemas.errors import NotAllowed
from schemas.mentees import Mentees
from schemas.registers import REGISTERS
from schemas.work import Sessions
from services import consent, journeys, records
from services.records import Edit, New
from services.store.interface import Needs
from services.workbook import Workbook
from tests import dwp
from tests.cast import op
from tests.dwp import CAST, COLIN, NORA, OMAR, OTHER_CASE_ID, OTHER_MENTEE_ID, as_, on


def withdrawn(workbook: Workbook) -> None:
    dwp.begin(workbook)
    dwp.put(
        workbook, Sessions, "SES-SASHA1", mentor=OMAR.mentor, mentee=OTHER_MENTEE_ID, case=OTHER_CASE_ID,
        held_on=date(2024, 5, 14), attendance="attended", minutes=60, manner="face to face", status="record in",
    )  # fmt: skip
    ctx = as_(COLIN, workbook)
    gone = Edit(Mentees, OTHER_MENTEE_ID, {"consent_withdrawn_on": date(2024, 6, 10)})
    records.commit(
        ctx,
        op(),
        "consent.record",
        "withdraw",
        Needs(rows=((Mentees.tab, OTHER_MENTEE_ID),)),
        lambda fresh: [gone],
    )


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return dwp.new_workbook(tmp_path / "workbook.sqlite3", withdrawn)


def about(register: type[Register], rows: records.Rows) -> list[str]:
    found = rows.all(register)
    return [row.id for row in found if consent.mentee_of(register, row) == OTHER_MENTEE_ID]


@pytest.mark.parametrize("actor", CAST, ids=lambda actor: actor.role)
@pytest.mark.parametrize("register", [Mentees, Cases, Sessions])
def test_nobody_and_no_rule_reads_them(
    workbook: Workbook, actor: dwp.Actor, register: type[Register]
) -> None:
    ctx = as_(actor, workbook)
    assert about(register, records.kept(ctx)), "they are kept"
    assert not about(register, records.ground(ctx))
    assert not about(register, records.view(ctx))
    assert records.ground(ctx).find(Cases, OTHER_CASE_ID) is None
    assert not records.ground(ctx).where(Sessions, "case", OTHER_CASE_ID)
    assert OTHER_CASE_ID not in journeys.all_of(ctx)


@pytest.mark.parametrize("actor", [NORA, COLIN, OMAR], ids=lambda actor: actor.role)
def test_nobody_writes_about_them_and_nothing_is_written(workbook: Workbook, actor: dwp.Actor) -> None:
    ctx, before = as_(actor, workbook), workbook.store.number()
    contact = {"mentee": OTHER_MENTEE_ID, "case": OTHER_CASE_ID, "made_on": dwp.TODAY, "is_two_way": True}
    for intent in (New(Contacts, contact), Edit(Cases, OTHER_CASE_ID, {"office": "Rhyl"})):
        needs = Needs(rows=((Cases.tab, OTHER_CASE_ID),))
        with pytest.raises(NotAllowed):
            records.commit(ctx, op(), "meetings.write", "x", needs, lambda fresh, it=intent: [it])
    assert workbook.store.number() == before


def test_someone_who_became_a_customer_is_in_use_again(workbook: Workbook) -> None:
    customer = Edit(Mentees, OTHER_MENTEE_ID, {"is_customer": True, "customer_from": date(2024, 6, 11)})
    needs = Needs(rows=((Mentees.tab, OTHER_MENTEE_ID),))
    records.commit(as_(COLIN, workbook), op(), "consent.record", "customer", needs, lambda fresh: [customer])
    assert about(Cases, records.view(as_(NORA, workbook))) == [OTHER_CASE_ID]


def test_until_the_day_of_the_withdrawal_they_are_in_use(workbook: Workbook) -> None:
    assert about(Cases, records.ground(on(as_(NORA, workbook), date(2024, 6, 9))))
    assert not about(Cases, records.ground(on(as_(NORA, workbook), date(2024, 6, 10))))


def test_every_register_about_one_person_names_them_so_that_consent_reaches_it() -> None:
    """A register that links to a case, a plan or a session of a person has a link to the person too."""
    # of groups, or rows without a word about a person
    others = {"Progress", "Timesheets", "Variations", "Feedback", "Invoice lines", "Invoices"}
    for register in REGISTERS:
        leads = {column.to for column in register.columns.values()} & {
            "Cases",
            "Plans",
            "Sessions",
            "Interviews",
        }
        if leads and register.tab not in others:
            assert "mentee" in register.columns, register.tab
