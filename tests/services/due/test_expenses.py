"""What waits among expenses, for whom (L6, X10)."""

from datetime import date
from pathlib import Path

import pytest

from services import due, expenses
from services.context import Actor
from services.workbook import Workbook
from tests.cast import op
from tests.lga import EVE, FAY, HELEN, OLU, SAM, VALE, as_
from tests.services.claiming import FLIGHT, MEAL, TRAIN, approved, drafted, opened, sent


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return opened(tmp_path)


def waiting(workbook: Workbook, actor: Actor) -> list[tuple[str, str, date | None]]:
    found = [each for each in due.of(as_(actor, workbook)) if each.page in {"expenses", "claims"}]
    return [(str(each.title), str(each.about), each.on) for each in found]


def test_a_draft_waits_for_its_peer_within_four_weeks(workbook: Workbook) -> None:
    drafted(workbook, TRAIN)
    assert waiting(workbook, OLU) == [("Send expenses", "1 item, £64.20", date(2026, 12, 14))]
    assert waiting(workbook, VALE) == waiting(workbook, SAM) == []


def test_a_flight_waits_for_agreement_before_its_day(workbook: Workbook) -> None:
    row = drafted(workbook, FLIGHT)
    assert waiting(workbook, SAM) == [
        ("Agree an expense beforehand", "Olu Marsh: Newquay to Newcastle, £88.00", date(2026, 12, 1))
    ]
    assert waiting(workbook, FAY) == []
    expenses.agree(as_(SAM, workbook), op(), row, date(2026, 11, 18))
    assert waiting(workbook, SAM) == []


def test_what_was_sent_waits_for_staff_with_what_is_paid_back_of_it(workbook: Workbook) -> None:
    (row,) = sent(workbook, MEAL)
    for actor in (SAM, HELEN):
        assert waiting(workbook, actor) == [("Decide expenses", "1 item, £36.00", date(2026, 11, 28))]
    assert waiting(workbook, OLU) == waiting(workbook, FAY) == waiting(workbook, EVE) == []
    expenses.give_back(as_(SAM, workbook), op(), row, "Which inn?")
    assert waiting(workbook, OLU) == [("Mend an expense", "Dinner: Which inn?", date(2026, 11, 18))]


def test_what_was_approved_waits_for_finance(workbook: Workbook) -> None:
    approved(workbook, MEAL, TRAIN)
    assert waiting(workbook, FAY) == [("Pay expenses", "2 items, £100.20", date(2026, 12, 2))]
    assert waiting(workbook, SAM) == []
