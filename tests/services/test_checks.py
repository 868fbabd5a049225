"""Insurance recorded, copies seen, gaps allowed (S2)."""

from datetime import date
from pathlib import Path

import pytest

from schemas.errors import InvalidEntry, NotAllowed, NotYet, StaleRow
from schemas.mentors import Checks
from schemas.people import Exceptions
from services import checks
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, FINN, MAIR, MARC, as_, op
from tests.services.staff import (
    GETHIN_ID,
    HOST_ID,
    MAIR_ID,
    both_roles,
    insured,
    made,
    nothing_written,
    row_of,
    rows_of,
    staffed,
)

POLICY = {
    "kind": "public liability insurance",
    "issuer": "Cambrian Mutual",
    "reference": "P9",
    "to_on": date(2027, 8, 31),
}
SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return staffed(tmp_path)


def test_staff_record_a_policy_of_a_host_with_the_copy_seen(workbook: Workbook) -> None:
    seen = {"seen_by": "Marc Sayce", "seen_on": date(2026, 10, 5)}
    receipt = checks.record(as_(MARC, workbook), op(), {**POLICY, "organisation": HOST_ID, **seen})
    row = made(workbook, receipt, Checks)
    assert (row["organisation"], row["to_on"], row["seen_on"]) == (
        HOST_ID,
        date(2027, 8, 31),
        date(2026, 10, 5),
    )


def test_insurance_needs_insurer_policy_and_last_day(workbook: Workbook) -> None:
    with nothing_written(workbook, InvalidEntry) as caught:
        checks.record(as_(MARC, workbook), op(), {"kind": POLICY["kind"], "mentor": GETHIN_ID})
    fields = {problem.field for problem in caught.value.problems}  # type: ignore[attr-defined]
    assert fields == {"issuer", "reference", "to_on"}


def test_a_mentor_records_only_the_own_insurance_and_sees_no_copy(workbook: Workbook) -> None:
    ctx = as_(MAIR, workbook)
    own = {name: value for name, value in POLICY.items() if name != "kind"}
    assert made(workbook, checks.record(ctx, op(), own), Checks)["mentor"] == MAIR_ID
    for more in (
        {"mentor": GETHIN_ID},
        {"organisation": HOST_ID},
        {"kind": "training"},
        {"seen_on": date(2026, 10, 5)},
    ):
        with nothing_written(workbook, NotAllowed):
            checks.record(ctx, op(), {**own, **more})


@pytest.mark.parametrize("actor", [FINN, ADA])
def test_finance_and_administrator_record_no_proof(workbook: Workbook, actor: object) -> None:
    with nothing_written(workbook, NotAllowed):
        checks.record(as_(actor, workbook), op(), {**POLICY, "mentor": GETHIN_ID})  # type: ignore[arg-type]


def test_a_second_click_records_one_policy(workbook: Workbook) -> None:
    key, ctx, values = op(), as_(MARC, workbook), {**POLICY, "mentor": GETHIN_ID}
    checks.record(ctx, key, values)
    checks.record(ctx, key, values)
    assert len([row for row in rows_of(workbook, Checks) if row["reference"] == "P9"]) == 1


def test_the_copy_is_seen_as_shown_and_never_ones_own(workbook: Workbook) -> None:
    shown = insured(workbook, "CHK-UNSEEN", mentor=GETHIN_ID, seen=False)
    checks.see_copy(as_(MARC, workbook), op(), shown)
    assert row_of(workbook, Checks, "CHK-UNSEEN")["seen_by"] == "Marc Sayce"
    with nothing_written(workbook, StaleRow):
        checks.see_copy(as_(MARC, workbook), op(), shown)
    both_roles(workbook, MARC, GETHIN_ID)
    with nothing_written(workbook, NotYet):
        checks.see_copy(as_(MARC, workbook), op(), row_of(workbook, Checks, "CHK-UNSEEN"))
    with nothing_written(workbook, NotYet):
        checks.edit(
            as_(MARC, workbook), op(), row_of(workbook, Checks, "CHK-UNSEEN"), {"to_on": date(2029, 1, 1)}
        )


def test_two_people_mend_different_fields_of_a_policy(workbook: Workbook) -> None:
    shown = row_of(workbook, Checks, "CHK-GETHIN")
    checks.edit(as_(MARC, workbook), op(), shown, {"issuer": "Tarian"})
    checks.edit(as_(ANGHARAD, workbook), op(), shown, {"reference": "P2"})
    row = row_of(workbook, Checks, "CHK-GETHIN")
    assert (row["issuer"], row["reference"]) == ("Tarian", "P2")
    with nothing_written(workbook, StaleRow):
        checks.edit(as_(ANGHARAD, workbook), op(), shown, {"issuer": "Arall"})


def test_the_programme_manager_records_why_a_gap_may_be_paid(workbook: Workbook) -> None:
    key, ctx = op(), as_(ANGHARAD, workbook)
    receipt = checks.allow_gap(ctx, key, GETHIN_ID, *SEPTEMBER, "The broker renewed late")
    checks.allow_gap(ctx, key, GETHIN_ID, *SEPTEMBER, "The broker renewed late")
    row = made(workbook, receipt, Exceptions)
    assert (row["allowed_by"], row["kind"]) == (ANGHARAD.id, "pay for work in an insurance gap")
    assert len(rows_of(workbook, Exceptions)) == 1


@pytest.mark.parametrize("actor", [MARC, MAIR, FINN, ADA])
def test_only_the_manager_allows_a_gap(workbook: Workbook, actor: object) -> None:
    with nothing_written(workbook, NotAllowed):
        checks.allow_gap(as_(actor, workbook), op(), GETHIN_ID, *SEPTEMBER, "x")  # type: ignore[arg-type]


def test_a_gap_needs_a_reason_its_days_and_somebody_else(workbook: Workbook) -> None:
    ctx = as_(ANGHARAD, workbook)
    with nothing_written(workbook, InvalidEntry):
        checks.allow_gap(ctx, op(), GETHIN_ID, *SEPTEMBER, "  ")
    with nothing_written(workbook, InvalidEntry):
        checks.allow_gap(ctx, op(), GETHIN_ID, None, None, "x")
    with nothing_written(workbook, InvalidEntry):
        checks.allow_gap(ctx, op(), GETHIN_ID, SEPTEMBER[1], SEPTEMBER[0], "x")
    both_roles(workbook, ANGHARAD, GETHIN_ID)
    with nothing_written(workbook, NotYet):
        checks.allow_gap(ctx, op(), GETHIN_ID, *SEPTEMBER, "x")
