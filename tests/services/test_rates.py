"""Dated figures: the folder's first, then confirmed ones; the rate of the day worked counts (S9)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.errors import InvalidEntry, NotAllowed, NotYet
from services import rates, records
from services.workbook import Workbook
from tests.cast import ANGHARAD, FINN, MARC, as_, new_workbook, op
from tests.services.staff import nothing_written

RISE = date(2027, 4, 1)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


def _rate(workbook: Workbook, day: date) -> Decimal:
    ctx = as_(FINN, workbook)
    return rates.day_rate(records.ground(ctx), ctx.programme, "direct", day)


def _proposed(workbook: Workbook) -> None:
    name = "direct_day_rate_pounds"
    rates.propose(as_(FINN, workbook), op(), name, Decimal("265.00"), RISE, "Board, 3 March 2027")


def test_the_annexs_rates_hold_from_its_own_day(workbook: Workbook) -> None:
    assert _rate(workbook, date(2022, 11, 10)) == Decimal("250.00")
    with pytest.raises(NotYet):
        _rate(workbook, date(2022, 11, 9))


def test_a_proposed_rate_counts_only_once_another_person_confirmed_it_and_from_its_day(
    workbook: Workbook,
) -> None:
    _proposed(workbook)
    assert _rate(workbook, RISE) == Decimal("250.00")
    (row,) = [each.row for each in rates.waiting(as_(ANGHARAD, workbook))]
    with nothing_written(workbook, NotYet):
        rates.decide(as_(FINN, workbook), op(), row, confirm=True)
    rates.decide(as_(ANGHARAD, workbook), op(), row, confirm=True)
    assert _rate(workbook, RISE) == Decimal("265.00")
    assert _rate(workbook, date(2027, 3, 31)) == Decimal("250.00")


def test_a_refused_rate_never_counts(workbook: Workbook) -> None:
    _proposed(workbook)
    (row,) = [each.row for each in rates.waiting(as_(ANGHARAD, workbook))]
    rates.decide(as_(ANGHARAD, workbook), op(), row, confirm=False)
    assert _rate(workbook, RISE) == Decimal("250.00")
    with nothing_written(workbook, NotYet):
        rates.decide(as_(replace(ANGHARAD, id="PER-OTHERM"), workbook), op(), row, confirm=True)


def test_only_manager_and_finance_propose(workbook: Workbook) -> None:
    with nothing_written(workbook, NotAllowed):
        rates.propose(as_(MARC, workbook), op(), "direct_day_rate_pounds", Decimal(1), RISE, "me")


def test_a_figure_the_programme_does_not_have_is_refused(workbook: Workbook) -> None:
    with nothing_written(workbook, NotYet):
        rates.propose(as_(FINN, workbook), op(), "petrol", Decimal(1), RISE, "me")


@pytest.mark.parametrize(("value", "source"), [("0", "Board"), ("-5", "Board"), ("310", " ")])
def test_a_figure_of_nought_or_without_a_source_is_refused_beside_its_field(
    workbook: Workbook, value: str, source: str
) -> None:
    with nothing_written(workbook, InvalidEntry):
        rates.propose(as_(FINN, workbook), op(), "hosted_day_rate_pounds", Decimal(value), RISE, source)


def test_what_is_known_says_which_figure_is_in_force_today_in_plain_words(workbook: Workbook) -> None:
    _proposed(workbook)
    (each,) = rates.waiting(as_(ANGHARAD, workbook))
    assert (each.title, each.now, each.proposed_by, each.is_own) == (
        "Day rate of a direct mentor",
        Decimal("250.00"),
        "Ffion Nash",
        False,
    )
    rates.decide(as_(ANGHARAD, workbook), op(), each.row, confirm=True)
    direct = [each for each in rates.known(as_(FINN, workbook)) if each.name == "direct_day_rate_pounds"]
    assert [(each.value, each.is_current) for each in direct] == [
        (Decimal("265.00"), False),
        (Decimal("250.00"), True),
    ]
