"""Cases in figures, for staff alone, without whoever withdrew consent (D12, X11, RM46)."""

from datetime import date
from pathlib import Path

import pytest

from schemas.cases import Outcomes
from schemas.errors import NotAllowed
from services import case_statistics, support
from services.case_statistics import CaseMonth
from services.rules.periods import quarter
from services.workbook import Workbook
from tests import dwp
from tests.cast import op
from tests.dwp import CASE_ID, COLIN, DEE, ELSA, FERN, MENTEE_ID, OTHER_CASE_ID, OTHER_MENTEE_ID, as_, put


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return dwp.new_workbook(tmp_path / "workbook.sqlite3")


def test_each_month_counts_what_happened_in_it(workbook: Workbook) -> None:
    assert case_statistics.by_month(as_(COLIN, workbook)) == [
        CaseMonth(date(2024, 5, 1), referrals=1, starts=1),
        CaseMonth(date(2024, 6, 1), referrals=1),
    ]
    assert case_statistics.by_month(as_(COLIN, workbook), quarter(2024, 1)) == []
    assert case_statistics.by_month(as_(COLIN, workbook), area="8") == []


def test_a_mentee_counts_once_for_each_kind_of_step(workbook: Workbook) -> None:
    for n, (mentee, case, kind) in enumerate(
        (
            (MENTEE_ID, CASE_ID, "training"),
            (MENTEE_ID, CASE_ID, "training"),
            (OTHER_MENTEE_ID, OTHER_CASE_ID, "training"),
            (MENTEE_ID, CASE_ID, "work"),
        )
    ):
        step = {"kind": kind, "step": "entered or started", "reached_on": date(2024, 6, 11)}
        put(workbook, Outcomes, f"OUT-STEP0{n}", mentee=mentee, case=case, **step)
    found = {each.kind.value: each.people for each in case_statistics.steps(as_(COLIN, workbook))}
    assert found == {"training": 2, "work": 1}


def test_whoever_withdrew_consent_is_in_no_figure(workbook: Workbook) -> None:
    support.withdraw(as_(COLIN, workbook), op(), OTHER_MENTEE_ID, dwp.TODAY)
    assert [each.first for each in case_statistics.by_month(as_(COLIN, workbook))] == [date(2024, 6, 1)]


@pytest.mark.parametrize("actor", [DEE, FERN, ELSA], ids=lambda actor: actor.role)
def test_counts_of_cases_are_for_staff_alone(workbook: Workbook, actor: dwp.Actor) -> None:
    with pytest.raises(NotAllowed):
        case_statistics.by_month(as_(actor, workbook))
