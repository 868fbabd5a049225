"""Travel refunds: claimed by one, decided by another, paid by finance (D22)."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.cases import Refunds
from schemas.column import Row
from schemas.errors import InvalidEntry, NotAllowed, NotYet, StaleRow
from schemas.people import People
from services import refunds
from services.workbook import Workbook
from tests.dwp import COLIN, DEE, ELSA, FERN, NORA, OMAR, TODAY, as_, put
from tests.services.mentoring import JUNE_CASE, made, nothing_written, op, opened, row_of, rows_of, session

MET = date(2024, 6, 10)
BUS = {
    "travelled_on": MET,
    "journey": "Rhyl to Wrexham and back, by bus",
    "purpose": "a session",
    "pounds": Decimal("7.40"),
    "receipt_seen": True,
}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    workbook = opened(tmp_path)
    session(workbook, MET)
    return workbook


def claimed(workbook: Workbook, **more: Any) -> Row:
    return made(workbook, refunds.claim(as_(DEE, workbook), op(), JUNE_CASE, BUS | more), Refunds)


def test_a_refund_is_claimed_approved_and_paid_by_three_people(workbook: Workbook) -> None:
    row = claimed(workbook)
    refunds.decide(as_(NORA, workbook), op(), row, approves=True)
    refunds.pay(as_(FERN, workbook), op(), row_of(workbook, Refunds, row.id), {"paid_on": TODAY})
    now = row_of(workbook, Refunds, row.id)
    assert (now["status"], now["claimed_by"], now["decided_by"], now["paid_on"]) == (
        "paid",
        DEE.id,
        NORA.id,
        TODAY,
    )
    with nothing_written(workbook, NotYet, "This is paid now"):
        refunds.pay(as_(FERN, workbook), op(), now, {"paid_on": TODAY})


def test_a_double_click_claims_once_and_the_same_journey_is_not_claimed_again(workbook: Workbook) -> None:
    key, ctx = op(), as_(DEE, workbook)
    refunds.claim(ctx, key, JUNE_CASE, BUS)
    refunds.claim(ctx, key, JUNE_CASE, BUS)
    assert refunds.total(rows_of(workbook, Refunds)) == Decimal("7.40")
    with nothing_written(workbook, InvalidEntry, "Journey is claimed for that day already."):
        refunds.claim(ctx, op(), JUNE_CASE, {**BUS, "journey": BUS["journey"].upper()})  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"travelled_on": date(2024, 6, 11)}, "there is none on 11 June 2024"),
        ({"travelled_on": date(2024, 6, 13)}, "can't be in the future"),
        ({"pounds": None}, "Amount is needed."),
        ({"pounds": Decimal(0)}, "must be more than 0"),
        ({"journey": ""}, "Journey is needed."),
    ],
)
def test_an_impossible_claim_is_refused(workbook: Workbook, values: dict[str, Any], words: str) -> None:
    with nothing_written(workbook, InvalidEntry, words):
        claimed(workbook, **values)


def test_a_digital_session_costs_no_journey_and_an_interview_we_arranged_does(workbook: Workbook) -> None:
    session(workbook, date(2024, 6, 11), manner="digital", digital_agreed=True)
    with nothing_written(workbook, InvalidEntry, "for a session face to face"):
        claimed(workbook, travelled_on=date(2024, 6, 11))
    claimed(workbook, travelled_on=date(2024, 6, 11), purpose="an interview we arranged")


def test_nobody_decides_what_they_recorded_themselves_under_any_role(workbook: Workbook) -> None:
    """D22, X15: the manager's own claim, and that of the same person as a mentor."""
    own = made(workbook, refunds.claim(as_(NORA, workbook), op(), JUNE_CASE, BUS), Refunds)
    with nothing_written(workbook, NotYet, "You recorded this refund yourself."):
        refunds.decide(as_(NORA, workbook), op(), own, approves=True)
    put(
        workbook,
        People,
        "PER-NORAM2",
        name=NORA.name,
        email=DEE.email,
        role="Programme Manager",
        status="active",
    )
    both = made(
        workbook, refunds.claim(as_(DEE, workbook), op(), JUNE_CASE, BUS | {"journey": "By train"}), Refunds
    )
    twin = type(NORA)("PER-NORAM2", DEE.name, NORA.role, DEE.email)
    with nothing_written(workbook, NotYet, "You recorded this refund yourself."):
        refunds.decide(as_(twin, workbook), op(), both, approves=True)


def test_it_is_approved_with_a_receipt_and_refused_with_a_reason(workbook: Workbook) -> None:
    row, ctx = claimed(workbook, receipt_seen=False), as_(NORA, workbook)
    with nothing_written(workbook, NotYet, "Nobody has seen the receipt yet."):
        refunds.decide(ctx, op(), row, approves=True)
    with nothing_written(workbook, InvalidEntry, "Reason is needed."):
        refunds.decide(ctx, op(), row, approves=False)
    refunds.edit(as_(DEE, workbook), op(), row, {"receipt_seen": True})
    refunds.decide(ctx, op(), row_of(workbook, Refunds, row.id), approves=False, reason="Not by the policy")
    assert row_of(workbook, Refunds, row.id)["status"] == "refused"
    claimed(workbook)


def test_an_approval_is_of_what_was_shown(workbook: Workbook) -> None:
    row = claimed(workbook)
    refunds.edit(as_(DEE, workbook), op(), row, {"pounds": Decimal("70.40")})

    with nothing_written(workbook, StaleRow):
        refunds.decide(as_(NORA, workbook), op(), row, approves=True)


def test_it_is_paid_after_it_was_approved_and_not_by_whoever_did(workbook: Workbook) -> None:
    row = claimed(workbook)
    with nothing_written(workbook, NotYet, "This is claimed now"):
        refunds.pay(as_(FERN, workbook), op(), row, {"paid_on": TODAY})
    refunds.decide(as_(NORA, workbook), op(), row, approves=True)
    row = row_of(workbook, Refunds, row.id)
    for day, words in ((date(2024, 6, 11), "before it was approved"), (date(2024, 6, 13), "in the future")):
        with nothing_written(workbook, InvalidEntry, words):
            refunds.pay(as_(FERN, workbook), op(), row, {"paid_on": day})
    put(workbook, People, "PER-NORAF2", name=NORA.name, email=NORA.email, role="Finance", status="active")
    twin = type(NORA)("PER-NORAF2", NORA.name, FERN.role, NORA.email)
    with nothing_written(workbook, NotYet, "You approved this refund yourself."):
        refunds.pay(as_(twin, workbook), op(), row, {"paid_on": TODAY})


def test_each_role_does_its_own_step(workbook: Workbook) -> None:
    row = claimed(workbook)
    for actor in (OMAR, ELSA, FERN):
        with nothing_written(workbook, NotAllowed):
            refunds.claim(as_(actor, workbook), op(), JUNE_CASE, BUS | {"journey": "By train"})
    for actor in (COLIN, DEE, FERN):
        with nothing_written(workbook, NotAllowed):
            refunds.decide(as_(actor, workbook), op(), row, approves=True)
    for actor in (NORA, COLIN, DEE):
        with nothing_written(workbook, NotAllowed):
            refunds.pay(as_(actor, workbook), op(), row, {"paid_on": TODAY})
    assert [each.id for each in refunds.listed(as_(FERN, workbook), "claimed")] == [row.id]
    with nothing_written(workbook, NotAllowed):
        refunds.listed(as_(DEE, workbook))
